import { html, nothing, render, svg, type TemplateResult } from 'lit-html';
import './result.css';
import type { ResultView, ShownNumber, ShownTask } from '../../core/audit/resultView';
import { figureText, type MetricRating } from '../../core/metrics/metricText';
import type { ResultEvents, ResultPageState, resultContract } from '../../protocol/resultPage';
import { connect } from '../shared/host';
import { inlineMarkdown } from '../shared/markdown';

const { host, on } = connect<typeof resultContract, ResultEvents>();
const page = document.getElementById('page') as HTMLElement;
let state: ResultPageState = { view: null, auditing: false, compare: false };
let fault = '';

/** Runs a request and shows in place what went wrong. */
async function ask(work: Promise<unknown>): Promise<void> {
  fault = '';
  try {
    await work;
  } catch (error) {
    fault = (error as Error).message;
  }
  draw();
}

const looks: Record<MetricRating, { icon: string; tone: string }> = {
  good: { icon: 'pass', tone: 'good' },
  'needs improvement': { icon: 'warning', tone: 'fair' },
  poor: { icon: 'error', tone: 'poor' },
};

function verdict(value: MetricRating | null): TemplateResult {
  if (!value) return html`<span class="quiet">not known</span>`;
  const { icon, tone } = looks[value];
  return html`<span class="verdict ${tone}"><span class="codicon codicon-${icon}" aria-hidden="true"></span><span class="word">${value}</span></span>`;
}

function format(value: number, unit: ShownNumber['unit']): string {
  return unit === 'points' ? String(Math.round(value * 100)) : figureText(value, unit);
}

/** What may be said of a change: its size, or that it is no more than noise. */
function change({ difference, unit }: ShownNumber): string {
  if (!difference) return '';
  if (Math.abs(difference.delta) < (unit === 'ms' ? 1 : 0.001)) return 'as before';
  const sign = difference.delta > 0 ? '+' : '−';
  const size = `${sign}${format(Math.abs(difference.delta), unit)}`;
  return difference.withinNoise ? `${size}, within noise` : `${size} since before`;
}

const circumference = 2 * Math.PI * 31;

function score(number: ShownNumber): TemplateResult {
  const value = number.spread?.median ?? null;
  const shown = value === null ? '–' : String(Math.round(value * 100));
  const tone = number.verdict ? looks[number.verdict].tone : 'quiet';
  return html`<li class="score">
    <svg class="ring ${tone}" viewBox="0 0 72 72" aria-hidden="true">
      <circle cx="36" cy="36" r="31"></circle>
      ${
        value === null
          ? nothing
          : svg`<circle class="value" cx="36" cy="36" r="31" transform="rotate(-90 36 36)" stroke-dasharray="${value * circumference} ${circumference}"></circle>`
      }
      <text x="36" y="37">${shown}</text>
    </svg>
    <span>${number.name}<span class="visually-hidden">: ${value === null ? 'not scored' : `${shown} of 100`}</span></span><br />
    ${verdict(number.verdict)}<br />
    <span class="quiet number">${change(number)}</span>
  </li>`;
}

function metric(number: ShownNumber): TemplateResult {
  const { spread, unit } = number;
  return html`<li class="metric">
    <span class="name">${number.name} <abbr class="quiet" title=${number.name}>${number.acronym}</abbr></span>
    <span class="median number">${spread ? format(spread.median, unit) : 'not measured'}</span>
    <span class="detail">${verdict(number.verdict)}</span>
    ${
      spread
        ? html`<span class="detail quiet number"
            >${spread.n > 1 ? `${format(spread.min, unit)} to ${format(spread.max, unit)}, n = ${spread.n}` : 'one run, spread not known'}</span
          >`
        : nothing
    }
    ${number.difference ? html`<span class="detail quiet number">${change(number)}</span>` : nothing}
  </li>`;
}

