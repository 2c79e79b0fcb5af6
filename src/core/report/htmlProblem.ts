import { adviceFor, shortTitle } from '../advice/advice';
import { placeTexts, placeWords, textFields } from '../record/findingFields';
import { placesOf } from '../record/places';
import type { Finding, Occurrence } from '../record/record';
import { type Html, html, rawHtml } from '../text/html';
import { inertLine } from '../text/inertText';
import { toolTitle } from './adviceText';
import { stateSentence } from './findingSentences';
import { pagesText, type ReportedProblem } from './reportProblems';

/** Attachments as data URLs of PNG or JPEG, by their path in findings. */
export type Attachments = Readonly<Record<string, string>>;

/** The most pages of a problem that are shown in full. */
const MAX_PAGES = 50;

export const severities: Record<number, { word: string; meaning: string }> = {
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

const imageUrl = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/;

/** Text with a paragraph for each line. */
export function paragraphs(text: string): Html[] {
  const lines = text.split(/[\r\n]+/).map(inertLine);
  return lines.filter(Boolean).map((line) => html`<p dir="auto">${line}</p>`);
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A severity as a whole number; -1 when not rated. */
export function stepOf(severity: number | undefined): number {
  return severity === undefined ? -1 : Math.round(severity);
}

/** A severity in words, with its number: `Major (2.5 of 4)`. */
export function severityWords(severity: number | undefined): string {
  const known = severities[stepOf(severity)];
  return known && severity !== undefined ? `${known.word} (${Number(severity.toFixed(1))} of 4)` : 'Not rated yet';
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

function sourceText({ kind, rule, comments, seenWith }: Finding): string {
  const words: Record<string, string> = {
    automated: 'Found by an automatic check',
    heuristic: 'Found by a person reviewing the page',
    journey: 'Found by a person following the journey',
    reported: 'Said by customers',
    observed: 'Seen in task sessions',
  };
  const many = comments === undefined ? '' : `, ${count(comments, 'comment')}`;
  const people = seenWith ? ` with ${seenWith.people} of ${count(seenWith.of, 'participant')}` : '';
  return `${words[kind] ?? `Found by: ${kind}`}${people}${many} (${rule})`;
}

function placeItem({ selector, snippet, url, label, n, decided }: Occurrence): Html {
  const codes = [selector, snippet, url].flatMap((text) => (text ? [html`<code>${text}</code>`] : []));
  const shown = [...codes, ...(label ? [html`${label}`] : [])];
  const lines = shown.map((part, index) => html`${index > 0 && rawHtml('<br>')}${part}`);
  const decision = decided && html`<br><span class="quiet">${stateSentence({ state: decided })}</span>`;
  return html`<li>${lines}${n && ` (${n} times)`}${decision}</li>`;
}

/**
 * Where on the page a finding is; undefined where nothing says it.
 * @param inWords whether the fields for the code are left out
 */
export function whereHtml(finding: Finding, inWords = false): Html | undefined {
  const told = (inWords ? placeWords : placeTexts)(finding.where).map(
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

/** The pictures of a finding, each with its name. */
export function attachmentsHtml(finding: Finding, attachments: Attachments): Html[] {
  const { evidence = [] } = finding;
  return evidence.map((file, index) => {
    const which = evidence.length > 1 ? `${index + 1} of ${evidence.length} ` : '';
    const url = Object.hasOwn(attachments, file) ? attachments[file] : undefined;
    if (url === undefined || !imageUrl.test(url)) {
      return html`<p class="quiet">The image ${file} is not part of this report.</p>`;
    }
    const name = `Image ${which}of: ${shortTitle(finding)}`;
    return html`<figure><img src="${url}" alt="${name}"></figure>`;
  });
}

/** Our own text, in which words between backticks are code. */
function withCode(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** Why a problem matters and what to do about it, in our words. */
function adviceHtml(rule: string): Html | undefined {
  const advice = adviceFor(rule);
  if (!advice) return undefined;
  const { why, steps, standard, more } = advice;
  const links = [standard, more].flatMap((source) =>
    source ? [html`<a href="${source.url}" rel="noopener noreferrer">${source.name}</a>`] : [],
  );
  return html`<h4>Why it matters</h4><p>${withCode(why)}</p>
<h4>What to do</h4><ol>${steps.map((step) => html`<li>${withCode(step)}</li>`)}</ol>
${links.length > 0 && html`<p class="quiet">${links.map((link, index) => html`${index > 0 && ' · '}${link}`)}</p>`}`;
}

/** What is said of a problem on one page; under the page's name where there are several. */
function findingHtml(finding: Finding, attachments: Attachments, isAlone: boolean): Html {
  const { state, cx, id } = finding;
  const section = (heading: string, text: string | undefined) => {
    if (!text) return undefined;
    return isAlone ? html`<h4>${heading}</h4>${paragraphs(text)}` : html`<h5>${heading}</h5>${paragraphs(text)}`;
  };
  const facts = [
    state.owner && `Taken care of by: ${state.owner}`,
    cx?.stage && `Customer stage: ${cx.stage}`,
    state.seenIn?.length && `Seen in: ${seenText(state.seenIn)}`,
    finding.firstSeen && `First seen on ${finding.firstSeen}`,
    sourceText(finding),
  ].filter(Boolean);
  const page = html`<h4 dir="auto">${finding.target}</h4><p>${statusText(finding)}</p>`;
  return html`${!isAlone && page}
${section('Reason', state.reason)}${section('What this means for customers', cx?.impact)}
${textFields.map(({ name, heading }) => section(heading, finding[name]))}
${whereHtml(finding)}${attachmentsHtml(finding, attachments)}
<p class="quiet">${facts.join('. ')}.<br>Name in the record: <code>${id}</code></p>`;
}

/** A problem on all its pages: what it is, why it matters and what to do, then each page. */
export function problemHtml(problem: ReportedProblem, attachments: Attachments, id: string, isOpen: boolean): Html {
  const all = [...problem.findings, ...problem.decided];
  const [first] = all;
  if (!first) return html``;
  const value = stepOf(problem.severity);
  const theirs = toolTitle(first);
  const where = [
    pagesText(problem.findings, 3),
    problem.places > 0 && count(problem.places, 'place'),
    problem.decided.length > 0 && `decided on ${count(problem.decided.length, 'more page')}`,
  ].filter(Boolean);
  const shown = all.slice(0, MAX_PAGES);
  const left = all.length - shown.length;
  return html`
<article class="${isOpen ? `s${Math.max(0, value)}` : 'done'}" id="${id}">
<h3 dir="auto">${problem.title}</h3>${theirs && html`<p class="quiet">${theirs}</p>`}
<ul class="tags"><li class="severity">${severityWords(problem.severity)}</li>
<li class="status">${statusText(first)}</li></ul>
<p dir="auto">${where.join(', ')}</p>
${problem.everywhere && html`<p>On every page, also later ones: ${stateSentence({ state: problem.everywhere })}</p>`}
${isOpen && adviceHtml(first.rule)}
${shown.map((finding) => findingHtml(finding, attachments, all.length === 1))}
${left > 0 && html`<p>and ${count(left, 'more page')}</p>`}
</article>`;
}
