import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, journeySteps } from '../../src/core/journey/recording';
import { withSecrets } from '../../src/core/journey/secrets';
import { AuditEngine } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { Actor, puppeteerSelector, shown } from '../../src/engine/worker/journey/act';
import { record } from '../../src/engine/worker/journey/record';
import { inHeadlessShell } from './headlessShell';
import { cases } from './journeySites';
import { browserProcesses, Place, page, repository, type Site, serve, workerFile } from './support';

inHeadlessShell();

const script = readFileSync(path.join(repository, 'dist', 'inPage', 'recorder.js'), 'utf8');

let place: Place;
let engine: AuditEngine;
let files: string;
let program: string;
beforeAll(async () => {
  place = new Place();
  files = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-record-'));
  program = (await findBrowser({ setting: '' })).path;
  engine = new AuditEngine({ worker: workerFile, browser: { path: program, sandbox: canSandbox() } });
});
afterAll(async () => {
  await engine.dispose();
  rmSync(files, { recursive: true });
  place.leave();
});

interface Recorder {
  page: Page;
  actor: Actor;
  /** Waits until the actions fulfil something. */
  until(is: (actions: readonly Action[]) => boolean): Promise<void>;
}

/** Records what `drive` does with trusted input in a browser of its own. */
async function recorded(site: Site, drive: (recorder: Recorder) => Promise<void>): Promise<Action[]> {
  const browser: Browser = await puppeteer.launch({
    executablePath: program,
    args: ['--no-sandbox'],
    defaultViewport: { width: 1200, height: 900 },
  });
  const stop = new AbortController();
  let actions: Action[] = [];
  let heard = () => {};
  const request = { url: `${site.origin}/`, journey: 'shop', isVisible: false };
  const recording = record(
    browser,
    request,
    script,
    (from, changed) => {
      actions = [...actions.slice(0, from), ...structuredClone(changed)] as Action[];
      heard();
    },
    stop.signal,
  );
  const until: Recorder['until'] = (is) =>
    new Promise((resolve) => {
      heard = () => is(actions) && resolve();
      heard();
    });
  try {
    await until(() => String((actions[1]?.assertedEvents?.[0] as { title?: string })?.title ?? '') !== '');
    const [first] = (await browser.pages()) as [Page];
    await drive({ page: first, actor: new Actor(browser, first, files, 10_000, site.origin), until });
    stop.abort();
    expect(await recording).toEqual(actions); // what was streamed is the result
    return actions;
  } finally {
    await browser.close();
  }
}

async function walk(site: Site, actions: Action[], environment: Record<string, string> = {}) {
  const recording = withSecrets({ title: 'Recorded', steps: actions }, environment);
  const picture = path.join(place.root, 'picture');
  const steps = journeySteps(recording);
  return engine.walk({ url: site.origin, steps, within: 10_000, picture, mask: [] });
}

/** Does a hand-written action as a person would. */
async function doAs({ actor, page: main }: Recorder, action: Action, origin: string): Promise<void> {
  const target = action.target?.replace('http://shop.example', origin);
  const here = { ...action, ...(target !== undefined && { target }) };
  const frame = await actor.frameOf(here);
  if (here.selectors) await actor.ready(here, frame);
  const [first] = here.selectors ?? [];
  const field = here.type === 'change' && first !== undefined ? await frame.$(puppeteerSelector(first)) : null;
  const kind = await field?.evaluate((node) => (node as unknown as { type: string }).type);
  if (kind === 'select-one') {
    await field?.focus();
    await main.keyboard.press(here.value as never);
  } else if (kind === 'date') {
    await field?.focus();
    const [year, month, day] = (here.value ?? '').split('-');
    await main.keyboard.type(`${month}${day}${year}`);
  } else await actor.act(here, frame);
}