function savings({ savings: estimates }: ShownTask): string {
  return estimates
    .map(
      ({ metric, value }) => `${metric} ${metric === 'CLS' ? `−${value.toFixed(3)}` : `−${figureText(value, 'ms')}`}`,
    )
    .join(', ');
}

function task(shown: ShownTask): TemplateResult {
  const gain = savings(shown);
  return html`<li>
    <details class="task">
      <summary>
        <span class="codicon codicon-chevron-right" aria-hidden="true"></span>
        <span><span class="what">${inlineMarkdown(shown.title, (url) => void ask(host.openLink({ url })))}</span> <span class="quiet">${shown.category}</span></span>
        <span class="gain quiet number">
          ${gain ? html`<span title="Lighthouse's estimate">estimated ${gain}</span>` : (shown.displayValue ?? nothing)}
        </span>
      </summary>
      <div class="body">
        <p>${inlineMarkdown(shown.description, (url) => void ask(host.openLink({ url })))}</p>
        ${shown.places > 0 ? html`<p class="quiet">${shown.places === 1 ? 'One place' : `${shown.places} places`}; the Lighthouse report shows ${shown.places === 1 ? 'it' : 'them'}.</p>` : nothing}
        ${
          shown.finding
            ? html`<p>
                Recorded as
                <button class="link" @click=${() => ask(host.openFinding({ id: shown.finding?.id ?? '' }))}>${shown.finding.id}</button>
                (${shown.finding.status})
              </p>`
            : html`<p class="quiet">Not in the record.</p>`
        }
      </div>
    </details>
  </li>`;
}

