import { nothing, type TemplateResult } from 'lit-html';
import { counted } from '../../core/text/counted';
import type { FindingPageState, ShownComment } from '../../protocol/findingPage';
import { notice } from '../shared/elements';
import { html } from '../shared/html';

/** What customers wrote, of a problem that they report: only the texts that this machine holds. */
export function comments({ said, finding }: FindingPageState): TemplateResult | typeof nothing {
  if (!said) return nothing;
  const { texts, here, error } = said;
  const all = Math.max(finding?.comments ?? 0, here);
  const which = here === 0 ? 'None' : here < all ? `${here}` : 'All';
  const cut = here > texts.length ? ` The newest ${texts.length} are shown.` : '';
  return html`<section aria-labelledby="comments">
    <h2 id="comments">What customers wrote</h2>
    ${error === null ? nothing : notice('warning', error)}
    <p class="quiet">
      ${which} of ${counted(all, 'comment')} ${here === 1 && all > 1 ? 'is' : 'are'} on this machine.${cut} Texts stay
      here: no record and no export has them.
    </p>
    ${texts.length === 0 ? nothing : html`<ul class="comments">${texts.map(comment)}</ul>`}
  </section>`;
}

function comment({ text, date, segment, source }: ShownComment): TemplateResult {
  const about = [date, segment, source].filter((part) => part !== undefined).join(' · ');
  return html`<li>
    <p><q>${text}</q></p>
    <p class="quiet">${about}</p>
  </li>`;
}
