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
 * An estimated relative change of conversion in the team's own visits, conversions and order value; never from anybody
 * else's revenue. A range from low to high, as the study gives it. Where a target has no figures of its own, those of the
 * whole product give an upper limit, and it is called that: not every visit sees that page.
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
  const value = newest('aov', conversion.target, conversion.to);
  const of = (percent: number) => (orders * percent) / 100;
  const range = { low: of(estimate.low), high: of(estimate.high) };
  const money =
    value?.unit === undefined
      ? undefined
      : { low: range.low * value.value, high: range.high * value.value, currency: value.unit };
  const number = (one: number) => String(Number(one.toFixed(2)));
  return {
    period: `${conversion.from} to ${conversion.to}`,
    scope: conversion.target === undefined ? 'whole product' : 'target',
    orders: range,
    money,
    formula: [
      `${number(visits)} visits × ${number(conversion.value)} % conversion = ${number(orders)} orders`,
      `× ${number(estimate.low)} to ${number(estimate.high)} %`,
      ...(money && value
        ? [
            `× ${number(value.value)} ${money.currency} an order${value.to === conversion.to ? '' : ` (${value.from} to ${value.to})`}`,
          ]
        : []),
    ].join(' '),
  };
}

/** `In your numbers (whole product, 2026-09-01 to 2026-09-30): at most 9.6 to 48 orders more, 515 to 2575 EUR`. */
export function ownNumbersText({ period, scope, orders, money }: OwnNumbers, estimate: WhatIfEstimate): string {
  const round = (value: number) => String(Number(value.toFixed(1)));
  const sum = money ? `, ${money.low.toFixed(0)} to ${money.high.toFixed(0)} ${money.currency}` : '';
  const limit = scope === 'whole product' ? 'if every visit gained as much, which is more than this page alone: ' : '';
  const part = 'part' in estimate && estimate.part ? 'for that first part, ' : '';
  return `In your numbers (${scope === 'target' ? 'of the target' : scope}, ${period}): ${part}${limit}${round(orders.low)} to ${round(orders.high)} orders more${sum}`;
}
