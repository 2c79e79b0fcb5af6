import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOrigin } from '../../src/core/journey/addresses';
import { type Action, journeySteps } from '../../src/core/journey/recording';
import { AuditEngine } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { attempts } from '../patience';
import { inHeadlessShell } from './headlessShell';
import { cases, click, enter, open, pagesShop, scriptShop, shopActions, step } from './journeySites';
import { Place, page, type Site, serve, workerFile } from './support';

inHeadlessShell();

let place: Place;
let engine: AuditEngine;
beforeAll(async () => {
  place = new Place();
  const browser = await findBrowser({ setting: '' });
  engine = new AuditEngine({ worker: workerFile, browser: { path: browser.path, sandbox: canSandbox() } });
});
afterAll(async () => {
  await engine.dispose();
  place.leave();
});

async function walk(site: Pick<Site, 'origin'>, actions: Action[], more: { within?: number; audits?: boolean } = {}) {
  const recording = atOrigin({ title: 'Journey', steps: actions }, site.origin);
  return engine.walk({
    url: site.origin,
    steps: journeySteps(recording),
    within: 10_000,
    picture: path.join(place.root, 'picture'),
    mask: [],
    ...more,
  });
}

/** What people do in a step. */
const doing = ['click', 'doubleClick', 'keyDown', 'change', 'hover'];

