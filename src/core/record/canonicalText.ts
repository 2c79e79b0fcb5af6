import { placeFields, textFields } from './findingFields';
import type { AuditRecord } from './record';

type Json = unknown;
type JsonObject = { [key: string]: Json };

const names = (fields: readonly { name: string }[]): string[] => fields.map(({ name }) => name);

/** Field order of each kind of entry; unknown fields follow, sorted. */
const order = {
  record: ['schemaVersion', 'settings', 'targets', 'evaluations', 'findings'],
  target: ['kind', 'path', 'origins', 'serve', 'steps', 'sources'],
  evaluation: ['checklist', 'target', 'evaluator', 'state'],
  finding: [
    'kind',
    'rule',
    'title',
    'target',
    'state',
    'where',
    ...names(textFields),
    'evidence',
    'alsoBreaks',
    'cx',
    'formerIds',
    'firstSeen',
  ],
  state: [
    'of',
    'status',
    'severity',
    'consensus',
    'by',
    'on',
    'fixedOn',
    'reason',
    'until',
    'upTo',
    'owner',
    'seenIn',
    'more',
    'commit',
    'uncommitted',
  ],
  rating: ['severity', 'frequency', 'impact', 'persistence', 'on'],
  occurrence: ['selector', 'snippet', 'url', 'label', 'n'],
  answer: ['verdict', 'friction', 'note', 'findings'],
  consensus: ['severity', 'by', 'on', 'note'],
  where: names(placeFields),
  serve: ['folder', 'command', 'url'],
  cx: ['stage', 'impact'],
};

/** Compares by UTF-16 code unit, the key order of RFC 8785. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(value: JsonObject, first: readonly string[], last: readonly string[] = []): string[] {
  const keys = first.filter((key) => value[key] !== undefined);
  const rest: string[] = [];
  for (const key in value) {
    if (value[key] !== undefined && !last.includes(key) && !first.includes(key)) rest.push(key);
  }
  if (rest.length > 0) keys.push(...rest.sort(byCodeUnit));
  for (const key of last) if (value[key] !== undefined) keys.push(key);
  return keys;
}

/** One line: `{ "a": 1, "b": [2, 3] }`. Keys in the given order, then sorted. */
function inline(value: Json, keyOrder: readonly string[] = []): string {
  if (Array.isArray(value)) return `[${value.map((entry) => inline(entry)).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = keysOf(value, keyOrder);
  if (keys.length === 0) return '{}';
  return `{ ${keys.map((key) => `${JSON.stringify(key)}: ${inline(value[key], nestedOrder(key))}`).join(', ')} }`;
}

function nestedOrder(key: string): readonly string[] {
  return Object.hasOwn(order, key) ? order[key as keyof typeof order] : [];
}

/** A block of lines; `write` renders each, key and all. */
function block(keys: readonly string[], indent: string, write: (key: string, inner: string) => string): string {
  if (keys.length === 0) return '{}';
  const inner = `${indent}  `;
  const lines = keys.map((key) => `${inner}${write(key, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/**
 * A block whose every line has content of its own: the first entry stands on the line of the opening brace and the last
 * one with the closing brace. Bare braces look alike in neighbouring entries, and git then finds a place for a change
 * in the wrong one.
 */
function lines(value: Json, indent: string, keyOrder: readonly string[]): string {
  if (!isObject(value)) return inline(value);
  const keys = Object.keys(value).sort(byCodeUnit);
  if (keys.length === 0) return '{}';
  return `{ ${keys.map((key) => `${JSON.stringify(key)}: ${inline(value[key], keyOrder)}`).join(`,\n${indent}  `)} }`;
}

/**
 * An entry with a field on each line. Its `state` line repeats the id as `of` ({@link parseRecord} drops it again):
 * were that line like another one, a text merge could carry a decision over to the entry that the other side put in the
 * place of a deleted one. Blocks stand right before the last line, the id, for the same reason.
 */
function entry(
  value: Json,
  indent: string,
  keyOrder: readonly string[],
  blocks: Record<string, readonly string[]>,
): string {
  if (!isObject(value)) return inline(value);
  const { state, id } = value;
  const written = isObject(state) && typeof id === 'string' ? { ...value, state: { ...state, of: id } } : value;
  return block(keysOf(written, keyOrder, [...Object.keys(blocks), 'id']), indent, (key, inner) => {
    const field = written[key];
    const text = Object.hasOwn(blocks, key) ? lines(field, inner, blocks[key] ?? []) : inline(field, nestedOrder(key));
    return `${JSON.stringify(key)}: ${text}`;
  });
}

function section(
  value: Json,
  indent: string,
  texts: EntryTexts | undefined,
  write: (value: Json, indent: string) => string,
): string {
  if (!isObject(value)) return inline(value);
  return block(Object.keys(value).sort(byCodeUnit), indent, (key, inner) => {
    const item = value[key];
    const known = isObject(item) ? texts?.get(item) : undefined;
    const text = known ?? write(item, inner);
    if (known === undefined && isObject(item)) texts?.set(item, text);
    return `${JSON.stringify(key)}: ${text}`;
  });
}

/** Texts of entries written before, by entry; only for whoever never changes an entry in place. */
export type EntryTexts = WeakMap<object, string>;

/**
 * The one text of a record: the same content always gives the same bytes, whoever wrote it and in whatever order. What
 * is decided of an entry stands on its `state` line, which is like no other, and its last line is its id, so that a
 * text merge by a hosting site is either right or a conflict. UTF-8, LF, two spaces, final newline.
 *
 * @param texts kept by the caller between calls, so that unchanged entries of a large record are not written out again
 */
export function canonicalText(record: AuditRecord, texts?: EntryTexts): string {
  const value = record as JsonObject;
  const content = (key: string, inner: string): string => {
    switch (key) {
      case 'targets':
        return section(value[key], inner, texts, (target) => inline(target, order.target));
      case 'evaluations':
        return section(value[key], inner, texts, (evaluation, indent) =>
          entry(evaluation, indent, order.evaluation, { answers: order.answer }),
        );
      case 'findings':
        return section(value[key], inner, texts, (finding, indent) =>
          entry(finding, indent, order.finding, { ratings: order.rating, occurrences: order.occurrence }),
        );
      default:
        return inline(value[key]);
    }
  };
  const keys = keysOf(value, order.record);
  const text = block(keys, '', (key, inner) => `${JSON.stringify(key)}: ${content(key, inner)}`);
  return `${text}\n`;
}
