import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isWithin } from '../../storage/writablePath';

/** Whether a path has a hidden part, such as `.env` or `.git`; `.well-known` is there to be served (RFC 8615). */
function isHidden(relative: string): boolean {
  return relative.split(/[\\/]/).some((part) => part.startsWith('.') && part !== '.well-known');
}

/** The decoded path that a request asks for; undefined when it is none. */
export function pathnameOf(url: string): string | undefined {
  try {
    const pathname = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return pathname.includes('\0') ? undefined : pathname;
  } catch {
    return undefined;
  }
}

/**
 * The file of a served folder that an address means: regular, not hidden, and that no link leads out of the folder.
 * @param root a real path
 * @param pathname from {@link pathnameOf}
 * @returns its real path; undefined when nothing is served there
 */
export async function servedFile(root: string, pathname: string): Promise<string | undefined> {
  if (isHidden(pathname)) return undefined;
  const asked = path.join(root, pathname);
  const names = pathname.endsWith('/') ? [] : ['', '.html', '.htm'].map((ending) => `${asked}${ending}`);
  for (const name of [...names, path.join(asked, 'index.html')]) {
    const real = await realpath(name).catch(() => undefined);
    if (real === undefined || !isWithin(root, real) || isHidden(path.relative(root, real))) continue;
    if ((await stat(real).catch(() => undefined))?.isFile()) return real;
  }
  return undefined;
}
