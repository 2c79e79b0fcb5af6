import { nothing, type TemplateResult } from 'lit-html';
import type { ImpactLink } from '../../core/impact/impactCatalogue';
import type { ImpactPath } from '../../core/impact/impactPaths';
import { whyLeftOut } from '../../core/impact/ways';
import { yoursText } from '../../core/impact/yours';
import { disclosure } from '../shared/disclosure';
import { icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { allLinks, allMetrics, nameOf, type Shown } from './store';
import { evidenceMark, study } from './study';

/** The relations of a metric, each with its studies in words. The chosen one, else the first, is open. */
export function relationList(paths: readonly ImpactPath[], id: string, shown: Shown, chosen?: string): TemplateResult {
  const other = ({ ux, cx }: ImpactPath) => (ux === id ? cx : ux);
  const first = chosen ?? (paths[0] && other(paths[0]));
  return html`<ul class="relations">
    ${paths.map((path) => html`<li>${relation(path, other(path), { shown, isOpen: other(path) === first })}</li>`)}
  </ul>`;
}

const linksOf = (ids: readonly string[]) => ids.flatMap((id) => allLinks.get(id) ?? []);

/** The key under which a relation is open or closed. */
export const relationKey = ({ ux, cx }: Pick<ImpactPath, 'ux' | 'cx'>): string => `relation ${ux} ${cx}`;

function relation(path: ImpactPath, other: string, { shown, isOpen }: { shown: Shown; isOpen: boolean }) {
  const { links, counterEvidence, grade } = path;
  const rest = links.length + counterEvidence.length - 1;
  const how =
    links.length > 0 ? evidenceMark(grade) : html`<span class="mark">${icon('circle-slash')} none found</span>`;
  const summary = html`<strong>${nameOf(other)}</strong>
    <span class="relation-how small">${how} ${rest > 0 ? quiet(`+ ${rest} more`) : nothing}</span>`;
  return disclosure({ key: relationKey(path), isOpen }, summary, () => evidence(path, shown));
}

/** The strongest study with what speaks against it, the team's own numbers, then all other studies. */
function evidence(path: ImpactPath, shown: Shown): TemplateResult {
  const against = linksOf(path.counterEvidence);
  const [best, ...others] = [...linksOf(path.links), ...(path.links.length > 0 ? [] : against)];
  const left = whyLeftOut(path, allMetrics);
  return html`${best ? study(best, path.links.length > 0 ? against : []) : nothing}
    ${left === undefined ? yours(path, shown) : html`<p class="quiet">${left}</p>`}
    ${others.length > 0 ? more(path, others) : nothing}`;
}

function more(path: ImpactPath, others: readonly ImpactLink[]): TemplateResult {
  const what = `${others.length} more ${others.length === 1 ? 'study' : 'studies'}`;
  return disclosure(
    { key: `more ${relationKey(path)}`, isOpen: false },
    what,
    () => html`${others.map((one) => study(one))}`,
  );
}

function yours(path: ImpactPath, { view, data, filter }: Shown): TemplateResult {
  const [value, ...others] = yoursText(path, { view, data, filter });
  return html`<div class="yours">
    <p><strong>Yours:</strong> ${value}</p>
    ${others.map((text) => html`<p class="quiet small">${text}</p>`)}
  </div>`;
}
