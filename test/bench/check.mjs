import path from 'node:path';
import { median, ratios, seconds, spread, table } from './measure.mjs';
import { serve, sites } from './sites.mjs';
import { newEngine } from './speedRuns.mjs';

const limit = 0.35;

/** What a report says of an audit; how often it names a place, and in which order, differs from load to load. */
const saidOf = ({ score, mode, items }) =>
  JSON.stringify([score, mode, [...new Set(items.map((item) => JSON.stringify(item)))].sort()]);

/** A whole audit of one run: milliseconds of the run that counts, and its report. */
async function whole(engine, url, notes) {
  let start = performance.now();
  const onProgress = ({ phase, repeated }) => {
    if (phase !== 'launch' || !repeated) return;
    notes.add('runs that other programs disturbed were repeated; the time is that of the repetition');
    start = performance.now();
  };
  const { set } = await engine.audit({ url, formFactor: 'mobile', runs: 1 }, { anotherFollows: true, onProgress });
  return { milliseconds: performance.now() - start, report: set.slices[0] };
}

/** Time of checking all failing audits of a page again against a whole audit of it, and whether both say the same. */
export async function measure(bench) {
  const { pairs = 7 } = bench;
  const notes = new Set();
  const rows = [];
  for (const { name, folder, page } of sites) {
    const served = await serve(path.join(bench.root, folder));
    // a check takes the browser that waits for the next audit, which would then start its own
    const [engine, checking] = [newEngine(bench), newEngine(bench)];
    const url = served.origin + page;
    const times = { whole: [], check: [] };
    const different = new Set();
    let asked = 0;
    try {
      await engine.audit({ url, formFactor: 'mobile', runs: 1 }, { anotherFollows: true }); // warms it
      await checking.check({ url, formFactor: 'mobile', audits: ['image-alt'] });
      for (let pair = 1; pair <= pairs; pair += 1) {
        const { milliseconds, report } = await whole(engine, url, notes);
        const failing = report.audits.filter(({ score }) => score !== null && score < 0.9).map(({ id }) => id);
        const start = performance.now();
        const checked = await checking.check({ url, formFactor: 'mobile', audits: failing });
        times.check.push(performance.now() - start);
        times.whole.push(milliseconds);
        asked = checked.report.audits.length;
        for (const audit of checked.report.audits) {
          const same = report.audits.find(({ id }) => id === audit.id);
          if (saidOf(audit) !== saidOf(same)) different.add(audit.id);
        }
        console.log(`${name}, pair ${pair} of ${pairs}: ${(times.check.at(-1) / times.whole.at(-1)).toFixed(2)}`);
      }
    } finally {
      await Promise.all([engine.dispose(), checking.dispose()]);
      await served.stop();
    }
    const ratio = ratios(times.check, times.whole);
    const title = `check: ${name}: ${asked} failing audits again`;
    const verdict = bench.verdicts.atMost(title, median(ratio), { limit, strict: true, text: spread(ratio) });
    const text = different.size === 0 ? 'all the same' : [...different].join(', ');
    bench.verdicts.isTrue(`check: ${name}: says what the whole audit says`, text, different.size === 0);
    rows.push([name, `${asked}`, seconds(times.check), seconds(times.whole), spread(ratio), limit.toFixed(2), verdict]);
  }
  console.log(
    '\nA check of all failing audits that are not about the load, against one run of all categories; both warm.',
  );
  table(['site', 'audits', 'check s', 'whole audit s', 'ratio', 'under', ''], rows);
  for (const note of notes) console.log(`Note: ${note}.`);
}
