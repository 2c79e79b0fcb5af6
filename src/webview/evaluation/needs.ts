import { nothing, type TemplateResult } from 'lit-html';
import { needsOf } from '../../core/checklist/needs';
import { counted } from '../../core/text/counted';
import type { SubjectState } from '../../protocol/evaluationPage';
import { icon } from '../shared/elements';
import { html } from '../shared/html';
import { askedOf, doneIn, itemOf, ui } from './ui';

function needsNow(subjects: readonly SubjectState[]): ReturnType<typeof needsOf> {
  const asked = [...new Set(subjects.flatMap((subject) => askedOf(subject)))];
  return needsOf(asked.flatMap((id) => itemOf(id) ?? []));
}

/** Before one begins: what must be at hand, and for how many items. */
export function needsLine(subject: SubjectState): TemplateResult | typeof nothing {
  const needs = needsNow([subject]);
  if (needs.length === 0 || subject.status !== 'draft' || doneIn(subject) > 0) return nothing;
  const said = needs.map(({ need, items }) => `${need} (${counted(items.length, 'item')})`).join(', ');
  return html`<p class="needs">${icon('tools')} <strong>Have at hand:</strong> ${said}</p>`;
}

/** What must be at hand, with the items that ask for it. */
export function needsList(): TemplateResult | typeof nothing {
  const needs = needsNow(ui.state?.subjects ?? []);
  if (needs.length === 0) return nothing;
  const entry = ({ need, items }: (typeof needs)[number]) => html`<li>
    ${need}: <span class="quiet">${counted(items.length, 'item')}, ${items.join(', ')}</span>
  </li>`;
  return html`<section class="needs" aria-labelledby="needs">
    <h2 id="needs">Have at hand</h2>
    <ul>
      ${needs.map(entry)}
    </ul>
  </section>`;
}
