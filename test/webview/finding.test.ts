import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FindingPageState, ShownPlace } from '../../src/protocol/findingPage';
import { faultsOfLook } from './faultsOfLook';
import { aPageEach, oneBrowser, openPage } from './page';
import { looks } from './themes';

const nasty = '<img src=x onerror="window.hacked=1"> [go](javascript:alert(1)) **bold** \u202etfel';

const place: ShownPlace = {
  key: 'a',
  selector: nasty,
  snippet: nasty,
  label: nasty,
  url: nasty,
  nodeLabel: nasty,
  reasons: [{ mend: 'any', sentences: [nasty, 'Element has no title attribute'] }],
  isRecorded: true,
  sharedBy: 2,
};
const decided = { status: 'accepted', by: nasty, on: '2026-11-20', reason: nasty };

function state(change: object = {}, other: Partial<FindingPageState> = {}): FindingPageState {
  return {
    id: 'home/lighthouse/image-alt',
    finding: {
      kind: 'automated',
      rule: 'lighthouse/image-alt',
      title: nasty,
      target: nasty,
      state: { status: 'open', severity: 3, owner: nasty, reason: nasty, seenIn: ['local/mobile'] },
      occurrences: { a: { selector: nasty, snippet: nasty, label: nasty, url: nasty } },
      ratings: { [nasty]: { severity: 4 }, bo: { severity: 1 } },
      note: nasty,
      recommendation: nasty,
      evidence: ['evidence/gone.png'],
      cx: { stage: nasty },
      id: 'home/lighthouse/image-alt',
      ...change,
    },
    problem: {
      title: nasty,
      severity: 3,
      places: 3,
      pages: [
        { id: 'home/lighthouse/image-alt', title: nasty, places: 1, status: 'open' },
        { id: 'cart/lighthouse/image-alt', title: 'cart', places: 2, status: 'open' },
      ],
      everywhere: null,
    },
    places: [place],
    said: null,
    place: null,
    headFix: null,
    run: {
      id: 'run-1',
      at: '2026-11-20T10:00:00.000Z',
      environment: 'local',
      formFactor: 'mobile',
      runs: 3,
      displayValue: nasty,
      references: {},
      times: {},
      paints: [],
      isSimulated: true,
      tables: [
        {
          title: nasty,
          columns: [{ label: nasty, isNumber: false }],
          rows: [
            [{ kind: 'code', text: nasty }],
            [{ kind: 'address', url: 'https://x.test/%3Cb%3E', host: 'x.test', isOwn: false, owner: nasty }],
          ],
        },
      ],
      picture: null,
    },
    explanation: 'Read [more](https://example.com/) or [worse](javascript:alert(1)).',
    savings: [{ metric: 'LCP', value: 1100 }],
    measured: [],
    url: 'http://localhost:3000/',
    discussion: null,
    me: 'ana',
    attachments: {},
    isOfJourney: false,
    stale: null,
    ...other,
  };
}

