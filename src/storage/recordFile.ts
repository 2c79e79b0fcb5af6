import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { HumanError, isHumanError, toHumanError } from '../core/errors';
import { canonicalText, type EntryTexts } from '../core/record/canonicalText';
import { type ParsedRecord, parseRecord, revalidate } from '../core/record/parseRecord';
import type { AuditRecord } from '../core/record/record';
import { findingsMarkdown } from '../core/report/findingsMarkdown';
import { decodeUtf8 } from '../core/text/utf8';
import { ensureAbsent } from './absentFile';
import { atomicWrite, ensureReplaceable } from './atomicWrite';
import { existingFolder } from './existingFolder';
import { withFileLock } from './fileLock';
import { readRegular } from './readRegular';
import { ensureGitFiles, ensureMarkdownAttributes } from './workspacePaths';
import { writableFolder, writablePath } from './writablePath';
import { writeError } from './writeError';

/** The result of a change of the record. */
export interface RecordUpdate {
  record: AuditRecord;
  written: boolean;
  /** Why the files beside the record (findings.md, git's files) were not written, though the record was. */
  warning?: HumanError;
}

/** The record on disk. Every change applies to what is on disk at that moment, so that nobody's work is lost. */
export class RecordFile {
  /** What was last read or written, so that a large record is not parsed again while its text is the same. */
  private known?: { text: string; parsed: ParsedRecord };
  private readonly texts: EntryTexts = new WeakMap();

  /** @param root no link leads a write out of this folder; the record's own when left out */
  constructor(
    readonly path: string,
    private readonly root?: string,
  ) {}

  /**
   * Reads the record. A missing file is an empty record.
   * @throws HumanError of kind `record` that names file, line and remedy
   */
  async read(): Promise<ParsedRecord> {
    return this.parsed(await this.text());
  }

  async exists(): Promise<boolean> {
    return isThere(this.path);
  }

  /**
   * Applies a change to the record: locks, reads again, changes, writes atomically. Writes nothing when the content
   * stays the same or the file cannot be read.
   *
   * @param change returns the new record; it may return its argument
   * @returns the record as it is now, and whether the file was written
   * @throws HumanError of kind `record`; the file is then unchanged
   */
  async update(change: (record: AuditRecord) => AuditRecord): Promise<RecordUpdate> {
    const file = await this.writable();
    return withFileLock(file, async () => {
      const before = await this.text();
      const { record, invalid } = this.parsed(before);
      const changed = change(record);
      if (changed === record) return { record, written: false };
      const text = canonicalText(changed, this.texts);
      if (text === withoutCarriageReturns(before)) return { record: changed, written: false };
      const parsed = revalidate(changed, text, path.basename(this.path));
      const broken = [...parsed.invalid].find((key) => !invalid.has(key));
      if (broken !== undefined) {
        const { message } = parsed.problems.find(({ key }) => key === broken) ?? { message: 'not valid' };
        throw new HumanError('record', 'record-would-break', {
          what: `"${broken}" would not be a valid entry (${message}), so nothing was written.`,
          next: 'Choose another value.',
        });
      }
      const bytes = before.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
      await atomicWrite(file, bytes);
      this.known = { text: bytes, parsed };
      const warning = await this.writeBeside(changed, parsed.invalid);
      return { record: changed, written: true, ...(warning && { warning }) };
    });
  }

  /**
   * Finds out before long work whether its result could be written. Leaves nothing behind.
   * @throws HumanError `record-read-only`, `record-locked`, `disk-full`, `write-outside` and others of kind `record`
   */
  async ensureWritable(): Promise<void> {
    const file = await this.writable();
    try {
      const folder = path.dirname(file);
      const there = (await existingFolder(folder)).folder;
      if (there === folder) return await withFileLock(file, () => ensureReplaceable(file));
      await access(there, constants.W_OK);
    } catch (error) {
      throw isHumanError(error) ? error : writeError(error, file);
    }
  }

  private writable(file = this.path): Promise<string> {
    return writablePath(file, this.root);
  }

  private parsed(text: string): ParsedRecord {
    if (this.known?.text !== text) this.known = { text, parsed: parseRecord(text, path.basename(this.path)) };
    return this.known.parsed;
  }

