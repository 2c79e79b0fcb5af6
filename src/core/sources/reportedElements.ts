import * as z from 'zod/mini';
import type { ReportedElement } from './sources';

const sourceSchema = z.object({
  file: z.string(),
  line: z.optional(z.int()),
  column: z.optional(z.int()),
  by: z.enum(['framework', 'source-map']),
});

/** What an audit of UX Audit knows of an element besides what Lighthouse reports. */
const knownSchema = z.object({ trail: z.optional(z.string()), source: z.optional(sourceSchema) });
export type KnownElement = z.infer<typeof knownSchema>;

/** What UX Audit adds to a whole report, beside what Lighthouse says: elements by their paths. */
const addedSchema = z.object({ uxAudit: z.object({ elements: z.record(z.string(), knownSchema) }) });

/** What UX Audit knows of the element at a path of a whole report. */
export function knownElement(report: unknown, path: string): KnownElement | undefined {
  const { uxAudit } = report as { uxAudit?: { elements?: Record<string, unknown> } };
  const elements = uxAudit?.elements;
  return knownSchema.safeParse(elements && Object.hasOwn(elements, path) ? elements[path] : undefined).data;
}

const text = z.catch(z.optional(z.string()), undefined);
const nodeSchema = z.object({
  type: z.literal('node'),
  path: text,
  selector: text,
  snippet: text,
  nodeLabel: text,
});

/**
 * The elements that a whole Lighthouse report names, with what UX Audit knows of their sources.
 * @param audit the id of a Lighthouse audit; all when left out
 * @returns in the order of the report, as often as it names them; none when it is no report
 */
export function reportedElements(report: unknown, audit?: string): ReportedElement[] {
  const known = addedSchema.safeParse(report).data?.uxAudit.elements ?? {};
  const audits = (report as { audits?: Record<string, { details?: unknown }> } | null)?.audits ?? {};
  const found: ReportedElement[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth > 8 || typeof value !== 'object' || value === null) return;
    const { data } = nodeSchema.safeParse(value);
    if (data) {
      const { type, ...element } = data;
      const added = element.path !== undefined && Object.hasOwn(known, element.path) ? known[element.path] : undefined;
      found.push(Object.fromEntries(Object.entries({ ...element, ...added }).filter(([, one]) => one !== undefined)));
      return;
    }
    for (const entry of Object.values(value)) visit(entry, depth + 1);
  };
  for (const [id, entry] of Object.entries(audits)) if (audit === undefined || audit === id) visit(entry?.details, 0);
  return found;
}
