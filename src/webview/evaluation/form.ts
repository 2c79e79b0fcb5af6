import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { type Verdict, verdicts } from '../../core/evaluation/evaluation';
import { ratingsOf } from '../../core/evaluation/jointView';
import { type ProblemChange, type ProblemText, suggestedSeverity } from '../../core/evaluation/problems';
import { severityText, severityWords } from '../../core/record/severity';
import { stages } from '../../core/record/stages';
import type { ColumnState, MachineResult } from '../../protocol/evaluationPage';
import { pastePicture, pictureInClipboard } from '../pictures';
import {
  answerOf,
  ask,
  askedOf,
  columnNow,
  drawOnce,
  editProblem,
  foundAgain,
  goTo,
  host,
  isBlank,
  itemOf,
  itemsOf,
  move,
  movePage,
  nameOf,
  newProblem,
  problemText,
  redraw,
  removeProblem,
  setAnswer,
  ui,
} from './store';

export const looks: Record<Verdict | 'none', { icon: string; word: string; key: string; tone: string }> = {
  pass: { icon: 'check', word: 'pass', key: 'P', tone: 'good' },
  fail: { icon: 'error', word: 'fail', key: 'F', tone: 'poor' },
  'n/a': { icon: 'dash', word: 'not applicable', key: 'N', tone: 'quiet' },
  unsure: { icon: 'question', word: 'unsure', key: 'U', tone: 'fair' },
  none: { icon: 'circle-large-outline', word: 'not looked at', key: '', tone: 'quiet' },
};

export function lookOf(verdict: string | undefined): (typeof looks)['none'] {
  return looks[(verdict ?? 'none') as Verdict] ?? looks.none;
}

export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

/** Gives the verdict on the present item, or takes it back when it is given already. A fail asks for a problem. */
export function giveVerdict(verdict: Verdict): void {
  const column = columnNow();
  if (!column || ui.item === 'other' || column.status === 'submitted') return;
  const before = answerOf(column, ui.item);
  const isBack = before.verdict === verdict;
  const isProblemMissing = verdict === 'fail' && !isBack && (before.findings ?? []).length === 0;
  drawOnce(() => {
    setAnswer(ui.column, ui.item, { verdict: isBack ? null : verdict });
    if (isProblemMissing) newProblem(ui.column, ui.item);
  });
  if (isProblemMissing) focusProblem();
}

/** Begins a problem under the present item and puts the cursor into its title. */
export function addProblem(): void {
  const column = columnNow();
  if (!column || column.status === 'submitted') return;
  newProblem(ui.column, ui.item);
  focusProblem();
}

function focusProblem(): void {
  document.getElementById(`title-${ui.problem}`)?.focus();
}

/** Sets the severity of the present problem. @returns whether there was one */
export function giveSeverity(severity: number): boolean {
  const column = columnNow();
  if (!column || column.status === 'submitted') return false;
  const findings = answerOf(column, ui.item).findings ?? [];
  const id = ui.problem && findings.includes(ui.problem) ? ui.problem : findings.at(-1);
  if (!id) return false;
  rate(id, { severity });
  return true;
}

function rate(id: string, change: Partial<NonNullable<ProblemText['rating']>>): void {
  const rating = { ...waiting.get(id), ...problemText(id).rating, ...change } as NonNullable<ProblemText['rating']>;
  waiting.delete(id);
  editProblem(ui.column, ui.item, id, { rating });
}

export function form(): TemplateResult {
  const { state } = ui;
  const column = columnNow();
  if (!state || !column) {
    return html`<p>You have no evaluation with this checklist here yet. Begin one with <strong>UX Audit: Evaluate a Page…</strong></p>`;
  }
  return html`
    ${state.columns.length > 1 ? pages(state.columns) : nothing}
    ${notices(column)} ${strip(column)} ${card(column)}
  `;
}

function pages(columns: readonly ColumnState[]): TemplateResult {
  return html`<div class="pages">
    <label for="page-choice">Page</label>
    <button aria-label="Previous page" ?disabled=${ui.column === 0} @click=${() => movePage(-1)}>${icon('chevron-left')}</button>
    <select id="page-choice" .value=${live(String(ui.column))} @change=${(event: Event) => goTo(Number((event.target as HTMLSelectElement).value), ui.item, false)}>
      ${columns.map((column, index) => html`<option value=${index} ?selected=${index === ui.column}>${nameOf(column)} (${doneIn(column)} of ${askedOf(column).length})</option>`)}
    </select>
    <button aria-label="Next page" ?disabled=${ui.column === columns.length - 1} @click=${() => movePage(1)}>${icon('chevron-right')}</button>
    <label for="order">Next goes to</label>
    <select id="order" @change=${(event: Event) => {
      ui.order = (event.target as HTMLSelectElement).value as 'page' | 'item';
      redraw();
    }}>
      <option value="page" ?selected=${ui.order === 'page'}>the next item on this page</option>
      <option value="item" ?selected=${ui.order === 'item'}>the same item on the next page</option>
    </select>
  </div>`;
}