  /** The path of the Markdown copy for readers without the extension. */
  get markdownPath(): string {
    return this.path.replace(/(\.json)?$/, '.md');
  }

  /**
   * Replaces a file in conflict by the merged record, and keeps the old text beside it (`.orig`).
   * @param expected the text of the file when the merge was made
   * @returns why the files beside the record were not written, though the record was
   * @throws HumanError `record-changed` when it has changed since
   */
  async replace(expected: string, record: AuditRecord): Promise<HumanError | undefined> {
    const file = await this.writable();
    return withFileLock(file, async () => {
      const before = await this.text();
      if (before !== expected) {
        throw new HumanError('record', 'record-changed', {
          what: `${path.basename(this.path)} has changed while it was being merged.`,
          next: 'Merge again.',
        });
      }
      await atomicWrite(await this.writable(`${this.path}.orig`), before);
      const text = canonicalText(record);
      const { invalid } = parseRecord(text, path.basename(this.path)); // never replaces a broken file by another one
      await atomicWrite(file, text);
      return this.writeBeside(record, invalid);
    });
  }

  /** Whether the Markdown copy is that of the record; also when there is none of either. */
  async isMarkdownCurrent(): Promise<boolean> {
    if (!(await isThere(this.path)) || !(await isThere(this.markdownPath))) return true;
    return (await this.markdownTo(await this.read())) === undefined;
  }

  /**
   * Writes the Markdown copy anew when it is not that of the record, such as after a merge by git.
   * @returns whether it was written
   * @throws HumanError of kind `record`
   */
  async refreshMarkdown(): Promise<boolean> {
    if (await this.isMarkdownCurrent()) return false;
    return withFileLock(await this.writable(), async () => {
      const parsed = await this.read();
      return this.writeMarkdown(parsed);
    });
  }

  /** The text that the Markdown copy should have; undefined when it has it, or there should be none. */
  private async markdownTo(parsed: Pick<ParsedRecord, 'record' | 'invalid'>): Promise<string | undefined> {
    if (parsed.record.settings?.markdown === false) return undefined;
    const text = findingsMarkdown(parsed);
    const before = await readRegular(this.markdownPath).then(String, () => '');
    return withoutCarriageReturns(before) === text ? undefined : text;
  }

  /** The path of git's attributes beside the record. */
  get attributesPath(): string {
    return path.join(path.dirname(this.path), '.gitattributes');
  }

  /**
   * Writes git's files beside the record where they are missing, and what those of earlier versions lack.
   * @returns whether git was told of the Markdown copy
   * @throws HumanError of kind `record`
   */
  async ensureGitFiles(): Promise<boolean> {
    const folder = await writableFolder(path.dirname(this.path), this.root);
    await ensureGitFiles(folder);
    return ensureMarkdownAttributes(path.join(folder, '.gitattributes'), this.markdownPath);
  }

  private async writeBeside(record: AuditRecord, invalid: ReadonlySet<string>): Promise<HumanError | undefined> {
    try {
      await this.ensureGitFiles();
      await this.writeMarkdown({ record, invalid });
      return undefined;
    } catch (error) {
      return toHumanError(error);
    }
  }

  private async writeMarkdown(parsed: Pick<ParsedRecord, 'record' | 'invalid'>): Promise<boolean> {
    const text = await this.markdownTo(parsed);
    if (text !== undefined) await atomicWrite(await this.writable(this.markdownPath), text);
    return text !== undefined;
  }

  /**
   * The text of the file; empty when there is none.
   * @throws HumanError `record-unreadable`, `not-utf8`; `not-checked-out` when git keeps it out of the folder
   */
  async text(): Promise<string> {
    try {
      return decodeUtf8(await readRegular(this.path), path.basename(this.path));
    } catch (error) {
      if (isHumanError(error)) throw error;
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        await ensureAbsent(this.path);
        return '';
      }
      throw new HumanError(
        'record',
        'record-unreadable',
        {
          what: `${path.basename(this.path)} could not be read: ${(error as Error).message}`,
          next: 'Check the file and its permissions, then try again.',
        },
        { cause: error },
      );
    }
  }
}

/** Whether there is a file or folder. */
export async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function withoutCarriageReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
