import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ResultView } from '../../src/core/audit/resultView';
import type { ResultPageState } from '../../src/protocol/resultPage';
import { faultsOfLook } from './faultsOfLook';
import { aPageEach, oneBrowser, openPage } from './page';
import { looks } from './themes';

const spread = (median: number, min = median, max = median, n = 3) => ({
  median,
  min,
  max,
  n,
  samples: [min, median, max],
});

function view(change: Partial<ResultView> = {}): ResultView {
  return {
    measurement: {
      id: 'run-2',
      kind: 'lab',
      target: 'checkout',
      environment: 'local',
      formFactor: 'mobile',
      at: '2026-11-20T10:00:00.000Z',
      requestedUrl: 'http://localhost:3000/checkout',
      finalUrl: 'http://localhost:3000/checkout',
      runs: 3,
      representative: 1,
      metrics: {},
      scores: {},
      lighthouseVersion: '13.5.0',
      browser: 'Chrome 156.0.1.2',
      throttlingMethod: 'simulate',
      throttling: {},
      benchmarkIndex: { value: 1234.5, measuredAt: '2026-11-20T10:00:00.000Z' },
      foreignLoad: [0.01, 0.02, 0.01],
      noisy: false,
      warnings: [],
    },
    categories: [
      { id: 'performance', name: 'Performance', unit: 'points', spread: spread(0.62), verdict: 'needs improvement' },
    ],
    metrics: [
      {
        id: 'largest-contentful-paint',
        name: 'Largest Contentful Paint',
        acronym: 'LCP',
        unit: 'ms',
        spread: spread(3900, 3600, 4200),
        verdict: 'poor',
        difference: {
          id: 'largest-contentful-paint',
          before: spread(3800, 3500, 4100),
          after: spread(3900, 3600, 4200),
          shift: 100,
          interval: [-500, 700],
          matters: 190,
          n: 3,
          isExact: false,
          verdict: 'unknown',
          more: 7,
        },
      },
      { id: 'speed-index', name: 'Speed Index', acronym: 'SI', unit: 'ms', spread: null, verdict: null },
    ],
    tasks: [
      {
        audit: 'image-alt',
        title: '<img src=x onerror="window.hacked=1">',
        longTitle: '<img src=x onerror="window.hacked=1"> at length',
        description: 'Read [more](https://example.com/a) or [worse](javascript:alert(1)) and `<b>code</b>`.',
        savings: [{ metric: 'LCP', value: 1100 }],
        saving: 1100,
        severity: 3,
        category: 'Accessibility',
        places: 2,
        everywhere: { pages: 4, places: 9 },
        finding: { id: 'checkout/lighthouse/image-alt', status: 'open' },
      },
    ],
    passed: [{ category: 'Accessibility', count: 20 }],
    notMeasured: [],
    undecided: [],
    filmstrip: [],
    history: [],
    ...change,
  };
}

/** The state of a page with this view. */
function state(change: Partial<ResultView> = {}, other: Partial<ResultPageState> = {}): ResultPageState {
  const first = [
    {
      audit: 'image-alt',
      sentence: '<img src=x onerror="window.hacked=1">',
      box: null,
      occurrence: null,
      position: null,
    },
  ];
  return {
    view: view(change),
    title: 'Checkout',
    isKept: true,
    first,
    picture: null,
    auditing: false,
    compare: false,
    ...other,
  };
}

