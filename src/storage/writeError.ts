import path from 'node:path';
import { HumanError } from '../core/errors';

/** The code of an error of the system, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/** The error for a file that could not be written. */
export function writeError(error: unknown, file: string): HumanError {
  const name = path.basename(file);
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new HumanError(
        'record',
        'disk-full',
        {
          what: `${name} could not be written: the disk is full. The old file is untouched.`,
          next: 'Free some space and try again.',
        },
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HumanError(
        'record',
        'record-read-only',
        {
          what: `${name} could not be written: it or its folder is read-only.`,
          next: `Make ${path.dirname(file)} writable and try again.`,
        },
        { cause: error },
      );
    default:
      return new HumanError(
        'record',
        'record-not-written',
        {
          what: `${name} could not be written: ${error instanceof Error ? error.message : String(error)}`,
          next: 'Try again; the old file is untouched.',
        },
        { cause: error },
      );
  }
}