describe('walking a journey', () => {
  describe.each(Object.entries(cases))('over %s', (_, { pages, actions }) => {
    it('completes every step, each time', async () => {
      const site = await serve(pages);
      try {
        for (let time = 0; time < attempts(1, 10); time += 1) {
          const { steps } = await walk(site, actions);
          expect(steps.map(({ outcome, why }) => why ?? outcome)).toEqual(steps.map(() => 'reached'));
        }
      } finally {
        await site.close();
      }
    });

    it('completes the steps before one that cannot be completed', async () => {
      const site = await serve(pages);
      try {
        const last = actions.findLastIndex(({ type }) => doing.includes(type));
        const { target = 'main' } = actions[last] as Action;
        const cut = actions.slice(0, last + 1).with(last, { type: 'click', selectors: ['#gone'], target });
        const { steps } = await walk(site, cut, { within: 3_000 });
        expect(steps.map(({ outcome }) => outcome)).toEqual([...steps.slice(1).map(() => 'reached'), 'failed']);
      } finally {
        await site.close();
      }
    });
  });

  it('names the step that cannot be completed, leaves out what comes after, and takes a picture', async () => {
    const { pages, actions } = cases['pages of a server'] as (typeof cases)[string];
    const site = await serve(pages);
    try {
      const first = actions.findIndex(({ type }) => doing.includes(type));
      const broken = actions.with(first, { type: 'click', selectors: ['aria/Gone', '#gone'] });
      const { steps, picture } = await walk(site, broken, { within: 1_500 });
      expect(steps[0]).toMatchObject({ outcome: 'failed', why: '“Gone” did not appear within 2 s.' });
      expect(steps.slice(1).every(({ outcome }) => outcome === 'not tried')).toBe(true);
      expect(existsSync(picture ?? '')).toBe(true);
    } finally {
      await site.close();
    }
  });

  it.each([
    ['pages', pagesShop],
    ['a script', scriptShop],
  ])('tells how long %s let people wait, to each step', async (_, shop) => {
    const delays = { address: 700, pay: 1_400 };
    const site = await serve(shop(delays));
    try {
      const { steps, tellsSoftNavigations } = await walk(site, shopActions);
      const [cart, address] = steps.map(({ waiting }) => waiting ?? Number.NaN);
      // a busy machine adds to what was injected, and nothing takes away from it
      expect(cart).toBeGreaterThan(delays.address - 5);
      expect(address).toBeGreaterThan(delays.pay - 5);
      expect(address).toBeLessThan(delays.pay + 1_000);
      const time = expect.any(Number);
      const first = { page: '/', navigation: 'hard', ttfb: time, fcp: time, lcp: time, cls: 0 };
      expect(steps[0]?.vitals[0]).toMatchObject(first);
      // the page tells so as it begins
      expect(tellsSoftNavigations).toBe(true);
      expect(steps.every(({ errors }) => errors.every((error) => error.includes('favicon')))).toBe(true);
    } finally {
      await site.close();
    }
  });

  it('measures a step in a frame of another site, and hears the page of that site that follows', async () => {
    const delay = 700;
    const site = await serve({
      ...pagesShop({ address: delay, pay: 0 }),
      '/frame': page('Frame', '<a href="/address" target="_top">Check out</a>'),
    });
    const other = site.origin.replace('127.0.0.1', 'localhost');
    const start = await serve({ '/': page('Start', `<iframe src="${other}/frame" title="Offer"></iframe>`) });
    try {
      const inFrame = { ...click('aria/Check out'), frame: [0] };
      const { steps } = await walk(start, [step('Offer', 'aria/Continue'), open(), inFrame]);
      expect(steps[0]).toMatchObject({ outcome: 'reached' });
      expect(steps[0]?.waiting).toBeGreaterThan(delay - 5);
      const time = expect.any(Number);
      expect(steps[0]?.vitals).toContainEqual(expect.objectContaining({ page: '/address', fcp: time, cls: 0 }));
    } finally {
      await Promise.all([start.close(), site.close()]);
    }
  });

  it('tells a dead link, an error page, and what stays disabled from a step that ends', async () => {
    const site = await serve({
      '/': page(
        'Start',
        '<a href="http://127.0.0.1:9/pay">Dead</a><a href="/gone">Gone</a><button disabled>Off</button>',
      ),
    });
    try {
      const whyOf = async (action: Action) =>
        (await walk(site, [step('One'), open(), action], { within: 1_500 })).steps[0]?.why;
      const gone = await serve({});
      await gone.close();
      expect(await whyOf({ type: 'navigate', url: gone.origin })).toBe(
        `Nothing answers at 127.0.0.1:${gone.port}: the connection was refused.`,
      );
      expect(await whyOf(click('aria/Dead'))).toBe('http://127.0.0.1:9/pay could not be opened.');
      expect(await whyOf(click('aria/Gone'))).toContain('/gone answered with the error status 404.');
      expect(await whyOf(click('aria/Off'))).toBe('“Off” stayed disabled for 2 s.');
    } finally {
      await site.close();
    }
  });

  it('enters a secret only where the journey begins', async () => {
    const other = await serve({ '/': page('Other', '<label>Word <input></label>') });
    const site = await serve({ '/': page('Start', `<a href="${other.origin}/">Other</a>`) });
    try {
      const secret: Action = { ...enter('aria/Word', 'hunter2'), isSecret: true };
      const { steps } = await walk(site, [step('One'), open(), click('aria/Other'), secret], { within: 1_500 });
      expect(steps[0]).toMatchObject({
        outcome: 'failed',
        why: expect.stringContaining('a secret is entered only at'),
      });
    } finally {
      await Promise.all([site.close(), other.close()]);
    }
  });

  it('audits what exists only at the end of a step', async () => {
    const site = await serve({
      '/': `<!doctype html><html lang="en"><title>Start</title><main><h1>Start</h1><button onclick="this.insertAdjacentHTML('afterend', '<img src=/x.png width=9 height=9>')">Show</button></main>`,
    });
    try {
      const actions: Action[] = [
        { type: 'navigate', url: 'http://x.example/' },
        { type: 'waitForElement', selectors: ['button'] },
        { type: 'click', selectors: ['aria/Show'] },
      ];
      const { reports } = await walk(site, actions, { audits: true });
      const scoreOf = (index: number) => reports[index]?.report.audits.find(({ id }) => id === 'image-alt')?.score;
      expect(reports.map(({ step }) => step)).toEqual(['Start', 'Show']);
      expect(scoreOf(0) ?? null).toBe(null);
      expect(scoreOf(1)).toBe(0);
    } finally {
      await site.close();
    }
  });
});
