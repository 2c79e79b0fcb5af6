import { adviceFor } from '../advice/advice';
import { type FindingDifference, problemDifferences } from '../report/recordDiff';
import type { Review } from './review';

/** A remark on a line of the repository. */
export interface Annotation {
  /** Relative to the repository, with forward slashes. */
  file: string;
  line: number;
  level: 'error' | 'warning' | 'notice';
  title: string;
  message: string;
  /** The same for the same finding in every run. */
  fingerprint: string;
  rule: string;
  /** 0 to 4; undefined when nobody rated it. */
  severity: number | undefined;
}

/**
 * Remarks on the lines of what a change made worse: errors for what the gate fails on, else warnings from severity 2
 * on.
 */
export function annotationsOf({ differences, lines, gate }: Review): Annotation[] {
  const failing = new Set(gate.flatMap(({ finding }) => finding ?? []));
  const level = ({ id, severity = 0 }: FindingDifference): Annotation['level'] =>
    failing.has(id) ? 'error' : severity >= 2 ? 'warning' : 'notice';
  return problemDifferences(differences)
    .filter(({ change }) => change === 'new' || change === 'worse' || change === 'reopened')
    .flatMap(({ change, problem, title, differences: members }) =>
      members.flatMap((difference): Annotation[] => {
        const at = lines.get(difference.id);
        if (!at) return [];
        const { id, target, severity, detail } = difference;
        const advice = adviceFor(problem);
        const message = [
          `${change} on ${target}${detail ? `: ${detail}` : ''}.`,
          ...(advice ? [advice.why, ...advice.steps.slice(0, 1)] : []),
        ].join(' ');
        const { file, line } = at;
        return [{ file, line, level: level(difference), title, message, fingerprint: id, rule: problem, severity }];
      }),
    );
}
