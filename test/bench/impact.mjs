import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { measurePage, openBuilt } from './webviewPage.mjs';

const TARGETS = 200;
const RUNS = 5_000;
const FINDINGS = 10_000;
/** Gzip, bytes. */
const LARGEST = 120 * 1024;

/** A workspace that has been in use for years: as much as anybody will have. */
function largeData() {
  const targets = Array.from({ length: TARGETS }, (_, index) => ({
    slug: `page-${index}`,
    kind: 'page',
    isDeployed: index % 2 === 0,
  }));
  const runs = Array.from({ length: RUNS }, (_, index) => {
    const value = (middle) => [middle, middle * 0.95, middle * 1.07, 3, (index % 100) / 100];
    return {
      target: `page-${index % TARGETS}`,
      environment: 'local',
      formFactor: index % 4 === 0 ? 'desktop' : 'mobile',
      at: new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString(),
      noisy: index % 9 === 0,
      lighthouse: '13.5.0',
      browser: 'Chrome 156.0.0.0',
      values: {
        lcp: value(1500 + (index % 50) * 80),
        fcp: value(900 + (index % 30) * 40),
        tbt: value((index % 70) * 15),
        cls: value((index % 30) / 100),
        speed_index: value(2000 + (index % 40) * 60),
        lh_performance: value(40 + (index % 60)),
        a11y_score: value(60 + (index % 40)),
        seo_score: value(75 + (index % 25)),
      },
    };
  });
  const figures = Array.from({ length: 24 }, (_, index) => ({
    metric: index % 2 === 0 ? 'conversion_rate' : 'nps',
    from: `2026-${String((index >> 1) + 1).padStart(2, '0')}-01`,
    to: `2026-${String((index >> 1) + 1).padStart(2, '0')}-28`,
    value: 2 + index / 20,
    low: 1.8,
    high: 4,
    n: 40_000,
    parts: { x: 800, n: 40_000 },
    basis: 'imported',
    source: 'analytics.csv',
    on: '2026-11-22',
  }));
  const findings = Array.from({ length: FINDINGS }, (_, index) => ({
    id: `page-${index % TARGETS}/lighthouse/audit-${index}`,
    title: `Problem ${index % 500} of the page`,
    target: `page-${index % TARGETS}`,
    rule: `lighthouse/audit-${index % 500}`,
    severity: index % 4,
    stage: ['awareness', 'consideration', 'purchase', 'retention', 'advocacy'][index % 5],
    owner: undefined,
    reach: (index % TARGETS) + 1,
    of: TARGETS,
    metrics: [['lcp'], ['a11y_violations', 'a11y_score'], ['cls'], []][index % 4],
    problem: `lighthouse/audit-${index % 500}`,
    order: '',
    kind: 'automated',
    places: 1 + (index % 7),
    seenIn: ['local/mobile'],
    saving: 0,
  }));
  const today = runs.at(-1).at.slice(0, 10);
  return {
    title: 'large',
    today,
    targets,
    settings: {},
    runs,
    baseline: [],
    lately: [],
    figures,
    findings,
    faults: [],
  };
}

const data = largeData();

/** Opens the built page once; milliseconds until the answer is painted, and of filtering and ranking. */
async function once(browser, built) {
  const given = { name: 'impact', answers: { ready: data }, shown: '.tile-figure' };
  const { page, opened } = await openBuilt(browser, built, given);
  const filtered = (value) =>
    page.evaluate(
      (chosen) =>
        window.timed(() => {
          const select = document.querySelector('.filters select');
          select.value = chosen;
          select.dispatchEvent(new Event('change', { bubbles: true }));
          if (!document.querySelector('.tile-figure')) throw new Error('Nothing is shown.');
        }),
      value,
    );
  const narrowed = await filtered('page-7');
  const widened = await filtered('');
  const ranked = await page.evaluate(() =>
    window.timed(() => {
      document.getElementById('tab-fix').click();
      if (!document.querySelector('.ranked li')) throw new Error('Nothing is ranked.');
    }),
  );
  const turned = (id, selector) =>
    page.evaluate(
      ([tab, shown]) =>
        window.timed(() => {
          document.getElementById(`tab-${tab}`).click();
          if (!document.querySelector(shown)) throw new Error('Nothing is shown.');
        }),
      [id, selector],
    );
  const chained = await turned('chain', '.node');
  const timed = await turned('time', '.chart');
  await page.close();
  return { opened, filtered: Math.max(narrowed, widened), ranked, chained, timed };
}

/** The impact view in a real browser, with as much in it as anybody will have, and the size of its bundle. */
export async function measure(bench) {
  await measurePage(bench, {
    part: 'impact',
    once,
    rows: [
      [
        `${TARGETS} targets, ${RUNS} sets of runs, ${FINDINGS} findings: script start to the answer painted`,
        'opened',
        500,
      ],
      ['a filter set or taken back, whichever is slower', 'filtered', 60],
      ['what to fix first', 'ranked', 100],
      ['the chain', 'chained', 100],
      ['a course over time', 'timed', 100],
    ],
  });
  const size = gzipSync(readFileSync(path.join(bench.root, 'dist/webview/impact.js'))).length;
  const text = `${(size / 1024).toFixed(1)} KiB`;
  const verdict = bench.verdicts.atMost('impact: bundle of the page, gzip', size, {
    limit: LARGEST,
    strict: true,
    text,
  });
  console.log(`\nBundle of the page: ${text} gzip, limit 120 KiB: ${verdict}`);
}
