import { html, nothing, type TemplateResult } from 'lit-html';
import { gradeWord } from '../../core/impact/grades';
import { benchmarks } from '../../core/impact/impactCatalogue';
import type { ImpactPath } from '../../core/impact/impactPaths';
import { estimateCite, estimateText } from '../../core/impact/impactText';
import { type ImpactValue, whatIf, worstFirst } from '../../core/impact/impactView';
import { inOwnNumbers, ownNumbersText } from '../../core/impact/ownMoney';
import { ownRelation } from '../../core/impact/ownRelation';
import type { Definition } from '../../core/metrics/metricSchema';
import { definitionsOf, scaleText } from '../../core/metrics/metrics';
import { figureText, signedText } from '../../core/metrics/metricText';
import { chart } from './chart';
import { findingRow } from './fix';
import { citeLink, icon, lineSample, moreButton, study, valueLine } from './parts';
import {
  allPaths,
  ask,
  change,
  choose,
  cut,
  host,
  linkOf,
  metricOf,
  nameOf,
  present,
  redraw,
  sidePaths,
  ui,
} from './store';
import { seriesOf } from './trends';

/** Everything about one metric: values, evidence, what if, findings, trend. */
export function detail(id: string): TemplateResult {
  const shown = present();
  const metric = metricOf(id);
  if (!shown || !metric) return html``;
  const { view, ranked } = shown;
  const values = view.values.filter((value) => value.metric === id);
  const listed = cut(values, `values ${id}`, 6);
  const of = ({ ux, cx }: ImpactPath) => ux === id || cx === id;
  const paths = allPaths.filter(of);
  const beside = sidePaths.filter(of);
  const findings = ranked.filter((finding) => finding.metrics.includes(id));
  const series = seriesOf(id).slice(0, 2);
  const cites = benchmarks.filter((benchmark) => metric.benchmarks.includes(benchmark.id));
  return html`<section class="detail-panel" aria-labelledby="detail-title">
    <div class="panel-head">
      <h3 id="detail-title" tabindex="-1">${metric.name}</h3>
      <button class="link" aria-label="Close ${metric.name}" @click=${() => choose(undefined)}>${icon('close')}</button>
    </div>
    <p class="quiet">${metric.kind === 'ux' ? 'UX' : 'Customers'} · ${metric.level} · ${metric.stages.join(', ')} · ${definitionsOf(metric).map(definitionText).join(' · ')}</p>
    <p>${metric.definition}</p>
    ${values.length > 0 ? html`<ul class="values">${listed.shown.map((value) => html`<li>${value.target ?? 'whole product'}: ${valueLine(value)}</li>`)}</ul>${moreButton(`values ${id}`, listed.more, 'values')}` : howToGet(id, metric.obtained)}
    ${metric.thresholds ? html`<p class="quiet">Good: ${figureText(metric.thresholds.good, metric.scale.unit)}${metric.thresholds.poor === null ? '' : `, poor beyond ${figureText(metric.thresholds.poor, metric.scale.unit)}`}. ${metric.thresholds.note} ${citeLink(metric.thresholds.source.url, 'Source')}</p>` : nothing}
    ${cites.map(({ text, source }) => html`<p class="quiet">${text} ${citeLink(source.url, 'Source')}</p>`)}
    <h4>What evidence joins it with</h4>
    ${
      paths.length > 0
        ? html`<ul class="paths">${paths.map((path) => pathRow(path, id))}</ul>`
        : html`<p class="quiet">No verified evidence joins it with ${metric.kind === 'ux' ? 'an outcome' : 'a UX metric'}.</p>`
    }
    ${
      beside.length > 0
        ? html`<h4>What goes with it on the same side</h4>
            <p class="quiet">Not a step of a chain: no study carries an effect through it.</p>
            <ul class="paths">${beside.map((path) => pathRow(path, id))}</ul>`
        : nothing
    }
    ${metric.kind === 'ux' ? wish(values, paths) : nothing}
    ${series.length > 0 ? html`<h4>Trend</h4>${series.map(chart)}` : nothing}
    ${
      findings.length > 0
        ? html`<h4>Findings that bear on it</h4><ul class="findings">${findings.slice(0, 5).map(findingRow)}</ul>
            ${findings.length > 5 ? html`<p class="quiet">and ${findings.length - 5} more under Fix first</p>` : nothing}`
        : nothing
    }
    ${metric.pitfalls.length > 0 ? html`<details><summary>Pitfalls</summary><ul>${metric.pitfalls.map((pitfall) => html`<li>${pitfall}</li>`)}</ul></details>` : nothing}
  </section>`;
}

/** `2.0: 1 to 7 points, higher is better` */
function definitionText({ id, scale, direction }: Definition): string {
  const [, variant] = id.split('@');
  const way = direction === 'target' ? 'what fits depends on the case' : `${direction} is better`;
  return `${variant === undefined ? '' : `${variant}: `}${scaleText(scale)}, ${way}`;
}

/** A metric without a value: not measured, and the ways to a value. */
function howToGet(id: string, obtained: readonly string[]): TemplateResult {
  const can = (way: string) => obtained.includes(way);
  return html`<p class="notice plain">
    ${icon('circle-slash')}
    <span>
      Not measured.
      ${
        host
          ? html`${can('lab') ? html`<button class="link" @click=${() => ask(async () => host?.audit())}>Audit a page</button>` : nothing}
            ${can('imported') ? html`<button class="link" @click=${() => change({ question: 'doing', table: undefined, typing: undefined })}>Import a table above</button>` : nothing}
            ${can('entered') ? html`<button class="link" @click=${() => change({ typing: { metric: id, target: ui.filter.target ?? '' } })}>Type a figure</button>` : nothing}`
          : `It is ${obtained.join(', ') || 'part of studies only'}.`
      }
    </span>
  </p>`;
}

