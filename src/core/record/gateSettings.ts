import * as z from 'zod/mini';
import { from0to4, slug, text } from './schemaParts';

const optionalBoolean = (description: string) => z.optional(z.boolean().check(z.describe(description)));

/** The numbers that a budget can name: those that two versions of a page are compared by (core/verdict/numbers.ts). */
export const budgetNumbers = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
  'bytes',
  'requests',
  'elements',
  'unused-bytes',
] as const;

/** What makes a pull request fail; each is a rule of its own. Scores and single runs never do. */
export const gateSchema = z.looseObject({
  worse: optionalBoolean('false: a number that is worse, confirmed, does not fail (default: it does)'),
  budget: z.optional(
    z
      .partialRecord(
        z.enum(budgetNumbers),
        z.union([z.number().check(z.gte(0)), z.literal(false)], 'a number of 0 or more, or false'),
      )
      .check(
        z.describe(
          'The most that numbers of a page may be, in ms, bytes, counts or CLS; false: no limit (default: none)',
        ),
      ),
  ),
  new: z.optional(
    z
      .union([from0to4, z.literal(false)], 'a severity from 0 to 4, or false')
      .check(z.describe('A new finding of at least this severity fails; false: none does (default: 3)')),
  ),
  reopened: optionalBoolean('false: a reopened finding does not fail (default: it does)'),
  expired: optionalBoolean('false: an acceptance that ran out does not fail (default: it does)'),
  open: z.optional(
    z
      .array(
        z.looseObject({
          severity: from0to4,
          stage: z.optional(text('One of the five stages; all when left out')),
          target: z.optional(slug),
        }),
      )
      .check(
        z.describe(
          'Open findings of people that fail: at or above a severity, in a stage or of a target (default: 4 anywhere)',
        ),
      ),
  ),
  evaluations: z.optional(
    z
      .array(z.looseObject({ checklist: text('Checklist, such as nielsen-10'), target: z.optional(slug) }))
      .check(z.describe('Evaluations that fail where they are missing or stale (default: none)')),
  ),
  failed: optionalBoolean('false: a page that cannot be audited, or is another page, does not fail (default: it does)'),
  invalid: optionalBoolean('false: a record that does not validate does not fail (default: it does)'),
});
export type GateSettings = z.infer<typeof gateSchema>;

/** What holds for a group of pages in place of what holds for all. */
export const groupSchema = z.looseObject({
  gate: z.optional(
    z.omit(gateSchema, { invalid: true }).check(z.describe('What makes a pull request fail on pages of the group')),
  ),
});
export type GroupSettings = z.infer<typeof groupSchema>;

/** The gate of all pages, and those that groups of pages have of their own, by group. */
export interface Gates {
  gate: GateSettings;
  groups: Map<string, NonNullable<GroupSettings['gate']>>;
}

/** The gates of a record's settings. One that is not valid is left out; `parseRecord` reports it. */
export function gatesOf(settings: { gate?: unknown; groups?: unknown } | undefined): Gates {
  const groups = Object.entries(settings?.groups ?? {}).flatMap(([name, group]) => {
    const { gate } = groupSchema.safeParse(group).data ?? {};
    return gate ? [[name, gate] as const] : [];
  });
  return { gate: gateSchema.safeParse(settings?.gate).data ?? {}, groups: new Map(groups) };
}
