import { readFile } from 'node:fs/promises';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { median, spread, table } from './measure.mjs';
import { serve } from './sites.mjs';

/** What the listener of a task session may take of the time of a page's thread while a person is busy. Percent. */
const LIMIT = 1;
/** How much a busy person does: clicks and keys in a second. */
const PACE = 5;
const NAME = 'ux-audit-session.js';
const TIMES = 5;

/** Keeps a click from leading to another page, so that all of them are clicks on the page that is measured. */
const stays = "for (const type of ['click', 'submit']) addEventListener(type, (event) => event.preventDefault())";

/** What a person does on a page of the shop: looks round, scrolls, clicks, and fills in what can be filled in. */
async function goShopping(page, origin) {
  for (const name of ['index', 'product', 'help']) {
    await page.goto(`${origin}/${name}.html`);
    await page.mouse.wheel({ deltaY: 600 });
    for (let time = 0; time < 10; time += 1) await page.mouse.click(200 + time * 60, 150 + time * 45);
    const field = await page.$('input:not([type=checkbox], [type=radio], [type=submit]), textarea');
    await field?.focus();
    await page.keyboard.type('Something that a person types into a field');
  }
}

/** How long the listener and what it calls took on the page's thread. Milliseconds. */
function timeOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const isOurs = (id) => {
    for (let at = id; at !== undefined; at = parents.get(at))
      if (byId.get(at).callFrame.url.endsWith(NAME)) return true;
    return false;
  };
  const ours = new Map(nodes.map(({ id }) => [id, isOurs(id)]));
  return samples.reduce((sum, id, index) => sum + (ours.get(id) ? timeDeltas[index] / 1_000 : 0), 0);
}

/** What the listener of task sessions costs a page, as the browser's own profiler sees it. */
export async function measure({ chrome, product, root, verdicts }) {
  const script = await readFile(path.join(root, 'dist', 'inPage', 'session.js'), 'utf8');
  const site = await serve('media/sample-shop/flawed');
  const args = product.canSandbox() ? [] : ['--no-sandbox'];
  const browser = await puppeteer.launch({ executablePath: chrome, pipe: true, args });
  const perEvent = [];
  try {
    for (let time = 0; time < TIMES; time += 1) {
      const page = await browser.newPage();
      let heard = 0;
      await page.exposeFunction('uxAuditHappened', () => {
        heard += 1;
      });
      await page.evaluateOnNewDocument(`${script}\n//# sourceURL=${NAME}`);
      await page.evaluateOnNewDocument(stays);
      const session = await page.createCDPSession();
      await session.send('Profiler.enable');
      await session.send('Profiler.setSamplingInterval', { interval: 100 });
      await session.send('Profiler.start');
      await goShopping(page, site.origin);
      perEvent.push(timeOf((await session.send('Profiler.stop')).profile) / heard);
      await page.close();
    }
  } finally {
    await browser.close();
    await site.stop();
  }
  const percent = perEvent.map((milliseconds) => (milliseconds * PACE) / 10);
  const verdict = verdicts.atMost('session: the listener, in % of the time of a page’s thread', median(percent), {
    limit: LIMIT,
    text: spread(percent),
  });
  console.log(
    `\nClicks and keys on three pages of the sample shop, profiled every 0.1 ms; loading the listener is in it. The ` +
      `share is that of a person who clicks or types ${PACE} times a second without rest.`,
  );
  table(['ms per event', 'share %', 'at most', ''], [[spread(perEvent), spread(percent), `${LIMIT}`, verdict]]);
}
