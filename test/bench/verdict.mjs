import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mannWhitney, selfCheck } from './mannWhitney.mjs';
import { median, table } from './measure.mjs';

/** The unchanged pages of the recorded runs, which together are one site. */
const site = ['sb-admin-2', 'admin-lte', 'agency'];
/** The page that was recorded with changes, and the number that each change makes worse. */
const changedPage = 'agency';
const changes = {
  'work-150': { what: 'script of 150 ms', number: 'total-blocking-time' },
  // about as much as matters, so it need not be found
  'work-38': { what: 'script of 150 ms on the phone', number: 'total-blocking-time', isSmall: true },
  'image-400k': { what: 'LCP image + 400 KB', number: 'largest-contentful-paint', exact: 'bytes' },
  'shift-0.1': { what: 'shift of 0.1', number: 'cumulative-layout-shift' },
  'blocking-file': { what: 'one render-blocking file', number: 'first-contentful-paint', exact: 'requests' },
};
const timings = {
  fcp: 'first-contentful-paint',
  lcp: 'largest-contentful-paint',
  tbt: 'total-blocking-time',
  si: 'speed-index',
  cls: 'cumulative-layout-shift',
};
/** As the product calls a run disturbed: other programs had more than this share of the processors. */
const DISTURBED = 0.2;

/** The recorded runs by page, in order. */
function recorded() {
  const text = readFileSync(path.join(import.meta.dirname, 'series/runs.jsonl'), 'utf8');
  return Map.groupBy(text.trim().split('\n').map(JSON.parse), ({ page }) => page);
}

function pairedRun(run) {
  const times = Object.entries(timings).map(([short, id]) => [id, run[short]]);
  const numbers = {
    ...Object.fromEntries(times),
    bytes: run.bytes,
    ...(run.requests !== undefined && { requests: run.requests }),
    elements: run.dom,
    'unused-bytes': run.unusedCss + run.unusedJs,
  };
  return { numbers, isDisturbed: run.foreignLoad > DISTURBED };
}

/** Pairs of runs of an unchanged and a changed page that were recorded next to each other. */
function changedPairs(base, head, start) {
  let made = 0;
  return () => {
    if (made === head.length) return undefined;
    const at = (start + made) % head.length;
    made += 1;
    return { base: pairedRun(base[at]), head: pairedRun(head[at]) };
  };
}

const isChange = ({ verdict }) => verdict === 'worse' || verdict === 'better';
const share = (part, all) => `${((100 * part) / all).toFixed(1)} % (${part} of ${all})`;

/** Our comparisons of the unchanged site, in windows of adjacent runs that begin at each. */
function ourComparisons({ replay, neighbours }, series) {
  const longest = Math.max(...series.map(({ length }) => length));
  const found = { comparisons: 0, alarms: 0, rows: 0, unknown: 0, timed: 0, timedUnknown: 0, pairs: 0, called: [] };
  for (let start = 0; start < longest; start += 1) {
    const played = replay(series.map((page) => neighbours(page, start)));
    if (!played) continue;
    found.comparisons += 1;
    found.pairs += played.pairs.reduce((sum, { first, fresh }) => sum + first.length + fresh.length, 0);
    const rows = played.rows.flat();
    const called = played.rows.flatMap((page, index) =>
      page.filter(isChange).map((row) => `${site[index]} ${row.number.name}`),
    );
    if (called.length > 0) found.alarms += 1;
    found.called.push(...called);
    const isUnknown = ({ verdict }) => verdict === 'unknown';
    const timed = rows.filter(({ number }) => number.isTimed);
    found.rows += rows.length;
    found.unknown += rows.filter(isUnknown).length;
    found.timed += timed.length;
    found.timedUnknown += timed.filter(isUnknown).length;
  }
  return found;
}

/** How others would judge a number by some runs before and after. */
const others = {
  'LHCI: median of 3 over base + 10 %': {
    runs: 3,
    isWorse: (before, after) => median(after) > 1.1 * median(before),
  },
  'ranges of 3 do not overlap (0.1)': {
    runs: 3,
    isWorse: (before, after) => Math.min(...after) > Math.max(...before),
    isBetter: (before, after) => Math.max(...after) < Math.min(...before),
  },
  'Mann-Whitney of 5, p < 0.05': {
    runs: 5,
    isWorse: (before, after) => mannWhitney(before, after).p < 0.05 && median(after) > median(before),
    isBetter: (before, after) => mannWhitney(before, after).p < 0.05 && median(after) < median(before),
  },
};

/** How often others call the unchanged site changed, over all adjacent windows. */
function theirFalseAlarms({ runs: n, isWorse, isBetter = () => false }, runs) {
  const series = site.map((name) => runs.get(name));
  const shortest = Math.min(...series.map(({ length }) => length));
  let [comparisons, alarms] = [0, 0];
  for (let start = 0; start + 2 * n <= shortest; start += 1) {
    comparisons += 1;
    const isAlarm = series.some((page) =>
      Object.keys(timings).some((short) => {
        const before = page.slice(start, start + n).map((run) => run[short]);
        const after = page.slice(start + n, start + 2 * n).map((run) => run[short]);
        return isWorse(before, after) || isBetter(before, after);
      }),
    );
    if (isAlarm) alarms += 1;
  }
  return { comparisons, alarms };
}

function sidesOf(runs, name) {
  const byRound = new Map(runs.get(changedPage).map((run) => [run.round, run]));
  const isQuiet = (run) => run !== undefined && run.foreignLoad <= DISTURBED;
  // a pair that other programs disturb is made again, which recorded runs cannot
  const head = runs.get(name).filter((run) => isQuiet(run) && isQuiet(byRound.get(run.round)));
  return { base: head.map(({ round }) => byRound.get(round)), head };
}

