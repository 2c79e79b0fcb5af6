import { shortTitle } from '../advice/advice';
import type { ReasonGiven } from '../outcomes/reasons';
import { openPlacesOf } from '../record/places';
import { compareFacts, orderText, problemsOf, type Savings } from '../record/problems';
import type { Finding } from '../record/record';
import { severityOf } from '../record/severity';
import type { FindingFacts } from './fixFirst';

/** How large a part of the reasons for leaving is the one that names a problem most; 0 when none does. */
const shareOf = (named: readonly ReasonGiven[]) => Math.max(0, ...named.map(({ count, of }) => count / of));

/**
 * The facts of open findings, in the order of `problemsOf`; among equals of it, a problem that more customers gave as a
 * reason for leaving comes first.
 * @param reasons why customers left, by id of a finding that a person says it is about
 */
export function findingFacts(
  findings: readonly Finding[],
  targets: number,
  metricsOf: (finding: Finding) => string[],
  savings: Savings = new Map(),
  reasons: ReadonlyMap<string, readonly ReasonGiven[]> = new Map(),
): FindingFacts[] {
  const problems = problemsOf(findings, savings).map((problem) => ({
    problem,
    named: [...new Set(problem.findings.flatMap(({ id }) => reasons.get(id) ?? []))],
  }));
  problems.sort((a, b) => compareFacts(a.problem, b.problem) || shareOf(b.named) - shareOf(a.named));
  return problems.flatMap(({ problem, named }) =>
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
      ...(named.length > 0 && { named }),
      ...(finding.comments !== undefined && { comments: finding.comments }),
      ...(finding.seenWith && { seenWith: finding.seenWith }),
      places: Math.max(openPlacesOf(finding), 1),
      seenIn: finding.state.seenIn,
      problem: problem.key,
      order: orderText(problem),
      saving: problem.saving,
    })),
  );
}
