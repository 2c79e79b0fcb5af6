import { nothing, render, type TemplateResult } from 'lit-html';
import { severityOf, severityText } from '../../core/record/severity';
import { html } from '../shared/html';
import './finding.css';
import { ratingsOf } from '../../core/evaluation/jointView';
import { placeTexts, textFields } from '../../core/record/findingFields';
import { type Finding, type FindingState, isOpen, type Occurrence } from '../../core/record/record';
import type {
  FindingEvent,
  FindingEvents,
  FindingPageState,
  findingContract,
  TriageChoice,
} from '../../protocol/findingPage';
import { ask, onDraw, redraw, request } from '../shared/draw';
import { button, icon, notice, quiet } from '../shared/elements';
import { connect } from '../shared/host';
import { inlineMarkdown } from '../shared/markdown';
import { pictureInClipboard } from '../shared/pastedImages';

const { host, on } = connect<typeof findingContract, FindingEvents>();
const page = document.getElementById('page') as HTMLElement;
let state: FindingPageState | undefined;
let events: FindingEvent[] | undefined;
const openLink = (url: string) => void ask(() => host.openLink({ url }));

function body(shown: FindingPageState, finding: Finding): TemplateResult {
  return html`
    <header class="head">
      <div>
        <h1>${inlineMarkdown(finding.title, openLink)}</h1>
        <p class="quiet">${finding.id}</p>
      </div>
    </header>
    ${decisions(finding.state)}
    <div role="alert">${request.error ? html`<p class="notice">${request.error}</p>` : nothing}</div>
    <p role="status" class="quiet">${request.doing}</p>
    ${shown.stale ? notice('warning', `Stale: ${shown.stale}`) : nothing} ${facts(shown, finding)}
    ${texts(shown.explanation, finding)}
    <h2 id="where">Where</h2>
    ${where(shown, finding)} ${attachments(shown, finding)}
    <h2 id="history">History</h2>
    ${history()}
    <p>${button('Open in the record', () => ask(() => host.openInRecord()), { kind: 'link' })}</p>
  `;
}

function decisions(decided: FindingState): TemplateResult {
  const choose = (action: TriageChoice) => () => ask(() => host.triage({ action }));
  const open = [
    button('Accept…', choose('accept'), { kind: 'primary' }),
    button('False positive…', choose('false-positive')),
    button('Fixed', choose('fix')),
  ];
  return html`<div class="actions" role="group" aria-label="Decide">
    ${isOpen({ state: decided }) ? open : button('Reopen…', choose('reopen'), { kind: 'primary' })}
    ${button('Owner…', choose('assign'))} ${button('Severity…', choose('severity'))}
    ${button('Stage…', choose('stage'))} ${button('Add note…', choose('note'))}
  </div>`;
}

function facts(shown: FindingPageState, finding: Finding): TemplateResult {
  const { target, rule, cx, state: decided } = finding;
  const seen = decided.seenIn?.length ? ` (${decided.seenIn.join(', ')})` : '';
  return html`<dl>
    ${fact('Severity', severity(finding))} ${fact('Ratings', ratings(finding))} ${fact('Status', statusText(decided))}
    ${fact('Page', `${target}${seen}`)} ${fact('Rule', rule)} ${fact('Stage', cx?.stage ?? quiet('not set'))}
    ${fact('Measured', shown.measured.join('. '))} ${fact('Bears on', shown.metrics.join(', '))} ${fact('Owner', decided.owner ?? quiet('nobody yet'))}
    ${fact('First seen', finding.firstSeen ?? quiet('not known'))}
  </dl>`;
}

