import { adviceFor } from '../advice/advice';
import { counted } from '../text/counted';
import { markdownCode, markdownLine } from '../text/escape';
import { fewText, firstFew } from '../text/firstFew';
import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';
import type { EvaluationFacts } from './evaluationFacts';
import { type FindingDifference, type ProblemDifference, problemDifferences, summarySentence } from './recordDiff';
import { pagesText, signedSeverity } from './reportProblems';

/** Where problems stand in findings.md. */
export interface ProblemLinks {
  /** The address of the file, such as `ux-audit/findings.md`. */
  file: string;
  /** Anchors by the ids of findings, as `problemAnchors` gives them. */
  anchors: ReadonlyMap<string, string>;
}

/** How many rows, fixed problems, evaluations and ids of a problem are shown, so that all are less than 40 lines. */
const ROWS = 18;
const FIXED = 10;
const EVALUATIONS = 6;
const IDS = 3;
/** The most that is folded. Characters. */
const MAX_FOLDED = 40_000;
/** The longest title and the longest sentence of a row. Characters. */
const MAX_TITLE = 120;
const MAX_DETAIL = 300;

/**
 * A summary for a pull request: totals, a table of the problems that got worse or were decided, the worst first, and
 * below it what is fixed. What does not fit into 40 lines is folded.
 * @param notes sentences that the reader must know, such as that the base has no record
 * @param links where to read on; without it nothing is a link
 */
