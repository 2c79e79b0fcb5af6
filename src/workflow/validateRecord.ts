import { access } from 'node:fs/promises';
import path from 'node:path';
import type { EntryError } from '../core/record/parseRecord';
import type { AuditRecord } from '../core/record/record';
import { listChecklists, picturesOf } from './checklists';
import { emptyGroups } from './groups';
import type { Workspace } from './workspace';

/** What is wrong with an entry, or wants to be looked at. */
export interface RecordProblem extends EntryError {
  /** Whether its acceptance ran out, which is no fault of the file. */
  ranOut?: true;
}

/** The errors and notes of a record that can be read. */
export interface Validation {
  record: AuditRecord;
  problems: RecordProblem[];
  /** What is valid and may not do what was meant. */
  warnings: EntryError[];
  /** Attachments that no finding names. They are listed, never deleted. */
  orphans: string[];
  /** Whether the Markdown copy is that of the record; git merges the two apart. */
  isMarkdownCurrent: boolean;
}

/**
 * Checks a record's schema and references, and looks for missing attachments, expired acceptances and groups without
 * a page.
 * @param today YYYY-MM-DD
 * @throws HumanError of kind `record` when the file cannot be read at all
 */
export async function validateRecord(workspace: Workspace, today: string): Promise<Validation> {
  const { record, problems, lineOf, invalid } = await workspace.record.read();
  const folder = path.dirname(workspace.paths.record);
  const named = new Set<string>();
  const found: RecordProblem[] = [...problems];
  for (const [key, finding] of Object.entries(record.findings)) {
    if (invalid.has(key)) continue;
    const line = lineOf.get(key) ?? 1;
    for (const file of finding.evidence ?? []) {
      named.add(file);
      const isThere = await access(path.join(folder, file)).then(
        () => true,
        () => false,
      );
      if (!isThere) found.push({ line, key, message: `its evidence ${file} is missing` });
    }
    const { status, until } = finding.state;
    if (status === 'accepted' && until !== undefined && until < today) {
      const message = `its acceptance ran out on ${until}; the next audit reopens it`;
      found.push({ line, key, message, ranOut: true });
    }
  }
  const attachments = await workspace.attachments();
  for (const { checklist } of await listChecklists(workspace)) {
    for (const file of checklist ? picturesOf(checklist) : []) named.add(file);
  }
  const key = 'settings.groups';
  const warnings = problems.some((problem) => problem.key === key) ? [] : emptyGroups(record);
  return {
    record,
    warnings: warnings.map((message) => ({ line: lineOf.get(key) ?? 1, key, message })),
    problems: found.sort((a, b) => a.line - b.line),
    orphans: attachments.filter((file) => !named.has(file)),
    isMarkdownCurrent: await workspace.record.isMarkdownCurrent(),
  };
}
