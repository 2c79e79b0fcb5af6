import { html, nothing, type TemplateResult } from 'lit-html';
import { valueText } from '../../core/impact/impactText';
import type { ImpactValue } from '../../core/impact/impactView';
import type { Level, Metric } from '../../core/metrics/metricSchema';
import { figureText, type MetricRating } from '../../core/metrics/metricText';
import { type Stage, stages } from '../../core/record/stages';
import { detail } from './detail';
import { icon, stateMark, verdict } from './parts';
import { allPaths, choose, present, ui } from './store';

const levels: { id: Level; title: string; about: string }[] = [
  { id: 'interaction', title: 'Interaction', about: 'one page or task' },
  { id: 'journey', title: 'Journey', about: 'several steps to a goal' },
  { id: 'relationship', title: 'Relationship', about: 'over months and years' },
];
const order: MetricRating[] = ['poor', 'needs improvement', 'good'];

/** The map of metrics over levels and stages, and what is chosen on it. */
export function map(): TemplateResult {
  const shown = present();
  if (!shown) return html``;
  const { view } = shown;
  const byMetric = Map.groupBy(view.values, ({ metric }) => metric);
  const chosen = ui.metric;
  const partners = new Map(
    allPaths.flatMap(({ ux, cx, line }) =>
      ux === chosen ? [[cx, line] as const] : cx === chosen ? [[ux, line] as const] : [],
    ),
  );
  const missing = new Set(view.missing);
  const stagesShown = ui.filter.stage === undefined ? stages : stages.filter((stage) => stage === ui.filter.stage);
  const chip = (metric: Metric) => {
    const values = byMetric.get(metric.id) ?? [];
    const line = partners.get(metric.id);
    return html`<li>
      <button
        class="chip ${metric.kind} ${values.length > 0 ? 'lit' : 'unlit'} ${line ?? ''}"
        aria-pressed=${metric.id === chosen ? 'true' : 'false'}
        data-metric=${metric.id}
        @click=${() => choose(metric.id === chosen ? undefined : metric.id)}
      >
        <span class="name">${metric.short}</span>
        ${values.length > 0 ? summary(values) : html`<span class="quiet">not measured</span>`}
        ${line ? html`<span class="visually-hidden">joined with the chosen metric</span>` : nothing}
      </button>
    </li>`;
  };
  const cell = (level: Level, stage: Stage) => {
    const here = view.metrics.filter(
      (metric) => metric.level === level && metric.stages.includes(stage) && metric.obtained.length > 0,
    );
    const isShown = ({ id }: Metric) => byMetric.has(id) || partners.has(id) || id === chosen;
    const rest = here.filter((metric) => !isShown(metric) && !missing.has(metric.id));
    const group = (kind: 'ux' | 'cx', title: string) => {
      const lit = here.filter((metric) => metric.kind === kind && isShown(metric));
      const wanted = here.filter((metric) => metric.kind === kind && !isShown(metric) && missing.has(metric.id));
      if (lit.length + wanted.length === 0) return nothing;
      return html`<p class="kind ${kind}">${title}</p>
        <ul class="chips">
          ${lit.map(chip)}
        </ul>
        ${folded(wanted, 'evidence leads here', chip)}`;
    };
    return html`<td>
      <span class="stage-name" aria-hidden="true">${stage}</span>
      ${group('ux', 'UX')} ${group('cx', 'Customers')} ${folded(rest, 'more not measured', chip)}
    </td>`;
  };
  return html`<section aria-labelledby="map-title" class="map-and-detail ${chosen ? 'chosen' : ''}">
    <div>
      <h2 id="map-title">The map</h2>
      <p class="quiet">
        UX metrics and what customers do and say, by level and stage. Choose one to see what evidence joins it with, its findings
        and its trend. Levels are never summed.
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="Map of metrics">
        <table class="map">
          <thead>
            <tr>
              <td></td>
              ${stagesShown.map((stage) => html`<th scope="col">${stage}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${levels.map(
              ({ id, title, about }) =>
                html`<tr>
                  <th scope="row">${title}<br /><span class="quiet">${about}</span></th>
                  ${stagesShown.map((stage) => cell(id, stage))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${legend()}
    </div>
    ${chosen ? detail(chosen) : nothing}
  </section>`;
}

function folded(
  metrics: readonly Metric[],
  what: string,
  chip: (metric: Metric) => TemplateResult,
): TemplateResult | typeof nothing {
  if (metrics.length === 0) return nothing;
  return html`<details class="rest">
    <summary class="quiet">${metrics.length} ${what}</summary>
    <ul class="chips">
      ${metrics.map(chip)}
    </ul>
  </details>`;
}

/** One value as it is; of several of one kind the range of their medians and how many are poor. */
function summary(values: readonly ImpactValue[]): TemplateResult {
  const [first] = values as [ImpactValue];
  if (values.length === 1)
    return html`<span class="figure number">${valueText(first)}</span> ${verdict(first.verdict)} ${stateMark(first.state)}`;
  const definitions = new Set(values.map(({ variant, unit, basis }) => [variant, unit, basis].join('\n')));
  if (definitions.size > 1)
    return html`<span class="quiet number">${values.length} values of ${definitions.size} kinds</span>`;
  const numbers = values.filter(({ state }) => state !== 'too few').map(({ value }) => value);
  const worst = order.find((one) => values.some((value) => value.verdict === one)) ?? null;
  const count = values.filter((value) => value.verdict === worst).length;
  if (numbers.length === 0) return html`<span class="quiet">${values.length} values</span> ${stateMark('too few')}`;
  const text = (value: number) => figureText(value, first.unit);
  const [low, high] = [text(Math.min(...numbers)), text(Math.max(...numbers))];
  return html`<span class="figure number">${low === high ? low : `${low} to ${high}`}</span>
    ${worst ? html`${verdict(worst)} <span class="quiet number">${count} of ${values.length}</span>` : html`<span class="quiet number">${values.length} values</span>`}`;
}

function legend(): TemplateResult {
  return html`<p class="quiet legend">
    ${icon('info')} Lit: has a value. A verdict is Lighthouse’s own of a lab run, or a published threshold of field data; lab values
    are never a pass or fail of the Core Web Vitals.
  </p>`;
}
