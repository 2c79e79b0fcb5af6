import { shortTitle } from '../advice/advice';
import { ratingsOf } from '../evaluation/jointView';
import { isAttachment } from '../record/attachments';
import { byCodeUnit } from '../record/canonicalText';
import { textFields } from '../record/findingFields';
import { listFindings } from '../record/listFindings';
import type { ParsedRecord } from '../record/parseRecord';
import { placesOf } from '../record/places';
import type { Finding } from '../record/record';
import { severityOf } from '../record/severity';
import { markdownCode, markdownLine } from '../text/escape';
import { type EvaluationFacts, isPublic, submittedEvaluations } from './evaluationFacts';

/** The most that hosting sites show of a file or comment. Characters. */
export const MAX_CHARACTERS = 60_000;

/** The decision in one sentence. */
export function stateSentence({ state }: Finding): string {
  const who = state.by ? ` by ${state.by}` : '';
  const until = state.until ? ` until ${state.until}` : '';
  const on = state.status === 'fixed' ? state.fixedOn : state.on;
  const when = on && !until ? ` on ${on}` : '';
  const reason = state.reason ? `: ${state.reason}` : '';
  const ceiling = state.upTo !== undefined ? ` (up to ${state.upTo} places)` : '';
  return `${state.status}${who}${until}${when}${ceiling}${reason}`;
}

/** `Severity 3.0 (ana 4, bo 2; raters differ)`, or `Severity 3`, or nothing. Raters differ from a range of 2. */
export function severitySentence(finding: Finding): string | undefined {
  const severity = severityOf(finding);
  if (severity === undefined) return undefined;
  const ratings = Object.entries(finding.ratings ?? {}).sort(([a], [b]) => byCodeUnit(a, b));
  if (ratings.length === 0) return `Severity ${severity}`;
  const differ = ratingsOf(finding).ratersDiffer ? '; raters differ' : '';
  const { consensus } = finding.state;
  const isDecided = consensus !== undefined || finding.state.severity !== undefined;
  const shown = `${isDecided ? severity : severity.toFixed(1)}${consensus ? ' agreed' : ''}`;
  return `Severity ${shown} (${ratings.map(([name, rating]) => `${name} ${rating.severity}`).join(', ')}${differ})`;
}

function block(finding: Finding): string {
  const places = placesOf(finding);
  const facts = [
    stateSentence(finding),
    severitySentence(finding),
    finding.cx?.stage && `Stage: ${finding.cx.stage}`,
    finding.state.owner && `Owner: ${finding.state.owner}`,
    finding.state.seenIn?.length ? `Seen in ${finding.state.seenIn.join(', ')}` : undefined,
    places > 1 ? `${places} places` : undefined,
  ].filter((fact): fact is string => Boolean(fact));
  const attachments = (finding.evidence ?? []).filter(isAttachment);
  return [
    `### ${markdownLine(finding.id)}`,
    `**${markdownLine(shortTitle(finding))}**`,
    '',
    `${facts.map(markdownLine).join('. ')}.`,
    ...textFields.flatMap(({ name, label }) => {
      const text = finding[name];
      return text ? ['', `${label}: ${markdownLine(text)}`] : [];
    }),
    ...attachments.flatMap((path) => ['', `![Evidence for ${markdownLine(finding.id)}](${path})`]),
  ].join('\n');
}

function evaluationBlock({ evaluation, round, counts, unsure, open }: EvaluationFacts): string {
  const { target, checklist, evaluator, state } = evaluation;
  const said = counts.map(({ verdict, n }) => `${n} ${verdict}`).join(', ') || 'no answer';
  const when = `${state.on ? ` on ${state.on}` : ''}${state.commit ? ` at ${state.commit}` : ''}`;
  const who = `by ${evaluator}${round > 1 ? `, round ${round}` : ''}, submitted${when}`;
  const facts = [
    `${markdownCode(checklist)} ${markdownLine(who)}`,
    markdownLine(said),
    ...(unsure.length > 0 ? [markdownLine(`Unsure: ${unsure.join(', ')}`)] : []),
  ];
  return [
    `### ${markdownLine(`${target}, ${evaluator}`)}`,
    '',
    `${facts.join('. ')}.`,
    ...(open.length > 0 ? ['', 'Open problems:', '', ...open.map((id) => `- ${markdownCode(id)}`)] : []),
  ].join('\n');
}

/**
 * The record for readers without the extension: a block for each finding, sorted by id. Has no totals, since they would
 * make branches conflict. All text is inert. Beyond {@link MAX_CHARACTERS} it lists ids alone.
 */
export function findingsMarkdown(parsed: Pick<ParsedRecord, 'record' | 'invalid'>): string {
  const findings = listFindings(parsed)
    .filter(isPublic(parsed.record))
    .sort((a, b) => byCodeUnit(a.id, b.id));
  const head = '# UX findings\n\nWritten by UX Audit from findings.json; edit that, not this.\n';
  const parts = [head];
  let length = head.length;
  let target: string | undefined;
  const left: Finding[] = [];
  for (const finding of findings) {
    if (left.length > 0) {
      left.push(finding); // its text is not made
      continue;
    }
    const heading = finding.target === target ? '' : `## ${markdownLine(finding.target)}\n\n`;
    const text = `${heading}${block(finding)}\n`;
    if (length + text.length > MAX_CHARACTERS) {
      left.push(finding);
      continue;
    }
    parts.push(text);
    length += text.length + 1;
    target = finding.target;
  }
  const evaluations = submittedEvaluations(parsed);
  if (findings.length + evaluations.length === 0) parts.push('Nothing is recorded.\n');
  if (evaluations.length > 0) parts.push(`## Evaluations\n\n${evaluations.map(evaluationBlock).join('\n\n')}\n`);
  if (left.length > 0) {
    parts.push(
      `## Not shown here\n\nThe file has more than fits here; in findings.json are also:\n\n${left
        .slice(0, 200)
        .map(({ id }) => `- ${markdownCode(id)}`)
        .join('\n')}\n`,
    );
  }
  return parts.join('\n');
}