export function diffMarkdown(
  differences: readonly FindingDifference[],
  evaluations: readonly EvaluationFacts[] = [],
  notes: readonly string[] = [],
  links?: ProblemLinks,
): string {
  const problems = problemDifferences(differences);
  const isGone = ({ change }: ProblemDifference) => change === 'fixed' || change === 'removed';
  const row = (problem: ProblemDifference) => rowMarkdown(problem, links);
  const rows = problems.filter((problem) => !isGone(problem)).map(row);
  const [fixed, removed] = (['fixed', 'removed'] as const).map((change) =>
    problems.filter((one) => one.change === change),
  );
  const head = '| | Problem | Where | What |\n| :-- | :-- | :-- | :-- |';
  const blocks = [
    `### UX audit: ${summarySentence(differences)}`,
    ...notes.map(markdownLine),
    ...(rows.length > 0 ? [[head, ...rows.slice(0, ROWS)].join('\n')] : []),
    ...goneMarkdown('Fixed', fixed ?? [], links),
    ...goneMarkdown('Removed from the record', removed ?? [], links),
    ...evaluationsMarkdown(evaluations),
    ...folded(head, rows.slice(ROWS)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function rowMarkdown(problem: ProblemDifference, links: ProblemLinks | undefined): string {
  const { change, severity, differences, places } = problem;
  const steps = adviceFor(problem.problem)?.steps;
  const remedy = change !== 'decided' && steps?.[0];
  const what = [
    ...details(problem).map((text) => markdownLine(shortened(text, MAX_DETAIL))),
    ...(change === 'new' && places > 0 ? [counted(places, 'place')] : []),
    ...(remedy ? [`*${remedy}*`] : []),
  ];
  const cells = [
    `**${change}**<br>${signedSeverity(severity).replaceAll(' ', '&nbsp;')}`,
    `${titleMarkdown(problem, links)}<br>${idsMarkdown(differences)}`,
    markdownLine(pagesText(differences, 3)),
    what.join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What is different, once for all pages where that is the same. */
function details({ differences }: ProblemDifference): string[] {
  const groups = Map.groupBy(
    differences.filter(({ detail }) => detail !== ''),
    ({ detail }) => detail,
  );
  const texts = [...groups].map(([detail, members]) =>
    members.length === differences.length ? detail : `${pagesText(members, 3)}: ${detail}`,
  );
  return firstFew(texts, texts.length > 4 ? 3 : 4);
}

function titleMarkdown({ title, differences }: ProblemDifference, links: ProblemLinks | undefined): string {
  const text = markdownLine(shortened(inertLine(title), MAX_TITLE));
  const anchor = differences.map(({ id }) => links?.anchors.get(id)).find((one) => one !== undefined);
  return links && anchor ? `[${text}](${encodeURI(links.file)}#${anchor})` : text;
}

function idsMarkdown(differences: readonly FindingDifference[]): string {
  return fewText(differences, IDS, ({ id }) => markdownCode(id));
}

function goneMarkdown(what: string, problems: readonly ProblemDifference[], links: ProblemLinks | undefined): string[] {
  if (problems.length === 0) return [];
  const named = fewText(problems, FIXED, (problem) => {
    const many = problem.places > 0 ? `, ${counted(problem.places, 'place')}` : '';
    const where = `${pagesText(problem.differences, 2)}${many}`;
    return `~~${titleMarkdown(problem, links)}~~ \\(${markdownLine(where)}\\)`;
  });
  return [`**${what}:** ${named}`];
}

function evaluationsMarkdown(evaluations: readonly EvaluationFacts[]): string[] {
  if (evaluations.length === 0) return [];
  const lines = evaluations.slice(0, EVALUATIONS).map((facts) => {
    const { checklist, who, said } = evaluationParts(facts);
    return `- ${markdownLine(who)} with ${markdownCode(checklist)}: ${markdownLine(said)}`;
  });
  if (evaluations.length > EVALUATIONS) lines.push(`- and ${evaluations.length - EVALUATIONS} more`);
  return ['Evaluations submitted:', lines.join('\n')];
}

function folded(head: string, rows: readonly string[]): string[] {
  if (rows.length === 0) return [];
  let room = MAX_FOLDED;
  const end = rows.findIndex((row) => {
    room -= row.length + 1;
    return room < 0;
  });
  const shown = rows.slice(0, end < 0 ? rows.length : end);
  const left = rows.length - shown.length;
  const more = left > 0 ? [`| | *${left} more*: \`ux-audit diff --all\` | | |`] : [];
  return [`<details>\n<summary>${rows.length} more</summary>`, [head, ...shown, ...more].join('\n'), '</details>'];
}

/** `checkout, by ana on 2026-11-22`, `7 pass, 2 fail; 1 open problem`, in parts that the caller escapes. */
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

/** The same for a terminal; `all` shows the rest as well. */
export function diffText(
  differences: readonly FindingDifference[],
  evaluations: readonly EvaluationFacts[] = [],
  all = false,
): string {
  const lines = [`UX audit: ${summarySentence(differences)}`];
  const problems = problemDifferences(differences);
  const shown = all ? problems : problems.slice(0, 15);
  for (const problem of shown) {
    const { change, title, severity, differences: members, places } = problem;
    const where = `${pagesText(members, 3)}${places > 0 ? `, ${counted(places, 'place')}` : ''}`;
    lines.push(
      `${change.padEnd(9)} ${signedSeverity(severity)}  ${inertLine(title)} · ${where}`,
      ...(all ? members : members.slice(0, IDS)).map(({ id }) => `             ${inertLine(id)}`),
      ...(!all && members.length > IDS ? [`             and ${members.length - IDS} more`] : []),
      ...details(problem).map((text) => `             ${inertLine(text)}`),
    );
  }
  if (shown.length < problems.length) lines.push(`… and ${problems.length - shown.length} more (--all shows them)`);
  for (const facts of all ? evaluations : evaluations.slice(0, 5)) {
    const { checklist, who, said } = evaluationParts(facts);
    lines.push(`evaluated    ${inertLine(who)} with ${inertLine(checklist)}: ${inertLine(said)}`);
  }
  const more = all ? 0 : evaluations.length - 5;
  if (more > 0) lines.push(`… and ${more} more evaluations (--all shows them)`);
  return lines.join('\n');
}
