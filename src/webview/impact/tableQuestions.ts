/** What a table leaves open: asked before anything is written. */
import { nothing, type TemplateResult } from 'lit-html';
import type { ImportQuestion } from '../../core/outcomes/importQuestions';
import type { TableChoice, TableDraft } from '../../protocol/impactPage';
import { button, select } from '../shared/elements';
import { html } from '../shared/html';

type Decide = (part: Partial<TableChoice>) => void;

/** The open questions of a table, each with its possible answers; what was answered can be asked again. */
export function tableQuestions(
  draft: TableDraft,
  choice: TableChoice,
  decide: Decide,
): TemplateResult | typeof nothing {
  const { questions } = draft;
  const { dates, scales, answers, leaveOut: left } = choice;
  const isAnswered = dates !== '' || [scales, answers, left].some((said) => Object.keys(said).length > 0);
  if (questions.length === 0 && !isAnswered) return nothing;
  const again = () => decide({ dates: '', scales: {}, answers: {}, leaveOut: [] });
  return html`<h3>Questions</h3>
    ${questions.length > 0 ? html`<p role="status">Nothing is imported before these are answered.</p>` : nothing}
    <ul>
      ${questions.map((question) => html`<li>${asked(question, choice, decide)}</li>`)}
    </ul>
    ${isAnswered ? html`<p>${button('Ask again', again, { kind: 'link' })}</p>` : nothing}`;
}

function asked(question: ImportQuestion, choice: TableChoice, decide: Decide): TemplateResult {
  const { column, text, texts, dates, scales, meanings, canLeaveOut, canDrop, isPeriod } = question;
  const drop = () => decide({ columns: { ...choice.columns, [column]: '' } });
  const { [column]: scale = '' } = choice.scales;
  return html`<p>${text}${isPeriod ? ' Give its first and last day above.' : ''}</p>
    <div class="fields">
      ${dates.length > 0 ? dateOrder(dates, choice, decide) : nothing}
      ${
        scales.length > 0
          ? labelled('Scale that was asked', offered(scales, 'choose…'), scale, (next) =>
              decide({ scales: { ...choice.scales, [column]: next } }),
            )
          : nothing
      }
      ${meanings.length > 0 ? texts.map((one) => meaning(column, one, meanings, choice, decide)) : nothing}
    </div>
    ${canLeaveOut ? html`<p>${leaveOut(column, choice, decide)}</p>` : nothing}
    ${canDrop ? html`<p>${button('Leave the column out', drop)}</p>` : nothing}`;
}

type Options = readonly (readonly [value: string, label: string])[];

const offered = (values: readonly string[], first: string): Options => [
  ['', first],
  ...values.map((value) => [value, value] as const),
];

function labelled(label: string, options: Options, chosen: string, set: (value: string) => void): TemplateResult {
  return html`<label class="field">${label} ${select(options, chosen, set)}</label>`;
}

function dateOrder(dates: ImportQuestion['dates'], choice: TableChoice, decide: Decide): TemplateResult {
  const set = (next: string) => decide({ dates: next as TableChoice['dates'] });
  return labelled('Its dates are written', offered(dates, 'choose…'), choice.dates, set);
}

/** An answer that stands for none: the texts of a question are never empty, but what they mean may be. */
const NONE = 'no answer';

function meaning(
  column: string,
  { text, count }: ImportQuestion['texts'][number],
  meanings: readonly string[],
  { answers }: TableChoice,
  decide: Decide,
): TemplateResult {
  const set = (next: string) => {
    const { [text]: _, ...others } = answers[column] ?? {};
    const said = next === '' ? others : { ...others, [text]: next === NONE ? '' : next };
    decide({ answers: { ...answers, [column]: said } });
  };
  const said = answers[column]?.[text];
  const label = `“${text}” (${count} ${count === 1 ? 'time' : 'times'}) means`;
  return labelled(label, offered([...meanings, NONE], 'choose…'), said === '' ? NONE : (said ?? ''), set);
}

function leaveOut(column: string, { leaveOut: before }: TableChoice, decide: Decide): TemplateResult {
  const others = before.filter((one) => one !== column);
  const set = ({ target }: Event) =>
    decide({ leaveOut: (target as HTMLInputElement).checked ? [...others, column] : others });
  return html`<label>
    <input type="checkbox" .checked=${before.includes(column)} @change=${set} /> Leave out the cells that cannot be read
  </label>`;
}
