import { nothing, type TemplateResult } from 'lit-html';
import { gradeWord } from '../../core/impact/grades';
import type { ImpactPath } from '../../core/impact/impactPaths';
import { ownRelation } from '../../core/impact/ownRelation';
import { whyLeftOut } from '../../core/impact/ways';
import { signedText } from '../../core/metrics/metricText';
import { counted } from '../../core/text/counted';
import { icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { allLinks, allMetrics, nameOf, ui } from './store';
import { lineSample, study } from './study';

/** The relations of a metric, each with its evidence on request. */
export function pathList(paths: readonly ImpactPath[], from: string): TemplateResult | typeof nothing {
  if (paths.length === 0) return nothing;
  return html`<ul class="paths">
    ${paths.map((path) => pathRow(path, path.ux === from ? path.cx : path.ux))}
  </ul>`;
}

/** One relation: the line of its best evidence, how many studies, and all of them on request. */
function pathRow(path: ImpactPath, other: string): TemplateResult {
  const { links, counterEvidence } = path;
  const studies = [...links, ...counterEvidence].flatMap((id) => allLinks.get(id) ?? []);
  const left = whyLeftOut(path, allMetrics);
  return html`<li>
    <details>
      <summary>
        ${links.length > 0 ? lineSample(path.line) : icon('circle-slash')} <strong>${nameOf(other)}</strong>
        ${quiet(evidenceText(path))}
      </summary>
      ${left === undefined ? nothing : html`<p class="quiet">${left}</p>`}
      <ul class="studies">
        ${studies.map(study)}
      </ul>
      ${ownData(path)}
    </details>
  </li>`;
}

/** `causal A2 · 3 studies, 1 against · may be estimated` */
function evidenceText({ links, counterEvidence, grade, computable }: ImpactPath): string {
  const counts = [
    ...(links.length > 0 ? [counted(links.length, 'study', 'studies')] : []),
    ...(counterEvidence.length > 0 ? [`${counterEvidence.length} against`] : []),
  ];
  const found = links.length > 0 ? `${gradeWord(grade)} ${grade}` : 'no relation found';
  return [found, counts.join(', '), ...(computable.length > 0 ? ['may be estimated'] : [])].join(' · ');
}

/** The relation in the team's own data, or how many more months it needs. */
function ownData({ ux, cx }: ImpactPath): TemplateResult | typeof nothing {
  const { data, filter } = ui;
  if (!data) return nothing;
  const { target, environment, formFactor } = filter;
  const relation = ownRelation(data, { ux, cx, target, environment, formFactor });
  if (relation.state === 'too few') {
    const { periods, needed } = relation;
    return html`<p class="quiet">
      Your own data: too few, ${counted(periods.length, 'month has', 'months have')} both values;
      ${needed} more ${needed === 1 ? 'is' : 'are'} needed.
    </p>`;
  }
  const { rho, low, high, n, about } = relation;
  const together = rho > 0 ? 'up and down together' : 'in opposite directions';
  const went = low > 0 || high < 0 ? together : 'neither together nor apart for sure';
  return html`<p>
    Your own data (${about.ux} with ${about.cx}): over ${n} months the two went ${went} (rank correlation
    ${signedText(rho)}, 95 % interval ${signedText(low)} to ${signedText(high)}). Months differ in much else, so this is
    no proof that one causes the other.
  </p>`;
}