export function doneIn(column: ColumnState): number {
  return askedOf(column).filter((id) => answerOf(column, id).verdict !== undefined).length;
}

function notices(column: ColumnState): TemplateResult {
  const { checklist } = ui.state ?? { checklist: { version: 1 } };
  const fresh = ui.freshness.get(column.evaluation);
  const others = column.others.map(
    ({ handle, status }) => `${handle} ${status === 'submitted' ? 'has submitted' : 'is at it'}`,
  );
  return html`
    ${
      column.status === 'submitted'
        ? html`<div class="notice">
            ${icon('lock')}
            <div>
              <p>Submitted. Your answers stand${fresh?.state === 'stale' ? html`, but they are <strong>stale</strong>` : nothing}. ${fresh?.why ?? ''}</p>
              <div class="actions">
                <button @click=${() => void ask(() => host.newRound({ column: ui.column }))}>Begin a new round</button>
                <button @click=${() => void ask(() => host.withdraw({ column: ui.column }))}>Take back to draft</button>
                <button @click=${() => void ask(() => host.share(null))}>Share my evaluation…</button>
              </div>
            </div>
          </div>`
        : others.length > 0
          ? html`<p class="quiet">${others.join('; ')}. What they say stays out of sight until you submit; the file itself can be read by everybody.</p>`
          : nothing
    }
    ${
      column.status === 'draft' && column.version !== checklist.version && column.version < checklist.version
        ? html`<p class="notice">
            ${icon('info')}<span
              >The checklist is at version ${checklist.version} now; this evaluation was begun with version ${column.version} and stays with it.
              <button class="link" @click=${() => void ask(() => host.bringToVersion({ column: ui.column }))}>Bring it to version ${checklist.version}</button></span
            >
          </p>`
        : nothing
    }
  `;
}

function strip(column: ColumnState): TemplateResult {
  const items = itemsOf(column);
  const asked = new Set(askedOf(column));
  return html`<nav aria-label="Items">
    <ol class="strip">
      ${items.map((id) => {
        const answer = answerOf(column, id);
        const look = lookOf(answer.verdict);
        const word = asked.has(id) ? look.word : `${look.word}, no longer asked`;
        return html`<li>
          <button
            class="step ${look.tone} ${id === ui.item ? 'now' : ''}"
            aria-current=${id === ui.item ? 'step' : nothing}
            title="${id} ${itemOf(id)?.title ?? ''}: ${word}"
            @click=${() => goTo(ui.column, id)}
          >
            ${icon(look.icon)}<span>${asked.has(id) ? id : html`<s>${id}</s>`}</span><span class="visually-hidden">${word}</span>
          </button>
        </li>`;
      })}
      <li>
        <button
          class="step quiet ${ui.item === 'other' ? 'now' : ''}"
          aria-current=${ui.item === 'other' ? 'step' : nothing}
          title="Problems outside the list"
          @click=${() => goTo(ui.column, 'other')}
        >
          ${icon('add')}<span>other${(answerOf(column, 'other').findings ?? []).length > 0 ? ` (${answerOf(column, 'other').findings?.length})` : ''}</span>
        </button>
      </li>
    </ol>
  </nav>`;
}

