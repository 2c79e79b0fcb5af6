import { nothing, type TemplateResult } from 'lit-html';
import {
  changeText,
  comparePeriods,
  type Period,
  type PeriodComparison,
  sureText,
  wayText,
} from '../../core/impact/periods';
import type { Metric } from '../../core/metrics/metricSchema';
import { signedAmountText } from '../../core/metrics/metricText';
import { dayText } from '../../core/text/days';
import { isChange, verdictWords } from '../../core/verdict/judge';
import { icon, quiet, scrollTable, select } from '../shared/elements';
import { html } from '../shared/html';
import { baseline } from './baseline';
import { chart } from './chart';
import type { Chart } from './chartDrawing';
import { hasCourse, seriesOf } from './series';
import { change, type Shown, ui } from './store';

/** One course at a time, large, with two periods of it beside each other; then what changed against the baseline. */
export function timePage(shown: Shown): TemplateResult {
  const all = metricsOf(shown);
  const metric = all.find(({ id }) => id === ui.timed.metric) ?? all[0];
  const courses = metric ? seriesOf(metric.id).filter(({ points }) => points.length > 1) : [];
  const course = courses.find(({ name }) => name === ui.timed.name) ?? courses[0];
  const none = 'A course needs a second value: audit again or import another period, and it appears here.';
  return html`<section aria-labelledby="time-title">
    ${
      course
        ? body(course, { all, courses }, shown)
        : html`<h2 id="time-title">Over time</h2>
            <p>${none}</p>`
    }
    ${baseline(shown.data)}
  </section>`;
}

/** The metrics that were seen more than once; what is poor now first. */
function metricsOf({ view }: Shown): Metric[] {
  const ratings = ['poor', 'needs improvement'];
  const rank = (id: string) => {
    const found = view.values.flatMap(({ metric, verdict }) =>
      metric === id && verdict ? ratings.indexOf(verdict) : [],
    );
    return Math.min(ratings.length, ...found.filter((place) => place >= 0));
  };
  const withValues = new Set(view.values.map(({ metric }) => metric));
  return view.metrics
    .filter(({ id }) => withValues.has(id) && hasCourse(id))
    .map((metric) => ({ metric, place: rank(metric.id) }))
    .sort((a, b) => a.place - b.place)
    .map(({ metric }) => metric);
}

/** What may be chosen. */
interface Choices {
  all: readonly Metric[];
  courses: readonly Chart[];
}

function body(course: Chart, { all, courses }: Choices, { data }: Shown): TemplateResult {
  const { metric, points, name, direction, isLab, scale } = course;
  const at = splitOf(course);
  const found = comparePeriods(points, at, { metric, direction, isLab });
  const [first, last] = [points[0]?.at.slice(0, 10) ?? '', points.at(-1)?.at.slice(0, 10) ?? ''];
  const events = (data.events ?? []).filter((event) => event.at >= first && event.at <= last);
  const says = found
    ? changeText(found, scale, data.today)
    : points.length > 1 && !isLab
      ? 'the periods overlap, so they are not compared'
      : 'no two periods to compare';
  return html`<h2 id="time-title">
      ${metric.name}: ${says} ${found ? html`<span class="quiet small">${sureText(found, scale)}</span>` : nothing}
    </h2>
    <p>${found ? wayText(found, direction) : nothing}</p>
    <div class="wish">
      <label
        >What
        ${select(
          all.map(({ id, name: text }) => [id, text] as const),
          metric.id,
          (id) => change({ timed: { metric: id, name: undefined } }),
        )}</label
      >
      <label
        >Where
        ${select(
          courses.map((one) => [one.name, one.name] as const),
          name,
          (chosen) => change({ timed: { metric: metric.id, name: chosen } }),
        )}</label
      >
      <label
        >The later period begins
        ${select(
          points.slice(1).map((point, index) => [index + 1, dayText(point.at.slice(0, 10), data.today)] as const),
          at,
          (index) => change({ timed: { metric: metric.id, name, split: index } }),
        )}</label
      >
    </div>
    <div class="time-split">
      ${chart(course, { events, split: points[at]?.at })} ${found ? periods(course, found, data.today) : nothing}
    </div>`;
}

/** Where the later period begins: in the middle, until a person says. Of figures, at the last one. */
function splitOf({ points, isLab }: Chart): number {
  const chosen = ui.timed.split;
  if (chosen !== undefined && chosen > 0 && chosen < points.length) return chosen;
  return isLab ? Math.ceil(points.length / 2) : points.length - 1;
}

function periods(course: Chart, found: PeriodComparison, today: string): TemplateResult {
  const { text, scale, isLab } = course;
  const { verdict, shift, interval, before, after, level } = found;
  const day = (of: string) => dayText(of.slice(0, 10), today);
  const when = ({ from, to }: Period) => (day(from) === day(to) ? day(from) : `${day(from)} to ${day(to)}`);
  const range = (low: number | undefined, high: number | undefined) =>
    low === undefined || high === undefined ? 'not known' : `${text(low)} to ${text(high)}`;
  const row = (of: Period) => html`<tr>
    <th scope="row">${when(of)}</th>
    <td class="number">${text(of.value)}</td>
    <td class="number">${range(of.low, of.high)}</td>
  </tr>`;
  const signed = (amount: number) => signedAmountText(amount, scale);
  const ends = interval ? `${signed(interval[0])} to ${signed(interval[1])}` : 'too few values';
  const difference = html`<tr>
    <th scope="row">Difference</th>
    <td class="number"><strong>${shift === null ? 'not known' : signed(shift)}</strong></td>
    <td class="number">${ends}</td>
  </tr>`;
  const columns = ['Period', { number: isLab ? 'Median' : 'Value' }, { number: isLab ? 'Range' : '95 % interval' }];
  const tone = verdict === 'better' ? ['good', 'pass'] : ['poor', 'error'];
  const word = isChange(verdict)
    ? html`<span class="mark ${tone[0] ?? ''}">${icon(tone[1] ?? '')} <strong>${verdictWords[verdict]}</strong></span>`
    : html`<strong>${verdictWords[verdict]}</strong>`;
  return html`<div class="card periods">
    <h3>Two periods</h3>
    ${scrollTable('Two periods', columns, [row(before), row(after), difference])}
    <p>${word}</p>
    <p class="quiet small">
      The difference has a ${level} interval. Choose the day for a reason, such as a commit: one chosen where the line
      jumps makes the interval too narrow. ${quiet('What else changed on that day is not known here.')}
    </p>
  </div>`;
}
