import { attachmentPath } from '../record/attachments';
import { severityWords } from '../record/severity';
import { stages } from '../record/stages';
import type { Checklist, ChecklistItem } from './checklist';

export const itemFieldNames = [
  'title',
  'question',
  'howToCheck',
  'needs',
  'good',
  'bad',
  'goodPicture',
  'badPicture',
  'group',
  'defaultSeverity',
  'url',
  'level',
  'stages',
  'metrics',
  'covers',
] as const;
export type ItemField = (typeof itemFieldNames)[number];

export const aboutFieldNames = ['title', 'description', 'appliesTo', 'name', 'url', 'licence'] as const;
/** A field of the checklist itself; `name`, `url` and `licence` are those of its source. */
export type AboutField = (typeof aboutFieldNames)[number];

/**
 * How a person writes a field: in one line, in a text, as one entry a line, as entries between commas, by choosing, or
 * by attaching a picture.
 */
type Form = 'line' | 'text' | 'lines' | 'list' | 'choice' | 'choices' | 'picture';

/** One field as people see it. */
export interface FieldStyle {
  label: string;
  /** What belongs there; shown with the field. */
  hint: string;
  form: Form;
  /** The most characters: of the text, or of each entry. */
  most: number;
  isRequired?: boolean;
  /** The most entries. */
  entries?: number;
  /** The values that may be chosen. */
  of?: readonly string[];
  /** How the values are called, where that differs. */
  words?: Readonly<Record<string, string>>;
  /** What each entry has to look like, and how a message says so. */
  like?: { pattern: RegExp; said: string };
}

const webAddress = { pattern: /^https?:\/\/[^\s/]+/, said: 'a web address that begins with https://' };

const attachment = { pattern: attachmentPath, said: 'a picture beside the record, such as evidence/4f2c9d1.png' };

/** The fields of an item, in the order in which a person fills them. */
export const itemFields: Readonly<Record<ItemField, FieldStyle>> = {
  title: { label: 'Title', hint: 'A few words', form: 'line', most: 120, isRequired: true },
  question: { label: 'Question', hint: 'Yes means pass', form: 'text', most: 500, isRequired: true },
  howToCheck: { label: 'How to check', hint: 'One step a line', form: 'lines', most: 500, entries: 10 },
  needs: { label: 'At hand', hint: 'Such as phone, test account', form: 'list', most: 40, entries: 10 },
  good: { label: 'Good example', hint: 'Done well', form: 'text', most: 500 },
  bad: { label: 'Bad example', hint: 'Done badly', form: 'text', most: 500 },
  goodPicture: { label: 'Picture of the good example', hint: '', form: 'picture', most: 200, like: attachment },
  badPicture: { label: 'Picture of the bad example', hint: '', form: 'picture', most: 200, like: attachment },
  group: { label: 'Group', hint: 'The heading above it', form: 'line', most: 80 },
  defaultSeverity: {
    label: 'Severity',
    hint: 'A problem here begins with it',
    form: 'choice',
    most: 1,
    of: severityWords.map((_, severity) => String(severity)),
    words: Object.fromEntries(severityWords.map((word, severity) => [severity, `${severity} ${word}`])),
  },
  url: { label: 'Read more at', hint: 'A web address', form: 'line', most: 2000, like: webAddress },
  level: { label: 'Level', hint: 'A, AA or AAA', form: 'line', most: 10 },
  stages: { label: 'Stages', hint: 'Where on a customer’s path it counts', form: 'choices', most: 20, of: stages },
  metrics: { label: 'Metrics', hint: 'Such as error_rate, lcp', form: 'list', most: 60 },
  covers: {
    label: 'Machine checks',
    hint: 'Such as axe/label',
    form: 'list',
    most: 200,
    like: { pattern: /^(lighthouse|axe)\/[a-z0-9-]+$/, said: 'a check such as lighthouse/image-alt or axe/label' },
  },
};

