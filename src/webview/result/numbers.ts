import { nothing, svg, type TemplateResult } from 'lit-html';
import type { ResultView, ShownNumber } from '../../core/audit/resultView';
import { type Bands, labBands } from '../../core/metrics/labBands';
import { figureText } from '../../core/metrics/metricText';
import { counted } from '../../core/text/counted';
import { isChange, verdictWords } from '../../core/verdict/judge';
import { quiet, scrollTable } from '../shared/elements';
import { html } from '../shared/html';
import { ratingMark, toneOf } from '../shared/rating';

type Spread = NonNullable<ShownNumber['spread']>;

function format(value: number, unit: ShownNumber['unit']): string {
  return unit === 'points' ? String(Math.round(value * 100)) : figureText(value, unit);
}

/** `3.1 s to 3.4 s, n = 3`; one run has no spread, which `ofOne` says. */
function spreadText({ min, max, n }: Spread, unit: ShownNumber['unit'], ofOne: string): string {
  return n > 1 ? `${format(min, unit)} to ${format(max, unit)}, n = ${n}` : ofOne;
}

/** What may be said of a change: its size where it shows, else that none does, or what would tell. */
export function change({ difference, unit }: ShownNumber): string {
  if (!difference) return '';
  const { verdict, shift, more } = difference;
  const word = verdictWords[verdict];
  if (isChange(verdict) && shift !== null) return `${shift > 0 ? '+' : '−'}${format(Math.abs(shift), unit)}, ${word}`;
  return more === undefined ? word : `${word}, ${counted(more, 'more run')} each time would tell`;
}

function rating({ verdict, spread }: ShownNumber): TemplateResult | typeof nothing {
  if (verdict) return ratingMark(verdict);
  return spread ? quiet('not known') : nothing;
}

const circumference = 2 * Math.PI * 31;

function ring(value: number): TemplateResult {
  const dashes = `${value * circumference} ${circumference}`;
  return svg`<circle class="value" cx="36" cy="36" r="31" transform="rotate(-90 36 36)" stroke-dasharray=${dashes}>
  </circle>`;
}

/** A Lighthouse score as a ring, from 0 to 100. */
export function score(number: ShownNumber): TemplateResult {
  const value = number.spread?.median;
  const shown = value === undefined ? '–' : String(Math.round(value * 100));
  const said = value === undefined ? 'not measured' : `${shown} of 100`;
  return html`<li class="score">
    <svg class="ring ${toneOf(number.verdict)}" viewBox="0 0 72 72" aria-hidden="true">
      <circle cx="36" cy="36" r="31"></circle>
      ${value === undefined ? nothing : ring(value)}
      <text x="36" y="37">${shown}</text>
    </svg>
    <span>
      ${number.name}${value === undefined ? nothing : html`<span class="visually-hidden">: ${said}</span>`}<br />
      ${value === undefined ? quiet(said) : rating(number)}
    </span>
  </li>`;
}

/** A load metric with its spread, and where it lies in Lighthouse's bands. */
export function metric(number: ShownNumber, formFactor: 'mobile' | 'desktop'): TemplateResult {
  const { id, name, acronym, spread, unit } = number;
  const bands = labBands(id, formFactor);
  return html`<li class="metric">
    <span class="name"><strong>${acronym}</strong> ${quiet(name)}</span>
    <span class="value">
      <span class="median number">${spread ? format(spread.median, unit) : 'not measured'}</span> ${rating(number)}
    </span>
    ${spread ? html`<span class="quiet number">${spreadText(spread, unit, 'one run')}</span>` : nothing}
    ${spread && bands ? bar(spread, bands) : nothing}
  </li>`;
}

/** Good, needs improvement and poor as equal thirds, with the runs' range and median. */
function bar({ median, min, max }: Spread, { good, poor }: Bands): TemplateResult {
  const place = (value: number) => {
    if (value <= good) return (value / good) * 40;
    if (value <= poor) return 40 + ((value - good) / (poor - good)) * 40;
    return Math.min(118, 80 + ((value - poor) / poor) * 40);
  };
  const [from, at, to] = [place(min), place(median), place(max)];
  return html`<svg class="bands" viewBox="0 0 120 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="good" x="0" y="3" width="39" height="4" />
    <rect class="fair" x="40" y="3" width="39" height="4" />
    <rect class="poor" x="80" y="3" width="40" height="4" />
    <rect class="range" x=${from} y="1.5" width=${Math.max(0.5, to - from)} height="7" />
    <rect class="at" x=${at - 0.6} y="0" width="1.2" height="10" />
  </svg>`;
}

/** All numbers beside those of the run before. */
export function comparison(view: ResultView): TemplateResult {
  const rows = [...view.metrics, ...view.categories].flatMap((number) => comparisonRow(number) ?? []);
  if (rows.length === 0) {
    return html`<p class="quiet">
      There is no earlier run on this machine that may be compared with this one. Audit again to get one.
    </p>`;
  }
  const before = new Date(view.previousAt ?? '').toLocaleString();
  const columns = ['Number', { number: before }, { number: 'This run' }, 'Change of the median'];
  return scrollTable('Compared with the run before', columns, rows);
}

function comparisonRow(number: ShownNumber): TemplateResult | undefined {
  const { name, unit, difference } = number;
  if (!difference) return undefined;
  const cell = (spread: Spread) =>
    html`<td class="number">${format(spread.median, unit)} ${quiet(spreadText(spread, unit, 'n = 1'))}</td>`;
  return html`<tr>
    <td>${name}</td>
    ${cell(difference.before)} ${cell(difference.after)}
    <td>${change(number)}</td>
  </tr>`;
}
