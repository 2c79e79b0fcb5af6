import { actionsOf, actionText, editedSteps } from '../../core/journey/editSteps';
import { journeyView } from '../../core/journey/journeyView';
import { listFindings } from '../../core/record/listFindings';
import type { JourneyPageState, StepsForm } from '../../protocol/journeyPage';
import { stampOf } from '../editJourney';
import { today } from '../localDate';
import { tracedPlaces } from '../placeSources';
import { type ReadJourney, readJourney } from '../readJourney';
import type { OpenRecord } from './openRecord';

/** Of so many findings of a step the line is looked for; the rest is one click away. */
const TRACED = 5;

/**
 * The state of the page of a journey.
 * @param options `source` is the source of people's figures to show, `me` the handle of who looks
 * @throws HumanError `journey-unknown`
 */
export async function journeyPage(
  open: OpenRecord,
  name: string,
  { source, me }: { source?: string | undefined; me?: string | undefined } = {},
): Promise<Pick<JourneyPageState, 'view' | 'code' | 'lines' | 'form'>> {
  const read = await readJourney(open.workspace, open.parsed, name, { today: today(), me });
  const view = journeyView(read, source);
  const step = view.steps[view.worst?.index ?? -1];
  const shown = step ? step.findings : view.steps.flatMap(({ findings }) => findings);
  const lines = await withLine(
    open,
    shown.slice(0, TRACED).map(({ id }) => id),
  );
  const [first] = lines;
  return { view, code: step && first !== undefined ? { id: first, step: step.name } : null, lines, form: formOf(read) };
}

/** Those findings whose line in the workspace is known, in their order. */
async function withLine({ workspace, parsed, latest }: OpenRecord, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const finding of listFindings(parsed).filter(({ id }) => ids.includes(id))) {
    const { places, lines } = await tracedPlaces(workspace, parsed.record, latest, finding);
    if (lines.length > 0 || [...places.values()].some(({ position }) => position !== undefined)) found.push(finding.id);
  }
  return ids.filter((id) => found.includes(id));
}

function formOf({ recording, findings, figures }: ReadJourney): StepsForm | null {
  if (!recording) return null;
  const names = [...findings.map(({ where }) => where?.step), ...figures.map(({ step }) => step)];
  const steps = editedSteps(recording);
  const uses = (name: string) => names.filter((one) => one === name).length;
  return {
    stamp: stampOf(recording),
    actions: actionsOf(recording).map(actionText),
    steps,
    named: Object.fromEntries(steps.map(({ name }) => [name, uses(name)])),
  };
}
