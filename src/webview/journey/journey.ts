import { nothing, render, type TemplateResult } from 'lit-html';
import './journey.css';
import type { Fact } from '../../core/journey/journeyFacts';
import type { JourneyView } from '../../core/journey/journeyView';
import { counted } from '../../core/text/counted';
import { shortened } from '../../core/text/shortened';
import type { JourneyPageState } from '../../protocol/journeyPage';
import { disclosure } from '../shared/disclosure';
import { ask, onDraw, redraw, request } from '../shared/draw';
import { button, notice, quiet, select } from '../shared/elements';
import { html } from '../shared/html';
import { comparison, numbers } from './numbers';
import { host, on, shown } from './page';
import { problems } from './problems';
import { edit, isEditing, stepsForm } from './steps';
import { strip } from './strip';

const page = document.getElementById('page') as HTMLElement;

const ALL = 'All numbers of the steps';
/** The longest name of a step on a button. Characters. */
const LABEL = 28;

function body(state: JourneyPageState): TemplateResult {
  const { view } = state;
  if (isEditing()) return html`${head(state)} ${stepsForm()}`;
  const session = () => ask(() => host.runSession());
  return html`${head(state)}
    <div role="alert">${request.error ? notice('error', request.error) : nothing}</div>
    ${view.fault === null ? nothing : notice('error', view.fault)}
    <p class="answer"><strong>${view.answer.strong}</strong> ${view.answer.rest}</p>
    ${view.facts.length === 0 ? nothing : html`<ul class="facts">${view.facts.map(fact)}</ul>`} ${sources(view)}
    ${strip(view)} ${others(view)}
    <div class="below">${problems(view)}</div>
    ${view.comparison ? disclosure(closed('compare'), view.comparison, () => comparison(view)) : nothing}
    ${view.numbers.length > 0 ? disclosure(closed('numbers'), ALL, () => numbers(view)) : nothing}
    <p class="row more">
      ${state.form ? button('Run a Task Session…', session, { icon: 'person', needsMachine: true }) : nothing}
      ${button('Import Figures of People…', () => ask(() => host.importFigures()), { icon: 'cloud-download' })}
      ${button('What It Means for Customers', () => ask(() => host.showImpact()), { icon: 'graph' })}
    </p>`;
}

const closed = (key: string) => ({ key, isOpen: false });

function head(state: JourneyPageState): TemplateResult {
  const { view } = state;
  return html`<header class="head">
    <div>
      <h1>
        <bdi>${view.title}</bdi> <span class="quiet">journey, ${counted(view.stepCount, 'step')}</span>
      </h1>
      <p class="quiet">${view.about.join(' · ')}</p>
    </div>
    ${isEditing() ? nothing : html`<div class="actions">${actions(state)}</div>`}
  </header>`;
}

/** What a person came for is the first and only primary button. */
function actions({ view, code, form, isBusy }: JourneyPageState): TemplateResult {
  const toCode = code && (() => ask(() => host.goToCode({ id: code.id })));
  const label = isBusy ? 'Running…' : view.isWalked ? 'Run Again' : 'Run';
  const run = () => ask(() => host.run({ audits: false }));
  const primary = (isIt: boolean) => (isIt ? { kind: 'primary' } : {});
  return html`${
    toCode && code
      ? button(`Go to Code of “${shortened(code.step, LABEL)}”`, toCode, { icon: 'go-to-file', kind: 'primary' })
      : nothing
  }
  ${
    form
      ? html`${button(label, run, { icon: 'play', isDisabled: isBusy, needsMachine: true, ...primary(!code) })}
        ${button('Edit Steps', edit, { icon: 'edit' })}`
      : button('Import Recording…', () => ask(() => host.importRecording()), {
          icon: 'cloud-upload',
          ...primary(!code),
        })
  }`;
}

function fact({ label, value, detail }: Fact): TemplateResult {
  return html`<li>${label} <strong>${value}</strong> <span class="quiet">${detail}</span></li>`;
}

/** Which source of people's figures is shown, where there are several: they are never put together. */
function sources({ sources: all, shown: chosen }: JourneyView): TemplateResult | typeof nothing {
  if (all.length < 2) return nothing;
  const choose = (source: string) =>
    ask(async () => {
      shown.state = await host.show({ source });
    });
  const options = all.map(({ key, label }) => [key, label] as const);
  return html`<p class="sources">
    <label>${quiet('People as counted by')} ${select(options, chosen ?? '', choose)}</label>
  </p>`;
}

function others({ others: names }: JourneyView): TemplateResult | typeof nothing {
  if (names.length === 0) return nothing;
  const list = names.map((name) => `“${name}”`).join(', ');
  return html`<p class="quiet">This source also counts what is no step of the journey: ${list}.</p>`;
}

onDraw(() => {
  const { state } = shown;
  if (state) render(body(state), page);
  else if (request.error) render(html`<h1>No journey</h1>${notice('error', request.error)}`, page);
});

function take(next: JourneyPageState): void {
  shown.state = next;
  redraw();
  if (next.edits) edit();
}

on('state', take);
page.textContent = '';
void ask(() => host.ready()).then((state) => {
  if (state) take(state);
});
