import * as z from 'zod/mini';
import { forFields, textFields } from './findingFields';
import { gateSchema, groupSchema } from './gateSettings';
import { consentSchema, expectedPageSchema, loginSchema } from './logins';
import { from0to4, segment, slug, text } from './schemaParts';

/** The version of the record's layout that this program writes. Additive fields do not raise it. */
export const SCHEMA_VERSION = 1;

/** `checkout/lighthouse/image-alt`, `checkout/nielsen-10/H01/7k3q9d`; item ids keep their case. */
export const findingIdPattern = new RegExp(`^${segment}/${segment}(/[A-Za-z0-9][A-Za-z0-9.-]*)+$`);

const date = z
  .string()
  .check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-31'), z.describe('A calendar date, YYYY-MM-DD'));
const origin = z.string().check(
  z.regex(/^https?:\/\/[^/?#]+$/, 'an origin such as http://localhost:3000, without a path'),
  z.refine((text) => URL.canParse(text), 'an origin that a browser can open'),
  z.describe('Scheme, host and port of one environment'),
);

/** How to serve a target for an audit: files of a folder, or a command and the URL to wait for. */
export const serveSchema = z.union([
  z.looseObject({
    folder: z.string().check(z.minLength(1), z.describe('Folder to serve as static files, relative to the workspace')),
  }),
  z
    .looseObject({
      command: z.string().check(
        z.minLength(1),
        z.refine((text) => !text.includes('\0'), 'a command'),
        z.describe('Command that starts the site, run in the workspace folder'),
      ),
      url: z.string().check(
        z.regex(/^https?:\/\//, 'a web address'),
        z.refine((text) => URL.canParse(text.replaceAll('{port}', '1')), 'a web address'),
        z.describe('The URL that answers once the site is ready; {port} in both is a free port of the machine'),
      ),
    })
    .check(z.refine((serve) => !('folder' in serve), 'either a folder or a command')),
]);
export type Serve = z.infer<typeof serveSchema>;

export const targetSchema = z.looseObject({
  kind: text('page, journey, or touchpoint: a place off the web where customers meet the product'),
  title: z.optional(text('What people read instead of its name, such as Checkout')),
  path: z.optional(z.string().check(z.startsWith('/'), z.describe('Path of the page, without query and fragment'))),
  query: z.optional(
    z.string().check(z.describe('Query of the page, without ?, as far as it makes the page another, such as page=2')),
  ),
  hash: z.optional(
    z.string().check(z.describe('Route that a script reads from the fragment, without #, such as /cart')),
  ),
  origins: z.optional(
    z.record(slug, origin).check(z.describe('Where the page is found, by environment: local, deployed, …')),
  ),
  serve: z.optional(serveSchema),
  login: z.optional(slug.check(z.describe('Who is signed in when it is audited: the name of one of the logins'))),
  consent: z.optional(consentSchema.check(z.describe('What is done where it asks for consent'))),
  is: z.optional(expectedPageSchema.check(z.describe('What shows that the right page was measured'))),
  steps: z.optional(z.array(z.string()).check(z.describe('The steps of a journey, in order'))),
  channel: z.optional(text('Where a touchpoint is met: shop, phone, letter, e-mail, app, …')),
  stage: z.optional(text('The stage of the customer’s path that it belongs to; one of the five stages')),
  group: z.optional(
    text('Template of the group that a page belongs to, such as /product/*; told by the addresses when left out'),
  ),
  owner: z.optional(text('Handle or role of who takes care of it')),
  sources: z.optional(
    z
      .array(z.string())
      .check(
        z.describe(
          'Files the target is made of, as git pathspecs below the workspace, such as src/checkout: tells when an ' +
            'evaluation is stale',
        ),
      ),
  ),
});
export type Target = z.infer<typeof targetSchema>;

export const stateSchema = z.looseObject({
  of: z.optional(text('The id again, so that this line is like no other; written by the tools')),
  status: text('open, accepted, false-positive, fixed or reopened; a decision changes this line and no other'),
  severity: z.optional(
    z
      .int()
      .check(
        z.gte(0),
        z.lte(4),
        z.describe(
          '0 not a problem, 1 cosmetic, 2 minor, 3 major, 4 catastrophe (Nielsen 1994); 4 is only given by people',
        ),
      ),
  ),
  seenIn: z.optional(
    z
      .array(z.string().check(z.regex(/^[^/]+\/[^/]+$/, 'environment/form factor, such as local/mobile')))
      .check(z.describe('Environment and form factor of the evidence, such as local/mobile')),
  ),
  by: z.optional(text('Handle of who decided')),
  on: z.optional(date),
  reason: z.optional(z.string()),
  until: z.optional(
    z
      .string()
      .check(
        z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-31'),
        z.describe('An acceptance ends after this day'),
      ),
  ),
  upTo: z.optional(z.int().check(z.gte(0), z.describe('An acceptance ends when there are more occurrences than this'))),
  fixedOn: z.optional(date),
  owner: z.optional(text('Handle or role of who takes care of it')),
  more: z.optional(z.int().check(z.gte(1), z.describe('Occurrences beyond those listed'))),
  consensus: z.optional(
    z
      .looseObject({ severity: from0to4, by: z.string(), on: date, note: z.optional(z.string()) })
      .check(z.describe('The severity that the raters agreed on, apart from their ratings')),
  ),
});
export type FindingState = z.infer<typeof stateSchema>;

/** The statuses of a finding. An unknown one is kept and shown as it is. */
export const statuses = ['open', 'accepted', 'false-positive', 'fixed', 'reopened'] as const;
export type Status = (typeof statuses)[number];

/** The statuses of findings that nobody has decided about. */
export const openStatuses: readonly string[] = ['open', 'reopened'];

export function isOpen({ state }: { state: { status: string } }): boolean {
  return openStatuses.includes(state.status);
}

/** Whether people decided that nothing has to be done about a finding: accepted, or no problem. */
export function isDecided({ state }: { state: { status: string } }): boolean {
  return state.status === 'accepted' || state.status === 'false-positive';
}

/** A decision about one place, or about a rule on every page. */
export const decisionSchema = z.looseObject({
  status: text('accepted or false-positive'),
  by: text('Handle of who decided'),
  on: date,
  reason: z.string(),
  until: z.optional(date.check(z.describe('An acceptance ends after this day'))),
});
export type Decision = z.infer<typeof decisionSchema>;

export const occurrenceSchema = z.looseObject({
  selector: z.optional(z.string()),
  snippet: z.optional(z.string()),
  url: z.optional(z.string()),
  label: z.optional(z.string()),
  n: z.optional(z.int().check(z.gte(2), z.describe('How many look the same'))),
  decided: z.optional(decisionSchema.check(z.describe('The decision about this place alone'))),
});
export type Occurrence = z.infer<typeof occurrenceSchema>;

/** Severity with the factors that may explain it; all 0 to 4 (Nielsen 1995). */
export const ratingFields = {
  severity: from0to4,
  frequency: z.optional(from0to4),
  impact: z.optional(from0to4),
  persistence: z.optional(from0to4),
};
export type Rating = z.infer<z.ZodMiniObject<typeof ratingFields>>;
export const ratingSchema = z.looseObject({ ...ratingFields, on: z.optional(date) });

/** What one person says of a problem to the others. */
export const remarkSchema = z.looseObject({
  by: text('Handle of who says it'),
  at: z.string().check(
    z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'a time such as 2026-01-31T09:30:00Z'),
    z.refine((moment) => !Number.isNaN(Date.parse(moment)), 'a time such as 2026-01-31T09:30:00Z'),
    z.describe('When it was said, in UTC'),
  ),
  text: z.string(),
});
export type Remark = z.infer<typeof remarkSchema>;

export const findingSchema = z.looseObject({
  kind: text('automated, heuristic, journey, reported or observed'),
  rule: text('What it breaks, such as lighthouse/image-alt or nielsen-10/H01'),
  title: z.string(),
  target: text('Key of one of the targets'),
  state: stateSchema,
  ratings: z.optional(z.record(z.string(), ratingSchema)),
  remarks: z.optional(
    z
      .record(z.string(), remarkSchema)
      .check(z.describe('What people say of the problem before they agree, by a random key')),
  ),
  occurrences: z.optional(z.record(z.string(), occurrenceSchema)),
  where: z.optional(z.looseObject({})),
  ...forFields(textFields, () => z.optional(z.string())),
  evidence: z.optional(z.array(z.string())),
  alsoBreaks: z.optional(z.array(z.string())),
  cx: z.optional(z.looseObject({ stage: z.optional(z.string()), impact: z.optional(z.string()) })),
  comments: z.optional(
    z.int().check(z.gte(0), z.describe('How many comments of customers say so; their texts are never kept here')),
  ),
  seenWith: z.optional(
    z
      .looseObject({ people: z.int().check(z.gte(1)), of: z.int().check(z.gte(1)) })
      .check(
        z.describe(
          'With how many participants of task sessions it was seen, of how many who reached its step; no names',
        ),
      ),
  ),
  formerIds: z.optional(z.array(z.string())),
  firstSeen: z.optional(date),
  id: z.string().check(z.regex(findingIdPattern, 'an id such as checkout/lighthouse/image-alt')),
});
export type Finding = z.infer<typeof findingSchema>;

export const answerSchema = z.looseObject({
  verdict: z.optional(text('pass, fail, n/a or unsure; none: not looked at yet')),
  note: z.optional(z.string()),
  friction: z.optional(
    z.int().check(z.gte(1), z.lte(3), z.describe('Of a step: 1 easy, 2 some load, 3 likely to fail (PURE)')),
  ),
  findings: z.optional(z.array(z.string()).check(z.describe('Ids of the problems found'))),
});
export type Answer = z.infer<typeof answerSchema>;

export const evaluationSchema = z.looseObject({
  checklist: text('Checklist and its version, such as nielsen-10@1'),
  target: z.string(),
  evaluator: text('Handle of who evaluates'),
  state: z.looseObject({
    of: z.optional(z.string()),
    status: text('draft or submitted'),
    on: z.optional(date),
    commit: z.optional(text('The commit that was looked at')),
    uncommitted: z.optional(
      z
        .boolean()
        .check(z.describe('true: files of the target had changes beyond the commit when the evaluation was submitted')),
    ),
  }),
  answers: z.optional(z.record(z.string(), answerSchema)),
  id: z.string(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

/** A team's settings in its record. */
export const settingsSchema = z.looseObject({
  gate: z.optional(gateSchema.check(z.describe('What makes a pull request fail (ux-audit ci)'))),
  groups: z.optional(
    z
      .record(z.string().check(z.startsWith('/')), groupSchema)
      .check(z.describe('Groups of pages by the template of their addresses, such as /product/*; * is one part')),
  ),
  build: z.optional(
    z
      .string()
      .check(
        z.minLength(1),
        z.describe('Command that builds the site, run in the workspace folder of both versions (ux-audit ci)'),
      ),
  ),
  industry: z.optional(
    slug.check(
      z.describe('Industry of the product, such as grocery; ux-audit impact catalogue lists those with benchmarks'),
    ),
  ),
  markdown: z.optional(z.boolean().check(z.describe('false: do not write findings.md beside the record'))),
  ignoredParameters: z.optional(
    z.array(
      z.string().check(z.describe('A query parameter that makes no other page; * the whole query, # the fragment')),
    ),
  ),
  mask: z.optional(
    z
      .array(z.string())
      .check(
        z.describe(
          'CSS selectors of what is painted over in screenshots, besides password, card, e-mail and phone inputs',
        ),
      ),
  ),
  decisions: z.optional(
    z
      .record(z.string(), decisionSchema)
      .check(z.describe('Decisions about a rule, such as lighthouse/robots-txt, on every page, also later ones')),
  ),
  metrics: z.optional(
    z
      .record(
        z.string(),
        z.looseObject({
          level: z.optional(text('interaction, journey or relationship')),
          stages: z.optional(z.array(text('One of the five stages'))),
        }),
      )
      .check(z.describe('Where the team sees a metric of the impact view, by its id, such as lcp')),
  ),
});

export const recordSchema = z.looseObject({
  schemaVersion: z.int().check(z.gte(1)),
  settings: z.optional(settingsSchema),
  logins: z.optional(z.record(slug, loginSchema).check(z.describe('How to sign in, by name'))),
  targets: z._default(z.record(slug, targetSchema), {}),
  evaluations: z._default(z.record(z.string(), evaluationSchema), {}),
  findings: z._default(z.record(z.string(), findingSchema), {}),
});

/**
 * The workspace file `ux-audit/findings.json` in memory. Unknown fields, and entries that fail validation, stay as they
 * were read. {@link parseRecord} lists such entries; treat them as opaque.
 */
export type AuditRecord = z.infer<typeof recordSchema>;

export function emptyRecord(): AuditRecord {
  return { schemaVersion: SCHEMA_VERSION, targets: {}, evaluations: {}, findings: {} };
}