describe('the result page', () => {
  let page: Page;
  const browser = oneBrowser();
  const newPage = aPageEach();
  beforeEach(() => {
    page = newPage();
  });

  it.each(looks([340, 1200], 1200))('has no accessibility violation and fits at %i px', async (width, themes) => {
    const notMeasured = [`metrics: ${'no picture of it '.repeat(20)}`];
    const ready = state({ notMeasured, previousAt: '2026-11-19T10:00:00.000Z' });
    const faults = await faultsOfLook(browser(), { name: 'result', themes, width }, async (page) => {
      await openPage(page, 'result', { ready });
      await page.getByText('no change shown').waitFor();
    });
    expect(faults).toEqual([]);
  });

  it('says before the numbers what could not be measured', async () => {
    const notMeasured = ['the score of Accessibility, image-alt: axe-core Error: <b>gone</b>', 'metrics: no picture'];
    await openPage(page, 'result', { ready: state({ notMeasured }) });
    const notice = page.locator('.notice', { hasText: 'Not measured, so findings of it stay as they are:' });
    await notice.first().waitFor();
    expect(await notice.count()).toBe(1);
    for (const line of notMeasured) expect(await notice.innerText()).toContain(line);
  });

  it('says before the numbers what is undecided', async () => {
    const undecided = ['2 load audits undecided, 2 more undisturbed runs would tell (3 in one audit): a, b'];
    await openPage(page, 'result', { ready: state({ undecided }) });
    await page.getByText(`${undecided[0]}. Their findings stay as they are.`).waitFor();
  });

  it('shows each number with its range, its n, its verdict in words and what may be said of its change', async () => {
    await openPage(page, 'result', { ready: state({ previousAt: '2026-11-19T10:00:00.000Z' }) });
    const metric = page.locator('.metric').first();
    await metric.getByText('3.9 s').first().waitFor();
    const text = await metric.innerText();
    expect(text).toContain('3.6 s to 4.2 s, n = 3');
    expect(text).toContain('poor');
    await page.getByText('no change shown').click();
    await page.getByRole('cell', { name: 'cannot tell, 7 more runs each time would tell' }).waitFor();
    expect(await page.getByText('62 of 100').count()).toBe(1);
  });

  it('shows what was not measured as not measured', async () => {
    await openPage(page, 'result', { ready: state() });
    expect(await page.locator('.metric').last().innerText()).toContain('not measured');
  });

  it('keeps text of the audited page inert, and follows only https links, through the host', async () => {
    const requests = await openPage(page, 'result', { ready: state() });
    await page.locator('summary', { hasText: 'hacked' }).click();
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.getByRole('link').allInnerTexts()).toEqual(['more']);
    await page.getByRole('link', { name: 'more' }).click();
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'openLink', params: { url: 'https://example.com/a' } });
    expect(page.url()).toBe('about:blank');
  });

  it('is worked by keyboard: task, finding and audit again', async () => {
    const requests = await openPage(page, 'result', { ready: state() });
    await page.locator('summary', { hasText: 'hacked' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('What to do, and all places').focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => requests.at(-1))
      .toEqual({ method: 'showFinding', params: { id: 'checkout/lighthouse/image-alt' } });
    await page.getByRole('button', { name: 'Audit Again' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'auditAgain', params: null });
    await page.getByRole('button', { name: 'Audit As…' }).press('Enter');
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'auditAs', params: null });
  });

  it('begins with what to fix first, with its picture and its reach', async () => {
    const picture = { data: 'data:image/png;base64,AAAA', width: 400, height: 800 };
    const box = { left: 20, top: 700, width: 100, height: 20 };
    const position = { file: 'src/Logo.tsx', line: 42, column: 5, by: 'framework' as const };
    const sentence = 'logo: Element has no alt attribute';
    const first = [{ audit: 'image-alt', sentence, box, occurrence: 'a1', position }];
    const [task] = view().tasks;
    const tasks = task ? [{ ...task, title: 'Image without alt text', savings: [] }] : [];
    const requests = await openPage(page, 'result', { ready: state({ tasks }, { first, picture }) });
    const card = page.locator('.card');
    await card.getByText('2 places here').waitFor();
    expect(await card.innerText()).toContain('9 on 4 pages');
    expect(await card.locator('svg.crop rect').count()).toBe(2);
    await card.getByRole('button', { name: 'Details: Image without alt text' }).press('Enter');
    await expect.poll(() => requests.at(-1)?.method).toBe('showFinding');
    await card.getByText('src/Logo.tsx:42').waitFor();
    await card.getByRole('button', { name: 'Go to Code' }).press('Enter');
    const params = { id: 'checkout/lighthouse/image-alt', occurrence: 'a1' };
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'goToCode', params });
  });

  it('says when a run was disturbed, led elsewhere, or has no comparison', async () => {
    const { measurement } = view();
    const shown = view({
      metrics: [],
      categories: [],
      measurement: { ...measurement, noisy: true, foreignLoad: [0.5], redirectedTo: 'http://localhost:3000/login' },
    });
    await openPage(page, 'result', { ready: { ...state(), view: shown } });
    await page.getByText('Other programs used up to 50 % of the processor').waitFor();
    await page.getByText('The page redirected to http://localhost:3000/login').waitFor();
    await page.getByText('No earlier run to compare with').click();
    await page.getByText('no earlier run on this machine that may be compared').waitFor();
  });

  it('says that a development build was measured, and offers the production build', async () => {
    const { measurement } = view();
    const because = "Vite's development server: the page loads <b>/@vite/client</b>";
    const shown = { measurement: { ...measurement, development: { tool: 'Vite', because } } };
    const requests = await openPage(page, 'result', { ready: state(shown) });
    await page.getByText(because).waitFor();
    await page.getByRole('button', { name: 'Build, Serve and Audit…' }).press('Enter');
    await expect.poll(() => requests.at(-1)?.method).toBe('buildAndAudit');
  });

  it('says when a result could not be kept', async () => {
    await openPage(page, 'result', { ready: state({}, { isKept: false }) });
    await page.getByText('this result is not kept').waitFor();
    expect(await page.getByRole('button', { name: 'Lighthouse Report' }).count()).toBe(0);
  });

  it('shows in place what the host could not do', async () => {
    const fault = {
      fault: { kind: 'usage', code: 'report-gone', message: 'The report is gone.', next: 'Audit again.' },
    };
    await openPage(page, 'result', { ready: state(), openReport: fault });
    await page.getByRole('button', { name: 'Lighthouse Report' }).click();
    await page.getByRole('alert').getByText('The report is gone. Audit again.').waitFor();
  });
});
