import { holm, mannWhitney, selfCheck } from './mannWhitney.mjs';
import { median, table } from './measure.mjs';
import { metrics, speedRuns } from './speedRuns.mjs';

const significance = 0.05;

/** Whether our metrics are those of the command: no test may tell the two apart. */
export async function measure(bench) {
  selfCheck();
  const { sites } = await speedRuns(bench);
  const tests = sites.flatMap(({ name, samples }) =>
    Object.keys(metrics).map((metric) => {
      const { ours, theirs } = samples[metric];
      return { name, metric, ours, theirs, ...mannWhitney(ours, theirs) };
    }),
  );
  const adjusted = holm(tests.map(({ p }) => p));
  const number = (metric, value) => (metric === 'CLS' ? value.toFixed(4) : `${value.toFixed(0)} ms`);
  const rows = tests.map(({ name, metric, ours, theirs, u, p }, index) => {
    const text = `p ${p.toFixed(3)}, by Holm ${adjusted[index].toFixed(3)}, must be over ${significance}`;
    const verdict = bench.verdicts.isTrue(`numbers: ${name}: ${metric}`, text, adjusted[index] > significance);
    return [
      name,
      metric,
      `${number(metric, median(ours))} (n ${ours.length})`,
      `${number(metric, median(theirs))} (n ${theirs.length})`,
      u.toFixed(1),
      p.toFixed(3),
      adjusted[index].toFixed(3),
      verdict,
    ];
  });
  console.log(
    `\nMann-Whitney U, two-sided, on the runs of speed (all categories and performance only alternating). As ${tests.length}` +
      ` tests are made, p is corrected by Holm's method, and the corrected p must be over ${significance}.`,
  );
  table(['site', 'metric', 'our median', "the command's", 'U', 'p', 'p by Holm', ''], rows);
  const different = rows.filter((row) => row.at(-1) === 'FAIL').length;
  if (different > 0) console.log(`\nOUR NUMBERS ARE NOT THE COMMAND'S in ${different} of ${tests.length} tests.`);
}
