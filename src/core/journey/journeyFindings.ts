import { type AuditedPage, applyAudit, type FindingChange } from '../audit/applyAudit';
import { type AuditResult, auditResults } from '../audit/auditResults';
import type { ReportSlice } from '../audit/lighthouseReport';
import { keyOfItem } from '../audit/occurrences';
import { type AuditRecord, type Finding, isOpen } from '../record/record';
import { stepSlug } from '../text/stepSlug';
import type { StepSummary } from './journeyRun';

/** Walks of a journey, as far as they change the record. */
export interface WalkedJourney extends Pick<AuditedPage, 'target' | 'environment' | 'formFactor' | 'today'> {
  steps: readonly StepSummary[];
  /** What Lighthouse said at the end of steps. */
  reports: readonly { step: string; report: ReportSlice }[];
  /** The picture of the page at the failed step, as findings name attachments. */
  picture?: string | undefined;
}

/** The tool of findings about steps that cannot be completed, as ids and rules name it. */
export const JOURNEY_TOOL = 'journey';

/** What the record's finding about a step that cannot be completed is called. */
export function failingTitle(step: string): string {
  return `“${step}” cannot be completed`;
}

/**
 * Applies walks of a journey to the record: a step that failed is a finding, one that was completed clears it, and one
 * that was not tried changes nothing. Of what Lighthouse found at the end of steps, only what no page of the record and
 * no earlier step has.
 */
export function applyWalks(
  record: AuditRecord,
  walked: WalkedJourney,
): { record: AuditRecord; changes: FindingChange[] } {
  const { target, environment, formFactor, today, steps, reports, picture } = walked;
  const about = { target, environment, formFactor, today };
  const changes: FindingChange[] = [];
  let changed = record;
  const apply = (more: Partial<AuditedPage>, results: readonly AuditResult[]) => {
    const applied = applyAudit(changed, { ...about, ...more, results });
    changed = applied.record;
    changes.push(...applied.changes);
  };
  for (const step of steps) {
    const result = resultOf(step);
    if (result) apply({ tool: JOURNEY_TOOL }, [result]);
    if (result?.outcome === 'failing') changed = withDetails(changed, idOf(target, step.name), step.name, picture);
  }
  const known = new Map<string, Set<string>>();
  for (const { step, report } of reports) {
    const results = auditResults([report], 0).map((result) => beyond(result, placesOnPages(record, result.id), known));
    apply({ step }, results);
  }
  return { record: changed, changes };
}

function idOf(target: string, step: string): string {
  return `${target}/${JOURNEY_TOOL}/${stepSlug(step)}-fails`;
}

/** Whether a step can be completed; undefined where it was not tried. */
function resultOf({ name, reached, tried, why }: StepSummary): AuditResult | undefined {
  if (tried === 0) return undefined;
  const failed = tried - reached;
  const often = tried > 1 && reached > 0 ? ` (in ${failed} of ${tried} walks)` : '';
  return {
    id: `${stepSlug(name)}-fails`,
    title: failingTitle(name),
    outcome: failed > 0 ? 'failing' : 'passing',
    severity: 3,
    replaces: [],
    items: failed > 0 ? [{ label: `${why ?? 'The step did not end.'}${often}` }] : [],
  };
}

function withDetails(record: AuditRecord, id: string, step: string, picture: string | undefined): AuditRecord {
  const finding = record.findings[id];
  if (!finding) return record;
  const evidence = picture === undefined ? finding.evidence : [...new Set([...(finding.evidence ?? []), picture])];
  const detailed: Finding = { ...finding, where: { step, ...finding.where }, ...(evidence && { evidence }) };
  return { ...record, findings: { ...record.findings, [id]: detailed } };
}

/** The places of a rule that open findings of pages have already. */
function placesOnPages({ findings, targets }: AuditRecord, audit: string): Set<string> {
  const ofPages = Object.values(findings).filter(
    (finding) =>
      finding.rule === `lighthouse/${audit}` && isOpen(finding) && targets[finding.target]?.kind !== 'journey',
  );
  return new Set(ofPages.flatMap(({ occurrences = {} }) => Object.keys(occurrences)));
}

/** A result without the places that pages or earlier steps have; one without places is about a page, not a state. */
function beyond(result: AuditResult, onPages: Set<string>, known: Map<string, Set<string>>): AuditResult {
  if (result.outcome !== 'failing') return result;
  const before = known.get(result.id) ?? new Set<string>();
  known.set(result.id, before);
  const items = result.items.filter((item) => {
    const key = keyOfItem(item);
    const isNew = !onPages.has(key) && !before.has(key);
    before.add(key);
    return isNew;
  });
  return items.length > 0 ? { ...result, items } : { ...result, outcome: 'passing', items: [] };
}
