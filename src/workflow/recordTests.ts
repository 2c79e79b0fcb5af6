import { applyWalks } from '../core/journey/journeyFindings';
import { type JourneyRun, stepSummaries } from '../core/journey/journeyRun';
import { localDate } from './localDate';
import type { Workspace } from './workspace';

/** The steps of a journey that the record names; none for one that it does not know. */
export async function knownSteps(workspace: Workspace, journey: string): Promise<string[]> {
  const { record } = await workspace.record.read();
  return (Object.hasOwn(record.targets, journey) ? record.targets[journey]?.steps : undefined) ?? [];
}

/**
 * Keeps the run of a journey that tests walked.
 * @param isRecorded whether steps that cannot be completed become findings of the record
 */
export async function keepTestRun(workspace: Workspace, run: JourneyRun, isRecorded: boolean): Promise<void> {
  await workspace.journeys.addRun(run);
  if (!isRecorded) return;
  await workspace.record.update((record) => {
    const { [run.target]: known } = record.targets;
    const steps = run.walks[0]?.steps.map(({ name }) => name) ?? [];
    const targets = known ? record.targets : { ...record.targets, [run.target]: { kind: 'journey', steps } };
    const { target, environment } = run;
    const about = { target, environment, formFactor: 'desktop' as const, today: localDate(new Date(run.at)) };
    return applyWalks({ ...record, targets }, { ...about, steps: stepSummaries(run), reports: [] }).record;
  });
}
