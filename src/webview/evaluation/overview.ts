import { nothing, type TemplateResult } from 'lit-html';
import { itemName, itemNumber } from '../../core/checklist/itemName';
import type { SubjectState } from '../../protocol/evaluationPage';
import { icon, quiet, scrollTable } from '../shared/elements';
import { html } from '../shared/html';
import { verdictStyle } from '../shared/verdictStyles';
import { goTo } from './navigation';
import { needsList } from './needs';
import { answerOf, askedOf, doneIn, itemOf, itemsOf, nameOf, ui } from './ui';

/** Every item on every page: one table, each cell leads to its form. */
export function overview(): TemplateResult {
  const subjects = ui.state?.subjects ?? [];
  if (subjects.length === 0) return html`<p>There is nothing of yours to show yet.</p>`;
  const items = [...new Set(subjects.flatMap((subject) => itemsOf(subject)))];
  const rows = items.map((id) => itemRow(id, subjects));
  const columns = ['Item', ...subjects.map(subjectHead)];
  return html`${needsList()}
  ${scrollTable('Overview of all items: verdicts by item and page', columns, rows, 'overview')}`;
}

function subjectHead(subject: SubjectState): TemplateResult {
  const done = `${doneIn(subject)} of ${askedOf(subject).length}`;
  const submitted = subject.status === 'submitted' ? ', submitted' : '';
  return html`${nameOf(subject)}<br />${quiet(`${done}${submitted}`)}`;
}

function itemRow(id: string, subjects: readonly SubjectState[]): TemplateResult {
  const isAsked = subjects.some((subject) => askedOf(subject).includes(id));
  const title = itemOf(id)?.title ?? id;
  return html`<tr>
    <th scope="row">${quiet(itemNumber(id) ?? '')} ${title} ${isAsked ? nothing : quiet('no longer asked')}</th>
    ${subjects.map((subject, at) => cell(subject, at, id))}
  </tr>`;
}

function cell(subject: SubjectState, at: number, id: string): TemplateResult {
  const { verdict, findings = [] } = answerOf(subject, id);
  const { tone, icon: name, word } = verdictStyle(verdict);
  const hidden = html`<span class="visually-hidden"> ${findings.length === 1 ? 'problem' : 'problems'}</span>`;
  return html`<td>
    <button class="cell ${tone}" @click=${() => goTo(at, id)}>
      <span class="visually-hidden">${nameOf(subject)}, ${itemName(id, itemOf(id)?.title)}:</span>${icon(name)}
      <span class=${verdict ? '' : 'visually-hidden'}>${word}</span>
      ${findings.length > 0 ? quiet(html`${findings.length}${hidden}`) : nothing}
    </button>
  </td>`;
}
