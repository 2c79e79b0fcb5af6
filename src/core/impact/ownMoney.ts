import type { ImpactData } from './impactData';
import type { WhatIfEstimate } from './impactView';

/** What an estimate would be in the team's own numbers. */
export interface OwnNumbers {
  /** The period whose numbers were taken. */
  period: string;
  /** More (or fewer) orders in such a period. */
  orders: { low: number; high: number };
  /** Only where an order value of the same period or before is known. */
  money: { low: number; high: number; currency: string } | undefined;
  formula: string;
}

/**
 * An estimated relative change of conversion in the team's own visits, conversions and order value; never from anybody
 * else's revenue. A range from low to high, as the study gives it.
 *
 * @returns undefined where the estimate is about something else or the team's numbers are not known
 */
export function inOwnNumbers(
  estimate: WhatIfEstimate,
  { outcomes }: Pick<ImpactData, 'outcomes'>,
  target?: string,
): OwnNumbers | undefined {
  if ('outside' in estimate || estimate.unit !== '% relative conversion') return undefined;
  const newest = (metric: string) => {
    const all = outcomes.filter((one) => one.metric === metric && one.basis !== 'field');
    const own = all.filter((one) => one.target === target);
    return (own.length > 0 ? own : all.filter((one) => one.target === undefined)).sort((a, b) =>
      a.to < b.to ? 1 : -1,
    )[0];
  };
  const conversion = newest('conversion_rate');
  const visits = conversion?.parts?.n ?? conversion?.n;
  if (!conversion || visits === undefined) return undefined;
  const orders = conversion.parts?.x ?? (visits * conversion.value) / 100;
  const value = newest('aov');
  const of = (percent: number) => (orders * percent) / 100;
  const range = { low: of(estimate.low), high: of(estimate.high) };
  const money =
    value?.unit === undefined
      ? undefined
      : { low: range.low * value.value, high: range.high * value.value, currency: value.unit };
  const number = (one: number) => String(Number(one.toFixed(2)));
  return {
    period: `${conversion.from} to ${conversion.to}`,
    orders: range,
    money,
    formula: [
      `${number(visits)} visits × ${number(conversion.value)} % conversion = ${number(orders)} orders`,
      `× ${number(estimate.low)} to ${number(estimate.high)} %`,
      ...(money && value ? [`× ${number(value.value)} ${money.currency} an order`] : []),
    ].join(' '),
  };
}
