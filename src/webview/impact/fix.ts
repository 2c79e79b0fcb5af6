import { html, nothing, type TemplateResult } from 'lit-html';
import { groupRanked, type RankedFinding } from '../../core/impact/fixFirst';
import { placeText } from '../../core/impact/impactDigest';
import { severityText } from '../../core/record/severity';
import { icon, moreButton } from './parts';
import { ask, cut, host, nameOf, present } from './store';

const icons = ['circle-outline', 'info', 'info', 'warning', 'error'];

/** Severity in icon and word. */
function severityMark(severity: number | undefined): TemplateResult {
  const step = severity === undefined ? 0 : Math.round(severity);
  return html`<span class="severity s${step}">${icon(icons[step] ?? 'circle-outline')} ${severityText(severity)}</span>`;
}

/** A name that leads to a finding, where there is somebody to open it. */
function findingLink(id: string, text: string): TemplateResult {
  return host
    ? html`<button class="link" @click=${() => ask(async () => host?.openFinding({ id }))}>${text}</button>`
    : html`<span>${text}</span>`;
}

/** A finding in a list: severity, title, page. */
export function findingRow({ id, title, target, severity }: RankedFinding): TemplateResult {
  return html`<li>${severityMark(severity)} <strong>${title}</strong> <span class="quiet">on</span> ${findingLink(id, target)}</li>`;
}

/** Targets that are named; the rest is counted. */
const NAMED = 8;

/** What to fix first, each with the reasons for its place. */
export function fixList(): TemplateResult {
  const shown = present();
  if (!shown) return html``;
  const groups = groupRanked(shown.ranked);
  const { shown: listed, more } = cut(groups, 'fix', 25);
  return html`<section aria-labelledby="fix-title">
    <h2 id="fix-title">Fix first, and why</h2>
    <p class="quiet">
      Open findings by severity, then by the best evidence that joins what they bear on with an outcome, then by how many
      targets they are on, then by stage. An order, no score: nothing is weighed against anything.
    </p>
    ${
      groups.length === 0
        ? html`<p>No finding is open${host ? html`. <button class="link" @click=${() => ask(async () => host?.audit())}>Audit a page</button> or evaluate one to find some.` : '.'}</p>`
        : html`<ol class="findings ranked">
            ${listed.map(({ head, findings }) => {
              const rest = findings.length - NAMED;
              return html`<li>
                ${severityMark(head.severity)} <strong>${head.title}</strong>
                <span class="quiet">on</span>
                ${findings.slice(0, NAMED).map(({ id, target }, index) => html`${index > 0 ? ', ' : ''}${findingLink(id, target)}`)}${rest > 0 ? html` <span class="quiet">and ${rest} more</span>` : nothing}
                <p class="quiet">${placeText(head, nameOf)}${head.owner ? html`; owner ${head.owner}` : nothing}</p>
              </li>`;
            })}
          </ol>`
    }
    ${moreButton('fix', more, 'problems')}
  </section>`;
}
