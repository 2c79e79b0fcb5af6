import { nothing, type TemplateResult } from 'lit-html';
import { detailText, valueText } from '../../core/impact/impactText';
import type { ImpactValue, ValueState } from '../../core/impact/impactValue';
import { icon } from '../shared/elements';
import { html } from '../shared/html';
import { ratingMark } from '../shared/rating';

/** The word and icon of a state other than measured. */
export function stateMark(state: ValueState): TemplateResult | typeof nothing {
  if (state === 'too few') return html`<span class="mark">${icon('symbol-numeric')} too few</span>`;
  if (state === 'stale') return html`<span class="mark stale">${icon('history')} stale</span>`;
  return nothing;
}

/** A value with its rating and its state. */
export function valueMark(value: ImpactValue): TemplateResult {
  return html`<span class="figure number">${valueText(value)}</span> ${ratingMark(value.verdict)}
    ${stateMark(value.state)}`;
}

/** What belongs to a value, besides what its mark says. */
export const besideMark = (value: ImpactValue) => detailText({ ...value, state: 'measured' });

/** An entry of a list: where a value was measured, the value, and all that belongs to it. */
export function valueLine(value: ImpactValue): TemplateResult {
  const source = value.source ? `; ${value.source}` : '';
  return html`<li>
    ${[value.target ?? 'whole product', value.who ?? []].flat().join(', ')}: ${valueMark(value)}
    <span class="quiet number detail">${besideMark(value)}${source}</span>
  </li>`;
}