function comparison(view: ResultView): TemplateResult {
  const rows = [...view.metrics, ...view.categories].filter(({ difference }) => difference);
  if (rows.length === 0) {
    return html`<p class="quiet">There is no earlier run on this machine that may be compared with this one. Audit again to have one.</p>`;
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Compared with the run before">
    <table>
      <thead>
        <tr>
          <th>Number</th>
          <th class="number">${new Date(view.previousAt ?? '').toLocaleString()}</th>
          <th class="number">This run</th>
          <th>Change of the median</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => {
          const difference = row.difference;
          if (!difference) return nothing;
          const cell = ({ median, min, max, n }: typeof difference.before) =>
            html`${format(median, row.unit)} <span class="quiet">${n > 1 ? `${format(min, row.unit)} to ${format(max, row.unit)}, n = ${n}` : 'n = 1'}</span>`;
          return html`<tr>
            <td>${row.name}</td>
            <td class="number">${cell(difference.before)}</td>
            <td class="number">${cell(difference.after)}</td>
            <td>${change(row)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function body(view: ResultView): TemplateResult {
  const { measurement } = view;
  const about = [
    measurement.environment,
    measurement.formFactor,
    `${measurement.runs} run${measurement.runs === 1 ? '' : 's'}`,
    new Date(measurement.at).toLocaleString(),
  ];
  return html`
    <header class="head">
      <div>
        <h1>${measurement.target}</h1>
        <p class="quiet">${about.join(' · ')}</p>
        <p class="quiet">${measurement.finalUrl}</p>
      </div>
      <div class="actions">
        <button class="primary" ?disabled=${state.auditing} @click=${() => ask(host.auditAgain())}>
          <span class="codicon codicon-debug-rerun" aria-hidden="true"></span>${state.auditing ? 'Auditing…' : 'Audit again'}
        </button>
        <button @click=${() => ask(host.openReport({ runId: measurement.id }))}>
          <span class="codicon codicon-file-code" aria-hidden="true"></span>Lighthouse report
        </button>
        <button @click=${() => ask(host.openImpact())}>
          <span class="codicon codicon-graph" aria-hidden="true"></span>What it means for customers
        </button>
      </div>
    </header>
    <div role="alert">${fault ? html`<p class="notice">${fault}</p>` : nothing}</div>
    ${
      measurement.redirectedTo
        ? html`<p class="notice">
            <span class="codicon codicon-warning" aria-hidden="true"></span>
            <span>The page led to ${measurement.redirectedTo}. These numbers are about that page, so nothing of them is recorded for ${measurement.target}.</span>
          </p>`
        : nothing
    }
    ${
      measurement.noisy
        ? html`<p class="notice">
            <span class="codicon codicon-warning" aria-hidden="true"></span>
            <span
              >Other programs used up to ${Math.round(Math.max(...measurement.foreignLoad.map((load) => load ?? 0)) * 100)} % of the
              processor during these runs. Repeat the audit on a quiet machine before you rely on the load metrics.</span
            >
          </p>`
        : nothing
    }
    ${measurement.warnings.map((warning) => html`<p class="notice"><span class="codicon codicon-info" aria-hidden="true"></span><span>${inlineMarkdown(warning, (url) => void ask(host.openLink({ url })))}</span></p>`)}
    <ul class="scores" aria-label="Scores">
      ${view.categories.map(score)}
    </ul>
    ${
      view.metrics.length > 0
        ? html`<h2 id="load">Load <span class="quiet">lab, simulated; ${measurement.runs > 1 ? 'median and range' : 'one run'}</span></h2>
            <ul class="metrics" aria-labelledby="load">
              ${view.metrics.map(metric)}
            </ul>`
        : nothing
    }
    ${
      view.filmstrip.length > 0
        ? html`<h2 id="film">How it appears</h2>
            <ol class="filmstrip" aria-labelledby="film" tabindex="0">
              ${view.filmstrip.map(({ timing, data }) => html`<li><img src=${data} alt="The page after ${figureText(timing, 'ms')}" /><span class="quiet number">${figureText(timing, 'ms')}</span></li>`)}
            </ol>`
        : nothing
    }
    <h2 id="todo">What to do first</h2>
    ${
      view.tasks.length > 0
        ? html`<ol class="tasks" aria-labelledby="todo">
            ${view.tasks.map(task)}
          </ol>`
        : html`<p><span class="codicon codicon-pass good" aria-hidden="true"></span> Lighthouse found nothing to mend in what was audited. People still can: Lighthouse cannot judge whether the page makes sense.</p>`
    }
    <h2 id="compare" tabindex="-1">Compared with the run before</h2>
    ${comparison(view)}
    <h2>About these numbers</h2>
    <p class="quiet">
      Lighthouse ${measurement.lighthouseVersion}, ${measurement.browser}, ${measurement.throttlingMethod} throttling, benchmark index
      ${Math.round(measurement.benchmarkIndex.value)} (measured ${new Date(measurement.benchmarkIndex.measuredAt).toLocaleTimeString()}).
      The report is Lighthouse's representative run, number ${measurement.representative + 1} of ${measurement.runs}.
    </p>
    ${
      view.history.length > 1
        ? html`<label
            >Runs kept on this machine
            <select @change=${(event: Event) => ask(show((event.target as HTMLSelectElement).value))}>
              ${view.history.map(({ runId, at, label }) => html`<option value=${runId} ?selected=${runId === measurement.id}>${new Date(at).toLocaleString()} (${label})</option>`)}
            </select></label
          >`
        : nothing
    }
  `;
}

async function show(runId: string): Promise<void> {
  state = await host.show({ runId });
}

function draw(): void {
  render(
    state.view
      ? body(state.view)
      : html`<h1>No result</h1>
          <p>The runs of this page are no longer kept on this machine.</p>
          <button class="primary" ?disabled=${state.auditing} @click=${() => ask(host.auditAgain())}>Audit again</button>
          <div role="alert">${fault}</div>`,
    page,
  );
}

on('state', (next) => {
  state = next;
  draw();
  goToComparison();
});

function goToComparison(): void {
  if (!state.compare) return;
  const heading = document.getElementById('compare');
  heading?.scrollIntoView();
  heading?.focus();
}
page.textContent = '';
void ask(
  host.ready().then((first) => {
    state = first;
  }),
).then(goToComparison);
