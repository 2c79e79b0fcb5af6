import * as z from 'zod';

/** The version of the record's layout that this program writes. Additive fields do not raise it. */
export const SCHEMA_VERSION = 1;

const segment = '[a-z0-9][a-z0-9.-]*';
/** A target's name: lower-case words joined by hyphens. */
export const slugPattern = new RegExp(`^${segment}$`);
/** `checkout/lighthouse/image-alt`, `checkout/nielsen-10/H01/7k3q9d`; item ids keep their case. */
export const findingIdPattern = new RegExp(`^${segment}/${segment}(/[A-Za-z0-9][A-Za-z0-9.-]*)+$`);

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-31')
  .describe('A calendar date, YYYY-MM-DD');
const origin = z
  .string()
  .regex(/^https?:\/\/[^/?#]+$/, 'an origin such as http://localhost:3000, without a path')
  .describe('Scheme, host and port of one environment');

/** The five stages of a customer's path. */
export const stages = ['awareness', 'consideration', 'purchase', 'retention', 'advocacy'] as const;
export type Stage = (typeof stages)[number];

/** How to have the pages answered before an audit: files in a folder, or a command and the URL to wait for. */
export const serveSchema = z.union([
  z.looseObject({
    folder: z.string().min(1).describe('Folder to serve as static files, relative to the workspace'),
  }),
  z.looseObject({
    command: z.string().min(1).describe('Command that starts the site, run in the workspace folder'),
    url: z
      .string()
      .regex(/^https?:\/\//)
      .describe('The URL that answers once the site is ready'),
  }),
]);
export type Serve = z.infer<typeof serveSchema>;

export const targetSchema = z.looseObject({
  kind: z.string().describe('page or journey'),
  path: z.string().startsWith('/').optional().describe('Path of the page, without query and fragment'),
  origins: z
    .record(z.string().regex(slugPattern), origin)
    .optional()
    .describe('Where the page is found, by environment: local, deployed, …'),
  serve: serveSchema.optional(),
  steps: z.array(z.string()).optional().describe('The steps of a journey, in order'),
});
export type Target = z.infer<typeof targetSchema>;

export const stateSchema = z.looseObject({
  status: z
    .string()
    .describe('open, accepted, false-positive, fixed or reopened; every change of a finding happens on this line'),
  severity: z
    .int()
    .min(0)
    .max(4)
    .optional()
    .describe('0 not a problem, 1 cosmetic, 2 minor, 3 major, 4 catastrophe (Nielsen 1994); 4 is only given by people'),
  seenIn: z
    .array(z.string().regex(/^[^/]+\/[^/]+$/))
    .optional()
    .describe('Environment and form factor of the evidence, such as local/mobile'),
  by: z.string().optional().describe('Handle of who decided'),
  on: date.optional(),
  reason: z.string().optional(),
  until: date.optional().describe('An acceptance ends after this day'),
  upTo: z.int().min(0).optional().describe('An acceptance ends when there are more occurrences than this'),
  fixedOn: date.optional(),
  owner: z.string().optional().describe('Handle or role of who takes care of it'),
  more: z.int().min(1).optional().describe('Occurrences beyond those listed'),
});
export type FindingState = z.infer<typeof stateSchema>;

/** The words a status may have; an unknown one is kept and shown as such. */
export const statuses = ['open', 'accepted', 'false-positive', 'fixed', 'reopened'] as const;
export type Status = (typeof statuses)[number];

export const occurrenceSchema = z.looseObject({
  selector: z.string().optional(),
  snippet: z.string().optional(),
  url: z.string().optional(),
  label: z.string().optional(),
  n: z.int().min(2).optional().describe('How many look the same'),
});
export type Occurrence = z.infer<typeof occurrenceSchema>;

export const ratingSchema = z.looseObject({
  severity: z.int().min(0).max(4),
  frequency: z.int().min(0).max(4).optional(),
  impact: z.int().min(0).max(4).optional(),
  persistence: z.int().min(0).max(4).optional(),
  on: date.optional(),
});

export const findingSchema = z.looseObject({
  kind: z.string().describe('automated, heuristic or journey'),
  rule: z.string().describe('What it breaks, such as lighthouse/image-alt or nielsen-10/H01'),
  title: z.string(),
  target: z.string().describe('Key of one of the targets'),
  state: stateSchema,
  ratings: z.record(z.string(), ratingSchema).optional(),
  occurrences: z.record(z.string(), occurrenceSchema).optional(),
  where: z.looseObject({}).optional(),
  note: z.string().optional(),
  recommendation: z.string().optional(),
  evidence: z.array(z.string()).optional(),
  alsoBreaks: z.array(z.string()).optional(),
  cx: z.looseObject({ stage: z.string().optional(), impact: z.string().optional() }).optional(),
  formerIds: z.array(z.string()).optional(),
  firstSeen: date.optional(),
  id: z.string().regex(findingIdPattern),
});
export type Finding = z.infer<typeof findingSchema>;

export const answerSchema = z.looseObject({
  verdict: z.string().describe('pass, fail, n/a or unsure'),
  note: z.string().optional(),
  findings: z.array(z.string()).optional(),
});

export const evaluationSchema = z.looseObject({
  checklist: z.string(),
  target: z.string(),
  evaluator: z.string(),
  state: z.looseObject({ status: z.string(), on: date.optional(), commit: z.string().optional() }),
  answers: z.record(z.string(), answerSchema).optional(),
  id: z.string(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

/** What a team has agreed on for its record. */
export const settingsSchema = z.looseObject({
  markdown: z.boolean().optional().describe('false: do not write findings.md beside the record'),
  mask: z
    .array(z.string())
    .optional()
    .describe('CSS selectors of what is painted over in pictures, besides password, card, e-mail and phone inputs'),
});

export const recordSchema = z.looseObject({
  schemaVersion: z.int().min(1),
  settings: settingsSchema.optional(),
  targets: z.record(z.string().regex(slugPattern), targetSchema).default({}),
  evaluations: z.record(z.string(), evaluationSchema).default({}),
  findings: z.record(z.string(), findingSchema).default({}),
});

/**
 * The workspace file `ux-audit/findings.json` in memory. Unknown fields and records that fail validation are kept as
 * they were read; the latter are listed by {@link parseRecord} and must be treated as opaque.
 */
export type AuditRecord = z.infer<typeof recordSchema>;

/** A record with nothing in it. */
export function emptyRecord(): AuditRecord {
  return { schemaVersion: SCHEMA_VERSION, targets: {}, evaluations: {}, findings: {} };
}
