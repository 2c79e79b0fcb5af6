import { open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { HumanError } from '../core/errors';
import { withFileLock } from './fileLock';
import { keepFromGit, privateFile } from './privateFile';
import { writeError } from './writeError';

/**
 * A table of survey answers on this machine, a row for each. A row is whole on the disk before it counts as stored, and
 * an answer with a known id is not stored again. git never sees the file.
 */
export class AnswersFile {
  private constructor(
    readonly path: string,
    private readonly ids: Set<string>,
  ) {}

  /**
   * Opens the table, and begins it when it is not there. A row that a crash cut off is removed: nobody was told that it
   * had arrived, so it is sent again.
   * @param root no link leads a write out of this folder
   * @throws HumanError `answers-other` when the file has other columns; `write-outside` and others of writing
   */
  static async open(file: string, header: string, root: string): Promise<AnswersFile> {
    const real = await privateFile(file, root);
    return withFileLock(real, async () => {
      const text = await readFile(real, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw writeError(error, real);
      });
      const [first = '', ...rows] = text.replace(/^\ufeff/, '').split('\n');
      const isBegun = text.includes('\n');
      if (isBegun && bare(first) !== bare(header)) throw otherColumns(file);
      const torn = rows.pop() ?? '';
      if (!isBegun) await writeFile(real, `${header}\r\n`).catch((error) => Promise.reject(writeError(error, real)));
      else if (torn !== '') await truncate(real, Buffer.byteLength(text) - Buffer.byteLength(torn));
      await keepFromGit(real);
      return new AnswersFile(real, new Set(rows.flatMap((row) => /^"?([0-9a-f]{32})"?,/.exec(row)?.[1] ?? [])));
    });
  }

  /** How many answers it holds. */
  get count(): number {
    return this.ids.size;
  }

  /**
   * Adds a row unless its id is known.
   * @returns whether it was new
   * @throws HumanError `disk-full` and others of writing; the row is then not there
   */
  async add(id: string, row: string): Promise<boolean> {
    return withFileLock(this.path, async () => {
      if (this.ids.has(id)) return false;
      const before = await stat(this.path).catch(() => undefined);
      try {
        const handle = await open(this.path, 'r+');
        try {
          const bytes = Buffer.from(`${row}\r\n`);
          await handle.write(bytes, 0, bytes.length, before?.size ?? 0);
          await handle.sync();
        } finally {
          await handle.close();
        }
      } catch (error) {
        if (before) await truncate(this.path, before.size).catch(() => {});
        throw writeError(error, this.path);
      }
      this.ids.add(id);
      return true;
    });
  }
}

/** A header without its quotes, which spreadsheets leave out. */
function bare(header: string): string {
  return header.replaceAll('"', '').trim();
}

function otherColumns(file: string): HumanError {
  return new HumanError('record', 'answers-other', {
    what: `${file} holds another table, with other columns.`,
    next: 'Name another folder with --out, or move that file away.',
  });
}
