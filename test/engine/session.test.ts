import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import puppeteer, { type Browser, type CreatePageOptions, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SessionCount, type SessionEvent } from '../../src/core/journey/sessionCount';
import { findBrowser } from '../../src/engine/browsers/findBrowser';
import { type PictureTaker, session } from '../../src/engine/worker/session/session';
import type { SessionRequest } from '../../src/protocol/workerMessages';
import { attempts, eventually } from '../patience';
import { page, repository, type Site, serve } from './support';

const script = readFileSync(path.join(repository, 'dist', 'inPage', 'session.js'), 'utf8');
const SECRET = 'Zq7-secret';

let browser: Browser;
let site: Site;
beforeAll(async () => {
  browser = await puppeteer.launch({
    executablePath: (await findBrowser({ setting: '' })).path,
    args: ['--no-sandbox'],
  });
  const body = `
    <div style="position: absolute; top: 200px; left: 20px"><button id="live" onclick="document.querySelector('#shown').textContent += 'x'">Live</button></div>
    <div style="position: absolute; top: 300px; left: 20px"><button id="dead">Dead</button></div>
    <div style="position: absolute; top: 400px; left: 20px"><button id="bad" onclick="null.x">Bad</button></div>
    <form style="position: absolute; top: 500px; left: 20px" action="/other"><input id="field"><input id="needed" required><button id="send">Send</button></form>
    <a style="position: absolute; top: 600px; left: 20px" id="link" href="/other">Other</a>
    <a style="position: absolute; top: 650px; left: 20px" id="tab" href="/other" target="_blank">Tab</a><p id="shown"></p>`;
  site = await serve({ '/': page('Start', body), '/other': page('Other', '<p id="there">x</p>') });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

interface Run {
  here: Page;
  events: SessionEvent[];
  count: SessionCount;
  next(): void;
  stop: AbortController;
  /** Takes pictures while the task runs. */
  picture(): PictureTaker | undefined;
  ended: Promise<Record<string, number> | undefined>;
  heard(is: () => boolean): Promise<void>;
}

const choice = (title: string, ...values: string[]) => ({
  title,
  paragraphs: [],
  buttons: values.map((value) => ({ value, text: value })),
});

/** Begins a session, up to its consent. */
async function begun(more: Partial<SessionRequest> = {}): Promise<Run> {
  const context = await browser.createBrowserContext();
  const here = await context.newPage();
  const own = {
    pages: async () => (await context.pages()) as Page[],
    newPage: (how?: CreatePageOptions) => context.newPage(how),
    on: (name: 'targetcreated' | 'targetdestroyed', listener: () => void) => context.on(name, listener),
    once: () => own,
  } as unknown as Browser;
  const events: SessionEvent[] = [];
  const count = new SessionCount(['First', 'Second']);
  let goOn = () => {};
  const stop = new AbortController();
  const request: SessionRequest = {
    type: 'session',
    id: 1,
    url: `${site.origin}/`,
    isVisible: false,
    consent: choice('Consent', 'agree', 'decline'),
    task: choice('Task', 'start'),
    questions: {
      ...choice('Questions', 'send'),
      questions: [{ field: 'seq', text: 'How easy?', scale: [1, 7], ends: ['hard', 'easy'] }],
    },
    steps: [{ expect: '#there' }, {}],
    ...more,
  };
  const next = () => new Promise<void>((resolve) => (goOn = resolve));
  let taker: PictureTaker | undefined;
  const onTask = (take?: PictureTaker) => {
    taker = take;
  };
  const ended = session(
    own,
    request,
    script,
    (event, at) => {
      events.push(event);
      count.add(event, at);
    },
    { next, onTask, stop: stop.signal },
  );
  ended.catch(() => {});
  await here.waitForSelector('button[value="agree"]');
  const heard = (is: () => boolean) => eventually(is, 'it was not heard').then(() => {});
  return { here, events, count, next: () => goOn(), stop, picture: () => taker, ended, heard };
}

async function started(more: Partial<SessionRequest> = {}): Promise<Run> {
  const run = await begun(more);
  await run.here.click('button[value="agree"]');
  await (await run.here.waitForSelector('button[value="start"]'))?.click();
  await run.heard(() => run.count.isRunning);
  await run.here.waitForSelector('#live');
  return run;
}

/** The page of a participant's browser that shows something. */
function pageWith(here: Page, selector: string): Promise<Page> {
  return eventually(async () => {
    for (const one of await here.browserContext().pages()) if (await one.$(selector).catch(() => null)) return one;
    return undefined;
  }, `no page has ${selector}`);
}

/** A pseudo-random number generator, so that a failing session can be repeated (Park and Miller 1988). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('a task session', () => {
  it('counts nothing of one who does not agree', async () => {
    const { here, events, ended } = await begun();
    await here.click('button[value="decline"]');
    expect(await ended).toBeUndefined();
    expect(events).toEqual([{ type: 'declined' }]);
    await here.browserContext().close();
  });

  it('counts as a script of it says, in generated sessions, and never what is entered', async () => {
    for (let seed = 1; seed <= attempts(3, 100); seed += 1) {
      const run = await started();
      const { here, count, heard } = run;
      const truth = {
        clicks: 0,
        keys: 0,
        pages: 0,
        back: 0,
        refused: 0,
        scriptErrors: 0,
        deadClicks: 0,
        rageClicks: 0,
      };
      const draw = random(seed * 7919);
      const click = async (selector: string) => {
        await here.click(selector);
        truth.clicks += 1;
      };
      const apart = () => click('#needed'); // far from all others, so that nothing is a rage click by chance
      const doings = [
        () => click('#live'),
        async () => {
          await click('#dead');
          truth.deadClicks += 1;
          await heard(() => count.deadClicks === truth.deadClicks);
        },
        async () => {
          await click('#bad');
          truth.scriptErrors += 1;
          truth.deadClicks += 1;
          await heard(() => count.deadClicks === truth.deadClicks);
        },
        async () => {
          await click('#field');
          await here.keyboard.type(SECRET);
          truth.keys += SECRET.length;
        },
        async () => {
          await click('#send');
          truth.refused += 1;
        },
        async () => {
          await click('#link');
          await here.waitForSelector('#there');
          await here.goBack();
          await here.waitForSelector('#live');
          truth.pages += 2;
          truth.back += 1;
        },
        async () => {
          for (let time = 0; time < 3; time += 1) await click('#live');
          truth.rageClicks += 1;
        },
      ];
      for (let step = 0; step < 8; step += 1) {
        await doings[Math.floor(draw() * doings.length)]?.();
        await apart();
      }
      const now = () => Object.fromEntries(Object.keys(truth).map((key) => [key, count[key as keyof typeof truth]]));
      const isTrue = () => JSON.stringify(now()) === JSON.stringify(truth);
      await eventually(isTrue, 'counts', { patience: 5_000 }).catch(() => {}); // the difference is shown below
      expect({ seed, ...now() }).toEqual({ seed, ...truth });
      expect(JSON.stringify(run.events)).not.toContain(SECRET);
      run.next();
      const asked = await pageWith(here, 'button[value="send"]');
      await asked.click('input[value="6"]');
      await asked.click('button[value="send"]');
      expect(await run.ended).toEqual({ seq: 6 });
      expect({ ...now() }).toEqual(truth); // answering counts nothing
      await here.browserContext().close();
    }
  });

  it('says when a step was reached, and lets the moderator leave out the questions', async () => {
    const { here, count, next, ended, heard } = await started();
    expect(count.step).toBe('First');
    await here.click('#link');
    await heard(() => count.step === 'Second');
    next();
    await pageWith(here, 'button[value="send"]');
    next();
    expect(await ended).toEqual({});
    expect(count.steps.map(({ name }) => name)).toEqual(['First', 'Second']);
    await here.browserContext().close();
  });

  it('is not away while a page that a link opened is in sight', async () => {
    const { here, count, events, stop, ended, heard } = await started();
    const away = () => events.filter(({ type }) => type === 'left' || type === 'returned').at(-1)?.type;
    await here.click('#tab');
    await heard(() => count.step === 'Second');
    await eventually(() => here.evaluate('document.visibilityState === "hidden"'), 'the page is in front');
    await heard(() => away() !== 'left');
    stop.abort();
    await ended;
    await here.browserContext().close();
  });

  it('lets a participant without a moderator say how the task ended', async () => {
    const { here, count, events, ended } = await started({ desk: choice('Task', 'succeeded', 'failed') });
    const desk = await pageWith(here, 'button[value="failed"]');
    await desk.click('button[value="failed"]');
    await (await pageWith(here, 'button[value="send"]')).click('button[value="send"]');
    expect(await ended).toEqual({});
    const types = events.map(({ type }) => type);
    expect(types.slice(types.indexOf('failed'))).toEqual(['failed', 'ended']);
    expect(count.clicks).toBe(0); // what they say is no click of the task
    await here.browserContext().close();
  });

  it('asks although the page does not want to be left', async () => {
    const { here, next, ended } = await started();
    await here.evaluate('addEventListener("beforeunload", (event) => event.preventDefault())');
    await here.click('#live'); // without a click of a person the browser lets them leave
    next();
    await (await pageWith(here, 'button[value="send"]')).click('button[value="send"]');
    expect(await ended).toEqual({});
    await here.browserContext().close();
  });

  it('takes pictures without what is in fields, of dialogs and shadow trees too, and leaves the page as it was', async () => {
    const { here, count, next, picture, stop, ended } = await started();
    await here.evaluate(`{
      const dialog = document.createElement('dialog');
      dialog.innerHTML = '<input id="inside">';
      const tree = document.createElement('div');
      tree.id = 'tree';
      document.querySelector('main').append(dialog, tree);
      tree.attachShadow({ mode: 'open' }).innerHTML = '<input id="deep">';
      const deep = tree.shadowRoot.querySelector('input');
      for (const field of [document.querySelector('#field'), document.querySelector('#inside'), deep])
        field.value = '${SECRET}';
      dialog.showModal();
    }`);
    const html = () => here.evaluate('document.documentElement.outerHTML');
    const before = await html();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-session-'));
    const file = path.join(folder, 'note');
    await picture()?.(file, []);
    expect(await html()).toBe(before);
    const fields = ['#field', '#inside', '#tree >>> #deep', '#live'];
    expect(await areCovered(here, `${file}.png`, fields)).toEqual([true, true, true, false]);
    expect(count.clicks).toBe(0);
    rmSync(folder, { recursive: true });
    next();
    await pageWith(here, 'button[value="send"]');
    expect(picture()).toBeUndefined(); // what they answer is not to be seen
    stop.abort();
    await ended;
    await here.browserContext().close();
  });
});

/** Whether the middle of elements is of the colour of covers in a picture of the page. */
async function areCovered(here: Page, file: string, selectors: string[]): Promise<boolean[]> {
  const source = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
  return here.evaluate(`(async () => {
    const bitmap = new Image();
    bitmap.src = '${source}';
    await bitmap.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    const context = canvas.getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const scale = bitmap.width / innerWidth;
    return ${JSON.stringify(selectors)}.map((selector) => {
      const [tree, inner] = selector.split(' >>> ');
      const whole = document.querySelector(tree);
      const box = (inner ? whole.shadowRoot.querySelector(inner) : whole).getBoundingClientRect();
      const [x, y] = [(box.left + box.width / 2) * scale, (box.top + box.height / 2) * scale];
      return [...context.getImageData(x, y, 1, 1).data].join() === '119,119,119,255';
    });
  })()`) as Promise<boolean[]>;
}
