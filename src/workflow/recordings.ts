import type { Recording } from '../core/journey/recording';
import type { AuditRecord } from '../core/record/record';
import type { Workspace } from './workspace';

/** The recording of a journey; undefined of a page, and of a journey without a usable one. */
export async function recordingOf(
  workspace: Workspace,
  { targets }: Pick<AuditRecord, 'targets'>,
  name: string,
): Promise<Recording | undefined> {
  const isJourney = Object.hasOwn(targets, name) && targets[name]?.kind === 'journey';
  return isJourney ? workspace.journeys.recording(name).catch(() => undefined) : undefined;
}
