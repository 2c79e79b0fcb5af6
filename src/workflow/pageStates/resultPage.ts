import { incomparable } from '../../core/audit/compareMeasurements';
import { type ResultView, resultView } from '../../core/audit/resultView';
import type { OpenRecord } from './openRecord';

/**
 * The state of a result page: one set of runs, and the last earlier one that may be compared with it.
 * @param runId the set of runs; the newest when left out or no longer kept
 * @returns null when none is kept on this machine
 */
export async function resultPage(
  { workspace, parsed }: OpenRecord,
  target: string,
  runId: string | undefined,
): Promise<ResultView | null> {
  const { runs } = workspace;
  const kept = new Set(await runs.ids(target));
  const all = (await runs.measurements()).filter((run) => run.target === target);
  const shown = all.find(({ id }) => id === runId) ?? all.at(-1);
  const stored = shown && (await runs.read(target, shown.id));
  if (!stored) return null;
  const earlier = all.slice(0, all.indexOf(shown));
  const previous = earlier.findLast((run) => incomparable(run, shown) === undefined);
  const history = all
    .filter(({ id }) => kept.has(id))
    .reverse()
    .map((run) => ({
      runId: run.id,
      at: run.at,
      label: `${run.environment}, ${run.formFactor}, ${run.runs} run${run.runs === 1 ? '' : 's'}`,
    }));
  return resultView(stored, previous, parsed.record.findings, history);
}
