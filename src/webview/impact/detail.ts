import { nothing, type TemplateResult } from 'lit-html';
import { benchmarks } from '../../core/impact/impactCatalogue';
import type { ImpactPath } from '../../core/impact/impactPaths';
import type { ImpactValue } from '../../core/impact/impactValue';
import type { Definition, Metric } from '../../core/metrics/metricSchema';
import { definitionsOf, scaleText } from '../../core/metrics/metrics';
import { figureText } from '../../core/metrics/metricText';
import { button, icon } from '../shared/elements';
import { html } from '../shared/html';
import { chart } from './chart';
import { cutList } from './cutList';
import { findingRow } from './fix';
import { pathList } from './path';
import { seriesOf } from './series';
import { allPaths, auditButton, change, choose, host, metricOf, type Shown, sidePaths, ui } from './store';
import { sourceLink } from './study';
import { valueLine } from './valueLine';
import { whatIfPanel } from './whatIf';

/** Everything about one metric: values, evidence, what if, findings, trend. */
export function detail(id: string, shown: Shown): TemplateResult | typeof nothing {
  const metric = metricOf(id);
  if (!metric) return nothing;
  const values = shown.view.values.filter((value) => value.metric === id);
  const isAbout = ({ ux, cx }: ImpactPath) => ux === id || cx === id;
  const paths = allPaths.filter(isAbout);
  return html`<section class="detail-panel" aria-labelledby="detail-title">
    <div class="panel-head">
      <h3 id="detail-title" tabindex="-1">${metric.name}</h3>
      ${button('', () => choose(undefined), { kind: 'link', icon: 'close', name: `Close ${metric.name}` })}
    </div>
    ${about(metric)} ${values.length > 0 ? valueList(id, values) : howToGet(metric)} ${benchmarkTexts(metric)}
    ${evidence(metric, paths)} ${sideEvidence(id, sidePaths.filter(isAbout))}
    ${metric.kind === 'ux' ? whatIfPanel(shown, values, paths) : nothing} ${trend(id)} ${findings(id, shown)}
    ${pitfalls(metric)}
  </section>`;
}

function about(metric: Metric): TemplateResult {
  const { kind, level, stages, definition } = metric;
  const facts = [
    kind === 'ux' ? 'UX' : 'Customers',
    level,
    stages.join(', '),
    ...definitionsOf(metric).map(definitionText),
  ];
  return html`<p class="quiet">${facts.join(' · ')}</p>
    <p>${definition}</p>`;
}

/** `2.0: 1 to 7 points, higher is better` */
function definitionText({ id, scale, direction }: Definition): string {
  const [, variant] = id.split('@');
  const way = direction === 'target' ? 'what fits depends on the case' : `${direction} is better`;
  return `${variant === undefined ? '' : `${variant}: `}${scaleText(scale)}, ${way}`;
}

function valueList(id: string, values: readonly ImpactValue[]): TemplateResult {
  const { listed, more } = cutList(values, `values ${id}`, 6, 'values');
  return html`<ul class="values">
      ${listed.map(valueLine)}
    </ul>
    ${more}`;
}

/** A metric without a value: not measured, and the ways to a value. */
function howToGet({ id, obtained, unobtainable }: Metric): TemplateResult {
  const importTable = () => change({ question: 'map', table: undefined, typing: undefined });
  const type = () => change({ typing: { metric: id, target: ui.filter.target ?? '' } });
  const ways = [
    obtained.includes('lab') ? auditButton('Audit a page') : nothing,
    obtained.includes('imported') ? button('Import a table above', importTable, { kind: 'link' }) : nothing,
    obtained.includes('entered') ? button('Type a figure', type, { kind: 'link' }) : nothing,
  ].map((way) => html`${way} `);
  if (unobtainable !== undefined) {
    return html`<p class="notice plain">${icon('circle-slash')}<span>It cannot be had here. ${unobtainable}</span></p>`;
  }
  return html`<p class="notice plain">
    ${icon('circle-slash')}
    <span>Not measured. ${host ? ways : `It is ${obtained.join(', ')}.`}</span>
  </p>`;
}

/** What is good by a published threshold, and what others have. */
function benchmarkTexts({ thresholds, scale, benchmarks: ids }: Metric): TemplateResult {
  const cited = benchmarks.filter(({ id }) => ids.includes(id));
  const texts = cited.map(({ text, source }) => ({ text, url: source.url as string | null }));
  if (thresholds) {
    const { good, poor, note, source } = thresholds;
    const beyond = poor === null ? '' : `, poor beyond ${figureText(poor, scale.unit)}`;
    texts.unshift({ text: `Good: ${figureText(good, scale.unit)}${beyond}. ${note}`, url: source.url });
  }
  return html`${texts.map(({ text, url }) => html`<p class="quiet">${text} ${sourceLink(url, 'Source')}</p>`)}`;
}

function evidence({ id, kind }: Metric, paths: readonly ImpactPath[]): TemplateResult {
  const none = `No verified evidence joins it with ${kind === 'ux' ? 'an outcome' : 'a UX metric'}.`;
  return html`<h4>What evidence joins it with</h4>
    ${paths.length > 0 ? pathList(paths, id) : html`<p class="quiet">${none}</p>`}`;
}

function sideEvidence(id: string, paths: readonly ImpactPath[]): TemplateResult | typeof nothing {
  if (paths.length === 0) return nothing;
  return html`<h4>What goes with it on the same side</h4>
    <p class="quiet">These are no steps of a chain: no study carries an effect through them.</p>
    ${pathList(paths, id)}`;
}

function trend(id: string): TemplateResult | typeof nothing {
  const series = seriesOf(id).slice(0, 2);
  return series.length > 0 ? html`<h4>Trend</h4>${series.map(chart)}` : nothing;
}

/** Findings that are named; the rest is counted. */
const NAMED = 5;

function findings(id: string, { ranked }: Shown): TemplateResult | typeof nothing {
  const bearing = ranked.filter(({ metrics }) => metrics.includes(id));
  if (bearing.length === 0) return nothing;
  const rest = bearing.length - NAMED;
  return html`<h4>Findings that bear on it</h4>
    <ul class="findings">
      ${bearing.slice(0, NAMED).map(findingRow)}
    </ul>
    ${rest > 0 ? html`<p class="quiet">and ${rest} more under Fix first</p>` : nothing}`;
}

function pitfalls({ pitfalls: texts }: Metric): TemplateResult | typeof nothing {
  if (texts.length === 0) return nothing;
  return html`<details>
    <summary>Pitfalls</summary>
    <ul>
      ${texts.map((text) => html`<li>${text}</li>`)}
    </ul>
  </details>`;
}
