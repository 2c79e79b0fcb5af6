import { shortTitle } from '../advice/advice';
import { pageGroups } from '../discovery/pageGroups';
import { type GateSettings, type Gates, type GroupSettings, gatesOf } from '../record/gateSettings';
import { listFindings } from '../record/listFindings';
import type { ParsedRecord } from '../record/parseRecord';
import { type AuditRecord, type Finding, isOpen } from '../record/record';
import { severityOf, severityText } from '../record/severity';
import { isPublic } from '../report/evaluationFacts';
import type { FindingDifference } from '../report/recordDiff';
import { median } from '../statistics/spread';
import { counted } from '../text/counted';
import { firstFew } from '../text/firstFew';
import { type Budget, isOver, seemsOver } from '../verdict/budget';
import { type ComparedNumber, comparedNumber } from '../verdict/numbers';
import { byWeight, changedRows, type GateReason, type ReviewedPage } from './review';
import { fromTo, shiftText, valueText } from './words';

/** What the gate looks at. */
export interface GateFacts {
  pages: readonly ReviewedPage[];
  differences: readonly FindingDifference[];
  /** The record of the version after, as it is when its pages have been audited. */
  after: Pick<ParsedRecord, 'record' | 'invalid'>;
  /** What is wrong with the record itself, a sentence each. */
  faults: readonly string[];
  /** The evaluations that the settings demand and that are missing or stale, a sentence each. */
  evaluations: readonly string[];
  /** YYYY-MM-DD */
  today: string;
}

/** The severity from which a new finding fails where the settings say nothing: major. */
const NEW_FAILS = 3;
/** Nielsen's 4 is "imperative to fix before the product can be released". */
const OPEN_FAILS = [{ severity: 4 }];

/** A page as people read it, with its group. */
type Named = (target: string) => string;
type GroupGate = NonNullable<GroupSettings['gate']>;
type Rule = (gate: GateSettings, facts: GateFacts, named: Named) => GateReason[];

/** Each looks at the facts of pages to which the same settings apply. */
const rules: readonly Rule[] = [
  (gate, facts, named) => (gate.failed === false ? [] : failed(facts, named)),
  (gate, facts, named) => (gate.worse === false ? [] : worse(facts, named)),
  (gate, facts, named) => overBudget(gate.budget ?? {}, facts, named),
  (gate, facts, named) => newOnes(gate.new ?? NEW_FAILS, facts, named),
  (gate, facts, named) => (gate.reopened === false ? [] : reopened(facts, named)),
  (gate, facts, named) => (gate.expired === false ? [] : expired(facts, named)),
  (gate, facts, named) => open(gate.open ?? OPEN_FAILS, facts, named),
];

/**
 * Why a pull request fails by the settings of its record; empty when it does not. What the settings say of a group of
 * pages goes before what they say of all, and its reasons name the group.
 */
export function gateReasons(settings: GateSettings | undefined, facts: GateFacts): GateReason[] {
  const gates = gatesOf({ gate: settings, groups: facts.after.record.settings?.groups });
  const { gate } = gates;
  const parts = partsOf(gates, facts);
  return [
    ...rules.flatMap((rule) => parts.flatMap(({ gate: own, facts: of, named }) => rule(own, of, named))),
    ...facts.evaluations.map((text): GateReason => ({ rule: 'evaluations', text })),
    ...(gate.invalid === false ? [] : facts.faults.map((text): GateReason => ({ rule: 'invalid', text }))),
  ];
}

/** The facts by the groups for which the settings have a gate of their own; first those of all other pages. */
function partsOf({ gate, groups: gates }: Gates, facts: GateFacts) {
  const { record } = facts.after;
  const groupOf = pageGroups(record);
  const gated = (target: string) => {
    const group = groupOf.get(target);
    return group !== undefined && gates.has(group) ? group : undefined;
  };
  const partOf = (group: string | undefined) => {
    const isIn = ({ target }: { target: string }) => gated(target) === group;
    const findings = Object.entries(record.findings).filter(([, finding]) => isIn(finding));
    return {
      gate: inGroup(gate, group === undefined ? undefined : gates.get(group)),
      facts: {
        ...facts,
        pages: facts.pages.filter(isIn),
        differences: facts.differences.filter(isIn),
        after: { ...facts.after, record: { ...record, findings: Object.fromEntries(findings) } },
      },
      named: (target: string) => (group === undefined ? target : `${target} (group ${group})`),
    };
  };
  return [undefined, ...gates.keys()].map(partOf);
}

/** A number of the group's budget goes before the same one of all pages, each other setting as a whole. */
function inGroup(gate: GateSettings, own: GroupGate | undefined): GateSettings {
  return { ...gate, ...own, budget: { ...gate.budget, ...own?.budget } };
}

/** The budget of each page by its name, before any page has a gate's facts. */
export function budgetsOf(record: Pick<AuditRecord, 'targets' | 'settings'>): (target: string) => Budget {
  const { gate, groups } = gatesOf(record.settings);
  const groupOf = pageGroups(record);
  return (target) => inGroup(gate, groups.get(groupOf.get(target) ?? '')).budget ?? {};
}

function failed({ pages }: GateFacts, named: Named): GateReason[] {
  return pages.flatMap(({ target, formFactor, isJourney, error, lost = [] }): GateReason[] => {
    const reason = (what: string, why: string): GateReason => {
      return { rule: 'failed', target, text: `${what}: ${named(target)}, ${formFactor}: ${why}` };
    };
    if (error?.side === 'head') return [reason(isJourney ? 'Broken journey' : 'Not audited', error.what)];
    return lost.map((why) => reason('Not measured', why));
  });
}

/** How many numbers of a page a reason names. */
const NAMED = 3;

