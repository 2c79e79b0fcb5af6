import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { applyAudit, type FindingChange } from '../core/audit/applyAudit';
import { mergeShards, readShardFile, type Shard, type ShardFile, type ShardSet, unitOf } from '../core/audit/shards';
import { HumanError } from '../core/errors';
import type { AuditRecord } from '../core/record/record';
import { atomicWrite } from '../storage/atomicWrite';
import { Git } from '../storage/git';
import { readRegular } from '../storage/readRegular';
import { writeError } from '../storage/writeError';
import { type AuditPlan, learned, type PageResult } from './auditPages';
import { localDate } from './localDate';
import type { Workspace } from './workspace';

/** The units of a plan, in the order in which one machine audits them. */
export function unitsOf({ pages, formFactors }: Pick<AuditPlan, 'pages' | 'formFactors'>): string[] {
  return pages.flatMap(({ target, environment }) =>
    formFactors.map((formFactor) => unitOf({ target, environment, formFactor })),
  );
}

/** What a shard measured, to be merged. */
export async function shardFile(
  workspace: Workspace,
  plan: AuditPlan,
  { index, of }: Shard,
  results: readonly PageResult[],
): Promise<ShardFile> {
  const { pages: _, formFactors: __, credentials: ___, shard: ____, ...settings } = plan;
  const git = await Git.of(workspace.paths.root);
  const commit = (await git?.head()) ?? null;
  const measured = results.flatMap(({ measurement }) => measurement ?? []);
  const unit = ({ page, formFactor }: PageResult) => unitOf({ ...page, formFactor });
  return {
    format: 'ux-audit/shard',
    version: 1,
    of,
    shards: [index],
    same: {
      commit,
      lighthouse: measured[0]?.lighthouseVersion ?? '',
      settings: createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 12),
    },
    units: unitsOf(plan),
    sets: results.flatMap((result): ShardSet[] => {
      const { page, formFactor, measurement, report, results: audits, notMeasured } = result;
      if (!measurement || !report || !audits) return [];
      const { target, environment, learn } = page;
      const about = { unit: unit(result), target, environment, formFactor, today: localDate(new Date(measurement.at)) };
      return [{ ...about, ...(learn && { learn }), measurement, report, results: audits, notMeasured }];
    }),
    failed: results.flatMap((result) => (result.error ? [{ unit: unit(result), what: result.error.message }] : [])),
  };
}

/** Writes a shard's file into a folder. @returns its path */
export async function writeShard(folder: string, file: ShardFile): Promise<string> {
  const name = path.join(folder, `shard-${rangesOf(file.shards)}-of-${file.of}.json`);
  try {
    await mkdir(folder, { recursive: true });
    await atomicWrite(name, `${JSON.stringify(file)}\n`);
  } catch (error) {
    throw writeError(error, name);
  }
  return name;
}

/** `1-3_7` of 1, 2, 3 and 7; what is longer than a name of a file may be is cut, since the file says it too. */
function rangesOf(shards: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const shard of shards) {
    const open = ranges.at(-1);
    if (open && open[1] === shard - 1) open[1] = shard;
    else ranges.push([shard, shard]);
  }
  return ranges
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join('_')
    .slice(0, 100);
}

/** Reads the shards below folders, and merges them; undefined: there is none. @throws HumanError as mergeShards */
export async function readShards(folders: readonly string[]): Promise<ShardFile | undefined> {
  const found = await filesOfMachines(folders, /(^|[\\/])shard-[\d_-]+-of-\d+\.json$/, readShardFile);
  const names = found.map(({ name }) => name);
  return found.length > 0
    ? mergeShards(
        found.map(({ file }) => file),
        names,
      )
    : undefined;
}

/** Reads the files of a kind that machines wrote below folders. @throws HumanError `shard-unreadable` */
export async function filesOfMachines<File>(
  folders: readonly string[],
  pattern: RegExp,
  read: (given: unknown) => File,
): Promise<{ name: string; file: File }[]> {
  const files: { name: string; file: File }[] = [];
  for (const folder of folders) {
    const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? missing(folder) : unreadable(folder, error.message);
    });
    for (const name of names.filter((one) => pattern.test(one)).sort()) {
      const given = path.join(folder, name);
      try {
        files.push({ name: given, file: read(JSON.parse(String(await readRegular(given)))) });
      } catch (error) {
        throw unreadable(given, (error as Error).message);
      }
    }
  }
  return files;
}

function missing(folder: string): HumanError {
  const what = `The folder ${folder} is not there.`;
  return new HumanError('usage', 'shard-unreadable', { what, next: 'Give the folders that --out wrote, as they are.' });
}

function unreadable(file: string, why: string): HumanError {
  const what = `${file} could not be read as what a machine measured: ${why}`;
  return new HumanError('usage', 'shard-unreadable', { what, next: 'Download it again, or run its shard again.' });
}

/**
 * Writes what shards measured to the record and the runs of this machine, as if this machine had measured it. What no
 * shard measured changes nothing.
 */
export async function applyShards(workspace: Workspace, { sets }: ShardFile): Promise<FindingChange[]> {
  for (const { measurement, report, results, notMeasured } of sets) {
    const isKept = (await workspace.runs.ids(measurement.target)).includes(measurement.id); // merged before
    if (!isKept) await workspace.runs.add({ measurement, report, results, notMeasured }, []);
  }
  let changes: FindingChange[] = [];
  await workspace.record.update((record) => {
    changes = [];
    return sets.reduce((known, set) => {
      const applied = appliedSet(known, set);
      changes.push(...applied.changes);
      return applied.record;
    }, record);
  });
  return changes;
}

function appliedSet(record: AuditRecord, set: ShardSet): { record: AuditRecord; changes: FindingChange[] } {
  const { target, environment, learn, measurement } = set;
  const known = learned(record, { target, environment, url: measurement.requestedUrl, ...(learn && { learn }) });
  return measurement.redirectedTo === undefined ? applyAudit(known, set) : { record, changes: [] };
}
