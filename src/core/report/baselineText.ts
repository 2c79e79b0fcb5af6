import type { BaselineComparison } from '../audit/baseline';
import type { Difference } from '../audit/compareMeasurements';
import { figureText } from '../metrics/metricText';
import { labMetrics } from '../metrics/pageMetrics';
import { markdownLine } from '../text/escape';
import { inertLine } from '../text/inertText';
import { type Verdict, verdicts, verdictWords } from '../verdict/judge';

/** `checkout/local/mobile: LCP 3.9 s (3.6 s to 4.2 s, n 5), baseline …: worse`, a line for each number. */
export function baselineLines({ key, now, reason, differences }: BaselineComparison): string[] {
  const name = inertLine(key);
  if (!now) return [`${name}: not measured on this machine`];
  if (reason !== undefined) return [`${name}: not comparable, ${inertLine(reason)}`];
  return differences.map((difference) => {
    const { number, before, after, said } = wordsOf(difference);
    return `${name}: ${number} ${after}, baseline ${before}: ${said}`;
  });
}

/** How many rows a Markdown table shows before it counts the rest. */
const SHOWN = 25;
const order: readonly Verdict[] = ['worse', 'better', 'unknown', 'same', 'incomparable'];

/** The comparisons as Markdown: totals, then a table of at most {@link SHOWN} rows, what got worse first. */
export function baselineMarkdown(comparisons: readonly BaselineComparison[]): string {
  const rows = comparisons.flatMap((one) => rowsOf(one));
  const totals = verdicts.flatMap((verdict) => {
    const count = rows.filter((row) => row.verdict === verdict).length;
    return count > 0 ? [`${count} ${verdictWords[verdict]}`] : [];
  });
  const sorted = rows.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const lines = [
    `### Against the baseline: ${totals.join(', ')}`,
    '',
    '| Page | Number | Baseline | Now | |',
    '| :-- | :-- | --: | --: | :-- |',
    ...sorted.slice(0, SHOWN).map(({ text }) => text),
  ];
  if (sorted.length > SHOWN) lines.push('', `And ${sorted.length - SHOWN} more numbers.`);
  return `${lines.join('\n')}\n`;
}

function rowsOf({ key, now, reason, differences }: BaselineComparison): { verdict: Verdict; text: string }[] {
  const name = markdownLine(key);
  if (!now || reason !== undefined) {
    const why = now ? reason : 'not measured on this machine';
    return [{ verdict: 'incomparable', text: `| ${name} | | | | not comparable: ${markdownLine(why ?? '')} |` }];
  }
  return differences.map((difference) => {
    const { number, before, after, said } = wordsOf(difference);
    return { verdict: difference.verdict, text: `| ${name} | ${number} | ${before} | ${after} | ${said} |` };
  });
}

function wordsOf({ id, before, after, verdict, more }: Difference) {
  const metric = labMetrics.find((one) => one.id === id);
  const text = (value: number) => (metric ? figureText(value, metric.unit) : String(Math.round(value * 100)));
  const spread = ({ median, min, max, n }: typeof before) => `${text(median)} (${text(min)} to ${text(max)}, n ${n})`;
  const said = `${verdictWords[verdict]}${more === undefined ? '' : `, ${more} more runs each time would tell`}`;
  return { number: metric?.acronym ?? id, before: spread(before), after: spread(after), said };
}
