import { hiddenFindings } from '../evaluation/visibility';
import { listFindings } from '../record/listFindings';
import { sameJson } from '../record/mergeRecords';
import type { ParsedRecord } from '../record/parseRecord';
import { placesOf } from '../record/places';
import type { Finding } from '../record/record';
import { severityOf } from '../record/severity';
import { markdownCode, markdownLine } from '../text/escape';
import { inertLine } from '../text/inertText';
import { type EvaluationFacts, submittedEvaluations } from './evaluationFacts';
import { stateSentence } from './findingSentences';

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
  /** What is different, in words. */
  detail: string;
}

type Side = Pick<ParsedRecord, 'record' | 'invalid'>;

/**
 * The differences between two states of the record that matter to a reader. Leaves out findings of drafts.
 */
export function diffRecords(before: Side, after: Side): FindingDifference[] {
  const old = new Map(listFindings(before).map((finding) => [finding.id, finding]));
  const drafts = hiddenFindings(after.record);
  for (const id of drafts) {
    for (const one of [id, ...(after.record.findings[id]?.formerIds ?? [])]) old.delete(one);
  }
  const now = listFindings(after).filter(({ id }) => !drafts.has(id));
  const found: FindingDifference[] = [];
  const add = (finding: Finding, change: ChangeKind, detail: string) => {
    const severity = severityOf(finding);
    found.push({
      id: finding.id,
      change,
      target: finding.target,
      title: finding.title,
      ...(severity !== undefined && { severity }),
      ...(finding.cx?.stage !== undefined && { stage: finding.cx.stage }),
      detail,
    });
  };
  for (const finding of now) {
    const former =
      old.get(finding.id) ?? finding.formerIds?.map((id) => old.get(id)).find((other) => other !== undefined);
    old.delete(finding.id);
    for (const id of finding.formerIds ?? []) old.delete(id);
    if (!former) {
      if (finding.state.status !== 'fixed')
        add(finding, 'new', finding.state.status === 'open' ? '' : stateSentence(finding));
      continue;
    }
    const { status } = finding.state;
    if (status !== former.state.status || decisionChanged(former, finding)) {
      if (status === 'reopened') add(finding, 'reopened', stateSentence(finding));
      else if (status === 'fixed') add(finding, 'fixed', stateSentence(finding));
      else if (status === 'accepted' || status === 'false-positive') add(finding, 'decided', stateSentence(finding));
      else add(finding, 'decided', stateSentence(finding));
      continue;
    }
    if (status === 'fixed') continue;
    const [was, is] = [severityOf(former), severityOf(finding)];
    const [few, many] = [placesOf(former), placesOf(finding)];
    const seen = (finding.state.seenIn ?? []).filter((place) => !former.state.seenIn?.includes(place));
    if (is !== undefined && was !== undefined && is > was)
      add(finding, 'worse', `severity ${round(was)} to ${round(is)}`);
    else if (many > few) add(finding, 'worse', `${few} to ${many} places`);
    else if (seen.length > 0) add(finding, 'worse', `now also in ${seen.join(', ')}`);
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

/** `checkout, nielsen-10@1 by ana on 2026-11-22: 7 pass, 2 fail`, in parts that the caller escapes. */
function evaluationParts({ evaluation, round: number, counts, open }: EvaluationFacts) {
  const { target, checklist, evaluator, state } = evaluation;
  return {
    checklist,
    who: `${target}, by ${evaluator}${number > 1 ? `, round ${number}` : ''}${state.on ? ` on ${state.on}` : ''}`,
    said: [
      counts.map(({ verdict, n }) => `${n} ${verdict}`).join(', ') || 'no answer',
      `${open.length} open ${open.length === 1 ? 'problem' : 'problems'}`,
    ].join('; '),
  };
}

const decision = ['by', 'on', 'reason', 'until', 'upTo'] as const;

function decisionChanged(before: Finding, after: Finding): boolean {
  return decision.some((field) => !sameJson(before.state[field], after.state[field]));
}

function round(value: number): string {
  return String(Number(value.toFixed(1)));
}

const words: Record<ChangeKind, string> = {
  new: 'new',
  worse: 'worse',
  reopened: 'reopened',
  fixed: 'fixed',
  decided: 'decided',
  removed: 'removed',
};

/** `1 new, 2 fixed, 1 decided`, or `no change`. */
export function diffTotals(differences: readonly FindingDifference[]): string {
  const parts = changeKinds.flatMap((change) => {
    const count = differences.filter((difference) => difference.change === change).length;
    return count > 0 ? [`${count} ${words[change]}`] : [];
  });
  return parts.join(', ') || 'no change';
}

/** The targets of the changes, with their stages: `checkout (purchase), home`. */
function places(differences: readonly FindingDifference[]): string {
  const byTarget = new Map<string, Set<string>>();
  for (const { target, stage } of differences) {
    const stages = byTarget.get(target) ?? new Set();
    if (stage) stages.add(stage);
    byTarget.set(target, stages);
  }
  return [...byTarget]
    .map(([target, stages]) => (stages.size > 0 ? `${target} (${[...stages].join(', ')})` : target))
    .join(', ');
}

/** How many rows to show before the rest is folded. */
const SHOWN = 20;

/**
 * A summary for a pull request: totals and stages, a table of the most severe changes, the rest folded.
 * @param notes sentences that the reader must know, such as that the base has no record
 */
export function diffMarkdown(
  differences: readonly FindingDifference[],
  evaluations: readonly EvaluationFacts[] = [],
  notes: readonly string[] = [],
): string {
  const noted = notes.map((note) => `\n${markdownLine(note)}\n`).join('');
  const evaluated = evaluations.slice(0, SHOWN).map((facts) => {
    const { checklist, who, said } = evaluationParts(facts);
    return `- ${markdownLine(who)} with ${markdownCode(checklist)}: ${markdownLine(said)}`;
  });
  if (evaluations.length > SHOWN) evaluated.push(`- and ${evaluations.length - SHOWN} more`);
  const submitted = evaluated.length > 0 ? `\nEvaluations submitted:\n\n${evaluated.join('\n')}\n` : '';
  if (differences.length === 0) return `### UX audit: no change\n${noted}${submitted}`;
  const row = ({ change, target, title, severity, detail }: FindingDifference) =>
    `| ${words[change]} | ${markdownLine(target)} | ` +
    `${markdownLine(title)}${detail ? `<br>${markdownLine(detail)}` : ''} | ` +
    `${severity === undefined ? '–' : round(severity)} |`;
  const head = '| | page | what | severity |\n| --- | --- | --- | --- |';
  const where = places(differences);
  const lines = [
    `### UX audit: ${diffTotals(differences)}`,
    '',
    ...(where.length < 300 ? [`In ${markdownLine(where)}.`, ''] : []),
    head,
    ...differences.slice(0, SHOWN).map(row),
  ];
  const rest = differences.slice(SHOWN);
  if (rest.length > 0)
    lines.push('', '<details>', `<summary>${rest.length} more</summary>`, '', head, ...rest.map(row), '', '</details>');
  return `${lines.join('\n')}\n${noted}${submitted}`;
}

/** The same for a terminal; `all` shows the rest as well. */
export function diffText(
  differences: readonly FindingDifference[],
  evaluations: readonly EvaluationFacts[] = [],
  all = false,
): string {
  const lines = [`UX audit: ${diffTotals(differences)}`];
  const shown = all ? differences : differences.slice(0, 15);
  for (const { change, id, title, severity, detail } of shown) {
    lines.push(
      `${words[change].padEnd(9)} ${severity === undefined ? '–' : round(severity)}  ${inertLine(title)}`,
      `             ${inertLine(id)}${detail ? `: ${inertLine(detail)}` : ''}`,
    );
  }
  if (shown.length < differences.length)
    lines.push(`… and ${differences.length - shown.length} more (--all shows them)`);
  for (const facts of all ? evaluations : evaluations.slice(0, 5)) {
    const { checklist, who, said } = evaluationParts(facts);
    lines.push(`evaluated    ${inertLine(who)} with ${inertLine(checklist)}: ${inertLine(said)}`);
  }
  if (!all && evaluations.length > 5) lines.push(`… and ${evaluations.length - 5} more evaluations (--all shows them)`);
  return lines.join('\n');
}
