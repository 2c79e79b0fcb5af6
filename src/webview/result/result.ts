import { nothing, render, type TemplateResult } from 'lit-html';
import { html } from '../shared/html';
import './result.css';
import type { ResultView, ShownTask } from '../../core/audit/resultView';
import { figureText } from '../../core/metrics/metricText';
import { counted } from '../../core/text/counted';
import type { ResultEvents, ResultPageState, resultContract } from '../../protocol/resultPage';
import { ask, onDraw, redraw, request } from '../shared/draw';
import { button, icon, notice, quiet, select } from '../shared/elements';
import { connect } from '../shared/host';
import { inlineMarkdown } from '../shared/markdown';
import { comparison, metric, score } from './numbers';

const { host, on } = connect<typeof resultContract, ResultEvents>();
const page = document.getElementById('page') as HTMLElement;
let state: ResultPageState | undefined;

const withLinks = (text: string) => inlineMarkdown(text, (url) => void ask(() => host.openLink({ url })));

function body(view: ResultView): TemplateResult {
  return html`
    ${head(view)}
    <div role="alert">${request.error ? html`<p class="notice">${request.error}</p>` : nothing}</div>
    ${warnings(view)}
    <ul class="scores" aria-label="Scores">
      ${view.categories.map(score)}
    </ul>
    ${load(view)} ${filmstrip(view)}
    <h2 id="todo">What to do first</h2>
    ${tasks(view.tasks)}
    <h2 id="compare" tabindex="-1">Compared with the run before</h2>
    ${comparison(view)} ${about(view)} ${history(view)}
  `;
}

function head({ measurement }: ResultView): TemplateResult {
  const { target, environment, formFactor, runs, at, finalUrl, id } = measurement;
  const facts = [environment, formFactor, counted(runs, 'run'), new Date(at).toLocaleString()];
  return html`<header class="head">
    <div>
      <h1>${target}</h1>
      <p class="quiet">${facts.join(' · ')}</p>
      <p class="quiet">${finalUrl}</p>
    </div>
    <div class="actions">
      ${auditAgain(state?.auditing ? 'Auditing…' : 'Audit again')}
      ${button('Lighthouse report', () => ask(() => host.openReport({ runId: id })), { icon: 'file-code' })}
      ${button('What it means for customers', () => ask(() => host.openImpact()), { icon: 'graph' })}
    </div>
  </header>`;
}

function auditAgain(label: string): TemplateResult {
  const look = { icon: 'debug-rerun', kind: 'primary', isDisabled: state?.auditing === true } as const;
  return button(label, () => ask(() => host.auditAgain()), look);
}

/** What limits the numbers; it stands before them. */
function warnings({ measurement, notMeasured, undecided }: ResultView): TemplateResult {
  const { redirectedTo, target, noisy, foreignLoad } = measurement;
  const used = Math.round(Math.max(...foreignLoad.map((share) => share ?? 0)) * 100);
  const led = html`The page redirected to ${redirectedTo}. These numbers are about that page, so none of them is
  recorded for ${target}.`;
  const disturbed = html`Other programs used up to ${used} % of the processor during these runs. Repeat the audit on a
  quiet machine before you rely on the load metrics.`;
  const lines = notMeasured.map((line) => html`<br />${line}`);
  const left = 'Not measured, so findings of it stay as they are:';
  return html`${redirectedTo ? notice('warning', led) : nothing} ${noisy ? notice('warning', disturbed) : nothing}
  ${notMeasured.length > 0 ? notice('warning', html`${left}${lines}`) : nothing}
  ${undecided.map((line) => notice('info', `${line}. Their findings stay as they are.`))}
  ${measurement.warnings.map((warning) => notice('info', html`${withLinks(warning)}`))}`;
}

function load({ metrics, measurement }: ResultView): TemplateResult | typeof nothing {
  if (metrics.length === 0) return nothing;
  const how = measurement.runs > 1 ? 'median and range' : 'one run';
  return html`<h2 id="load">Load ${quiet(`lab, simulated; ${how}`)}</h2>
    <ul class="metrics" aria-labelledby="load">
      ${metrics.map(metric)}
    </ul>`;
}

