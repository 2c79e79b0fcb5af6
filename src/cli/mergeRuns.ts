import { notMeasuredUnits, type ShardFile } from '../core/audit/shards';
import { exitCodes } from '../core/errors';
import { counted } from '../core/text/counted';
import { inertLine } from '../core/text/inertText';
import { applyShards, readShards, writeShard } from '../workflow/shards';
import { recordCommand, workspaceOf } from './command';
import { print, printJson } from './output';

/** How many pages that were not measured are named. */
const NAMED = 10;

export function mergeRunsCommand(done: (code: number) => void) {
  return recordCommand('merge-runs', 'put together what several machines measured (audit --shard), and record it once')
    .argument('<folder...>', 'the folders that --out wrote, or one folder above them')
    .option('--out <folder>', 'write one file for a further merge; the record stays as it is')
    .option('--json', 'print JSON: { shards, of, sets, missing, notMeasured, failed: [{ unit, what }], changes }')
    .action(async (folders, { out, json, ...flags }) => {
      const workspace = workspaceOf(flags);
      const merged = await readShards(folders);
      const { missing, units } = notMeasuredUnits(merged);
      const file = out === undefined ? undefined : await writeShard(out, merged);
      const changes = file === undefined ? await applyShards(workspace, merged) : [];
      const { shards, of, sets, failed } = merged;
      if (json) printJson({ shards, of, sets: sets.length, missing, notMeasured: units, failed, changes });
      else tell(merged, { missing, units, file, changes: changes.length, record: workspace.paths.record });
      if (units.length > 0 && file === undefined) done(exitCodes.page);
    });
}

interface Told {
  missing: number[];
  units: string[];
  file: string | undefined;
  changes: number;
  record: string;
}

function tell({ shards, of, sets, failed }: ShardFile, { missing, units, file, changes, record }: Told): void {
  print(`${counted(shards.length, 'shard')} of ${of}: ${counted(sets.length, 'set')} of runs.`);
  if (missing.length > 0) print(`Missing: ${missing.map((shard) => `shard ${shard}`).join(', ')}.`);
  for (const { unit, what } of failed) print(`Failed: ${inertLine(unit)}: ${inertLine(what)}`);
  if (units.length > 0) {
    const more = units.length > NAMED ? ` and ${units.length - NAMED} more` : '';
    print(
      `Not measured, so their findings stay as they are: ${units.slice(0, NAMED).map(inertLine).join(', ')}${more}.`,
    );
  }
  print(
    file === undefined
      ? `Findings: ${counted(changes, 'change')}. Record: ${inertLine(record)}`
      : `Wrote ${inertLine(file)}.`,
  );
}
