import { type HumanError, toHumanError, usageError } from '../core/errors';
import { hiddenFindings } from '../core/evaluation/visibility';
import type { JourneyData } from '../core/journey/journeyView';
import { journeySteps, type Recording } from '../core/journey/recording';
import { emptyFigures, listFigures } from '../core/outcomes/figures';
import { whyImpossible } from '../core/outcomes/possibleFigure';
import { listFindings } from '../core/record/listFindings';
import type { ParsedRecord } from '../core/record/parseRecord';
import { usableTargets } from '../core/record/targets';
import type { Workspace } from './workspace';

type Readable = Pick<ParsedRecord, 'record' | 'invalid'>;

/** What a workspace knows of a journey, and its recording as it lies there. */
export interface ReadJourney extends JourneyData {
  recording: Recording | undefined;
}

/** The names of the journeys that the record has or that have a recording. */
export async function journeyNames({ journeys }: Pick<Workspace, 'journeys'>, { record }: Readable): Promise<string[]> {
  const targets = usableTargets(record.targets);
  const named = Object.keys(targets).filter((name) => targets[name]?.kind === 'journey');
  return [...new Set([...named, ...(await journeys.names())])].sort();
}

/**
 * Reads what is known of a journey. A recording that cannot be used is a fault and does not stop the rest.
 * @param reader who looks: problems of others' evaluations in progress stay hidden
 * @throws HumanError `journey-unknown`
 */
export async function readJourney(
  workspace: Workspace,
  parsed: Readable,
  name: string,
  { today, me }: { today: string; me?: string | undefined },
): Promise<ReadJourney> {
  if (!(await journeyNames(workspace, parsed)).includes(name))
    throw usageError('journey-unknown', `There is no journey "${name}" in the record.`, 'Close this page.');
  const targets = usableTargets(parsed.record.targets);
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  const { recording, fault } = await recordingOf(workspace, name);
  const runs = (await workspace.journeys.runs()).filter((run) => run.target === name);
  const outcomes = await workspace.outcomes.read().catch(() => emptyFigures());
  const hidden = hiddenFindings(parsed.record, { handle: me });
  const named = target?.steps ?? runs.at(-1)?.walks[0]?.steps.map((step) => step.name) ?? [];
  return {
    name,
    target,
    recording,
    steps: recording ? journeySteps(recording) : named.map((step) => ({ name: step, actions: [] })),
    isRecorded: recording !== undefined,
    fault: fault && `${fault.message} ${fault.next}`,
    runs,
    figures: listFigures(outcomes).filter((figure) => figure.target === name && !whyImpossible(figure, today)),
    findings: listFindings(parsed, { target: name }).filter(({ id }) => !hidden.has(id)),
    today,
  };
}

async function recordingOf(
  { journeys }: Workspace,
  name: string,
): Promise<{ recording?: Recording; fault?: HumanError }> {
  try {
    return (await journeys.names()).includes(name) ? { recording: await journeys.recording(name) } : {};
  } catch (error) {
    return { fault: toHumanError(error) };
  }
}
