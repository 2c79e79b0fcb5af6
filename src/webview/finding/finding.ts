import { html, nothing, render, type TemplateResult } from 'lit-html';
import './finding.css';
import { ratingsOf } from '../../core/evaluation/jointView';
import { severityOf } from '../../core/record/listFindings';
import type { Finding, Occurrence } from '../../core/record/record';
import { severityText } from '../../core/record/severity';
import type {
  FindingEvent,
  FindingEvents,
  FindingPageState,
  findingContract,
  TriageChoice,
} from '../../protocol/findingPage';
import { connect } from '../shared/host';
import { inlineMarkdown } from '../shared/markdown';
import { pictureInClipboard } from '../shared/pastedImages';

const { host, on } = connect<typeof findingContract, FindingEvents>();
const page = document.getElementById('page') as HTMLElement;
let state: FindingPageState | undefined;
let events: FindingEvent[] | undefined;
let fault = '';
let busy = '';

/** Runs a request; says what is under way and, in place, what went wrong. */
async function ask(work: () => Promise<unknown>, doing = ''): Promise<void> {
  fault = '';
  busy = doing;
  draw();
  try {
    await work();
  } catch (error) {
    fault = (error as Error).message;
  }
  busy = '';
  draw();
}

const openLink = (url: string) => void ask(() => host.openLink({ url }));
const choose = (action: TriageChoice) => () => void ask(() => host.triage({ action }));

function severity(finding: Finding): TemplateResult {
  const value = severityOf(finding);
  const icon = value === undefined ? 'question' : value >= 2.5 ? 'error' : 'warning';
  return html`<span class="severity ${value !== undefined && value >= 2.5 ? 'high' : ''}"
    ><span class="codicon codicon-${icon}" aria-hidden="true"></span>${severityText(value)}</span
  >`;
}

function ratings(finding: Finding): TemplateResult | typeof nothing {
  const entries = Object.entries(finding.ratings ?? {});
  if (entries.length === 0) return nothing;
  const differ = ratingsOf(finding).ratersDiffer;
  return html`<dt>Ratings</dt>
    <dd>
      ${entries.map(([name, rating]) => `${name} ${rating.severity}`).join(' · ')}
      ${differ ? html`<span class="codicon codicon-warning" aria-hidden="true"></span> raters differ` : nothing}
    </dd>`;
}

function place(key: string, { selector, snippet, url, label, n }: Occurrence): TemplateResult {
  return html`<li class="place">
    ${selector ? html`<code>${selector}</code>` : nothing} ${snippet ? html`<code class="quiet">${snippet}</code>` : nothing}
    ${url ? html`<code>${url}</code>` : nothing} ${label ?? nothing} ${n ? html`<span class="quiet">${n} alike</span>` : nothing}
    ${
      selector && state?.url
        ? html`<div class="actions">
            <button ?disabled=${busy !== ''} @click=${() => void ask(() => host.showOnPage({ occurrence: key }), 'Opening the page…')}>
              <span class="codicon codicon-eye" aria-hidden="true"></span>Show on page
            </button>
            <button ?disabled=${busy !== ''} @click=${() => void ask(() => host.attachScreenshot({ occurrence: key }), 'Taking a picture…')}>
              <span class="codicon codicon-device-camera" aria-hidden="true"></span>Attach picture
            </button>
          </div>`
        : nothing
    }
  </li>`;
}

