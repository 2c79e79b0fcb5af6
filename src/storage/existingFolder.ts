import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** The nearest folder at or above this one that exists; its real path. */
export async function existingFolder(folder: string): Promise<{ folder: string; missing: string }> {
  for (let [at, missing] = [path.resolve(folder), '']; ; ) {
    const real = await realpath(at).catch(() => undefined);
    if (real !== undefined || path.dirname(at) === at) return { folder: real ?? at, missing };
    missing = path.join(path.basename(at), missing);
    at = path.dirname(at);
  }
}
