import { scaleLinear, scaleTime } from 'd3-scale';
import { area, line } from 'd3-shape';
import { html, nothing, svg, type TemplateResult } from 'lit-html';

/** One value over time with its spread. */
export interface ChartPoint {
  /** ISO 8601, a day or a moment. */
  at: string;
  value: number;
  low: number | undefined;
  high: number | undefined;
  n: number | undefined;
  /** What the point is, for the table. */
  about: string;
  noisy?: boolean;
}

export interface Chart {
  title: string;
  points: readonly ChartPoint[];
  /** Writes a value with its unit. */
  text: (value: number) => string;
  /** What low and high are. */
  spread: string;
  /** A published threshold: at or below (or above) it is good. */
  good?: { value: number; label: string } | undefined;
  /** A recorded baseline. */
  baseline?: number | undefined;
}

const WIDTH = 340;
const HEIGHT = 170;
const MARGIN = { top: 12, right: 12, bottom: 24, left: 56 };

/** A small chart with axes, units and the spread as a band, its summary in a sentence, and the same as a table. */
export function chart({ title, points, text, spread, good, baseline }: Chart): TemplateResult {
  const times = points.map(({ at }) => new Date(at.length > 10 ? at : `${at}T00:00:00Z`));
  const all = points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const [first, last] = [times[0] as Date, times.at(-1) as Date];
  const pad = Math.max((last.getTime() - first.getTime()) * 0.04, 3_600_000);
  const x = scaleTime()
    .domain([new Date(first.getTime() - pad), new Date(last.getTime() + pad)])
    .range([MARGIN.left, WIDTH - MARGIN.right]);
  const marks = [...all, ...(baseline === undefined ? [] : [baseline])];
  const [low, high] = [Math.min(...marks), Math.max(...marks)];
  const y = scaleLinear()
    .domain([Math.min(0, low), high > 0 ? high * 1.08 : 1]) // from 0, so that noise does not look like a change
    .nice(4)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const isShown = (value: number) => value >= (y.domain()[0] as number) && value <= (y.domain()[1] as number);
  const curve = line<number>(
    (index) => x(times[index] as Date),
    (index) => y(points[index]?.value ?? 0),
  );
  const band = area<number>()
    .x((index) => x(times[index] as Date))
    .y0((index) => y(points[index]?.low ?? points[index]?.value ?? 0))
    .y1((index) => y(points[index]?.high ?? points[index]?.value ?? 0));
  const indices = points.map((_, index) => index);
  const dates = x.ticks(4);
  const label = x.tickFormat(4);
  return html`<figure class="chart">
    <figcaption><strong>${title}</strong></figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${summary(points, text)}">
      ${y.ticks(4).map(
        (tick) => svg`<g class="tick"><path class="grid" d="M${MARGIN.left} ${y(tick)}H${WIDTH - MARGIN.right}"></path>
          <text x=${MARGIN.left - 6} y=${y(tick)} dy="0.32em" text-anchor="end">${text(tick)}</text></g>`,
      )}
      ${dates.map(
        (tick) => svg`<g class="tick"><path class="grid" d="M${x(tick)} ${HEIGHT - MARGIN.bottom}v4"></path>
          <text x=${x(tick)} y=${HEIGHT - 6} text-anchor="middle">${label(tick)}</text></g>`,
      )}
      ${
        good && isShown(good.value)
          ? svg`<path class="good" d="M${MARGIN.left} ${y(good.value)}H${WIDTH - MARGIN.right}"></path>
            <text class="label" x=${WIDTH - MARGIN.right} y=${y(good.value) - 4} text-anchor="end">${good.label}</text>`
          : nothing
      }
      ${
        baseline === undefined
          ? nothing
          : svg`<path class="baseline" d="M${MARGIN.left} ${y(baseline)}H${WIDTH - MARGIN.right}"></path>
            <text class="label" x=${MARGIN.left + 4} y=${y(baseline) - 4}>baseline</text>`
      }
      ${points.length > 1 ? svg`<path class="band" d=${band(indices) ?? ''}></path><path class="curve" d=${curve(indices) ?? ''}></path>` : nothing}
      ${points.map(({ value, low: from, high: to, noisy }, index) => {
        const at = x(times[index] as Date);
        return svg`<g>${from === undefined || to === undefined ? nothing : svg`<path class="bar" d="M${at} ${y(from)}V${y(to)}"></path>`}
          <circle class=${noisy ? 'noisy' : ''} cx=${at} cy=${y(value)} r="3"></circle></g>`;
      })}
    </svg>
    <p class="quiet">${summary(points, text)} ${points.some((point) => point.low !== undefined) ? html`Band: ${spread}.` : nothing}${points.some(({ noisy }) => noisy) ? ' Hollow: disturbed by other programs.' : nothing}</p>
    <details>
      <summary>As a table</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="${title} as a table">
        <table>
          <thead>
            <tr><th scope="col">When</th><th scope="col" class="number">Value</th><th scope="col" class="number">Lowest</th><th scope="col" class="number">Highest</th><th scope="col" class="number">n</th><th scope="col">About</th></tr>
          </thead>
          <tbody>
            ${points.map(
              (point) => html`<tr>
                <th scope="row">${point.at.slice(0, 10)}</th>
                <td class="number">${text(point.value)}</td>
                <td class="number">${point.low === undefined ? 'not known' : text(point.low)}</td>
                <td class="number">${point.high === undefined ? 'not known' : text(point.high)}</td>
                <td class="number">${point.n ?? 'not known'}</td>
                <td>${point.about}${point.noisy ? ', disturbed' : ''}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </figure>`;
}

/** What the chart says, in a sentence; a change within the spread is called that. */
function summary(points: readonly ChartPoint[], text: (value: number) => string): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return 'No value.';
  if (points.length === 1) return `One value, ${text(first.value)} on ${first.at.slice(0, 10)}.`;
  const overlap =
    first.low === undefined || last.low === undefined || first.high === undefined || last.high === undefined
      ? undefined
      : first.low <= last.high && last.low <= first.high;
  const verdict = overlap === undefined ? '' : overlap ? ', within the spread' : ', beyond the spread';
  return `${points.length} values, from ${text(first.value)} on ${first.at.slice(0, 10)} to ${text(last.value)} on ${last.at.slice(0, 10)}${verdict}.`;
}