/** How often we and others find an injected change on a machine that nothing else uses. */
function foundOf(product, runs, name) {
  const { base, head } = sidesOf(runs, name);
  const { number, exact } = changes[name];
  const ours = { comparisons: 0, found: 0, most: 0 };
  for (let start = 0; start < head.length; start += 1) {
    const played = product.replay([changedPairs(base, head, start)]);
    if (!played) continue;
    ours.comparisons += 1;
    const rows = played.rows[0];
    if (rows.some((row) => row.number.id === number && row.verdict === 'worse' && row.confirmed)) ours.found += 1;
    const [{ first, fresh }] = played.pairs;
    ours.most = Math.max(ours.most, first.length + fresh.length);
  }
  const short = Object.keys(timings).find((one) => timings[one] === number);
  const theirs = Object.values(others).map(({ runs: n, isWorse }) => {
    let [comparisons, found] = [0, 0];
    for (let start = 0; start + n <= head.length; start += 1) {
      const [before, after] = [base, head].map((side) => side.slice(start, start + n));
      comparisons += 1;
      const values = (side) => side.map((run) => run[short]);
      if (isWorse(values(before), values(after))) found += 1;
    }
    return { comparisons, found };
  });
  const single = head.filter((run, index) => {
    const before = base[index];
    const pair = before && { base: pairedRun(before), head: pairedRun(run) };
    const rows = pair ? product.compareRows([{ first: [pair], fresh: [] }])[0] : [];
    return rows.some((row) => row.number.id === exact && row.verdict === 'worse');
  });
  return {
    ours,
    theirs,
    inOneRun: exact && { exact, found: single.length, of: head.filter((run) => run[exact] !== undefined).length },
  };
}

/**
 * False alarms, misses and cost of a comparison, on runs that were recorded once (series/record.mjs): what a machine
 * measured, not what this one would. Anybody can repeat the arithmetic.
 */
export async function measure({ product, verdicts }) {
  selfCheck();
  const runs = recorded();
  const counts = site.map((name) => {
    const all = runs.get(name);
    const loaded = all.filter(({ foreignLoad }) => foreignLoad > DISTURBED).length;
    return `${name} ${all.length}, ${loaded} of them under foreign load`;
  });
  console.log(`\nRecorded runs of unchanged pages: ${counts.join('; ')}.`);
  const fewest = Math.min(...site.map((name) => runs.get(name).length));
  verdicts.isTrue('verdict: recorded', `${fewest} runs of each page, must be at least 200`, fewest >= 200);

  const series = site.map((name) => runs.get(name).map(pairedRun));
  const ours = ourComparisons(product, series);
  const quiet = ourComparisons(
    product,
    series.map((page) => page.filter(({ isDisturbed }) => !isDisturbed)),
  );
  const theirs = Object.entries(others).map(([name, rule]) => ({ name, ...theirFalseAlarms(rule, runs) }));
  console.log('\nThe unchanged site compared with itself, in windows of adjacent runs that begin at each:');
  table(
    ['rule', 'called changed'],
    [
      ['ours', share(ours.alarms, ours.comparisons)],
      ['ours, undisturbed runs alone', share(quiet.alarms, quiet.comparisons)],
      ...theirs.map(({ name, alarms, comparisons }) => [name, share(alarms, comparisons)]),
    ],
  );
  const called = [...ours.called, ...quiet.called];
  if (called.length > 0) console.log(`Ours called: ${called.join(', ')}.`);
  for (const [name, { alarms, comparisons }] of Object.entries({ 'all runs': ours, 'undisturbed runs': quiet })) {
    const text = `${share(alarms, comparisons)}, at most 1 in 200`;
    verdicts.isTrue(`verdict: false alarms, ${name}`, text, comparisons > 0 && alarms <= comparisons / 200);
  }
  const [all, timed] = [share(quiet.unknown, quiet.rows), share(quiet.timedUnknown, quiet.timed)];
  console.log(`Cannot tell, of undisturbed runs: ${all} of all numbers; ${timed} of timings.`);
  verdicts.isTrue('verdict: cannot tell', `${all} of all numbers, at most 10 %`, quiet.unknown <= 0.1 * quiet.rows);
  const cost = quiet.pairs / quiet.comparisons / site.length / 5;
  verdicts.isTrue('verdict: cost', `${cost.toFixed(2)} of five runs a side, at most 1.1`, cost <= 1.1);

  const names = Object.keys(changes);
  const results = names.map((name) => ({ name, ...foundOf(product, runs, name) }));
  console.log(`\nChanges injected into ${changedPage}, found as worse in the number that they are about:`);
  table(
    ['change', 'number', 'ours', ...Object.keys(others)],
    results.map(({ name, ours: our, theirs: their }) => [
      changes[name].what,
      changes[name].number,
      share(our.found, our.comparisons),
      ...their.map(({ found, comparisons }) => share(found, comparisons)),
    ]),
  );
  for (const { name, ours: our, inOneRun } of results) {
    const { what, isSmall } = changes[name];
    const told = `${share(our.found, our.comparisons)} in at most ${our.most} runs a side, at least 95 % in at most 10`;
    const isFound = our.comparisons > 0 && our.found >= 0.95 * our.comparisons && our.most <= 10;
    if (!isSmall) verdicts.isTrue(`verdict: ${what}`, told, isFound);
    if (!inOneRun) continue;
    const { exact, found, of } = inOneRun;
    verdicts.isTrue(`verdict: ${what}, by ${exact} of one run`, `${share(found, of)}, must be all`, found === of);
  }
}
