import type { Measurement } from '../../core/audit/measurement';
import type { HumanError } from '../../core/errors';
import type { ParsedRecord } from '../../core/record/parseRecord';
import { type Finding, findingSchema } from '../../core/record/record';
import type { Workspace } from '../workspace';

/** The record of one workspace folder as pages show it. */
export interface OpenRecord {
  readonly workspace: Workspace;
  /** The last state that could be read. */
  readonly parsed: ParsedRecord;
  /** Why the file cannot be read now. Then `parsed` is stale. */
  readonly error: HumanError | undefined;
  /** The newest measurement of each target, environment and form factor on this machine. */
  readonly latest: readonly Measurement[];
}

/** The address at which a page can load a file of the record's folder, such as an attachment. */
export type FileUrl = (file: string) => string;

/** The addresses of the attachments that exist, by their path in the record. */
export async function attachmentUrls(
  { workspace }: OpenRecord,
  findings: readonly Finding[],
  fileUrl: FileUrl,
): Promise<Record<string, string>> {
  const files = findings.flatMap(({ evidence = [] }) => evidence);
  return pictureUrls(workspace, files, fileUrl);
}

/** The addresses of the files beside the record that exist, by their paths. */
export async function pictureUrls(
  workspace: Workspace,
  files: readonly string[],
  fileUrl: FileUrl,
): Promise<Record<string, string>> {
  const there = new Set(await workspace.attachments());
  return Object.fromEntries(files.filter((file) => there.has(file)).map((file) => [file, fileUrl(file)]));
}

/** A finding; undefined when there is none that can be read. */
export function readableFinding(
  { record, invalid }: Pick<ParsedRecord, 'record'> & Partial<ParsedRecord>,
  id: string,
): Finding | undefined {
  if (invalid?.has(id)) return undefined;
  const finding = Object.hasOwn(record.findings, id) ? record.findings[id] : undefined;
  return finding && findingSchema.safeParse(finding).success ? finding : undefined;
}
