import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { ratingsOf } from '../../core/evaluation/jointView';
import { type ProblemChange, type ProblemText, suggestedSeverity } from '../../core/evaluation/problems';
import { severityText, severityWords } from '../../core/record/severity';
import { stages } from '../../core/record/stages';
import { pastePicture, pictureInClipboard } from '../pictures';
import { fold, unfold } from './fold';
import { icon } from './looks';
import { ask, columnNow, editProblem, host, isBlank, problemText, redraw, removeProblem, ui } from './store';

export function rate(id: string, change: Partial<NonNullable<ProblemText['rating']>>): void {
  const rating = { ...waiting.get(id), ...problemText(id).rating, ...change } as NonNullable<ProblemText['rating']>;
  waiting.delete(id);
  editProblem(ui.column, ui.item, id, { rating });
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
  return fold(
    { key: `${prefix} factors`, kind: 'factors', isUnfolded: suggested !== undefined },
    html`Why: frequency, impact, persistence <span class="quiet">optional</span>`,
    () => html`
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
  `,
  );
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

/** What is known of one problem, to be changed while the evaluation is open. */
export function problemEditor(id: string, isOpen: boolean): TemplateResult {
  const text = problemText(id);
  const finding = ui.state?.problems[id];
  const rated = text.rating ?? (waiting.get(id) as ProblemText['rating']);
  return html`<div class="problem ${ui.problem === id ? 'now' : ''}" @focusin=${() => {
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
        @input=${typing(id, (title) => ({ title }))}
      />
    </label>
    <div>
      <span class="label">Severity <span class="quiet">${severityText(text.rating?.severity)}</span></span>
      ${severityButtons(id, isOpen)}
    </div>
    ${factorFields(id, rated, isOpen, (change) => setFactor(id, change))}
    ${more(id, text, isOpen)}
    ${finding ? othersSay(id) : nothing}
    ${
      isOpen
        ? html`<button class="link" @click=${() => removeProblem(ui.column, ui.item, id)}>${isBlank(id) ? 'Discard' : 'Remove this problem'}</button>`
        : nothing
    }
  </div>`;
}

function typing(id: string, change: (value: string) => ProblemChange): (event: Event) => void {
  return (event) => editProblem(ui.column, ui.item, id, change((event.target as HTMLInputElement).value));
}

/** Puts the cursor into a new problem; what else can be said of it opens a frame later, so that the key answers at once. */
export function focusProblem(id: string): void {
  document.getElementById(`title-${id}`)?.focus();
  requestAnimationFrame(() => requestAnimationFrame(() => unfold(`${id} more`)));
}

/** What else can be said of a problem; folded as long as nothing of it was. */
function more(id: string, text: ProblemText, isOpen: boolean): TemplateResult {
  const said = [text.note, text.recommendation, ...Object.values(text.where ?? {}), ...(text.alsoBreaks ?? [])];
  const isUnfolded = said.some(Boolean) || (ui.state?.problems[id]?.evidence ?? []).length > 0;
  return fold({ key: `${id} more`, kind: 'more', isUnfolded }, 'Where, note, recommendation, evidence', () =>
    moreFields(id, text, isOpen),
  );
}

function moreFields(id: string, text: ProblemText, isOpen: boolean): TemplateResult {
  const where = text.where ?? {};
  const canTakePicture = columnNow()?.url != null;
  const line = (name: keyof typeof where, label: string, hint: string) =>
    html`<label class="field">${label} <span class="quiet">${hint}</span><input type="text" ?readonly=${!isOpen} .value=${live(where[name] ?? '')} @input=${typing(id, (value) => ({ where: { [name]: value } }))} /></label>`;
  return html`
    <div class="fields">
      ${line('element', 'Element', 'in words')} ${line('when', 'When', 'the state it shows in')}
      ${line('selector', 'Selector', 'CSS')} ${line('viewport', 'Screen', 'such as 412x823')}
      ${columnNow()?.step !== undefined || ui.state?.checklist.id === 'journey-cx' ? html`${line('from', 'From channel', 'such as web')} ${line('to', 'To channel', 'such as post')}` : nothing}
    </div>
    ${
      isOpen && canTakePicture
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
    <label class="field">Note <textarea rows="3" ?readonly=${!isOpen} .value=${live(text.note ?? '')} @input=${typing(id, (note) => ({ note }))} @paste=${(event: ClipboardEvent) => pastePicture(event, (read) => void ask(async () => host.pasteImage({ id, data: await read() })))}></textarea></label>
    <label class="field">Recommendation <textarea rows="2" ?readonly=${!isOpen} .value=${live(text.recommendation ?? '')} @input=${typing(id, (recommendation) => ({ recommendation }))}></textarea></label>
    <div class="fields">
      <label class="field"
        >Stage of the customer's path
        <select ?disabled=${!isOpen} @change=${typing(id, (stage) => ({ stage }))}>
          <option value="" ?selected=${!text.stage}>not said</option>
          ${stages.map((stage) => html`<option value=${stage} ?selected=${text.stage === stage}>${stage}</option>`)}
        </select>
      </label>
      ${alsoBreaks(id, text, isOpen)}
    </div>
    ${evidence(id, isOpen && ui.state?.problems[id] !== undefined, canTakePicture)}
  `;
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
