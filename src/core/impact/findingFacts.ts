import { shortTitle } from '../advice/advice';
import { openPlacesOf } from '../record/places';
import { orderText, problemsOf, type Savings } from '../record/problems';
import type { Finding } from '../record/record';
import { severityOf } from '../record/severity';
import type { FindingFacts } from './fixFirst';

/** The facts of open findings, in the order of `problemsOf`. */
export function findingFacts(
  findings: readonly Finding[],
  targets: number,
  metricsOf: (finding: Finding) => string[],
  savings: Savings = new Map(),
): FindingFacts[] {
  return problemsOf(findings, savings).flatMap((problem) =>
    problem.findings.map((finding) => ({
      id: finding.id,
      title: shortTitle(finding),
      target: finding.target,
      rule: finding.rule,
      severity: severityOf(finding),
      stage: finding.cx?.stage,
      owner: finding.state.owner,
      reach: problem.pages,
      of: Math.max(targets, 1),
      metrics: metricsOf(finding),
      kind: finding.kind,
      ...(finding.comments !== undefined && { comments: finding.comments }),
      places: Math.max(openPlacesOf(finding), 1),
      seenIn: finding.state.seenIn,
      problem: problem.key,
      order: orderText(problem),
      saving: problem.saving,
    })),
  );
}
