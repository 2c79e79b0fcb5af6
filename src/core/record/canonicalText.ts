import { inertJson } from '../text/inertText';
import { placeFields, textFields } from './findingFields';
import type { AuditRecord } from './record';

type Json = unknown;
type JsonObject = { [key: string]: Json };

const names = (fields: readonly { name: string }[]): string[] => fields.map(({ name }) => name);

/** Field order of each kind of entry; unknown fields follow, sorted. */
const order = {
  record: ['schemaVersion', 'settings', 'logins', 'targets', 'evaluations', 'findings'],
  target: [
    'kind',
    'title',
    'path',
    'query',
    'hash',
    'origins',
    'serve',
    'login',
    'consent',
    'is',
    'steps',
    'channel',
    'stage',
    'owner',
    'sources',
  ],
  login: ['by', 'url', 'script', 'check'],
  check: ['url', 'selector', 'not', 'signedOut'],
  signedOut: ['url', 'heading', 'status', 'password'],
  consent: ['click', 'keep'],
  is: ['url', 'heading', 'selector', 'not'],
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
    'comments',
    'seenWith',
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
  remark: ['by', 'at', 'text'],
  occurrence: ['selector', 'snippet', 'url', 'label', 'n', 'decided'],
  decided: ['status', 'by', 'on', 'reason', 'until'],
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
  if (!isObject(value)) return inertJson(value);
  const keys = keysOf(value, keyOrder);
  if (keys.length === 0) return '{}';
  return `{ ${keys.map((key) => `${inertJson(key)}: ${inline(value[key], nestedOrder(key))}`).join(', ')} }`;
}

function nestedOrder(key: string): readonly string[] {
  return Object.hasOwn(order, key) ? order[key as keyof typeof order] : [];
}

/** A block of lines, each with its key as `write` renders it. */
function block(keys: readonly string[], indent: string, write: (key: string, inner: string) => string): string {
  if (keys.length === 0) return '{}';
  const inner = `${indent}  `;
  const lines = keys.map((key) => `${inner}${write(key, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/**
 * A block without lines of braces alone: the first entry is on the line of the opening brace, the last on that of the
 * closing one. Lines of braces look alike in neighbouring entries, so that git could put a change into the wrong entry.
 */
function lines(value: Json, indent: string, keyOrder: readonly string[]): string {
  if (!isObject(value)) return inline(value);
  const keys = Object.keys(value).sort(byCodeUnit);
  if (keys.length === 0) return '{}';
  return `{ ${keys.map((key) => `${inertJson(key)}: ${inline(value[key], keyOrder)}`).join(`,\n${indent}  `)} }`;
}

/**
 * An entry with a field on each line. Its `state` line repeats the id as `of`, which {@link parseRecord} drops again.
 * Were two such lines equal, a text merge could carry a decision from a deleted entry over to the one that the other
 * side put in its place. For the same reason the blocks come right before the last line, the id.
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
    return `${inertJson(key)}: ${text}`;
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
    return `${inertJson(key)}: ${text}`;
  });
}

/** The texts of entries by entry, a cache for callers that never change an entry in place. */
export type EntryTexts = WeakMap<object, string>;

/**
 * The text of a record: equal content gives equal bytes. Each entry has its decision on its own unique `state` line and
 * its id on its last line, so that a text merge by a hosting site is either right or a conflict. UTF-8, LF, two spaces,
 * final newline; characters that are not seen are escapes, so that a reviewer sees them.
 *
 * @param texts a cache that the caller keeps between calls, so that unchanged entries are not rendered again
 */
export function canonicalText(record: AuditRecord, texts?: EntryTexts): string {
  const value = record as JsonObject;
  const content = (key: string, inner: string): string => {
    switch (key) {
      case 'logins':
        return section(value[key], inner, texts, (login) => inline(login, order.login));
      case 'targets':
        return section(value[key], inner, texts, (target) => inline(target, order.target));
      case 'evaluations':
        return section(value[key], inner, texts, (evaluation, indent) =>
          entry(evaluation, indent, order.evaluation, { answers: order.answer }),
        );
      case 'findings':
        return section(value[key], inner, texts, (finding, indent) =>
          entry(finding, indent, order.finding, {
            remarks: order.remark,
            ratings: order.rating,
            occurrences: order.occurrence,
          }),
        );
      default:
        return inline(value[key]);
    }
  };
  const keys = keysOf(value, order.record);
  const text = block(keys, '', (key, inner) => `${inertJson(key)}: ${content(key, inner)}`);
  return `${text}\n`;
}
