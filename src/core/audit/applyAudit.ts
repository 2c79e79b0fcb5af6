import { defined } from '../defined';
import { byCodeUnit } from '../record/canonicalText';
import { decidedBy, holds, isDecidedByPlaces, settledByPlaces, standingDecision } from '../record/decisions';
import { countOf } from '../record/places';
import {
  type AuditRecord,
  type Decision,
  type Finding,
  type FindingState,
  findingSchema,
  isOpen,
} from '../record/record';
import { MAX_OCCURRENCES, type PlacedOccurrence, packed, spelledOut } from '../record/seenIn';
import { stepSlug } from '../text/stepSlug';
import type { AuditResult } from './auditResults';
import { occurrencesOf } from './occurrences';
import { untouchedMetrics } from './untouchedMetrics';

/** The results of one set of runs of a page. */
export interface AuditedPage {
  target: string;
  environment: string;
  formFactor: 'mobile' | 'desktop';
  results: readonly AuditResult[];
  /** The tool, as ids and rules name it; `lighthouse` when left out. */
  tool?: string;
  /** The step of a journey at whose end the page was audited; its findings are apart from those of other steps. */
  step?: string;
  /** The day of the runs, YYYY-MM-DD. */
  today: string;
}

/** How a set of runs changed one finding. */
export interface FindingChange {
  id: string;
  change: 'new' | 'reopened' | 'fixed' | 'updated' | 'renamed' | 'removed';
}

/** A Lighthouse audit that could change the record, but not by these runs. */
export interface UndecidedAudit {
  id: string;
  title: string;
  /** How many more undisturbed runs of one audit would tell; 0 for a metric that is between good and poor in all. */
  moreRuns: number;
}

/**
 * Applies the results of one set of runs to the record. Only runs in the same environment and form factor clear a
 * finding; an audit that did not run, or that its runs leave undecided, changes nothing. People's decisions stay,
 * except that an acceptance ends after its day or above its number of places. Removes metrics that are findings no
 * more and that nobody touched, of all targets. Returns the same object when nothing changes.
 */
export function applyAudit(
  record: AuditRecord,
  audited: AuditedPage,
): { record: AuditRecord; changes: FindingChange[] } {
  const findings = { ...record.findings };
  const changes: FindingChange[] = [];
  const { tool = 'lighthouse' } = audited;
  for (const id of tool === 'lighthouse' ? untouchedMetrics(record) : []) {
    delete findings[id];
    changes.push({ id, change: 'removed' });
  }
  const seen = seenBy(audited);
  for (const result of audited.results) {
    if (result.undecided) continue;
    const id = idOf(audited, result.id);
    const renamed = adoptFormerNames(findings, audited, result, id);
    if (renamed) changes.push({ id, change: 'renamed' });
    const before = findings[id];
    if (before !== undefined && !findingSchema.safeParse(before).success) continue; // kept verbatim
    const standing = standingDecision(record, ruleOf(audited, result.id), audited.today);
    const after = next(before, result, audited, id, seen, standing);
    if (after === undefined || after === before || JSON.stringify(after) === JSON.stringify(before)) continue;
    findings[id] = after;
    changes.push({ id, change: nameOf(before, after) });
  }
  return changes.length === 0 ? { record, changes } : { record: { ...record, findings }, changes };
}

/** The audits that would change the record, did their runs decide them one way or another. */
export function undecidedAudits({ findings }: Pick<AuditRecord, 'findings'>, audited: AuditedPage): UndecidedAudit[] {
  const seen = seenBy(audited);
  return audited.results.flatMap((result) => {
    const { id: audit, title, undecided } = result;
    const id = idOf(audited, audit);
    const before = findings[id];
    if (!undecided || (before !== undefined && !findingSchema.safeParse(before).success)) return [];
    const { moreRuns, possible } = undecided;
    const after = possible.map((outcome) => next(before, { ...result, outcome }, audited, id, seen));
    return after.every((one) => JSON.stringify(one) === JSON.stringify(before)) ? [] : [{ id: audit, title, moreRuns }];
  });
}

/** `local/mobile` */
function seenBy({ environment, formFactor }: AuditedPage): string {
  return `${environment}/${formFactor}`;
}

