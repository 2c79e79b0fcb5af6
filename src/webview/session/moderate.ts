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
  error: { label: 'Error', key: 'E', icon: 'error' },
  assist: { label: 'Assist', key: 'A', icon: 'lightbulb' },
  pause: { label: 'Pause', key: 'P', icon: 'debug-pause' },
  resume: { label: 'Go On', key: 'P', icon: 'play' },
  skip: { label: 'Leave Out Questions', key: 'K', icon: 'debug-step-over' },
  unknown: { label: 'Nobody Knows', icon: 'question' },
};

/** What was typed as a note and is not kept yet. */
let draft = '';

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
  const state = await ask(() => host.note({ text }));
  if (!state) return;
  draft = '';
  take(state);
}

/** The moderator's buttons, and the field for a note. */
export function moderate({ doings, phase }: SessionView): TemplateResult {
  const acts = doings.filter((doing) => doing !== 'note');
  return html`${
    acts.length === 0
      ? nothing
      : html`<p class="row acts" role="group" aria-label="What happened">
          ${acts.map((doing) => {
            const { label, key, icon } = looks[doing];
            const kind = doing === 'start' || doing === 'done' ? { kind: 'primary' } : {};
            return button(label, () => act(doing), { icon, ...(key && { key }), ...kind });
          })}
        </p>`
  }
  ${
    doings.includes('note')
      ? html`<form class="note" @submit=${keepNote}>
          <label for="note">Note ${quiet('what they do or say; N, and Enter keeps it')}</label>
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
        </form>`
      : nothing
  }
  ${
    phase === 'over'
      ? nothing
      : html`<p>${button('End the session now', () => ask(() => host.end()), { kind: 'link' })}</p>`
  }`;
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