function card(column: ColumnState): TemplateResult {
  const id = ui.item;
  const item = itemOf(id);
  const answer = answerOf(column, id);
  const isOpen = column.status === 'draft';
  const isOther = id === 'other';
  return html`<section class="card" aria-labelledby="item">
    ${item?.group ? html`<p class="quiet group">${item.group}</p>` : nothing}
    <h2 id="item" tabindex="-1">
      ${isOther ? 'Problems outside the list' : html`<span class="quiet">${id}</span> ${item?.title ?? ''}`}
      ${item?.level ? html`<span class="quiet">(level ${item.level})</span>` : nothing}
    </h2>
    ${
      isOther
        ? html`<p>What you noticed that no item asks about.</p>`
        : html`<p class="question">${item?.question ?? 'The text of this item is not there; your answer is kept.'}</p>
            ${askedOf(column).includes(id) ? nothing : html`<p class="quiet">This item is no longer asked; your earlier answer stays, and does not count.</p>`}
            ${item ? help(item) : nothing}
            <div class="verdicts" role="group" aria-label="Verdict">
              ${verdicts.map((verdict) => {
                const look = looks[verdict];
                return html`<button
                  class="verdict ${look.tone}"
                  aria-pressed=${answer.verdict === verdict ? 'true' : 'false'}
                  aria-keyshortcuts=${look.key}
                  ?disabled=${!isOpen}
                  @click=${() => giveVerdict(verdict)}
                >
                  ${icon(look.icon)}${look.word}<kbd>${look.key}</kbd>
                </button>`;
              })}
            </div>
            ${ui.state?.checklist.id === 'cognitive-walkthrough' ? friction(column, isOpen) : nothing}
            <label class="field"
              >Note <span class="quiet">optional, <kbd>C</kbd></span>
              <textarea
                id="note"
                rows="2"
                ?readonly=${!isOpen}
                .value=${live(answer.note ?? '')}
                @input=${(event: Event) => setAnswer(ui.column, id, { note: (event.target as HTMLTextAreaElement).value || null })}
              ></textarea>
            </label>
            ${machine(column, item?.covers ?? [])}`
    }
    ${lastRound(column, id)}
    <h3>Problems here</h3>
    ${answer.verdict === 'pass' && (answer.findings ?? []).length > 0 ? html`<p class="quiet">The item passes, and yet has problems; that may be what you mean.</p>` : nothing}
    <ul class="problems">
      ${(answer.findings ?? []).map((problem) => html`<li>${problemEditor(problem, isOpen)}</li>`)}
    </ul>
    ${isOpen ? html`<button @click=${addProblem} aria-keyshortcuts="A">${icon('add')}Add a problem<kbd>A</kbd></button>` : (answer.findings ?? []).length === 0 ? html`<p class="quiet">None.</p>` : nothing}
    <div class="actions moves">
      <button @click=${() => move(-1)} aria-keyshortcuts="K">${icon('arrow-left')}Previous<kbd>K</kbd></button>
      <button class="primary" @click=${() => move(1)} aria-keyshortcuts="J">Next${icon('arrow-right')}<kbd>J</kbd></button>
    </div>
  </section>`;
}

function help(item: NonNullable<ReturnType<typeof itemOf>>): TemplateResult {
  return html`<details class="help">
    <summary>How to check</summary>
    <ol>
      ${(item.howToCheck ?? []).map((step) => html`<li>${step}</li>`)}
    </ol>
    ${item.good ? html`<p>${icon('check')} <strong>Good:</strong> ${item.good}</p>` : nothing}
    ${item.bad ? html`<p>${icon('error')} <strong>Bad:</strong> ${item.bad}</p>` : nothing}
    ${(item.metrics ?? []).length > 0 ? html`<p class="quiet">Bears on: ${item.metrics?.join(', ')}</p>` : nothing}
    ${(item.stages ?? []).length > 0 ? html`<p class="quiet">Stages: ${item.stages?.join(', ')}</p>` : nothing}
    ${item.url?.startsWith('https:') ? html`<p><button class="link" @click=${() => void ask(() => host.openLink({ url: item.url as string }))}>More about ${item.id} ${item.title}</button></p>` : nothing}
  </details>`;
}

const frictions = ['easy', 'some load', 'likely to fail'];

function friction(column: ColumnState, isOpen: boolean): TemplateResult {
  const value = answerOf(column, 'PURE').friction;
  return html`<div class="verdicts" role="group" aria-label="Friction of this step (PURE), optional">
    <span class="quiet">Friction of the whole step, optional:</span>
    ${frictions.map(
      (word, index) =>
        html`<button
          aria-pressed=${value === index + 1 ? 'true' : 'false'}
          ?disabled=${!isOpen}
          @click=${() => setAnswer(ui.column, 'PURE', { friction: value === index + 1 ? null : index + 1 })}
        >
          ${index + 1} ${word}
        </button>`,
    )}
  </div>`;
}

const machineLooks: Record<MachineResult['state'], { icon: string; tone: string }> = {
  failed: { icon: 'error', tone: 'poor' },
  passed: { icon: 'check', tone: 'good' },
  'not applicable': { icon: 'dash', tone: 'quiet' },
  'not audited': { icon: 'circle-large-outline', tone: 'quiet' },
};

