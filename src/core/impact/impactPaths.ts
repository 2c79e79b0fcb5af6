import { type Grade, grades, type Line, lineOf } from './grades';
import type { ImpactLink } from './impactCatalogue';

/** What joins a UX metric with a CX metric. */
export interface ImpactPath {
  ux: string;
  cx: string;
  grade: Grade;
  line: Line;
  /** Supporting studies, the strongest first. */
  links: string[];
  /** Studies that found no such relation; they switch off any computed number. */
  counterEvidence: string[];
  /** Studies of which a number may be computed inside their range. */
  computable: string[];
}

/** Every pair of metrics with a citation between them; of the pairs with counter-evidence alone the grade is that of it. */
export function pathsOf(links: readonly ImpactLink[]): ImpactPath[] {
  const byPair = new Map<string, ImpactLink[]>();
  for (const link of links) {
    const key = `${link.ux}\n${link.cx}`;
    byPair.set(key, [...(byPair.get(key) ?? []), link]);
  }
  return [...byPair.values()].flatMap((all) => {
    const ranked = [...all].sort((a, b) => grades.indexOf(a.grade) - grades.indexOf(b.grade));
    const supporting = ranked.filter(({ apply }) => apply !== 'never');
    const counterEvidence = ranked.filter(({ apply }) => apply === 'never').map(({ id }) => id);
    const [best] = supporting.length > 0 ? supporting : ranked;
    if (!best) return [];
    return [
      {
        ux: best.ux,
        cx: best.cx,
        grade: best.grade,
        line: lineOf(best.grade),
        links: supporting.map(({ id }) => id),
        counterEvidence,
        computable:
          counterEvidence.length > 0 ? [] : supporting.filter(({ apply }) => apply === 'dose').map(({ id }) => id),
      },
    ];
  });
}