function filmstrip({ filmstrip: frames }: ResultView): TemplateResult | typeof nothing {
  if (frames.length === 0) return nothing;
  const frame = ({ timing, data }: (typeof frames)[number]) => {
    const after = figureText(timing, 'ms');
    return html`<li><img src=${data} alt="The page after ${after}" /><span class="quiet number">${after}</span></li>`;
  };
  return html`<h2 id="film">How it appears</h2>
    <ol class="filmstrip" aria-labelledby="film" tabindex="0">
      ${frames.map(frame)}
    </ol>`;
}

function tasks(shown: readonly ShownTask[]): TemplateResult {
  if (shown.length > 0) return html`<ol class="tasks" aria-labelledby="todo">${shown.map(task)}</ol>`;
  return html`<p>
    <span class="good">${icon('pass')}</span> Lighthouse found nothing to fix in what was audited. People still may:
    Lighthouse cannot judge whether the page makes sense.
  </p>`;
}

function task(shown: ShownTask): TemplateResult {
  const gain = savings(shown);
  const estimate = html`<span title="Lighthouse's estimate">estimated ${gain}</span>`;
  return html`<li>
    <details class="task">
      <summary>
        ${icon('chevron-right')}
        <span><span class="what">${withLinks(shown.title)}</span> ${quiet(shown.category)}</span>
        <span class="gain quiet number">${gain ? estimate : (shown.displayValue ?? nothing)}</span>
      </summary>
      <div class="body">
        <p>${withLinks(shown.description)}</p>
        ${places(shown.places)} ${recorded(shown)}
      </div>
    </details>
  </li>`;
}

function savings({ savings: estimates }: ShownTask): string {
  const texts = estimates.map(({ metric: name, value }) =>
    name === 'CLS' ? `${name} −${value.toFixed(3)}` : `${name} −${figureText(value, 'ms')}`,
  );
  return texts.join(', ');
}

function places(count: number): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  const [what, them] = count === 1 ? ['One place', 'it'] : [`${count} places`, 'them'];
  return html`<p class="quiet">${what}; the Lighthouse report shows ${them}.</p>`;
}

function recorded({ finding, isUndecided }: ShownTask): TemplateResult {
  if (!finding) return html`<p class="quiet">Not in the record${isUndecided ? ': undecided by these runs' : ''}.</p>`;
  const { id, status } = finding;
  const open = button(id, () => ask(() => host.openInRecord({ id })), { kind: 'link' });
  return html`<p>Recorded as ${open} (${status})</p>`;
}

function about({ measurement }: ResultView): TemplateResult {
  const { lighthouseVersion, browser, throttlingMethod, benchmarkIndex, representative, runs } = measurement;
  const { value, measuredAt } = benchmarkIndex;
  const index = `${Math.round(value)} (measured ${new Date(measuredAt).toLocaleTimeString()})`;
  return html`<h2>About these numbers</h2>
    <p class="quiet">
      Lighthouse ${lighthouseVersion}, ${browser}, ${throttlingMethod} throttling, benchmark index ${index}. The report
      is Lighthouse's representative run, number ${representative + 1} of ${runs}.
    </p>`;
}

function history({ history: kept, measurement }: ResultView): TemplateResult | typeof nothing {
  if (kept.length < 2) return nothing;
  const options = kept.map(({ runId, at, label }) => [runId, `${new Date(at).toLocaleString()} (${label})`] as const);
  const choose = (runId: string) =>
    ask(async () => {
      state = await host.show({ runId });
    });
  return html`<label>Runs kept on this machine ${select(options, measurement.id, choose)}</label>`;
}

onDraw(() => {
  const none = html`<h1>No result</h1>
    <p>The runs of this page are no longer kept on this machine.</p>
    ${auditAgain('Audit again')}
    <div role="alert">${request.error}</div>`;
  if (state || request.error) render(state?.view ? body(state.view) : none, page);
});

function goToComparison(): void {
  if (!state?.compare) return;
  const heading = document.getElementById('compare');
  heading?.scrollIntoView();
  heading?.focus();
}

on('state', (next) => {
  state = next;
  redraw();
  goToComparison();
});
page.textContent = '';
void ask(async () => {
  state = await host.ready();
}).then(goToComparison);
