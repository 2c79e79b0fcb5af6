import { nothing, render, type TemplateResult } from 'lit-html';
import './result.css';
import type { ResultView } from '../../core/audit/resultView';
import { figureText } from '../../core/metrics/metricText';
import { counted } from '../../core/text/counted';
import { isChange } from '../../core/verdict/judge';
import { disclose, disclosure } from '../shared/disclosure';
import { ask, onDraw, redraw, request } from '../shared/draw';
import { button, notice, quiet, select } from '../shared/elements';
import { html } from '../shared/html';
import { change, comparison, metric, score } from './numbers';
import { host, on, shown, withLinks } from './page';
import { everything, fixFirst } from './tasks';

const page = document.getElementById('page') as HTMLElement;

function body(view: ResultView): TemplateResult {
  return html`
    ${head(view)}
    <div role="alert">${request.error ? notice('error', request.error) : nothing}</div>
    ${warnings(view)}
    <div class="top">
      ${thumbnail(view)}
      <div>
        <ul class="scores" aria-label="Scores">
          ${view.categories.map(score)}
        </ul>
        ${load(view)} ${since(view)} ${undecided(view)}
      </div>
    </div>
    ${fixFirst(view)} ${filmstrip(view)} ${everything(view)}
    ${disclosure({ key: 'about', isOpen: false }, 'About these numbers', () => about(view))} ${history(view)}
  `;
}

function head({ measurement }: ResultView): TemplateResult {
  const { target, environment, formFactor, runs, at, finalUrl, id } = measurement;
  const facts = [environment, how(measurement), formFactor, counted(runs, 'run'), new Date(at).toLocaleString()];
  return html`<header class="head">
    <div>
      <h1>${shown.state?.title || target}</h1>
      <p class="quiet">${finalUrl}</p>
      <p class="quiet">${facts.filter(Boolean).join(' · ')}</p>
    </div>
    <div class="actions">
      ${auditAgain(shown.state?.auditing ? 'Auditing…' : 'Audit Again')}
      ${shown.state?.isKept === false ? nothing : report(id)}
      ${button('What It Means for Customers', () => ask(() => host.openImpact()), { icon: 'graph' })}
    </div>
  </header>`;
}

function report(runId: string): TemplateResult {
  return button('Lighthouse Report', () => ask(() => host.openReport({ runId })), {
    icon: 'file-code',
    needsMachine: true,
  });
}

/** What the load was slowed to, in words. */
function how({ throttlingMethod, formFactor }: ResultView['measurement']): string {
  if (throttlingMethod !== 'simulate') return `${throttlingMethod} throttling`;
  return formFactor === 'mobile' ? 'simulated slow phone' : 'simulated desktop';
}

function auditAgain(label: string): TemplateResult {
  const isDisabled = shown.state?.auditing === true;
  const again = button(label, () => ask(() => host.auditAgain()), {
    icon: 'debug-rerun',
    isDisabled,
    needsMachine: true,
  });
  const as = { icon: 'chevron-down', name: 'Audit As…', isDisabled, needsMachine: true };
  return html`<span class="split">${again}${button('', () => ask(() => host.auditAs()), as)}</span>`;
}

/** What limits the numbers; it stands before them. */
function warnings({ measurement, notMeasured }: ResultView): TemplateResult {
  const { redirectedTo, target, noisy, foreignLoad, development, proof } = measurement;
  const used = Math.round(Math.max(...foreignLoad.map((share) => share ?? 0)) * 100);
  const led = html`The page redirected to ${redirectedTo}. These numbers are about that page, so none of them is
  recorded for ${target}.`;
  const disturbed = html`Other programs used up to ${used} % of the processor during these runs. Repeat the audit on a
  quiet machine before you rely on the load metrics.`;
  const other = proof?.note === undefined ? nothing : notice('warning', html`${proof.note}`);
  const lines = notMeasured.map((line) => html`<br />${line}`);
  const left = 'Not measured, so findings of it stay as they are:';
  const unkept = 'The record could not be written, so this result is not kept: it is gone when this page is closed.';
  const built =
    development &&
    html`<strong>Development build.</strong> ${development.because}. Its load numbers are not
    those that visitors get, so none of them is recorded or compared.
    ${button('Build, Serve and Audit…', () => ask(() => host.buildAndAudit()), { kind: 'link', needsMachine: true })}`;
  return html`${built ? notice('warning', built) : nothing}
  ${shown.state?.isKept === false ? notice('warning', unkept) : nothing}
  ${redirectedTo ? notice('warning', led) : nothing}
  ${other} ${noisy ? notice('warning', disturbed) : nothing}
  ${notMeasured.length > 0 ? notice('warning', html`${left}${lines}`) : nothing}
  ${measurement.warnings.map((warning) => notice('warning', html`${withLinks(warning)}`))}`;
}

