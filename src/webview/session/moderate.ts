import { nothing, type TemplateResult } from 'lit-html';
import type { Doing } from '../../core/journey/moderation';
import type { SessionView } from '../../core/journey/sessionView';
import { ask, redraw } from '../shared/draw';
import { button, fieldValue, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { host, shown } from './page';

type Act = Exclude<Doing, 'note'>;

/** How each thing a moderator does looks, and the key that does it. */
const looks: Record<Act, { label: string; key?: string; icon: string }> = {
  start: { label: 'Start', key: 'S', icon: 'play' },
  done: { label: 'Done', key: 'D', icon: 'pass' },
  'gave up': { label: 'Gave Up', key: 'G', icon: 'circle-slash' },
  error: { label: '+1 Error', key: 'E', icon: 'error' },
  assist: { label: '+1 Assist', key: 'A', icon: 'lightbulb' },
  pause: { label: 'Pause', key: 'P', icon: 'debug-pause' },
  resume: { label: 'Go On', key: 'P', icon: 'play' },
  undo: { label: 'Undo', key: 'U', icon: 'discard' },
  skip: { label: 'Leave Out Questions', key: 'K', icon: 'debug-step-over' },
  unknown: { label: 'Nobody Knows', icon: 'question' },
};

const NOTE_KEYS = html`what they do or say · <kbd>Enter</kbd> keeps it · <kbd>Esc</kbd> leaves`;
const WITH_PICTURE = 'With each note a picture of the page is kept, on which fields are painted over.';

/** What was typed as a note and is not kept yet, and what was kept last. */
let draft = '';
let kept: { text: string; step: string | undefined } | undefined;

async function act(doing: Act): Promise<void> {
  const state = await ask(() => host.act({ doing }));
  if (state) take(state);
}

/** Shows a new state. */
export function take(state: NonNullable<typeof shown.state>): void {
  Object.assign(shown, { state, at: performance.now() });
  redraw();
}

async function keepNote(event: Event): Promise<void> {
  event.preventDefault();
  const text = draft.trim();
  if (text === '') return;
  const step = shown.state?.view.steps.find(({ isNow }) => isNow)?.name;
  const state = await ask(() => host.note({ text }));
  if (!state) return;
  draft = '';
  kept = { text, step };
  take(state);
}

/** What was typed as a note when the session ended, and is not kept. */
export const unkept = (): string => draft.trim();

/** The moderator's buttons, and the field for a note. */
export function moderate(view: SessionView): TemplateResult {
  const { doings, phase } = view;
  const acts = doings.filter((doing) => doing !== 'note');
  return html`${
    acts.length === 0
      ? nothing
      : html`<p class="row acts" role="group" aria-label="What happened">
          ${acts.map((doing) => actButton(doing, view))}
        </p>`
  }
  ${phase === 'task' ? quietLine('The participant can start it too. Time on task runs from then.') : nothing}
  ${
    doings.includes('note')
      ? html`<form class="note" @submit=${keepNote}>
          <label for="note">Note <kbd>N</kbd> ${quiet(NOTE_KEYS)}</label>
          <span class="row"
            ><input
              id="note"
              maxlength="2000"
              autocomplete="off"
              .value=${draft}
              @input=${(event: Event) => {
                draft = fieldValue(event);
              }}
            /><button type="submit">Keep Note</button></span
          >
          <p class="quiet" role="status">${kept ? keptText(kept) : WITH_PICTURE}</p>
        </form>`
      : nothing
  }
  ${
    phase === 'over'
      ? nothing
      : html`<p>
          ${button('End the session now', () => ask(() => host.end()), { kind: 'link' })}
          ${quiet('what was counted is kept as cut off')}
        </p>`
  }`;
}

function actButton(doing: Act, { phase, lastNoted, isDone }: SessionView): TemplateResult {
  const { label, key, icon } = looks[doing];
  const isCorrection = phase === 'questions' && isDone !== null && doing !== 'skip' && doing !== 'undo';
  const text = isCorrection ? `No: ${label}` : doing === 'undo' && lastNoted ? `Undo ${lastNoted}` : label;
  const isPrimary = doing === 'start' || (doing === 'done' && phase !== 'questions');
  return button(text, () => act(doing), { icon, ...(key && { key }), ...(isPrimary && { kind: 'primary' }) });
}

function keptText({ text, step }: NonNullable<typeof kept>): TemplateResult {
  return html`Kept${step === undefined ? nothing : html`, at <bdi>“${step}”</bdi>`}: <bdi>${text}</bdi>`;
}

function quietLine(text: string): TemplateResult {
  return html`<p class="quiet">${text}</p>`;
}

/** Listens to single keys, except while somebody types. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const { target } = event;
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) {
      if (event.key === 'Escape') document.getElementById('where')?.focus();
      return;
    }
    const key = event.key.toUpperCase();
    const doing = shown.state?.view.doings.find((one) => one !== 'note' && looks[one].key === key);
    const note = key === 'N' ? document.getElementById('note') : null;
    if (!note && (!doing || doing === 'note')) return;
    event.preventDefault();
    if (note) note.focus();
    else if (doing && doing !== 'note') void act(doing);
  });
}
