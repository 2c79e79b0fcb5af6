import { nothing, type TemplateResult } from 'lit-html';
import type { Estimate } from '../../core/impact/effectEstimates';
import type { ImpactPath } from '../../core/impact/impactPaths';
import { estimateCite, estimateText } from '../../core/impact/impactText';
import type { ImpactValue } from '../../core/impact/impactValue';
import { whatIf, worstFirst } from '../../core/impact/impactView';
import { inOwnNumbers, ownNumbersText } from '../../core/impact/ownMoney';
import { figureText } from '../../core/metrics/metricText';
import { redraw } from '../shared/draw';
import { fieldValue, quiet } from '../shared/elements';
import { html } from '../shared/html';
import { allLinks, metricOf, nameOf, type Shown } from './store';

/** Wished values, by metric and target. */
const wishes = new Map<string, number>();

/** What a better value would mean, as far as studies support it. */
export function whatIfPanel(
  { view, data }: Shown,
  values: readonly ImpactValue[],
  paths: readonly ImpactPath[],
): TemplateResult | typeof nothing {
  const usable = values.filter(({ state }) => state !== 'too few');
  const [worst] = worstFirst(usable, metricOf(values[0]?.metric ?? ''));
  if (!worst || paths.every(({ computable }) => computable.length === 0)) return nothing;
  const question = { target: worst.target ?? '', metric: worst.metric, to: wishFor(worst) };
  const answer = whatIf({ ...view, values: [worst], paths: [...paths] }, question);
  if (!answer) return nothing;
  const estimates = answer.estimates.map((one) => estimateRow(one, inOwnNumbers(one, data, answer.target)));
  return html`<div class="wish">
    <h4>What if</h4>
    ${wishFields(worst, answer.to)}
    <ul aria-live="polite">
      ${estimates}
    </ul>
    <details>
      <summary>Assumptions</summary>
      <ul>
        ${answer.assumptions.map((line) => html`<li>${line}</li>`)}
      </ul>
    </details>
  </div>`;
}

function keyOf({ metric, target }: ImpactValue): string {
  return `${metric}\n${target ?? ''}`;
}

/** The wished value; a good one until somebody wishes. */
function wishFor(value: ImpactValue): number {
  const good = metricOf(value.metric)?.thresholds?.good;
  return wishes.get(keyOf(value)) ?? good ?? (value.unit === 'pass/fail' ? 1 : value.value);
}

/** The wished value as a number and as a slider; times in seconds. */
function wishFields(worst: ImpactValue, to: number): TemplateResult {
  const { value, unit, target, basis, about } = worst;
  const metric = metricOf(worst.metric);
  const [scale, step, shownUnit] = unit === 'ms' ? [1000, '0.1', 's'] : [1, '1', unit];
  const most = Math.ceil((metric?.scale.max ?? Math.max(value, to) / scale) * 10) / 10;
  const wish = (event: Event) => {
    const wished = Number(fieldValue(event));
    if (!Number.isFinite(wished) || wished < 0) return;
    wishes.set(keyOf(worst), wished * scale);
    redraw();
  };
  const now = String(Number((to / scale).toFixed(2)));
  return html`<p>
      <label>
        ${target ?? 'whole product'} (${basis}, ${about}): ${metric?.short ?? ''} from ${figureText(value, unit)} to
        <input type="number" min="0" step=${step} .value=${now} @change=${wish} /> ${shownUnit}
      </label>
    </p>
    <input
      type="range"
      aria-label="Wished value"
      min="0"
      max=${most}
      step=${step}
      .value=${String(to / scale)}
      @input=${wish}
    />`;
}

function estimateRow(estimate: Estimate, numbers: ReturnType<typeof inOwnNumbers>): TemplateResult {
  const link = allLinks.get(estimate.link);
  const text = estimateText(estimate);
  const source = html`${link ? estimateCite(link) : ''} <span class="id">${estimate.link}</span>`;
  const own = numbers && html`<br />${ownNumbersText(numbers)}. ${quiet(numbers.formula)}`;
  return html`<li>
    ${link ? `${nameOf(link.cx)}: ` : nothing}<strong>${text}</strong>
    ${quiet(source)} ${own ?? nothing}
  </li>`;
}
