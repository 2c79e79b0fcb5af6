import { OTHER } from '../checklist/checklist';
import { defined } from '../defined';
import { usageError } from '../errors';
import { byCodeUnit } from '../record/canonicalText';
import { forFields, type PlaceText, type TextField, textFields } from '../record/findingFields';
import { type AuditRecord, type Finding, findingSchema, type Rating, ratingFields } from '../record/record';
import { answerOf, checklistIdOf, draftOf, parseAnswerKey, setAnswer, usableEvaluations } from './evaluation';

/** The texts that an evaluator writes about a problem. Empty ones are not stored. */
export interface ProblemText extends Partial<Record<TextField, string | undefined>> {
  title: string;
  where?: PlaceText | undefined;
  /** Further items that the problem breaks, such as `nielsen-10/H05`. */
  alsoBreaks?: string[] | undefined;
  stage?: string | undefined;
  rating?: Rating | undefined;
}

/** A change of a problem's texts: a missing field stays; an empty text or list removes it. */
export type ProblemChange = Partial<ProblemText>;

/** Splits a change into one for each field, by its name: `title`, `where.selector`. */
export function partsOf(change: ProblemChange): [string, ProblemChange][] {
  return Object.entries(change).flatMap(([name, value]): [string, ProblemChange][] =>
    name === 'where'
      ? Object.entries(change.where ?? {}).map(([place, text]) => [`where.${place}`, { where: { [place]: text } }])
      : [[name, { [name]: value }]],
  );
}

/** The title of a problem until its evaluator gives one, since a problem is stored from the first letter typed. */
export const UNTITLED = 'Untitled problem';

