import { byGrade, type Grade, type Line, lineOf } from './grades';
import type { ImpactLink } from './impactCatalogue';

/** The studies that link a UX metric with a CX metric. */
export interface ImpactPath {
  ux: string;
  cx: string;
  grade: Grade;
  line: Line;
  /** Supporting studies, the strongest first. */
  links: string[];
  /** Studies that found no such relation. They rule out a computed number. */
  counterEvidence: string[];
  /** Studies that allow a computed number inside their range. */
  computable: string[];
}

/** Every pair of metrics that a study links, graded by the best supporting study, else by the best study against. */
export function pathsOf(links: readonly ImpactLink[]): ImpactPath[] {
  const pairs = Map.groupBy(links, ({ ux, cx }) => `${ux}\n${cx}`);
  return [...pairs.values()].flatMap((all) => {
    const ranked = [...all].sort(byGrade);
    const supporting = ranked.filter(({ apply }) => apply !== 'never');
    const counterEvidence = ranked.filter(({ apply }) => apply === 'never').map(({ id }) => id);
    const [best] = [...supporting, ...ranked];
    if (!best) return [];
    const computable = counterEvidence.length > 0 ? [] : supporting.filter(({ apply }) => apply === 'dose');
    return [
      {
        ux: best.ux,
        cx: best.cx,
        grade: best.grade,
        line: lineOf(best.grade),
        links: supporting.map(({ id }) => id),
        counterEvidence,
        computable: computable.map(({ id }) => id),
      },
    ];
  });
}
