import * as z from 'zod/mini';
import { isOnScale } from '../metrics/metrics';
import { pageMetrics } from '../metrics/pageMetrics';
import { utcDay } from '../text/days';
import type { Figure } from './figures';
import { passesCoreWebVitals } from './formulas';

const dateSchema = z.pipe(
  z.object({ year: z.int(), month: z.int(), day: z.int() }),
  z.pipe(
    z.transform(({ year, month, day }: { year: number; month: number; day: number }) => utcDay(year, month, day)),
    z.string(),
  ),
);

/** The parts of the Chrome UX Report API's answer that are read (developer.chrome.com/docs/crux/api). */
export const fieldAnswerSchema = z.looseObject({
  record: z.looseObject({
    key: z.looseObject({ url: z.optional(z.string()), origin: z.optional(z.string()) }),
    metrics: z.record(
      z.string(),
      z.looseObject({
        percentiles: z.optional(z.looseObject({ p75: z.optional(z.union([z.number(), z.string()])) })),
      }),
    ),
    collectionPeriod: z.looseObject({ firstDate: dateSchema, lastDate: dateSchema }),
  }),
});
export type FieldAnswer = z.infer<typeof fieldAnswerSchema>;

/** What was asked for. For a `url`, numbers of the whole origin are refused. */
export interface FieldQuestion {
  scope: 'url' | 'origin';
  formFactor: 'PHONE' | 'DESKTOP';
  target?: string | undefined;
}

/**
 * Makes figures of the 75th percentiles of real visits, and of whether all three Core Web Vitals are good when all are
 * known. The report publishes no number of visits.
 */
export function fieldFigures({ record }: FieldAnswer, about: FieldQuestion, on: string): Figure[] {
  const { firstDate, lastDate } = record.collectionPeriod;
  const p75 = new Map(
    Object.entries(record.metrics).flatMap(([name, { percentiles }]) => {
      const metric = pageMetrics.find(({ crux }) => crux === name);
      const value = Number(percentiles?.p75 ?? Number.NaN); // the API sends CLS as text
      return metric && isOnScale(metric.scale, value) ? [[metric.id, value] as const] : [];
    }),
  );
  const [lcp, inp, cls] = [p75.get('lcp'), p75.get('inp'), p75.get('cls')];
  if (lcp !== undefined && inp !== undefined && cls !== undefined)
    p75.set('cwv_pass', passesCoreWebVitals({ lcp, inp, cls }) ? 1 : 0);
  return [...p75].map(([metric, value]) => ({
    metric,
    ...(about.target !== undefined && { target: about.target }),
    variant: `${about.scope}, ${about.formFactor === 'PHONE' ? 'mobile' : 'desktop'}`,
    from: firstDate,
    to: lastDate,
    value,
    basis: 'field',
    source: `Chrome UX Report, ${record.key.url ?? record.key.origin ?? ''}`,
    on,
  }));
}