/** What a checklist may be for. */
const kinds = { page: 'a page', step: 'each step of a journey', journey: 'a journey as a whole' };

export const aboutFields: Readonly<Record<AboutField, FieldStyle>> = {
  title: { label: 'Title', hint: '', form: 'line', most: 120, isRequired: true },
  description: { label: 'What it is good for', hint: '', form: 'text', most: 1000 },
  appliesTo: {
    label: 'It is for',
    hint: '',
    form: 'choices',
    most: 20,
    isRequired: true,
    of: Object.keys(kinds),
    words: kinds,
  },
  name: { label: 'Where it comes from', hint: 'Such as a handbook', form: 'line', most: 500 },
  url: { label: 'Address of the source', hint: 'A web address', form: 'line', most: 2000, like: webAddress },
  licence: { label: 'Licence of its texts', hint: 'Shown below the form', form: 'line', most: 500 },
};

/** What was written into a field: its value, undefined for none; or why it cannot be kept. */
export type FieldValue = { value: string | number | string[] | undefined; problem?: never } | { problem: string };

/** Reads what a person wrote into a field. Blanks around it, marks of lists before it and empty lines do not count. */
export function readField(style: FieldStyle, text: string): FieldValue {
  const { form, most, label, of, like, isRequired } = style;
  const separator = form === 'lines' ? '\n' : form === 'list' || form === 'choices' ? /[,\n]/ : undefined;
  const written = separator === undefined ? [text] : text.split(separator);
  const entries = written.map((entry) => tidy(form, entry)).filter((entry) => entry !== '');
  if (entries.length === 0) return isRequired ? { problem: `${label} is missing.` } : { value: undefined };
  if (entries.length > (style.entries ?? Number.POSITIVE_INFINITY)) {
    const what = form === 'lines' ? 'lines' : 'entries';
    return { problem: `${label} has ${entries.length} ${what}; there is room for ${style.entries}.` };
  }
  for (const entry of entries) {
    if (of && !of.includes(entry)) return { problem: `${label} is one of ${named(style)}, not “${entry}”.` };
    if (like && !like.pattern.test(entry)) return { problem: `${label}: “${entry}” is not ${like.said}.` };
    if (entry.length > most) {
      const which = form === 'lines' ? ' in one line' : '';
      return { problem: `${label} has ${entry.length} characters${which}; there is room for ${most}.` };
    }
  }
  const [only] = entries as [string];
  if (separator !== undefined) return { value: entries };
  return { value: form === 'choice' ? Number(only) : only };
}

/** The values of a choice, each with its word where that differs. */
function named({ of = [], words }: FieldStyle): string {
  return of.map((value) => words?.[value] ?? value).join(', ');
}

function tidy(form: Form, entry: string): string {
  if (form === 'text') return entry.replaceAll('\r\n', '\n').trim();
  const line = entry.replace(/\s+/g, ' ').trim();
  return form === 'lines' ? line.replace(/^([-–•*]|\d{1,2}[.)])\s+/, '') : line;
}

/** A value as a person would have written it. */
export function fieldText(style: FieldStyle, value: unknown): string {
  if (Array.isArray(value)) return value.join(style.form === 'lines' ? '\n' : ', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The text as it reads once it is kept; as it is when it cannot be. */
export function keptText(style: FieldStyle, text: string): string {
  const read = readField(style, text);
  return read.problem === undefined ? fieldText(style, read.value) : text;
}

export function itemTexts(item: ChecklistItem): Record<ItemField, string> {
  const texts = itemFieldNames.map((name) => [name, fieldText(itemFields[name], item[name])]);
  return Object.fromEntries(texts) as Record<ItemField, string>;
}

export function aboutTexts(checklist: Checklist): Record<AboutField, string> {
  const { source = {}, title, description, appliesTo } = checklist;
  const values = { ...source, title, description, appliesTo };
  const texts = aboutFieldNames.map((name) => [name, fieldText(aboutFields[name], values[name])]);
  return Object.fromEntries(texts) as Record<AboutField, string>;
}
