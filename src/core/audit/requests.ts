import * as z from 'zod/mini';

const network = z.object({
  details: z.object({ items: z.array(z.object({ url: z.string(), statusCode: z.optional(z.number()) })) }),
});

/** Digests in the names of built files: `index-B3kd9_a2.js`, `main.4f9c1e7a.css`. */
const digest = /([.-])(?=[\w-]*\d)[\w-]{8,}(?=\.\w+$)/;

const allSchema = z.object({ details: z.object({ items: z.array(z.unknown()) }) });
const timedSchema = z.object({ url: z.string(), networkRequestTime: z.number(), networkEndTime: z.number() });

/** When a request was under way. Milliseconds since the load began. */
export interface RequestTime {
  from: number;
  to: number;
}

/**
 * When the requests of a run were under way as the browser saw them: a simulated throttling is not in it.
 * @param report a whole Lighthouse result
 * @returns by address; of one that was asked for several times, the first
 */
export function requestTimes({ audits }: { audits: Record<string, unknown> }): Map<string, RequestTime> {
  const items = allSchema.safeParse(audits['network-requests']).data?.details.items ?? [];
  const found = new Map<string, RequestTime>();
  for (const item of items) {
    const { url, networkRequestTime: from, networkEndTime: to } = timedSchema.safeParse(item).data ?? {};
    if (url === undefined || from === undefined || to === undefined || found.has(url)) continue;
    if (from >= 0 && to >= from) found.set(url, { from, to });
  }
  return found;
}

/**
 * The addresses that a page asked for and that were answered, without origin and query, and without the digests that a
 * build gives its files, so that two versions can be compared; each once, in their order.
 *
 * @param report a whole Lighthouse result
 */
export function requestPaths({ audits }: { audits: Record<string, unknown> }): string[] {
  const items = network.safeParse(audits['network-requests']).data?.details.items ?? [];
  const paths = items.flatMap(({ url, statusCode = 0 }) => {
    const parsed = URL.parse(url);
    if (!parsed || !/^https?:$/.test(parsed.protocol) || statusCode < 200 || statusCode >= 400) return [];
    return [parsed.pathname.replace(digest, '$1*')];
  });
  return [...new Set(paths)];
}
