import { shortTitle } from '../advice/advice';
import { byCodeUnit } from '../record/canonicalText';
import { placeTexts, textFields } from '../record/findingFields';
import { listFindings } from '../record/listFindings';
import { addressOfTarget, addressText } from '../record/pageAddress';
import type { ParsedRecord } from '../record/parseRecord';
import { placesOf } from '../record/places';
import type { Finding, Occurrence, Target } from '../record/record';
import { severityOf } from '../record/severity';
import { type Html, html, rawHtml } from '../text/html';
import { inertLine } from '../text/inertText';
import { toolTitle } from './adviceText';
import { type EvaluationFacts, isPublic, submittedEvaluations } from './evaluationFacts';
import { htmlPage } from './htmlPage';
import { style } from './htmlReportStyle';

/** What a report needs besides the record. */
export interface HtmlReportOptions {
  title: string;
  /** The day it is made, YYYY-MM-DD. */
  madeOn: string;
  /** Attachments as data URLs of PNG or JPEG, by their path in findings (`evidence/….png`). */
  attachments: Readonly<Record<string, string>>;
}

const severities: Record<number, { word: string; meaning: string }> = {
  4: { word: 'Catastrophe', meaning: 'must be solved before release' },
  3: { word: 'Major', meaning: 'important to solve' },
  2: { word: 'Minor', meaning: 'solve when there is time' },
  1: { word: 'Cosmetic', meaning: 'solve only if time is left' },
  0: { word: 'Not a problem', meaning: 'noted only' },
};

const statusWords: Record<string, string> = {
  open: 'Open',
  reopened: 'Open again',
  accepted: 'Accepted for now',
  'false-positive': 'Looked at: not a problem',
  fixed: 'Fixed',
};

const decided = new Set(['accepted', 'false-positive', 'fixed']);
/** A status that this version does not know counts as open, so that nobody misses the finding. */
const isUnsolved = ({ state }: Finding) => !decided.has(state.status);
const imageUrl = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/;