function machine(column: ColumnState, covers: readonly string[]): TemplateResult | typeof nothing {
  if (covers.length === 0) return nothing;
  const results = ui.machine.get(column.target) ?? {};
  const shown = covers.map((rule) => ({ rule, ...(results[rule] ?? { state: 'not audited' as const, title: rule }) }));
  const audited = shown.filter(({ state }) => state !== 'not audited');
  const names = (list: typeof shown) => list.map(({ rule }) => rule.split('/')[1]).join(', ');
  return html`<div class="machine">
    <h3>Machines say</h3>
    ${audited.length === 0 ? html`<p class="quiet">Nothing yet: an audit of this page would check ${names(shown)}.</p>` : nothing}
    <ul>
      ${audited.map((result) => {
        const look = machineLooks[result.state];
        return html`<li>
          <span class=${look.tone}>${icon(look.icon)}</span> ${result.state}:
          ${result.finding ? html`<button class="link" @click=${() => void ask(() => host.openFinding({ id: result.finding as string }))}>${result.title}</button>` : result.title}
          ${result.when ? html`<span class="quiet">(${result.when})</span>` : nothing}
        </li>`;
      })}
    </ul>
    ${audited.length > 0 && audited.length < shown.length ? html`<p class="quiet">Not audited: ${names(shown.filter(({ state }) => state === 'not audited'))}.</p>` : nothing}
    ${audited.length > 0 ? html`<p class="quiet">A machine checks part of this at most; the verdict is yours.</p>` : nothing}
  </div>`;
}

function lastRound(column: ColumnState, id: string): TemplateResult | typeof nothing {
  if (column.round < 2) return nothing;
  const before = Object.hasOwn(column.previous, id) ? column.previous[id] : undefined;
  const now = answerOf(column, id);
  const look = lookOf(before?.verdict);
  const isChanged = now.verdict !== undefined && now.verdict !== before?.verdict;
  const problems = (before?.findings ?? []).flatMap((problem) => ui.state?.problems[problem] ?? []);
  const sentences = [
    ...(id === 'other' ? [] : [`${look.word}${before?.note ? `, “${before.note}”` : ''}.`]),
    ...(isChanged ? [`It changed to ${lookOf(now.verdict).word}.`] : []),
    ...(problems.length > 0 ? ['It had these problems:'] : []),
  ];
  if (sentences.length === 0) return nothing;
  return html`<div class="last">
    <p>${icon('history')} Last round${column.previousOn ? ` (${column.previousOn})` : ''}: ${sentences.join(' ')}</p>
    <ul>
      ${problems.map(
        (problem) => html`<li>
          ${problem.title}${problem.state.status === 'open' ? '' : html` <span class="quiet">· ${problem.state.status}</span>`}
          ${
            now.findings?.includes(problem.id)
              ? html`<span class="quiet">${icon('check')} found again</span>`
              : column.status === 'draft'
                ? html`<button aria-label="Still there: ${problem.title}" @click=${() => foundAgain(ui.column, id, problem.id)}>Still there</button>`
                : nothing
          }
        </li>`,
      )}
    </ul>
  </div>`;
}

function severityButtons(id: string, isOpen: boolean): TemplateResult {
  const { rating } = problemText(id);
  return html`<div class="severities" role="group" aria-label="Severity">
    ${severityWords.map(
      (word, severity) =>
        html`<button
          aria-pressed=${rating?.severity === severity ? 'true' : 'false'}
          aria-keyshortcuts=${severity}
          ?disabled=${!isOpen}
          @click=${() => rate(id, { severity })}
        >
          <kbd>${severity}</kbd>${word}
        </button>`,
    )}
  </div>`;
}

const factors = [
  { name: 'frequency', label: 'Frequency', low: 'nobody', high: 'everybody' },
  { name: 'impact', label: 'Impact', low: 'none', high: 'cannot go on' },
  { name: 'persistence', label: 'Persistence', low: 'never again', high: 'every time' },
] as const;