describe('the page of a finding', () => {
  let page: Page;
  const browser = oneBrowser();
  const newPage = aPageEach();
  beforeEach(() => {
    page = newPage();
  });

  it.each(looks([340, 1200], 1200))('has no accessibility violation and fits at %i px', async (width, themes) => {
    const history = [{ date: '2026-11-20', commit: 'abcdef0123', subject: nasty, text: nasty }];
    const ready = state({}, { places: [place, { ...place, key: 'b', decided }] });
    const faults = await faultsOfLook(browser(), { name: 'finding', themes, width }, async (page) => {
      await openPage(page, 'finding', { ready, history });
      await page.getByText('abcdef01').waitFor();
    });
    expect(faults).toEqual([]);
  });

  it('keeps hostile text inert everywhere', async () => {
    const history = [{ date: '2026-11-20', commit: 'abcdef0123', subject: nasty, text: nasty }];
    const places = [{ ...place, decided }];
    await openPage(page, 'finding', { ready: state({}, { places }), history });
    await page.getByRole('button', { name: 'Reopen…' }).waitFor();
    await page.getByText('abcdef01').waitFor();
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.locator('main').innerText()).not.toContain('\u202e');
    expect(await page.locator('main').innerText()).toContain('\\u202etfel');
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    await page.getByText('In Lighthouse’s words').click();
    const links = await page
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).protocol));
    expect(new Set(links)).toEqual(new Set(['https:']));
  });

  it('leads to the page of its journey, where it is about one', async () => {
    const requests = await openPage(page, 'finding', { ready: state({}, { isOfJourney: true }), history: [] });
    await page.getByRole('button', { name: 'Show Journey' }).click();
    await expect.poll(() => requests.map(({ method }) => method)).toContain('showJourney');
  });

  it('is worked by keyboard alone, and says what the raters think', async () => {
    const requests = await openPage(page, 'finding', { ready: state(), history: [] });
    await page.getByText('raters differ').waitFor();
    await page.getByRole('button', { name: 'Accept Until…' }).press('Enter');
    await expect
      .poll(() => requests.filter(({ method }) => method === 'triage').at(-1)?.params)
      .toEqual({ action: 'accept', occurrence: 'a' });
    await page.getByRole('button', { name: 'Show on Page' }).press('Enter');
    await expect.poll(() => requests.at(-1)).toMatchObject({ method: 'showOnPage', params: { occurrence: 'a' } });
  });

  it('shows what was said of a problem that people found, and adds to it', async () => {
    const remarks = { aaaaaa: { by: nasty, at: '2026-11-23T09:30:00Z', text: nasty } };
    const shown = state({ kind: 'heuristic', remarks }, { discussion: 'open' });
    const requests = await openPage(page, 'finding', { ready: shown, history: [] });
    await page.getByRole('list', { name: 'Remarks on:' }).getByText('2026-11-23').waitFor();
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.locator('main').innerText()).not.toContain('\u202e');
    await page.getByLabel('Add a remark').fill('Let us say 3');
    await page.getByLabel('Add a remark').press('Control+Enter');
    await page.getByText('saved', { exact: true }).waitFor();
    expect(requests.filter(({ method }) => method === 'addRemark')).toMatchObject([
      { params: { id: 'home/lighthouse/image-alt', text: 'Let us say 3' } },
    ]);
  });

  it('keeps a remark that is being written while the page is behind another tab', async () => {
    const shown = state({ kind: 'heuristic' }, { discussion: 'open' });
    await openPage(page, 'finding', { ready: shown, history: [] });
    await page.getByLabel('Add a remark').fill('Half a sen');
    const kept = { remarks: { 'home/lighthouse/image-alt': 'Half a sen' } };
    expect(await page.evaluate('window.keptByVsCode()')).toEqual(kept);
  });

  it('shows again what was written of a remark when the page is back', async () => {
    const kept = { remarks: { 'home/lighthouse/image-alt': 'Half a sen' } };
    const shown = state({ kind: 'heuristic' }, { discussion: 'open' });
    await openPage(page, 'finding', { ready: shown, history: [] }, kept);
    await page.getByLabel('Add a remark').waitFor();
    expect(await page.getByLabel('Add a remark').inputValue()).toBe('Half a sen');
  });

  it('says when a discussion is closed to the person, and has none of what a machine found', async () => {
    await openPage(page, 'finding', { ready: state({ kind: 'heuristic' }, { discussion: 'closed' }), history: [] });
    await page.getByText('Open to you once you have submitted your evaluation.').waitFor();
    expect(await page.getByLabel('Add a remark').count()).toBe(0);
  });

  it('says how many comments of customers a problem stands for', async () => {
    const reported = { kind: 'reported', rule: 'customers/comments', comments: 14 };
    await openPage(page, 'finding', { ready: state(reported), history: [] });
    await page.getByText('said by customers, 14 comments').waitFor();
    expect(await page.getByRole('button', { name: 'Check Again' }).count()).toBe(0);
  });

  it('shows what customers wrote as far as this machine holds it, as text', async () => {
    const reported = { kind: 'reported', rule: 'customers/comments', comments: 14 };
    const texts = [
      { text: nasty, date: '2026-09-02', segment: nasty, source: nasty },
      { text: 'Where do I pay?', source: 'said.txt' },
    ];
    await openPage(page, 'finding', {
      ready: state(reported, { said: { texts, here: 2, error: null }, places: [], run: null }),
      history: [],
    });
    const section = page.getByRole('region', { name: 'What customers wrote' });
    expect(await section.innerText()).toContain('2 of 14 comments are on this machine.');
    expect(await section.getByRole('listitem').count()).toBe(2);
    expect(await section.innerText()).toMatch(/Where do I pay\?[\s\S]*said\.txt/);
    expect(await section.locator('img, a, b').count()).toBe(0);
    expect(await section.innerText()).toContain('\\u202etfel');
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
  });

  it('says that no comment is here, and why none can be read', async () => {
    const reported = { kind: 'reported', rule: 'customers/comments', comments: 14 };
    const said = { texts: [], here: 0, error: 'comments.json cannot be read. Delete it.' };
    await openPage(page, 'finding', { ready: state(reported, { said }), history: [] });
    const section = page.getByRole('region', { name: 'What customers wrote' });
    expect(await section.innerText()).toMatch(
      /comments\.json cannot be read[\s\S]*None of 14 comments are on this machine/,
    );
  });

  it('offers what fits the state', async () => {
    await openPage(page, 'finding', {
      ready: state({ state: { status: 'accepted', by: 'ana', on: '2026-11-20', until: '2027-01-01' } }),
      history: [],
    });
    await page.getByRole('button', { name: 'Reopen…' }).waitFor();
    expect(await page.getByRole('button', { name: 'Accept Until…' }).count()).toBe(0);
    await page.getByText('accepted by ana on 2026-11-20, until 2027-01-01').waitFor();
  });

  it('leads to the other pages of the problem, and to the other places of this one', async () => {
    const second = { ...place, key: 'b', nodeLabel: 'Second' };
    const ready = state({}, { places: [place, second] });
    const show = { ...state({ note: 'seen in the cart' }), id: 'cart/lighthouse/image-alt' };
    const requests = await openPage(page, 'finding', { ready, show, history: [] });
    await page.getByText('1 of 2').waitFor();
    await page.getByRole('button', { name: 'Next place' }).press('Enter');
    await page.getByText('2 of 2').waitFor();
    await page.getByRole('button', { name: /^cart/ }).press('Enter');
    await expect
      .poll(() => requests.find(({ method }) => method === 'show')?.params)
      .toEqual({ id: 'cart/lighthouse/image-alt' });
    await page.getByText('seen in the cart').waitFor();
  });

  it('leads to the line of code, and says when that is a guess', async () => {
    const at = (file: string, by: 'exact' | 'guess') => ({ position: { file, line: 18, column: 3, by } });
    const places = [
      { ...place, ...at('src/Card.tsx', 'exact') },
      { ...place, key: 'b', ...at('src/Old.tsx', 'guess') },
    ];
    const requests = await openPage(page, 'finding', { ready: state({}, { places }), history: [] });
    await page.getByText('src/Old.tsx:18 ?').waitFor();
    await page.getByRole('button', { name: 'Go to code: src/Old.tsx:18 ?, a guess' }).press('Enter');
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'goToCode', params: { occurrence: 'b' } });
    await page.getByRole('button', { name: 'Go to Code', exact: true }).press('Enter');
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'goToCode', params: { occurrence: 'a' } });
  });

  it('checks again, here and on all pages', async () => {
    const requests = await openPage(page, 'finding', { ready: state(), history: [] });
    await page.getByRole('button', { name: 'Check Again', exact: true }).press('Enter');
    const asked = (everywhere: boolean) => ({ method: 'checkAgain', params: { everywhere } });
    await expect.poll(() => requests.at(-1)).toEqual(asked(false));
    await page.getByRole('button', { name: 'Check All 2 Pages', disabled: false }).press('Enter');
    await expect.poll(() => requests.at(-1)).toEqual(asked(true));
  });

  it('leads from a request to the tag that asks for it', async () => {
    const url = 'http://localhost:3000/app.js';
    const position = { file: 'index.html', line: 12, column: 3, by: 'exact' as const };
    const before = state();
    const tables = [
      {
        columns: [
          { label: 'URL', isNumber: false },
          { label: 'Duration', isNumber: true },
        ],
        rows: [
          [
            { kind: 'address' as const, url, host: 'localhost:3000', isOwn: true },
            { kind: 'number' as const, value: 1200, unit: 'ms' as const },
          ],
        ],
      },
    ];
    const run = before.run && { ...before.run, tables, references: { [url]: { position, fix: 'Add defer' } } };
    const requests = await openPage(page, 'finding', { ready: { ...before, places: [], run }, history: [] });
    await page.getByRole('cell', { name: '1.2 s' }).waitFor();
    await page.getByRole('button', { name: 'Go to code: index.html:12 asks for it' }).press('Enter');
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'goToReference', params: { url } });
    await page.getByRole('button', { name: 'Add defer…' }).press('Enter');
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'fixReference', params: { url } });
  });

  it('leads from a place in a script to the line that was written, first of all when there is no other place', async () => {
    const url = 'http://localhost:3000/app.js';
    const cell = { kind: 'address' as const, url, host: 'localhost:3000', isOwn: true, line: 0, column: 512 };
    const source = { file: 'src/app.ts', line: 12, column: 3, by: 'source-map' as const };
    const before = state();
    const tables = [
      { columns: [{ label: 'Source', isNumber: false }], rows: [[cell], [{ ...cell, line: 4, source }]] },
    ];
    const run = before.run && { ...before.run, tables };
    const requests = await openPage(page, 'finding', { ready: { ...before, places: [], run }, history: [] });
    await page.getByText('/app.js:1:513').waitFor();
    const asked = { method: 'goToLine', params: { url, line: 4, column: 512 } };
    await page.getByRole('button', { name: 'Go to code: src/app.ts:12, through the source map' }).press('Enter');
    await expect.poll(() => requests.at(-1)).toEqual(asked);
    await page.getByRole('button', { name: 'Go to Code', exact: true }).press('Enter');
    await expect.poll(() => requests.filter(({ method }) => method === 'goToLine')).toEqual([asked, asked]);
  });

  it('draws how much earlier the page could show something, and nothing where no estimate says so', async () => {
    const before = state();
    const spread = (median: number) => ({ median, min: median - 100, max: median + 50, n: 3, samples: [] });
    const paints = [
      { metric: 'FCP', name: 'First Contentful Paint', spread: spread(2400) },
      { metric: 'LCP', name: 'Largest Contentful Paint', spread: spread(4800) },
    ];
    const run = before.run && { ...before.run, paints };
    const savings = [{ metric: 'FCP', value: 600 }];
    await openPage(page, 'finding', { ready: { ...before, savings, run }, history: [] });
    await page
      .getByRole('img', {
        name:
          'First Contentful Paint 2.4 s, 2.3 s to 2.5 s in 3 runs, 600 ms earlier by an estimate; ' +
          'Largest Contentful Paint 4.8 s, 4.7 s to 4.8 s in 3 runs',
      })
      .waitFor();
    const saved = page.locator('.timeline .saved').first();
    expect([await saved.getAttribute('x'), await saved.getAttribute('width')]).toEqual(['37.50%', '12.50%']);
  });

  it('draws no moment of the load where no estimate says that it could come earlier', async () => {
    const before = state();
    const spread = { median: 2400, min: 2300, max: 2450, n: 3, samples: [] };
    const run = before.run && { ...before.run, paints: [{ metric: 'FCP', name: 'First Contentful Paint', spread }] };
    await openPage(page, 'finding', { ready: { ...before, savings: [], run }, history: [] });
    await page.getByRole('heading').first().waitFor();
    expect(await page.locator('.timeline').count()).toBe(0);
  });

  it('draws when the requests of a table were under way, and nothing for a single one', async () => {
    const request = (name: string) => [
      { kind: 'address' as const, url: `http://localhost:3000/${name}`, host: 'localhost:3000', isOwn: true },
      { kind: 'number' as const, value: 1, unit: 'ms' as const },
    ];
    const columns = [
      { label: 'URL', isNumber: false },
      { label: 'Duration', isNumber: true },
    ];
    const before = state();
    const times = {
      'http://localhost:3000/a.js': { from: 100, to: 900 },
      'http://localhost:3000/b.js': { from: 200, to: 1100 },
    };
    const tables = [
      { columns, rows: [request('a.js'), request('b.js'), request('unknown.js')] },
      { columns, rows: [request('a.js')] },
    ];
    const run = before.run && { ...before.run, tables, times };
    await openPage(page, 'finding', { ready: { ...before, places: [], run }, history: [] });
    await page.getByRole('columnheader', { name: '0 to 1.1 s' }).waitFor();
    await page.getByRole('img', { name: 'from 200 ms to 1.1 s' }).waitFor();
    expect(await page.locator('.waterfall').count()).toBe(2);
    const ends = await page
      .locator('.waterfall .request')
      .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('x')) + Number(bar.getAttribute('width'))));
    expect(ends.map(Math.round)).toEqual([164, 200]);
    await page.getByText('bars as it loaded, before the slow network is simulated').waitFor();
  });

  it('shows the colours of a text, and the smallest change that passes', async () => {
    const nearest = { of: 'text' as const, color: '#767676', ratio: 4.54 };
    const contrast = { foreground: '#8a8a8a', background: '#ffffff', ratio: 3.45, needed: 4.5, nearest };
    const picture = { data: 'data:image/png;base64,AAAA', width: 400, height: 800 };
    const box = { left: 20, top: 700, width: 100, height: 20 };
    const before = state();
    const shown = { ...before, places: [{ ...place, contrast, box }], run: before.run && { ...before.run, picture } };
    await openPage(page, 'finding', { ready: shown, history: [] });
    await page.getByText('3.45 : 1').first().waitFor();
    await page.getByText('#767676', { exact: true }).waitFor();
    await page.getByText('color: #767676;').waitFor();
    const view = await page.locator('svg.crop').getAttribute('viewBox');
    const [left = 0, top = 0, width = 0, height = 0] = (view ?? '').split(' ').map(Number);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(top + height).toBeLessThanOrEqual(800);
    expect([left < 20, left + width > 120, top < 700, top + height > 720]).toEqual([true, true, true, true]);
  });

  it('says that a finding is gone', async () => {
    await openPage(page, 'finding', { ready: { ...state(), finding: null, problem: null }, history: [] });
    await page.getByRole('heading', { name: 'No longer in the record' }).waitFor();
  });
});
