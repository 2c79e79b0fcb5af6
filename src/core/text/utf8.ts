import { HumanError } from '../errors';

/**
 * The text of a file that UX Audit writes again later: it must be UTF-8, since other bytes would be lost.
 * @param name what the error calls the file
 * @throws HumanError `not-utf8` with the line
 */
export function decodeUtf8(bytes: Uint8Array, name: string): string {
  try {
    return decode(bytes);
  } catch (error) {
    throw new HumanError(
      'record',
      'not-utf8',
      {
        what: `${name}:${firstBadLine(bytes)}: this line is not UTF-8 text.`,
        next: 'Save the file as UTF-8 or restore it from git, then try again; until then it is left as it is.',
      },
      { cause: error },
    );
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** The number of the first line that is not UTF-8. No character of UTF-8 has the byte of a line feed in it. */
function firstBadLine(bytes: Uint8Array): number {
  let number = 1;
  for (let start = 0; ; number += 1) {
    const end = bytes.indexOf(10, start);
    try {
      decode(bytes.subarray(start, end < 0 ? undefined : end));
    } catch {
      return number;
    }
    if (end < 0) return number;
    start = end + 1;
  }
}
