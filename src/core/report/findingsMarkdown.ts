import type { ParsedRecord } from '../record/parseRecord';
import { counted } from '../text/counted';
import { dayText } from '../text/days';
import { markdownCode, markdownLine } from '../text/escape';
import { HeadingAnchors } from '../text/headingAnchors';
import { type EvaluationFacts, submittedEvaluations } from './evaluationFacts';
import { problemBlock } from './problemMarkdown';
import {
  firstDay,
  pagesOf,
  pagesText,
  type ReportedProblem,
  type ReportedProblems,
  reportedProblems,
  severityCounts,
  signedSeverity,
} from './reportProblems';

/** The most that hosting sites show of a file or comment. Characters. */
export const MAX_CHARACTERS = 60_000;

/** How much the table, the list of what is fixed, and the evaluations may take of that. Characters. */
const MAX_TABLE = 12_000;
const MAX_FIXED = 6_000;
const MAX_EVALUATIONS = 10_000;
/** The most open problems that an evaluation names. */
const OPEN = 20;
/** For the title, the totals and what is said of the rest. Characters. */
const RESERVE = 1_500;

type Side = Pick<ParsedRecord, 'record' | 'invalid'>;

const TITLE = 'UX findings';
const DECIDED = 'Accepted, or no problem';
const FIXED = 'Fixed';
const NOTE =
  '<sub>Written by UX Audit from findings.json. Do not edit: changes are made in VS Code or with `ux-audit`.</sub>\n';

/** A record as a file of Markdown, before it is text. */
interface Layout extends ReportedProblems {
  /** The blocks that fit, with the anchors of their headings. */
  blocks: Map<ReportedProblem, { text: string; anchor: string }>;
  /** The open problems of the table. */
  rows: ReportedProblem[];
  /** The anchor of the list of what is fixed, and the problems in it. */
  fixedAnchor: string;
  listedAsFixed: ReportedProblem[];
  /** What stands below the blocks. */
  tail: string;
  left: ReportedProblem[];
}

function layoutOf(parsed: Side): Layout {
  const problems = reportedProblems(parsed);
  const rows = within(problems.open, MAX_TABLE, estimate);
  const listedAsFixed = within(problems.fixed, MAX_FIXED, fixedLine);
  const tail = [fixedList(listedAsFixed, problems.fixed.length), evaluationList(submittedEvaluations(parsed))]
    .filter((text) => text !== '')
    .join('\n');
  const anchors = new HeadingAnchors();
  anchors.anchorOf(TITLE);
  const blocks: Layout['blocks'] = new Map();
  const left: ReportedProblem[] = [];
  const decided = new Set(problems.decided);
  let room = MAX_CHARACTERS - lengthOf(rows.map(estimate)) - tail.length - RESERVE;
  for (const problem of [...problems.open, ...problems.decided]) {
    const text = left.length > 0 ? '' : problemBlock(problem, decided.has(problem) ? '###' : '##');
    if (left.length > 0 || text.length > room) {
      left.push(problem); // what comes after it is less important, so its text is not made
      continue;
    }
    if (problem === problems.decided[0]) anchors.anchorOf(DECIDED);
    blocks.set(problem, { text, anchor: anchors.anchorOf(problem.title) });
    room -= text.length + 1;
  }
  return { ...problems, blocks, rows, left, tail, listedAsFixed, fixedAnchor: anchors.anchorOf(FIXED) };
}

/** A row of the table, with a link that is about as long as it will be. */
const estimate = (one: ReportedProblem) => rowText(one, linked(one.title, `${one.title}-10`));

const lengthOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);

/** The first of some values, as many as fit as lines into so many characters. */
function within<T>(values: readonly T[], most: number, line: (value: T) => string): T[] {
  let length = 0;
  const end = values.findIndex((value) => {
    length += line(value).length + 1;
    return length > most;
  });
  return values.slice(0, end < 0 ? values.length : end);
}

/**
 * The record for readers without the extension: totals, a table of what is open, a block for each problem, the worst
 * first, and what is fixed at the end. All text is inert. Beyond {@link MAX_CHARACTERS} it leaves out what is least
 * important, and says how much.
 */
export function findingsMarkdown(parsed: Side): string {
  const layout = layoutOf(parsed);
  const { open, decided, fixed, blocks, left, tail } = layout;
  const textsOf = (problems: readonly ReportedProblem[]) => problems.flatMap((one) => blocks.get(one)?.text ?? []);
  const settled = textsOf(decided);
  const isEmpty = open.length + decided.length + fixed.length === 0 && tail === '';
  return [
    headText(layout),
    ...(isEmpty ? ['Nothing is recorded.\n'] : []),
    ...(open.length > 0 ? [tableText(layout)] : []),
    ...textsOf(open),
    ...(settled.length > 0 ? [`## ${DECIDED}\n`, ...settled] : []),
    ...(left.length > 0 ? [`*${leftText(left)}*\n`] : []),
    ...(tail === '' ? [] : [tail]),
    NOTE,
  ].join('\n');
}

/**
 * The anchors, without `#`, of the places in findings.md at which findings stand, by their ids. A finding that was left
 * out for its size has none.
 */
export function problemAnchors(parsed: Side): ReadonlyMap<string, string> {
  const { blocks, listedAsFixed, fixedAnchor } = layoutOf(parsed);
  const anchors = new Map<string, string>();
  for (const { findings } of listedAsFixed) for (const { id } of findings) anchors.set(id, fixedAnchor);
  for (const [{ findings, decided }, { anchor }] of blocks) {
    if (anchor === '') continue; // a title of punctuation alone has none
    for (const { id } of [...findings, ...decided]) anchors.set(id, anchor);
  }
  return anchors;
}

