import type { JourneyView } from '../journey/journeyView';
import { byCodeUnit } from '../record/canonicalText';
import { addressOfTarget, addressText } from '../record/pageAddress';
import type { ParsedRecord } from '../record/parseRecord';
import type { Target } from '../record/record';
import { type Html, html, rawHtml } from '../text/html';
import { type EvaluationFacts, submittedEvaluations } from './evaluationFacts';
import { journeyHtml } from './htmlJourney';
import { htmlPage } from './htmlPage';
import { type Attachments, count, problemHtml, severities, stepOf } from './htmlProblem';
import { style } from './htmlReportStyle';
import { pagesOf, pagesText, type ReportedProblem, type ReportedProblems, reportedProblems } from './reportProblems';

/** What a report needs besides the record. */
export interface HtmlReportOptions {
  title: string;
  /** The day it is made, YYYY-MM-DD. */
  madeOn: string;
  attachments: Attachments;
  /** What may be said of the journeys. */
  journeys?: readonly JourneyView[];
}

/** The addresses of a page; web addresses are links. */
function addresses(target: Target | undefined): Html | undefined {
  const address = target && addressOfTarget(target);
  const links = Object.entries(target?.origins ?? {}).flatMap(([environment, origin]) => {
    const url = URL.parse(`${origin}${address ? addressText(address) : '/'}`);
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return [];
    return [html`<li>${environment}: <a href="${url.href}" rel="noopener noreferrer">${url.href}</a></li>`];
  });
  if (links.length > 0) return html`<ul class="addresses">${links}</ul>`;
  return address && html`<p><code>${addressText(address)}</code></p>`;
}

type Cell = Html | string;

/** @param texts how many columns after the first are text; the others are numbers */
function table(
  caption: string,
  [first = '', ...heads]: readonly string[],
  rows: readonly (readonly Cell[])[],
  texts = 0,
): Html {
  const kind = (index: number) => rawHtml(index < texts ? '' : ' class="number"');
  const row = ([name = '', ...cells]: readonly Cell[]) =>
    html`<tr><th scope="row">${name}</th>${cells.map((cell, index) => html`<td${kind(index)}>${cell}</td>`)}</tr>`;
  const head = heads.map((text, index) => html`<th scope="col"${kind(index)}>${text}</th>`);
  return html`
<table><caption>${caption}</caption>
<thead><tr><th scope="col">${first}</th>${head}</tr></thead><tbody>${rows.map(row)}</tbody></table>`;
}

function evaluationsHtml(evaluations: readonly EvaluationFacts[]): Html {
  const items = evaluations.map(({ evaluation, round, counts, unsure, open }) => {
    const { target, checklist, evaluator, state } = evaluation;
    const later = round > 1 ? `, round ${round}` : '';
    const who = `with ${checklist} by ${evaluator}${later}${state.on ? ` on ${state.on}` : ''}`;
    const said = [
      counts.map(({ verdict, n }) => `${n} ${verdict}`).join(', ') || 'no answer',
      unsure.length > 0 && `unsure about ${unsure.join(', ')}`,
      `${count(open.length, 'problem is', 'problems are')} open`,
    ].filter(Boolean);
    return html`<li><strong dir="auto">${target}</strong> ${who}: ${said.join('; ')}.</li>`;
  });
  return html`
<section aria-labelledby="evaluations"><h2 id="evaluations">Evaluations by people</h2>
<p>Checklists that people walked and submitted:</p>
<ul>${items}</ul>
</section>`;
}

function leadText({ open, decided, fixed }: ReportedProblems): string {
  const settled = decided.length + fixed.length;
  if (open.length + settled === 0) return 'Nothing is recorded yet.';
  if (open.length === 0)
    return `No problem is open. ${count(settled, 'problem is', 'problems are')} solved or decided.`;
  const urgent = open.filter(({ severity }) => stepOf(severity) >= 3).length;
  const number = urgent === 0 ? 'none' : urgent;
  const are = count(open.length, 'problem is', 'problems are');
  return `${are} open; ${number} of them ${urgent === 1 ? 'is' : 'are'} major or worse.`;
}

/** The id of an open problem's part of the page. @param index in the order of the report */
const idOf = (index: number) => `problem-${index + 1}`;

