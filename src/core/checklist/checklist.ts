import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod/mini';
import { HumanError } from '../errors';
import { attachmentPath } from '../record/attachments';
import { stages } from '../record/stages';

/** The version of the layout of a checklist file that this program reads. */
export const CHECKLIST_SCHEMA_VERSION = 1;
/** The most items of a checklist file. */
export const MAX_ITEMS = 200;
/** Bytes. */
export const MAX_CHECKLIST_BYTES = 64 * 1024;
/** The item that holds problems outside the list. No checklist may have an item of this id. */
export const OTHER = 'other';

export const checklistIdPattern = /^[a-z0-9][a-z0-9-]{1,39}$/;
/** A letter and up to eleven letters, digits or dots; or the number of a success criterion, such as 1.4.10. */
export const itemIdPattern = /^([A-Za-z][A-Za-z0-9.]{0,11}|\d+\.\d+\.\d+)$/;

const words = (most: number, description: string) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.describe(description));

const picture = (description: string) =>
  z
    .string()
    .check(
      z.regex(attachmentPath, 'a picture beside the record, such as evidence/4f2c9d1.png'),
      z.describe(description),
    );

export const checklistItemSchema = z.looseObject({
  id: z.string().check(
    z.regex(itemIdPattern, 'a letter and up to 11 letters, digits or dots, such as A01; or a number such as 1.4.10'),
    z.refine((id) => id.toLowerCase() !== OTHER && id !== 'PURE', '"other" and "PURE" have a meaning of their own'),
    z.describe('Never used again for something else: retire an item instead of deleting it'),
  ),
  title: words(120, 'A few words'),
  question: words(500, 'What the evaluator asks of the page; yes means pass. Plain text'),
  howToCheck: z.optional(z.array(words(500, 'One step')).check(z.maxLength(10), z.describe('What to do to find out'))),
  needs: z.optional(
    z
      .array(words(40, 'Such as phone, test account'))
      .check(z.maxLength(10), z.describe('What must be at hand to find out; a form lists it before one begins')),
  ),
  good: z.optional(words(500, 'An example of it done well')),
  bad: z.optional(words(500, 'An example of it done badly')),
  goodPicture: z.optional(picture('A picture of it done well')),
  badPicture: z.optional(picture('A picture of it done badly')),
  group: z.optional(words(80, 'Heading under which the item stands')),
  level: z.optional(words(10, 'Conformance level of a success criterion: A, AA or AAA')),
  url: z.optional(z.url({ protocol: /^https?$/, error: 'a web address' })),
  stages: z.optional(z.array(z.enum(stages))),
  metrics: z.optional(z.array(words(60, 'Id of a metric of the catalogue, such as error_rate'))),
  covers: z.optional(
    z.array(
      z
        .string()
        .check(
          z.regex(/^(lighthouse|axe)\/[a-z0-9-]+$/, 'a check such as lighthouse/image-alt'),
          z.describe('Machine checks whose result stands beside the item'),
        ),
    ),
  ),
  defaultSeverity: z.optional(
    z.int().check(z.gte(0), z.lte(4), z.describe('Severity that a problem here begins with')),
  ),
  since: z.optional(
    z
      .int()
      .check(z.gte(1), z.describe('The version in which the item was added; earlier evaluations are not asked it')),
  ),
  retired: z.optional(z.boolean().check(z.describe('true: no longer asked, earlier answers stay'))),
  replacedBy: z.optional(z.string()),
});
export type ChecklistItem = z.infer<typeof checklistItemSchema>;

export const checklistSchema = z.looseObject({
  schemaVersion: z.int().check(z.gte(1)),
  id: z.string().check(z.regex(checklistIdPattern, '2 to 40 lower-case letters, digits and hyphens')),
  version: z.int().check(z.gte(1), z.describe('Raised when the meaning of an item changes or items are added')),
  title: words(120, 'Title of the checklist'),
  appliesTo: z
    .array(z.enum(['page', 'step', 'journey']))
    .check(
      z.minLength(1),
      z.describe('What is evaluated with it: a page, each step of a journey, a journey as a whole'),
    ),
  description: z.optional(words(1000, 'What it is good for')),
  source: z.optional(
    z.looseObject({ name: z.optional(z.string()), url: z.optional(z.string()), licence: z.optional(z.string()) }),
  ),
  items: z.array(checklistItemSchema).check(z.minLength(1), z.maxLength(MAX_ITEMS)),
});
export type Checklist = z.infer<typeof checklistSchema>;

function refuse(code: string, what: string, next: string): HumanError {
  return new HumanError('record', code, { what, next });
}

/**
 * Reads the text of a checklist file.
 *
 * @param name what messages call the file
 * @param expectedId the id that the file name gives
 * @throws HumanError of kind `record`: checklist-too-large, checklist-unreadable, checklist-newer, checklist-invalid;
 *   each names the line or the item
 */
