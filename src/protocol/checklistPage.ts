import * as z from 'zod/mini';
import type { Scene } from '../core/checklist/drawings/scene';
import { type AboutField, aboutFieldNames, type ItemField, itemFieldNames } from '../core/checklist/itemFields';
import type { PastedTable } from '../core/checklist/pastedTable';
import type { ErrorText } from '../core/errors';
import { bareRequest, request } from './contract';
import { imageUrl, text } from './fields';

/** An item as a person edits it. */
export interface ItemState {
  id: string;
  texts: Record<ItemField, string>;
  isRetired: boolean;
  /** Whether it can only be retired, since others have it or it was answered. */
  mustStay: boolean;
  isAnswered: boolean;
  /** The item that came in its place, '' without one. */
  replacedBy: string;
}

/** The views of the page. */
export type ChecklistView = 'items' | 'preview' | 'about' | 'table';

/** The state of the page of a checklist of one's own. */
export interface ChecklistPageState {
  id: string;
  /** Its file, relative to the workspace. */
  file: string;
  /** Whether the file is there; it begins with the first item. */
  isWritten: boolean;
  version: number;
  /** Whether another change of a question begins a new version. */
  isInUse: boolean;
  /** How many evaluations were begun with it. */
  evaluations: number;
  about: Record<AboutField, string>;
  items: ItemState[];
  /** The addresses of the pictures of examples, by their paths. */
  pictures: Record<string, string>;
  /** The names of the metrics that items name, by id. */
  metrics: Record<string, string>;
  /** Why the file cannot be read. The rest is then what was read last. */
  error: Pick<ErrorText, 'message' | 'next'> | null;
  /** What can be taken back, such as `“Price first” deleted`. */
  undo: string | null;
  /** The view that the page begins with. */
  view: ChecklistView;
}

const id = text(40);
const written = text(20_000);
const after = z.nullable(id);
const itemTexts = z.strictObject(
  Object.fromEntries(itemFieldNames.map((name) => [name, z.optional(written)])) as Record<
    ItemField,
    z.ZodMiniOptional<z.ZodMiniString>
  >,
);
const columns = z.nullable(z.array(z.enum(['', 'id', ...itemFieldNames])).check(z.maxLength(200)));
const table = { text: text(400_000), columns };

/** What a change came to: what was done, in words, and the item that it is about. */
export interface ChangeDone {
  said: string;
  item: string | null;
}

/** The requests of the page. `ready` comes first. Each change is written at once, or refused. */
export const checklistContract = {
  ready: bareRequest.answering<ChecklistPageState>(),
  /** The drawings of examples, by the words of the example. */
  drawings: bareRequest.answering<Record<string, Scene>>(),
  setAbout: request({ field: z.enum(aboutFieldNames), text: written, was: written }).answering<ChangeDone>(),
  setItem: request({ id, field: z.enum(itemFieldNames), text: written, was: written }).answering<ChangeDone>(),
  addItem: request({ texts: itemTexts, after }).answering<ChangeDone>(),
  moveItem: request({ id, after }).answering<ChangeDone>(),
  /** Deletes an item, or retires it when it has to stay. */
  removeItem: request({ id }).answering<ChangeDone>(),
  askAgain: request({ id }).answering<ChangeDone>(),
  /** Retires an item and begins a new one in its place. */
  replaceItem: request({ id }).answering<ChangeDone>(),
  undo: bareRequest.answering<ChangeDone>(),
  /** Lets the person choose a picture, and keeps it beside the record. @returns its path; null for none */
  choosePicture: bareRequest.answering<string | null>(),
  keepPicture: request({ data: imageUrl }).answering<string>(),
  /** How a pasted table is understood; nothing is written. */
  readTable: request(table).answering<PastedTable>(),
  /** Adds the items of its good rows. */
  addTable: request(table).answering<ChangeDone>(),
  /** Lets the person choose items of another checklist, and adds them. */
  addFromChecklist: bareRequest.answering<ChangeDone>(),
  evaluate: bareRequest,
  openFile: bareRequest,
};

/** The events that the host sends to the page. */
export interface ChecklistEvents {
  state: ChecklistPageState;
  view: ChecklistView;
}
