import { isLabMetric } from '../metrics/pageMetrics';
import { type AuditRecord, type Finding, findingSchema } from '../record/record';
import { isNeverFinding } from './clockAudits';

/** What an audit writes of a finding that nobody decided on. */
const machineFields = new Set([
  'kind',
  'rule',
  'title',
  'target',
  'state',
  'firstSeen',
  'occurrences',
  'formerIds',
  'id',
]);
const machineState = new Set(['of', 'status', 'severity', 'seenIn', 'more', 'on', 'fixedOn']);

/**
 * Ids of the findings of metrics that are findings no more (version 0.1.0 recorded them) and that no person touched: no
 * decision, owner, severity, note or attachment of theirs, and no answer that names them.
 */
export function untouchedMetrics({ findings, evaluations }: AuditRecord): string[] {
  const ids = Object.keys(findings).filter((id) => isUntouched(id, findings[id] as Finding));
  if (ids.length === 0) return [];
  const answers = JSON.stringify(evaluations);
  return ids.filter((id) => !answers.includes(JSON.stringify(id)));
}

function isUntouched(id: string, finding: Finding): boolean {
  const [, tool, audit = ''] = id.split('/');
  if (tool !== 'lighthouse' || !isNeverFinding(audit)) return false;
  if (!findingSchema.safeParse(finding).success || finding.id !== id) return false;
  const { state } = finding;
  const severities = isLabMetric(audit) ? [2, 3] : [1]; // those that 0.1.0 gave
  return (
    Object.keys(finding).every((name) => machineFields.has(name)) &&
    Object.keys(state).every((name) => machineState.has(name)) &&
    ['open', 'reopened', 'fixed'].includes(state.status) &&
    severities.includes(state.severity ?? -1)
  );
}
