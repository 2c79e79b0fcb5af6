import { nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { computableLinks } from '../../core/impact/effectEstimates';
import { detailText } from '../../core/impact/impactText';
import type { ImpactValue } from '../../core/impact/impactValue';
import { worstFirst } from '../../core/impact/impactView';
import { ownNumbersText } from '../../core/impact/ownMoney';
import { elsewhere, type WhatIfRow, whatIfRows, whoseText } from '../../core/impact/whatIfRows';
import { type Impossible, meantText, readWish, wishUnit } from '../../core/impact/wish';
import type { Metric } from '../../core/metrics/metricSchema';
import { badness, definitionOf } from '../../core/metrics/metrics';
import { figureText, numberText } from '../../core/metrics/metricText';
import { button, fieldValue, icon, quiet, select } from '../shared/elements';
import { html } from '../shared/html';
import { allLinks, auditButton, change, host, metricOf, nameOf, type Shown, ui } from './store';
import { evidenceKey, evidenceMark } from './study';

/** Begins with a real value of a page, takes a wished one, and says of each outcome what studies allow to say. */
export function whatIfPage(shown: Shown): TemplateResult {
  const { metric, values } = begin(shown);
  const value = values.find((one) => keyOf(one) === ui.wish.value) ?? values[0];
  return html`<section class="what-if" aria-labelledby="what-if-title">
    ${metric && value ? question(shown, { metric, value, values }) : none()}
  </section>`;
}

function none(): TemplateResult {
  const first = host ? auditButton('Audit a page') : 'Audit a page, then export again';
  return html`<h2 id="what-if-title">What if a page were better?</h2>
    <p>No value is known of a metric that a study joins with an outcome. ${first}.</p>`;
}

/** The metrics that a study joins with an outcome and that have values; and the chosen one with its values. */
function begin({ view }: Shown): { metric: Metric | undefined; values: ImpactValue[] } {
  const metric = metricOf(ui.wish.metric ?? choices(view)[0]?.id ?? '');
  return { metric, values: valuesOf(view, metric?.id) };
}

function valuesOf(view: Shown['view'], id: string | undefined): ImpactValue[] {
  return worstFirst(
    view.values.filter(({ metric, state }) => metric === id && state !== 'too few'),
    metricOf(id ?? ''),
  );
}

/** First those that a study computes, and among them the poorest. */
function choices(view: Shown['view']): Metric[] {
  const computed = new Set(Object.values(computableLinks));
  const ids = [...new Set(view.paths.filter(({ links }) => links.length > 0).map(({ ux }) => ux))];
  const rank = (id: string) => {
    const isPoor = valuesOf(view, id).some(({ verdict }) => verdict !== null && verdict !== 'good');
    return (computed.has(id) ? 0 : 2) + (isPoor ? 0 : 1);
  };
  return ids
    .filter((id) => valuesOf(view, id).length > 0)
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((id) => metricOf(id) ?? []);
}

const keyOf = ({ target, about, variant }: ImpactValue) => [target, about, variant].join('\n');

interface Asked {
  metric: Metric;
  value: ImpactValue;
  values: readonly ImpactValue[];
}

function question(shown: Shown, asked: Asked): TemplateResult {
  const { metric, value, values } = asked;
  const text = ui.wish.text ?? firstWish(asked);
  const wish = text === '' ? undefined : readWish(text, value, metric);
  const place = (one: ImpactValue) => `${one.target ?? 'whole product'} (${one.about})`;
  const wished = (given: string) => change({ wish: { ...ui.wish, text: given } });
  const { name: unit } = wishUnit(value);
  return html`<h2 id="what-if-title">What if ${metric.name} of ${value.target ?? 'the product'} were different?</h2>
    <div class="wish">
      <label
        >What
        ${select(
          choices(shown.view).map(({ id, name }) => [id, name] as const),
          metric.id,
          (id) => change({ wish: { metric: id, value: undefined, text: undefined } }),
        )}</label
      >
      <label
        >Page
        ${select(
          values.map((one) => [keyOf(one), place(one)] as const),
          keyOf(value),
          (key) => change({ wish: { ...ui.wish, metric: metric.id, value: key, text: undefined } }),
        )}</label
      >
      <p class="wish-now">
        Now<br /><strong class="number">${figureText(value.value, value.unit)}</strong>
        <span class="quiet small">${detailText(value)}</span>
      </p>
      <label
        >Then, in ${unit === 'pass/fail' || unit === 'yes/no' ? '0 (no) or 1 (yes)' : unit}
        <input
          type="text"
          inputmode="decimal"
          autocomplete="off"
          aria-invalid=${wish && 'why' in wish ? 'true' : 'false'}
          aria-describedby="wish-fault"
          .value=${live(text)}
          @input=${(event: Event) => wished(fieldValue(event))}
        />
      </label>
    </div>
    <div id="wish-fault" aria-live="polite">${wish && 'why' in wish ? refusal(wish, asked) : nothing}</div>
    ${wish && 'to' in wish ? answer(shown, asked, wish.to) : nothing}
    ${wish ? nothing : html`<p class="quiet">Give a value to see what it would mean.</p>`}`;
}

/** A good value where it is not good yet. */
function firstWish({ metric, value }: Asked): string {
  const definition = definitionOf(metric, value.variant);
  const best = value.unit === 'pass/fail' ? 1 : metric.thresholds?.good;
  if (best === undefined || badness(definition, value.value) <= badness(definition, best)) return '';
  return String(best / wishUnit(value).times);
}

function refusal(fault: Impossible, { metric, value }: Asked): TemplateResult {
  const { meant } = fault;
  const take = () => change({ wish: { ...ui.wish, text: numberText((meant ?? 0) / wishUnit(value).times, 3) } });
  const ask = html`Did you mean ${button(meantText(fault, metric), take, { kind: 'link' })}?`;
  return html`<p class="mark poor refusal">
    ${icon('error')}<span>${fault.why} ${meant === undefined ? nothing : ask}</span>
  </p>`;
}

function answer({ view, data }: Shown, { metric, value, values }: Asked, to: number): TemplateResult {
  if (to === value.value) return html`<p class="quiet">That is what it is now.</p>`;
  const known = { view, data, links: allLinks };
  const { rows, assumptions } = whatIfRows({ value, to }, known);
  const isNone = rows.every(({ says }) => says === undefined);
  const other = isNone ? elsewhere(values, to, known) : undefined;
  return html`${evidenceKey}
    ${other ? html`<p>${icon('lightbulb')} A study does carry a number for ${tryButton(metric, other)}.</p>` : nothing}
    <ul class="what-if-rows" aria-label="What it would mean">
      ${rows.map(row)}
    </ul>
    <details>
      <summary>What this supposes</summary>
      <ul>
        ${assumptions.map((line) => html`<li>${line}</li>`)}
      </ul>
    </details>`;
}

function tryButton(metric: Metric, other: ImpactValue): TemplateResult {
  const take = () => change({ wish: { ...ui.wish, metric: metric.id, value: keyOf(other) } });
  const label = `${other.target ?? 'the product'}, ${figureText(other.value, other.unit)}`;
  return button(label, take, { kind: 'link' });
}

function row({ outcomes, grade, link, says, why, own }: WhatIfRow): TemplateResult {
  const found = own && html`<p class="yours"><strong>Yours:</strong> ${ownNumbersText(own)}. ${quiet(own.formula)}</p>`;
  const source = link ? `${whoseText(link)} · ${link.id} · ${link.grade}` : 'The studies stand on the chain.';
  return html`<li>
    ${icon(says === undefined ? 'circle-slash' : 'pass')}
    <div>
      <h3>${outcomes.map(nameOf).join(', ')}: ${says ?? 'nothing is computed'}</h3>
      ${why === undefined ? nothing : html`<p>${why}</p>`}
      <p class="quiet small">${evidenceMark(grade)} · ${source}</p>
      ${found ?? nothing}
    </div>
  </li>`;
}
