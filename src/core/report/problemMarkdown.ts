import { adviceFor } from '../advice/advice';
import { isAttachment } from '../record/attachments';
import { placeTexts, textFields } from '../record/findingFields';
import { placesOf } from '../record/places';
import type { Decision, Finding, Occurrence } from '../record/record';
import { saidText } from '../record/saidText';
import { severityText } from '../record/severity';
import { counted } from '../text/counted';
import { dayText } from '../text/days';
import { markdownAlt, markdownCode, markdownHtml, markdownLine } from '../text/escape';
import { fewText } from '../text/firstFew';
import { shortened } from '../text/shortened';
import { toolTitle } from './adviceText';
import { ratersText, stateSentence } from './findingSentences';
import { firstDay, pagesText, type ReportedProblem, severitySign } from './reportProblems';

/** How much a block gives. */
interface Limits {
  /** Places of a page, and pages with their places, texts, decisions or pictures. */
  places: number;
  pages: number;
  /** The longest text of people. Characters. */
  text: number;
}
const full: Limits = { places: 10, pages: 8, text: 3_000 };
const brief: Limits = { places: 3, pages: 3, text: 400 };
/** A block that would be longer is a brief one, so that no problem takes the room of others. Characters. */
const MAX_BLOCK = 15_000;
/** The most ids that a block names, and its longest code. Characters. */
const IDS = 12;
const MAX_CODE = 300;

/** What is said of one problem: what it is, why it matters, what to do, where it is, and what people decided. */
export function problemBlock(problem: ReportedProblem, level: '##' | '###'): string {
  const text = blockOf(problem, level, full);
  return text.length > MAX_BLOCK ? blockOf(problem, level, brief) : text;
}

