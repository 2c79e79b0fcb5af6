import { nothing, type TemplateResult } from 'lit-html';
import { benchmarksOf, benchmarkText, usualText } from '../../core/impact/benchmarks';
import { byGrade } from '../../core/impact/grades';
import type { ImpactPath } from '../../core/impact/impactPaths';
import type { ImpactValue } from '../../core/impact/impactValue';
import { howToGet } from '../../core/impact/ways';
import type { Definition, Metric } from '../../core/metrics/metricSchema';
import { definitionsOf, scaleText } from '../../core/metrics/metrics';
import { figureText } from '../../core/metrics/metricText';
import { counted } from '../../core/text/counted';
import { disclosure } from '../shared/disclosure';
import { button, icon } from '../shared/elements';
import { html } from '../shared/html';
import { cutList } from './cutList';
import { findingRow } from './fix';
import { relationList } from './relation';
import { hasCourse } from './series';
import { allPaths, auditButton, change, choose, host, metricOf, type Shown, sidePaths, ui } from './store';
import { copyLink, sourceLink } from './study';
import { chooseTable } from './tableImport';
import { valueLine } from './valueLine';

/** The side panel of the chain: what is known of a metric, and each study that joins it with another. */
export function detail(id: string, shown: Shown): TemplateResult | typeof nothing {
  const metric = metricOf(id);
  if (!metric) return nothing;
  const values = shown.view.values.filter((value) => value.metric === id);
  const isAbout = ({ ux, cx }: ImpactPath) => ux === id || cx === id;
  const isKnown = (path: ImpactPath) =>
    shown.view.values.some(({ metric: of }) => of !== id && (of === path.ux || of === path.cx));
  const place = (path: ImpactPath) => (path.links.length > 0 ? 0 : 2) + (isKnown(path) ? 0 : 1);
  const paths = allPaths.filter(isAbout).sort((a, b) => place(a) - place(b) || byGrade(a, b));
  const outcome = metric.kind === 'ux' ? 'an outcome' : 'a UX metric';
  return html`<section class="detail-panel" aria-labelledby="detail-title">
    <div class="panel-head">
      <h3 id="detail-title" tabindex="-1">${metric.name}</h3>
      ${button('', () => choose(undefined), { kind: 'icon-only', icon: 'close', name: `Close ${metric.name}` })}
    </div>
    <p class="quiet small">${metric.definition}</p>
    ${values.length > 0 ? valueList(id, values) : noValue(metric)} ${ways(metric, values)} ${findings(id, shown)}
    <h4>What studies join it with</h4>
    ${
      paths.length > 0
        ? relationList(paths, id, shown, ui.relation)
        : html`<p class="quiet">No verified study joins it with ${outcome}.</p>`
    }
    ${sideEvidence(id, shown)} ${about(metric, shown.data)}
  </section>`;
}

function valueList(id: string, values: readonly ImpactValue[]): TemplateResult {
  const { listed, more } = cutList(values, `values ${id}`, 3, 'values');
  return html`<ul class="values">
      ${listed.map(valueLine)}
    </ul>
    ${more}`;
}

/** To what else the page tells of the metric. */
function ways({ id, kind }: Metric, values: readonly ImpactValue[]): TemplateResult | typeof nothing {
  const links = [
    ...(hasCourse(id)
      ? [
          button('Over time', () => change({ question: 'time', timed: { metric: id, name: undefined } }), {
            kind: 'link',
          }),
        ]
      : []),
    ...(kind === 'ux' && values.length > 0 && allPaths.some(({ ux }) => ux === id)
      ? [
          button('What if', () => change({ question: 'whatIf', wish: { metric: id, text: undefined } }), {
            kind: 'link',
          }),
        ]
      : []),
  ];
  return links.length > 0 ? html`<p>${links.map((link, at) => html`${at > 0 ? ' · ' : ''}${link}`)}</p>` : nothing;
}

/** A metric without a value, and the ways to one. */
function noValue(metric: Metric): TemplateResult {
  const { id, obtained } = metric;
  const type = () => change({ typing: { metric: id, target: ui.filter.target ?? '' } });
  const buttons = [
    obtained.includes('lab') ? auditButton('Audit a page') : nothing,
    obtained.includes('imported') ? button('Import a table', chooseTable, { kind: 'link' }) : nothing,
    obtained.includes('entered') ? button('Type a figure', type, { kind: 'link' }) : nothing,
  ].map((way) => html`${way} `);
  return html`<p class="notice info">
    ${icon('circle-slash')}
    <span>Not known. It can be had ${howToGet(metric)}. ${host ? buttons : nothing}</span>
  </p>`;
}

function sideEvidence(id: string, shown: Shown): TemplateResult | typeof nothing {
  const paths = sidePaths.filter(({ ux, cx }) => ux === id || cx === id);
  if (paths.length === 0) return nothing;
  const contents = () => html`<p class="quiet small">
      These are no steps of a chain: no study carries an effect through them.
    </p>
    ${relationList(paths, id, shown, '')}`;
  return disclosure({ key: `side ${id}`, isOpen: false }, 'What goes with it on the same side', contents);
}

/** Findings that are named; the rest is counted. */
const NAMED = 5;

function findings(id: string, { ranked }: Shown): TemplateResult | typeof nothing {
  const bearing = ranked.filter(({ metrics }) => metrics.includes(id));
  if (bearing.length === 0) return nothing;
  const rest = bearing.length - NAMED;
  const contents = () => html`<ul class="findings">
      ${bearing.slice(0, NAMED).map((finding) => findingRow(finding))}
    </ul>
    ${rest > 0 ? html`<p class="quiet">and ${rest} more under Fix first</p>` : nothing}`;
  const summary = `${counted(bearing.length, 'finding bears', 'findings bear')} on it`;
  return disclosure({ key: `findings ${id}`, isOpen: false }, summary, contents);
}

/** How the metric is read: scale, limits, benchmarks, pitfalls. */
function about(metric: Metric, { industry, today }: Shown['data']): TemplateResult {
  const { stages, thresholds, scale, pitfalls } = metric;
  const texts = benchmarksOf(metric, industry).map((one) => ({
    text: benchmarkText(one, today),
    url: one.source.url as string | null,
    readAt: one.source.readAt,
  }));
  const usual = industry === undefined ? undefined : usualText(metric, { industry, today });
  if (thresholds) {
    const { good, poor, note, source } = thresholds;
    const beyond = poor === null ? '' : `, poor beyond ${figureText(poor, scale.unit)}`;
    texts.unshift({
      text: `Good: ${figureText(good, scale.unit)}${beyond}. ${note}`,
      url: source.url,
      readAt: undefined,
    });
  }
  const contents = () => html`<ul>
    <li>${[`Counts in ${stages.join(', ')}`, ...definitionsOf(metric).map(definitionText)].join('; ')}.</li>
    ${usual ? html`<li>Beside a value: ${usual}.</li>` : nothing}
    ${texts.map(({ text, url, readAt }) => html`<li>${text} ${sourceLink(url, 'Source')}${copyLink(readAt)}</li>`)}
    ${pitfalls.map((text) => html`<li>${text}</li>`)}
  </ul>`;
  return disclosure({ key: `about ${metric.id}`, isOpen: false }, 'How to read it', contents);
}

/** `2.0: 1 to 7 points, higher is better` */
function definitionText({ id, scale, direction }: Definition): string {
  const [, variant] = id.split('@');
  const way = direction === 'target' ? 'what fits depends on the case' : `${direction} is better`;
  return `${variant === undefined ? '' : `${variant}: `}${scaleText(scale)}, ${way}`;
}
