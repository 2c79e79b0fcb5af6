import { nothing, type TemplateResult } from 'lit-html';
import { groupRanked, type RankedFinding } from '../../core/impact/fixFirst';
import { placeText } from '../../core/impact/impactDigest';
import { button, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { severityInWords } from '../shared/severityMark';
import { cutList } from './cutList';
import { ask, auditButton, host, nameOf, type Shown } from './store';

/** The name of a finding's page; it leads to the finding, where there is somebody to open it. */
function findingLink({ id, target }: RankedFinding): TemplateResult {
  if (!host) return html`<span>${target}</span>`;
  return button(target, () => ask(async () => host?.showFinding({ id })), { kind: 'link' });
}

function heading({ severity, title }: RankedFinding): TemplateResult {
  return html`${severityInWords(severity)} <strong>${title}</strong> ${quiet('on')}`;
}

/** A finding in a list: severity, title, page. */
export function findingRow(finding: RankedFinding): TemplateResult {
  return html`<li>${heading(finding)} ${findingLink(finding)}</li>`;
}

/** What to fix first, each with the reasons for its place. */
export function fixList({ ranked }: Shown): TemplateResult {
  const groups = groupRanked(ranked);
  const { listed, more } = cutList(groups, 'fix', 25, 'problems');
  const how = host ? html`. ${auditButton('Audit a page')} or evaluate one to find some.` : '.';
  const none = html`<p>No finding is open${how}</p>`;
  return html`<section aria-labelledby="fix-title">
    <h2 id="fix-title">Fix first, and why</h2>
    <p class="quiet">
      Open problems by severity, then by what a fix is estimated to save, then by pages, then by places, as in the
      Findings view. This is an order and no score: nothing is weighed against anything.
    </p>
    ${groups.length === 0 ? none : html`<ol class="findings ranked">${listed.map(problem)}</ol>`} ${more}
  </section>`;
}

/** Targets that are named; the rest is counted. */
const NAMED = 8;

function problem({ head, findings }: ReturnType<typeof groupRanked>[number]): TemplateResult {
  const named = findings.slice(0, NAMED).map((finding, index) => html`${index > 0 ? ', ' : ''}${findingLink(finding)}`);
  const rest = findings.length - NAMED;
  const owner = head.owner ? `; owner ${head.owner}` : '';
  return html`<li>
    ${heading(head)} ${named}${rest > 0 ? html` ${quiet(`and ${rest} more`)}` : nothing}
    <p class="quiet">${placeText(head, nameOf)}${owner}</p>
  </li>`;
}