function body(shown: FindingPageState, finding: Finding): TemplateResult {
  const { state: facts } = finding;
  const isOpen = facts.status === 'open' || facts.status === 'reopened';
  const occurrences = Object.entries(finding.occurrences ?? {});
  return html`
    <header class="head">
      <div>
        <h1>${inlineMarkdown(finding.title, openLink)}</h1>
        <p class="quiet">${finding.id}</p>
      </div>
    </header>
    <div class="actions" role="group" aria-label="Decide">
      ${
        isOpen
          ? html`<button class="primary" @click=${choose('accept')}>Accept…</button>
              <button @click=${choose('false-positive')}>False positive…</button>
              <button @click=${choose('fix')}>Fixed</button>`
          : html`<button class="primary" @click=${choose('reopen')}>Reopen…</button>`
      }
      <button @click=${choose('assign')}>Owner…</button>
      <button @click=${choose('severity')}>Severity…</button>
      <button @click=${choose('stage')}>Stage…</button>
      <button @click=${choose('note')}>Add note…</button>
    </div>
    <div role="alert">${fault ? html`<p class="notice">${fault}</p>` : nothing}</div>
    <p role="status" class="quiet">${busy}</p>
    ${shown.stale ? html`<p class="notice"><span class="codicon codicon-warning" aria-hidden="true"></span><span>Stale: ${shown.stale}</span></p>` : nothing}
    <dl>
      <dt>Severity</dt>
      <dd>${severity(finding)}</dd>
      ${ratings(finding)}
      <dt>Status</dt>
      <dd>
        ${facts.status}${facts.by ? ` by ${facts.by}` : ''}${facts.on ? ` on ${facts.on}` : ''}${facts.until ? `, until ${facts.until}` : ''}${facts.upTo === undefined ? '' : `, up to ${facts.upTo} places`}${facts.reason ? `: ${facts.reason}` : ''}${facts.fixedOn && facts.status !== 'fixed' ? ` (was fixed on ${facts.fixedOn})` : facts.fixedOn ? ` on ${facts.fixedOn}` : ''}
      </dd>
      <dt>Page</dt>
      <dd>${finding.target}${facts.seenIn?.length ? ` (${facts.seenIn.join(', ')})` : ''}</dd>
      <dt>Rule</dt>
      <dd>${finding.rule}</dd>
      <dt>Stage</dt>
      <dd>${finding.cx?.stage ?? html`<span class="quiet">not set</span>`}</dd>
      ${shown.metrics.length > 0 ? html`<dt>Bears on</dt><dd>${shown.metrics.join(', ')}</dd>` : nothing}
      <dt>Owner</dt>
      <dd>${facts.owner ?? html`<span class="quiet">nobody yet</span>`}</dd>
      <dt>First seen</dt>
      <dd>${finding.firstSeen ?? html`<span class="quiet">not known</span>`}</dd>
    </dl>
    ${shown.explanation ? html`<h2>Why it matters, and what to do</h2><p>${inlineMarkdown(shown.explanation, openLink)}</p>` : nothing}
    ${finding.note ? html`<h2>Notes</h2>${finding.note.split('\n').map((line) => html`<p>${line}</p>`)}` : nothing}
    ${finding.recommendation ? html`<h2>Recommendation</h2><p>${finding.recommendation}</p>` : nothing}
    <h2 id="where">Where</h2>
    ${
      occurrences.length > 0
        ? html`<ul class="places" aria-labelledby="where">
              ${occurrences.map(([key, occurrence]) => place(key, occurrence))}
            </ul>
            ${facts.more ? html`<p class="quiet">and ${facts.more} more; the Lighthouse report of a run lists them all.</p>` : nothing}`
        : html`<p class="quiet">${
            finding.where
              ? Object.values(finding.where)
                  .filter((value) => typeof value === 'string')
                  .join(' · ')
              : 'The page as a whole.'
          }</p>
            ${
              shown.url
                ? html`<div class="actions">
                    <button ?disabled=${busy !== ''} @click=${() => void ask(() => host.attachScreenshot({ occurrence: null }), 'Taking a picture…')}>
                      <span class="codicon codicon-device-camera" aria-hidden="true"></span>Attach picture of the page
                    </button>
                  </div>`
                : nothing
            }`
    }
    ${
      (finding.evidence ?? []).length > 0
        ? html`<h2>Evidence</h2>
            ${finding.evidence?.map((path) => (shown.attachments[path] ? html`<p><img class="picture" src=${shown.attachments[path]} alt="Evidence: ${finding.title}" /></p>` : html`<p class="quiet">${path} is missing.</p>`))}`
        : nothing
    }
    <div class="actions">
      <button @click=${() => void ask(() => host.attachFile())}>
        <span class="codicon codicon-file-media" aria-hidden="true"></span>Attach a file…
      </button>
      <button @click=${() => void ask(async () => host.pasteImage({ data: await pictureInClipboard() }))}>
        <span class="codicon codicon-clippy" aria-hidden="true"></span>Paste a picture
      </button>
    </div>
    <h2 id="history">History</h2>
    ${
      events === undefined
        ? html`<p class="quiet" role="status">Reading it from git…</p>`
        : events.length === 0
          ? html`<p class="quiet">Nothing of it is in git yet.</p>`
          : html`<ol class="events" aria-labelledby="history">
              ${events.map(({ date, subject, text, commit }) => html`<li>${date} ${text} <span class="quiet">${commit ? `${commit.slice(0, 8)} ${subject}` : 'not committed yet'}</span></li>`)}
            </ol>`
    }
    <p><button class="link" @click=${() => void ask(() => host.openRecord())}>Open in the record</button></p>
  `;
}

function draw(): void {
  if (!state) return;
  render(
    state.finding
      ? body(state, state.finding)
      : html`<h1>No longer in the record</h1>
          <p>${state.id} was deleted, or the record cannot be read.</p>`,
    page,
  );
}

async function readHistory(): Promise<void> {
  events = await host.history().catch(() => []);
  draw();
}

on('state', (next) => {
  state = next;
  draw();
  void readHistory();
});
page.textContent = '';
void ask(async () => {
  state = await host.ready();
}).then(readHistory);
