import { nothing, type TemplateResult } from 'lit-html';
import type { MetricRating } from '../../core/metrics/metricText';
import { icon } from './elements';
import { html } from './html';

const styles: Record<MetricRating, { icon: string; tone: string }> = {
  good: { icon: 'pass', tone: 'good' },
  'needs improvement': { icon: 'warning', tone: 'fair' },
  poor: { icon: 'error', tone: 'poor' },
};

/** The class that colours what has a rating. */
export function toneOf(rating: MetricRating | null): string {
  return rating ? styles[rating].tone : 'quiet';
}

/** The icon of a rating in its colour, its word for a screen reader only; nothing where there is none. */
export function ratingIcon(rating: MetricRating | null): TemplateResult | typeof nothing {
  if (!rating) return nothing;
  return html`<span class=${toneOf(rating)} title=${rating}
    >${icon(styles[rating].icon)}<span class="visually-hidden">${rating}</span></span
  >`;
}

/** Icon, word and colour of a rating; nothing where there is none. */
export function ratingMark(rating: MetricRating | null): TemplateResult | typeof nothing {
  if (!rating) return nothing;
  return html`<span class="mark ${toneOf(rating)}">${icon(styles[rating].icon)}<span>${rating}</span></span>`;
}
