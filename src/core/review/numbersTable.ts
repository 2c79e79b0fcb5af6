import { labMetrics } from '../metrics/pageMetrics';
import { counted } from '../text/counted';
import { markdownCode, markdownLine } from '../text/escape';
import { isChange, verdictWords } from '../verdict/judge';
import type { ComparedRow } from '../verdict/pageComparison';
import { byWeight, type Review, type ReviewedPage } from './review';
import { rangeText, sureness } from './sentences';
import { fromTo, signedValue, valueText } from './words';

/** The most rows, so that a comment stays below 40 lines. */
const NUMBERS = 4;

/** The numbers of pages before and after, folded: what changed first, and how far they can be relied on. */
export function numbersTable(review: Review, pages: readonly ReviewedPage[]): string {
  const all = pages.flatMap((page) => page.rows.map((row) => ({ page, row })));
  const ranked = all.sort((a, b) => ranks[a.row.verdict] - ranks[b.row.verdict] || byWeight(a.row, b.row));
  const shown = ranked.slice(0, NUMBERS).map(({ page, row }) => numberRow(page, row));
  const rest = ranked.length - shown.length;
  return [
    '<details><summary>Numbers, before and after</summary>',
    '',
    `| Page | Number | ${[review.base, review.head].map(({ name }) => markdownCode(name)).join(' | ')} | ` +
      'Difference | Pairs of runs | |',
    '| :-- | :-- | --: | --: | --: | --: | :-- |',
    ...shown,
    ...(rest > 0
      ? [`| ${counted(rest, 'more number')} | | | | | | ${restText(ranked.slice(NUMBERS).map(({ row }) => row))} |`]
      : []),
    '',
    [namesOf(ranked.slice(0, NUMBERS)), aboutValues, '<br>', sureness(review)].join(''),
    '</details>',
  ].join('\n');
}

const aboutValues =
  'Values are medians, with the least and the most below. A difference is the median over all pairs of runs, so it ' +
  'need not be the difference of the medians; below it, its 90 % interval.';

/** The names behind abbreviations of a table: `LCP: Largest Contentful Paint. `; empty where it has none. */
function namesOf(shown: readonly { row: ComparedRow }[]): string {
  const used = new Set(shown.map(({ row }) => row.number.name));
  const named = labMetrics.filter(({ acronym }) => used.has(acronym));
  const known = named.map(({ acronym, name }) => `${acronym}: ${name}`);
  return known.length > 0 ? `${known.join('; ')}. ` : '';
}

const ranks = { worse: 0, better: 1, unknown: 2, incomparable: 3, same: 4 };

function restText(rows: readonly ComparedRow[]): string {
  const counts = Map.groupBy(rows, ({ verdict }) => verdict);
  return [...counts].map(([verdict, members]) => `${members.length} ${verdictWords[verdict]}`).join(', ');
}

function numberRow({ target, formFactor: of }: ReviewedPage, row: ComparedRow): string {
  const { number, base, head, shift, isExact, verdict, confirmed, more, n } = row;
  const side = (values: readonly number[]) => sideText(values, row);
  const sign = { worse: '▲ ', better: '● ', unknown: '? ', same: '', incomparable: '' }[verdict];
  const how =
    isExact || !isChange(verdict)
      ? more === undefined
        ? ''
        : `, ${counted(more, 'more pair')}`
      : confirmed
        ? ', confirmed by a repeat'
        : '';
  const difference = shift === null ? '' : signedValue(shift, number.unit);
  const range = isExact || shift === null ? '' : `<br><sub>${rangeText(row)}</sub>`;
  const cells = [
    `${markdownLine(target)}, ${of}`,
    markdownLine(number.name),
    side(base),
    side(head),
    `${verdict === 'worse' || verdict === 'better' ? `**${difference}**` : difference}${range}`,
    isExact ? 'exact' : String(n),
    `${sign}${verdictWords[verdict]}${how}`,
  ];
  return `| ${cells.join(' | ')} |`.replace(/(\d) (s|ms|KB|bytes|to)\b/g, '$1&nbsp;$2');
}

function sideText(values: readonly number[], { number: { unit }, isExact }: ComparedRow): string {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return 'disturbed';
  const upper = sorted[sorted.length >> 1] as number;
  const middle = sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] as number) + upper) / 2;
  if (isExact || least === most) return valueText(middle, unit);
  return `${valueText(middle, unit)}<br><sub>${fromTo([least, most], unit)}</sub>`;
}
