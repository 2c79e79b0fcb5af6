import { nothing, type TemplateResult } from 'lit-html';
import { groupRanked, type RankedFinding } from '../../core/impact/fixFirst';
import { furtherText } from '../../core/impact/impactDigest';
import { button, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { severityInWords } from '../shared/severityMark';
import { cutList } from './cutList';
import { ask, auditButton, host, nameOf, type Shown } from './store';

/** Words that lead to a finding, where there is somebody to open it. */
function findingLink({ id, title, target }: RankedFinding, words: string): TemplateResult {
  if (!host) return html`<span>${words}</span>`;
  const open = () => ask(async () => host?.showFinding({ id }));
  return button(words, open, { kind: 'link', name: `${title} on ${target}` });
}

/**
 * A finding in a list: severity, title, page.
 * @param here the page that the list is about, which its rows need not name
 */
export function findingRow(finding: RankedFinding, here?: string): TemplateResult {
  const { severity, title, target } = finding;
  const where = target === here ? nothing : quiet(`on ${target}`);
  return html`<li>${severityInWords(severity)} ${findingLink(finding, title)} ${where}</li>`;
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
  const named = findings
    .slice(0, NAMED)
    .map((finding, index) => html`${index > 0 ? ', ' : ''}${findingLink(finding, finding.target)}`);
  const rest = findings.length - NAMED;
  const owner = head.owner ? `; owner ${head.owner}` : '';
  return html`<li>
    ${severityInWords(head.severity)} <strong>${head.title}</strong> ${quiet('on')}
    ${named}${rest > 0 ? html` ${quiet(`and ${rest} more`)}` : nothing}
    <p class="quiet">${furtherText(head, nameOf)}${owner}</p>
  </li>`;
}
