import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { byCodeUnit } from '../record/canonicalText';
import { listFindings, severityOf } from '../record/listFindings';
import type { ParsedRecord } from '../record/parseRecord';
import type { Finding, Occurrence, Target } from '../record/record';
import { htmlText } from '../text/escape';
import { inertLine } from '../text/inertText';
import { type EvaluationFacts, isPublic, submittedEvaluations } from './evaluationFacts';
import { placesOf } from './findingsMarkdown';

/** What a report is about besides the record. */
export interface HtmlReportOptions {
  title: string;
  /** The day it is made, YYYY-MM-DD. */
  madeOn: string;
  /** Pictures by the path findings give them (`evidence/….png`), as data URLs of PNG or JPEG. */
  pictures: Readonly<Record<string, string>>;
}

const css = `
:root { color-scheme: light dark; --text: #1b1f24; --quiet: #545c66; --ground: #ffffff; --raised: #f5f6f8; --line: #cdd3da;
  --link: #0a58b0; --s4: #8c0f1f; --s3: #b3261e; --s2: #8a5300; --s1: #3d5a80; --s0: #545c66; --done: #1f6b36; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --quiet: #a9b1bb; --ground: #16191d; --raised: #20242a;
  --line: #414852; --link: #8ab8f5; --s4: #ff8f9b; --s3: #ff9d94; --s2: #f2bb66; --s1: #a3c4ee; --s0: #a9b1bb;
  --done: #8fd6a5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--text);
  font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 0 0 .4rem; }
h4 { font-size: 1rem; margin: 1rem 0 .2rem; }
p { margin: .4rem 0; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.quiet { color: var(--quiet); }
.lead { font-size: 1.2rem; }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; font-weight: 600; padding-bottom: .35rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line);
  font-weight: 400; }
thead th { color: var(--quiet); font-size: .9rem; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; }
article { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-inline-start: .4rem solid var(--s0);
  border-radius: .4rem; background: var(--raised); }
article.s4 { border-inline-start-color: var(--s4); } article.s3 { border-inline-start-color: var(--s3); }
article.s2 { border-inline-start-color: var(--s2); } article.s1 { border-inline-start-color: var(--s1); }
article.done { border-inline-start-color: var(--done); }
.tags { display: flex; flex-wrap: wrap; gap: .25rem .5rem; margin: 0 0 .5rem; padding: 0; list-style: none; }
.tags li { border: 1px solid currentcolor; border-radius: 1rem; padding: 0 .6rem; font-size: .9rem; font-weight: 600; }
.s4 .severity { color: var(--s4); } .s3 .severity { color: var(--s3); } .s2 .severity { color: var(--s2); }
.s1 .severity { color: var(--s1); } .s0 .severity { color: var(--s0); } .done .status { color: var(--done); }
code { font: .88em/1.5 ui-monospace, Consolas, "Liberation Mono", monospace; }
details { margin: .6rem 0; } summary { cursor: pointer; }
figure { margin: .8rem 0 0; } figcaption { color: var(--quiet); font-size: .9rem; }
img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } article { background: none; }
  h2, h3, h4, summary { break-after: avoid; } figure, tr, .tags { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; } img { max-height: 18cm; width: auto; } }
`;

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
const isOpen = ({ state }: Finding) => !decided.has(state.status);
const pictureUrl = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/;

function line(text: string): string {
  return htmlText(inertLine(text));
}

/** Text as people wrote it, a paragraph for each of its lines. */
function paragraphs(text: string): string {
  return text
    .split(/[\r\n]+/)
    .map(line)
    .filter(Boolean)
    .map((words) => `<p dir="auto">${words}</p>`)
    .join('');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The step of the scale a finding stands on; -1 when nobody rated it. */
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
  return `${word}${parts.length > 0 ? ` ${parts.join(' ')}` : ''}`;
}

function seenText(seenIn: readonly string[]): string {
  return seenIn
    .map((seen) => {
      const [environment = '', device = ''] = seen.split('/');
      const on = device === 'mobile' ? 'a phone' : device === 'desktop' ? 'a desktop computer' : device;
      return `${environment} on ${on}`;
    })
    .join(', ');
}

function sourceText({ kind, rule }: Finding): string {
  const words: Record<string, string> = {
    automated: 'Found by an automatic check',
    heuristic: 'Found by a person reviewing the page',
    journey: 'Found by a person following the journey',
  };
  return `${words[kind] ?? `Found by: ${kind}`} (${rule})`;
}

function placeItem({ selector, snippet, url, label, n }: Occurrence): string {
  const codes = [selector, snippet, url].filter((text): text is string => Boolean(text));
  const shown = [...codes.map((text) => `<code>${line(text)}</code>`), ...(label ? [line(label)] : [])].join('<br>');
  return `<li>${shown}${n ? ` (${n} times)` : ''}</li>`;
}