/** Text with a paragraph for each line. */
function paragraphs(text: string): Html[] {
  const lines = text.split(/[\r\n]+/).map(inertLine);
  return lines.filter(Boolean).map((line) => html`<p dir="auto">${line}</p>`);
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The severity of a finding as a whole number; -1 when it is not rated. */
function step(finding: Finding): number {
  const severity = severityOf(finding);
  return severity === undefined ? -1 : Math.round(severity);
}

function severityWords(value: number): string {
  const known = severities[value];
  return known ? `${known.word} (${value} of 4)` : 'Not rated yet';
}

function statusText({ state }: Finding): string {
  const word = statusWords[state.status] ?? `Status unknown to this report: ${state.status}`;
  const on = state.status === 'fixed' ? (state.fixedOn ?? state.on) : state.on;
  const parts = [
    state.by && `by ${state.by}`,
    on && `on ${on}`,
    state.until && `until ${state.until}`,
    state.upTo !== undefined && `for up to ${count(state.upTo, 'place')}`,
  ].filter(Boolean);
  return [word, ...parts].join(' ');
}

function seenText(seenIn: readonly string[]): string {
  const devices: Record<string, string> = { mobile: 'a phone', desktop: 'a desktop computer' };
  const texts = seenIn.map((seen) => {
    const [environment = '', device = ''] = seen.split('/');
    return `${environment} on ${devices[device] ?? device}`;
  });
  return texts.join(', ');
}

function sourceText({ kind, rule }: Finding): string {
  const words: Record<string, string> = {
    automated: 'Found by an automatic check',
    heuristic: 'Found by a person reviewing the page',
    journey: 'Found by a person following the journey',
  };
  return `${words[kind] ?? `Found by: ${kind}`} (${rule})`;
}

function placeItem({ selector, snippet, url, label, n }: Occurrence): Html {
  const codes = [selector, snippet, url].flatMap((text) => (text ? [html`<code>${text}</code>`] : []));
  const shown = [...codes, ...(label ? [html`${label}`] : [])];
  const lines = shown.map((part, index) => html`${index > 0 && rawHtml('<br>')}${part}`);
  return html`<li>${lines}${n && ` (${n} times)`}</li>`;
}

function whereHtml(finding: Finding): Html | undefined {
  const told = placeTexts(finding.where).map(
    ({ label, text }) => html`<li>${label}: <span dir="auto">${text}</span></li>`,
  );
  const items = [...told, ...Object.values(finding.occurrences ?? {}).map(placeItem)];
  if (items.length === 0) return undefined;
  const { more } = finding.state;
  const number = placesOf(finding);
  const summary = number > 0 ? `Where on the page: ${count(number, 'place')}` : 'Where';
  const list = html`<summary>${summary}</summary><ul>${items}${more && html`<li>and ${more} more</li>`}</ul>`;
  return items.length <= 5 ? html`<details open>${list}</details>` : html`<details>${list}</details>`;
}

function attachmentsHtml(finding: Finding, attachments: HtmlReportOptions['attachments']): Html[] {
  const { evidence = [] } = finding;
  return evidence.map((file, index) => {
    const which = evidence.length > 1 ? `${index + 1} of ${evidence.length} ` : '';
    const url = Object.hasOwn(attachments, file) ? attachments[file] : undefined;
    if (url === undefined || !imageUrl.test(url)) {
      return html`<p class="quiet">The image ${file} is not part of this report.</p>`;
    }
    const name = `Image ${which}of: ${shortTitle(finding)}`;
    return html`<figure><img src="${url}" alt="${name}"><figcaption>${file}</figcaption></figure>`;
  });
}

function findingHtml(finding: Finding, attachments: HtmlReportOptions['attachments']): Html {
  const { state, cx, id } = finding;
  const value = step(finding);
  const tone = isUnsolved(finding) ? `s${Math.max(0, value)}` : 'done';
  const theirs = toolTitle(finding);
  const section = (heading: string, text: string | undefined) =>
    text ? html`<h4>${heading}</h4>${paragraphs(text)}` : undefined;
  const facts = [
    state.owner && `Taken care of by: ${state.owner}`,
    cx?.stage && `Customer stage: ${cx.stage}`,
    state.seenIn?.length && `Seen in: ${seenText(state.seenIn)}`,
    finding.firstSeen && `First seen on ${finding.firstSeen}`,
    sourceText(finding),
  ].filter(Boolean);
  return html`
<article class="${tone}">
<h3 dir="auto">${inertLine(shortTitle(finding)) || id}</h3>${theirs && html`<p class="quiet">${theirs}</p>`}
<ul class="tags"><li class="severity">${severityWords(value)}</li><li class="status">${statusText(finding)}</li></ul>
${section('Reason', state.reason)}${section('What this means for customers', cx?.impact)}
${textFields.map(({ name, heading }) => section(heading, finding[name]))}
${whereHtml(finding)}${attachmentsHtml(finding, attachments)}
<p class="quiet">${facts.join('. ')}.<br>Name in the record: <code>${id}</code></p>
</article>`;
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

function table(caption: string, [first = '', ...heads]: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  const row = ([name = '', ...cells]: readonly Cell[]) =>
    html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`;
  const head = heads.map((text) => html`<th scope="col" class="number">${text}</th>`);
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

/** The findings of one page or journey, open ones first. */
type Page = [slug: string, findings: Finding[]];

function pagesOf(findings: readonly Finding[]): Page[] {
  const unsolvedFirst = [...findings.filter(isUnsolved), ...findings.filter((finding) => !isUnsolved(finding))];
  return [...Map.groupBy(unsolvedFirst, ({ target }) => target)].sort(([a], [b]) => byCodeUnit(a, b));
}

function leadText(findings: readonly Finding[]): string {
  const open = findings.filter(isUnsolved);
  if (findings.length === 0) return 'Nothing is recorded yet.';
  if (open.length === 0)
    return `No problem is open. ${count(findings.length, 'finding is', 'findings are')} solved or decided.`;
  const urgent = open.filter((finding) => step(finding) >= 3).length;
  const number = urgent === 0 ? 'none' : urgent;
  const are = count(open.length, 'problem is', 'problems are');
  return `${are} open; ${number} of them ${urgent === 1 ? 'is' : 'are'} major or worse.`;
}

function summaryTables(findings: readonly Finding[], pages: readonly Page[]): Html {
  const open = findings.filter(isUnsolved);
  const severityRows = [4, 3, 2, 1, 0, -1].flatMap((value) => {
    const n = open.filter((finding) => step(finding) === value).length;
    if (value <= 0 && n === 0) return [];
    const known = severities[value];
    const name = known ? html`${known.word} <span class="quiet">– ${known.meaning}</span>` : 'Not rated yet';
    return [[name, String(n)]];
  });
  const pageRows = pages.map(([slug, listed], index): Cell[] => {
    const unsolved = listed.filter(isUnsolved);
    const worst = severities[Math.max(-1, ...unsolved.map(step))]?.word ?? 'Not rated yet';
    const solved = String(listed.length - unsolved.length);
    const link = html`<a href="#page-${index + 1}">${slug}</a>`;
    return [link, String(unsolved.length), unsolved.length > 0 ? worst : '–', solved];
  });
  return html`<div class="tables">
${table('Open problems by severity', ['Severity', 'Open'], severityRows)}
${table('Findings by page and journey', ['Page or journey', 'Open', 'Worst', 'Solved or decided'], pageRows)}
</div>`;
}

function pageHtml(
  [slug, findings]: Page,
  index: number,
  target: Target | undefined,
  attachments: HtmlReportOptions['attachments'],
): Html {
  const steps = target?.steps?.length ? html`<p>Steps: ${target.steps.join(' → ')}</p>` : undefined;
  return html`
<section aria-labelledby="page-${index + 1}"><h2 id="page-${index + 1}">${slug}</h2>
${addresses(target)}${steps}${findings.map((finding) => findingHtml(finding, attachments))}
</section>`;
}

/**
 * The record as one HTML file for readers who do not write code: what is open, then every finding by page. Nothing in
 * it runs or loads, and all text is inert.
 */
export function recordHtml(
  parsed: Pick<ParsedRecord, 'record' | 'invalid'>,
  { title, madeOn, attachments }: HtmlReportOptions,
): string {
  const { record, invalid } = parsed;
  const findings = listFindings(parsed).filter(isPublic(record));
  const evaluations = submittedEvaluations(parsed);
  const pages = pagesOf(findings);
  const targetOf = (slug: string) =>
    !invalid.has(slug) && Object.hasOwn(record.targets, slug) ? record.targets[slug] : undefined;
  const footer = `Severity follows a scale of five steps, from 0 (not a problem) to 4 (catastrophe). Where several
people rated a problem, what they agreed on counts, or else their mean.`;
  const body = html`<header><h1 dir="auto">${title}</h1><p class="quiet">Made on ${madeOn} with UX Audit</p></header>
<main>
<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
<p class="lead">${leadText(findings)}</p>
${findings.length > 0 && summaryTables(findings, pages)}
</section>
${pages.map((page, index) => pageHtml(page, index, targetOf(page[0]), attachments))}
${evaluations.length > 0 && evaluationsHtml(evaluations)}
</main>
<footer><p class="quiet">${footer}</p></footer>`;
  return htmlPage({ title, style, body, sources: 'img-src data:' });
}
