import type { TemplateResult } from 'lit-html';
import type { RankedFinding } from '../../core/impact/fixFirst';
import { grades } from '../../core/impact/grades';
import type { ImpactValue } from '../../core/impact/impactValue';
import { type ImpactView, worstFirst } from '../../core/impact/impactView';
import { stages } from '../../core/record/stages';
import { counted } from '../../core/text/counted';
import { button, icon } from '../shared/elements';
import { html } from '../shared/html';
import { cutList } from './cutList';
import { pathList } from './path';
import { change, choose, metricOf, nameOf, type Shown } from './store';
import { valueLine } from './valueLine';

/** Measured values that are not good, the worst first, with the outcomes that evidence joins them with. */
export function hurts({ view, ranked }: Shown): TemplateResult {
  const groups = badMetrics(view);
  const cards = groups.map((group) => card(group, view));
  const none =
    view.values.length === 0 ? 'Nothing was measured yet.' : 'Nothing that was measured is poor or needs improvement.';
  return html`<section aria-labelledby="hurts-title">
    <h2 id="hurts-title">What hurts customers most</h2>
    <p class="quiet">
      What was measured and is not good: poor before middling, then by the best evidence that it bears on an outcome.
      A cost is stated only where a study and your own numbers support it (see What may I claim).
    </p>
    ${groups.length > 0 ? html`<ul class="cards">${cards}</ul>` : html`<p>${none}</p>`}
    <h3>Serious findings</h3>
    ${seriousFindings(ranked.filter(({ severity }) => severity !== undefined && severity >= 2.5))}
  </section>`;
}

/** The values of one metric that are not good, the worst first. */
interface BadMetric {
  metric: string;
  values: ImpactValue[];
  poor: number;
}

function badMetrics({ values, paths }: ImpactView): BadMetric[] {
  const bad = values.filter(({ verdict, state }) => verdict && verdict !== 'good' && state !== 'too few');
  const evidence = (metric: string) => {
    const joined = paths.filter(({ ux, links }) => ux === metric && links.length > 0);
    return Math.min(grades.length, ...joined.map(({ grade }) => grades.indexOf(grade)));
  };
  const groups = [...Map.groupBy(bad, ({ metric }) => metric)].map(([metric, of]) => ({
    metric,
    values: worstFirst(of, metricOf(metric)),
    poor: of.filter(({ verdict }) => verdict === 'poor').length,
  }));
  return groups.sort(
    (a, b) =>
      Number(b.poor > 0) - Number(a.poor > 0) ||
      evidence(a.metric) - evidence(b.metric) ||
      b.poor - a.poor ||
      b.values.length - a.values.length,
  );
}

function card({ metric, values, poor }: BadMetric, view: ImpactView): TemplateResult {
  const { listed, more } = cutList(values, `hurts ${metric}`, 3, 'values');
  const paths = view.paths.filter(({ ux }) => ux === metric);
  const counts = [
    ...(poor > 0 ? [`${poor} poor`] : []),
    ...(values.length > poor ? [`${values.length - poor} to improve`] : []),
  ];
  const none = html`<p class="quiet">No verified evidence joins it with an outcome.</p>`;
  return html`<li class="card">
    <h3>${button(nameOf(metric), () => choose(metric), { kind: 'link' })}</h3>
    <p class="quiet">${counts.join(', ')}</p>
    <ul class="values">
      ${listed.map(valueLine)}
    </ul>
    ${more}
    ${paths.length > 0 ? html`<p>Evidence joins it with:</p>` : none} ${pathList(paths, metric)}
  </li>`;
}

function seriousFindings(serious: readonly RankedFinding[]): TemplateResult {
  if (serious.length === 0) return html`<p class="quiet">No open finding is rated major or worse.</p>`;
  const isKnown = (stage: string | undefined) => (stages as readonly (string | undefined)[]).includes(stage);
  const places = [
    ...stages.map((stage) => ({ where: `in ${stage}`, open: serious.filter((one) => one.stage === stage).length })),
    { where: 'without a stage', open: serious.filter(({ stage }) => !isKnown(stage)).length },
  ];
  const said = places.filter(({ open }) => open > 0).map(({ where, open }) => `${open} ${where}`);
  return html`<p>
    ${icon('warning')} ${counted(serious.length, 'open finding is', 'open findings are')} major or worse:
    ${said.join(', ')}. ${button('Fix first', () => change({ question: 'fix' }), { kind: 'link' })}
  </p>`;
}