const whereNames: Record<string, string> = {
  element: 'Element',
  selector: 'Selector',
  when: 'When',
  viewport: 'Window size',
  step: 'Step',
  from: 'From',
  to: 'To',
};

function whereHtml(finding: Finding): string {
  const told = Object.entries(finding.where ?? {}).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [`<li>${line(whereNames[name] ?? name)}: <span dir="auto">${line(value)}</span></li>`]
      : [],
  );
  const places = Object.values(finding.occurrences ?? {}).map(placeItem);
  if (told.length + places.length === 0) return '';
  const more = finding.state.more ? `<li>and ${finding.state.more} more</li>` : '';
  const number = placesOf(finding);
  const summary = number > 0 ? `Where on the page: ${count(number, 'place')}` : 'Where';
  const open = told.length + places.length <= 5 ? ' open' : '';
  return `<details${open}><summary>${summary}</summary><ul>${told.join('')}${places.join('')}${more}</ul></details>`;
}

function picturesHtml(finding: Finding, pictures: HtmlReportOptions['pictures']): string {
  const paths = finding.evidence ?? [];
  return paths
    .map((path, index) => {
      const name = `Picture ${paths.length > 1 ? `${index + 1} of ${paths.length} ` : ''}of: ${finding.title}`;
      const url = Object.hasOwn(pictures, path) ? pictures[path] : undefined;
      return url !== undefined && pictureUrl.test(url)
        ? `<figure><img src="${url}" alt="${line(name)}"><figcaption>${line(path)}</figcaption></figure>`
        : `<p class="quiet">The picture ${line(path)} is not part of this report.</p>`;
    })
    .join('');
}

function findingHtml(finding: Finding, pictures: HtmlReportOptions['pictures']): string {
  const { state, cx, note, recommendation } = finding;
  const value = step(finding);
  const tone = isOpen(finding) ? `s${Math.max(0, value)}` : 'done';
  const section = (heading: string, text: string | undefined) => (text ? `<h4>${heading}</h4>${paragraphs(text)}` : '');
  const facts = [
    state.owner && `Taken care of by: ${state.owner}`,
    cx?.stage && `Customer stage: ${cx.stage}`,
    state.seenIn?.length && `Seen in: ${seenText(state.seenIn)}`,
    finding.firstSeen && `First seen on ${finding.firstSeen}`,
    sourceText(finding),
  ].filter((fact): fact is string => Boolean(fact));
  return [
    `<article class="${tone}">`,
    `<h3 dir="auto">${line(finding.title) || line(finding.id)}</h3>`,
    `<ul class="tags"><li class="severity">${severityWords(value)}</li><li class="status">${line(statusText(finding))}</li></ul>`,
    section('Reason', state.reason),
    section('What this means for customers', cx?.impact),
    section('What was observed', note),
    section('What to do', recommendation),
    whereHtml(finding),
    picturesHtml(finding, pictures),
    `<p class="quiet">${facts.map(line).join('. ')}.<br>Name in the record: <code>${line(finding.id)}</code></p>`,
    '</article>',
  ].join('\n');
}