function worse({ pages }: GateFacts, name: Named): GateReason[] {
  const found = pages.flatMap(({ target, formFactor, ...page }) => {
    const rows = changedRows(page).filter(({ verdict, confirmed }) => verdict === 'worse' && confirmed);
    const [first] = rows;
    return first ? [{ target, formFactor, rows, first }] : [];
  });
  return found
    .sort((a, b) => byWeight(a.first, b.first))
    .map(({ target, formFactor, rows }): GateReason => {
      const named = firstFew(rows, NAMED, (row) => `${row.number.name} ${shiftText(row)}`).join(', ');
      return { rule: 'worse', target, text: `Worse on ${name(target)}, ${formFactor}: ${named}` };
    });
}

function overBudget(budget: Budget, { pages }: GateFacts, name: Named): GateReason[] {
  return pages.flatMap(({ target, formFactor, isJourney, rows }): GateReason[] => {
    if (isJourney) return [];
    const over = rows.flatMap(({ number, head }) => {
      const limit = budget[number.id];
      return typeof limit === 'number' && isOver(number, head, limit) ? [overText(number, head, limit)] : [];
    });
    const text = `Over budget on ${name(target)}, ${formFactor}: ${over.join('; ')}`;
    return over.length > 0 ? [{ rule: 'budget', target, text }] : [];
  });
}

/** Budgets that the runs leave open, a sentence each: what seems over in too few runs, and what was not measured. */
export function openBudgets(settings: GateSettings | undefined, facts: GateFacts): string[] {
  const gates = gatesOf({ gate: settings, groups: facts.after.record.settings?.groups });
  return partsOf(gates, facts).flatMap(({ gate: { budget = {} }, facts: { pages }, named }) =>
    pages.flatMap(({ target, formFactor, isJourney, rows, error, incomparable, pairs }) => {
      const why = error?.side === 'base' ? error.what : pairs > 0 ? incomparable : undefined;
      if (!isJourney && why !== undefined && Object.values(budget).some((limit) => typeof limit === 'number'))
        return [`every budget of ${named(target)}, ${formFactor}: not comparable (${why.replace(/\.$/, '')})`];
      if (isJourney || rows.length === 0) return []; // new, failed, or not asked for: told elsewhere
      return Object.entries(budget).flatMap(([id, limit]) => {
        const number = comparedNumber(id);
        if (typeof limit !== 'number' || !number) return [];
        const { head = [] } = rows.find((row) => row.number.id === id) ?? {};
        const where = `${number.name} on ${named(target)}, ${formFactor}`;
        if (head.length === 0) return [`${where}: not measured`];
        if (!seemsOver(number, head, limit)) return [];
        return [`${where}: over it in ${head.length} of ${counted(head.length, 'undisturbed run')}, which are too few`];
      });
    }),
  );
}

/** `LCP 3.10 s (2.90 to 3.40 s, n 5), budget 2.50 s` */
function overText({ name, unit }: ComparedNumber, values: readonly number[], limit: number): string {
  const range = fromTo([Math.min(...values), Math.max(...values)], unit);
  const middle = median(values) ?? limit;
  const value = valueText(middle, unit);
  const spread = range === value ? `n ${values.length}` : `${range}, n ${values.length}`;
  const budget = valueText(limit, unit);
  // what is rounded must not read as kept
  const over =
    value === budget ? `${valueText(middle - limit, unit)} over the budget of ${budget}` : `budget ${budget}`;
  return `${name} ${value} (${spread}), ${over}`;
}

function newOnes(from: number | false, { differences }: GateFacts, named: Named): GateReason[] {
  if (from === false) return [];
  return differences
    .filter(({ change, severity }) => change === 'new' && (severity ?? 0) >= from)
    .map(({ id, target, severity, step, ...difference }) => {
      const at = step === undefined ? named(target) : `${named(target)} at “${step}”`;
      const text = `New on ${at}, ${severityText(severity)}: ${titleOf(difference)}`;
      return { rule: 'new', target, finding: id, text };
    });
}

function reopened({ differences }: GateFacts, named: Named): GateReason[] {
  return differences
    .filter(({ change }) => change === 'reopened')
    .map(({ id, target, ...difference }) => ({
      rule: 'reopened',
      target,
      finding: id,
      text: `Reopened on ${named(target)}: ${titleOf(difference)}`,
    }));
}

function expired({ after, today }: GateFacts, named: Named): GateReason[] {
  return publicFindings(after)
    .filter(({ state: { status, until } }) => status === 'accepted' && until !== undefined && until < today)
    .map((finding) => {
      const { id, target, state } = finding;
      const text = `Accepted only until ${state.until} on ${named(target)}: ${shortTitle(finding)}`;
      return { rule: 'expired', target, finding: id, text };
    });
}

function open(of: NonNullable<GateSettings['open']>, { after }: GateFacts, named: Named): GateReason[] {
  const ofPeople = publicFindings(after).filter((finding) => finding.kind !== 'automated' && isOpen(finding));
  return ofPeople
    .filter((finding) =>
      of.some(
        ({ severity, stage, target }) =>
          (severityOf(finding) ?? -1) >= severity &&
          (stage === undefined || finding.cx?.stage === stage) &&
          (target === undefined || finding.target === target),
      ),
    )
    .map((finding) => {
      const { id, target, title } = finding;
      return {
        rule: 'open',
        target,
        finding: id,
        text: `Open on ${named(target)}, ${severityText(severityOf(finding))}: ${title}`,
      };
    });
}

/** The title by which the comment names it elsewhere. */
function titleOf({ problem, title }: Pick<FindingDifference, 'problem' | 'title'>): string {
  return shortTitle({ rule: problem, title });
}

function publicFindings(parsed: GateFacts['after']): Finding[] {
  return listFindings(parsed).filter(isPublic(parsed.record));
}
