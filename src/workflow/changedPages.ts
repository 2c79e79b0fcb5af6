import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Measurement, newest } from '../core/audit/measurement';
import type { AuditRecord, Target } from '../core/record/record';
import { usableTargets } from '../core/record/targets';

/** The most files whose times are read of one page. */
const MAX_FILES = 20_000;
const left = new Set(['node_modules', '.git', 'ux-audit']);

/**
 * The pages whose sources changed since their newest measurement, and those that were never measured here. A page's
 * sources are the files that its target names, else the folder that it is served from. A page without either is left
 * out, since nothing tells.
 * @param root the workspace folder
 */
export async function changedPages(
  root: string,
  { targets }: Pick<AuditRecord, 'targets'>,
  latest: readonly Measurement[],
): Promise<string[]> {
  const pages = Object.entries(usableTargets(targets)).filter(([, { path: address }]) => address !== undefined);
  const found: string[] = [];
  for (const [name, target] of pages) {
    const measured = newest(latest.filter((measurement) => measurement.target === name));
    const sources = sourcesOf(target);
    if (!measured || sources.length === 0) {
      if (!measured) found.push(name);
      continue;
    }
    const at = Date.parse(measured.at);
    const folders = sources.map((source) => path.resolve(root, source)).filter((source) => isInside(root, source));
    const times = await Promise.all(folders.map((folder) => changedAfter(folder, at, { files: 0 })));
    if (times.some(Boolean)) found.push(name);
  }
  return found;
}

function sourcesOf({ sources, serve }: Target): string[] {
  if (sources && sources.length > 0) return sources;
  return serve && 'folder' in serve && typeof serve.folder === 'string' ? [serve.folder] : [];
}

function isInside(root: string, file: string): boolean {
  const below = path.relative(root, file);
  return !below.startsWith('..') && !path.isAbsolute(below);
}

/** Whether a file, or one below a folder, was written after a moment. Links are not followed. */
async function changedAfter(name: string, moment: number, seen: { files: number }): Promise<boolean> {
  const entry = await stat(name).catch(() => undefined);
  if (!entry) return false;
  if (!entry.isDirectory()) return entry.mtimeMs > moment;
  for (const child of await readdir(name, { withFileTypes: true }).catch(() => [])) {
    seen.files += 1;
    if (seen.files > MAX_FILES) return true; // rather one audit too many
    if (child.isSymbolicLink() || left.has(child.name)) continue;
    if (await changedAfter(path.join(name, child.name), moment, seen)) return true;
  }
  return false;
}
