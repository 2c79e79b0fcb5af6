import { readFileSync } from 'node:fs';
import path from 'node:path';
import { spread } from './measure.mjs';
import { temporaryFolder, timed } from './processes.mjs';
import { serve, sites } from './sites.mjs';

/** The metrics whose numbers must be those of the command, by Lighthouse's ids. */
export const metrics = {
  FCP: 'first-contentful-paint',
  LCP: 'largest-contentful-paint',
  TBT: 'total-blocking-time',
  CLS: 'cumulative-layout-shift',
  SI: 'speed-index',
};

const runsOfSet = 3;
const modes = { all: undefined, performance: ['performance'] };

/** The flags that a browser needs here in every program; the sandbox stays on wherever it can. */
export function chromeFlags({ canSandbox }) {
  return ['--headless=new', ...(canSandbox() ? [] : ['--no-sandbox'])].join(' ');
}

/** A new engine on the worker of dist. */
export function newEngine({ root, chrome, product }) {
  return new product.AuditEngine({
    worker: path.join(root, 'dist/auditWorker.js'),
    browser: { path: chrome, sandbox: product.canSandbox() },
  });
}

/** One set of runs: milliseconds in all, runs made (disturbed ones are repeated), and the audits of those that count. */
async function ourSet(engine, url, { runs, categories }, notes) {
  let repeated = 0;
  const onProgress = (progress) => {
    if (progress.phase === 'waiting') notes.add('waited for another audit on this machine: not a quiet machine');
    if (progress.phase === 'launch' && progress.repeated) repeated += 1;
  };
  const start = performance.now();
  const { set } = await engine.audit(
    { url, formFactor: 'mobile', runs, ...(categories && { categories }) },
    { onProgress, anotherFollows: true }, // as in a plan of several pages, or for a person who audits again
  );
  const milliseconds = performance.now() - start;
  const values = set.slices.map(
    ({ audits }) =>
      (id) =>
        audits.find((audit) => audit.id === id)?.numericValue,
  );
  return {
    milliseconds,
    made: runs + repeated,
    repeated,
    values,
    foreignLoad: set.foreignLoad.filter((share) => share !== null),
    version: set.slices[0].lighthouseVersion,
  };
}

/** One `lighthouse` command with the same settings. */
async function theirRun({ root, product }, url, categories) {
  const result = path.join(temporaryFolder('lighthouse'), 'report.json');
  const { exit, written } = await timed(
    process.execPath,
    [
      path.join(root, 'node_modules/lighthouse/cli/index.js'),
      url,
      `--chrome-flags=${chromeFlags(product)}`,
      ...['--output', 'json', '--output-path', result],
      ...(categories ? [`--only-categories=${categories.join()}`] : []),
      ...['--quiet', '--no-enable-error-reporting'],
    ],
    { result },
  );
  const { audits, lighthouseVersion } = JSON.parse(readFileSync(result, 'utf8'));
  return { exit, written, value: (id) => audits[id]?.numericValue, version: lighthouseVersion };
}

function emptySite(name) {
  const times = () => ({ ours: [], exit: [], written: [] });
  const samples = Object.fromEntries(Object.keys(metrics).map((name) => [name, { ours: [], theirs: [] }]));
  return { name, all: times(), performance: times(), cold: times(), repeated: 0, foreignLoad: [], samples };
}

function keep(samples, side, value) {
  for (const [name, id] of Object.entries(metrics)) {
    const number = value(id);
    if (number === undefined) throw new Error(`A run has no ${name}.`);
    samples[name][side].push(number);
  }
}

async function onePair(bench, engine, url, site, notes) {
  for (const [mode, categories] of Object.entries(modes)) {
    const set = await ourSet(engine, url, { runs: runsOfSet, categories }, notes);
    const command = await theirRun(bench, url, categories);
    if (set.version !== command.version) throw new Error(`Lighthouse ${set.version} against ${command.version}.`);
    site[mode].ours.push(set.milliseconds / set.made);
    site[mode].exit.push(command.exit);
    site[mode].written.push(command.written);
    site.repeated += set.repeated;
    site.foreignLoad.push(...set.foreignLoad);
    for (const value of set.values) keep(site.samples, 'ours', value);
    keep(site.samples, 'theirs', command.value);
    if (mode !== 'all') continue;
    const fresh = newEngine(bench);
    try {
      const cold = await ourSet(fresh, url, { runs: 1 }, notes);
      site.cold.ours.push(cold.milliseconds);
      site.cold.exit.push(command.exit);
      site.cold.written.push(command.written);
      site.repeated += cold.repeated;
      site.foreignLoad.push(...cold.foreignLoad);
      keep(site.samples, 'ours', cold.values[0]);
    } finally {
      await fresh.dispose();
    }
  }
}

let made;

/**
 * Times our engine and the command in turn on every site, once for all parts that ask. Each pair: a warm set of all
 * categories, the command, a cold first run, a warm set of performance only, the command with performance only.
 *
 * @returns {Promise<{ pairs: number, sites: ReturnType<typeof emptySite>[], notes: Set<string> }>} times in
 *   milliseconds, those of warm sets per run
 */
export function speedRuns(bench) {
  made ??= makeRuns(bench);
  return made;
}

async function makeRuns(bench) {
  const { pairs = 7 } = bench;
  const notes = new Set();
  const measured = [];
  for (const { name, folder, page } of sites) {
    const served = await serve(path.join(bench.root, folder));
    const engine = newEngine(bench);
    const site = emptySite(name);
    const url = served.origin + page;
    try {
      await engine.audit({ url, formFactor: 'mobile', runs: 1 }, { anotherFollows: true }); // warms the worker
      for (let pair = 1; pair <= pairs; pair += 1) {
        await onePair(bench, engine, url, site, notes);
        const last = (mode) => (site[mode].ours.at(-1) / site[mode].exit.at(-1)).toFixed(2);
        console.log(
          `${name}, pair ${pair} of ${pairs}: all ${last('all')}, performance ${last('performance')}, cold ${last('cold')}`,
        );
      }
    } finally {
      await engine.dispose();
      await served.stop();
    }
    if (site.foreignLoad.length > 0) {
      const share = spread(
        site.foreignLoad.map((load) => load * 100),
        0,
      );
      notes.add(
        `${name}: ${share} % of the processors went to other programs, and ${site.repeated} runs were repeated for that`,
      );
    }
    measured.push(site);
  }
  return { pairs, sites: measured, notes };
}
