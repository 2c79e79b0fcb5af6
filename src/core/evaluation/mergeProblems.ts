import { usageError } from '../errors';
import { byCodeUnit } from '../record/canonicalText';
import { forFields, placeTexts, textFields } from '../record/findingFields';
import { type AuditRecord, type Evaluation, type Finding, isOpen } from '../record/record';
import { usableEvaluations } from './evaluation';
import { filled, problemOf, withFinding } from './problems';

/** Joins texts, one a line, without repeats; undefined when all are empty. */
function joined(...texts: (string | undefined)[]): string | undefined {
  return [...new Set(texts.filter(Boolean))].join('\n') || undefined;
}

/** The place of a problem in words: `Pay, #pay, 412x823`. */
function placeOf({ where }: Finding): string {
  return placeTexts(where)
    .map(({ text }) => text)
    .join(', ');
}

/** A note for the kept problem on the dropped one's title and place; undefined when they are the same. */
function traceOf(dropped: Finding, kept: Finding): string | undefined {
  const title = dropped.title === kept.title ? '' : `“${dropped.title}”`;
  const place = kept.where === undefined || placeOf(dropped) === placeOf(kept) ? '' : placeOf(dropped);
  return title || place ? `Also noted${title ? ` as ${title}` : ''}${place ? ` at ${place}` : ''}.` : undefined;
}

/**
 * The parts of `drop` that a merge into `keep` would lose, in words for the person.
 * @throws HumanError `finding-unknown`
 */
export function lostByMerging(record: AuditRecord, keep: string, drop: string): string[] {
  const [kept, dropped] = [problemOf(record, keep), problemOf(record, drop)];
  const [own, other] = [kept.state, dropped.state];
  const decision: [string, unknown, unknown][] = [
    ['decided by', own.by, other.by],
    ['reason', own.reason, other.reason],
    ['accepted until', own.until, other.until],
    ['accepted up to', own.upTo, other.upTo],
  ];
  const facts: [string, unknown, unknown][] = [
    ['owner', own.owner, other.owner],
    ['severity that was set', own.severity, other.severity],
    ['stage', kept.cx?.stage, dropped.cx?.stage],
    ['impact', kept.cx?.impact, dropped.cx?.impact],
  ];
  const differing = [...decision, ...facts.filter(([, here]) => here !== undefined)].filter(
    ([, here, there]) => there !== undefined && there !== here,
  );
  return differing.map(([name, here, there]) => `${name}: ${there}${here === undefined ? '' : ` (${here} stays)`}`);
}

/** The state of a problem without its decision, which is never mixed: a name must not stand with another's reason. */
function besidesDecision({ owner, severity, consensus }: Finding['state']): Partial<Finding['state']> {
  return filled({ owner, severity, consensus }) ?? {};
}

/**
 * Merges problem `drop` into `keep`, which takes over ratings, remarks, attachments, texts, rules and links, and fields
 * that it lacks. `keep` lists the id of `drop` as a former one. Where one person rated both, the higher severity stays.
 * @throws HumanError `finding-unknown`, `cannot-merge`, and `decisions-differ` where people decided differently
 */
export function mergeProblems(record: AuditRecord, keep: string, drop: string): AuditRecord {
  const [kept, dropped] = [problemOf(record, keep), problemOf(record, drop)];
  if (keep === drop || kept.kind === 'automated' || dropped.kind === 'automated' || kept.target !== dropped.target) {
    throw usageError(
      'cannot-merge',
      'Only two different problems that people found on the same target can be merged.',
      'Choose two such problems.',
    );
  }
  const sameStatus = kept.state.status === dropped.state.status || (isOpen(kept) && isOpen(dropped));
  if (!sameStatus) {
    throw usageError(
      'decisions-differ',
      `One of the two is ${kept.state.status}, the other ${dropped.state.status}.`,
      'Decide the same about both, then merge them.',
    );
  }
  const [agreed, other] = [kept.state.consensus?.severity, dropped.state.consensus?.severity];
  if (agreed !== undefined && other !== undefined && agreed !== other) {
    throw usageError(
      'decisions-differ',
      `Severity ${agreed} was agreed for one of the two, ${other} for the other.`,
      'Agree on the same for both, then merge them.',
    );
  }
  const ratings = { ...dropped.ratings, ...kept.ratings };
  for (const [name, rating] of Object.entries(dropped.ratings ?? {})) {
    const own = kept.ratings?.[name];
    if (own && rating.severity > own.severity) ratings[name] = rating;
  }
  const remarks = { ...dropped.remarks, ...kept.remarks };
  const union = (...lists: (string[] | undefined)[]) => {
    const all = [...new Set(lists.flatMap((list) => list ?? []))].sort(byCodeUnit);
    return all.length > 0 ? all : undefined;
  };
  const merged: Finding = {
    ...kept,
    state: { ...besidesDecision(dropped.state), ...kept.state },
    ...forFields(textFields, (name) =>
      joined(kept[name], name === 'note' ? traceOf(dropped, kept) : undefined, dropped[name]),
    ),
    where: kept.where ?? dropped.where,
    cx: filled({ ...dropped.cx, ...kept.cx }),
    comments: (kept.comments ?? 0) + (dropped.comments ?? 0) || undefined,
    seenWith: kept.seenWith ?? dropped.seenWith, // who saw both is not known, so they are not added up
    evidence: union(kept.evidence, dropped.evidence),
    alsoBreaks: union(
      kept.alsoBreaks,
      dropped.alsoBreaks,
      dropped.rule === kept.rule ? undefined : [dropped.rule],
    )?.filter((rule) => rule !== kept.rule),
    formerIds: union(kept.formerIds, dropped.formerIds, [drop]),
    firstSeen: [kept.firstSeen, dropped.firstSeen].filter((day) => day !== undefined).sort()[0],
    ratings: filled(ratings),
    remarks: filled(remarks),
  };
  const { [drop]: _removed, ...findings } = withFinding(record, merged).findings;
  const relinkedOnes = usableEvaluations(record).map((evaluation) => [evaluation.id, relinked(evaluation, keep, drop)]);
  return { ...record, findings, evaluations: { ...record.evaluations, ...Object.fromEntries(relinkedOnes) } };
}

function relinked(evaluation: Evaluation, keep: string, drop: string): Evaluation {
  const touched = Object.values(evaluation.answers ?? {}).some(({ findings }) => findings?.includes(drop));
  if (!touched) return evaluation;
  const answers = Object.fromEntries(
    Object.entries(evaluation.answers ?? {}).map(([key, answer]) => [
      key,
      answer.findings?.includes(drop)
        ? { ...answer, findings: [...new Set(answer.findings.map((id) => (id === drop ? keep : id)))] }
        : answer,
    ]),
  );
  return { ...evaluation, answers };
}
