import { numberText } from '../metrics/metricText';
import { isFew } from '../outcomes/few';
import type { Figure } from '../outcomes/figures';
import { dayAfter } from '../text/days';
import type { Estimate } from './effectEstimates';
import type { ImpactData } from './impactData';
import { FIGURE_STALE_AFTER } from './impactValue';
import { standing } from './impactView';

/** An estimate in the team's own numbers. */
export interface OwnNumbers {
  /** The period of the numbers. */
  period: string;
  /** Whose visits: the target's or, as an upper limit, the whole product's. */
  scope: 'target' | 'whole product';
  /** Additional orders in such a period; negative for fewer. */
  orders: { low: number; high: number };
  /** Only when an order value of the same scope is known, of the same period or before. */
  money: { low: number; high: number; currency: string } | undefined;
  formula: string;
}

/**
 * Converts an estimated relative change of conversion into the team's own orders and money, from low to high as the
 * study gives it. Never uses anybody else's revenue, nor figures of single segments. A target without figures uses the
 * whole product's as an upper limit, since not every visit sees that page.
 *
 * @returns undefined when the estimate is not about conversion, or the team's numbers are unknown, too few or stale
 */
export function inOwnNumbers(
  estimate: Estimate,
  { figures, today }: Pick<ImpactData, 'figures' | 'today'>,
  target?: string,
): OwnNumbers | undefined {
  if ('outside' in estimate || estimate.unit !== '% relative conversion') return undefined;
  const oldest = dayAfter(today, -FIGURE_STALE_AFTER);
  const newest = (metric: string, of: string | undefined, until = today): Figure | undefined => {
    const usable = figures
      .filter((one) => one.metric === metric && one.target === of && one.basis !== 'field' && !isFew(one))
      .filter((one) => one.segment === undefined)
      .filter(({ to }) => to >= oldest && to <= until);
    const [first, ...others] = standing(usable).map(({ figure }) => figure);
    return others.reduce((most, one) => ((one.n ?? 0) > (most?.n ?? 0) ? one : most), first);
  };
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
export function ownNumbersText({ period, scope, orders, money }: OwnNumbers): string {
  const sum = money ? `, ${money.low.toFixed(0)} to ${money.high.toFixed(0)} ${money.currency}` : '';
  const limit = scope === 'whole product' ? 'if every visit gained as much, which is more than this page alone: ' : '';
  const whose = scope === 'target' ? 'of the target' : scope;
  const more = `${numberText(orders.low, 1)} to ${numberText(orders.high, 1)} orders more`;
  return `In your numbers (${whose}, ${period}): ${limit}${more}${sum}`;
}
