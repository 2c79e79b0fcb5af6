import { type FindingDifference, type ProblemDifference, problemDifferences } from '../report/recordDiff';
import { signedSeverity } from '../report/reportProblems';
import { counted } from '../text/counted';
import { markdownAlt, markdownCode, markdownLine } from '../text/escape';
import { firstFew } from '../text/firstFew';
import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';
import { numbersTable } from './numbersTable';
import { type CodeLine, changedRows, type GateReason, type Review, type ReviewedPage } from './review';
import { auditedText, countText, headline, rangeText } from './sentences';
import { signedValue } from './words';

/** Where what a comment names can be read. */
export interface CommentLinks {
  /** The address of the findings for readers, `…/blob/4be71d0/ux-audit/findings.md`, encoded; without it, no link. */
  findings?: string | undefined;
  /** Anchors in it by the ids of findings. */
  anchors: ReadonlyMap<string, string>;
  /** The commit after, as the host's pages name it, so that a comment of an earlier push is known as such. */
  commit?: string | undefined;
  /** The address of a line of the version after; undefined where the host shows none. */
  line?: ((file: string, line: number) => string) | undefined;
  /** The address of the bytes of a picture of the version after; undefined where the host gives none. */
  picture?: ((file: string) => string) | undefined;
}

/**
 * So that all are at most 40 lines, with the hidden mark of a delivery: rows of pages, of numbers, reasons, problems
 * in a cell, and pictures.
 */
const PAGES = 4;
const REASONS = 3;
const IN_CELL = 3;
const PICTURES = 2;
const MAX_TITLE = 80;

/**
 * The review of a change as one comment of at most 40 lines: the verdict, what has to be fixed and where, a table of
 * the pages that changed, and the numbers folded. All text of pages and people is inert.
 */
