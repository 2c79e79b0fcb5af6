import { nothing, type TemplateResult } from 'lit-html';
import { severityWords } from '../../core/record/severity';
import { counted } from '../../core/text/counted';
import type { NotesOfStep, SessionPageState } from '../../protocol/sessionPage';
import { ask, redraw } from '../shared/draw';
import { button, fieldValue, icon, quiet, select } from '../shared/elements';
import { html } from '../shared/html';
import { host } from './page';

/** The notes that say the same, what that is, and how bad; and the finding that was made last. */
const chosen = { keys: new Set<string>(), title: '', severity: -1 };
let made: { id: string; text: string } | undefined;

const severities = [[-1, 'not rated'], ...severityWords.map((word, value) => [value, `${value}: ${word}`])] as [
  number,
  string,
][];

async function makeFinding(event: Event): Promise<void> {
  event.preventDefault();
  const { keys, title, severity } = chosen;
  const given = { keys: [...keys], title: title.trim(), severity: severity < 0 ? null : severity };
  const finding = await ask(() => host.makeFinding(given), 'Making the finding…');
  if (!finding) return;
  const { id, people, of, pictures } = finding;
  const look = pictures.length > 0 ? ' Look at its pictures before you share it.' : '';
  made = { id, text: `Recorded: seen with ${people} of ${counted(of, 'participant')}.${look}` };
  keys.clear();
  Object.assign(chosen, { title: '', severity: -1 });
  redraw();
}

/** The notes of all sessions, by step, and a form that makes a finding of some. */
export function notes({ notes: steps, view }: SessionPageState, isOver: boolean): TemplateResult {
  if (!isOver) return ownNotes(steps, view.participant);
  return html`<section aria-labelledby="notes-title">
    <h2 id="notes-title">Notes of all sessions</h2>
    ${
      steps.length === 0
        ? html`<p class="quiet">None yet. What several participants show in a note becomes a finding here.</p>`
        : html`<p class="quiet">Choose those that say the same, and name the problem in your own words.</p>
            ${steps.map(step)} ${chosen.keys.size > 0 ? form() : nothing}`
    }
    <p role="status">${made ? last(made) : nothing}</p>
  </section>`;
}

/** While a session runs, what others did is not to be seen: it would prime who watches. */
function ownNotes(steps: readonly NotesOfStep[], participant: string): TemplateResult {
  const own = steps.flatMap(({ step: name, notes: some }) =>
    some.filter((note) => note.participant === participant).map((note) => ({ name, ...note })),
  );
  return html`<section aria-labelledby="notes-title">
    <h2 id="notes-title">Notes about ${participant}</h2>
    ${
      own.length === 0
        ? html`<p class="quiet">None yet. After a session, what several participants show becomes a finding.</p>`
        : html`<ul>
            ${own.map(
              ({ name, text, hasPicture }) => html`<li>
                <bdi>${text}</bdi> ${quiet(
                  html`(<bdi>${name ?? 'after the last step'}</bdi>${hasPicture ? ', with a picture' : nothing})`,
                )}
              </li>`,
            )}
          </ul>`
    }
  </section>`;
}

function last({ id, text }: NonNullable<typeof made>): TemplateResult {
  const show = button('Show Finding', () => ask(() => host.showFinding({ id })), { kind: 'link' });
  return html`${icon('pass')} ${text} ${show}`;
}

function step({ step: name, notes: some, people, of }: NotesOfStep): TemplateResult {
  return html`<fieldset class="notes">
    <legend>
      <bdi>${name ?? 'After the last step'}</bdi> ${quiet(`(${people} of ${counted(of, 'participant')})`)}
    </legend>
    ${some.map(
      ({ key, participant, text, hasPicture }) => html`<label
        ><input
          type="checkbox"
          .checked=${chosen.keys.has(key)}
          @change=${({ target }: Event) => {
            if ((target as HTMLInputElement).checked) chosen.keys.add(key);
            else chosen.keys.delete(key);
            redraw();
          }}
        />
        <span
          ><bdi>${text}</bdi> ${quiet(`(${participant}${hasPicture ? ', with a picture' : ''})`)}</span
        ></label
      >`,
    )}
  </fieldset>`;
}

function form(): TemplateResult {
  return html`<form class="make" @submit=${makeFinding}>
    <label class="title"
      >What is wrong
      <input
        required
        maxlength="200"
        placeholder="such as: The postcode is hard to find"
        .value=${chosen.title}
        @input=${(event: Event) => {
          chosen.title = fieldValue(event);
        }}
    /></label>
    <label
      >Severity
      ${select(severities, chosen.severity, (value) => {
        chosen.severity = value;
      })}</label
    >
    <button type="submit">Make a Finding of ${counted(chosen.keys.size, 'Note')}</button>
  </form>`;
}