/** The addresses of a page, as links where they are web addresses. */
function addresses(target: Target | undefined): string {
  const links = Object.entries(target?.origins ?? {}).flatMap(([environment, origin]) => {
    try {
      const url = new URL(`${origin}${target?.path ?? '/'}`);
      if (url.protocol !== 'http:' && url.protocol !== 'https:') return [];
      return [`${line(environment)}: <a href="${htmlText(url.href)}" rel="noopener noreferrer">${line(url.href)}</a>`];
    } catch {
      return [];
    }
  });
  if (links.length > 0) return `<p>${links.join('<br>')}</p>`;
  return target?.path ? `<p><code>${line(target.path)}</code></p>` : '';
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const numeric = (column: number) => (column > 0 ? ' class="number"' : '');
  return [
    `<table><caption>${caption}</caption>`,
    `<thead><tr>${head.map((cell, column) => `<th scope="col"${numeric(column)}>${cell}</th>`).join('')}</tr></thead><tbody>`,
    ...rows.map(
      ([first = '', ...rest]) =>
        `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td class="number">${cell}</td>`).join('')}</tr>`,
    ),
    '</tbody></table>',
  ].join('\n');
}

function evaluationsHtml(evaluations: readonly EvaluationFacts[]): string {
  const items = evaluations.map(({ evaluation, round, counts, unsure, open }) => {
    const { target, checklist, evaluator, state } = evaluation;
    const who = `with ${checklist} by ${evaluator}${round > 1 ? `, round ${round}` : ''}${state.on ? ` on ${state.on}` : ''}`;
    const said = [
      counts.map(({ verdict, n }) => `${n} ${verdict}`).join(', ') || 'no answer',
      unsure.length > 0 && `unsure about ${unsure.join(', ')}`,
      `${count(open.length, 'problem is', 'problems are')} open`,
    ].filter((part): part is string => Boolean(part));
    return `<li><strong dir="auto">${line(target)}</strong> ${line(who)}: ${said.map(line).join('; ')}.</li>`;
  });
  return [
    '<section aria-labelledby="evaluations"><h2 id="evaluations">Evaluations by people</h2>',
    '<p>Checklists that people walked and submitted:</p>',
    `<ul>${items.join('')}</ul>`,
    '</section>',
  ].join('\n');
}

/**
 * The record as one HTML file for readers who are not at home in code: what is open first, then every finding by page,
 * in plain words. Nothing in it runs, loads or is looked up elsewhere, and all text is inert.
 */
export function recordHtml(
  parsed: Pick<ParsedRecord, 'record' | 'invalid'>,
  { title, madeOn, pictures }: HtmlReportOptions,
): string {
  const { record, invalid } = parsed;
  const findings = listFindings(parsed).filter(isPublic(record));
  const evaluations = submittedEvaluations(parsed);
  const open = findings.filter(isOpen);
  const byPage = new Map<string, Finding[]>();
  for (const finding of [...open, ...findings.filter((finding) => !isOpen(finding))]) {
    byPage.set(finding.target, [...(byPage.get(finding.target) ?? []), finding]);
  }
  const pages = [...byPage].sort(([a], [b]) => byCodeUnit(a, b));
  const steps = [4, 3, 2, 1, 0, -1].map((value) => ({ value, n: open.filter((f) => step(f) === value).length }));
  const pageRows = pages.map(([slug, listed], index) => {
    const unsolved = listed.filter(isOpen);
    const worst = Math.max(-1, ...unsolved.map(step));
    return [
      `<a href="#page-${index + 1}">${line(slug)}</a>`,
      String(unsolved.length),
      unsolved.length > 0 ? (severities[worst]?.word ?? 'Not rated yet') : '–',
      String(listed.length - unsolved.length),
    ];
  });
  const urgent = open.filter((finding) => step(finding) >= 3).length;
  const lead =
    findings.length === 0
      ? 'Nothing is recorded yet.'
      : open.length === 0
        ? `No problem is open. ${count(findings.length, 'finding is', 'findings are')} solved or decided.`
        : `${count(open.length, 'problem is', 'problems are')} open; ${urgent === 0 ? 'none' : urgent} of them ${urgent === 1 ? 'is' : 'are'} major or worse.`;
  const hash = btoa(String.fromCharCode(...sha256(utf8ToBytes(css))));
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${line(title)}</title>`,
    `<style>${css}</style>`,
    '</head>',
    '<body>',
    `<header><h1 dir="auto">${line(title)}</h1><p class="quiet">Made on ${line(madeOn)} with UX Audit</p></header>`,
    '<main>',
    '<section aria-labelledby="summary"><h2 id="summary">Summary</h2>',
    `<p class="lead">${lead}</p>`,
    ...(findings.length > 0
      ? [
          '<div class="tables">',
          table(
            'Open problems by severity',
            ['Severity', 'Open'],
            steps
              .filter(({ value, n }) => value > 0 || n > 0)
              .map(({ value, n }) => [
                severities[value]
                  ? `${severities[value].word} <span class="quiet">– ${severities[value].meaning}</span>`
                  : 'Not rated yet',
                String(n),
              ]),
          ),
          table('Findings by page and journey', ['Page or journey', 'Open', 'Worst', 'Solved or decided'], pageRows),
          '</div>',
        ]
      : []),
    '</section>',
    ...pages.flatMap(([slug, listed], index) => {
      const target = !invalid.has(slug) && Object.hasOwn(record.targets, slug) ? record.targets[slug] : undefined;
      return [
        `<section aria-labelledby="page-${index + 1}"><h2 id="page-${index + 1}">${line(slug)}</h2>`,
        addresses(target),
        ...(target?.steps?.length ? [`<p>Steps: ${target.steps.map(line).join(' → ')}</p>`] : []),
        ...listed.map((finding) => findingHtml(finding, pictures)),
        '</section>',
      ];
    }),
    ...(evaluations.length > 0 ? [evaluationsHtml(evaluations)] : []),
    '</main>',
    '<footer><p class="quiet">Severity follows a scale of five steps, from 0 (not a problem) to 4 (catastrophe). Where several people rated a problem, what they agreed on counts, or else their mean.</p></footer>',
    '</body>',
    '</html>',
  ]
    .filter(Boolean)
    .join('\n')}\n`;
}