/** The letters and digits of a random id: without i, l, o and u, which people misread. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** The last part of a problem's id: six characters. @param bytes at least six random bytes */
export function problemSuffix(bytes: Uint8Array): string {
  return [...bytes.slice(0, 6)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** An object without its missing and empty fields; undefined when none is left. */
export function filled<T extends object>(object: T): T | undefined {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined && value !== '');
  return entries.length > 0 ? (Object.fromEntries(entries) as T) : undefined;
}

/** @throws HumanError `finding-unknown` */
export function problemOf(record: AuditRecord, id: string): Finding {
  const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
  if (finding && findingSchema.safeParse(finding).success) return finding;
  throw usageError(
    'finding-unknown',
    `There is no finding "${id}" that can be read in the record.`,
    'Look at the list again.',
  );
}

/** The record with a finding added, or replaced by id. */
export function withFinding(record: AuditRecord, finding: Finding): AuditRecord {
  return { ...record, findings: { ...record.findings, [finding.id]: defined(finding) } };
}

/**
 * Adds a problem to an answer of a draft. An item without a verdict becomes a fail.
 * @param key the answer's key, {@link OTHER} for a problem outside the list
 * @param suffix {@link problemSuffix}
 * @throws HumanError those of a draft
 */
export function addProblem(
  record: AuditRecord,
  evaluationId: string,
  key: string,
  problem: ProblemText,
  { suffix, on }: { suffix: string; on: string },
): { record: AuditRecord; id: string } {
  const evaluation = draftOf(record, evaluationId);
  const { item, step } = parseAnswerKey(key);
  const rule = `${checklistIdOf(evaluation)}/${item}`;
  const id = `${evaluation.target}/${rule}/${suffix}`;
  if (Object.hasOwn(record.findings, id)) {
    throw usageError('id-taken', `There is a finding ${id} already.`, 'Save the problem again.');
  }
  const finding: Finding = {
    kind: record.targets[evaluation.target]?.kind === 'journey' ? 'journey' : 'heuristic',
    rule,
    title: '',
    target: evaluation.target,
    state: { status: 'open' },
    ...(step !== undefined && { where: { step } }),
    firstSeen: on,
    id,
  };
  const described = describe(finding, problem, evaluation.evaluator, on);
  const before = answerOf(evaluation, key);
  const linked = setAnswer(withFinding(record, described), evaluationId, key, {
    ...(before?.verdict === undefined && item !== OTHER && { verdict: 'fail' as const }),
    findings: [...(before?.findings ?? []), id],
  });
  return { record: linked, id };
}

/** Changes a problem's texts and the evaluator's own rating. Decisions and other people's ratings stay. */
export function changeProblem(
  record: AuditRecord,
  id: string,
  change: ProblemChange,
  { evaluator, on }: { evaluator: string; on: string },
): AuditRecord {
  return withFinding(record, describe(problemOf(record, id), change, evaluator, on));
}

/**
 * Saves what the form says about a problem of a draft: changes the recorded problem, or adds it once it has a title,
 * which may be empty.
 * @param id a new one of the answer, `target/checklist/item/suffix`, or a recorded problem's
 * @throws HumanError those of a draft, `finding-unknown`
 */
export function saveProblem(
  record: AuditRecord,
  evaluationId: string,
  key: string,
  id: string,
  change: ProblemChange,
  on: string,
): AuditRecord {
  const draft = draftOf(record, evaluationId);
  const suffix = /[^/]*$/.exec(id)?.[0] ?? '';
  const { title } = change;
  const isOwn =
    /^[0-9a-z]{6}$/.test(suffix) &&
    id === `${draft.target}/${checklistIdOf(draft)}/${parseAnswerKey(key).item}/${suffix}`;
  if (isOwn && title !== undefined && !Object.hasOwn(record.findings, id)) {
    return addProblem(record, evaluationId, key, { ...change, title }, { suffix, on }).record;
  }
  return changeProblem(record, id, change, { evaluator: draft.evaluator, on });
}

function describe(finding: Finding, change: ProblemChange, evaluator: string, on: string): Finding {
  const { title, where, alsoBreaks, stage, rating } = change;
  const texts = textFields.filter(({ name }) => change[name] !== undefined);
  return {
    ...finding,
    ...(title !== undefined && { title: title.trim().replace(/\s+/g, ' ') || UNTITLED }),
    ...forFields(texts, (name) => change[name]?.trim() || undefined),
    ...(where && { where: filled({ ...finding.where, ...where }) }),
    ...(alsoBreaks && { alsoBreaks: rulesBesides(finding.rule, alsoBreaks) }),
    ...(stage !== undefined && { cx: filled({ ...finding.cx, stage }) }),
    ...(rating && { ratings: ratingsWith(finding, evaluator, rating, on) }),
  };
}

/** The further rules that a problem breaks, without repeats; undefined when there are none. */
function rulesBesides(own: string, rules: readonly string[]): string[] | undefined {
  const others = [...new Set(rules)].filter((rule) => rule !== own).sort(byCodeUnit);
  return others.length > 0 ? others : undefined;
}

function ratingsWith(finding: Finding, evaluator: string, rating: Rating | undefined, on: string): Finding['ratings'] {
  const others = Object.entries(finding.ratings ?? {}).filter(([name]) => name !== evaluator);
  const before = Object.hasOwn(finding.ratings ?? {}, evaluator) ? finding.ratings?.[evaluator] : undefined;
  if (!rating) return others.length > 0 ? Object.fromEntries(others) : undefined;
  const factors = filled({ ...rating }) as Rating;
  const isSame =
    before && (Object.keys(ratingFields) as (keyof Rating)[]).every((name) => before[name] === factors[name]);
  return Object.fromEntries([...others, [evaluator, isSame ? before : { ...factors, on }]]);
}

/** Sets the evaluator's own rating of a problem; `null` removes it. */
export function rateProblem(
  record: AuditRecord,
  id: string,
  evaluator: string,
  rating: Rating | null,
  on: string,
): AuditRecord {
  const finding = problemOf(record, id);
  return withFinding(record, { ...finding, ratings: ratingsWith(finding, evaluator, rating ?? undefined, on) });
}

/** Removes a problem from an answer, and from the record when nobody else found it, rated it or spoke of it. */
export function removeProblem(record: AuditRecord, evaluationId: string, key: string, id: string): AuditRecord {
  const evaluation = draftOf(record, evaluationId);
  const answer = answerOf(evaluation, key);
  const unlinked = setAnswer(record, evaluationId, key, {
    findings: (answer?.findings ?? []).filter((other) => other !== id),
  });
  const isLinked = usableEvaluations(unlinked).some(({ answers }) =>
    Object.values(answers ?? {}).some(({ findings }) => findings?.includes(id)),
  );
  const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
  if (isLinked || !finding || !findingSchema.safeParse(finding).success) return unlinked;
  const raters = Object.keys(finding.ratings ?? {}).filter((name) => name !== evaluation.evaluator);
  const isDiscussed = Object.values(finding.remarks ?? {}).some(({ by }) => by !== evaluation.evaluator);
  if (raters.length > 0 || isDiscussed || finding.state.by !== undefined) return unlinked;
  const { [id]: _removed, ...findings } = unlinked.findings;
  return { ...unlinked, findings };
}

/**
 * Links a recorded problem, found again, to an answer of a draft. An item without a verdict becomes a fail.
 * @throws HumanError those of a draft, `finding-unknown`
 */
export function linkProblem(record: AuditRecord, evaluationId: string, key: string, id: string): AuditRecord {
  problemOf(record, id);
  const before = answerOf(draftOf(record, evaluationId), key);
  return setAnswer(record, evaluationId, key, {
    ...(before?.verdict === undefined && parseAnswerKey(key).item !== OTHER && { verdict: 'fail' as const }),
    findings: [...new Set([...(before?.findings ?? []), id])],
  });
}

/** Sets the severity that the raters agreed on; `null` removes it. Their ratings stay. */
export function setConsensus(
  record: AuditRecord,
  id: string,
  consensus: { severity: number; by: string; on: string; note?: string | undefined } | null,
): AuditRecord {
  const finding = problemOf(record, id);
  const { consensus: _before, ...state } = finding.state;
  return withFinding(record, {
    ...finding,
    state: consensus ? { ...state, consensus: filled({ ...consensus }) as typeof consensus } : state,
  });
}

/**
 * Suggests a severity: the rounded mean of frequency, impact and persistence, as far as given. No published formula
 * combines them (Nielsen 1995 leaves it to judgement), so a person always decides.
 */
export function suggestedSeverity({
  frequency,
  impact,
  persistence,
}: Partial<Pick<Rating, 'frequency' | 'impact' | 'persistence'>>): number | undefined {
  const given = [frequency, impact, persistence].filter((value) => value !== undefined);
  return given.length > 0 ? Math.round(given.reduce((sum, value) => sum + value, 0) / given.length) : undefined;
}
