import type { FindingChange } from '../core/audit/applyAudit';
import { REMOVED_METRICS } from '../core/audit/clockAudits';
import { notMeasuredUnits, type ShardFile } from '../core/audit/shards';
import { exitCodes, usageError } from '../core/errors';
import { mergeWalked, notWalked } from '../core/journey/walkedFile';
import { changesText } from '../core/report/changesText';
import { counted } from '../core/text/counted';
import { fewText } from '../core/text/firstFew';
import { inertLine } from '../core/text/inertText';
import { applyShards, readShards, writeShard } from '../workflow/shards';
import { applyWalked, readWalked, writeWalked } from '../workflow/walkedFiles';
import type { Workspace } from '../workflow/workspace';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

/** How many pages that were not measured are named. */
const NAMED = 10;

export function mergeRunsCommand(done: (code: number) => void) {
  return recordCommand(
    'merge-runs',
    'put together what several machines measured (audit and journey run with --out), and record it once',
  )
    .argument('<folder...>', 'the folders that --out wrote, or one folder above them')
    .option('--out <folder>', 'write one file for a further merge; the record stays as it is')
    .option(
      '--json',
      'print JSON: { shards, of, sets, missing, notMeasured, failed: [{ unit, what }], journeys, changes }',
    )
    .action(async (folders, { out, json, ...flags }) => {
      const workspace = workspaceOf(flags);
      const [merged, all] = [await readShards(folders), await readWalked(folders)];
      if (!merged && all.length === 0)
        throw usageError('shards-none', 'There is nothing to merge.', 'Give the folders that --out wrote.');
      const walks = mergeWalked(all, merged?.same.commit);
      const { missing, units } = merged ? notMeasuredUnits(merged) : { missing: [], units: [] };
      const file = merged && out !== undefined ? await writeShard(out, merged) : undefined;
      const changes = merged && out === undefined ? await applyShards(workspace, merged) : [];
      for (const walked of walks) {
        if (out === undefined) changes.push(...(await applyWalked(workspace, walked)).changes);
        else await writeWalked(out, walked);
      }
      const journeys = { walked: walks.map(({ run }) => run.target), notWalked: notWalked(walks) };
      if (json) {
        const { shards = [], of = 0, sets = [], failed = [] } = merged ?? {};
        printJson({ shards, of, sets: sets.length, missing, notMeasured: units, failed, journeys, changes });
      } else {
        if (merged) tell(merged, { missing, units });
        if (walks.length > 0) print(`Walks of ${counted(walks.length, 'journey')}: ${journeys.walked.join(', ')}.`);
        if (journeys.notWalked.length > 0) print(`Not walked: ${journeys.notWalked.map(inertLine).join(', ')}.`);
        if (out === undefined) await tellChanges(changes, workspace);
        else print(`Wrote ${inertLine(file ?? out)}.`);
      }
      if ((units.length > 0 || journeys.notWalked.length > 0) && out === undefined) done(exitCodes.page);
    });
}

/** Says what the record says now that it did not say before, and where to read it. */
async function tellChanges(changes: readonly FindingChange[], workspace: Workspace): Promise<void> {
  const { record } = await workspace.record.read();
  if (changes.some(({ change }) => change === 'removed')) print(REMOVED_METRICS);
  print(`Findings: ${changesText(changes, record.findings)}. Record: ${inertLine(workspace.paths.record)}`);
  if (changes.length > 0) print('Next: ux-audit findings');
}

interface Told {
  missing: number[];
  units: string[];
}

function tell({ shards, of, sets, failed }: ShardFile, { missing, units }: Told): void {
  print(`${counted(shards.length, 'shard')} of ${of}: ${counted(sets.length, 'set')} of runs.`);
  if (missing.length > 0) print(`Missing: ${missing.map((shard) => `shard ${shard}`).join(', ')}.`);
  for (const { unit, what } of failed) print(`Failed: ${inertLine(unit)}: ${inertLine(what)}`);
  if (units.length > 0) {
    const named = fewText(units, NAMED, inertLine);
    print(`Not measured, so their findings stay as they are: ${named}.`);
  }
}
