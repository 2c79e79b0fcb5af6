import * as z from 'zod/mini';
import type { RunNumbers } from '../verdict/numbers';

const value = z.object({ numericValue: z.optional(z.number()) });
const wasted = z.object({
  details: z.object({ items: z.array(z.object({ wastedBytes: z.optional(z.number()) })) }),
});

/** The parts of a whole Lighthouse result (LHR, Lighthouse 13) that numbers are read from. */
const numbersSchema = z.object({ audits: z.record(z.string(), z.unknown()) });
const network = z.object({
  details: z.object({
    items: z.array(
      z.object({ url: z.string(), statusCode: z.optional(z.number()), transferSize: z.optional(z.number()) }),
    ),
  }),
});
const dom = z.object({ details: z.object({ debugData: z.object({ totalElements: z.number() }) }) });

const timings = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
];

/**
 * The numbers of one run that versions of a page are compared by; what the report does not have is left out.
 *
 * @param report a whole Lighthouse result
 * @returns timings in milliseconds, CLS without unit, bytes over the network, requests that were answered, elements of
 *   the page, and bytes of style sheets and scripts that the load did not use
 */
export function runNumbers(report: unknown): RunNumbers {
  const { audits } = numbersSchema.safeParse(report).data ?? { audits: {} };
  const requests = network.safeParse(audits['network-requests']).data?.details.items;
  const unused = ['unused-css-rules', 'unused-javascript'].map(
    (id) => wasted.safeParse(audits[id]).data?.details.items,
  );
  const found: [string, number | undefined][] = [
    ...timings.map((id): [string, number | undefined] => [id, value.safeParse(audits[id]).data?.numericValue]),
    ['bytes', requests && total(requests.map(({ transferSize }) => transferSize))],
    ['requests', requests?.filter(({ url, statusCode = 0 }) => statusCode > 0 && /^https?:/.test(url)).length],
    ['elements', dom.safeParse(audits['dom-size-insight']).data?.details.debugData.totalElements],
    [
      'unused-bytes',
      unused.includes(undefined)
        ? undefined
        : total(unused.flatMap((items = []) => items.map((item) => item.wastedBytes))),
    ],
  ];
  return Object.fromEntries(found.filter(([, number]) => number !== undefined));
}

function total(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}
