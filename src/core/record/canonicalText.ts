import type { AuditRecord } from './record';

type Json = unknown;
type JsonObject = { [key: string]: Json };

/**
 * Field order of each kind of entry; unknown fields follow, sorted. `id` comes last: a unique last line together with
 * the single `state` line keeps a line-based merge from blending two neighbouring entries.
 */
const order = {
  record: ['schemaVersion', 'settings', 'targets', 'evaluations', 'findings'],
  target: ['kind', 'path', 'origins', 'serve', 'steps'],
  evaluation: ['checklist', 'target', 'evaluator', 'state', 'answers'],
  finding: [
    'kind',
    'rule',
    'title',
    'target',
    'state',
    'ratings',
    'occurrences',
    'where',
    'note',
    'recommendation',
    'evidence',
    'alsoBreaks',
    'cx',
    'formerIds',
    'firstSeen',
  ],
  state: ['status', 'severity', 'by', 'on', 'fixedOn', 'reason', 'until', 'upTo', 'owner', 'seenIn', 'more', 'commit'],
  rating: ['severity', 'frequency', 'impact', 'persistence', 'on'],
  occurrence: ['selector', 'snippet', 'url', 'label', 'n'],
  answer: ['verdict', 'note', 'findings'],
  where: ['element', 'selector', 'when', 'viewport', 'step', 'from', 'to'],
  serve: ['folder', 'command', 'url'],
  cx: ['stage', 'impact'],
} as const;

/** Compares by UTF-16 code unit, the key order of RFC 8785. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(value: JsonObject, first: readonly string[], last?: string): string[] {
  const keys = first.filter((key) => value[key] !== undefined);
  const rest: string[] = [];
  for (const key in value) {
    if (value[key] !== undefined && key !== last && !first.includes(key)) rest.push(key);
  }
  if (rest.length > 0) keys.push(...rest.sort(byCodeUnit));
  if (last !== undefined && value[last] !== undefined) keys.push(last);
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

/** A block with one entry per line; `write` renders each value. */
function block(keys: readonly string[], indent: string, write: (key: string, inner: string) => string): string {
  if (keys.length === 0) return '{}';
  const inner = `${indent}  `;
  const lines = keys.map((key) => `${inner}${JSON.stringify(key)}: ${write(key, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/**
 * A block whose every line has content of its own: the first entry stands on the line of the opening brace and the last
 * one with the closing brace. Bare braces look alike in neighbouring entries, and git then finds a place for a change in
 * the wrong one.
 */
function lines(value: Json, indent: string, keyOrder: readonly string[]): string {
  if (!isObject(value)) return inline(value);
  const keys = Object.keys(value).sort(byCodeUnit);
  if (keys.length === 0) return '{}';
  return `{ ${keys.map((key) => `${JSON.stringify(key)}: ${inline(value[key], keyOrder)}`).join(`,\n${indent}  `)} }`;
}

function entry(
  value: Json,
  indent: string,
  keyOrder: readonly string[],
  blocks: Record<string, readonly string[]>,
): string {
  if (!isObject(value)) return inline(value);
  return block(keysOf(value, keyOrder, 'id'), indent, (key, inner) =>
    Object.hasOwn(blocks, key) ? lines(value[key], inner, blocks[key] ?? []) : inline(value[key], nestedOrder(key)),
  );
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
    if (!texts || !isObject(item)) return write(item, inner);
    const known = texts.get(item);
    if (known !== undefined) return known;
    const text = write(item, inner);
    texts.set(item, text);
    return text;
  });
}

/** Texts of entries written before, by entry; only for whoever never changes an entry in place. */
export type EntryTexts = WeakMap<object, string>;

/**
 * The one text of a record: the same content always gives the same bytes, whoever wrote it and in whatever order.
 * Every mutable fact of an entry is on its `state` line and its last line is its `id`, so that a text merge by a
 * hosting site is either right or a conflict. UTF-8, LF, two spaces, final newline.
 *
 * @param texts kept by the caller between calls, so that unchanged entries of a large record are not written out again
 */
export function canonicalText(record: AuditRecord, texts?: EntryTexts): string {
  const value = record as JsonObject;
  const text = block(keysOf(value, order.record), '', (key, inner) => {
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
  });
  return `${text}\n`;
}
