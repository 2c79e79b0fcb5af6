import { variablesOf } from '../../core/journey/secrets';
import type { ShownState } from '../../protocol/evaluationPage';
import { type MapPageOptions, type MappedPage, mapPage } from '../../workflow/mapPage';
import { recordingOf } from '../../workflow/recordings';
import { withValues } from '../shared/askValues';
import type { RecordModel } from '../shared/recordModels';

/** Which page an evaluator wants to see, and in which state. */
export interface MapAsked {
  target: string;
  step?: string | undefined;
  formFactor: 'mobile' | 'desktop';
  shows: ShownState;
  /** Says that they have brought it to the state that they want. */
  stop: AbortSignal;
}

type Tools = Pick<MapPageOptions, 'engine' | 'credentials' | 'ignoreCertificateErrors' | 'signal'>;

/** Takes pictures of a whole page; asks for the values that the steps of a journey enter. */
export async function mapForEvaluator(
  { workspace, parsed }: RecordModel,
  { target, step, formFactor, shows, stop }: MapAsked,
  { engine, credentials, ignoreCertificateErrors, signal }: Tools,
): Promise<MappedPage> {
  const { record } = parsed;
  const walked = shows === 'step' ? step : undefined;
  const recording = walked === undefined ? undefined : await recordingOf(workspace, record, target);
  const environment = recording ? await withValues(variablesOf(recording)) : process.env;
  const byHand = shows === 'hand';
  const how = { formFactor, byHand, environment, credentials, ignoreCertificateErrors, stop, signal };
  return mapPage({ workspace, engine, record, target, step: walked, ...how });
}
