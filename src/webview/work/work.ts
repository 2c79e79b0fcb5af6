import { nothing, render, type TemplateResult } from 'lit-html';
import './work.css';
import type {
  ShownPage,
  ShownSubmitted,
  ShownTurn,
  ShownWait,
  WorkEvents,
  WorkPageState,
  workContract,
} from '../../protocol/workPage';
import { ask, onDraw, redraw, request } from '../shared/draw';
import { button, icon, notice, quiet } from '../shared/elements';
import { connect } from '../shared/host';
import { html } from '../shared/html';

const { host, on, kept } = connect<typeof workContract, WorkEvents>();
const page = document.getElementById('page') as HTMLElement;
let shown: WorkPageState | undefined;
/** By folder and target: the pages that are ticked, and what they looked like. */
const ticked = new Set<string>((kept.get() as string[] | undefined) ?? []);
const pictures = new Map<string, string>();

const icons: Record<ShownTurn['kind'], string> = {
  answer: 'edit',
  rate: 'star-empty',
  agree: 'comment-discussion',
  again: 'history',
  join: 'person-add',
};

const JOIN = 'Two evaluators find more than one. What the other found stays hidden until you submit.';

function body(state: WorkPageState): TemplateResult {
  const { me, standing, due, unsent, sent, stale, joins, waits, faults } = state;
  const isNothing = due.length + unsent.length + sent.length + stale.length + joins.length + waits.length === 0;
  const [next] = [...due, ...stale, ...joins];
  const evaluate = () => ask(() => host.evaluate({ targets: [] }));
  const list = (title: string, about: string, turns: readonly ShownTurn[]) => section(title, about, turns, next);
  return html`<header class="head">
      <h1>My work <span class="quiet">· <bdi>${me}</bdi></span></h1>
      <div class="actions">
        ${isNothing ? nothing : button('Evaluate a Page…', evaluate, { icon: 'checklist' })}
      </div>
    </header>
    <div role="alert">
      ${request.error ? notice('error', request.error) : nothing} ${faults.map((fault) => notice('warning', fault))}
    </div>
    <p class="answer"><strong>${standing.strong}</strong> ${standing.rest}</p>
    ${isNothing ? empty(evaluate) : nothing} ${list('Open for you', '', due)}
    ${unsent.length === 0 ? nothing : notSent(unsent, next === undefined)}
    ${list('Stale', 'Something changed since you evaluated these.', stale)}
    ${list('Evaluated by one person so far', JOIN, joins)}
    ${waits.length === 0 ? nothing : others(waits)} ${sent.length === 0 ? nothing : hasTeam(sent)}
    ${state.pages.length === 0 ? nothing : choice(state.pages)}`;
}

function empty(evaluate: () => unknown): TemplateResult {
  return html`<p>
      Walk a checklist over a page or a journey, alone first. What you began, what others wait for and what became stale
      then stands here.
    </p>
    <p>${button('Evaluate a Page…', evaluate, { icon: 'checklist', kind: 'primary' })}</p>`;
}

function section(
  title: string,
  about: string,
  turns: readonly ShownTurn[],
  next: ShownTurn | undefined,
): TemplateResult | typeof nothing {
  if (turns.length === 0) return nothing;
  const id = title.toLowerCase().replaceAll(' ', '-');
  return html`<section aria-labelledby=${id}>
    <h2 id=${id}>${title} ${quiet(String(turns.length))}</h2>
    ${about ? html`<p class="quiet">${about}</p>` : nothing}
    <ul class="turns">
      ${turns.map((turn) => row(turn, turn === next))}
    </ul>
  </section>`;
}

/** What only this computer has. */
function notSent(unsent: readonly ShownSubmitted[], isNext: boolean): TemplateResult {
  const count = unsent.reduce((sum, { targets }) => sum + targets.length, 0);
  return html`<section aria-labelledby="unsent">
    <h2 id="unsent">Not sent yet ${quiet(String(count))}</h2>
    <p class="quiet">You submitted these; your team does not have them, or has them as they were before.</p>
    <ul class="turns">
      ${unsent.map((one, index) => unsentRow(one, isNext && index === 0))}
    </ul>
  </section>`;
}

function unsentRow({ folder, checklist, targets, title, about }: ShownSubmitted, isNext: boolean): TemplateResult {
  const send = () => ask(() => host.send({ folder, checklist, targets }));
  const look = { name: `Send for Review…: ${title}, ${about}`, ...(isNext && { kind: 'primary' }) };
  return html`<li class="turn">
    ${icon('git-pull-request-create')}
    <div class="what">
      <h3><bdi>${title}</bdi> <span class="quiet">· ${about}</span></h3>
    </div>
    ${button('Send for Review…', send, look)}
  </li>`;
}