export function parseChecklist(text: string, name: string, expectedId?: string): Checklist {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_CHECKLIST_BYTES) {
    throw refuse(
      'checklist-too-large',
      `${name} is ${Math.ceil(bytes / 1024)} KB large; a checklist may have 64 KB and ${MAX_ITEMS} items.`,
      'Split it into several checklists.',
    );
  }
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true, allowEmptyContent: false });
  const [first] = errors;
  if (first) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw refuse(
      'checklist-unreadable',
      `${name}, line ${line}: this is not valid JSON (${printParseErrorCode(first.error)}).`,
      'Open the file and fix that line; answers given with it are kept.',
    );
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > CHECKLIST_SCHEMA_VERSION) {
    throw refuse(
      'checklist-newer',
      `${name} was written for a newer UX Audit (schemaVersion ${version}).`,
      'Update UX Audit to use it; answers given with it are kept.',
    );
  }
  const result = checklistSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw refuse(
      'checklist-invalid',
      `${name}: ${placeOf(value, issue?.path ?? [])}${issue?.message ?? 'not a checklist'}.`,
      'Open the file and correct it; the editor marks the place.',
    );
  }
  const checklist = result.data;
  const seen = new Set<string>();
  for (const { id } of checklist.items) {
    if (seen.has(id.toLowerCase())) {
      throw refuse(
        'checklist-invalid',
        `${name}: two items have the id ${id}, so an answer could belong to either.`,
        'Give one of them a new id, one that was never used.',
      );
    }
    seen.add(id.toLowerCase());
  }
  if (expectedId !== undefined && checklist.id !== expectedId) {
    throw refuse(
      'checklist-invalid',
      `${name}: its id is "${checklist.id}", but a file is named after its id.`,
      `Rename the file to ${checklist.id}.json, or change the id to "${expectedId}".`,
    );
  }
  return checklist;
}

/** Names the place of an error: `item A02 (2nd), question: `. */
function placeOf(value: unknown, path: readonly PropertyKey[]): string {
  const [section, index, ...rest] = path;
  if (section === 'items' && typeof index === 'number') {
    const item = (value as { items: { id?: unknown }[] }).items[index];
    const id = typeof item?.id === 'string' ? ` (${item.id.slice(0, 20)})` : '';
    return `item ${index + 1}${id}${rest.length > 0 ? `, ${rest.join('.')}` : ''}: `;
  }
  return path.length > 0 ? `${path.join('.')}: ` : '';
}

/** `nielsen-10@1`, as evaluations name it. */
export function checklistName({ id, version }: Pick<Checklist, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/** Splits `nielsen-10@1`; version 1 when none is given. */
export function parseChecklistName(name: string): { id: string; version: number } {
  const [id, version] = name.split('@');
  return { id: id ?? '', version: Number(version) || 1 };
}

/** The items that a version of a checklist asks; the present version when left out. */
export function activeItems(checklist: Checklist, version = checklist.version): ChecklistItem[] {
  return checklist.items.filter(({ retired, since = 1 }) => !retired && since <= version);
}

/** Whether a change adds items or other words of a question: then it is a new version of the checklist. */
export function otherQuestions(before: Checklist, after: Checklist): boolean {
  const known = new Map(before.items.map((item) => [item.id, item]));
  return after.items.some((item) => {
    const same = known.get(item.id);
    return !same || (!item.retired && (same.question !== item.question || same.title !== item.title));
  });
}

/**
 * The errors of a new version of a checklist, as sentences for its editor: items deleted instead of retired, ids that
 * mean something else now, a version that was not raised.
 */
export function checklistChanges(before: Checklist, after: Checklist): string[] {
  const now = new Map(after.items.map((item) => [item.id, item]));
  const errors: string[] = [];
  for (const item of before.items) {
    const same = now.get(item.id);
    if (!same) errors.push(`${item.id} was deleted; keep it with "retired": true, so that answers to it stay readable`);
    else if (item.retired && !same.retired) errors.push(`${item.id} was retired and is asked again; give it a new id`);
  }
  const known = new Set(before.items.map(({ id }) => id));
  const added = after.items.filter(({ id }) => !known.has(id));
  if (after.version < before.version) errors.push(`its version went back from ${before.version} to ${after.version}`);
  if (after.version === before.version && otherQuestions(before, after)) {
    errors.push(`items were added or reworded; raise "version" to ${before.version + 1}`);
  }
  if (after.version > before.version) {
    for (const { id, since } of added) {
      if (since !== after.version)
        errors.push(`${id} is new; add "since": ${after.version}, so that earlier drafts are not asked it unawares`);
    }
  }
  return errors;
}

/** The text of a first checklist for a person to edit. */
export function newChecklist(id: string, title: string): string {
  const checklist: Checklist = {
    schemaVersion: CHECKLIST_SCHEMA_VERSION,
    id,
    version: 1,
    title,
    appliesTo: ['page', 'step'],
    source: { name: title, licence: 'internal' },
    items: [
      {
        id: 'A01',
        title: 'One primary action',
        question: 'Is there exactly one button on this page that looks like the main one?',
        howToCheck: ['Squint at the page: which button stands out?', 'Count those that look the same.'],
        good: 'Pay now is filled, everything else is a plain link.',
        bad: 'Save, Next and Help are all filled in the same colour.',
        stages: ['purchase'],
        metrics: ['time_on_task'],
        covers: [],
      },
      {
        id: 'A02',
        title: 'Price before anything is asked',
        question: 'Is the price visible without scrolling on a phone?',
        defaultSeverity: 2,
        stages: ['consideration'],
        covers: ['lighthouse/largest-contentful-paint'],
      },
    ],
  };
  return `${JSON.stringify(checklist, null, 2)}\n`;
}
