import path from 'node:path';
import type * as z from 'zod/mini';
import { HumanError, isHumanError } from '../core/errors';
import { byCodeUnit } from '../core/record/canonicalText';
import { ensureNoLfsPointer } from '../core/record/lfsPointer';
import { MAX_DEPTH, scanEntries } from '../core/record/scanEntries';
import { inertJson } from '../core/text/inertText';
import { decodeUtf8 } from '../core/text/utf8';
import { ensureAbsent } from './absentFile';
import { atomicWrite } from './atomicWrite';
import { withFileLock } from './fileLock';
import { readRegular } from './readRegular';
import { ensureGitFiles } from './workspacePaths';
import { writableFolder, writablePath } from './writablePath';

type Versioned = { schemaVersion: number };

/**
 * A committed JSON file of named values beside the record (`outcomes.json`, `measurements.json`): read strictly,
 * written atomically under a lock, with a value on each line so that branches merge. Never overwrites a file that it
 * cannot read.
 */
export class ValuesFile<T extends Versioned> {
  /**
   * @param depth how many levels of objects have each entry on its own line
   * @param root no link leads a write out of this folder
   */
  constructor(
    readonly path: string,
    private readonly schema: z.ZodMiniType<T>,
    private readonly empty: T,
    private readonly depth: number,
    private readonly root: string,
  ) {}

  /** Reads the file; a missing one is empty. @throws HumanError of kind `record` that names file, place and remedy */
  async read(): Promise<T> {
    return this.parse(await this.text());
  }

  /** Applies a change to what is on disk now. @returns whether the file was written */
  async update(change: (values: T) => T): Promise<boolean> {
    const file = await writablePath(this.path, this.root);
    return withFileLock(file, async () => {
      const before = await this.text();
      const changed = change(this.parse(before));
      const text = `${linesText(changed, this.depth)}\n`;
      if (text === before.replaceAll('\r\n', '\n')) return false;
      this.parse(text); // never writes what it could not read again
      await ensureGitFiles(await writableFolder(path.dirname(this.path), this.root));
      await atomicWrite(file, text);
      return true;
    });
  }

  private async text(): Promise<string> {
    try {
      return decodeUtf8(await readRegular(this.path), path.basename(this.path));
    } catch (error) {
      if (isHumanError(error)) throw error;
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        await ensureAbsent(this.path);
        return '';
      }
      throw this.error(
        'values-unreadable',
        `could not be read: ${(error as Error).message}`,
        'Check its permissions, then try again.',
      );
    }
  }

  /** Parses a text of the file, also one from git. @throws HumanError of kind `record` */
  parse(text: string): T {
    if (text.trim() === '') return this.empty;
    ensureNoLfsPointer(text, path.basename(this.path));
    if (/^(<{7}|={7}|>{7})(?: |\r?$)/m.test(text)) {
      throw this.error(
        'values-conflict',
        'has an unresolved merge conflict.',
        'Keep one side of each conflict (every line is a value of its own), then try again.',
      );
    }
    let value: unknown;
    try {
      value = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch (error) {
      throw this.error(
        'values-invalid',
        `is not valid JSON (${(error as Error).message}).`,
        'Fix it or restore it from git, then try again.',
      );
    }
    const { tooDeepAt } = scanEntries(text, new Set());
    if (tooDeepAt !== undefined) {
      throw this.error(
        'values-invalid',
        `has more than ${MAX_DEPTH} objects and lists nested at line ${tooDeepAt}.`,
        'Fix it or restore it from git, then try again.',
      );
    }
    const version = (value as Versioned | null)?.schemaVersion;
    if (typeof version === 'number' && version > this.empty.schemaVersion) {
      throw this.error(
        'values-newer',
        `was written by a newer UX Audit (schemaVersion ${version}).`,
        'Update UX Audit; until then the file is left as it is.',
      );
    }
    const result = this.schema.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const place = issue?.path.length ? ` at ${issue.path.map(String).join(' › ')}` : '';
    throw this.error(
      'values-invalid',
      `is not as it must be${place}: ${issue?.message ?? 'not valid'}.`,
      'Fix that place or restore the file from git, then try again.',
    );
  }

  private error(code: string, what: string, next: string): HumanError {
    return new HumanError('record', code, { what: `${path.basename(this.path)} ${what}`, next });
  }
}

/** JSON with sorted keys. Objects down to `depth` have each entry on its own line; deeper ones are one line. */
export function linesText(value: unknown, depth: number, indent = ''): string {
  if (Array.isArray(value)) return `[${value.map((entry) => linesText(entry, 0)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return inertJson(value);
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => byCodeUnit(a, b));
  if (entries.length === 0) return '{}';
  const inner = `${indent}  `;
  const texts = entries.map(([key, entry]) => `${inertJson(key)}: ${linesText(entry, depth - 1, inner)}`);
  return depth > 0 ? `{\n${inner}${texts.join(`,\n${inner}`)}\n${indent}}` : `{ ${texts.join(', ')} }`;
}
