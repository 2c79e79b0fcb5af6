import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { byCodeUnit } from '../record/canonicalText';
import type { Occurrence } from '../record/record';
import { withoutGeneratedAttributes, withoutGeneratedIds } from './generatedNames';
import type { AuditItem } from './lighthouseReport';

const SNIPPET_LENGTH = 160;
/** How much of a selector or a piece of HTML is looked at; the expressions take long for hostile texts. Characters. */
const READ = 2_000;

/**
 * Class names that each build or load makes anew: css-1x2y3z, sc-abc, jss12, Button_primary__3kXyz, btn_4c02e. Names by
 * people, such as card__title, have no digit or capital after the underscores.
 */
const generated =
  '(?:css-[\\w-]+|sc-[\\w-]+|jss\\d+|[\\w-]+?__(?=[a-z_-]*[A-Z0-9])[\\w-]{5,}|_[a-z0-9]{5,}_\\d+|' +
  '[A-Za-z][\\w-]*_(?=[a-f]*\\d)(?=\\d*[a-f])[\\da-f]{5,})';
const generatedInSelector = new RegExp(`\\.${generated}(?![\\w-])`, 'g');
const generatedInClasses = new RegExp(`(?<=[\\s"'])${generated}(?:\\s+|(?=["'])|$)`, 'g');

/** Removes from a selector what changes with every build or load. */
export function normalizeSelector(selector: string): string {
  return withoutGeneratedIds(selector.slice(0, READ).replace(generatedInSelector, '')).trim();
}

/** Removes from a piece of HTML what changes with every build or request, and what may be private (values). */
export function normalizeSnippet(snippet: string): string {
  return withoutGeneratedAttributes(snippet.slice(0, READ))
    .replace(/\s(?:value|style|nonce|integrity|data-[\w-]+)(?:=(?:"[^"]*"?|'[^']*'?|[^\s>]+))?/gi, '')
    .replace(/\sclass=(?:"[^"]*"?|'[^']*'?)/gi, (classes) => classes.replace(generatedInClasses, ''))
    .replace(/(["'(=])([^"'()\s?]*)\?[^"'()\s>]*/g, '$1$2')
    .replace(/[.-][0-9a-f]{6,}(?=[.\-"'/ )]|$)/gi, '-HASH')
    .replace(/\d{4,}/g, 'N')
    .slice(0, SNIPPET_LENGTH);
}

/** Path of a resource without origin, query, build hash and long numbers: the same on every machine and build. */
export function normalizeUrl(url: string): string {
  let path = url;
  try {
    path = new URL(url).pathname;
  } catch {
    path = url.split(/[?#]/)[0] ?? url;
  }
  return path.replace(/[.-][0-9a-f]{6,}(?=[.\-/]|$)/gi, '-HASH').replace(/\d{4,}/g, 'N');
}

/** The key of the place that an item names. */
export const keyOfItem = (item: AuditItem): string => occurrenceKey(occurrenceOf(item));

function occurrenceOf(item: AuditItem): Occurrence {
  if (item.selector !== undefined || item.snippet !== undefined) {
    return {
      ...(item.selector !== undefined && { selector: normalizeSelector(item.selector) }),
      ...(item.snippet !== undefined && { snippet: normalizeSnippet(item.snippet) }),
    };
  }
  if (item.url !== undefined) return { url: normalizeUrl(item.url) };
  return { label: (item.label ?? '').slice(0, SNIPPET_LENGTH) };
}

/** The key of a place, the same in each run: the first 8 hex digits of a SHA-256. */
export function occurrenceKey(occurrence: Occurrence): string {
  const { selector, snippet, url, label } = occurrence;
  const identity =
    selector !== undefined || snippet !== undefined ? `${selector ?? ''}\n${snippet ?? ''}` : (url ?? label ?? '');
  return bytesToHex(sha256(utf8ToBytes(identity))).slice(0, 8);
}

/** The places that an audit names, by key. A repeated place is one entry with its count `n`. */
export function occurrencesOf(items: readonly AuditItem[]): Map<string, Occurrence> {
  const found = new Map<string, Occurrence>();
  for (const item of items) {
    const occurrence = occurrenceOf(item);
    const key = occurrenceKey(occurrence);
    const known = found.get(key);
    found.set(key, known ? { ...known, n: (known.n ?? 1) + 1 } : occurrence);
  }
  return new Map([...found].sort(([a], [b]) => byCodeUnit(a, b)));
}
