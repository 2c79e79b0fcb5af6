import { isOfTimes } from '../audit/clockAudits';
import { problemDifferences, summarySentence } from '../report/recordDiff';
import { counted } from '../text/counted';
import { isChange } from '../verdict/judge';
import type { ComparedRow } from '../verdict/pageComparison';
import { byWeight, changedRows, type Review, type ReviewedPage } from './review';
import { signedRange, valueText } from './words';

/** The verdict in one line: `1 new major problem, 2 fixed; LCP of checkout worse by 340 ms`. Ranges stand below it. */
export function headline(review: Review): string {
  const { pages, differences } = review;
  const changes = pages.flatMap((page) => changedRows(page).map((row) => ({ page, row })));
  const worse = changes.filter(({ row }) => row.verdict === 'worse').sort((a, b) => byWeight(a.row, b.row));
  const better = changes.length - worse.length;
  const [first, ...others] = worse.map(({ page, row }) => {
    const size = valueText(Math.abs(row.shift ?? 0), row.number.unit);
    return `${row.number.name} of ${page.target} worse by ${size}`;
  });
  const broken = pages.filter(({ error, lost }) => error?.side === 'head' || lost);
  const [failed, ...more] = broken.map(({ target, isJourney, error }) =>
    isJourney ? `${target} cannot be completed` : `${target} cannot be ${error ? 'audited' : 'measured'}`,
  );
  const parts = [
    ...(failed === undefined ? [] : [more.length > 0 ? `${failed}, ${more.length} more fail` : failed]),
    ...(problemDifferences(differences).length > 0 ? [summarySentence(differences)] : []),
    ...(first === undefined ? [] : [first]),
    ...(others.length > 0 ? [`${counted(others.length, 'more number')} worse`] : []),
    ...(better > 0 ? [`${counted(better, 'number')} better`] : []),
  ];
  return parts.join('; ') || nothingShown(pages);
}

/** What is said where nothing changed: only what could be compared shows no change. */
function nothingShown(pages: Review['pages']): string {
  const isApart = ({ error, incomparable }: ReviewedPage) => error !== undefined || incomparable !== undefined;
  const apart = countText(pages.filter(isApart));
  const compared = pages.filter((page) => !isApart(page));
  const rows = compared.flatMap((page) => page.rows);
  if (pages.length > 0 && compared.length === 0) return 'nothing could be compared';
  if (rows.length > 0 && rows.every(({ verdict }) => verdict === 'unknown')) return 'cannot tell';
  return apart === '' ? 'no change shown' : `no change shown; ${apart} could not be compared`;
}

/** `4 pages and 1 journey`, each counted once, however many form factors it has; empty for none. */
export function countText(pages: Review['pages']): string {
  const countOf = (all: Review['pages']) => new Set(all.map(({ target }) => target)).size;
  const journeys = countOf(pages.filter(({ isJourney }) => isJourney));
  const others = countOf(pages) - journeys;
  const parts = [
    ...(others > 0 ? [counted(others, 'page')] : []),
    ...(journeys > 0 ? [counted(journeys, 'journey')] : []),
  ];
  return parts.join(' and ');
}

/** The interval of a shift: `+210 to +460 ms`. */
export function rangeText({ interval, number: { unit } }: ComparedRow): string {
  if (!interval) return 'too few runs';
  return signedRange(interval, unit);
}

/** What was audited, where not everything was; empty where all was. */
export function auditedText({ categories }: Pick<Review, 'categories'>): string {
  if (categories === undefined) return '';
  const others = isOfTimes(categories) ? 'other findings' : 'times, bytes, budgets, journeys or other findings';
  return `Audited: ${categories.join(', ')}; nothing is said of ${others}.`;
}

/** How far the timings can be relied on, in sentences; where none was measured, what was audited. */
export function sureness(review: Pick<Review, 'pages' | 'bench' | 'calibration' | 'categories'>): string {
  const { pages, bench, calibration, categories } = review;
  const audited = auditedText(review);
  const on = bench && [bench.machine, `Lighthouse ${bench.lighthouse}`, bench.browser, `${momentText(bench.at)}.`];
  if (!isOfTimes(categories))
    return [audited, 'Each version was audited once.', on?.join(', ')].filter(Boolean).join(' ');
  const pairs = pages.reduce((sum, page) => sum + page.pairs, 0);
  const disturbed = pages.reduce((sum, page) => sum + page.disturbed, 0);
  const rows = pages.flatMap(({ rows: all }) => all.filter(({ number }) => number.isTimed));
  const changed = rows.filter(({ verdict }) => isChange(verdict)).length;
  const said = [
    audited,
    calibrationText(calibration),
    `Audited in turn, ${counted(pairs, 'pair')} of runs.`,
    changed > 0 && 'A change of time counts when a repeat says the same.',
    disturbed === 0
      ? 'No run was disturbed.'
      : `Other programs disturbed ${counted(disturbed, 'run')}; the times of these pairs do not count.`,
    on?.join(', '),
  ];
  return `How sure: ${said.filter(Boolean).join(' ')}`;
}

/** `2026-11-28 12:46 UTC` */
function momentText(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}

function calibrationText(calibration: Review['calibration']): string {
  if (!calibration)
    return 'How often this machine errs is not measured yet; `ux-audit compare --calibrate` measures it.';
  const { alarms, comparisons, visible } = calibration;
  const seen = visible === null ? '' : `, and sees changes of LCP from ${valueText(visible, 'ms')}`;
  return `This machine called ${alarms} of ${comparisons} comparisons of an unchanged page a change${seen}.`;
}
