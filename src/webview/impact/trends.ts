import { html, nothing, type TemplateResult } from 'lit-html';
import type { RunValue } from '../../core/impact/impactData';
import { isAmong } from '../../core/impact/impactFilter';
import { metrics } from '../../core/metrics/metrics';
import { figureText } from '../../core/metrics/metricText';
import { isFew } from '../../core/outcomes/few';
import { type Chart, type ChartPoint, chart } from './chart';
import { icon, moreButton } from './parts';
import { ask, cut, host, metricOf, nameOf, present, ui } from './store';

/** Sets of runs of one metric that have one page, environment and form factor, and figures of one definition, over time. */
export function seriesOf(metric: string): Chart[] {
  const { data, filter } = ui;
  if (!data) return [];
  const known = metricOf(metric);
  const text = (unit: string) => (value: number) => figureText(value, unit);
  const runs = data.runs.filter((run) => run.values[metric] && isAmong(run, filter));
  const lab = [
    ...Map.groupBy(runs, (run) =>
      [
        run.target,
        run.environment,
        run.formFactor,
        run.isCommitted ? 'committed baseline' : 'lab',
        `Lighthouse ${run.lighthouse.split('.')[0]}`,
      ].join(', '),
    ),
  ].map(([name, of]): Chart => {
    const [first] = of;
    const baseline = data.baseline.find(
      ({ before }) =>
        before.target === first?.target &&
        before.environment === first?.environment &&
        before.formFactor === first?.formFactor,
    );
    return {
      title: `${known?.short ?? metric}, ${name}`,
      text: text(known?.scale.unit ?? ''),
      spread: 'lowest to highest run',
      baseline: baseline && baseline.reason === undefined ? baseline.before.values[metric]?.[0] : undefined,
      points: of.map(({ at, values, lighthouse, noisy }): ChartPoint => {
        const [value, low, high, n] = values[metric] as NonNullable<(typeof values)[string]>;
        return {
          at,
          value,
          low: n > 1 ? low : undefined,
          high: n > 1 ? high : undefined,
          n,
          about: `lab, Lighthouse ${lighthouse}`,
          noisy,
        };
      }),
    };
  });
  const usable = data.figures.filter(
    (one) =>
      one.metric === metric &&
      !isFew(one) &&
      (filter.target === undefined || one.target === undefined || one.target === filter.target),
  );
  const figures = [
    ...Map.groupBy(usable, ({ target, variant, unit, basis }) =>
      [
        target ?? 'whole product',
        ...(variant === undefined ? [] : [variant]),
        ...(unit === undefined ? [] : [unit]),
        ...(basis === 'field' ? ['field'] : []),
      ].join(', '),
    ),
  ].map(([name, of]): Chart => {
    const isField = of[0]?.basis === 'field';
    return {
      title: `${known?.short ?? metric}, ${name}`,
      text: text(of[0]?.unit ?? known?.scale.unit ?? ''),
      spread: '95 % interval',
      good: isField && known?.thresholds ? { value: known.thresholds.good, label: 'good' } : undefined,
      points: [...of]
        .sort((a, b) => (a.to < b.to ? -1 : 1))
        .map(({ to, from, value, low, high, n, basis }) => ({
          at: from,
          value,
          low,
          high,
          n,
          about: `${basis}, ${from} to ${to}`,
        })),
    };
  });
  const all = [...lab, ...figures];
  return all.sort((a, b) => b.points.length - a.points.length);
}

/** Small multiples of all that has been seen more than once, and the baseline. */
export function trends(): TemplateResult {
  const shown = present();
  if (!shown || !ui.data) return html``;
  const withValues = new Set(shown.view.values.map(({ metric }) => metric));
  const series = metrics.filter(({ id }) => withValues.has(id)).flatMap(({ id }) => seriesOf(id));
  const moving = series.filter(({ points }) => points.length > 1).sort((a, b) => b.points.length - a.points.length);
  const { shown: listed, more } = cut(moving, 'trends', 12);
  return html`<section aria-labelledby="better-title">
    <h2 id="better-title">Is it getting better</h2>
    ${against()}
    <h3>Over time</h3>
    ${
      moving.length === 0
        ? html`<p>A trend needs a second value: audit again${host ? '' : ', or import another period'}, and it appears here.</p>`
        : html`<div class="multiples">${listed.map(chart)}</div>`
    }
    ${moreButton('trends', more, 'charts')}
  </section>`;
}

