import * as z from 'zod/mini';
import { dayAfter } from '../text/days';
import { fieldFigures } from './fieldData';
import type { Figure } from './figures';

/** How the API names the metrics of the Chrome UX Report, and what one is in it. */
const metrics = [
  { name: 'FIRST_CONTENTFUL_PAINT_MS', crux: 'first_contentful_paint', unit: 1 },
  { name: 'LARGEST_CONTENTFUL_PAINT_MS', crux: 'largest_contentful_paint', unit: 1 },
  { name: 'CUMULATIVE_LAYOUT_SHIFT_SCORE', crux: 'cumulative_layout_shift', unit: 0.01 },
  { name: 'INTERACTION_TO_NEXT_PAINT', crux: 'interaction_to_next_paint', unit: 1 },
  { name: 'EXPERIMENTAL_TIME_TO_FIRST_BYTE', crux: 'experimental_time_to_first_byte', unit: 1 },
];

const visitsSchema = z.looseObject({
  metrics: z.optional(z.record(z.string(), z.looseObject({ percentile: z.optional(z.number()) }))),
  /** Whether the numbers are those of the origin, since the page has too few visits. */
  origin_fallback: z.optional(z.boolean()),
});

/** What an answer of PageSpeed Insights (v5) says of real visits. */
export const visitsOfAnswerSchema = z.looseObject({
  loadingExperience: z.optional(visitsSchema),
  originLoadingExperience: z.optional(visitsSchema),
});
export type VisitsOfAnswer = z.infer<typeof visitsOfAnswerSchema>;

/** The report is about 28 days, up to the day before (developer.chrome.com/docs/crux). */
const DAYS = 28;

/**
 * The figures of real visits in an answer that was given on a day: of the page where it has enough visits, and of its
 * origin. Numbers of the origin never stand for the page.
 */
export function pageSpeedFigures(
  { loadingExperience: page, originLoadingExperience: origin }: VisitsOfAnswer,
  { url, formFactor, target, on }: { url: string; formFactor: 'mobile' | 'desktop'; target: string; on: string },
): Figure[] {
  const parts = [
    { scope: 'url' as const, visits: page?.origin_fallback ? undefined : page, key: { url } },
    { scope: 'origin' as const, visits: origin, key: { origin: new URL(url).origin } },
  ];
  return parts.flatMap(({ scope, visits, key }) => {
    const found = metrics.flatMap(({ name, crux, unit }): [string, { percentiles: { p75: number } }][] => {
      const { percentile } = visits?.metrics?.[name] ?? {};
      if (percentile === undefined) return [];
      return [[crux, { percentiles: { p75: unit === 1 ? percentile : Math.round(percentile) / (1 / unit) } }]];
    });
    const collectionPeriod = { firstDate: dayAfter(on, -DAYS), lastDate: dayAfter(on, -1) };
    const record = { key, metrics: Object.fromEntries(found), collectionPeriod };
    const about = { scope, formFactor: formFactor === 'mobile' ? ('PHONE' as const) : ('DESKTOP' as const), target };
    return fieldFigures({ record }, about, on).map((figure) => ({
      ...figure,
      source: `${figure.source}, in an answer of PageSpeed Insights`,
    }));
  });
}
