import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { newestMeasurements } from '../core/audit/measurement';
import { usageError } from '../core/errors';
import { type JourneyView, journeyView } from '../core/journey/journeyView';
import { imageType } from '../core/record/attachments';
import { listFindings } from '../core/record/listFindings';
import type { ParsedRecord } from '../core/record/parseRecord';
import { isDecided } from '../core/record/record';
import { recordCsv } from '../core/report/csv';
import { recordHtml } from '../core/report/htmlReport';
import { recordSarif, type SarifOptions, type SourceLine } from '../core/report/sarif';
import { inertJson } from '../core/text/inertText';
import { atomicWrite } from '../storage/atomicWrite';
import { withFileLock } from '../storage/fileLock';
import { Git } from '../storage/git';
import { readRegular } from '../storage/readRegular';
import { isWithin, writablePath } from '../storage/writablePath';
import { journeyNames, readJourney } from './readJourney';
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
  /** Leave out what is accepted, no problem, or fixed. */
  openOnly?: boolean | undefined;
}

/** The record as text in another program's format. */
export async function exportText(
  workspace: Workspace,
  all: ParsedRecord,
  format: ExportFormat,
  { title, madeOn, version, byteOrderMark, openOnly }: ExportOptions,
): Promise<string> {
  const parsed = openOnly ? onlyOpen(all) : all;
  switch (format) {
    case 'sarif':
      return `${inertJson(recordSarif(parsed, { version, ...(await linesOf(workspace, parsed)) }), 2)}\n`;
    case 'csv':
      return recordCsv(parsed, { byteOrderMark: byteOrderMark ?? false });
    case 'html':
      return recordHtml(parsed, {
        title,
        madeOn,
        attachments: await attachmentsOf(workspace, parsed),
        journeys: await journeysOf(workspace, parsed, madeOn),
      });
  }
}

/** What may be said of each journey of which something is known. */
async function journeysOf(workspace: Workspace, parsed: ParsedRecord, today: string): Promise<JourneyView[]> {
  const names = await journeyNames(workspace, parsed);
  const read = await Promise.all(names.map((name) => readJourney(workspace, parsed, name, { today })));
  return read.filter(({ runs, figures }) => runs.length + figures.length > 0).map((one) => journeyView(one));
}

function onlyOpen(parsed: ParsedRecord): ParsedRecord {
  const findings = Object.entries(parsed.record.findings).filter(
    ([id, finding]) => !parsed.invalid.has(id) && !isDecided(finding) && finding.state.status !== 'fixed',
  );
  return { ...parsed, record: { ...parsed.record, findings: Object.fromEntries(findings) } };
}

/** The path of the record, and the lines of the places that this machine knows, from the top of the repository. */
async function linesOf(workspace: Workspace, parsed: ParsedRecord): Promise<Omit<SarifOptions, 'version'>> {
  const git = await Git.of(workspace.paths.root);
  const below = (file: string) =>
    git ? git.relative(file) : path.relative(workspace.paths.root, file).replaceAll('\\', '/');
  const { codeMarks } = await import('./codeMarks');
  const latest = newestMeasurements(await workspace.runs.measurements());
  const sources = new Map<string, Map<string, SourceLine>>();
  for (const { finding, occurrence, position } of await codeMarks(workspace, parsed, latest)) {
    const { file, line, column } = position;
    const known = sources.get(finding) ?? new Map<string, SourceLine>();
    if (known.has(occurrence)) continue; // a script has several, and its place one
    sources.set(
      finding,
      known.set(occurrence, { file: await below(path.join(workspace.paths.root, file)), line, column }),
    );
  }
  return { record: await below(workspace.paths.record), sources };
}

/**
 * Writes an export atomically.
 * @throws HumanError `export-onto-record`, or as {@link writablePath} and {@link atomicWrite}
 */
export async function writeExport(workspace: Workspace, file: string, text: string): Promise<void> {
  const full = path.resolve(file);
  const real = await writablePath(full, workspace.paths.root);
  const { record, outcomes, baseline } = workspace.paths;
  for (const own of [record, workspace.record.markdownPath, outcomes, baseline]) {
    if (full !== own && !(await isSameFile(real, own))) continue;
    const what = own === record ? 'the record itself' : `${path.basename(own)}, which belongs to the record`;
    throw usageError('export-onto-record', `${path.basename(file)} is ${what}.`, 'Choose another file.');
  }
  await withFileLock(real, () => atomicWrite(real, text));
}

/** Whether two paths lead to one file, also by a link or in other letters where case does not count. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((file) => stat(file, { bigint: true }).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

const attachmentPattern = /^evidence\/[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:png|jpe?g)$/;
/** A report leaves out larger files. Bytes. */
const MAX_IMAGE = 5 * 1024 * 1024;

/** The attachments that findings name, as data URLs. Leaves out what is missing, no image, or a link elsewhere. */
export async function attachmentsOf(
  workspace: Workspace,
  parsed: Pick<ParsedRecord, 'record' | 'invalid'>,
): Promise<Record<string, string>> {
  const folder = path.dirname(workspace.paths.record);
  const root = await realpath(workspace.paths.root);
  const names = new Set(listFindings(parsed).flatMap(({ evidence = [] }) => evidence));
  const attachments: Record<string, string> = {};
  for (const name of names) {
    if (!attachmentPattern.test(name)) continue;
    const file = await realpath(path.join(folder, name)).catch(() => undefined);
    if (!file || !isWithin(root, file)) continue;
    const bytes = await readRegular(file).catch(() => undefined);
    const type = bytes && bytes.length <= MAX_IMAGE ? imageType(bytes) : undefined;
    if (bytes && type) attachments[name] = `data:${type};base64,${bytes.toString('base64')}`;
  }
  return attachments;
}