/** Frequency, impact and persistence: they suggest a severity and never decide it. */
export function factorFields(
  prefix: string,
  rating: ProblemText['rating'],
  isOpen: boolean,
  set: (change: Partial<NonNullable<ProblemText['rating']>>) => void,
): TemplateResult {
  const suggested = suggestedSeverity(rating ?? {});
  return html`<details class="factors" ?open=${suggested !== undefined}>
    <summary>Why: frequency, impact, persistence <span class="quiet">optional</span></summary>
    <div class="fields">
      ${factors.map(
        ({ name, label, low, high }) =>
          html`<label class="field"
            >${label} <span class="quiet">0 ${low}, 4 ${high}</span>
            <select
              id="${prefix}-${name}"
              ?disabled=${!isOpen}
              @change=${(event: Event) => {
                const { value } = event.target as HTMLSelectElement;
                set({ [name]: value === '' ? undefined : Number(value) });
              }}
            >
              <option value="" ?selected=${rating?.[name] === undefined}>not said</option>
              ${[0, 1, 2, 3, 4].map((value) => html`<option value=${value} ?selected=${rating?.[name] === value}>${value}</option>`)}
            </select>
          </label>`,
      )}
    </div>
    ${suggested === undefined ? nothing : html`<p class="quiet">Together they suggest ${severityText(suggested)}; the severity is yours to say.</p>`}
  </details>`;
}

/** Factors wait for a severity: a rating is only kept with one. */
const waiting = new Map<string, Partial<NonNullable<ProblemText['rating']>>>();

function setFactor(id: string, change: Partial<NonNullable<ProblemText['rating']>>): void {
  const { rating } = problemText(id);
  if (rating?.severity !== undefined) {
    rate(id, change);
    return;
  }
  waiting.set(id, { ...waiting.get(id), ...change });
  redraw();
}

function problemEditor(id: string, isOpen: boolean): TemplateResult {
  const text = problemText(id);
  const finding = ui.state?.problems[id];
  const where = text.where ?? {};
  const isNow = ui.problem === id;
  const input = (change: (value: string) => ProblemChange) => (event: Event) =>
    editProblem(ui.column, ui.item, id, change((event.target as HTMLInputElement).value));
  const place = (name: keyof typeof where) => input((value) => ({ where: { [name]: value } }));
  const line = (name: keyof typeof where, label: string, hint: string) =>
    html`<label class="field">${label} <span class="quiet">${hint}</span><input type="text" ?readonly=${!isOpen} .value=${live(where[name] ?? '')} @input=${place(name)} /></label>`;
  const rated = text.rating ?? (waiting.get(id) as ProblemText['rating']);
  const hasColumnUrl = columnNow()?.url != null;
  return html`<div class="problem ${isNow ? 'now' : ''}" @focusin=${() => {
    if (ui.problem === id) return;
    ui.problem = id;
    redraw();
  }}>
    <label class="field"
      >What goes wrong
      <input
        id="title-${id}"
        type="text"
        placeholder="In a few words: what goes wrong, for whom"
        ?readonly=${!isOpen}
        .value=${live(text.title)}
        @input=${input((title) => ({ title }))}
      />
    </label>
    <div>
      <span class="label">Severity <span class="quiet">${severityText(text.rating?.severity)}</span></span>
      ${severityButtons(id, isOpen)}
    </div>
    ${factorFields(id, rated, isOpen, (change) => setFactor(id, change))}
    <details class="more" ?open=${isNow}>
      <summary>Where, note, recommendation, evidence</summary>
      <div class="fields">
        ${line('element', 'Element', 'in words')} ${line('when', 'When', 'the state it shows in')}
        ${line('selector', 'Selector', 'CSS')} ${line('viewport', 'Screen', 'such as 412x823')}
        ${columnNow()?.step !== undefined || ui.state?.checklist.id === 'journey-cx' ? html`${line('from', 'From channel', 'such as web')} ${line('to', 'To channel', 'such as post')}` : nothing}
      </div>
      ${
        isOpen && hasColumnUrl
          ? html`<div class="actions">
              <button ?disabled=${ui.busy !== ''} @click=${() => void pick(id)}>${icon('inspect')}Pick the element on the page…</button>
              <label
                >Screen
                <select @change=${(event: Event) => {
                  ui.formFactor = (event.target as HTMLSelectElement).value as 'mobile' | 'desktop';
                }}>
                  <option value="mobile" ?selected=${ui.formFactor === 'mobile'}>phone, 412 × 823</option>
                  <option value="desktop" ?selected=${ui.formFactor === 'desktop'}>desktop, 1350 × 940</option>
                </select>
              </label>
            </div>`
          : nothing
      }
      <label class="field">Note <textarea rows="3" ?readonly=${!isOpen} .value=${live(text.note ?? '')} @input=${input((note) => ({ note }))} @paste=${(event: ClipboardEvent) => pastePicture(event, (read) => void ask(async () => host.pasteImage({ id, data: await read() })))}></textarea></label>
      <label class="field">Recommendation <textarea rows="2" ?readonly=${!isOpen} .value=${live(text.recommendation ?? '')} @input=${input((recommendation) => ({ recommendation }))}></textarea></label>
      <div class="fields">
        <label class="field"
          >Stage of the customer's path
          <select ?disabled=${!isOpen} @change=${input((stage) => ({ stage }))}>
            <option value="" ?selected=${!text.stage}>not said</option>
            ${stages.map((stage) => html`<option value=${stage} ?selected=${text.stage === stage}>${stage}</option>`)}
          </select>
        </label>
        ${alsoBreaks(id, text, isOpen)}
      </div>
      ${evidence(id, isOpen && finding !== undefined, hasColumnUrl)}
    </details>
    ${finding ? othersSay(id) : nothing}
    ${
      isOpen
        ? html`<button class="link" @click=${() => removeProblem(ui.column, ui.item, id)}>${isBlank(id) ? 'Discard' : 'Remove this problem'}</button>`
        : nothing
    }
  </div>`;
}

