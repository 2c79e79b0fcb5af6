import { byCodeUnit } from '../record/canonicalText';
import type { Finding } from '../record/record';
import { severityOf } from '../record/severity';
import { byGrade, type Grade, placeOfGrade } from './grades';
import type { ImpactPath } from './impactPaths';

/** The facts of a finding that decide its rank. */
export interface FindingFacts {
  id: string;
  title: string;
  target: string;
  rule: string;
  /** 0 to 4; undefined when not rated. */
  severity: number | undefined;
  stage: string | undefined;
  owner: string | undefined;
  /** The number of targets with an open finding of the same rule. */
  reach: number;
  /** The number of targets of the record. */
  of: number;
  /** Ids of the metrics that it affects. */
  metrics: string[];
}

/** The facts of open findings, the most severe first. */
export function findingFacts(
  findings: readonly Finding[],
  targets: number,
  metricsOf: (finding: Finding) => string[],
): FindingFacts[] {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  const reach = new Map([...byRule].map(([rule, of]) => [rule, new Set(of.map(({ target }) => target)).size]));
  return findings
    .map((finding) => ({
      id: finding.id,
      title: finding.title,
      target: finding.target,
      rule: finding.rule,
      severity: severityOf(finding),
      stage: finding.cx?.stage,
      owner: finding.state.owner,
      reach: reach.get(finding.rule) ?? 1,
      of: Math.max(targets, 1),
      metrics: metricsOf(finding),
    }))
    .sort((a, b) => (b.severity ?? -1) - (a.severity ?? -1) || b.reach - a.reach || byCodeUnit(a.id, b.id));
}

/** A ranked finding with the reasons for its rank. */
export interface RankedFinding extends FindingFacts {
  /** The best evidence that links one of its metrics with an outcome. */
  evidence: { ux: string; cx: string; grade: Grade } | undefined;
}

/** The order of stages in a tie: where people decide to pay and to stay comes first. A rule of this tool. */
const stageOrder = ['purchase', 'retention', 'consideration', 'awareness', 'advocacy'];

/** Severity as a whole number; an unrated finding comes last. */
const stepOf = ({ severity }: FindingFacts): number => (severity === undefined ? -1 : Math.round(severity));

/**
 * Ranks what to fix first: by severity, then by the best evidence that links a metric of the finding with an outcome,
 * then by reach, then by stage. There are no weights and no score, so that every rank can be explained.
 */
export function fixFirst(findings: readonly FindingFacts[], paths: readonly ImpactPath[]): RankedFinding[] {
  const best = new Map<string, ImpactPath>();
  for (const path of paths) {
    const known = best.get(path.ux);
    if (path.links.length > 0 && (!known || byGrade(path, known) < 0)) best.set(path.ux, path);
  }
  const stage = ({ stage: name = '' }: FindingFacts) => (stageOrder.includes(name) ? stageOrder.indexOf(name) : 9);
  return findings
    .map((finding): RankedFinding => {
      const [path] = finding.metrics.flatMap((metric) => best.get(metric) ?? []).sort(byGrade);
      return { ...finding, evidence: path && { ux: path.ux, cx: path.cx, grade: path.grade } };
    })
    .sort(
      (a, b) =>
        stepOf(b) - stepOf(a) ||
        placeOfGrade(a.evidence?.grade) - placeOfGrade(b.evidence?.grade) ||
        b.reach - a.reach ||
        stage(a) - stage(b) ||
        byCodeUnit(a.id, b.id),
    );
}

/** Neighbours in the order that have the same rule and severity. */
export interface RankedGroup {
  /** The first of them. */
  head: RankedFinding;
  findings: RankedFinding[];
}

/** The same order, with a rule that fails on several targets as one entry at the rank of its first. */
export function groupRanked(ranked: readonly RankedFinding[]): RankedGroup[] {
  const groups = Map.groupBy(ranked, (finding) => `${finding.rule}\n${finding.title}\n${stepOf(finding)}`);
  return [...groups.values()].map((findings) => ({ head: findings[0] as RankedFinding, findings }));
}
