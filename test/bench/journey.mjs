import http from 'node:http';
import path from 'node:path';
import { createRunner, PuppeteerRunnerExtension } from '@puppeteer/replay';
import puppeteer from 'puppeteer-core';
import { median, ratios, seconds, spread, table } from './measure.mjs';
import { temporaryFolder } from './processes.mjs';
import { newEngine } from './speedRuns.mjs';

/** A walk of five steps may take so much of the time of the Recorder's own runner. */
const LIMIT = 1.3;
/** How far the waiting may be from what was injected: the larger of the two. Milliseconds, and a share. */
const OFF = { least: 30, share: 0.05 };
const delays = [100, 300, 1_000, 3_000];
const STEPS = 5;

const html = (body) =>
  `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Step</title><main>${body}</main></html>`;

/** Pages that lead to each other; a server or a script takes its time before it shows the next. */
async function site(kind, delay) {
  const button = (to) =>
    kind === 'server'
      ? `<form action="/${to}"><label>Name <input name="n"></label><button id="go${to}">Go</button></form>`
      : `<label>Name <input></label><button id="go${to}" onclick="next(${to})">Go</button>`;
  const script = `<script>function next(to) { setTimeout(() => { history.pushState({}, '', '/' + to);
    document.querySelector('main').innerHTML = '<h1>' + to + '</h1>' + (${STEPS} === to ? '<p id="end">End</p>'
    : ${JSON.stringify(button('TO'))}.replaceAll('TO', to + 1).replace('"next(TO)"', to + 1)); }, ${delay}); }</script>`;
  const server = http.createServer((request, response) => {
    const number = Number(new URL(request.url, 'http://x').pathname.slice(1));
    const body = number === STEPS ? '<p id="end">End</p>' : button(number + 1);
    const answer = () =>
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(html(kind === 'server' ? body : body + script));
    setTimeout(answer, kind === 'server' && number > 0 ? delay : 0);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

/** The recording's steps, for our walk and for the Recorder's own runner, which waits for no element over a load. */
function steps(origin) {
  const of = (number) => [
    ...(number === 1 ? [{ type: 'navigate', url: `${origin}/0` }] : []),
    { type: 'change', selectors: ['input'], value: 'Ada' },
    {
      type: 'click',
      selectors: [`#go${number}`],
      offsetX: 4,
      offsetY: 4,
      assertedEvents: [{ type: 'navigation', url: '' }],
    },
  ];
  const end = (number) => (number === STEPS ? '#end' : `#go${number + 1}`);
  const numbers = Array.from({ length: STEPS }, (_, index) => index + 1);
  return {
    ours: numbers.map((number) => ({ name: `Step ${number}`, expect: end(number), actions: of(number) })),
    bare: numbers.flatMap(of),
  };
}

/** The same with the runner of the Recorder alone, in a fresh browser. */
async function bareWalk({ chrome, product }, recorded) {
  const browser = await puppeteer.launch({
    executablePath: chrome,
    pipe: true,
    args: product.canSandbox() ? [] : ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1350, height: 940 });
    const runner = await createRunner({ title: 'x', steps: recorded }, new PuppeteerRunnerExtension(browser, page));
    await runner.run();
  } finally {
    await browser.close();
  }
}

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

/** How true the waiting of steps is, and what a walk costs. */
export async function measure(bench) {
  const { pairs = 5, verdicts } = bench;
  const engine = newEngine(bench);
  const folder = await temporaryFolder();
  const walk = (origin) =>
    engine.walk({
      url: origin,
      steps: steps(origin).ours,
      within: 15_000,
      picture: path.join(folder, 'picture'),
      mask: [],
    });
  /** The waiting of steps with a delay; the first step has the first load in it. */
  const waits = async (kind, delay) => {
    const { origin, stop } = await site(kind, delay);
    const found = [];
    for (let time = 0; time < 3; time += 1)
      found.push(...(await walk(origin)).steps.slice(1).map(({ waiting }) => waiting ?? Number.NaN));
    stop();
    return found;
  };
  const rows = [];
  try {
    for (const kind of ['server', 'script']) {
      const own = median(await waits(kind, 0)); // what the page itself takes
      for (const delay of delays) {
        const off = (await waits(kind, delay)).map((waiting) => waiting - own - delay);
        const allowed = Math.max(OFF.least, OFF.share * delay);
        const verdict = verdicts.atMost(`journey: ${kind} ${delay} ms: off by`, Math.abs(median(off)), {
          limit: allowed,
          text: `${spread(off, 0)} ms`,
        });
        rows.push([kind, `${delay}`, own.toFixed(0), spread(off, 0), `${allowed}`, verdict]);
      }
    }
    console.log(
      '\nWaiting of steps beyond that of the same pages without delay, against the delay that was injected; four steps ' +
        'of three walks each.',
    );
    table(['delay in', 'ms', 'without, ms', 'off by, ms', 'at most', ''], rows);

    const { origin, stop } = await site('server', 100);
    const times = { ours: [], bare: [] };
    await walk(origin); // warms both
    await bareWalk(bench, steps(origin).bare);
    for (let pair = 0; pair < pairs; pair += 1) {
      times.ours.push((await timed(() => walk(origin)))[0]);
      times.bare.push((await timed(() => bareWalk(bench, steps(origin).bare)))[0]);
    }
    stop();
    const ratio = ratios(times.ours, times.bare);
    const verdict = verdicts.atMost('journey: a walk against a bare replay', median(ratio), {
      limit: LIMIT,
      text: spread(ratio),
    });
    console.log(`\nA walk of ${STEPS} steps against the Recorder's own runner, each in a fresh browser.`);
    table(
      ['walk s', 'bare replay s', 'ratio', 'at most', ''],
      [[seconds(times.ours, 2), seconds(times.bare, 2), spread(ratio), `${LIMIT}`, verdict]],
    );
  } finally {
    await engine.dispose();
  }
}
