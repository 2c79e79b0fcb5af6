import { HumanError } from '../core/errors';

/** The error of a file that somebody else has changed since it was read. Nothing was written. */
export class ChangedMeanwhile extends HumanError {
  constructor(file: string) {
    super('record', 'record-changed', {
      what: `${file.slice(file.lastIndexOf('/') + 1)} was changed by somebody else meanwhile, so nothing was written.`,
      next: 'Try again.',
    });
  }
}

/** What was read of a file: its bytes, or undefined where there was none. */
type Read = { bytes: Uint8Array | undefined };

/** What was read last of each file whose lock is held; undefined until it is read. */
const held = new Map<string, Read | undefined>();

/** Runs `work` and remembers what it reads of the file. */
export async function holding<T>(file: string, work: () => Promise<T>): Promise<T> {
  held.set(file, undefined);
  try {
    return await work();
  } finally {
    held.delete(file);
  }
}

/** Tells what was read, or written, of a file. */
export function remember(file: string, bytes: Uint8Array | undefined): void {
  if (held.has(file)) held.set(file, { bytes });
}

/**
 * Makes sure that a file is still as it was when it was read.
 * @param now its bytes, or undefined where there is none
 * @throws ChangedMeanwhile
 */
export function ensureUnchanged(file: string, now: Uint8Array | undefined): void {
  const read = held.get(file);
  if (read && !isSame(read.bytes, now)) throw new ChangedMeanwhile(file);
}

function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
