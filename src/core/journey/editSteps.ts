import { usageError } from '../errors';
import { type Stage, stages } from '../record/stages';
import { inertLine } from '../text/inertText';
import { type Action, isMarker, journeySteps, labelOf, type Recording, type Selector, STEP_MARKER } from './recording';

/** The longest name of a step, in characters: what figures of steps keep too. */
export const NAME_LENGTH = 60;

/** A step as a person edits it. */
export interface EditedStep {
  name: string;
  /** '' for none. */
  stage: Stage | '';
  /** The selector of what is visible at the end, its way through shadow roots joined by ` >>> `; '' for none. */
  expect: string;
  /** The action with which it begins: its place among {@link actionsOf}. Equal to the next one's: it has none. */
  from: number;
  /** The place of its marker among the markers of the file, which keeps its other fields; none: a new step. */
  marker?: number | undefined;
}

/** The actions of a recording without the beginnings of steps, in order. */
export function actionsOf({ steps }: Recording): Action[] {
  return steps.filter((action) => !isMarker(action));
}

/** An action in words: `click “Pay now”`. */
export function actionText(action: Action): string {
  const { type, url, width, height } = action;
  const words: Record<string, string> = {
    navigate: 'open',
    change: 'fill',
    keyDown: 'press',
    keyUp: 'let go of',
    waitForElement: 'wait for',
    doubleClick: 'double-click',
  };
  if (type === 'setViewport') return `window of ${Number(width)}×${Number(height)}`;
  if (type === 'navigate') return inertLine(`open ${url ?? ''}`);
  const label = labelOf(action);
  return inertLine(label === type ? (words[type] ?? type) : `${words[type] ?? type} “${label}”`);
}

const joined = (expect: Selector | undefined) =>
  expect === undefined ? '' : Array.isArray(expect) ? expect.join(' >>> ') : expect;

/** The steps of a recording to be edited; of one without markers, those that its navigations and assertions make. */
export function editedSteps(recording: Recording): EditedStep[] {
  const actions = actionsOf(recording);
  const places = recording.steps.flatMap((action, index) => (isMarker(action) ? [index] : []));
  const isMarked = places.length > 0;
  return journeySteps(recording).map(({ name, stage, expect, assertion, actions: own }, index) => {
    const before = recording.steps.slice(0, places[index]).filter((action) => !isMarker(action)).length;
    const first = own[0] === undefined ? -1 : actions.indexOf(own[0]);
    return {
      name,
      stage: stage ?? '',
      expect: joined(isMarked ? expect : expectedBy(assertion)),
      from: index === 0 ? 0 : isMarked ? before : first,
      ...(isMarked && { marker: index }),
    };
  });
}

/** What an assertion waits to see. One that waits until something is gone, or that counts, says no such thing. */
function expectedBy(assertion: Action | undefined): Selector | undefined {
  if (assertion?.type !== 'waitForElement' || assertion.visible === false) return undefined;
  if (assertion.count !== undefined || assertion.operator !== undefined) return undefined;
  return assertion.selectors?.[0];
}

/**
 * The recording with other steps: the same actions in the same order with all their fields, and other beginnings.
 * Markers that stay keep the fields that a person does not edit.
 * @throws HumanError `steps-invalid`
 */
export function withSteps(recording: Recording, steps: readonly EditedStep[]): Recording {
  const actions = actionsOf(recording);
  check(steps, actions.length);
  const places = recording.steps.flatMap((action, index) => (isMarker(action) ? [index] : []));
  const markers = places.map((index) => recording.steps[index] as Action);
  // the first step has all that stands before its marker, which therefore stays where it is
  const first = places[0] ?? 0;
  const begins = (index: number) =>
    index === 0 ? Math.min(first, steps[1]?.from ?? first) : (steps[index]?.from ?? 0);
  const merged: Action[] = [];
  let next = 0;
  for (let at = 0; at <= actions.length; at += 1) {
    for (; next < steps.length && begins(next) <= at; next += 1) {
      const step = steps[next] as EditedStep;
      merged.push(markerOf(step, step.marker === undefined ? undefined : markers[step.marker]));
    }
    const action = actions[at];
    if (action) merged.push(action);
  }
  return { ...recording, steps: merged };
}

function markerOf({ name, stage, expect }: EditedStep, before: Action | undefined): Action {
  const { name: _, stage: __, expect: known, ...others } = (before?.parameters ?? {}) as Record<string, unknown>;
  const typed = expect.trim();
  const isKept = known !== undefined && joined(known as Selector) === typed;
  const selector = typed.includes(' >>> ') ? typed.split(' >>> ') : typed;
  const parameters = {
    name: name.trim(),
    ...(stage !== '' && { stage }),
    ...(typed !== '' && { expect: isKept ? (known as Selector) : selector }),
    ...others,
  };
  return { type: 'customStep', name: STEP_MARKER, ...before, parameters };
}

function check(steps: readonly EditedStep[], actions: number): void {
  const wrong = (what: string, next: string) => usageError('steps-invalid', what, next);
  if (steps.length === 0) throw wrong('A journey needs a step.', 'Keep at least one.');
  const names = steps.map(({ name }) => name.trim());
  for (const [index, { from, stage }] of steps.entries()) {
    const name = names[index] as string;
    if (name === '') throw wrong(`Step ${index + 1} has no name.`, 'Name what a person does in it, such as Pay.');
    if (name.length > NAME_LENGTH)
      throw wrong(`The name of step ${index + 1} is longer than ${NAME_LENGTH} characters.`, 'Shorten it.');
    if (names.indexOf(name) !== index)
      throw wrong(`Two steps are called “${name}”.`, 'Give them different names: findings and figures name them.');
    if (stage !== '' && !stages.includes(stage)) throw wrong(`“${stage}” is no stage.`, `Use ${stages.join(', ')}.`);
    const before = index === 0 ? 0 : (steps[index - 1]?.from ?? 0);
    if (!Number.isInteger(from) || from < before || from > actions || (index === 0 && from !== 0))
      throw wrong(`“${name}” does not begin after the step before it.`, 'Choose a later action for its beginning.');
  }
}
