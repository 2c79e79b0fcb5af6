import { numberText } from '../metrics/metricText';
import { isFew } from '../outcomes/few';
import type { Figure } from '../outcomes/figures';
import { dayAfter } from '../text/days';
import type { ImpactData } from './impactData';
import { FIGURE_STALE_AFTER, type WhatIfEstimate } from './impactView';

/** What an estimate would be in the team's own numbers. */
export interface OwnNumbers {
  /** The period whose numbers were taken. */
  period: string;
  /** Whose visits: those of the target or, an upper limit, those of the whole product. */
  scope: 'target' | 'whole product';
  /** More (or fewer) orders in such a period. */
  orders: { low: number; high: number };
  /** Only where an order value of the same scope and period, or before, is known. */
  money: { low: number; high: number; currency: string } | undefined;
  formula: string;
}

/**
 * An estimated relative change of conversion in the team's own visits, conversions and order value, from low to high as
 * the study gives it; never from anybody else's revenue. A target without figures of its own takes those of the whole
 * product as an upper limit, and says so: not every visit sees that page.
 *
 * @returns undefined where the estimate is about something else, or the team's numbers are not known, few or stale
 */
export function inOwnNumbers(
  estimate: WhatIfEstimate,
  { figures, today }: Pick<ImpactData, 'figures' | 'today'>,
  target?: string,
): OwnNumbers | undefined {
  if ('outside' in estimate || estimate.unit !== '% relative conversion') return undefined;
  const oldest = dayAfter(today, -FIGURE_STALE_AFTER);
  const newest = (metric: string, of: string | undefined, until = today): Figure | undefined =>
    figures
      .filter((one) => one.metric === metric && one.target === of && one.basis !== 'field' && !isFew(one))
      .filter(({ to }) => to >= oldest && to <= until)
      .sort((a, b) => (a.to < b.to ? 1 : -1))[0];
  const own = target === undefined ? undefined : newest('conversion_rate', target);
  const conversion = own ?? newest('conversion_rate', undefined);
  const visits = conversion?.parts?.n ?? conversion?.n;
  if (!conversion || visits === undefined) return undefined;
  const orders = conversion.parts?.x ?? (visits * conversion.value) / 100;
  const order = newest('aov', conversion.target, conversion.to);
  const range = { low: (orders * estimate.low) / 100, high: (orders * estimate.high) / 100 };
  const text = (value: number) => numberText(value, 2);
  const formula = [
    `${text(visits)} visits × ${text(conversion.value)} % conversion = ${text(orders)} orders`,
    `× ${text(estimate.low)} to ${text(estimate.high)} %`,
  ];
  if (order?.unit !== undefined) {
    const when = order.to === conversion.to ? '' : ` (${periodOf(order)})`;
    formula.push(`× ${text(order.value)} ${order.unit} an order${when}`);
  }
  return {
    period: periodOf(conversion),
    scope: conversion.target === undefined ? 'whole product' : 'target',
    orders: range,
    money:
      order?.unit === undefined
        ? undefined
        : { low: range.low * order.value, high: range.high * order.value, currency: order.unit },
    formula: formula.join(' '),
  };
}

const periodOf = ({ from, to }: Figure) => `${from} to ${to}`;

/** `In your numbers (of the target, 2026-09-01 to 2026-09-30): 9.6 to 48 orders more, 515 to 2575 EUR`. */
export function ownNumbersText({ period, scope, orders, money }: OwnNumbers, estimate: WhatIfEstimate): string {
  const sum = money ? `, ${money.low.toFixed(0)} to ${money.high.toFixed(0)} ${money.currency}` : '';
  const limit = scope === 'whole product' ? 'if every visit gained as much, which is more than this page alone: ' : '';
  const part = estimate.part ? 'for that first part, ' : '';
  const whose = scope === 'target' ? 'of the target' : scope;
  const more = `${numberText(orders.low, 1)} to ${numberText(orders.high, 1)} orders more`;
  return `In your numbers (${whose}, ${period}): ${part}${limit}${more}${sum}`;
}
