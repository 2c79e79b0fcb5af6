import { nothing, type TemplateResult } from 'lit-html';
import type { Line } from '../../core/impact/grades';
import type { ImpactValue } from '../../core/impact/impactValue';
import type { Level, Metric } from '../../core/metrics/metricSchema';
import { figureText, type MetricRating } from '../../core/metrics/metricText';
import { type Stage, stages } from '../../core/record/stages';
import { icon, quiet, scrollTable } from '../shared/elements';
import { html } from '../shared/html';
import { ratingMark } from '../shared/rating';
import { detail } from './detail';
import { allPaths, choose, type Shown, ui } from './store';
import { stateMark, valueMark } from './valueLine';

const levels: { id: Level; title: string; about: string }[] = [
  { id: 'interaction', title: 'Interaction', about: 'one page or task' },
  { id: 'journey', title: 'Journey', about: 'several steps to a goal' },
  { id: 'relationship', title: 'Relationship', about: 'over months and years' },
];

/** What the map shows of each metric; a chip is a metric's button. */
interface Chips {
  metrics: readonly Metric[];
  values: ReadonlyMap<string, readonly ImpactValue[]>;
  /** Metrics that evidence joins with the chosen one. */
  partners: ReadonlyMap<string, Line>;
  /** Metrics without a value that evidence leads to. */
  missing: ReadonlySet<string>;
}

/** The map of metrics over levels and stages, and what is chosen on it. */
export function map(shown: Shown): TemplateResult {
  const { metric: chosen, filter } = ui;
  const shownStages = stages.filter((stage) => filter.stage === undefined || stage === filter.stage);
  return html`<section aria-labelledby="map-title" class="map-and-detail ${chosen ? 'chosen' : ''}">
    <div>
      <h2 id="map-title">The map</h2>
      <p class="quiet">
        UX metrics and what customers do and say, by level and stage. Choose one to see what evidence joins it with, its
        findings and its trend. Levels are never summed.
      </p>
      ${table(chipsOf(shown), shownStages)} ${legend}
    </div>
    ${chosen ? detail(chosen, shown) : nothing}
  </section>`;
}

const legend = html`<p class="quiet">
  ${icon('info')} A metric with a solid border has a value. Lab runs have Lighthouse’s own rating, field data a
  published threshold; lab values are never a pass or fail of the Core Web Vitals.
</p>`;

function chipsOf({ view: { metrics, values, missing } }: Shown): Chips {
  return {
    metrics: metrics.filter(({ obtained }) => obtained.length > 0),
    values: Map.groupBy(values, ({ metric }) => metric),
    partners: partnersOf(ui.metric),
    missing: new Set(missing),
  };
}

function partnersOf(chosen: string | undefined): Map<string, Line> {
  return new Map(
    allPaths.flatMap(({ ux, cx, line }) => {
      if (ux === chosen) return [[cx, line] as const];
      return cx === chosen ? [[ux, line] as const] : [];
    }),
  );
}

function table(chips: Chips, shownStages: readonly Stage[]): TemplateResult {
  const row = ({ id, title, about }: (typeof levels)[number]) => html`<tr>
    <th scope="row">${title}<br />${quiet(about)}</th>
    ${shownStages.map((stage) => cell(chips, id, stage))}
  </tr>`;
  return scrollTable('Map of metrics', ['', ...shownStages], levels.map(row), 'map');
}

/** The metrics of a level and a stage: what is measured, then what evidence leads to, then the rest. */
function cell(chips: Chips, level: Level, stage: Stage): TemplateResult {
  const { values, partners, missing } = chips;
  const here = chips.metrics.filter((metric) => metric.level === level && metric.stages.includes(stage));
  const isLit = ({ id }: Metric) => values.has(id) || partners.has(id) || id === ui.metric;
  const {
    lit = [],
    wanted = [],
    rest = [],
  } = Object.groupBy(here, (metric) => {
    if (isLit(metric)) return 'lit';
    return missing.has(metric.id) ? 'wanted' : 'rest';
  });
  const group = (kind: Metric['kind'], title: string) => {
    const [measured, led] = [lit, wanted].map((list) => list.filter((metric) => metric.kind === kind));
    return kindOf(title, measured ?? [], led ?? [], chips);
  };
  return html`<td>
    <span class="stage-name" aria-hidden="true">${stage}</span>
    ${group('ux', 'UX')} ${group('cx', 'Customers')} ${folded(rest, 'more not measured', chips)}
  </td>`;
}

function kindOf(
  title: string,
  lit: readonly Metric[],
  wanted: readonly Metric[],
  chips: Chips,
): TemplateResult | typeof nothing {
  if (lit.length + wanted.length === 0) return nothing;
  return html`<p class="kind">${title}</p>
    ${chipList(lit, chips)} ${folded(wanted, 'evidence leads here', chips)}`;
}

function folded(metrics: readonly Metric[], what: string, chips: Chips): TemplateResult | typeof nothing {
  if (metrics.length === 0) return nothing;
  return html`<details>
    <summary class="quiet">${metrics.length} ${what}</summary>
    ${chipList(metrics, chips)}
  </details>`;
}

function chipList(metrics: readonly Metric[], chips: Chips): TemplateResult {
  return html`<ul class="chips">
    ${metrics.map((metric) => chip(metric, chips.values.get(metric.id) ?? [], chips.partners.get(metric.id)))}
  </ul>`;
}

function chip({ id, kind, short }: Metric, values: readonly ImpactValue[], line: Line | undefined): TemplateResult {
  const isChosen = id === ui.metric;
  const looks = ['chip', kind, ...(values.length > 0 ? [] : ['unlit']), ...(line ? [line] : [])];
  return html`<li>
    <button
      class=${looks.join(' ')}
      aria-pressed=${isChosen ? 'true' : 'false'}
      data-metric=${id}
      @click=${() => choose(isChosen ? undefined : id)}
    >
      <span class="name">${short}</span> ${values.length > 0 ? summary(values) : quiet('not measured')}
      ${line ? html`<span class="visually-hidden">joined with the chosen metric</span>` : nothing}
    </button>
  </li>`;
}

/** One value, or the range of several of one definition and how many have the worst rating. */
function summary(values: readonly ImpactValue[]): TemplateResult {
  const [first] = values as [ImpactValue];
  if (values.length === 1) return valueMark(first);
  const definitions = new Set(values.map(({ variant, unit, basis }) => [variant, unit, basis].join('\n')));
  if (definitions.size > 1) return quietNumber(`${values.length} values of ${definitions.size} kinds`);
  const numbers = values.filter(({ state }) => state !== 'too few').map(({ value }) => value);
  if (numbers.length === 0) return html`${quiet(`${values.length} values`)} ${stateMark('too few')}`;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)].map((value) => figureText(value, first.unit));
  return html`<span class="figure number">${low === high ? low : `${low} to ${high}`}</span> ${worstRating(values)}`;
}

function worstRating(values: readonly ImpactValue[]): TemplateResult {
  const ratings: MetricRating[] = ['poor', 'needs improvement', 'good'];
  const worst = ratings.find((rating) => values.some(({ verdict }) => verdict === rating));
  if (!worst) return quietNumber(`${values.length} values`);
  const count = values.filter(({ verdict }) => verdict === worst).length;
  return html`${ratingMark(worst)} ${quietNumber(`${count} of ${values.length}`)}`;
}

function quietNumber(text: string): TemplateResult {
  return html`<span class="quiet number">${text}</span>`;
}
