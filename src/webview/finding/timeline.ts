import { nothing, svg, type TemplateResult } from 'lit-html';
import { figureText } from '../../core/metrics/metricText';
import type { FindingPageState, ShownRun } from '../../protocol/findingPage';
import { html } from '../shared/html';

/** A moment at which the page shows something, and how much earlier it could by Lighthouse's estimate. Milliseconds. */
interface Moment {
  paint: ShownRun['paints'][number];
  saved: number;
}

const msText = (value: number) => figureText(value, 'ms');

/**
 * The moments of the load that would come earlier, on one line. They and the estimates are of the same simulated load;
 * the requests below are not, so they have a line of their own.
 */
export function timeline({ savings, run }: FindingPageState): TemplateResult | typeof nothing {
  const moments = (run?.paints ?? []).map((paint): Moment => {
    const saved = savings.find(({ metric }) => metric === paint.metric)?.value ?? 0;
    return { paint, saved: Math.min(saved, paint.spread.median) };
  });
  const end = Math.max(0, ...moments.map(({ paint }) => paint.spread.median));
  if (end === 0 || moments.every(({ saved }) => saved === 0)) return nothing;
  return html`<figure class="timeline">
    <svg width="100%" height="64" role="img" aria-label=${moments.map(momentText).join('; ')}>
      <rect class="track" y="28" width="100%" height="8" />
      ${moments.map((moment, index) => drawn(moment, end, index))}
      <text class="from" x="0" y="56">0 s</text>
    </svg>
    <figcaption class="quiet">
      ${run?.isSimulated ? 'On the simulated network and device. ' : nothing}Filled: the time that could be saved.
    </figcaption>
  </figure>`;
}

/** `First Contentful Paint 2.4 s, 2.3 s to 2.5 s in 3 runs, 620 ms earlier by an estimate` */
function momentText({ paint: { name, spread }, saved }: Moment): string {
  const { median, min, max, n } = spread;
  const range = n > 1 ? `${msText(min)} to ${msText(max)} in ${n} runs` : 'one run';
  return `${name} ${msText(median)}, ${range}${saved > 0 ? `, ${msText(saved)} earlier by an estimate` : ''}`;
}

/** The first moment has its label above the line, the second below, so that neither hides the other. */
function drawn({ paint: { metric, spread }, saved }: Moment, end: number, index: number): TemplateResult {
  const share = (value: number) => `${((100 * value) / end).toFixed(2)}%`;
  const { median, min, max, n } = spread;
  const at = median / end;
  const anchor = at > 0.8 ? 'end' : at < 0.2 ? 'start' : 'middle';
  const range = n > 1 ? `${msText(min)}–${msText(max)}, n ${n}` : 'one run';
  return svg`<rect class="saved" x=${share(median - saved)} y="28" width=${share(saved)} height="8" />
    <line x1=${share(median)} x2=${share(median)} y1="22" y2="42" />
    <text x=${share(median)} y=${index === 0 ? 14 : 56} text-anchor=${anchor}>
      ${metric} ${msText(median)} <tspan class="quiet">${range}</tspan>
    </text>`;
}