/** The newest measurements beside the recorded baseline. */
function against(): TemplateResult {
  const { data, filter } = ui;
  const lines = (data?.baseline ?? []).filter(
    ({ before }) => filter.target === undefined || before.target === filter.target,
  );
  const record = host
    ? html`<button @click=${() => ask(async () => host?.recordBaseline({ target: filter.target ?? '' }), 'Recorded as the baseline; commit measurements.json.')}>
        Record ${filter.target === undefined ? 'all' : filter.target} as baseline
      </button>`
    : nothing;
  if (lines.length === 0)
    return html`<p>No baseline is recorded. A committed baseline lets everybody compare with the same measurement. ${record}</p>`;
  const rows = lines.flatMap(({ key, before, now, reason, withinNoise }) => {
    if (!now || reason !== undefined) {
      const why = now ? `Not compared: ${reason}.` : 'Not measured on this machine.';
      return [
        {
          isNoise: false,
          row: html`<tr><th scope="row">${key}</th><td colspan="4">${icon('circle-slash')} ${why}</td></tr>`,
        },
      ];
    }
    return Object.entries(now.values).flatMap(([id, value]) => {
      const old = before.values[id];
      return old
        ? [{ isNoise: withinNoise.includes(id), row: comparison(key, id, old, value, withinNoise.includes(id)) }]
        : [];
    });
  });
  const changed = rows.filter(({ isNoise }) => !isNoise);
  const same = rows.filter(({ isNoise }) => isNoise);
  const { shown: listed, more } = cut(changed, 'baseline', 20);
  return html`<h3>Against the baseline</h3>
    ${changed.length > 0 ? baselineTable('Against the baseline', listed) : html`<p>Nothing has changed beyond noise.</p>`}
    ${moreButton('baseline', more, 'rows')}
    ${same.length > 0 ? html`<details><summary>${same.length} ${same.length === 1 ? 'value' : 'values'} without a change beyond noise</summary>${baselineTable('Without a change beyond noise', same)}</details>` : nothing}
    <p>${record}</p>`;
}

function baselineTable(name: string, rows: readonly { row: TemplateResult }[]): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${name}>
    <table>
      <thead>
        <tr><th scope="col">Page</th><th scope="col">Metric</th><th scope="col" class="number">Baseline</th><th scope="col" class="number">Now</th><th scope="col">Change</th></tr>
      </thead>
      <tbody>${rows.map(({ row }) => row)}</tbody>
    </table>
  </div>`;
}

function comparison(key: string, id: string, old: RunValue, value: RunValue, isNoise: boolean): TemplateResult {
  const metric = metricOf(id);
  const figure = (one: number) => figureText(one, metric?.scale.unit ?? '');
  const text = ([median, low, high, n]: RunValue) =>
    `${figure(median)} (${n > 1 ? `${figure(low)} to ${figure(high)}, ` : ''}n ${n})`;
  const isBetter = value[0] < old[0] === (metric?.direction === 'lower');
  const noise = old[3] < 2 || value[3] < 2 ? 'a single run has no spread to compare' : 'no change beyond noise';
  return html`<tr>
    <th scope="row">${key}</th>
    <td>${nameOf(id)}</td>
    <td class="number">${text(old)}</td>
    <td class="number">${text(value)}</td>
    <td>${isNoise ? noise : html`<span class="verdict ${isBetter ? 'good' : 'poor'}">${icon(isBetter ? 'pass' : 'error')} ${isBetter ? 'better' : 'worse'}</span>`}</td>
  </tr>`;
}