/** `checkout/lighthouse/image-alt`; of a step, `checkout/lighthouse/image-alt/pay` */
function idOf(audited: AuditedPage, audit: string): string {
  const step = audited.step === undefined ? '' : `/${stepSlug(audited.step)}`;
  return `${audited.target}/${ruleOf(audited, audit)}${step}`;
}

/** `lighthouse/image-alt` */
function ruleOf({ tool = 'lighthouse' }: AuditedPage, audit: string): string {
  return `${tool}/${audit}`;
}

function nameOf(before: Finding | undefined, after: Finding): FindingChange['change'] {
  if (!before) return 'new';
  if (before.state.status === after.state.status) return 'updated';
  return after.state.status === 'reopened' ? 'reopened' : after.state.status === 'fixed' ? 'fixed' : 'updated';
}

function next(
  before: Finding | undefined,
  result: AuditResult,
  audited: AuditedPage,
  id: string,
  seen: string,
  standing?: Decision,
): Finding | undefined {
  if (result.outcome === 'failing') {
    const found = before ? stillFailing(before, result, audited, seen) : created(result, audited, id, seen);
    const isNews = isOpen(found) && (before === undefined || before.state.status === 'fixed');
    return isNews && standing ? tidy(decidedBy(found, standing)) : found;
  }
  if (!before?.state.seenIn?.includes(seen)) return before;
  return cleared(before, audited, seen);
}

function created(result: AuditResult, audited: AuditedPage, id: string, seen: string): Finding {
  const state: FindingState = { status: 'open', severity: result.severity, seenIn: [seen] };
  return withOccurrences(
    {
      kind: 'automated',
      rule: ruleOf(audited, result.id),
      title: result.title,
      target: audited.target,
      state,
      ...(audited.step !== undefined && { where: { step: audited.step } }),
      firstSeen: audited.today,
      id,
    },
    result,
    seen,
  );
}

function stillFailing(before: Finding, result: AuditResult, audited: AuditedPage, seen: string): Finding {
  const { state } = before;
  const isByPlaces = isDecidedByPlaces(before);
  if (state.status === 'false-positive' && !isByPlaces) return before;
  const finding = withOccurrences(
    {
      ...withoutExpired(before, audited.today),
      state: { ...state, seenIn: [...new Set([...(state.seenIn ?? []), seen])].sort(byCodeUnit) },
    },
    result,
    seen,
  );
  const { severity, owner, seenIn, more, fixedOn, status } = finding.state;
  const reopened = (reason: string | undefined): Finding => ({
    ...finding,
    state: { status: 'reopened', severity, on: audited.today, reason, owner, seenIn, more, fixedOn },
  });
  if (isByPlaces) return tidy(settledByPlaces(reopened('a place without a decision')));
  if (status === 'fixed') return tidy(reopened(undefined));
  if (status === 'accepted') {
    const count = countOf(occurrencesOf(result.items).values());
    if (state.until !== undefined && state.until < audited.today) return tidy(reopened('expired'));
    if (state.upTo !== undefined && count > state.upTo) return tidy(reopened(`${state.upTo} -> ${count}`));
  }
  return settledByPlaces(finding);
}

/** Without the decisions about places whose day has passed. */
function withoutExpired(finding: Finding, today: string): Finding {
  const entries = Object.entries(finding.occurrences ?? {});
  if (entries.every(([, { decided }]) => !decided || holds(decided, today))) return finding;
  const occurrences = entries.map(([key, { decided, ...place }]) =>
    decided && holds(decided, today) ? [key, { ...place, decided }] : [key, place],
  );
  return { ...finding, occurrences: Object.fromEntries(occurrences) };
}

function cleared(before: Finding, audited: AuditedPage, seen: string): Finding {
  const seenIn = before.state.seenIn?.filter((other) => other !== seen) ?? [];
  const { status } = before.state;
  if (seenIn.length > 0) return withoutOccurrencesOf({ ...before, state: { ...before.state, seenIn } }, before, seen);
  if (status === 'accepted' || status === 'false-positive' || status === 'fixed') {
    return tidy({ ...before, state: { ...before.state, seenIn: undefined } });
  }
  const { severity, owner, more } = before.state;
  return tidy({ ...before, state: { status: 'fixed', severity, owner, more, fixedOn: audited.today } });
}