function othersSay(id: string): TemplateResult | typeof nothing {
  const finding = ui.state?.problems[id];
  const column = columnNow();
  if (!finding || column?.status !== 'submitted') return nothing;
  const { ratings, ratersDiffer } = ratingsOf(finding);
  if (ratings.length < 2) return nothing;
  return html`<p class="quiet">${ratings.map(({ handle, severity }) => `${handle} ${severity}`).join(' · ')}${ratersDiffer ? ' · raters differ' : ''}</p>`;
}

function alsoBreaks(id: string, text: ProblemText, isOpen: boolean): TemplateResult | typeof nothing {
  const checklist = ui.state?.checklist;
  const others = checklist?.items.filter((item) => item.id !== ui.item && !item.retired) ?? [];
  if (!checklist || others.length === 0) return nothing;
  const chosen = text.alsoBreaks ?? [];
  const set = (next: string[]) => editProblem(ui.column, ui.item, id, { alsoBreaks: next });
  return html`<div class="field">
    <label for="also-${id}">Also breaks</label>
    ${
      isOpen
        ? html`<select id="also-${id}" .value=${live('')} @change=${(event: Event) => {
            const select = event.target as HTMLSelectElement;
            if (select.value) set([...chosen, select.value]);
            select.value = '';
          }}>
            <option value="">add another item…</option>
            ${others.filter((item) => !chosen.includes(`${checklist.id}/${item.id}`)).map((item) => html`<option value="${checklist.id}/${item.id}">${item.id} ${item.title}</option>`)}
          </select>`
        : nothing
    }
    ${chosen.map((rule) => html`<span class="chip">${rule.split('/')[1]}${isOpen ? html`<button aria-label="Does not break ${rule}" @click=${() => set(chosen.filter((other) => other !== rule))}>${icon('close')}</button>` : nothing}</span>`)}
  </div>`;
}

function evidence(id: string, canAttach: boolean, hasUrl: boolean): TemplateResult {
  const finding = ui.state?.problems[id];
  return html`
    ${(finding?.evidence ?? []).map(
      (file) => html`<figure>
        ${ui.state?.pictures[file] ? html`<img src=${ui.state.pictures[file] as string} alt="Evidence: ${finding?.title ?? ''}" />` : html`<p class="quiet">${file} is missing.</p>`}
        ${canAttach ? html`<figcaption><button class="link" @click=${() => void ask(() => host.removeEvidence({ id, file }))}>Remove ${file}</button></figcaption>` : nothing}
      </figure>`,
    )}
    ${
      canAttach
        ? html`<div class="actions">
            ${
              hasUrl
                ? html`<button ?disabled=${ui.busy !== ''} @click=${() => void ask(() => host.attachPicture({ id, column: ui.column, formFactor: ui.formFactor }), 'Taking a picture of the page…')}>
                    ${icon('device-camera')}Take a picture…
                  </button>`
                : nothing
            }
            <button @click=${() => void ask(() => host.attachFile({ id }))}>${icon('file-media')}Attach a file…</button>
            <button @click=${() => void ask(async () => host.pasteImage({ id, data: await pictureInClipboard() }))}>
              ${icon('clippy')}Paste a picture
            </button>
          </div>`
        : nothing
    }
  `;
}

async function pick(problem: string): Promise<void> {
  const map = await ask(
    () => host.map({ column: ui.column, formFactor: ui.formFactor }),
    'Opening the page for picking…',
  );
  if (!map) return;
  ui.picking = { map, problem, at: -1, filter: '' };
  redraw();
}
