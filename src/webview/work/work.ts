import { nothing, render, type TemplateResult } from 'lit-html';
import './work.css';
import type { ShownTurn, ShownWait, WorkEvents, WorkPageState, workContract } from '../../protocol/workPage';
import { ask, onDraw, redraw, request } from '../shared/draw';
import { button, icon, notice, quiet } from '../shared/elements';
import { connect } from '../shared/host';
import { html } from '../shared/html';

const { host, on } = connect<typeof workContract, WorkEvents>();
const page = document.getElementById('page') as HTMLElement;
let shown: WorkPageState | undefined;

const icons: Record<ShownTurn['kind'], string> = {
  answer: 'edit',
  rate: 'star-empty',
  agree: 'comment-discussion',
  again: 'history',
  join: 'person-add',
};

const JOIN = 'Two evaluators find more than one. What the other found stays hidden until you submit.';

function body(state: WorkPageState): TemplateResult {
  const { me, standing, due, stale, joins, waits, faults } = state;
  const isNothing = due.length + stale.length + joins.length + waits.length === 0;
  const [next] = [...due, ...stale, ...joins];
  const evaluate = () => ask(() => host.evaluate());
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
    ${list('Stale', 'Something changed since you evaluated these.', stale)}
    ${list('Evaluated by one person so far', JOIN, joins)}
    ${waits.length === 0 ? nothing : others(waits)}`;
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
  if (state) take(state);
});
