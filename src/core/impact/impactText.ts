import { figureText, signedText } from '../metrics/metricText';
import { counted } from '../text/counted';
import { dayText } from '../text/days';
import type { Estimate } from './effectEstimates';
import { evidenceWord, gradeWord } from './grades';
import type { ImpactLink } from './impactCatalogue';
import type { ImpactData } from './impactData';
import type { ImpactValue } from './impactValue';

/** The value, or only the counts when they are too few. */
export function valueText({ value, unit, metric, state, parts = {}, n }: ImpactValue): string {
  const counts = Object.entries(parts);
  if (metric === 'churn_reasons') {
    const named = counts.filter(([reason]) => reason !== 'other');
    const most = named.sort(([, a], [, b]) => b - a).slice(0, 3);
    return `${most.map(([reason, count]) => `${reason} ${count}`).join(', ')} of ${value}`;
  }
  if (state !== 'too few') return figureText(value, unit);
  if (parts.x !== undefined && parts.n !== undefined) return `${parts.x} of ${parts.n}`;
  return counts.map(([name, count]) => `${count} ${name}`).join(', ') || `${n ?? 0} values`;
}

/** How many runs, answers or pages a value is of: `one run`, `3 runs`, `n 412`. */
export function countText({ n, basis, metric }: Pick<ImpactValue, 'n' | 'basis' | 'metric'>): string {
  if (n === undefined) return 'n not known';
  if (basis !== 'lab') return `n ${n}`;
  const what = metric === 'a11y_violations' ? 'page' : 'run';
  return n === 1 ? `one ${what}` : `${n} ${what}s`;
}

/** The facts that accompany a value: basis, spread, n and age. */
export function detailText({
  basis,
  metric,
  about,
  low,
  high,
  spread,
  n,
  unit,
  at,
  state,
  noisy,
  warnings,
}: ImpactValue): string {
  const what = spread === 'range' ? '' : '95 % interval ';
  const hasRange = low !== undefined && high !== undefined;
  return [
    basis,
    about,
    hasRange ? `${what}${figureText(low, unit)} to ${figureText(high, unit)}` : [],
    countText({ n, basis, metric }),
    basis === 'lab' ? at : [],
    state === 'too few' ? 'too few to say more' : [],
    state === 'stale' ? 'stale' : [],
    noisy ? 'disturbed by other programs' : [],
    warnings ? `Lighthouse warns: ${warnings.join(' ')}` : [],
  ]
    .flat()
    .join(', ');
}

/** An estimate in one line. */
export function estimateText(estimate: Estimate): string {
  if ('outside' in estimate) return `no number: ${estimate.outside}`;
  const { low, high, unit, basis, about } = estimate;
  const range =
    low === high ? `${signedText(low)} (no interval published)` : `${signedText(low)} to ${signedText(high)}`;
  const how = basis === 'interpolated' ? ', between published points' : '';
  return `${range} ${unit}${how}${about === undefined ? '' : `, ${about}`}`;
}

/** `experiment (A2)` */
export function gradeText(grade: ImpactLink['grade']): string {
  return `${evidenceWord(grade)} (${grade})`;
}

/** The source that accompanies a number: study, year, sample, grade. */
export function estimateCite(link: ImpactLink): string {
  const { sample } = link.study;
  const kind = gradeWord(link.grade) === 'causal' ? '' : '; a model of what went together, no effect';
  return `${citeText(link)}, ${sample ?? 'sample not published'}, ${gradeText(link.grade)}${kind}`;
}

/** Author and year of a study. */
export function citeText({ study }: Pick<ImpactLink, 'study'>): string {
  return `${study.title}${study.year ? ` (${study.year})` : ''}`;
}

/** The data behind the view, in one line: `lab: 9 pages, newest 22 Nov 2026 · customers: no figure yet · …`. */
export function basisText({ runs, figures, today }: Pick<ImpactData, 'runs' | 'figures' | 'today'>): string {
  const newest = runs.at(-1)?.at.slice(0, 10);
  const pages = new Set(runs.map(({ target }) => target)).size;
  const last = figures
    .map(({ to }) => to)
    .sort()
    .at(-1);
  return [
    newest ? `lab: ${counted(pages, 'page')}, newest ${dayText(newest)}` : 'lab: nothing measured on this machine',
    last ? `customers: ${customersText(figures)}, up to ${dayText(last)}` : 'customers: no figure yet',
    `as of ${dayText(today)}`,
  ].join(' · ');
}

/** `168 figures of 12 metrics`: one for each metric, period and group; one that is shown as two metrics counts once. */
function customersText(figures: ImpactData['figures']): string {
  const stored = figures.filter(({ metric, basis }) => metric !== 'cwv_bundle' || basis !== 'field');
  const all = counted(new Set(stored.map(({ metric }) => metric)).size, 'metric');
  return `${counted(stored.length, 'figure')} of ${all}`;
}
