import { firstFew } from '../text/firstFew';
import { inertLine } from '../text/inertText';
import type { ReportSlice } from './lighthouseReport';

/** A Lighthouse audit or category, or a rule of axe-core, that a set of runs says nothing of. */
export interface NotMeasured {
  kind: 'category' | 'audit';
  id: string;
  title: string;
  /** In the words of the tool that could not measure it. */
  reason: string;
}

/**
 * The categories without a score and the audits that failed to run, so that nothing follows for their findings. An
 * audit that at least half of the runs measured is measured.
 */
export function notMeasured(slices: readonly ReportSlice[]): NotMeasured[] {
  const all = Map.groupBy(
    slices.flatMap((slice) => slice.audits),
    ({ id }) => id,
  );
  const isMeasured = (id: string) => {
    const same = all.get(id) ?? [];
    return same.filter(({ mode }) => mode === 'error').length * 2 <= same.length;
  };
  const audits = new Map<string, NotMeasured>();
  const shown = new Set(slices.flatMap(({ categories }) => categories.flatMap(({ refs }) => refs.map(({ id }) => id))));
  for (const { id, title, mode, error } of slices.flatMap((slice) => slice.audits)) {
    if (mode !== 'error' || isMeasured(id) || !shown.has(id) || audits.has(id)) continue;
    audits.set(id, { kind: 'audit', id, title: inertLine(title), reason: inertLine(error ?? 'no reason is given') });
  }
  const categories = new Map<string, NotMeasured>();
  for (const { id, title, refs } of slices.flatMap((slice) => slice.categories)) {
    const scores = slices.map((slice) => slice.categories.find((other) => other.id === id)?.score ?? null);
    if (scores.some((score) => score !== null)) continue;
    const failed = refs.find((ref) => ref.weight > 0 && audits.has(ref.id));
    const reason = (failed && audits.get(failed.id)?.reason) ?? 'the report gives it no score';
    categories.set(id, { kind: 'category', id, title: inertLine(title), reason });
  }
  return [...categories.values(), ...audits.values()];
}

/** How many audits a line names. */
const NAMED = 5;

/** The first few audits, and how many more there are: `a, b, c, d, e, 2 more`. */
export function fewAudits(names: readonly string[]): string[] {
  return firstFew(names, NAMED);
}

/**
 * What was not measured as lines for people, one for each reason: `Accessibility and 67 audits: axe-core Error: …`.
 * Empty when all was measured.
 */
export function notMeasuredLines(all: readonly NotMeasured[]): string[] {
  return [...Map.groupBy(all, ({ reason }) => reason)].map(([reason, same]) => {
    const categories = same.filter(({ kind }) => kind === 'category').map(({ title }) => `the score of ${title}`);
    const audits = same.filter(({ kind }) => kind === 'audit').map(({ id }) => id);
    return `${[...categories, ...fewAudits(audits)].join(', ')}: ${reason}`;
  });
}
