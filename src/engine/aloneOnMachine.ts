import os from 'node:os';
import path from 'node:path';
import { cancelled, isHumanError } from '../core/errors';
import { withFileLock } from '../storage/fileLock';
import type { Control } from './engineControl';
import { noTemporaryFolder } from './engineErrors';

/** Does work while no other window or terminal of this machine measures. */
export async function aloneOnMachine<T>(
  { signal, onProgress }: Pick<Control, 'signal' | 'onProgress'>,
  runs: number,
  work: () => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw cancelled();
  const onWait = () => onProgress?.({ phase: 'waiting', run: 1, runs, repeated: false });
  const options = { onWait, giveUpAfter: Number.POSITIVE_INFINITY, ...(signal && { signal }) };
  return withFileLock(measuringLock(), work, options).catch((error: unknown) => {
    throw isHumanError(error) && error.kind === 'record' ? noTemporaryFolder(error) : error;
  });
}

/** The lock with which windows and terminals of this machine measure one page at a time. */
function measuringLock(): string {
  return path.join(os.tmpdir(), `ux-audit-measuring-${process.getuid?.() ?? 'user'}`, 'machine');
}