/** What these runs do not tell. */
function undecided({ undecided: lines }: ResultView): TemplateResult[] {
  return lines.map((line) => html`<p class="quiet">${line}. Their findings stay as they are.</p>`);
}

/** The page as it looked at the end of the load. */
function thumbnail({ filmstrip: frames, measurement }: ResultView): TemplateResult | typeof nothing {
  const last = frames.at(-1);
  return last
    ? html`<img class="thumbnail" src=${last.data} alt="${measurement.target} when it had loaded" />`
    : nothing;
}

function load({ metrics, measurement }: ResultView): TemplateResult | typeof nothing {
  if (metrics.length === 0) return nothing;
  const build = measurement.development ? ', of a development build' : '';
  const note =
    measurement.runs > 1
      ? 'lab, simulated; median, smallest and largest'
      : 'lab, simulated; one run, so the spread is not known';
  return html`<ul class="metrics" aria-label="Load metrics">
      ${metrics.map((number) => metric(number, measurement.formFactor))}
    </ul>
    <p class="quiet">${note}${build}</p>`;
}

/** What changed since the run before, and the numbers of both on demand. */
function since(view: ResultView): TemplateResult {
  const changed = [...view.metrics, ...view.categories].filter(
    ({ difference }) => difference && isChange(difference.verdict),
  );
  const when = view.previousAt === undefined ? '' : new Date(view.previousAt).toLocaleString();
  const text = changed.map((number) => `${number.acronym ?? number.name} ${change(number)}`).join(', ');
  const summary =
    view.previousAt === undefined ? 'No earlier run to compare with' : `Since ${when}: ${text || 'no change shown'}`;
  return html`<div id="compare" tabindex="-1">
    ${disclosure({ key: 'compare', isOpen: false }, summary, () => comparison(view))}
  </div>`;
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

function about({ measurement }: ResultView): TemplateResult {
  const { lighthouseVersion, browser, throttlingMethod, benchmarkIndex, representative, runs } = measurement;
  const measured = benchmarkIndex && new Date(benchmarkIndex.measuredAt).toLocaleTimeString();
  const load = benchmarkIndex
    ? `${throttlingMethod} throttling, benchmark index ${Math.round(benchmarkIndex.value)} (measured ${measured})`
    : 'its load not measured';
  return html`<p class="quiet">
    Lighthouse ${lighthouseVersion}, ${browser}, ${load}. The report is Lighthouse's representative run, number
    ${representative + 1} of ${runs}.
  </p>`;
}

function history({ history: kept, measurement }: ResultView): TemplateResult | typeof nothing {
  if (kept.length < 2) return nothing;
  const options = kept.map(({ runId, at, label }) => [runId, `${new Date(at).toLocaleString()} (${label})`] as const);
  const choose = (runId: string) =>
    ask(async () => {
      shown.state = await host.show({ runId });
    });
  return html`<p><label>${quiet('Runs kept on this machine')} ${select(options, measurement.id, choose)}</label></p>`;
}

onDraw(() => {
  const none = html`<h1>No result</h1>
    <p>The runs of this page are no longer kept on this machine.</p>
    ${auditAgain('Audit Again')}
    <div role="alert">${request.error}</div>`;
  const { state } = shown;
  if (state || request.error) render(state?.view ? body(state.view) : none, page);
});

function goToComparison(): void {
  if (!shown.state?.compare) return;
  disclose('compare');
  redraw();
  const heading = document.getElementById('compare');
  heading?.scrollIntoView();
  heading?.focus();
}

on('state', (next) => {
  shown.state = next;
  redraw();
  goToComparison();
});
page.textContent = '';
void ask(async () => {
  shown.state = await host.ready();
}).then(goToComparison);
