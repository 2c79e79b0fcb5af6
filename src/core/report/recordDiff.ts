import { shortTitle } from '../advice/advice';
import { hiddenFindings } from '../evaluation/visibility';
import { byCodeUnit } from '../record/canonicalText';
import { listFindings } from '../record/listFindings';
import { sameJson } from '../record/mergeRecords';
import type { ParsedRecord } from '../record/parseRecord';
import { placesOf } from '../record/places';
import { problemOf } from '../record/problems';
import type { Finding } from '../record/record';
import { severityOf } from '../record/severity';
import { type EvaluationFacts, submittedEvaluations } from './evaluationFacts';
import { stateSentence } from './findingSentences';
import { severityCounts } from './reportProblems';

/** What happened to a finding between two states of the record, in the order for reviewers. */
export const changeKinds = ['new', 'worse', 'reopened', 'fixed', 'decided', 'removed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface FindingDifference {
  id: string;
  change: ChangeKind;
  target: string;
  title: string;
  severity?: number;
  stage?: string;
  /** The step of a journey. */
  step?: string;
  /** What is different, in words: `severity 2 → 3, 3 → 5 places`. */
  detail: string;
  /** The problem that it belongs to, as `problemOf` names it. */
  problem: string;
  /** Places of it now; left out when it is about the whole page. */
  places?: number;
}

/** What happened to a problem on all pages where the same happened to it. */
export interface ProblemDifference extends Pick<FindingDifference, 'change' | 'problem'> {
  /** Short, ours where we have one. */
  title: string;
  /** The worst, 0 to 4; undefined when not rated. */
  severity: number | undefined;
  /** Places on all of its pages. */
  places: number;
  differences: FindingDifference[];
}

type Side = Pick<ParsedRecord, 'record' | 'invalid'>;

/**
 * The differences between two states of the record that matter to a reader. A finding of a draft is in neither: it is
 * new once its evaluation is submitted.
 */
