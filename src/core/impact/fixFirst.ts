import { byCodeUnit } from '../record/canonicalText';
import { severityOf } from '../record/listFindings';
import type { Finding } from '../record/record';
import { byGrade, type Grade, placeOfGrade } from './grades';
import type { ImpactPath } from './impactPaths';

/** A finding as far as its place in the list needs it. */
export interface FindingFacts {
  id: string;
  title: string;
  target: string;
  rule: string;
  /** 0 to 4; undefined: nobody has rated it. */
  severity: number | undefined;
  stage: string | undefined;
  owner: string | undefined;
  /** Targets that have an open finding of the same rule. */
  reach: number;
  /** Targets of the record. */
  of: number;
  /** Metrics it bears on, by the ids of the catalogue. */
  metrics: string[];
}

/** Facts of findings, the most severe first. */
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

/** A finding with what puts it where it stands. */
export interface RankedFinding extends FindingFacts {
  /** The best evidence that a metric it bears on is joined with an outcome. */
  evidence: { ux: string; cx: string; grade: Grade } | undefined;
}

/** The stage that breaks a tie: where people decide to pay and to stay comes first. A rule of this tool. */
const stageOrder = ['purchase', 'retention', 'consideration', 'awareness', 'advocacy'];

/** Severity in whole steps; what nobody has rated comes last. */
const stepOf = ({ severity }: FindingFacts): number => (severity === undefined ? -1 : Math.round(severity));

/**
 * What to fix first: by severity, then by the grade of the best evidence that joins a metric of the finding with an
 * outcome, then by reach, then by stage. An order and no score: nothing is weighed, so every place can be explained.
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

/** Findings of one rule and severity step, where they stand side by side in the order. */
export interface RankedGroup {
  /** The first of them. */
  head: RankedFinding;
  findings: RankedFinding[];
}

/** The same order, with one problem on several targets as one entry at the place of its first. */
export function groupRanked(ranked: readonly RankedFinding[]): RankedGroup[] {
  const groups = Map.groupBy(ranked, (finding) => `${finding.rule}\n${finding.title}\n${stepOf(finding)}`);
  return [...groups.values()].map((findings) => ({ head: findings[0] as RankedFinding, findings }));
}
