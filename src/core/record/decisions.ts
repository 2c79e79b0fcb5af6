import { defined } from '../defined';
import { usageError } from '../errors';
import { countOf } from './places';
import { type AuditRecord, type Decision, decisionSchema, type Finding, findingSchema, isOpen } from './record';
import { checkAction, type TriageAction, triage } from './triage';

/** What may be decided about single places, and about a rule everywhere. */
export type Verdict = Extract<TriageAction, { do: 'accept' | 'false-positive' | 'reopen' }>;

/** A decision as it stands in the record; undefined for one that opens again. */
function decisionOf(verdict: Verdict): Decision | undefined {
  if (verdict.do === 'reopen') return undefined;
  return defined({
    status: verdict.do === 'accept' ? 'accepted' : 'false-positive',
    by: verdict.by,
    on: verdict.on,
    reason: verdict.reason.trim().replace(/\s+/g, ' '),
    until: verdict.do === 'accept' ? verdict.until : undefined,
  });
}

/** Whether a decision still holds on a day, YYYY-MM-DD. */
export function holds({ until }: Pick<Decision, 'until'>, today: string): boolean {
  return until === undefined || until >= today;
}

/** The decision about a rule on every page, if one holds today; pages audited later follow it. */
export function standingDecision(
  { settings }: Pick<AuditRecord, 'settings'>,
  rule: string,
  today: string,
): Decision | undefined {
  const all = settings?.decisions;
  const found = decisionSchema.safeParse(all && Object.hasOwn(all, rule) ? all[rule] : undefined).data;
  return found && holds(found, today) ? found : undefined;
}

/**
 * Decides about a rule on every page: all its findings now, and those that later audits find. Opening again ends the
 * decision.
 * @throws HumanError of kind `usage`, as {@link triage}
 */
export function decideEverywhere(record: AuditRecord, rule: string, verdict: Verdict): AuditRecord {
  const { [rule]: _, ...others } = record.settings?.decisions ?? {};
  const decision = decisionOf(verdict);
  const decisions = { ...others, ...(decision && { [rule]: decision }) };
  const settings = defined({
    ...record.settings,
    decisions: Object.keys(decisions).length > 0 ? decisions : undefined,
  });
  const { settings: _before, ...rest } = record;
  const ids = idsOfRule(record, rule, verdict);
  return triage({ ...rest, ...(Object.keys(settings).length > 0 && { settings }) }, ids, verdict);
}

/** The ids of a rule's findings that a decision changes: open ones, or decided ones when it opens them again. */
export function idsOfRule({ findings }: AuditRecord, rule: string, verdict: Verdict): string[] {
  return Object.values(findings)
    .flatMap((finding) => findingSchema.safeParse(finding).data ?? [])
    .filter((finding) => finding.rule === rule && finding.kind === 'automated')
    .filter((finding) =>
      verdict.do === 'reopen' ? ['accepted', 'false-positive'].includes(finding.state.status) : isOpen(finding),
    )
    .map(({ id }) => id);
}

/**
 * Decides about single places of a finding. A finding whose places are all decided takes the last decision, up to that
 * number of places.
 * @param keys the places, as in the record
 * @throws HumanError of kind `usage`: place-unknown, finding-unknown, and as {@link triage}
 */
export function decidePlaces(record: AuditRecord, id: string, keys: readonly string[], verdict: Verdict): AuditRecord {
  checkAction(verdict);
  const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
  if (!finding) return triage(record, [id], verdict); // says that there is none
  const occurrences = { ...finding.occurrences };
  for (const key of keys) {
    const place = Object.hasOwn(occurrences, key) ? occurrences[key] : undefined;
    if (!place) {
      const next = `List its places: ux-audit findings show ${id} --json`;
      throw usageError('place-unknown', `The finding "${id}" has no place "${key}".`, next);
    }
    occurrences[key] = defined({ ...place, decided: decisionOf(verdict) });
  }
  const next: Finding = { ...finding, occurrences };
  if (verdict.do === 'reopen' && !isOpen(next)) {
    return triage({ ...record, findings: { ...record.findings, [id]: next } }, [id], verdict);
  }
  return { ...record, findings: { ...record.findings, [id]: settledByPlaces(next) } };
}

/** The finding itself, or decided when each of its places is: by the newest of their decisions, up to their number. */
export function settledByPlaces(finding: Finding): Finding {
  const places = Object.values(finding.occurrences ?? {});
  const decisions = places.flatMap(({ decided }) => (decided ? [decided] : []));
  const newest = decisions.reduce<Decision | undefined>((a, b) => (a && a.on >= b.on ? a : b), undefined);
  if (!newest || decisions.length < places.length || finding.state.more || !isOpen(finding)) return finding;
  return decidedBy(finding, newest, countOf(places));
}

/** Whether a finding took its decision from its places, so that it has none once a place has none. */
export function isDecidedByPlaces({ occurrences, state }: Pick<Finding, 'occurrences' | 'state'>): boolean {
  const places = Object.values(occurrences ?? {});
  const isDecided = state.status === 'accepted' || state.status === 'false-positive';
  return isDecided && !state.more && places.length > 0 && places.every(({ decided }) => decided !== undefined);
}

/** A finding with a decision. @param upTo the number of places that an acceptance allows */
export function decidedBy(finding: Finding, decision: Decision, upTo?: number): Finding {
  const { severity, consensus, owner, seenIn, more, fixedOn } = finding.state;
  const { status, by, on, reason, until } = decision;
  const ceiling = status === 'accepted' ? upTo : undefined;
  const state = defined({
    ...{ status, severity, consensus, by, on, reason, until, upTo: ceiling },
    ...{ owner, seenIn, more, fixedOn },
  });
  return { ...finding, state };
}
