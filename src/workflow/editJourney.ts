import { createHash } from 'node:crypto';
import { usageError } from '../core/errors';
import { type EditedStep, withSteps } from '../core/journey/editSteps';
import type { Recording } from '../core/journey/recording';
import { learnJourney } from './journeys';
import type { Workspace } from './workspace';

/** Tells two states of a recording apart. */
export function stampOf(recording: Recording): string {
  return createHash('sha256').update(JSON.stringify(recording)).digest('hex').slice(0, 16);
}

/**
 * Writes other beginnings of steps into a recording, and tells the record its steps. Nothing else of the file changes.
 * @param stamp of the recording that was edited
 * @throws HumanError `steps-invalid`, `recording-changed`, or as reading a recording
 */
export async function saveSteps(
  workspace: Workspace,
  name: string,
  { stamp, steps }: { stamp: string; steps: readonly EditedStep[] },
): Promise<void> {
  const before = await workspace.journeys.recording(name);
  if (stampOf(before) !== stamp) {
    const what = `The recording of ${name} was changed meanwhile, so nothing was written.`;
    throw usageError('recording-changed', what, 'Cancel, and edit the steps again.');
  }
  const recording = withSteps(before, steps);
  await workspace.journeys.write(name, recording);
  await learnJourney(workspace, name, recording);
}
