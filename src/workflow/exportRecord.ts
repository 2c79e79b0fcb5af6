import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { HumanError } from '../core/errors';
import { imageType } from '../core/record/attachments';
import { listFindings } from '../core/record/listFindings';
import type { ParsedRecord } from '../core/record/parseRecord';
import { recordCsv } from '../core/report/csv';
import { recordHtml } from '../core/report/htmlReport';
import { recordSarif } from '../core/report/sarif';
import { atomicWrite } from '../storage/atomicWrite';
import { withFileLock } from '../storage/fileLock';
import type { Workspace } from './workspace';

export type ExportFormat = 'sarif' | 'csv' | 'html';

export interface ExportOptions {
  /** Heading of the HTML report. */
  title: string;
  /** The day of the export, YYYY-MM-DD. */
  madeOn: string;
  /** The version of this program. */
  version: string;
  byteOrderMark?: boolean | undefined;
}

/** The record as text in another program's format. */
export async function exportText(
  workspace: Workspace,
  parsed: ParsedRecord,
  format: ExportFormat,
  { title, madeOn, version, byteOrderMark }: ExportOptions,
): Promise<string> {
  switch (format) {
    case 'sarif':
      return `${JSON.stringify(recordSarif(parsed, { version }), null, 2)}\n`;
    case 'csv':
      return recordCsv(parsed, { byteOrderMark: byteOrderMark ?? false });
    case 'html':
      return recordHtml(parsed, { title, madeOn, attachments: await attachmentsOf(workspace, parsed) });
  }
}

/**
 * Writes an export atomically.
 * @throws HumanError `export-onto-record`, or as {@link atomicWrite}
 */
export async function writeExport(workspace: Workspace, file: string, text: string): Promise<void> {
  const full = path.resolve(file);
  if (full === workspace.paths.record || full === workspace.record.markdownPath) {
    throw new HumanError('usage', 'export-onto-record', {
      what: `${path.basename(file)} is the record itself.`,
      next: 'Choose another file.',
    });
  }
  await mkdir(path.dirname(full), { recursive: true });
  await withFileLock(full, () => atomicWrite(full, text));
}

const attachmentPattern = /^evidence\/[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:png|jpe?g)$/;
/** A report leaves out larger files. Bytes. */
const MAX_IMAGE = 5 * 1024 * 1024;

/** The attachments that findings name, as data URLs. Leaves out a file that is missing or not an image. */
async function attachmentsOf(workspace: Workspace, parsed: ParsedRecord): Promise<Record<string, string>> {
  const folder = path.dirname(workspace.paths.record);
  const names = new Set(listFindings(parsed).flatMap(({ evidence = [] }) => evidence));
  const attachments: Record<string, string> = {};
  for (const name of names) {
    if (!attachmentPattern.test(name)) continue;
    const bytes = await readFile(path.join(folder, name)).catch(() => undefined);
    const type = bytes && bytes.length <= MAX_IMAGE ? imageType(bytes) : undefined;
    if (bytes && type) attachments[name] = `data:${type};base64,${bytes.toString('base64')}`;
  }
  return attachments;
}