function withPlaces(finding: Finding, places: ReadonlyMap<string, PlacedOccurrence>, more: number): Finding {
  return tidy({
    ...finding,
    occurrences: packed(places, finding.state.seenIn ?? []),
    state: { ...finding.state, more: more > 0 ? more : undefined },
  });
}

function withOccurrences(finding: Finding, result: AuditResult, seen: string): Finding {
  const fresh = occurrencesOf(result.items);
  const merged = new Map<string, PlacedOccurrence>();
  // the other environments and form factors in which the finding was seen
  const others = finding.state.seenIn?.filter((other) => other !== seen) ?? [];
  for (const [key, occurrence] of spelledOut({ ...finding, state: { ...finding.state, seenIn: others } })) {
    merged.set(key, {
      ...occurrence,
      seenIn: occurrence.seenIn.filter((other) => other !== seen && others.includes(other)),
    });
  }
  for (const [key, occurrence] of fresh) {
    const known = merged.get(key);
    const places = [...(known?.seenIn ?? []), seen].sort(byCodeUnit);
    merged.set(key, { ...occurrence, ...(known?.decided && { decided: known.decided }), seenIn: places });
  }
  const beyond = countOf(fresh.values()) - countOf([...fresh.values()].slice(0, MAX_OCCURRENCES));
  return withPlaces(finding, merged, others.length > 0 ? Math.max(beyond, finding.state.more ?? 0) : beyond);
}

function withoutOccurrencesOf(finding: Finding, before: Finding, seen: string): Finding {
  const left = spelledOut(before);
  for (const [key, occurrence] of left) {
    left.set(key, { ...occurrence, seenIn: occurrence.seenIn.filter((other) => other !== seen) });
  }
  return withPlaces(finding, left, finding.state.more ?? 0);
}

/** Statuses by strictness: when two findings become one, the status that keeps it visible wins. */
const strictness = ['fixed', 'false-positive', 'accepted', 'open', 'reopened'];

/** Moves a finding to the new name of its audit, with its decision, since Lighthouse renames audits. */
function adoptFormerNames(
  findings: AuditRecord['findings'],
  audited: AuditedPage,
  result: AuditResult,
  id: string,
): boolean {
  let renamed = false;
  for (const former of result.replaces) {
    const oldId = idOf(audited, former);
    const old = findings[oldId];
    if (!old || audited.results.some((other) => other.id === former) || !findingSchema.safeParse(old).success) continue;
    const present = findings[id];
    const carried = present ? combined(present, old) : old;
    const formerIds = [...new Set([...(present?.formerIds ?? []), ...(old.formerIds ?? []), oldId])].sort(byCodeUnit);
    const firstSeen = [present?.firstSeen, old.firstSeen].filter((day) => day !== undefined).sort()[0];
    findings[id] = tidy({
      ...carried,
      rule: ruleOf(audited, result.id),
      title: result.title,
      formerIds,
      firstSeen,
      id,
    });
    delete findings[oldId];
    renamed = true;
  }
  return renamed;
}

/** Merges two findings of one problem: the stricter decision, and the places of both. */
function combined(one: Finding, other: Finding): Finding {
  const [winner, loser] = rank(one) >= rank(other) ? [one, other] : [other, one];
  const seenIn = [...new Set([...(winner.state.seenIn ?? []), ...(loser.state.seenIn ?? [])])].sort(byCodeUnit);
  const places = spelledOut(winner);
  for (const [key, occurrence] of spelledOut(loser)) {
    const known = places.get(key);
    places.set(
      key,
      known ? { ...known, seenIn: [...new Set([...known.seenIn, ...occurrence.seenIn])].sort(byCodeUnit) } : occurrence,
    );
  }
  const state = { ...winner.state, seenIn: seenIn.length > 0 ? seenIn : undefined };
  const finding = { ...tidy(loser), ...tidy(winner), state };
  // a finding that is no longer seen anywhere keeps its last places
  if (seenIn.length === 0) return { ...finding, occurrences: { ...loser.occurrences, ...winner.occurrences } };
  return withPlaces(finding, places, Math.max(winner.state.more ?? 0, loser.state.more ?? 0));
}

function rank(finding: Finding): number {
  return strictness.indexOf(finding.state.status);
}

/** Drops fields that are not set, so that equal findings compare as equal. */
function tidy(finding: Finding): Finding {
  return defined({ ...finding, state: defined(finding.state) });
}
