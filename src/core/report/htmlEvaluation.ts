import { itemNumber } from '../checklist/itemName';
import { type JointItem, type JointProblem, type JointView, type Kappa, RATERS_DIFFER } from '../evaluation/jointView';
import { textFields } from '../record/findingFields';
import { type Html, html } from '../text/html';
import { htmlPage } from './htmlPage';
import {
  type Attachments,
  attachmentsHtml,
  count,
  paragraphs,
  severities,
  severityWords,
  stepOf,
  whereHtml,
} from './htmlProblem';
import { style } from './htmlReportStyle';

/** One round of evaluations of a page or journey, as it is shown. */
export interface ShownEvaluation {
  view: JointView;
  /** The page or journey. */
  title: string;
  /** The title of the checklist. */
  checklist: string;
  /** Whether it is one evaluator's draft. */
  isDraft: boolean;
}

export interface EvaluationReportOptions {
  title: string;
  /** The day it is made, YYYY-MM-DD. */
  madeOn: string;
  attachments: Attachments;
  /** One problem a page, to be shown to others; otherwise a report to print or send. */
  isSlides: boolean;
}

const SCALE = 'Severity follows a scale of five steps, from 0 (not a problem) to 4 (catastrophe).';

const slides = `
@page { size: A4 landscape; margin: 12mm; }
.slide { min-height: calc(100vh - 3rem); padding: 2rem 0; border-bottom: 2px solid var(--line); break-after: page; }
.slide:last-child { break-after: auto; }
.slide h2, .slide h3 { border: 0; margin: 0 0 .75rem; padding: 0; font-size: 2rem; line-height: 1.2; }
.slide article { margin: 0; font-size: 1.15rem; } .slide img { max-height: 60vh; width: auto; }
.slide.first { display: grid; align-content: center; } .slide.first h1 { font-size: 2.8rem; }
@media print { .slide { min-height: 0; padding: 0; border: 0; } .slide img { max-height: 11cm; } }
`;

/** What counts as the severity of a problem: what the evaluators agreed on, else what was set, else their mean. */
function severityOf({ consensus, severity, finding }: JointProblem): number | undefined {
  return consensus?.severity ?? finding.state.severity ?? severity?.mean;
}

/** How the severity came about. */
function ratedText({ consensus, severity, ratings, ratersDiffer, finding }: JointProblem): string {
  const each = ratings.map(({ handle, severity: value }) => `${handle} ${value}`).join(', ');
  if (consensus) return `Agreed on ${consensus.on} (${consensus.by})${each && `; before: ${each}`}`;
  if (finding.state.severity !== undefined) return `Set on the finding${each && `; rated ${each}`}`;
  if (!severity) return 'Nobody has rated it';
  if (ratings.length === 1) return `Rated by ${each}`;
  const mean = `Mean ${severity.mean.toFixed(1)} of ${ratings.length} ratings (${each})`;
  return ratersDiffer ? `${mean}; raters differ` : mean;
}

/** The items of the checklist that a problem breaks, in their order. */
function brokenItems({ finding }: JointProblem, { items, checklist }: JointView): Html | undefined {
  const rules = [finding.rule, ...(finding.alsoBreaks ?? [])];
  const broken = items.filter(({ key, step }) => {
    const isHere = step === undefined || step === finding.where?.step;
    return isHere && rules.includes(`${checklist}/${idOf(key)}`);
  });
  if (broken.length === 0) return undefined;
  return html`<h4>What it breaks</h4><ul>${broken.map((item) => html`<li>${itemName(item)}</li>`)}</ul>`;
}

function problemArticle(problem: JointProblem, view: JointView, attachments: Attachments): Html {
  const { finding, foundBy, consensus, ratersDiffer } = problem;
  const severity = severityOf(problem);
  const step = stepOf(severity);
  const differ = ratersDiffer && !consensus && html`<li>Not agreed</li>`;
  const texts = textFields.flatMap(({ name, heading }) => {
    const text = finding[name];
    return text ? [html`<h4>${heading}</h4>${paragraphs(text)}`] : [];
  });
  return html`
<article class="s${Math.max(0, step)}">
<h3 dir="auto">${finding.title}</h3>
<ul class="tags"><li class="severity">${severityWords(severity)}</li>${differ}
<li>Found by ${foundBy.join(', ')}</li></ul>
<p class="quiet">${ratedText(problem)}.</p>
${attachmentsHtml(finding, attachments)}
${texts}
${brokenItems(problem, view)}
${whereHtml(finding, true)}
</article>`;
}