function summaryTables(problems: ReportedProblems, pages: readonly string[]): Html {
  const { open } = problems;
  const severityRows = [4, 3, 2, 1, 0, -1].flatMap((value) => {
    const n = open.filter(({ severity }) => stepOf(severity) === value).length;
    if (value <= 0 && n === 0) return [];
    const known = severities[value];
    const name = known ? html`${known.word} <span class="quiet">– ${known.meaning}</span>` : 'Not rated yet';
    return [[name, String(n)]];
  });
  const has = (page: string) => (one: ReportedProblem) => one.findings.some(({ target }) => target === page);
  const pageRows = pages.map((page, index): Cell[] => {
    const here = open.filter(has(page));
    const worst = severities[Math.max(-1, ...here.map(({ severity }) => stepOf(severity)))]?.word ?? 'Not rated yet';
    const decidedHere = open.filter(({ decided }) => decided.some(({ target }) => target === page));
    const settled = [...problems.decided, ...problems.fixed].filter(has(page)).length + decidedHere.length;
    const link = html`<a href="#page-${index + 1}">${page}</a>`;
    return [link, String(here.length), here.length > 0 ? worst : '–', String(settled)];
  });
  const problemRows = open.map((one, index): Cell[] => {
    const link = html`<a href="#${idOf(index)}" dir="auto">${one.title}</a>`;
    return [
      link,
      severities[stepOf(one.severity)]?.word ?? 'Not rated yet',
      pagesText(one.findings, 2),
      String(one.places || ''),
    ];
  });
  const heads = ['Problem', 'Severity', 'Pages', 'Places'];
  return html`<div class="tables">
${table('Open problems by severity', ['Severity', 'Open'], severityRows)}
${table('Problems by page and journey', ['Page or journey', 'Open', 'Worst', 'Solved or decided'], pageRows)}
</div>
${open.length > 0 && table('Open problems, what to look at first first', heads, problemRows, 2)}`;
}

function section(id: string, heading: string, parts: readonly Html[]): Html | undefined {
  if (parts.length === 0) return undefined;
  return html`
<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${parts}
</section>`;
}

function pageHtml(page: string, index: number, target: Target | undefined): Html {
  const steps = target?.steps?.length ? html`<p>Steps: ${target.steps.join(' → ')}</p>` : undefined;
  return html`<h3 id="page-${index + 1}" dir="auto">${page}</h3>${addresses(target)}${steps}`;
}

/**
 * The record as one HTML file for readers who do not write code: what is open, then every problem on all its pages, in
 * the order of findings.md. Nothing in it runs or loads, and all text is inert.
 */
export function recordHtml(
  parsed: Pick<ParsedRecord, 'record' | 'invalid'>,
  { title, madeOn, attachments, journeys = [] }: HtmlReportOptions,
): string {
  const { record, invalid } = parsed;
  const problems = reportedProblems(parsed);
  const { open, decided, fixed } = problems;
  const evaluations = submittedEvaluations(parsed);
  const all = [...open, ...decided, ...fixed];
  const pages = pagesOf(all.flatMap((one) => [...one.findings, ...one.decided])).sort(byCodeUnit);
  const targetOf = (slug: string) =>
    !invalid.has(slug) && Object.hasOwn(record.targets, slug) ? record.targets[slug] : undefined;
  const parts = (of: readonly ReportedProblem[], from: number, isOpen: boolean) =>
    of.map((one, index) => problemHtml(one, attachments, idOf(from + index), isOpen));
  const footer = `Severity follows a scale of five steps, from 0 (not a problem) to 4 (catastrophe). Where several
people rated a problem, what they agreed on counts, or else their mean.`;
  const body = html`<header><h1 dir="auto">${title}</h1><p class="quiet">Made on ${madeOn} with UX Audit</p></header>
<main>
<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
<p class="lead">${leadText(problems)}</p>
${all.length > 0 && summaryTables(problems, pages)}
</section>
${section('open', 'Open problems', parts(open, 0, true))}
${section('decided', 'Accepted, or no problem', parts(decided, open.length, false))}
${section('fixed', 'Fixed', parts(fixed, open.length + decided.length, false))}
${section('journeys', 'Journeys', journeys.map(journeyHtml))}
${section(
  'pages',
  'Pages and journeys',
  pages.map((page, index) => pageHtml(page, index, targetOf(page))),
)}
${evaluations.length > 0 && evaluationsHtml(evaluations)}
</main>
<footer><p class="quiet">${footer}</p></footer>`;
  return htmlPage({ title, style, body, sources: 'img-src data:' });
}
