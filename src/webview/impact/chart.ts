import type { TemplateResult } from 'lit-html';
import type { CourseEvent } from '../../core/impact/impactData';
import { scrollTable } from '../shared/elements';
import { html } from '../shared/html';
import { type Chart, type ChartPoint, drawing } from './chartDrawing';
import { narrow } from './narrow';

/** The course of a metric as a drawing with a sentence, and all of it as a table. */
export function chart(shown: Chart, around: { events: readonly CourseEvent[]; split: string | undefined }) {
  const { metric, name, points, spread, isLab } = shown;
  const size = narrow.matches ? { width: 380, height: 240 } : { width: 760, height: 280 };
  const hasSpread = points.some(({ low }) => low !== undefined);
  const words = [
    `Line: ${isLab ? 'the median of each set of runs' : 'each period, at its last day'}.`,
    hasSpread ? `Band: ${spread}.` : '',
    points.some(({ noisy }) => noisy) ? 'Hollow: disturbed by other programs.' : '',
    around.events.length > 0 ? 'Ticks: commits; lines with a name: tags.' : '',
    isLab ? 'Lab, one machine.' : '',
  ];
  return html`<figure class="chart">
    <svg
      viewBox="0 0 ${size.width} ${size.height}"
      role="img"
      aria-label="${metric.name}, ${name}: ${summary(shown)} All values stand in the table below."
    >
      ${drawing(shown, { ...around, size })}
    </svg>
    <figcaption class="quiet small">${words.filter(Boolean).join(' ')}</figcaption>
    <details>
      <summary>The same as a table: ${points.length} values</summary>
      ${table(shown, around.events)}
    </details>
  </figure>`;
}

function table({ metric, name, points, text }: Chart, events: readonly CourseEvent[]): TemplateResult {
  const columns = ['When', ...['Value', 'Lowest', 'Highest', 'n'].map((number) => ({ number })), 'About'];
  const known = (value: number | undefined) => (value === undefined ? 'not known' : text(value));
  const row = ({ at, value, low, high, n, about, noisy }: ChartPoint) => html`<tr>
    <th scope="row">${at.slice(0, 10)}</th>
    <td class="number">${text(value)}</td>
    <td class="number">${known(low)}</td>
    <td class="number">${known(high)}</td>
    <td class="number">${n ?? 'not known'}</td>
    <td>${about}${noisy ? ', disturbed' : ''}</td>
  </tr>`;
  const event = ({ at, kind, text: what }: CourseEvent) =>
    html`<tr><th scope="row">${at}</th><td colspan="5">${kind} ${what}</td></tr>`;
  const rows = [
    ...points.map((one) => ({ at: one.at, row: row(one) })),
    ...events.map((one) => ({ at: one.at, row: event(one) })),
  ];
  const byDay = rows.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map((one) => one.row);
  return scrollTable(`${metric.name}, ${name}, as a table`, columns, byDay);
}

/** The course in one sentence. */
function summary({ points, text }: Chart): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return 'no value.';
  const valueOn = ({ value, at }: ChartPoint) => `${text(value)} on ${at.slice(0, 10)}`;
  return points.length === 1
    ? `one value, ${valueOn(first)}.`
    : `${points.length} values, from ${valueOn(first)} to ${valueOn(last)}.`;
}