/** How much of the checklist was looked at: without it, few problems look like a good page. */
function lookedAt({ items }: JointView): string {
  const seen = items.filter(({ verdicts }) => Object.keys(verdicts).length > 0).length;
  return seen === items.length ? '' : ` Of ${count(items.length, 'item')}, ${seen} were looked at.`;
}

function leadText({ view, isDraft }: ShownEvaluation): string {
  const { problems, evaluations } = view;
  const urgent = problems.filter(isUrgent).length;
  const found =
    problems.length === 0
      ? 'No problem was found, which does not say that there is none.'
      : `${count(problems.length, 'problem')}, ${urgent === 0 ? 'none' : urgent} of them major or worse.`;
  const who = evaluations.map(({ handle, on }) => (on === undefined ? handle : `${handle} on ${on}`)).join(', ');
  const draft = isDraft ? ' This is a draft: it has not been submitted.' : '';
  return `${found}${lookedAt(view)} Evaluated by ${who}.${draft}`;
}

/** What was found over several pages: how much of each severity on each; undefined of one. */
function overall(shown: readonly ShownEvaluation[], isLinked: boolean): Html | undefined {
  if (shown.length < 2) return undefined;
  const steps = [4, 3, 2, 1, 0, -1].filter(
    (value) => value > 0 || shown.some(({ view }) => ofSeverity(view, value) > 0),
  );
  const cells = (views: readonly JointView[]) =>
    steps.map((value) => {
      const n = views.reduce((sum, view) => sum + ofSeverity(view, value), 0);
      return html`<td class="number">${n}</td>`;
    });
  const isOneList = new Set(shown.map(({ checklist }) => checklist)).size === 1;
  const rows = shown.map(({ view, title, checklist }, index) => {
    const name = isLinked ? html`<a href="#part-${index + 1}" dir="auto">${title}</a>` : title;
    return html`<tr><th scope="row">${name}${!isOneList && html`, ${checklist}`}</th>${cells([view])}</tr>`;
  });
  const heads = steps.map((value) => html`<th scope="col" class="number">${severities[value]?.word ?? NOT_RATED}</th>`);
  const views = shown.map(({ view }) => view);
  const all = views.reduce((sum, { problems }) => sum + problems.length, 0);
  const urgent = views.reduce((sum, { problems }) => sum + problems.filter(isUrgent).length, 0);
  const where = count(new Set(shown.map(({ title }) => title)).size, 'page or journey', 'pages and journeys');
  const lead = `${count(all, 'problem')} on ${where}, ${urgent === 0 ? 'none' : urgent} of them major or worse.`;
  return html`
<p class="lead">${lead}</p>
<table><caption>Problems by page and severity</caption>
<thead><tr><th scope="col">Page</th>${heads}</tr></thead>
<tbody>${rows}
<tr><th scope="row">Together</th>${cells(views)}</tr></tbody></table>`;
}

const NOT_RATED = 'Not rated yet';
const isUrgent = (problem: JointProblem) => stepOf(severityOf(problem)) >= 3;
const ofSeverity = ({ problems }: JointView, value: number) =>
  problems.filter((problem) => stepOf(severityOf(problem)) === value).length;

