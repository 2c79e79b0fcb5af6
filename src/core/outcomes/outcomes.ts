import * as z from 'zod/mini';

/** The version of the layout of `outcomes.json` that this program writes. */
export const OUTCOMES_VERSION = 1;

const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-31'));

/** One figure for one period, about the whole product or one target. Never a row of somebody's data. */
export const outcomeSchema = z.looseObject({
  metric: z.string().check(z.minLength(1), z.describe('Id of a metric of the catalogue, such as nps')),
  target: z.optional(z.string().check(z.describe('A target of the record; none: the whole product'))),
  variant: z.optional(
    z.string().check(z.describe('Which of several definitions or versions: 2.0 of CES, for instance')),
  ),
  from: date.check(z.describe('First day of the period')),
  to: date.check(z.describe('Last day of the period')),
  value: z.number(),
  unit: z.optional(z.string().check(z.describe('Where the catalogue leaves it open: a currency'))),
  n: z.optional(z.int().check(z.gte(0), z.describe('Answers, attempts or visits; none: not known'))),
  low: z.optional(z.number().check(z.describe('Lower end of the 95 % interval'))),
  high: z.optional(z.number().check(z.describe('Upper end of the 95 % interval'))),
  parts: z.optional(
    z.record(z.string(), z.number()).check(z.describe('The counts behind the value, such as promoters and detractors')),
  ),
  basis: z.enum(['imported', 'entered', 'field']),
  source: z.string().check(z.describe('Name of the file, or what a person wrote')),
  on: date.check(z.describe('When it was recorded')),
});
export type Outcome = z.infer<typeof outcomeSchema>;

export const outcomesSchema = z.looseObject({
  schemaVersion: z.int().check(z.gte(1)),
  values: z._default(z.record(z.string(), outcomeSchema), {}),
});
/** The workspace file `ux-audit/outcomes.json` in memory. */
export type Outcomes = z.infer<typeof outcomesSchema>;

export function emptyOutcomes(): Outcomes {
  return { schemaVersion: OUTCOMES_VERSION, values: {} };
}

/** The name of a figure: the same metric, target, definition and period is the same figure. */
export function outcomeKey({ metric, target, variant, from, to }: Outcome): string {
  return `${target ?? '*'}/${metric}${variant === undefined ? '' : `:${variant}`}/${from}..${to}`;
}

/** A figure without the day it was recorded, as a text that does not depend on the order of its fields. */
function contentOf({ on: _, parts, ...outcome }: Outcome): string {
  const sorted = (fields: object) => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(outcome), sorted(parts ?? {})]);
}

/** Puts figures in; one of the same name is replaced. Equal figures leave the day they were recorded as it was. */
export function withOutcomes(outcomes: Outcomes, added: readonly Outcome[]): Outcomes {
  const values = { ...outcomes.values };
  for (const outcome of added) {
    const key = outcomeKey(outcome);
    const before = values[key];
    if (before && contentOf(before) === contentOf(outcome)) continue;
    values[key] = outcome;
  }
  return { ...outcomes, values };
}

/** Those of the figures that would take the place of one from another source. */
export function replacedBy(outcomes: Outcomes, added: readonly Outcome[]): Outcome[] {
  return added.filter((outcome) => {
    const before = outcomes.values[outcomeKey(outcome)];
    return before !== undefined && before.source !== outcome.source;
  });
}

/** Takes figures out. Unknown names are left out of what is returned. */
export function withoutOutcomes(outcomes: Outcomes, keys: readonly string[]): Outcomes {
  const values = { ...outcomes.values };
  for (const key of keys) delete values[key];
  return { ...outcomes, values };
}

/** Every figure, by metric, then target, then period, the newest last. */
export function listOutcomes({ values }: Outcomes): Outcome[] {
  const order = (outcome: Outcome) =>
    [outcome.metric, outcome.variant ?? '', outcome.target ?? '', outcome.to, outcome.from].join('\n');
  return Object.values(values).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
