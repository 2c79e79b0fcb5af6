import type { ReasonGiven } from '../outcomes/reasons';
import { byGrade, type Grade } from './grades';
import type { ImpactPath } from './impactPaths';

/** The facts of a finding that decide its rank. */
export interface FindingFacts {
  id: string;
  /** Short, ours. */
  title: string;
  target: string;
  rule: string;
  /** 0 to 4; undefined when not rated. */
  severity: number | undefined;
  stage: string | undefined;
  owner: string | undefined;
  /** The number of targets with an open finding of the same problem. */
  reach: number;
  /** The number of targets of the record. */
  of: number;
  /** Ids of the metrics that it affects. */
  metrics: string[];
  /** `automated`, `heuristic`, `journey`, `reported` or `observed`. */
  kind: string;
  /** How many comments of customers say so. */
  comments?: number | undefined;
  /** With how many participants of task sessions it was seen. */
  seenWith?: { people: number; of: number } | undefined;
  /** The reasons for leaving that a person says it is behind. */
  named?: ReasonGiven[] | undefined;
  /** Open places; 1 when it is about the whole page. */
  places: number;
  /** Environment and form factor of the evidence, such as `local/mobile`; undefined when it has none. */
  seenIn: readonly string[] | undefined;
  /** The problem that it belongs to, as `problemsOf` names it. */
  problem: string;
  /** Why the problem stands where it does. */
  order: string;
  /** What Lighthouse estimates a fix of the problem to save. Milliseconds; 0 without an estimate. */
  saving: number;
}

/** A ranked finding with the reasons for its rank. */
export interface RankedFinding extends FindingFacts {
  /** The best evidence that links one of its metrics with an outcome. */
  evidence: { ux: string; cx: string; grade: Grade; link: string } | undefined;
}

/**
 * What to fix first, in the one order of the product, each with the best evidence that links one of its metrics with an
 * outcome. Evidence does not change the order: there are no weights and no score, so that every rank can be explained.
 * @param findings in the order of `findingFacts`
 */
export function fixFirst(findings: readonly FindingFacts[], paths: readonly ImpactPath[]): RankedFinding[] {
  const best = new Map<string, ImpactPath>();
  for (const path of paths) {
    const known = best.get(path.ux);
    if (path.links.length > 0 && (!known || byGrade(path, known) < 0)) best.set(path.ux, path);
  }
  return findings.map((finding): RankedFinding => {
    const [path] = finding.metrics.flatMap((metric) => best.get(metric) ?? []).sort(byGrade);
    return { ...finding, evidence: path && evidenceOf(path) };
  });
}

function evidenceOf({ ux, cx, grade, links: [link = ''] }: ImpactPath): RankedFinding['evidence'] {
  return { ux, cx, grade, link };
}

/** The findings of one problem. */
export interface RankedGroup {
  /** The first of them. */
  head: RankedFinding;
  findings: RankedFinding[];
}

/** The same order, with a problem on several targets as one entry. */
export function groupRanked(ranked: readonly RankedFinding[]): RankedGroup[] {
  const groups = Map.groupBy(ranked, ({ problem }) => problem);
  return [...groups.values()].map((findings) => ({ head: findings[0] as RankedFinding, findings }));
}
