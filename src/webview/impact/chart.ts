import type { TemplateResult } from 'lit-html';
import { scrollTable } from '../shared/elements';
import { html } from '../shared/html';
import { type Chart, type ChartPoint, drawing, HEIGHT, WIDTH } from './chartDrawing';

/** A small chart with the spread as a band, its summary in a sentence, and its values as a table. */
export function chart(shown: Chart): TemplateResult {
  const { title, points, spread } = shown;
  const said = summary(shown);
  const band = points.some(({ low }) => low !== undefined) ? `Band: ${spread}.` : '';
  const hollow = points.some(({ noisy }) => noisy) ? 'Hollow: disturbed by other programs.' : '';
  return html`<figure class="chart">
    <figcaption><strong>${title}</strong></figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${said}">${drawing(shown)}</svg>
    <p class="quiet">${[said, band, hollow].filter(Boolean).join(' ')}</p>
    <details>
      <summary>As a table</summary>
      ${table(shown)}
    </details>
  </figure>`;
}

function table({ title, points, text }: Chart): TemplateResult {
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
  return scrollTable(`${title} as a table`, columns, points.map(row));
}

/** The chart in one sentence, with whether the change is within the spread. */
function summary({ points, text }: Chart): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return 'No value.';
  const valueOn = ({ value, at }: ChartPoint) => `${text(value)} on ${at.slice(0, 10)}`;
  if (points.length === 1) return `One value, ${valueOn(first)}.`;
  return `${points.length} values, from ${valueOn(first)} to ${valueOn(last)}${spreadText(first, last)}.`;
}

function spreadText(first: ChartPoint, last: ChartPoint): string {
  const { low: firstLow, high: firstHigh } = first;
  const { low, high } = last;
  if (firstLow === undefined || firstHigh === undefined || low === undefined || high === undefined) return '';
  return firstLow <= high && low <= firstHigh ? ', within the spread' : ', beyond the spread';
}