/** What the team has, and how to tell it. */
function hasTeam(sent: WorkPageState['sent']): TemplateResult {
  const row = ({ folder, checklist, targets, title, about, hasMessage }: WorkPageState['sent'][number]) => {
    const copy = () => ask(() => host.copyMessage({ folder, checklist, targets }));
    const look = { icon: 'copy', name: `Copy a Message for Your Team: ${title}, ${about}` };
    return html`<li class="turn">
      ${icon('check')}
      <div class="what">
        <h3><bdi>${title}</bdi> <span class="quiet">· ${about}</span></h3>
      </div>
      ${hasMessage ? button('Copy a Message', copy, look) : nothing}
    </li>`;
  };
  return html`<section aria-labelledby="sent">
    <h2 id="sent">Sent ${quiet(String(sent.reduce((sum, { targets }) => sum + targets.length, 0)))}</h2>
    <p class="quiet">
      Your team has these as they are now. Ask a colleague to evaluate the same pages: two find more than one.
    </p>
    <ul class="turns">
      ${sent.map(row)}
    </ul>
  </section>`;
}

/** One thing to do; the button of the next one is the page's primary. */
function row(turn: ShownTurn, isNext: boolean): TemplateResult {
  const { kind, folder, target, checklist, title, about, left, waiting, why, action } = turn;
  const act = () => ask(() => host.act({ kind, folder, target, checklist }));
  const look = { name: `${action}: ${title}, ${about}`, ...(isNext && { kind: 'primary' }) };
  return html`<li class="turn">
    ${icon(icons[kind])}
    <div class="what">
      <h3><bdi>${title}</bdi> <span class="quiet">· ${about}</span></h3>
      <p class="left">
        ${left}${waiting ? html` <span class="tag">${icon('bell')}${waiting}</span>` : nothing}
      </p>
      ${why.map((sentence) => html`<p class="quiet">${sentence}</p>`)}
    </div>
    ${button(action, act, look)}
  </li>`;
}

const keyOf = ({ folder, target }: ShownPage) => `${folder}\n${target}`;

/** The pages and journeys, to be ticked and evaluated in one sitting. */
function choice(pages: readonly ShownPage[]): TemplateResult {
  const chosen = pages.filter((one) => ticked.has(keyOf(one)));
  const [first] = chosen;
  // the pages of one sitting are of one folder
  const isMixed = chosen.some(({ folder }) => folder !== first?.folder);
  const targets = chosen.map(({ target }) => target);
  const begin = () => first && ask(() => host.evaluate({ folder: first.folder, targets }));
  const label = chosen.length === 0 ? 'Evaluate…' : `Evaluate ${chosen.length} of Them…`;
  return html`<section aria-labelledby="pages">
    <div class="choice">
      <h2 id="pages">Pages and journeys ${quiet(String(pages.length))}</h2>
      ${isMixed ? quiet('A sitting is about pages of one folder.') : nothing}
      ${button(label, begin, { icon: 'checklist', isDisabled: chosen.length === 0 || isMixed })}
    </div>
    <p class="quiet">Tick those that you evaluate in one sitting.</p>
    <ul class="pages">
      ${pages.map(pageCard)}
    </ul>
  </section>`;
}

function pageCard(one: ShownPage): TemplateResult {
  const key = keyOf(one);
  const picture = pictures.get(key);
  const tick = ({ target }: Event) => {
    if ((target as HTMLInputElement).checked) ticked.add(key);
    else ticked.delete(key);
    kept.set([...ticked]);
    redraw();
  };
  return html`<li>
    <label class="page">
      ${picture ? html`<img src=${picture} alt="" />` : html`<span class="no-picture">${icon('file')}</span>`}
      <span class="named">
        <input type="checkbox" .checked=${ticked.has(key)} @change=${tick} />
        <bdi>${one.title}</bdi>
      </span>
      <span class="quiet"><bdi>${one.place}</bdi> · ${one.about}</span>
    </label>
  </li>`;
}

/** Asks for the pictures of the pages of each folder, after the page is drawn. */
async function askPictures(pages: readonly ShownPage[]): Promise<void> {
  for (const folder of new Set(pages.map((one) => one.folder))) {
    const found = await host.pictures({ folder }).catch(() => ({}));
    for (const [target, picture] of Object.entries(found)) pictures.set(`${folder}\n${target}`, picture);
  }
  redraw();
}

function others(waits: readonly ShownWait[]): TemplateResult {
  return html`<section aria-labelledby="waits">
    <h2 id="waits">You wait for others ${quiet(String(waits.length))}</h2>
    <ul class="waits">
      ${waits.map(waitRow)}
    </ul>
  </section>`;
}

function waitRow({ text, title, about }: ShownWait): TemplateResult {
  const where = html`<span class="quiet">· <bdi>${title}</bdi> · ${about}</span>`;
  return html`<li>${icon('watch')} <span><bdi>${text}</bdi> ${where}</span></li>`;
}

onDraw(() => {
  if (shown) render(body(shown), page);
  else if (request.error) render(html`<h1>My work</h1>${notice('error', request.error)}`, page);
});

function take(state: WorkPageState): void {
  shown = state;
  redraw();
}

on('state', take);
page.textContent = '';
void ask(() => host.ready()).then((state) => {
  if (!state) return;
  take(state);
  void askPictures(state.pages);
});