export function reviewComment(review: Review, links: CommentLinks): string {
  const { pages, gate } = review;
  const problems = problemDifferences(review.differences);
  const { rows, quiet } = pageRows(review, problems, links);
  const start = gate.length > 0 ? undefined : startHere(review, problems, links);
  const outcome = gate.length > 0 ? `fails, ${counted(gate.length, 'blocker')}` : 'passes';
  const compared = pages.filter(({ rows: measured }) => measured.length > 0);
  const blocks = [
    `### UX Audit ${outcome}: ${markdownLine(headline(review))}`,
    ...(gate.length > 0 ? [`**Fix before merging** (nothing else blocks):\n${reasonList(review, links)}`] : []),
    ...(start === undefined ? [] : [`**Start here:** ${start}`]),
    comparedText(review, links, rows.length > 0 ? quiet : 0) + onlyText(review) + openText(review) + untoldText(review),
    ...(rows.length > 0 ? [rows.join('\n')] : []),
    ...decidedList(problems),
    ...(compared.length > 0 ? [numbersTable(review, compared)] : []),
    ...pictures(review, problems, links),
    foot(links),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function reasonList(review: Review, links: CommentLinks): string {
  const { gate } = review;
  const reasons = firstFew(gate, REASONS, (reason) => {
    const text = markdownLine(shortened(inertLine(reason.text), 200));
    return [text, ...whereOf(reason, review, links)].join(' · ');
  });
  return reasons.map((text, index) => `${index + 1}. ${text}`).join('\n');
}

/** What was audited, where not everything was, in the line of what was compared. */
function onlyText(review: Review): string {
  const text = auditedText(review);
  return text === '' ? '' : ` ${markdownLine(inertLine(text))}`;
}

/** The budgets that the runs leave open, in the line of what was compared. */
function openText({ openBudgets }: Review): string {
  if (openBudgets.length === 0) return '';
  const named = firstFew(openBudgets, REASONS, (text) => markdownLine(shortened(inertLine(text), 200)));
  return ` **Budgets not judged:** ${named.join('; ')}.`;
}

/** What the runs could not measure, and a record that could not be read, in the line of what was compared. */
function untoldText({ notMeasured, unread, base }: Review): string {
  const record =
    unread === undefined
      ? ''
      : ` **The record of ${markdownCode(base.name)} could not be read:** ${markdownLine(inertLine(unread))}`;
  if (notMeasured.length === 0) return record;
  const named = firstFew(notMeasured, REASONS, (text) => markdownLine(shortened(inertLine(text), 200)));
  return `${record} **Not measured:** ${named.join('; ')}.`;
}

/** Where a reason is acted on: the line of code and the finding, or what a slower page loads now. */
function whereOf({ finding, rule, target }: GateReason, review: Review, links: CommentLinks): string[] {
  if (finding !== undefined) return [...codeLink(finding, review, links), ...anchorLink('Why and how', finding, links)];
  const page = rule === 'worse' ? review.pages.find((one) => one.target === target) : undefined;
  return page ? newRequest(page, links) : [];
}

/** What only the version after loads, one with a known tag first: `now loads /logos.js (index.html:12) and 2 more`. */
function newRequest({ newRequests, askedAt }: ReviewedPage, links: CommentLinks): string[] {
  const first = newRequests.find((request) => askedAt?.has(request)) ?? newRequests[0];
  if (first === undefined) return [];
  const at = askedAt?.get(first);
  const where = at ? ` (${lineLink(at, links)})` : '';
  const more = newRequests.length > 1 ? ` and ${newRequests.length - 1} more` : '';
  return [`now loads ${markdownCode(shortened(inertLine(first), MAX_TITLE))}${where}${more}`];
}

function comparedText({ pages, base }: Review, { commit }: CommentLinks, quiet: number): string {
  const short = (sha: string) => markdownCode(sha.slice(0, 7));
  const at = base.commit === undefined ? '' : ` at ${short(base.commit)}`;
  const of = commit === undefined ? '' : ` of ${short(commit)}`;
  const others = quiet > 0 ? `; no change shown on ${quiet} of them` : '';
  return `${countText(pages) || 'No page'}${of} compared with ${markdownCode(base.name)}${at}${others}.`;
}

const columns = ['New', 'Fixed', 'Worse', 'Better', 'Cannot&nbsp;tell'];

/** One row a page that changed, what got worse first; and how many others there are. */
function pageRows(
  review: Review,
  problems: readonly ProblemDifference[],
  links: CommentLinks,
): { rows: string[]; quiet: number } {
  const names = [
    ...new Set([...review.differences.map(({ target }) => target), ...review.pages.map(({ target }) => target)]),
  ];
  const all = names.map((target) => {
    const of = review.pages.filter((page) => page.target === target);
    const added = cellOf(
      problems,
      target,
      (change) => change === 'new' || change === 'worse' || change === 'reopened',
      review,
      links,
    );
    const fixed = cellOf(problems, target, (change) => change === 'fixed', review, links);
    const numbersOf = (verdict: 'worse' | 'better') => of.flatMap((page) => numberCell(page, verdict, of.length > 1));
    const why = of.flatMap(({ incomparable, error }) => error?.what ?? incomparable ?? []);
    const open = of.flatMap((page) => unknownCell(page, of.length > 1));
    const cells = [added, fixed, numbersOf('worse'), numbersOf('better'), [...why.map(incomparableText), ...open]];
    return { target, cells, rank: cells.map((cell) => cell.length) };
  });
  const isQuiet = ({ rank }: (typeof all)[number]) => rank.every((count) => count === 0);
  const shown = all.filter((row) => !isQuiet(row)).sort((a, b) => compareRanks(a.rank, b.rank));
  const rest = shown.slice(PAGES).length;
  const quiet = all.length - shown.length;
  if (shown.length === 0) return { rows: [], quiet };
  const filled = columns.filter((_, index) => shown.some(({ cells }) => cells[index]?.length));
  const row = (first: string, texts: readonly string[]) => `| ${[first, ...texts].join(' | ')} |`;
  const rows = [
    row('Page', filled),
    row(
      ':--',
      filled.map(() => ':--'),
    ),
    ...shown.slice(0, PAGES).map(({ target, cells }) =>
      row(
        `**${markdownLine(target)}**`,
        filled.map((name) => cells[columns.indexOf(name)]?.join('<br>') ?? ''),
      ),
    ),
    ...(rest > 0
      ? [
          row(
            counted(rest, 'more page'),
            filled.map(() => ''),
          ),
        ]
      : []),
  ];
  return { rows, quiet };
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const [newA = 0, , worseA = 0] = a;
  const [newB = 0, , worseB = 0] = b;
  return newB + worseB - (newA + worseA);
}

function cellOf(
  problems: readonly ProblemDifference[],
  target: string,
  isWanted: (change: ProblemDifference['change']) => boolean,
  review: Review,
  links: CommentLinks,
): string[] {
  const found = problems.flatMap((problem) => {
    const here = problem.differences.filter((one) => one.target === target);
    return isWanted(problem.change) && here.length > 0 ? [{ problem, here }] : [];
  });
  const texts = found.slice(0, IN_CELL).flatMap(({ problem, here }) => {
    const { change, title } = problem;
    const sign = change === 'fixed' ? '' : `${signedSeverity(problem.severity).replaceAll(' ', '&nbsp;')}: `;
    const word =
      change === 'new' || change === 'fixed'
        ? ''
        : ` (${change}${here[0]?.detail ? `: ${markdownLine(shortened(here[0].detail, MAX_TITLE))}` : ''})`;
    const [id = ''] = here.map((one) => one.id);
    const at = change === 'fixed' ? [] : codeLink(id, review, links);
    return [`${sign}${linked(title, id, links)}${stepsText(here)}${word}`, ...at];
  });
  return found.length > IN_CELL ? [...texts, `${found.length - IN_CELL} more`] : texts;
}

function linked(title: string, id: string, links: CommentLinks): string {
  const text = markdownLine(shortened(inertLine(title), MAX_TITLE));
  return anchorLink(text, id, links)[0] ?? text;
}

function anchorLink(text: string, id: string, { findings, anchors }: CommentLinks): string[] {
  const anchor = anchors.get(id);
  return findings === undefined || anchor === undefined ? [] : [`[${text}](${findings}#${anchor})`];
}

function codeLink(id: string, { lines }: Pick<Review, 'lines'>, links: CommentLinks): string[] {
  const at = lines.get(id);
  if (!at?.isSource) return [];
  return [lineLink(at, links)];
}

function lineLink({ file, line }: CodeLine, links: CommentLinks): string {
  const name = markdownCode(`${file}:${line}`);
  return links.line ? `[${name}](${links.line(file, line)})` : name;
}

/** The steps of a journey in which it is: `, at Pay`. A title that names its step does without. */
function stepsText(here: readonly FindingDifference[]): string {
  const steps = [...new Set(here.flatMap(({ step, title }) => (step && !title.includes(step) ? [step] : [])))];
  return steps.length > 0 ? `, at ${markdownLine(shortened(inertLine(steps.join(', ')), MAX_TITLE))}` : '';
}

function numberCell(page: ReviewedPage, verdict: 'worse' | 'better', isBoth: boolean): string[] {
  const sign = verdict === 'worse' ? '▲' : '●';
  return changedRows(page)
    .filter((row) => row.verdict === verdict)
    .map((row) => {
      const size = signedValue(row.shift ?? 0, row.number.unit).replaceAll(' ', '&nbsp;');
      const range = row.isExact ? '' : `<br>${rangeText(row).replaceAll(' ', '&nbsp;')}`;
      return `${sign} ${markdownLine(row.number.name)}${formFactor(page, isBoth)} **${size}**${range}`;
    });
}

function unknownCell(page: ReviewedPage, isBoth: boolean): string[] {
  const unknown = page.rows.filter(({ verdict }) => verdict === 'unknown');
  const names = unknown.map(({ number }) => markdownLine(number.name)).join(', ');
  const most = unknown.every(({ more }) => more !== undefined)
    ? Math.max(...unknown.map(({ more = 0 }) => more))
    : undefined;
  const told = most === undefined ? [] : [`${counted(most, 'more pair')} of runs would tell`];
  const busy = unknown.length > 0 && unknown.every(({ n }) => n === 0) ? ['other programs disturbed all runs'] : told;
  return unknown.length > 0 ? [`? ${names}${formFactor(page, isBoth)}`, ...busy] : [];
}

function formFactor({ formFactor: of }: ReviewedPage, isBoth: boolean): string {
  return isBoth ? ` (${of})` : '';
}

function incomparableText(why: string): string {
  return `not comparable: ${markdownLine(shortened(inertLine(why), 160))}`;
}

/** The first thing to look at: a new problem with its line, else what a slower page now loads. */
function startHere(review: Review, problems: readonly ProblemDifference[], links: CommentLinks): string | undefined {
  const slower = review.pages.find((page) => changedRows(page).some(({ verdict }) => verdict === 'worse'));
  const [added] = slower ? newRequest(slower, links) : [];
  if (slower && added !== undefined) {
    const names = changedRows(slower)
      .filter(({ verdict }) => verdict === 'worse')
      .map(({ number }) => markdownLine(number.name));
    return `${markdownLine(slower.target)} ${added}, and its ${names.join(', ')} got worse.`;
  }
  const problem = problems.find(({ change }) => change === 'new' || change === 'worse' || change === 'reopened');
  const [id] = problem?.differences.map((one) => one.id) ?? [];
  if (!problem || id === undefined) return undefined;
  const [at] = codeLink(id, review, links);
  return `${signedSeverity(problem.severity)}: ${linked(problem.title, id, links)}${at ? ` in ${at}` : ''}.`;
}

/** What people decided, with their reasons. */
function decidedList(problems: readonly ProblemDifference[]): string[] {
  const decided = problems.filter(({ change }) => change === 'decided');
  if (decided.length === 0) return [];
  const texts = firstFew(decided, IN_CELL, ({ title, differences }) => {
    const detail = differences[0]?.detail ?? '';
    const pages = [...new Set(differences.map(({ target }) => target))];
    const where = pages.length > IN_CELL ? counted(pages.length, 'page') : pages.join(', ');
    const what = markdownLine(`${shortened(inertLine(title), MAX_TITLE)} (${where})`);
    return `${what}: ${markdownLine(shortened(inertLine(detail), 200))}`;
  });
  return [`**Decided:** ${texts.join('; ')}`];
}

/** Pictures of what has to be fixed and of what is new, folded. */
function pictures({ gate, pictures: known }: Review, problems: readonly ProblemDifference[], links: CommentLinks) {
  const { picture } = links;
  const added = problems.filter(({ change }) => change === 'new').flatMap(({ differences }) => differences);
  const named = [
    ...gate.flatMap(({ finding, text }) => (finding ? [[finding, text] as const] : [])),
    ...added.map(({ id, title }) => [id, title] as const),
  ];
  const shown = [...new Map(named.toReversed()).entries()].toReversed().flatMap(([id, text]) => {
    const file = known.get(id);
    return file === undefined || !picture
      ? []
      : [`![${markdownAlt(shortened(inertLine(text), 200))}](${picture(file)})`];
  });
  if (shown.length === 0) return [];
  const all = shown.length > PICTURES ? `, ${PICTURES} of ${shown.length}` : '';
  return [`<details><summary>Pictures${all}</summary>\n\n${shown.slice(0, PICTURES).join(' ')}\n</details>`];
}

function foot({ findings }: CommentLinks): string {
  const all = findings === undefined ? '' : ` [All findings](${findings}).`;
  const how = `Accept it with a reason, in VS Code or with ${markdownCode('ux-audit findings accept')}`;
  return `<sub>A finding is no problem? ${how}; the next push does not fail for it.${all}</sub>`;
}
