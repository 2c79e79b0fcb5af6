import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { FindingChange } from '../core/audit/applyAudit';
import { type HumanError, usageError } from '../core/errors';
import { applyWalks } from '../core/journey/journeyFindings';
import { stepSummaries } from '../core/journey/journeyRun';
import { readWalkedFile, type WalkedFile } from '../core/journey/walkedFile';
import { attachmentEnding } from '../core/record/attachments';
import { atomicWrite } from '../storage/atomicWrite';
import { Git } from '../storage/git';
import { writeError } from '../storage/writeError';
import { filesOfMachines } from './shards';
import type { Workspace } from './workspace';

/** What walks of a journey saw, apart from the journeys that were to be walked. */
export type Walked = Omit<WalkedFile, 'format' | 'version' | 'commit' | 'journeys'>;

/**
 * Writes what walks saw to the record and the runs of this machine.
 * @param beforeRecord runs before the record is written
 * @throws HumanError `walked-unknown` when the record has no such journey
 */
export async function applyWalked(
  workspace: Workspace,
  { run, formFactor, today, reports, picture: bytes }: Walked,
  beforeRecord?: () => Promise<void>,
): Promise<{ changes: FindingChange[]; warning?: HumanError | undefined }> {
  const taken = bytes === undefined ? undefined : Buffer.from(bytes, 'base64');
  const picture = taken && (await workspace.addAttachment(taken, attachmentEnding(taken)));
  await beforeRecord?.();
  let changes: FindingChange[] = [];
  const { warning } = await workspace.record.update((record) => {
    const { target, environment } = run;
    if (record.targets[target]?.kind !== 'journey') {
      const next = 'Merge in the workspace, and at the commit, in which it was walked.';
      throw usageError('walked-unknown', `The record has no journey named ${target}.`, next);
    }
    const steps = stepSummaries(run);
    const applied = applyWalks(record, { target, environment, formFactor, today, steps, reports, picture });
    changes = applied.changes;
    return applied.record;
  });
  const isKept = (await workspace.journeys.runs()).some(({ id, target }) => id === run.id && target === run.target);
  if (!isKept) await workspace.journeys.addRun(run);
  return { changes, warning };
}

/** What walks of this workspace saw, to be merged. @param journeys all that were to be walked */
export async function walkedFile(workspace: Workspace, walked: Walked, journeys: string[]): Promise<WalkedFile> {
  const git = await Git.of(workspace.paths.root);
  return { format: 'ux-audit/walked', version: 1, commit: (await git?.head()) ?? null, journeys, ...walked };
}

/** Writes what walks saw into a folder. @returns the path of the file */
export async function writeWalked(folder: string, walked: WalkedFile): Promise<string> {
  const { target, environment } = walked.run;
  const name = path.join(folder, `walked-${target}-${environment}-${walked.formFactor}.json`);
  try {
    await mkdir(folder, { recursive: true });
    await atomicWrite(name, `${JSON.stringify(walked)}\n`);
  } catch (error) {
    throw writeError(error, name);
  }
  return name;
}

/** Reads the walks below folders. @throws HumanError `shard-unreadable` */
export async function readWalked(folders: readonly string[]): Promise<WalkedFile[]> {
  const found = await filesOfMachines(folders, /(^|[\\/])walked-[\w.-]+\.json$/, readWalkedFile);
  return found.map(({ file }) => file);
}