/** How many problems there are of each severity. */
function severityTable(view: JointView): Html {
  const rows = [4, 3, 2, 1, 0, -1].flatMap((value) => {
    const n = ofSeverity(view, value);
    if (value <= 0 && n === 0) return [];
    const name = severities[value]?.word ?? NOT_RATED;
    return [html`<tr><th scope="row">${name}</th><td class="number">${n}</td></tr>`];
  });
  return html`
<table><caption>Problems by severity</caption>
<thead><tr><th scope="col">Severity</th><th scope="col" class="number">Problems</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

const idOf = (key: string) => key.split('@', 1)[0] ?? key;

function itemName({ key, title, step }: JointItem): Html {
  const number = itemNumber(idOf(key));
  const at = step !== undefined && html` <span class="quiet">at ${step}</span>`;
  return html`${number !== undefined && html`<span class="quiet">${number}</span> `}${title}${at}`;
}

/** Every item with the verdict and the note of each evaluator; what nobody has looked at is said, not left out. */
function matrix({ items, evaluations }: JointView): Html {
  const handles = evaluations.map(({ handle }) => handle);
  const rows = items.map((item) => {
    const cells = handles.map((handle) => {
      const note = item.notes[handle];
      return html`<td>${item.verdicts[handle] ?? 'not looked at'}${note && html`<p class="quiet">${note}</p>`}</td>`;
    });
    const together = handles.length > 1 && html`<td>${item.disagree ? 'they disagree' : ''}</td>`;
    return html`<tr><th scope="row">${itemName(item)}</th>${cells}${together}</tr>`;
  });
  const heads = handles.map((handle) => html`<th scope="col">${handle}</th>`);
  const last = handles.length > 1 && html`<th scope="col">Together</th>`;
  return html`
<div class="scroll"><table><caption>Every item of the checklist</caption>
<thead><tr><th scope="col">Item</th>${heads}${last}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function kappaText(kappa: Kappa): string {
  if ('tooFew' in kappa) return `not told: ${kappa.tooFew}`;
  return `${kappa.value.toFixed(2)} (${kappa.items} shared, ${kappa.raters} raters)`;
}

/** How far several evaluators agree; undefined of one. */
function agreement({ evaluations, anyTwo, duplicatesOpen, verdictKappa, severityKappa }: JointView): Html | undefined {
  if (evaluations.length < 2) return undefined;
  const found = anyTwo && !duplicatesOpen ? `${Math.round(anyTwo.value * 100)} % (5–65 % in 11 studies)` : undefined;
  const severity = severityKappa.map(
    ({ raters, kappa }) => html`<li>Severity, ${raters.join(' and ')}, weighted kappa: ${kappaText(kappa)}</li>`,
  );
  return html`<h3>How far they agree</h3>
<ul><li>Any-two agreement, problems that both found of those that either found: ${found ?? 'not told yet'}</li>
<li>Verdicts, Fleiss’ kappa: ${kappaText(verdictKappa)}</li>${severity}</ul>
<p class="quiet">Raters differ where their ratings range over ${RATERS_DIFFER} or more.</p>`;
}

function reportOf(shown: ShownEvaluation, index: number, attachments: Attachments): Html {
  const { view, title, checklist } = shown;
  const id = `part-${index + 1}`;
  const problems = view.problems.map((problem) => problemArticle(problem, view, attachments));
  return html`
<section aria-labelledby="${id}"><h2 id="${id}" dir="auto">${title}</h2>
<p class="quiet">${checklist}${view.round > 1 && `, round ${view.round}`}</p>
<p class="lead">${leadText(shown)}</p>
${view.problems.length > 0 && html`<div class="tables">${severityTable(view)}</div>`}
${problems}
${matrix(view)}
${agreement(view)}
</section>`;
}

function slidesOf(shown: ShownEvaluation, attachments: Attachments): Html {
  const { view, title, checklist } = shown;
  const problems = view.problems.map(
    (problem) => html`<section class="slide">${problemArticle(problem, view, attachments)}</section>`,
  );
  return html`
<section class="slide"><h2 dir="auto">${title}</h2><p class="quiet">${checklist}</p>
<p class="lead">${leadText(shown)}</p>${view.problems.length > 0 && severityTable(view)}</section>
${problems}`;
}

/**
 * Evaluations as one HTML file, to print, send or show. Nothing in it runs or loads, and all text is inert.
 * @param shown what its reader may see (core/evaluation/visibility.ts)
 */
export function evaluationHtml(
  shown: readonly ShownEvaluation[],
  { title, madeOn, attachments, isSlides }: EvaluationReportOptions,
): string {
  const made = html`<p class="quiet">Made on ${madeOn} with UX Audit</p>`;
  const body = isSlides
    ? html`<main><section class="slide first"><h1 dir="auto">${title}</h1>${made}${overall(shown, false)}</section>
${shown.map((one) => slidesOf(one, attachments))}</main>`
    : html`<header><h1 dir="auto">${title}</h1>${made}${overall(shown, true)}</header>
<main>${shown.map((one, index) => reportOf(one, index, attachments))}</main>
<footer><p class="quiet">${SCALE}</p></footer>`;
  return htmlPage({ title, style: isSlides ? style + slides : style, body, sources: 'img-src data:' });
}
