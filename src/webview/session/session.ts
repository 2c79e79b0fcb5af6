import { nothing, render, type TemplateResult } from 'lit-html';
import './session.css';
import type { SessionPhase } from '../../core/journey/moderation';
import type { SessionCounts, SessionStep, SessionView } from '../../core/journey/sessionView';
import { FEW } from '../../core/outcomes/few';
import { counted } from '../../core/text/counted';
import type { SessionPageState } from '../../protocol/sessionPage';
import { ask, onDraw, redraw, request } from '../shared/draw';
import { button, icon, notice, quiet, scrollTable } from '../shared/elements';
import { html } from '../shared/html';
import { listenToKeys, moderate, take, unkept } from './moderate';
import { notes } from './notes';
import { host, on, shown } from './page';

const page = document.getElementById('page') as HTMLElement;

/** Where the participant is, in words. */
const where: Record<SessionPhase, string> = {
  consent: 'reads in their browser what is counted, and agrees or not',
  task: 'reads the task',
  running: 'does the task',
  paused: 'is paused',
  questions: 'answers the questions in their browser',
  unsaid: 'closed the browser. How did the task end?',
  over: 'is finished',
};

const HELD = 'The clock is held: no page of theirs is in sight. It goes on with them.';
const countLabels: [keyof SessionCounts, string][] = [
  ['seen', 'Errors you saw'],
  ['assists', 'Assists'],
  ['clicks', 'Clicks'],
  ['keys', 'Key presses'],
  ['pages', 'Pages'],
  ['back', 'Went back'],
  ['refused', 'Errors: fields refused'],
  ['deadClicks', 'Dead clicks'],
  ['rageClicks', 'Rage clicks'],
  ['scriptErrors', 'Script errors'],
];

/** Minutes and seconds of milliseconds. */
function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What has passed since the state came, while time passes. Milliseconds. */
function since({ isPassing }: SessionView): number {
  return isPassing ? performance.now() - shown.at : 0;
}

function body(state: SessionPageState): TemplateResult {
  const { view, title, outcome, fault } = state;
  const isOver = outcome !== null || fault !== null;
  return html`<header class="head">
      <div>
        <h1>${view.participant} <span class="quiet">task session, <bdi>${title}</bdi></span></h1>
      </div>
    </header>
    <div role="alert">
      ${request.error ? notice('error', request.error) : nothing} ${fault === null ? nothing : notice('error', fault)}
    </div>
    ${isOver ? after(state) : html`${now(view)} ${moderate(view)}`}
    <div class="columns">
      <section aria-labelledby="task-title">
        <h2 id="task-title">The task</h2>
        <p><bdi>${view.scenario}</bdi></p>
        <p class="quiet">It is done when: <bdi>${view.success}</bdi></p>
        ${steps(view)}
      </section>
      ${counts(view)}
    </div>
    ${notes(state, isOver)}`;
}

function now(view: SessionView): TemplateResult {
  const { phase, limit, active } = view;
  const step = view.steps.find(({ isNow }) => isNow);
  const time = active + since(view);
  const isLate = limit !== null && time > limit;
  const isHeld = phase === 'running' && !view.isPassing;
  return html`<p class="answer" id="where" tabindex="-1" role="status">
      <strong>${view.participant} ${where[phase]}</strong
      >${step && phase === 'running' ? html`, at <bdi>“${step.name}”</bdi>` : nothing}.
    </p>
    ${
      phase === 'consent' || phase === 'task'
        ? nothing
        : html`<p class="time">
            <b>${clock(time)}</b>
            <span class="quiet">time on task${limit === null ? nothing : html`, limit ${clock(limit)}`}</span>
          </p>
          ${isLate ? line('watch', `Over the limit by ${clock(time - limit)}.`) : nothing}
          ${isHeld ? line('debug-pause', HELD) : nothing}
          ${phase === 'questions' ? line('pass', said(view)) : nothing}`
    }`;
}

/** How the task ended, as far as anybody said it. */
function said({ isDone, active }: SessionView): string {
  const how = isDone === null ? 'The task has ended' : isDone ? 'Done' : 'Given up';
  return `${how} after ${clock(active)}; the clock stands.`;
}

function line(name: string, text: string): TemplateResult {
  return html`<p class="said">${icon(name)} ${text}</p>`;
}

function after({ outcome, attempts }: SessionPageState): TemplateResult {
  const text = unkept();
  return html`<p class="answer" role="status"><strong>${outcome ?? 'The session was cut off.'}</strong></p>
    ${text === '' ? nothing : notice('warning', html`The session ended before this note was kept: <bdi>${text}</bdi>`)}
    <p class="quiet">
        ${counted(attempts, 'attempt')} on this computer, and not shared. Figures are made of at least ${FEW} people.
    </p>
    <p class="row">
      ${button('Next Participant', () => ask(() => host.next()), { icon: 'person', kind: 'primary' })}
      ${button('Import Figures…', () => ask(() => host.importFigures()), {
        icon: 'cloud-download',
        isDisabled: attempts < FEW,
      })}
    </p>`;
}

function steps({ steps: all, phase }: SessionView): TemplateResult | typeof nothing {
  if (phase === 'consent' || phase === 'task' || all.length === 0) return nothing;
  const row = ({ name, active, errors, isNow }: SessionStep) => html`<tr aria-current=${isNow ? 'step' : nothing}>
    <th scope="row">${isNow ? html`${icon('arrow-right')} ` : nothing}<bdi>${name}</bdi></th>
    <td class="number">${active === null ? '–' : clock(active)}</td>
    <td class="number">${active === null ? '–' : errors}</td>
  </tr>`;
  return scrollTable('Steps', ['Step', { number: 'Time' }, { number: 'Errors' }], all.map(row));
}

function counts({ counts: all, phase }: SessionView): TemplateResult | typeof nothing {
  if (phase === 'consent' || phase === 'task') return nothing;
  return html`<section aria-labelledby="counts-title">
    <h2 id="counts-title">Counted</h2>
    <dl class="counts">
      ${countLabels.map(
        ([key, label]) =>
          html`<div>
            <dt>${label}</dt>
            <dd class="number">${all[key]}</dd>
          </div>`,
      )}
      <div>
        <dt>Waiting for pages</dt>
        <dd class="number">${clock(all.waiting)}</dd>
      </div>
      <div>
        <dt>Away ${quiet('(not timed)')}</dt>
        <dd class="number">${clock(all.away)}</dd>
      </div>
    </dl>
  </section>`;
}

onDraw(() => {
  const { state } = shown;
  if (state) render(body(state), page);
  else if (request.error) render(html`<h1>No session</h1>${notice('error', request.error)}`, page);
});

on('state', take);
page.textContent = '';
void ask(() => host.ready()).then((state) => {
  if (state) take(state);
});
listenToKeys();
setInterval(() => {
  if (shown.state?.view.isPassing) redraw();
}, 1_000);
