import { type ErrorKind, HumanError } from '../core/errors';
import { decodedText } from '../core/text/decodedText';
import { formatOfText } from './fileFormats';

/** No report nests deeper; what does would exhaust the stack of whoever visits it. */
const MAX_LEVELS = 1_000;

/**
 * The value of a JSON file in UTF-8 or UTF-16, without the fields and entries that are null: programs in other
 * languages write null for what is absent.
 * @param error of a file that is not JSON: its kind, its code, and what to do where the format does not say it
 * @throws HumanError of that kind; it says what the file looks like and what to do with it
 */
export function readJson(
  bytes: Uint8Array,
  name: string,
  { kind, code, next: otherwise }: { kind: ErrorKind; code: string; next: string },
): unknown {
  const text = decodedText(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const { name: format, next } = formatOfText(text, otherwise);
    throw new HumanError(kind, code, { what: `${name} is not valid JSON; it looks like ${format}.`, next }, { cause });
  }
  if (isDeep(value)) {
    throw new HumanError(kind, 'json-deep', {
      what: `${name} nests more than ${MAX_LEVELS} levels, which no report does.`,
      next: 'Save it again with the program it comes from.',
    });
  }
  return withoutNulls(value);
}

function isDeep(root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; depth <= MAX_LEVELS; depth += 1) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.flatMap((entry) => (entry === null ? [] : [withoutNulls(entry)]));
  const fields = Object.entries(value).filter(([key, field]) => field !== null && key !== '__proto__');
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutNulls(field)]));
}