describe('recording a journey', () => {
  describe.each(Object.entries(cases))('over %s', (_, { pages, actions }) => {
    it('gives a recording that is walked to its end', async () => {
      const site = await serve(pages);
      try {
        const told = await recorded(site, async (recorder) => {
          let expected: string | undefined;
          for (const action of actions) {
            if (action.type === 'customStep') {
              const wanted = expected && puppeteerSelector(expected);
              const frames = recorder.page.frames();
              if (wanted) await Promise.any(frames.map((frame) => shown(frame, wanted, 30_000)));
              expected = (action.parameters as { expect?: string }).expect;
            }
            const isDone = ['navigate', 'customStep', 'waitForElement', 'scroll'].includes(action.type);
            if (!isDone) await doAs(recorder, action, site.origin);
            const [led] = (action.assertedEvents ?? []) as { url?: string }[];
            const path = led?.url?.replace('http://shop.example', site.origin);
            if (path) await recorder.page.waitForFunction(`location.href === ${JSON.stringify(path)}`);
          }
          const targets = recorder.page.browser().targets();
          const last = (await targets.findLast((one) => one.type() === 'page')?.page()) ?? recorder.page;
          const end = await Promise.any(
            [last, recorder.page]
              .flatMap((one) => one.frames())
              .map((frame) => frame.waitForSelector('#end, #receipt')),
          );
          expect(end).not.toBe(null);
          await recorder.until((known) => known.length > 2);
        });
        const windows = told.flatMap(({ target }) => (target === undefined || target === 'main' ? [] : target));
        const target = windows.at(-1);
        const asserted: Action = { type: 'waitForElement', selectors: ['#end, #receipt'], ...(target && { target }) };
        const environment = { JOURNEY_SHOP_CARD: '1234' };
        const { steps } = await walk(site, [...told, asserted], environment);
        expect(
          steps.map(({ outcome, why }) => why ?? outcome),
          JSON.stringify(told, null, 1),
        ).toEqual(steps.map(() => 'reached'));
      } finally {
        await site.close();
      }
    });
  });

  const form = (fields: string) => ({
    '/': page('Start', `<form onsubmit="return false">${fields}<button>Send</button></form>`),
    '/end': page('End'),
  });

  it.each([
    ['a password', '<label>Word <input type="password"></label>', 'JOURNEY_SHOP_WORD'],
    [
      'a password that is shown',
      `<label>Word <input id="w" type="password" onfocus="this.type = 'text'"></label>`,
      'JOURNEY_SHOP_WORD',
    ],
    ['a card', '<label>Number <input autocomplete="cc-number"></label>', 'JOURNEY_SHOP_NUMBER'],
    ['a card by its name', '<label>Card number <input></label>', 'JOURNEY_SHOP_CARD_NUMBER'],
    ['a code', '<label>Sent <input autocomplete="section-a one-time-code"></label>', 'JOURNEY_SHOP_SENT'],
    ['a box of a code', '<label>Digit <input maxlength="1"></label>', 'JOURNEY_SHOP_DIGIT'],
  ])('keeps %s in the page', async (_, field, variable) => {
    const site = await serve(form(field));
    const told: string[] = [];
    try {
      const actions = await recorded(site, async (recorder) => {
        const keep =
          '{ const tell = uxAuditTell; globalThis.told = []; uxAuditTell = (text) => (told.push(text), tell(text)); }';
        await recorder.page.evaluate(keep);
        await recorder.page.focus('input');
        await recorder.page.keyboard.type('9Zq7');
        await recorder.page.click('button');
        await recorder.until((known) => known.at(-1)?.type === 'click');
        told.push(...((await recorder.page.evaluate('told')) as string[]));
      });
      const change = actions.find(({ type }) => type === 'change');
      expect(change?.value).toBe(`\${env:${variable}}`);
      expect(JSON.stringify(actions)).not.toMatch(/9Zq7|"9"/);
      expect(told.some((text) => text.includes('change'))).toBe(true);
      expect(told.filter((text) => /9Zq7|"9"/.test(text))).toEqual([]);
    } finally {
      await site.close();
    }
  });

  it('says which actions led to another page, hard and soft, and leaves out what a form sent along', async () => {
    const site = await serve({
      '/': page(
        'Start',
        `<button onclick="history.pushState({}, '', '/soft')">Soft</button><a href="/hard?q=secret">Hard</a><button onclick="this.title = 'x'">None</button>`,
      ),
      '/hard': page('Hard page'),
    });
    try {
      const actions = await recorded(site, async ({ page: here, until }) => {
        await here.click('button:last-of-type');
        await here.click('button');
        await until((known) => known.some(({ assertedEvents }, index) => index > 1 && assertedEvents));
        await here.click('a');
        await until((known) => JSON.stringify(known.at(-1)).includes('Hard page'));
      });
      const led = actions.slice(2).map(({ selectors, assertedEvents }) => [selectors?.[0], assertedEvents]);
      const navigation = (path: string, title: string) => [{ type: 'navigation', url: `${site.origin}${path}`, title }];
      expect(led).toEqual([
        ['aria/None[role="button"]', undefined],
        ['aria/Soft[role="button"]', navigation('/soft', 'Start')],
        ['aria/Hard[role="link"]', navigation('/hard', 'Hard page')],
      ]);
    } finally {
      await site.close();
    }
  });

  it('hears no click that a script made up, and one click for a label', async () => {
    const site = await serve({
      '/': page('Start', '<label>Terms <input type="checkbox" id="c"></label><button id="b">B</button>'),
    });
    try {
      const actions = await recorded(site, async ({ page: here, until }) => {
        await here.evaluate("document.querySelector('#b').click()");
        await here.click('label', { offset: { x: 3, y: 3 } });
        await here.focus('#b');
        await here.keyboard.press('Space');
        await until((known) => known.length >= 5);
      });
      expect(actions.slice(2).map(({ type, key, selectors }) => [type, key ?? selectors?.[0]])).toEqual([
        ['click', 'aria/Terms[role="checkbox"]'],
        ['keyDown', ' '],
        ['keyUp', ' '],
      ]);
    } finally {
      await site.close();
    }
  });

  it('records what a pointer opens: by style and by script', async () => {
    const script = `for (const type of ['mouseenter', 'mouseleave']) document.querySelector('#m').addEventListener(type, () => document.querySelector('#sub').hidden = type === 'mouseleave')`;
    const site = await serve({
      '/': page(
        'Start',
        `<style>#c ul { display: none } #c:hover > ul { display: block }</style><nav><ul><li id="c">Style<ul><li><button id="one">One</button></ul></li></ul></nav>
         <div id="m">Script<div id="sub" hidden><button id="two">Two</button></div></div><button id="three" style="position: absolute; top: 500px">Three</button><script>${script}</script>`,
      ),
    });
    try {
      const actions = await recorded(site, async ({ page: here, until }) => {
        await here.hover('#c');
        await here.click('#one');
        await here.hover('#m');
        await here.waitForSelector('#two', { visible: true });
        await here.click('#two');
        await here.click('#three');
        await until((known) => known.some(({ selectors }) => String(selectors).includes('Three')));
      });
      const did = actions.slice(2).map(({ type, selectors }) => `${type} ${selectors?.[0]}`);
      expect(did).toEqual([
        'hover #c',
        'click aria/One[role="button"]',
        'hover #m',
        'click aria/Two[role="button"]',
        'click aria/Three[role="button"]',
      ]);
      const { steps } = await walk(site, actions);
      expect(steps.map(({ why, outcome }) => why ?? outcome)).toEqual(steps.map(() => 'reached'));
    } finally {
      await site.close();
    }
  });

  it('is asked of the engine, told as it happens, and ended with a result', async () => {
    const site = await serve({ '/': page('Start') });
    const stop = new AbortController();
    try {
      const told: Action[][] = [];
      const actions = await engine.record(
        { url: `${site.origin}/`, journey: 'shop', isVisible: false },
        {
          stop: stop.signal,
          onActions: (_, changed) => {
            told.push([...changed]);
            if (JSON.stringify(changed).includes('"Start"')) stop.abort();
          },
        },
      );
      expect(actions.map(({ type }) => type)).toEqual(['setViewport', 'navigate']);
      expect(told.length).toBeGreaterThan(1);
      const walked = await walk(site, actions); // the worker goes on working
      expect(walked.steps.map(({ outcome }) => outcome)).toEqual(['reached']);
    } finally {
      await site.close();
    }
  });

  it('is kept as far as it came when the browser is killed', async () => {
    const site = await serve({ '/': page('Start') });
    try {
      const actions = await engine.record(
        { url: `${site.origin}/`, journey: 'shop', isVisible: false },
        {
          stop: new AbortController().signal,
          onActions: (_, changed) => {
            if (!JSON.stringify(changed).includes('"Start"')) return;
            for (const { pid } of browserProcesses(os.tmpdir())) process.kill(pid, 'SIGKILL');
          },
        },
      );
      expect(actions.map(({ type }) => type)).toEqual(['setViewport', 'navigate']);
    } finally {
      await site.close();
    }
  });

  it('says what to do where nobody could see the browser, and where the page does not answer', async () => {
    const { DISPLAY, WAYLAND_DISPLAY } = process.env;
    delete process.env.DISPLAY;
    delete process.env.WAYLAND_DISPLAY;
    try {
      if (process.platform === 'linux')
        await expect(engine.record({ url: 'http://127.0.0.1:9/', journey: 'shop' })).rejects.toMatchObject({
          kind: 'environment',
          code: 'no-display',
        });
      const unreachable = engine.record({ url: 'http://127.0.0.1:9/', journey: 'shop', isVisible: false });
      await expect(unreachable).rejects.toMatchObject({ kind: 'page' });
    } finally {
      if (DISPLAY !== undefined) process.env.DISPLAY = DISPLAY;
      if (WAYLAND_DISPLAY !== undefined) process.env.WAYLAND_DISPLAY = WAYLAND_DISPLAY;
    }
  });
});
