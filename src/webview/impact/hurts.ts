import { html, nothing, type TemplateResult } from 'lit-html';
import { grades } from '../../core/impact/grades';
import { worstFirst } from '../../core/impact/impactView';
import { stages } from '../../core/record/stages';
import { pathRow } from './detail';
import { icon, moreButton, valueLine } from './parts';
import { change, choose, cut, metricOf, nameOf, present } from './store';

/** Measured values that are not good, the worst first, with the outcomes that evidence joins them with. */
export function hurts(): TemplateResult {
  const shown = present();
  if (!shown) return html``;
  const { view, ranked } = shown;
  const bad = view.values.filter(
    ({ verdict, state }) => (verdict === 'poor' || verdict === 'needs improvement') && state !== 'too few',
  );
  const best = (metric: string) =>
    Math.min(
      grades.length,
      ...view.paths
        .filter(({ ux, links }) => ux === metric && links.length > 0)
        .map(({ grade }) => grades.indexOf(grade)),
    );
  const groups = [...Map.groupBy(bad, ({ metric }) => metric)].map(([metric, values]) => ({
    metric,
    values: worstFirst(values, metricOf(metric)),
    poor: values.filter(({ verdict }) => verdict === 'poor').length,
  }));
  groups.sort(
    (a, b) =>
      Number(b.poor > 0) - Number(a.poor > 0) ||
      best(a.metric) - best(b.metric) ||
      b.poor - a.poor ||
      b.values.length - a.values.length,
  );
  const serious = ranked.filter(({ severity }) => severity !== undefined && severity >= 2.5);
  const byStage = stages
    .map((stage) => ({ stage, open: serious.filter((finding) => finding.stage === stage).length }))
    .filter(({ open }) => open > 0);
  const unstaged = serious.filter(
    ({ stage }) => stage === undefined || !(stages as readonly string[]).includes(stage),
  ).length;
  return html`<section aria-labelledby="hurts-title">
    <h2 id="hurts-title">What hurts customers most</h2>
    <p class="quiet">
      What was measured and is not good: poor before middling, then by the best evidence that it bears on an outcome. How much it
      costs is only said where a study and your own numbers carry it (see What may I claim).
    </p>
    ${
      groups.length === 0
        ? html`<p>${view.values.length === 0 ? 'Nothing was measured yet.' : 'Nothing that was measured is poor or needs improvement.'}</p>`
        : html`<ul class="cards">
            ${groups.map(({ metric, values, poor }) => {
              const listed = cut(values, `hurts ${metric}`, 3);
              const paths = view.paths.filter(({ ux }) => ux === metric);
              return html`<li class="card">
                <h3>
                  <button class="link" @click=${() => choose(metric)}>${nameOf(metric)}</button>
                </h3>
                <p class="quiet">${[...(poor > 0 ? [`${poor} poor`] : []), ...(values.length > poor ? [`${values.length - poor} to improve`] : [])].join(', ')}</p>
                <ul class="values">
                  ${listed.shown.map((value) => html`<li>${value.target ?? 'whole product'}: ${valueLine(value)}</li>`)}
                </ul>
                ${moreButton(`hurts ${metric}`, listed.more, 'values')}
                ${
                  paths.length > 0
                    ? html`<p>Evidence joins it with:</p>
                        <ul class="paths">${paths.map((path) => pathRow(path, metric))}</ul>`
                    : html`<p class="quiet">No verified evidence joins it with an outcome.</p>`
                }
              </li>`;
            })}
          </ul>`
    }
    <h3>Serious findings</h3>
    ${
      serious.length === 0
        ? html`<p class="quiet">No open finding is rated major or worse.</p>`
        : html`<p>
            ${icon('warning')} ${serious.length} open ${serious.length === 1 ? 'finding is' : 'findings are'} major or
            worse${byStage.length > 0 ? html`: ${byStage.map(({ stage, open }, index) => html`${index > 0 ? ', ' : ''}${open} in ${stage}`)}` : nothing}${unstaged > 0 ? html`${byStage.length > 0 ? ', ' : ': '}${unstaged} without a stage` : nothing}.
            <button class="link" @click=${() => change({ question: 'fix' })}>Fix first</button>
          </p>`
    }
  </section>`;
}
