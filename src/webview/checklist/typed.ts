import type { FieldStyle } from '../../core/checklist/itemFields';
import {
  type AboutField,
  aboutFields,
  type ItemField,
  itemFields,
  keptText,
  readField,
} from '../../core/checklist/itemFields';
import { redraw } from '../shared/draw';
import { HostError } from '../shared/host';
import { fieldElement, host, keyOf, ui } from './page';

/** A field of an item, or of the checklist itself when it names no item. */
export type FieldName = { id: string; field: ItemField } | { id?: undefined; field: AboutField };

/** What a person typed, from the first letter until it is kept and the field is left. */
interface Typed {
  name: FieldName;
  text: string;
  /** What the file said when they began, or when it was kept last. */
  was: string;
  /** What is on its way to the file. */
  sent: string | undefined;
  /** Why it is not kept. */
  fault: string;
  timer: number | undefined;
}

/** How long a pause in typing is. Milliseconds. */
const PAUSE = 250;

const typed = new Map<string, Typed>();
const keyOfField = ({ id = '', field }: FieldName) => `${id}\n${field}`;

export function styleOf(name: FieldName): FieldStyle {
  return name.id === undefined ? aboutFields[name.field] : itemFields[name.field];
}

/** What the file says; undefined when the item is no longer there. */
function inFile(name: FieldName): string | undefined {
  if (name.id === undefined) return ui.state?.about[name.field];
  return ui.state?.items.find(({ id }) => id === name.id)?.texts[name.field];
}

/** The text to show: what was typed, or what the file says. */
export function shownText(name: FieldName): string {
  return typed.get(keyOfField(name))?.text ?? inFile(name) ?? '';
}

/** Takes what was typed; it is kept after a pause. */
export function type(name: FieldName, text: string): void {
  const key = keyOfField(name);
  const before = inFile(name) ?? '';
  const entry = typed.get(key) ?? { name, text, was: before, sent: undefined, fault: '', timer: undefined };
  entry.text = text;
  entry.fault = '';
  typed.set(key, entry);
  clearTimeout(entry.timer);
  entry.timer = window.setTimeout(() => void send(key), PAUSE);
  redraw();
}

/** Keeps what was typed into a field that is being left, or chosen in one. */
export async function leave(name: FieldName): Promise<void> {
  const key = keyOfField(name);
  await send(key);
  forget(key);
}

/** What stands against keeping a text: it cannot be kept as it is, or it was changed elsewhere too. */
export function problemOf(name: FieldName): { text?: string; elsewhere?: string } {
  const entry = typed.get(keyOfField(name));
  if (!entry) return {};
  const { problem } = readField(styleOf(name), entry.text);
  if (problem !== undefined) return { text: problem };
  return isConflict(entry) ? { elsewhere: inFile(name) ?? '' } : {};
}

function isConflict({ name, text, was, sent }: Typed): boolean {
  const now = inFile(name);
  if (now === undefined) return false;
  return ![was, text, sent ?? was].some((one) => isSame(name, one, now));
}

const isSame = (name: FieldName, a: string, b: string) => keptText(styleOf(name), a) === keptText(styleOf(name), b);

async function send(key: string): Promise<void> {
  const entry = typed.get(key);
  if (!entry || entry.sent !== undefined) return;
  clearTimeout(entry.timer);
  const { name, text, was } = entry;
  if (isSame(name, text, was) || problemOf(name).text !== undefined || isConflict(entry)) return;
  entry.sent = text;
  entry.fault = '';
  redraw();
  try {
    await (name.id === undefined
      ? host.setAbout({ field: name.field, text, was })
      : host.setItem({ id: name.id, field: name.field, text, was }));
    entry.was = text;
  } catch (error) {
    const isSettledHere = error instanceof HostError && error.text.code === 'item-changed';
    entry.fault = isSettledHere ? '' : (error as Error).message;
  }
  entry.sent = undefined;
  if (entry.text !== text && entry.fault === '') await send(key);
  else if (!isFocused(name)) forget(key);
  redraw();
}

/** The element of a field. */
export const elementOf = ({ id, field }: FieldName): string =>
  fieldElement(id === undefined ? 'about' : keyOf(id), field);

const isFocused = (name: FieldName) => document.activeElement?.id === elementOf(name);

/** Lets go of what was typed once it is kept. */
function forget(key: string): void {
  const entry = typed.get(key);
  if (entry && entry.sent === undefined && isSame(entry.name, entry.text, entry.was)) typed.delete(key);
}

/** Writes what was typed over what was changed elsewhere. */
export async function keepMine(name: FieldName): Promise<void> {
  const entry = typed.get(keyOfField(name));
  if (!entry) return;
  entry.was = inFile(name) ?? '';
  await leave(name);
}

export function takeTheirs(name: FieldName): void {
  typed.delete(keyOfField(name));
  redraw();
}

/** Tries again what could not be written. */
export async function tryAgain(): Promise<void> {
  for (const [key, entry] of typed) {
    entry.fault = '';
    await send(key);
  }
}

/** Sends at once what still waits for a pause, since the page may be closed. */
export function sendAll(): void {
  for (const key of typed.keys()) void send(key);
}

/** How saving stands, and why something is not kept. */
export function saving(): { state: 'saved' | 'saving…' | 'not saved'; fault: string } {
  const entries = [...typed.values()];
  const fault = entries.find((entry) => entry.fault !== '')?.fault ?? '';
  const isKept = (entry: Typed) => isSame(entry.name, entry.text, entry.was);
  const waits = entries.some(({ name }) => Object.keys(problemOf(name)).length > 0);
  if (fault !== '' || waits) return { state: 'not saved', fault };
  return { state: entries.every(isKept) ? 'saved' : 'saving…', fault };
}

/** Takes out what was typed into items that are no longer there: by item, the typed texts. */
export function takeOrphans(): Map<string, Partial<Record<ItemField, string>>> {
  const orphans = new Map<string, Partial<Record<ItemField, string>>>();
  for (const [key, { name, text }] of typed) {
    if (name.id === undefined || inFile(name) !== undefined) continue;
    orphans.set(name.id, { ...orphans.get(name.id), [name.field]: text });
    typed.delete(key);
  }
  return orphans;
}