/** A name with its value; nothing where there is none. */
function fact(name: string, value: unknown): TemplateResult | typeof nothing {
  return value === undefined || value === '' || value === nothing ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`;
}

function severity(finding: Finding): TemplateResult {
  const value = severityOf(finding);
  const isHigh = value !== undefined && value >= 2.5;
  const name = value === undefined ? 'question' : isHigh ? 'error' : 'warning';
  return html`<span class="mark ${isHigh ? 'poor' : 'fair'}">${icon(name)}${severityText(value)}</span>`;
}

function ratings(finding: Finding): TemplateResult | typeof nothing {
  const entries = Object.entries(finding.ratings ?? {});
  if (entries.length === 0) return nothing;
  const given = entries.map(([name, rating]) => `${name} ${rating.severity}`).join(' · ');
  return html`${given} ${ratingsOf(finding).ratersDiffer ? html`${icon('warning')} raters differ` : nothing}`;
}

/** `accepted by ana on 2026-11-22, until 2027-03-01: redrawn in spring`. */
function statusText({ status, by, on: day, until, upTo, reason, fixedOn }: FindingState): string {
  return [
    status,
    by && ` by ${by}`,
    day && ` on ${day}`,
    until && `, until ${until}`,
    upTo !== undefined && `, up to ${upTo} places`,
    reason && `: ${reason}`,
    fixedOn && (status === 'fixed' ? ` on ${fixedOn}` : ` (was fixed on ${fixedOn})`),
  ]
    .filter(Boolean)
    .join('');
}

function texts(explanation: string, finding: Finding): TemplateResult {
  const why = inlineMarkdown(explanation, openLink);
  const written = textFields.map(({ name, label }) => {
    const lines = finding[name]?.split('\n').map((line) => html`<p>${line}</p>`);
    return lines ? html`<h2>${label}</h2>${lines}` : nothing;
  });
  return html`${explanation ? html`<h2>Why it matters, and what to do</h2><p>${why}</p>` : nothing} ${written}`;
}

function where({ url }: FindingPageState, finding: Finding): TemplateResult {
  const places = Object.entries(finding.occurrences ?? {});
  const { more } = finding.state;
  if (places.length === 0) return wholePage(finding, url !== null);
  const rest = `and ${more} more; the Lighthouse report of a run lists them all.`;
  return html`<ul class="places" aria-labelledby="where">
      ${places.map(([key, occurrence]) => place(key, occurrence, url !== null))}
    </ul>
    ${more ? html`<p class="quiet">${rest}</p>` : nothing}`;
}

function wholePage(finding: Finding, canOpen: boolean): TemplateResult {
  const said = placeTexts(finding.where).map(({ text }) => text);
  const attach = button('Attach a screenshot of the page', takeScreenshot(null), {
    icon: 'device-camera',
    isDisabled: request.doing !== '',
  });
  return html`<p class="quiet">${finding.where ? said.join(' · ') : 'The whole page.'}</p>
    ${canOpen ? html`<div class="actions">${attach}</div>` : nothing}`;
}

const takeScreenshot = (occurrence: string | null) => () =>
  ask(() => host.attachScreenshot({ occurrence }), 'Taking a screenshot…');

function place(key: string, { selector, snippet, url, label, n }: Occurrence, canOpen: boolean): TemplateResult {
  const isDisabled = request.doing !== '';
  const show = () => ask(() => host.showOnPage({ occurrence: key }), 'Opening the page…');
  const actions = html`<div class="actions">
    ${button('Show on page', show, { icon: 'eye', isDisabled })}
    ${button('Attach a screenshot', takeScreenshot(key), { icon: 'device-camera', isDisabled })}
  </div>`;
  const code = (text: string | undefined, kind = '') => (text ? html`<code class=${kind}>${text}</code>` : nothing);
  return html`<li class="place">
    ${code(selector)} ${code(snippet, 'quiet')} ${code(url)} ${label ?? nothing} ${n ? quiet(`${n} alike`) : nothing}
    ${selector && canOpen ? actions : nothing}
  </li>`;
}

function attachments(shown: FindingPageState, { title, evidence = [] }: Finding): TemplateResult {
  const attached = evidence.map((file) => {
    const url = shown.attachments[file];
    if (!url) return html`<p class="quiet">${file} is missing.</p>`;
    return html`<p><img class="picture" src=${url} alt="Attached to: ${title}" /></p>`;
  });
  const paste = () => ask(async () => host.pasteImage({ data: await pictureInClipboard() }));
  return html`${evidence.length > 0 ? html`<h2>Attachments</h2>${attached}` : nothing}
    <div class="actions">
      ${button('Attach a file…', () => ask(() => host.attachFile()), { icon: 'file-media' })}
      ${button('Paste a picture', paste, { icon: 'clippy' })}
    </div>`;
}

function history(): TemplateResult {
  if (events === undefined) return html`<p class="quiet" role="status">Reading the history from git…</p>`;
  if (events.length === 0) return html`<p class="quiet">This finding is not in git yet.</p>`;
  const event = ({ date, subject, text, commit }: FindingEvent) =>
    html`<li>${date} ${text} ${quiet(commit ? `${commit.slice(0, 8)} ${subject}` : 'not committed yet')}</li>`;
  return html`<ol class="events" aria-labelledby="history">
    ${events.map(event)}
  </ol>`;
}

onDraw(() => {
  if (!state) return;
  const gone = html`<h1>No longer in the record</h1>
    <p>${state.id} was deleted, or the record cannot be read.</p>`;
  render(state.finding ? body(state, state.finding) : gone, page);
});

async function readHistory(): Promise<void> {
  events = await host.history().catch(() => []);
  redraw();
}

on('state', (next) => {
  state = next;
  redraw();
  void readHistory();
});
page.textContent = '';
void ask(async () => {
  state = await host.ready();
}).then(readHistory);
