import { defaultTreeAdapter, parseFragment } from 'parse5';

/** An element's name and attributes, both in lower case. */
export interface OpeningTag {
  tag: string;
  attributes: ReadonlyMap<string, string>;
  /** Whether attributes at its end may be missing. */
  isCut: boolean;
}

/** The longest snippet that is read. Lighthouse gives some 600 characters. */
const READ = 4_000;

/**
 * Reads the opening tag that a report gives of an element; undefined when the text is none. The parser gets an element
 * of another name, since it drops `<td>`, `<body>` and others outside of their places.
 */
export function readOpeningTag(snippet: string): OpeningTag | undefined {
  const text = snippet.trim().slice(0, READ);
  const [, tag, rest = ''] = /^<([a-z][^\s/>]*)([\s\S]*)$/i.exec(text) ?? [];
  if (tag === undefined) return undefined;
  for (const [ending, isUnfinished] of [
    ['', false],
    ['>', true],
    ['">', true],
  ] as const) {
    const [element] = parseFragment(`<x-element${rest}${ending}`).childNodes;
    if (!element || !defaultTreeAdapter.isElementNode(element)) continue;
    const attributes = new Map(element.attrs.map(({ name, value }) => [name, value]));
    const isCut = attributes.delete('…') || isUnfinished;
    if (isUnfinished) attributes.delete([...attributes.keys()].at(-1) ?? ''); // it may be cut itself
    return { tag: tag.toLowerCase(), attributes, isCut };
  }
  return undefined;
}

/** Attributes that reports leave out: Lighthouse `title` and autofill; the record what changes or may be private. */
const leftOut = /^(title|autofill-.*|value|style|nonce|integrity|data-.*)$/;
/** Attributes that scripts change as a visitor uses the page. */
const state = /^(aria-(expanded|selected|hidden|current|pressed|checked|busy|disabled)|tabindex|hidden|open|disabled)$/;

const isElided = (value: string): boolean => value.endsWith('…');

function isSameValue(written: string, reported: string): boolean {
  return isElided(reported) ? written.startsWith(reported.slice(0, -1)) : written === reported;
}

/** Whether a browser's resolved address may be of the one that is written. */
function isAddressOf(written: string, reported: string): boolean {
  if (isElided(reported)) return true; // what is left is mostly the origin
  const path = written.replace(/^[./]+/, '').split(/[?#]/)[0] ?? '';
  return path !== '' && decoded(reported).includes(decoded(path));
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

const classes = (value: string): string[] => value.split(/\s+/).filter(Boolean);

/**
 * How well an element of the source fits the opening tag that a report gives of an element after scripts have run.
 * @returns 2: the same; 1: scripts may have made the one of the other, by adding attributes or classes; 0: another one
 */
export function likeness(written: ReadonlyMap<string, string>, reported: OpeningTag): 0 | 1 | 2 {
  let isSame = true;
  for (const [name, value] of written) {
    const other = reported.attributes.get(name);
    if (other === undefined) {
      if (leftOut.test(name) || reported.isCut) continue;
      if (!state.test(name)) return 0;
      isSame = false;
    } else if (name === 'class' && !isElided(other)) {
      const [own, all] = [classes(value), new Set(classes(other))];
      if (own.some((one) => !all.has(one))) return 0;
      if (own.length !== all.size) isSame = false;
    } else if (!isSameValue(value, other)) {
      const isResolved = name === 'src' && (written.has('srcset') || isAddressOf(value, other));
      if (!isResolved && !state.test(name) && !/^(style|nonce)$/.test(name)) return 0;
      if (!isResolved) isSame = false;
    }
  }
  const isMore = [...reported.attributes.keys()].some((name) => !written.has(name));
  return isSame && !isMore ? 2 : 1;
}

/** Whether attributes tell an element from its likes. */
export function isIdentifying(attributes: ReadonlyMap<string, string>): boolean {
  return [...attributes].some(
    ([name, value]) =>
      /^(id|name|for|href|src|alt|action|placeholder|aria-label)$/.test(name) && !/^(#!?|javascript:.*)?$/.test(value),
  );
}
