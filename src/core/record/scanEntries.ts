/** What JSON.parse does not tell about a text that it accepts. Lines count from 1. */
export interface Scan {
  /** The first key that occurs twice in one object. JSON.parse silently takes the last. */
  duplicate: { key: string; line: number } | undefined;
  /** The line where more than {@link MAX_DEPTH} objects and lists are open, if there is one. */
  tooDeepAt: number | undefined;
  /** The line of each entry's key; of a login and a setting, `logins.` and `settings.` stand before it. */
  lineOf: Map<string, number>;
}

/** How deep our files may be nested. A record needs 7; what reads and writes them is recursive. */
export const MAX_DEPTH = 100;

/** Sections whose keys are told apart from those of entries. */
const named = new Set(['logins', 'settings']);

const QUOTE = 34;
const BACKSLASH = 92;
const NEWLINE = 10;
const COLON = 58;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;

/**
 * Scans JSON once, also one that is cut off. A general parser with callbacks took seven times as long on ten thousand
 * findings.
 */
export function scanEntries(text: string, sections: ReadonlySet<string>): Scan {
  const lineOf = new Map<string, number>();
  /** The keys of each open object; undefined for an open array. */
  const open: (Set<string> | undefined)[] = [];
  let section = '';
  let line = 1;
  let duplicate: Scan['duplicate'];
  let tooDeepAt: number | undefined;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case NEWLINE:
        line += 1;
        break;
      case OPEN_OBJECT:
        open.push(new Set());
        if (open.length > MAX_DEPTH) tooDeepAt ??= line;
        break;
      case OPEN_ARRAY:
        open.push(undefined);
        if (open.length > MAX_DEPTH) tooDeepAt ??= line;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        open.pop();
        break;
      case QUOTE: {
        let end = text.indexOf('"', at + 1);
        while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
        if (end < 0) return { duplicate, tooDeepAt, lineOf }; // the text is cut off
        if (isKey(text, end + 1)) {
          const raw = text.slice(at + 1, end);
          const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
          const keys = open.at(-1);
          if (keys?.has(key)) duplicate ??= { key, line };
          keys?.add(key);
          if (open.length === 1) section = key;
          else if (open.length === 2 && named.has(section)) lineOf.set(`${section}.${key}`, line);
          else if (open.length === 2 && sections.has(section)) lineOf.set(key, line);
        }
        at = end;
        break;
      }
    }
  }
  return { duplicate, tooDeepAt, lineOf };
}

/** Whether a quote is escaped: an odd number of backslashes precedes it. */
function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  for (let at = quote - 1; text.charCodeAt(at) === BACKSLASH; at -= 1) backslashes += 1;
  return backslashes % 2 === 1;
}

/** Whether a string that ends before `at` is a key: a colon follows. */
function isKey(text: string, at: number): boolean {
  for (let next = at; next < text.length; next += 1) {
    const code = text.charCodeAt(next);
    if (code === COLON) return true;
    if (code !== 32 && code !== NEWLINE && code !== 13 && code !== 9) return false;
  }
  return false;
}