function blockOf(problem: ReportedProblem, level: '##' | '###', limits: Limits): string {
  const all = [...problem.findings, ...problem.decided];
  const [first] = all;
  if (!first) return '';
  const paragraphs = [
    `${level} ${markdownLine(problem.title)}`,
    factsLine(problem, all),
    ...pictures(problem, all, limits),
    ...(level === '##' ? whatItIs(first) : []), // what people decided about asks for nothing
    ...all.slice(0, limits.pages).flatMap((finding) => told(finding, all.length > 1, limits)),
    ...placeTables(all, limits),
    ...decisions(all, problem.everywhere, limits),
    `<sub>${footLine(first, all)}</sub>`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function factsLine(problem: ReportedProblem, all: readonly Finding[]): string {
  const [first] = problem.findings;
  const raters = first && first.kind !== 'automated' ? ratersText(first) : '';
  const agreed = first?.state.consensus ? 'agreed; ' : '';
  const rated = raters && ` (${markdownLine(`${agreed}${raters}`)})`;
  const since = firstDay(all);
  const owners = [...new Set(all.flatMap(({ state }) => state.owner ?? []))];
  const stages = [...new Set(all.flatMap(({ cx }) => cx?.stage ?? []))];
  const step = first?.where?.step;
  const facts = [
    statusText(all),
    `${pagesText(problem.findings, 3)}${problem.places > 0 ? `, ${counted(problem.places, 'place')}` : ''}`,
    first && saidText(first),
    typeof step === 'string' && step !== '' && `step ${step}`,
    stages.length > 0 && `stage ${stages.join(', ')}`,
    since && `since ${dayText(since)}`,
    owners.length > 0 && `owner ${owners.join(', ')}`,
  ].filter((fact): fact is string => Boolean(fact));
  const severity = `${severitySign(problem.severity)} **${severityText(problem.severity)}**`;
  return [`${severity}${rated}`, ...facts.map(markdownLine)].join(' · ');
}

/** `open`, or `5 open, 2 accepted` where pages differ. */
function statusText(findings: readonly Finding[]): string {
  const counts = [...Map.groupBy(findings, ({ state }) => state.status)];
  if (counts.length === 1) return counts[0]?.[0] ?? '';
  return counts.map(([status, members]) => `${members.length} ${status}`).join(', ');
}

function pictures(problem: ReportedProblem, findings: readonly Finding[], { pages }: Limits): string[] {
  const paths = [...new Set(findings.flatMap(({ evidence = [] }) => evidence.filter(isAttachment)))];
  return paths.slice(0, pages).map((path, index) => {
    const which = paths.length > 1 ? `, picture ${index + 1} of ${paths.length}` : '';
    return `![${markdownAlt(`${problem.title}${which}`)}](${path})`;
  });
}

/** What the tool says of an automated finding, and our advice, whose words are Markdown. */
function whatItIs(finding: Finding): string[] {
  const advice = adviceFor(finding.rule);
  const theirs = toolTitle(finding);
  return [
    ...(theirs ? [markdownLine(shortened(theirs, MAX_CODE))] : []),
    ...(advice
      ? [
          `**Why it matters:** ${advice.why}`,
          `**What to do:**\n\n${advice.steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`,
        ]
      : []),
  ];
}

/** What people said of a finding. */
function told(finding: Finding, namesPage: boolean, limits: Limits): string[] {
  const page = namesPage ? `${finding.target}, ` : '';
  const named = (heading: string, text: string | undefined) =>
    text?.trim()
      ? [`**${markdownLine(`${page}${heading}`)}:** ${markdownLine(shortened(text.trim(), limits.text))}`]
      : [];
  const where = placeTexts(finding.where).map(({ label, text }) => `${label}: ${text}`);
  return [
    ...textFields.flatMap(({ name, heading }) => named(heading, finding[name])),
    ...named('What this means for customers', finding.cx?.impact),
    ...named('Where', where.join('; ')),
  ];
}

/** The places of each page in a table, folded. */
function placeTables(findings: readonly Finding[], limits: Limits): string[] {
  const withPlaces = findings.filter((finding) => placesOf(finding) > 0);
  const shown = withPlaces.slice(0, limits.pages);
  const rest = [...withPlaces.slice(limits.pages), ...findings.filter((finding) => placesOf(finding) === 0)];
  const named = fewText(rest, full.pages, ({ target }) => target);
  return [
    ...shown.map((finding) => placeTable(finding, limits)),
    ...(rest.length > 0 && findings.length > 1
      ? [markdownLine(`${shown.length > 0 ? 'Also on' : 'On'} ${named}.`)]
      : []),
  ];
}

function placeTable(finding: Finding, limits: Limits): string {
  const places = Object.values(finding.occurrences ?? {}).sort((a, b) => Number(!!a.decided) - Number(!!b.decided));
  const number = placesOf(finding);
  const shown = places.slice(0, limits.places);
  const left = number - shown.reduce((sum, { n = 1 }) => sum + n, 0);
  const hasDecision = shown.some(({ decided }) => decided !== undefined);
  const rows = [
    `| Place | Code |${hasDecision ? ' Decision |' : ''}`,
    `| :-- | :-- |${hasDecision ? ' :-- |' : ''}`,
    ...shown.map((place) => `${placeRow(place)}${hasDecision ? ` ${decisionText(place.decided)} |` : ''}`),
    ...(left > 0 ? [`| *${left} more* | |${hasDecision ? ' |' : ''}`] : []),
  ];
  const status = finding.state.status === 'open' ? '' : `, ${finding.state.status}`;
  const summary = markdownHtml(`${finding.target}, ${counted(number, 'place')}${status}`);
  return `<details><summary>${summary}</summary>\n\n${rows.join('\n')}\n\n</details>`;
}

const code = (text: string) => markdownCode(shortened(text, MAX_CODE));

function placeRow({ selector, label, url, snippet, n }: Occurrence): string {
  const names = [
    ...(selector ? [code(selector)] : []),
    ...(url ? [code(url)] : []),
    ...(label ? [markdownLine(shortened(label, MAX_CODE))] : []),
    ...(n ? [`(${n} times)`] : []),
  ];
  return `| ${names.join(' ')} | ${snippet ? code(snippet) : ''} |`;
}

function decisionText(decision: Decision | undefined): string {
  return decision ? markdownLine(shortened(stateSentence({ state: decision }), MAX_CODE)) : '';
}

/** What people decided about findings, each decision once with its pages, and about the rule everywhere. */
function decisions(findings: readonly Finding[], everywhere: Decision | undefined, limits: Limits): string[] {
  const said = findings.filter(({ state }) => state.reason !== undefined || state.by !== undefined);
  const groups = [...Map.groupBy(said, stateSentence)];
  const lines = groups.slice(0, limits.pages).map(([sentence, members]) => {
    const where = members.length < findings.length ? `**${markdownLine(pagesText(members, full.pages))}:** ` : '';
    return `> ${where}${markdownLine(shortened(sentence, limits.text))}`;
  });
  if (groups.length > lines.length) lines.push(`> *${groups.length - lines.length} more decisions*`);
  return [...lines, ...(everywhere ? [`> **Every page, also later ones:** ${decisionText(everywhere)}`] : [])];
}

function footLine(first: Finding, findings: readonly Finding[]): string {
  const { standard, more } = adviceFor(first.rule) ?? {};
  const seen = [...new Set(findings.flatMap(({ state }) => state.seenIn ?? []))];
  const rules = [first.rule, ...(first.alsoBreaks ?? [])];
  return [
    ...[standard, more].flatMap((source) => (source ? [`[${source.name}](${source.url})`] : [])),
    rules.map(markdownCode).join(', '),
    ...(seen.length > 0 ? [markdownLine(`seen in ${seen.join(', ')}`)] : []),
    fewText(findings, IDS, ({ id }) => markdownCode(id)),
  ].join(' · ');
}
