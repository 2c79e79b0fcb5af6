import { byCodeUnit } from '../record/canonicalText';
import { severityOf } from '../record/listFindings';
import type { Finding } from '../record/record';
import { type Grade, grades } from './grades';
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
  const reach = new Map<string, Set<string>>();
  for (const { rule, target } of findings) reach.set(rule, (reach.get(rule) ?? new Set()).add(target));
  return findings
    .map((finding) => ({
      id: finding.id,
      title: finding.title,
      target: finding.target,
      rule: finding.rule,
      severity: severityOf(finding),
      stage: finding.cx?.stage,
      owner: finding.state.owner,
      reach: reach.get(finding.rule)?.size ?? 1,
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

/** Orders of a customer's path that break a tie: where people decide to pay and to stay comes first. A rule of this tool. */
const stageOrder = ['purchase', 'retention', 'consideration', 'awareness', 'advocacy'];

/**
 * What to fix first: by severity (whole steps; not rated last), then by the grade of the best evidence that joins a
 * metric of the finding with an outcome, then by reach, then by stage. An order, no score: nothing is weighed against
 * anything, so every place can be explained.
 */
export function fixFirst(findings: readonly FindingFacts[], paths: readonly ImpactPath[]): RankedFinding[] {
  const best = new Map<string, ImpactPath>();
  for (const path of paths) {
    const known = best.get(path.ux);
    const isBetter = !known || grades.indexOf(path.grade) < grades.indexOf(known.grade);
    if (path.links.length > 0 && isBetter) best.set(path.ux, path);
  }
  const evidenceOf = ({ metrics }: FindingFacts) =>
    metrics
      .flatMap((metric) => best.get(metric) ?? [])
      .sort((a, b) => grades.indexOf(a.grade) - grades.indexOf(b.grade))[0];
  const step = ({ severity }: FindingFacts) => (severity === undefined ? -1 : Math.round(severity));
  const place = (grade: Grade | undefined) => (grade === undefined ? grades.length : grades.indexOf(grade));
  const stage = (name: string | undefined) => {
    const index = stageOrder.indexOf(name ?? '');
    return index < 0 ? stageOrder.length : index;
  };
  return findings
    .map((finding): RankedFinding => {
      const path = evidenceOf(finding);
      return { ...finding, evidence: path && { ux: path.ux, cx: path.cx, grade: path.grade } };
    })
    .sort(
      (a, b) =>
        step(b) - step(a) ||
        place(a.evidence?.grade) - place(b.evidence?.grade) ||
        b.reach - a.reach ||
        stage(a.stage) - stage(b.stage) ||
        byCodeUnit(a.id, b.id),
    );
}

/** Findings of one rule and severity step, where they stand side by side in the order. */
export interface RankedGroup {
  /** The first of them. */
  head: RankedFinding;
  findings: RankedFinding[];
}

/** The same order, with the same problem on several targets as one entry at the place of its first. */
export function groupRanked(ranked: readonly RankedFinding[]): RankedGroup[] {
  const groups = new Map<string, RankedGroup>();
  for (const finding of ranked) {
    const step = finding.severity === undefined ? 'none' : Math.round(finding.severity);
    const key = `${finding.rule}\n${finding.title}\n${step}`;
    const group = groups.get(key);
    if (group) group.findings.push(finding);
    else groups.set(key, { head: finding, findings: [finding] });
  }
  return [...groups.values()];
}