export function diffRecords(before: Side, after: Side): FindingDifference[] {
  const draftsBefore = hiddenFindings(before.record);
  const shown = listFindings(before).filter(({ id }) => !draftsBefore.has(id));
  const old = new Map(shown.map((finding) => [finding.id, finding]));
  const drafts = hiddenFindings(after.record);
  for (const id of drafts) {
    for (const one of [id, ...(after.record.findings[id]?.formerIds ?? [])]) old.delete(one);
  }
  const now = listFindings(after).filter(({ id }) => !drafts.has(id));
  const found: FindingDifference[] = [];
  const add = (finding: Finding, change: ChangeKind, detail: string) => {
    const severity = severityOf(finding);
    const places = placesOf(finding);
    found.push({
      id: finding.id,
      change,
      target: finding.target,
      title: finding.title,
      ...(severity !== undefined && { severity }),
      ...(finding.cx?.stage !== undefined && { stage: finding.cx.stage }),
      ...(typeof finding.where?.step === 'string' && { step: finding.where.step }),
      detail,
      problem: problemOf(finding),
      ...(places > 0 && { places }),
    });
  };
  for (const finding of now) {
    const former =
      old.get(finding.id) ?? finding.formerIds?.map((id) => old.get(id)).find((other) => other !== undefined);
    old.delete(finding.id);
    for (const id of finding.formerIds ?? []) old.delete(id);
    if (!former) {
      const { status } = finding.state;
      if (status === 'accepted' || status === 'false-positive') add(finding, 'decided', stateSentence(finding));
      else if (status !== 'fixed') add(finding, 'new', '');
      continue;
    }
    const { status } = finding.state;
    if (status !== former.state.status || decisionChanged(former, finding)) {
      if (status === 'reopened') add(finding, 'reopened', stateSentence(finding));
      else if (status === 'fixed') add(finding, 'fixed', stateSentence(finding));
      else add(finding, 'decided', stateSentence(finding));
      continue;
    }
    if (status === 'fixed') continue;
    const [was, is] = [severityOf(former), severityOf(finding)];
    const [few, many] = [placesOf(former), placesOf(finding)];
    const seen = (finding.state.seenIn ?? []).filter((place) => !former.state.seenIn?.includes(place));
    const worse = [
      is !== undefined && was !== undefined && is > was && `severity ${round(was)} → ${round(is)}`,
      many > few && `${few} → ${many} places`,
      seen.length > 0 && `now also in ${seen.join(', ')}`,
    ].filter((text) => text !== false);
    if (worse.length > 0) add(finding, 'worse', worse.join(', '));
  }
  for (const finding of old.values()) add(finding, 'removed', 'the entry was deleted');
  return found.sort(
    (a, b) =>
      changeKinds.indexOf(a.change) - changeKinds.indexOf(b.change) ||
      (b.severity ?? -1) - (a.severity ?? -1) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** The evaluations that were submitted between two states of the record. */
export function newEvaluations(before: Side, after: Side): EvaluationFacts[] {
  const known = new Set(submittedEvaluations(before).map(({ evaluation }) => nameOf(evaluation)));
  return submittedEvaluations(after).filter(({ evaluation }) => !known.has(nameOf(evaluation)));
}

function nameOf({ id, state }: EvaluationFacts['evaluation']): string {
  return `${id} ${state.on ?? ''} ${state.commit ?? ''}`;
}

const decision = ['by', 'on', 'reason', 'until', 'upTo'] as const;

function decisionChanged(before: Finding, after: Finding): boolean {
  return decision.some((field) => !sameJson(before.state[field], after.state[field]));
}

function round(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** `1 new, 2 fixed, 1 decided`, or `no change`. */
export function diffTotals(differences: readonly FindingDifference[]): string {
  const parts = changeKinds.flatMap((change) => {
    const count = differences.filter((difference) => difference.change === change).length;
    return count > 0 ? [`${count} ${change}`] : [];
  });
  return parts.join(', ') || 'no change';
}

/** What a reviewer has to look at first comes first. */
const ranks: Record<ChangeKind, number> = { new: 0, worse: 0, reopened: 0, decided: 1, fixed: 2, removed: 3 };

/** Groups differences over pages: what got worse first, the most severe of it first. */
export function problemDifferences(differences: readonly FindingDifference[]): ProblemDifference[] {
  const groups = [...Map.groupBy(differences, ({ change, problem }) => `${change} ${problem}`).values()];
  return groups
    .flatMap((members): ProblemDifference[] => {
      const [first] = members;
      if (!first) return [];
      const severities = members.flatMap(({ severity }) => severity ?? []);
      return [
        {
          change: first.change,
          problem: first.problem,
          title: shortTitle({ rule: first.problem, title: first.title }),
          severity: severities.length > 0 ? Math.max(...severities) : undefined,
          places: members.reduce((sum, { places = 0 }) => sum + places, 0),
          differences: members,
        },
      ];
    })
    .sort(
      (a, b) =>
        ranks[a.change] - ranks[b.change] ||
        (b.severity ?? -1) - (a.severity ?? -1) ||
        changeKinds.indexOf(a.change) - changeKinds.indexOf(b.change) ||
        b.differences.length - a.differences.length ||
        b.places - a.places ||
        byCodeUnit(a.problem, b.problem),
    );
}

/**
 * The headline of a comparison, counted in problems: `1 new major problem, 2 fixed`, `3 new problems (1 major, 2
 * minor)`, or `no change`.
 */
export function summarySentence(differences: readonly FindingDifference[]): string {
  const problems = problemDifferences(differences);
  const parts = changeKinds.flatMap((change) => {
    const members = problems.filter((problem) => problem.change === change);
    return members.length > 0 ? [{ change, members }] : [];
  });
  const texts = parts.map(({ change, members }, index) => {
    const noun = members.length === 1 ? 'problem' : 'problems';
    if (change !== 'new') return index === 0 ? `${members.length} ${noun} ${change}` : `${members.length} ${change}`;
    const counts = severityCounts(members);
    return counts.includes(',') || counts.includes('not ')
      ? `${members.length} new ${noun} (${counts})`
      : `${members.length} new ${counts.replace(/^\d+ /, '')} ${noun}`;
  });
  return texts.join(', ') || 'no change';
}
