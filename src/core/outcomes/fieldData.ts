import * as z from 'zod/mini';
import { isOnScale } from '../metrics/metrics';
import { pageMetrics } from '../metrics/pageMetrics';
import type { Figure } from './figures';
import { passesCoreWebVitals } from './formulas';

const day = z.object({ year: z.int(), month: z.int(), day: z.int() });

/** What the Chrome UX Report API answers, as far as it is read (developer.chrome.com/docs/crux/api). */
export const fieldAnswerSchema = z.looseObject({
  record: z.looseObject({
    key: z.looseObject({ url: z.optional(z.string()), origin: z.optional(z.string()) }),
    metrics: z.record(
      z.string(),
      z.looseObject({
        percentiles: z.optional(z.looseObject({ p75: z.optional(z.union([z.number(), z.string()])) })),
      }),
    ),
    collectionPeriod: z.looseObject({ firstDate: day, lastDate: day }),
  }),
});
export type FieldAnswer = z.infer<typeof fieldAnswerSchema>;

/** What was asked for. `url` is never answered with the numbers of the whole origin. */
export interface FieldQuestion {
  scope: 'url' | 'origin';
  formFactor: 'PHONE' | 'DESKTOP';
  target?: string | undefined;
}

/**
 * The 75th percentiles of real visits as values of the workspace, and whether all three Core Web Vitals are good where all
 * three are known; the report publishes no number of visits.
 */
export function fieldFigures({ record }: FieldAnswer, about: FieldQuestion, on: string): Figure[] {
  const { firstDate, lastDate } = record.collectionPeriod;
  const p75 = new Map<string, number>();
  for (const [name, { percentiles }] of Object.entries(record.metrics)) {
    const metric = pageMetrics.find(({ crux }) => crux === name);
    const value = Number(percentiles?.p75); // CLS arrives as text
    if (metric && percentiles?.p75 !== undefined && isOnScale(metric.scale, value)) p75.set(metric.id, value);
  }
  const [lcp, inp, cls] = [p75.get('lcp'), p75.get('inp'), p75.get('cls')];
  if (lcp !== undefined && inp !== undefined && cls !== undefined)
    p75.set('cwv_pass', passesCoreWebVitals({ lcp, inp, cls }) ? 1 : 0);
  return [...p75].map(([metric, value]) => ({
    metric,
    ...(about.target !== undefined && { target: about.target }),
    variant: `${about.scope}, ${about.formFactor === 'PHONE' ? 'mobile' : 'desktop'}`,
    from: dateText(firstDate),
    to: dateText(lastDate),
    value,
    basis: 'field',
    source: `Chrome UX Report, ${record.key.url ?? record.key.origin ?? ''}`,
    on,
  }));
}

function dateText({ year, month, day: date }: z.infer<typeof day>): string {
  return [String(year), String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-');
}