/** One relation: the line of its best evidence, how many studies, and all of them on request. */
export function pathRow(path: ImpactPath, from: string): TemplateResult {
  const other = path.ux === from ? path.cx : path.ux;
  const counts = [
    ...(path.links.length > 0 ? [`${path.links.length} ${path.links.length === 1 ? 'study' : 'studies'}`] : []),
    ...(path.counterEvidence.length > 0 ? [`${path.counterEvidence.length} against`] : []),
  ].join(', ');
  return html`<li>
    <details>
      <summary>
        ${path.links.length > 0 ? lineSample(path.line) : icon('circle-slash')}
        <strong>${nameOf(other)}</strong>
        <span class="quiet">${path.links.length > 0 ? `${gradeWord(path.grade)} ${path.grade}` : 'no relation found'} · ${counts}${path.computable.length > 0 ? ' · may be estimated' : ''}</span>
      </summary>
      <ul class="studies">
        ${[...path.links, ...path.counterEvidence].map((id) => {
          const link = linkOf(id);
          return link ? study(link) : nothing;
        })}
      </ul>
      ${own(path)}
    </details>
  </li>`;
}

/** The team's own relation of the two, or how far away it is. */
function own({ ux, cx }: ImpactPath): TemplateResult | typeof nothing {
  const { data, filter } = ui;
  if (!data) return nothing;
  const { target, environment, formFactor } = filter;
  const relation = ownRelation(data, { ux, cx, target, environment, formFactor });
  if (relation.state === 'too few') {
    return html`<p class="quiet">
      Your own data: too few, ${relation.periods.length} ${relation.periods.length === 1 ? 'month has' : 'months have'} both values;
      ${relation.needed} more ${relation.needed === 1 ? 'is' : 'are'} needed.
    </p>`;
  }
  const { rho, low, high, n, about } = relation;
  const isClear = low > 0 || high < 0;
  return html`<p>
    Your own data (${about.ux} with ${about.cx}): over ${n} months the two went ${isClear ? (rho > 0 ? 'up and down together' : 'in opposite directions') : 'neither together nor apart for sure'}
    (rank correlation ${signedText(rho)}, 95 % interval ${signedText(low)} to ${signedText(high)}). Months differ in much else, so this is no proof that
    one causes the other.
  </p>`;
}

/** What a better value would mean, as far as a study carries it. */
function wish(values: readonly ImpactValue[], paths: readonly ImpactPath[]): TemplateResult | typeof nothing {
  const shown = present();
  const [worst] = worstFirst(
    values.filter(({ state }) => state !== 'too few'),
    metricOf(values[0]?.metric ?? ''),
  );
  if (!shown || !ui.data || !worst || paths.every(({ computable }) => computable.length === 0)) return nothing;
  const { data } = ui;
  const key = `${worst.metric}\n${worst.target ?? ''}`;
  const metric = metricOf(worst.metric);
  const isTime = worst.unit === 'ms';
  const scale = isTime ? 1000 : 1;
  const to = ui.wishes.get(key) ?? metric?.thresholds?.good ?? (worst.unit === 'pass/fail' ? 1 : worst.value);
  const answer = whatIf(
    { ...shown.view, values: [worst], paths: [...paths] },
    { target: worst.target ?? '', metric: worst.metric, to },
  );
  if (!answer) return nothing;
  const set = (value: number) => {
    if (!Number.isFinite(value) || value < 0) return;
    ui.wishes.set(key, value * scale);
    redraw();
  };
  const most = metric?.scale.max ?? Math.max(worst.value, to) / scale;
  const estimates = answer.estimates.map((estimate) => {
    const numbers = inOwnNumbers(estimate, data, answer.target);
    const link = linkOf(estimate.link);
    return html`<li>
      ${link ? html`${nameOf(link.cx)}: ` : nothing}<strong>${estimateText(estimate, (value) => figureText(value, worst.unit))}</strong>
      <span class="quiet">${link ? estimateCite(link) : ''} <span class="id">${estimate.link}</span></span>
      ${numbers ? html`<br />${ownNumbersText(numbers, estimate)}. <span class="quiet">${numbers.formula}</span>` : nothing}
    </li>`;
  });
  return html`<div class="wish">
    <h4>What if</h4>
    <p>
      <label>${worst.target ?? 'whole product'} (${worst.basis}, ${worst.about}): ${metric?.short ?? ''} from ${figureText(worst.value, worst.unit)} to
        <input type="number" min="0" step=${isTime ? '0.1' : '1'} .value=${String(Number((to / scale).toFixed(2)))} @change=${(event: Event) => set(Number((event.target as HTMLInputElement).value))} />
        ${isTime ? 's' : worst.unit}</label>
    </p>
    <input type="range" aria-label="Wished value" min="0" max=${String(Math.ceil(most * 10) / 10)} step=${isTime ? '0.1' : '1'} .value=${String(to / scale)} @input=${(event: Event) => set(Number((event.target as HTMLInputElement).value))} />
    <ul class="estimates" aria-live="polite">${estimates}</ul>
    <details>
      <summary>Assumptions</summary>
      <ul>${answer.assumptions.map((line) => html`<li>${line}</li>`)}</ul>
    </details>
  </div>`;
}
