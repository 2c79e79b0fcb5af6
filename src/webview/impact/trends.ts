import type { TemplateResult } from 'lit-html';
import { metrics } from '../../core/metrics/metrics';
import { html } from '../shared/html';
import { baseline } from './baseline';
import { chart } from './chart';
import { cutList } from './cutList';
import { longestFirst, seriesOf } from './series';
import type { Shown } from './store';

/** Small multiples of all that has been seen more than once, and the baseline. */
export function trends({ view, data }: Shown): TemplateResult {
  const withValues = new Set(view.values.map(({ metric }) => metric));
  const series = metrics.filter(({ id }) => withValues.has(id)).flatMap(({ id }) => seriesOf(id));
  const moving = series.filter(({ points }) => points.length > 1).sort(longestFirst);
  const { listed, more } = cutList(moving, 'trends', 12, 'charts');
  const none = 'A trend needs a second value: audit again or import another period, and it appears here.';
  return html`<section aria-labelledby="better-title">
    <h2 id="better-title">Is it getting better</h2>
    ${baseline(data)}
    <h3>Over time</h3>
    ${moving.length === 0 ? html`<p>${none}</p>` : html`<div class="multiples">${listed.map(chart)}</div>`} ${more}
  </section>`;
}
