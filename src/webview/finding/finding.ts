import { nothing, render, type TemplateResult } from 'lit-html';
import './finding.css';
import { type Advice, adviceFor } from '../../core/advice/advice';
import { placeTexts, textFields } from '../../core/record/findingFields';
import { type Finding, type FindingState, isOpen } from '../../core/record/record';
import { saidText } from '../../core/record/saidText';
import { severityWords } from '../../core/record/severity';
import { counted } from '../../core/text/counted';
import type { FindingEvent, FindingPageState, ShownProblem, ShownRun } from '../../protocol/findingPage';
import { disclosure } from '../shared/disclosure';
import { discussion, restoreRemarks, unsentRemarks } from '../shared/discussion';
import { ask, onDraw, redraw, request } from '../shared/draw';
import { button, icon, notice, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { inlineMarkdown } from '../shared/markdown';
import { severityMark } from '../shared/severityMark';
import { comments } from './comments';
import { decide } from './decide';
import { savings, tables } from './details';
import { firstLine, goToCode, goToLine, host, kept, on, openLink, readHistory, shown, take } from './page';
import { fixButton, nameOf, placeInFront } from './place';
import { allPlaces } from './places';
import { timeline } from './timeline';

const page = document.getElementById('page') as HTMLElement;

function body(state: FindingPageState, finding: Finding, problem: ShownProblem): TemplateResult {
  const place = state.places[shown.at];
  const advice = adviceFor(finding.rule);
  return html`
    ${head(state, finding, problem)}
    <div role="alert">${request.error ? notice('error', request.error) : nothing}</div>
    <p role="status" class="quiet">${request.doing}</p>
    ${state.stale ? notice('warning', `Stale: ${state.stale}`) : nothing} ${decision(finding.state, problem)}
    <div class="columns">
      <div class="first">
        ${savings(state)} ${timeline(state)} ${place ? placeInFront(state, place) : nothing} ${written(finding)}
        ${comments(state)} ${talk(state, finding)}
        ${state.run ? tables(state.run) : nothing}
      </div>
      ${decide(state, finding)}
      <div class="rest">
        ${advice || state.headFix ? toDo(state, advice) : nothing} ${allPlaces(state)} ${why(state, finding, advice)}
        ${attachments(state, finding)}
        <h2 id="history">History</h2>
        ${history()}
        <p>${button('Open in the record', () => ask(() => host.openInRecord()), { kind: 'link' })}</p>
      </div>
    </div>
  `;
}

function head(
  state: FindingPageState,
  finding: Finding,
  { title, severity, pages, places }: ShownProblem,
): TemplateResult {
  const place = state.places[shown.at];
  const where = pages.length > 1 ? counted(pages.length, 'page') : (pages[0]?.title ?? finding.target);
  const reach = [where, ...(places > 0 ? [counted(places, 'place')] : [])].join(' · ');
  const word = severity === null ? 'not rated' : severityWords[Math.round(severity)];
  const said = saidText(finding);
  const isDisabled = request.doing !== '';
  const line = firstLine(state);
  const go = place?.position ? () => goToCode(place) : line && (() => goToLine(line));
  const toCode = { icon: 'go-to-file', kind: 'primary' };
  const show = () =>
    ask(() => host.showOnPage({ occurrence: place?.selector ? place.key : null }), 'Opening the page…');
  const journey = () => ask(() => host.showJourney());
  const report = ({ id }: ShownRun) =>
    button('Lighthouse Report', () => ask(() => host.openReport({ runId: id })), {
      icon: 'file-code',
      needsMachine: true,
    });
  return html`<header class="head">
    <div>
      <h1>${severityMark(severity)} ${title}</h1>
      <p class="row facts">
        <strong>${word}</strong><span>${reach}</span>
        <span class="pill">${icon(isOpen(finding) ? 'issue-opened' : 'check')} ${finding.state.status}</span>
        ${said ? html`<span>${icon('comment-discussion')} ${said}</span>` : nothing}
        ${finding.firstSeen ? quiet(`found ${finding.firstSeen}`) : nothing}
      </p>
    </div>
    <div class="actions">
      ${go ? button('Go to Code', go, toCode) : nothing}
      ${state.url === null ? nothing : button('Show on Page', show, { icon: 'eye', isDisabled, needsMachine: true })}
      ${state.isOfJourney ? button('Show Journey', journey, { icon: 'milestone' }) : nothing}
      ${finding.kind === 'automated' ? again(pages.length) : nothing} ${state.run ? report(state.run) : nothing}
    </div>
  </header>`;
}

/** Whether it is mended, in seconds; on all pages where there are several. */
function again(pages: number): TemplateResult {
  const check = (everywhere: boolean) => () => ask(() => host.checkAgain({ everywhere }), 'Checking again…');
  const look = { icon: 'refresh', isDisabled: request.doing !== '', needsMachine: true };
  const all = pages > 1 ? button(`Check All ${pages} Pages`, check(true), look) : nothing;
  return html`${button('Check Again', check(false), look)} ${all}`;
}

/** The decision, where there is one: `accepted by ana on 2026-11-22, until 2027-03-01: redrawn in spring`. */
function decision(state: FindingState, { everywhere }: ShownProblem): TemplateResult | typeof nothing {
  const { status, by, on: day, until, upTo, reason, fixedOn } = state;
  if (status === 'open') return nothing;
  const text = [
    status,
    by && ` by ${by}`,
    day && ` on ${day}`,
    until && `, until ${until}`,
    upTo !== undefined && `, up to ${counted(upTo, 'place')}`,
    reason && `: ${reason}`,
    fixedOn && (status === 'fixed' ? ` on ${fixedOn}` : ` (was fixed on ${fixedOn})`),
  ];
  const later = everywhere ? '. Holds for pages audited later too.' : '';
  return notice('info', `${text.filter(Boolean).join('')}${later}`);
}

/** What people wrote, and where they saw it. */
function written(finding: Finding): TemplateResult {
  const where = placeTexts(finding.where).map(({ label, text }) => html`<dt>${label}</dt><dd>${text}</dd>`);
  const texts = textFields.map(({ name, label }) => {
    const lines = finding[name]?.split('\n').map((line) => html`<p>${line}</p>`);
    return lines ? html`<h2>${label}</h2>${lines}` : nothing;
  });
  return html`${where.length > 0 ? html`<h2>Where</h2><dl>${where}</dl>` : nothing} ${texts}`;
}

/** What VS Code keeps of the page while it is behind another tab: remarks that were typed and not added, by problem. */
interface Kept {
  remarks?: Record<string, string> | undefined;
}

/** The discussion of a problem that people found. */
function talk(state: FindingPageState, finding: Finding): TemplateResult | typeof nothing {
  if (state.discussion === null) return nothing;
  const closed = () => html`<p class="quiet">Open to you once you have submitted your evaluation.</p>`;
  const typed = () => kept.set({ remarks: unsentRemarks() } satisfies Kept);
  const open = () =>
    discussion(finding, state.problem?.title ?? finding.title, {
      add: host.addRemark,
      takeBack: host.takeRemarkBack,
      me: state.me,
      typed,
    });
  return html`<h2>Discussion</h2>${state.discussion === 'open' ? open() : closed()}`;
}

function toDo(state: FindingPageState, advice: Advice | undefined): TemplateResult {
  return html`<h2 id="todo">What to do</h2>
    ${state.headFix ? fixButton(state.headFix, null) : nothing}
    ${
      advice
        ? html`<div class="todo">
      <ol aria-labelledby="todo">
        ${advice.steps.map((step) => html`<li>${inlineMarkdown(step, openLink)}</li>`)}
      </ol>
      ${example(state, advice)}
    </div>`
        : nothing
    }`;
}

/** What to change: the colours of the place in front, else an example. */
function example({ places }: FindingPageState, { code }: Advice): TemplateResult | typeof nothing {
  const { contrast } = places[shown.at] ?? {};
  if (contrast) {
    const { foreground, background, nearest } = contrast;
    const rule = (text: string, behind: string) => `color: ${text};\nbackground: ${behind};`;
    const [text, behind] = nearest.of === 'text' ? [nearest.color, background] : [foreground, nearest.color];
    return change('For this place', rule(foreground, background), rule(text, behind));
  }
  return code ? change('Example', code.before, code.after) : nothing;
}

/** Code before and after, by lines; a screen reader hears which is which. */
function change(caption: string, before: string, after: string): TemplateResult {
  const lines = (text: string, sign: '−' | '+', name: string) =>
    text.split('\n').map(
      (line) => html`<span class=${name}><span aria-hidden="true">${sign} </span
        ><span class="visually-hidden">${name}: </span>${line}\n</span>`,
    );
  return html`<figure>
    <figcaption class="quiet">${caption}</figcaption>
    <pre class="change"><code>${lines(before, '−', 'before')}${lines(after, '+', 'after')}</code></pre>
  </figure>`;
}

function why(
  { explanation, measured }: FindingPageState,
  finding: Finding,
  advice: Advice | undefined,
): TemplateResult {
  const link = ({ name, url }: { name: string; url: string }) =>
    html`<a href=${url} @click=${(event: Event) => {
      event.preventDefault();
      openLink(url);
    }}>${name}</a>`;
  const links = [advice?.standard, advice?.more].flatMap((about) => (about ? [link(about), ' · '] : []));
  const { seenIn = [] } = finding.state;
  const seen = seenIn.length > 0 ? ` · seen in ${seenIn.join(', ')}` : '';
  const own = disclosure({ key: 'lighthouse', isOpen: advice === undefined }, 'In Lighthouse’s words', () => {
    const title = finding.title.replace(/\.$/, '');
    return html`<p>${inlineMarkdown(title, openLink)}. ${inlineMarkdown(explanation, openLink)}</p>`;
  });
  return html`${advice || explanation ? html`<h2>Why it matters</h2>` : nothing}
    ${advice ? html`<p class="prose">${inlineMarkdown(advice.why, openLink)}</p>` : nothing}
    ${measured.map((line) => html`<p>${line}</p>`)} ${explanation ? own : nothing}
    <p class="quiet">${links}rule ${finding.rule}${seen}</p>`;
}

function attachments(state: FindingPageState, { evidence = [] }: Finding): TemplateResult | typeof nothing {
  if (evidence.length === 0) return nothing;
  const place = state.places[shown.at];
  const attached = evidence.map((file) => {
    const url = state.attachments[file];
    if (!url) return html`<p class="quiet">${file} is missing.</p>`;
    const about = place ? nameOf(place) : state.problem?.title;
    return html`<p><img class="picture" src=${url} alt="Attached to: ${about}" /></p>`;
  });
  return html`<h2>Pictures</h2>${attached}`;
}

function history(): TemplateResult {
  const { events } = shown;
  if (events === null)
    return html`<p class="quiet">git cannot be asked in this window, so the history is not known.</p>`;
  if (events === undefined) return html`<p class="quiet" role="status">Reading the history from git…</p>`;
  if (events.length === 0) return html`<p class="quiet">This finding is not in git yet.</p>`;
  const event = ({ date, subject, text, commit }: FindingEvent) =>
    html`<li>${date} ${text} ${quiet(commit ? `${commit.slice(0, 8)} ${subject}` : 'not committed yet')}</li>`;
  return html`<ol class="events" aria-labelledby="history">
    ${events.map(event)}
  </ol>`;
}

onDraw(() => {
  const { state } = shown;
  if (!state) return;
  const gone = html`<h1>No longer in the record</h1>
    <p>${state.id} was deleted, or the record cannot be read.</p>`;
  render(state.finding && state.problem ? body(state, state.finding, state.problem) : gone, page);
});

on('state', (next) => {
  take(next);
  redraw();
  void readHistory();
});
page.textContent = '';
restoreRemarks((kept.get() as Kept | undefined)?.remarks);
// ask draws
void ask(async () => {
  take(await host.ready());
}).then(readHistory);
