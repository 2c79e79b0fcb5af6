import { variablesOf } from '../../core/journey/secrets';
import type { ShownState } from '../../protocol/evaluationPage';
import { type MappedPage, mapPage, recordingOf } from '../../workflow/mapPage';
import { withValues } from '../shared/askValues';
import type { RecordModel } from '../shared/recordModels';
import type { AuditController } from './auditController';

/** Which page an evaluator wants to see, and in which state. */
export interface MapAsked {
  target: string;
  step?: string | undefined;
  formFactor: 'mobile' | 'desktop';
  shows: ShownState;
  /** Says that they have brought it to the state that they want. */
  stop: AbortSignal;
}

/** Takes pictures of a whole page; asks for the values that the steps of a journey enter. */
export async function mapForEvaluator(
  audits: AuditController,
  { workspace, folder, parsed }: RecordModel,
  { target, step, formFactor, shows, stop }: MapAsked,
  signal: AbortSignal,
): Promise<MappedPage> {
  const { record } = parsed;
  const walked = shows === 'step' ? step : undefined;
  const recording = walked === undefined ? undefined : await recordingOf(workspace, record, target);
  const environment = recording ? await withValues(variablesOf(recording)) : process.env;
  const { credentials, ignoreCertificateErrors } = audits.settingsOf(folder.uri);
  const engine = await audits.engineFor(folder.uri);
  return mapPage({
    workspace,
    engine,
    record,
    target,
    formFactor,
    step: walked,
    byHand: shows === 'hand',
    environment,
    credentials,
    ignoreCertificateErrors,
    stop,
    signal,
  });
}
