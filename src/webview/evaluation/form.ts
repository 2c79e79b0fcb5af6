import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';
import { type Verdict, verdicts } from '../../core/evaluation/evaluation';
import type { ColumnState, MachineResult } from '../../protocol/evaluationPage';
import { icon, lookOf, looks } from './looks';
import { focusProblem, problemEditor, rate } from './problem';
import {
  answerOf,
  ask,
  askedOf,
  columnNow,
  drawOnce,
  foundAgain,
  goTo,
  host,
  itemOf,
  itemsOf,
  move,
  movePage,
  nameOf,
  newProblem,
  redraw,
  setAnswer,
  ui,
} from './store';

/** Gives the verdict on the present item, or takes it back when it is given already. A fail asks for a problem. */
export function giveVerdict(verdict: Verdict): void {
  const column = columnNow();
  if (!column || ui.item === 'other' || column.status === 'submitted') return;
  const before = answerOf(column, ui.item);
  const isBack = before.verdict === verdict;
  const isProblemMissing = verdict === 'fail' && !isBack && (before.findings ?? []).length === 0;
  const problem = drawOnce(() => {
    setAnswer(ui.column, ui.item, { verdict: isBack ? null : verdict });
    return isProblemMissing ? newProblem(ui.column, ui.item) : undefined;
  });
  if (problem) focusProblem(problem);
}

/** Begins a problem under the present item and puts the cursor into its title. */
export function addProblem(): void {
  const column = columnNow();
  if (!column || column.status === 'submitted') return;
  focusProblem(newProblem(ui.column, ui.item));
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

export function form(): TemplateResult {
  const { state } = ui;
  const column = columnNow();
  if (!state || !column) {
    return html`<p>You have no evaluation with this checklist here yet. Begin one with <strong>UX Audit: Evaluate a Page…</strong></p>`;
  }
  return html`
    ${state.columns.length > 1 ? guard([ui.column, ui.order, ...state.columns.map(({ answers }) => answers)], () => pages(state.columns)) : nothing}
    ${notices(column)} ${guard([column.answers, ui.item, state.checklist], () => strip(column))} ${card(column)}
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
