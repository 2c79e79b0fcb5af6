import { median, ratios, seconds, spread, table } from './measure.mjs';
import { speedRuns } from './speedRuns.mjs';

const comparisons = [
  { mode: 'all', what: 'all categories, a run of a warm set of 3', limit: 0.5 },
  { mode: 'performance', what: 'performance only, a run of a warm set of 3', limit: 0.4 },
  { mode: 'cold', what: 'all categories, cold first run', limit: 0.85 },
];

/** Time of one run of ours against one `lighthouse` command with the same settings. */
export async function measure(bench) {
  const { sites, pairs, notes } = await speedRuns(bench);
  const rows = sites.flatMap((site) =>
    comparisons.map(({ mode, what, limit }) => {
      const { ours, exit, written } = site[mode];
      const toExit = ratios(ours, exit);
      const verdict = bench.verdicts.atMost(`speed: ${site.name}: ${what}`, median(toExit), {
        limit,
        text: `${spread(toExit)} of the command`,
      });
      return [
        site.name,
        what,
        seconds(ours),
        seconds(exit),
        spread(toExit),
        spread(ratios(ours, written)),
        limit.toFixed(2),
        verdict,
      ];
    }),
  );
  console.log(
    `\n${pairs} pairs in turn; lighthouse command: mobile, simulated throttling, JSON report; a warm run's time is that of` +
      ' its set divided by the runs made. Ours takes one full-page screenshot a set, and none where accessibility is not asked.',
  );
  table(['site', 'what', 'ours s', 'command s', 'ratio to its exit', 'to its report written', 'limit', ''], rows);
  for (const note of notes) console.log(`Note: ${note}.`);
}
