import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Target } from '../core/record/record';
import { pathnameOf, servedFile } from '../engine/servers/servedFile';
import type { WorkspaceFiles } from '../storage/workspaceFiles';

/** What an address without an origin, and one of a server of our own, is relative to. */
const served = 'http://localhost';

/**
 * The file of a served folder that an address on the page means; undefined where no folder is served, and of another
 * site.
 * @param address as the page writes it: a path, or a URL
 * @returns relative to the workspace, with /
 */
export async function servedName(
  files: WorkspaceFiles,
  { serve, path: page = '/' }: Pick<Target, 'serve' | 'path'>,
  address: string,
): Promise<string | undefined> {
  if (!serve || !('folder' in serve) || !URL.canParse(address, `${served}${page}`)) return undefined;
  const { host, pathname: asked } = new URL(address, `${served}${page}`);
  const pathname = host === 'localhost' ? pathnameOf(asked) : undefined;
  const folder = await realpath(path.resolve(await files.root, String(serve.folder))).catch(() => undefined);
  const real = folder === undefined || pathname === undefined ? undefined : await servedFile(folder, pathname);
  return real === undefined ? undefined : files.nameOf(real);
}
