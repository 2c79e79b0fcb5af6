import { scaleLinear } from 'd3-scale';
import { nothing, svg, type TemplateResult } from 'lit-html';
import type { Tile, TileId } from '../../core/impact/tiles';
import type { Trend } from '../../core/impact/tileTrends';
import { button, icon, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { ratingMark } from '../shared/rating';
import { bandPath, type DrawnPoint, linePath } from './paths';
import { ask, host } from './store';
import { chooseTable } from './tableImport';

const icons: Record<TileId, string> = {
  speed: 'dashboard',
  access: 'person',
  ease: 'checklist',
  customers: 'comment-discussion',
};

/**
 * One side of the product: its number, what it is made of, how it went; or how to learn it.
 * @param isFirst whether learning it is what to begin with
 */
export function tile(shown: Tile, open: () => void, isFirst = false): TemplateResult {
  const { id, title, rating, known, learn, staleFor } = shown;
  const state = known
    ? quiet(shown.standing ?? 'not rated')
    : html`<span class="mark quiet">${icon('circle-slash')} not measured</span>`;
  const ways = [learn && learnButton(learn.way, isFirst), ' ', id === 'customers' ? surveyButton() : nothing];
  return html`<li class="tile" data-tile=${id}>
    <div class="tile-head">
      ${icon(icons[id])}
      <h3>${known ? button(title, open, { kind: 'link' }) : title}</h3>
      <span class="tile-state">${rating ? ratingMark(rating) : state}</span>
    </div>
    ${known ? body(known, staleFor) : html`<p class="tile-learn">${learn?.text}</p>`}
    ${known || !learn || !host ? nothing : html`<p class="tile-way">${ways}</p>`}
  </li>`;
}

function body({ figure, label, detail, trend, shares }: NonNullable<Tile['known']>, staleFor: number | undefined) {
  const age =
    staleFor === undefined ? nothing : html`<span class="mark stale">${icon('history')} ${staleFor} days old</span>`;
  return html`<p class="tile-figure"><strong class="number">${figure}</strong> ${label}</p>
    <p class="quiet small number">${detail} ${age}</p>
    <div class="tile-draw">${shares ? bar(shares) : spark(trend)}</div>
    <p class="tile-trend small">
      <span class="quiet">${trend.about}</span> <strong>${trendMark(trend)}</strong>
    </p>`;
}

/** The verdict with an arrow that says whether it is good, since a falling line may be. */
function trendMark({ says, verdict }: Trend): TemplateResult {
  if (verdict !== 'better' && verdict !== 'worse') return html`${says}`;
  const [name, tone] = verdict === 'better' ? ['pass', 'good'] : ['error', 'poor'];
  return html`<span class="mark ${tone}">${icon(name)}<span>${says}</span></span>`;
}

const WIDTH = 240;
const HEIGHT = 34;

/** The course of a number as a line with its spread; its words stand below. */
function spark({ points, verdict }: Trend): TemplateResult | typeof nothing {
  if (points.length < 2) return nothing;
  const values = points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const x = scaleLinear([0, points.length - 1], [4, WIDTH - 4]);
  const y = scaleLinear([Math.min(...values), Math.max(...values)], [HEIGHT - 4, 4]);
  const drawn = points.map(({ value, low = value, high = value }, index) => {
    return { x: x(index), value: y(value), low: y(low), high: y(high) };
  });
  const last = drawn.at(-1) as DrawnPoint;
  const tone = verdict === 'worse' ? 'poor' : '';
  return html`<svg class="spark ${tone}" aria-hidden="true" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
    ${svg`<path class="band" d=${bandPath(drawn)}></path>
    <path class="curve" d=${linePath(drawn)}></path>
    <path class="end" d="M${last.x} ${last.value}h.01"></path>`}
  </svg>`;
}

/** Who would recommend (9 and 10), who is passive (7 and 8), who would not (0 to 6), as NPS names them. */
function bar([would, undecided, wouldNot]: [number, number, number]): TemplateResult {
  const part = (from: number, width: number, kind: string) =>
    svg`<rect class=${kind} x=${from} width=${Math.max(width - 0.8, 0)} height="8"></rect>`;
  return html`<div class="shares">
    <p><span>${would} % would</span> <span>${undecided} % passive</span> <span>${wouldNot} % would not</span></p>
    <svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none">
      ${part(0, would, 'would')} ${part(would, undecided, 'undecided')}
      ${part(would + undecided, wouldNot, 'would-not')}
    </svg>
  </div>`;
}

/** The button that leads to a value. */
export function learnButton(way: 'audit' | 'table' | 'evaluate', isPrimary = false): TemplateResult | typeof nothing {
  if (!host) return nothing;
  if (way === 'table') return button('Import a Table', chooseTable, { icon: 'table' });
  if (way === 'audit')
    return button('Audit a Page', () => ask(async () => host?.audit()), {
      icon: 'play',
      needsMachine: true,
      ...(isPrimary && { kind: 'primary' }),
    });
  return button('Evaluate a Page', () => ask(async () => host?.evaluate()), { icon: 'checklist' });
}

/** The button that makes a survey. */
export function surveyButton(): TemplateResult | typeof nothing {
  const make = () => ask(async () => host?.makeSurvey());
  return host ? button('Ask Them: Survey Kit', make, { icon: 'comment-discussion', needsMachine: true }) : nothing;
}