function headText({ open, decided, fixed }: ReportedProblems): string {
  const pages = pagesOf(open.flatMap(({ findings }) => findings)).length;
  const totals =
    open.length > 0
      ? `**${counted(open.length, 'problem')} open on ${counted(pages, 'page')}: ${severityCounts(open)}.**`
      : '**No problem is open.**';
  const accepted = [...open.flatMap((one) => one.decided), ...decided.flatMap(({ findings }) => findings)];
  const isAccepted = (status: string) => accepted.filter(({ state }) => state.status === status);
  const ends = isAccepted('accepted')
    .flatMap(({ state }) => state.until ?? [])
    .sort()[0];
  const parts = [
    [isAccepted('accepted').length, 'accepted'] as const,
    [isAccepted('false-positive').length, 'looked at and no problem'] as const,
    [fixed.reduce((sum, { findings }) => sum + findings.length, 0), 'fixed'] as const,
  ].filter(([n]) => n > 0);
  const others = parts.map(([n, words], index) =>
    index === 0 ? `${counted(n, 'finding is', 'findings are')} ${words}` : `${n} ${words}`,
  );
  const end = ends ? ` The first acceptance ends after ${dayText(ends)}.` : '';
  const isEmpty = open.length + parts.length === 0;
  return `# ${TITLE}\n${isEmpty ? '' : `\n${totals}${others.length > 0 ? ` ${others.join(', ')}.` : ''}${end}\n`}`;
}

function tableText({ open, rows, blocks }: Layout): string {
  const lines = rows.map((problem) => rowText(problem, linked(problem.title, blocks.get(problem)?.anchor)));
  const rest = open.slice(rows.length);
  if (rest.length > 0) lines.push(`| | *${rest.length} more: ${severityCounts(rest)}* | | | | |`);
  return `| | Problem | Pages | Places | Since | Owner |\n| :-- | :-- | :-- | --: | :-- | :-- |\n${lines.join('\n')}\n`;
}

function linked(title: string, anchor: string | undefined): string {
  return anchor ? `[${markdownLine(title)}](#${anchor})` : markdownLine(title);
}

function rowText({ severity, findings, places }: ReportedProblem, title: string): string {
  const since = firstDay(findings);
  const owners = [...new Set(findings.flatMap(({ state }) => state.owner ?? []))];
  const cells = [
    spaced(signedSeverity(severity)),
    title,
    markdownLine(pagesText(findings, 2)),
    places > 0 ? String(places) : '',
    since ? spaced(dayText(since)) : '',
    markdownLine(owners.join(', ')),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Our own short text, on one line of a narrow cell. */
function spaced(text: string): string {
  return text.replaceAll(' ', '&nbsp;');
}

function leftText(left: readonly ReportedProblem[]): string {
  const are = counted(left.length, 'more problem does not fit here', 'more problems do not fit here');
  return `${are} (${severityCounts(left)}); findings.json has them.`;
}

function fixedLine({ title, findings, places }: ReportedProblem): string {
  const days = findings.flatMap(({ state }) => state.fixedOn ?? state.on ?? []).sort();
  const last = days.at(-1);
  const where = `${pagesText(findings, 3)}${places > 0 ? `, ${counted(places, 'place')}` : ''}`;
  return `- ~~${markdownLine(title)}~~, ${markdownLine(where)}${last ? ` · ${dayText(last)}` : ''}`;
}

function fixedList(listed: readonly ReportedProblem[], all: number): string {
  if (all === 0) return '';
  const more = all > listed.length ? [`- *${all - listed.length} more*`] : [];
  return `## ${FIXED}\n\n${[...listed.map(fixedLine), ...more].join('\n')}\n`;
}

function evaluationList(evaluations: readonly EvaluationFacts[]): string {
  if (evaluations.length === 0) return '';
  const blocks = within(evaluations.map(evaluationBlock), MAX_EVALUATIONS, (block) => block);
  if (evaluations.length > blocks.length) blocks.push(`*${evaluations.length - blocks.length} more*`);
  return `## Evaluations\n\n${blocks.join('\n\n')}\n`;
}

function evaluationBlock({ evaluation, round, counts, unsure, open }: EvaluationFacts): string {
  const { target, checklist, evaluator, state } = evaluation;
  const said = counts.map(({ verdict, n }) => `${n} ${verdict}`).join(', ') || 'no answer';
  const who = `by ${evaluator}${round > 1 ? `, round ${round}` : ''}, submitted${state.on ? ` on ${state.on}` : ''}`;
  const commit = state.commit ? ` at ${markdownCode(state.commit)}` : '';
  const facts = [
    `${markdownCode(checklist)} ${markdownLine(who)}${commit}`,
    markdownLine(said),
    ...(unsure.length > 0 ? [markdownLine(`Unsure: ${unsure.join(', ')}`)] : []),
  ];
  const items = open.slice(0, OPEN).map((id) => `- ${markdownCode(id)}`);
  if (open.length > OPEN) items.push(`- *${open.length - OPEN} more*`);
  return [
    `### ${markdownLine(`${target}, ${evaluator}`)}`,
    '',
    `${facts.join('. ')}.`,
    ...(items.length > 0 ? ['', 'Open problems:', '', ...items] : []),
  ].join('\n');
}
