import * as z from 'zod/mini';
import { stages } from '../record/stages';

const text = z.string().check(z.minLength(1));
const end = z.nullable(z.number());

/** The values a metric can take. */
const scaleSchema = z.strictObject({
  /** The lowest value; null: there is none. */
  min: end,
  /** The highest value; null: there is none. */
  max: end,
  /** `ms`, `s`, `%`, `points`, `net points`, `score`, `pass/fail` and `currency` each have a format of their own. */
  unit: text,
});

/** What the values of a metric mean. */
const definitionSchema = z.strictObject({
  scale: scaleSchema,
  /** Which direction is better; `target`: neither, it depends on the case. */
  direction: z.enum(['lower', 'higher', 'target']),
});

const sourceSchema = z.strictObject({ title: z.nullable(text), url: z.nullable(z.url()) });

/** A metric of using the product (`ux`), or of what customers do and say (`cx`). */
const metricSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9_]+$/)),
  name: text,
  /** The acronym if there is one, as Lighthouse writes it: `LCP`. */
  short: text,
  kind: z.enum(['ux', 'cx']),
  /** Its scope: one interaction, a journey over several, or the whole relationship. */
  level: z.enum(['interaction', 'journey', 'relationship']),
  stages: z.array(z.enum(stages)),
  ...definitionSchema.shape,
  /** Other definitions of the same name, by the variant of a figure: `1.0`, or `Buy a lamp, 1.0` of one task. */
  variants: z.optional(z.record(text, definitionSchema)),
  /** Whether a figure must name one of the variants. */
  needsVariant: z.optional(z.literal(true)),
  /** Empty for constructs that exist in studies only; then `unobtainable` says why. */
  obtained: z.array(z.enum(['lab', 'field', 'imported', 'entered'])),
  unobtainable: z.optional(text),
  /** Where Lighthouse reports it. */
  lighthouse: z.optional(
    z.strictObject({
      /** The audit whose number it is. */
      audit: z.optional(text),
      /** Other audits that affect it. */
      related: z.optional(z.array(text)),
      /** The number of its audit `metrics` that it is, such as `observedLoad`. */
      time: z.optional(text),
      /** The audit that says yes or no. */
      check: z.optional(text),
      /** The category whose score it is. */
      category: z.optional(text),
      /** The category whose findings it counts. */
      findings: z.optional(text),
    }),
  ),
  /** Its name in the Chrome UX Report. */
  crux: z.optional(text),
  definition: text,
  /** A formula of outcomes/formulas.json. */
  formula: z.nullable(text),
  thresholds: z.nullable(
    z.strictObject({ good: z.number(), poor: z.nullable(z.number()), note: text, source: sourceSchema }),
  ),
  benchmarks: z.array(text),
  pitfalls: z.array(text),
  source: z.nullable(sourceSchema),
});

/** metrics.json: what browsers measure of a page, and what is asked, observed or counted of people. */
export const metricTableSchema = z.strictObject({ page: z.array(metricSchema), people: z.array(metricSchema) });

export type Metric = z.infer<typeof metricSchema>;
export type Scale = z.infer<typeof scaleSchema>;
export type Level = Metric['level'];
/** A metric's own definition, or that of one of its variants, such as `ces@1.0`. */
export type Definition = z.infer<typeof definitionSchema> & { id: string };
