import * as z from 'zod/mini';
import { usageError } from '../errors';
import { type Stage, stages } from '../record/stages';
import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';

/** The name of the custom step that begins a step of a journey. Other tools ignore custom steps of unknown names. */
export const STEP_MARKER = 'ux-audit/step';

/** A selector of the Recorder: one string, or the way through shadow roots from outside in. */
export const selectorSchema = z.union([z.string(), z.array(z.string()).check(z.minLength(1))]);
export type Selector = z.infer<typeof selectorSchema>;

const markerSchema = z.looseObject({
  name: z.string().check(z.minLength(1), z.maxLength(80), z.describe('What the person does in the step, such as Pay')),
  stage: z.optional(z.enum(stages).check(z.describe('The stage of the customer’s path that the step belongs to'))),
  expect: z.optional(
    selectorSchema.check(z.describe('The selector of what is visible when the step has ended, such as #receipt')),
  ),
});

/** One action of a recording. Fields that are not named here stay as they are. */
export const actionSchema = z.looseObject({
  type: z
    .string()
    .check(z.minLength(1), z.describe('click, change, keyDown, keyUp, navigate, setViewport, waitForElement, …')),
  target: z.optional(z.string().check(z.describe('The address of another window; main: the page itself'))),
  frame: z.optional(z.array(z.int().check(z.gte(0))).check(z.describe('The way to a frame, by index'))),
  selectors: z.optional(z.array(selectorSchema)),
  timeout: z.optional(z.number().check(z.gt(0), z.describe('How long it may take. Milliseconds'))),
  assertedEvents: z.optional(z.array(z.looseObject({ type: z.string() }))),
  value: z.optional(z.string().check(z.describe(`What is entered; \${env:NAME} for a secret`))),
  key: z.optional(z.string()),
  url: z.optional(z.string()),
  name: z.optional(z.string()),
  parameters: z.optional(z.unknown()),
});
export type Action = z.infer<typeof actionSchema>;

/** A file of the Recorder of Chrome DevTools: `ux-audit/journeys/<name>.json`. */
export const recordingSchema = z.looseObject({
  title: z.string().check(z.describe('What the journey is for')),
  timeout: z.optional(z.number().check(z.gt(0), z.describe('How long each action may take. Milliseconds'))),
  steps: z
    .array(actionSchema)
    .check(
      z.minLength(1),
      z.describe(
        'What is done, in order. { "type": "customStep", "name": "ux-audit/step", "parameters": { "name": "Pay", ' +
          '"stage": "purchase", "expect": "#receipt" } } begins a step of the journey',
      ),
    ),
});
export type Recording = z.infer<typeof recordingSchema>;

/** A step of a journey: what is done until something is visible. */
export interface JourneyStep {
  name: string;
  stage?: Stage | undefined;
  /** What is visible when the step has ended; none: the step ends when the page has come to rest. */
  expect?: Selector | undefined;
  /** How many of the expected elements must be there; at least one where it is left out. */
  assertion?: Action | undefined;
  actions: Action[];
}

/**
 * Reads a recording.
 * @param name the file, for messages
 * @throws HumanError `recording-invalid`
 */
export function readRecording(text: string, name: string): Recording {
  const next = 'Export it again from the Recorder of Chrome DevTools, as JSON.';
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw usageError('recording-invalid', `${name} is not valid JSON (${(error as Error).message}).`, next);
  }
  const { success, data, error } = recordingSchema.safeParse(given);
  const [issue] = error?.issues ?? [];
  if (!success) {
    const place = issue?.path.map(String).join('.') || 'its top';
    throw usageError('recording-invalid', `${name} is no recording: at ${place}: ${issue?.message}.`, next);
  }
  const elsewhere = data.steps.findIndex(({ type, url = '' }) => type === 'navigate' && !/^https?:\/\//i.test(url));
  if (elsewhere >= 0) {
    const what = `${name}: steps.${elsewhere} opens no web address, and a journey opens nothing else.`;
    throw usageError('recording-invalid', what, 'Give it an address that begins with http:// or https://.');
  }
  const marker = data.steps.findIndex(
    (action) => isMarker(action) && !markerSchema.safeParse(action.parameters).success,
  );
  if (marker >= 0) {
    const [wrong] = markerSchema.safeParse(data.steps[marker]?.parameters).error?.issues ?? [];
    const why = `${wrong?.path.join('.')}: ${wrong?.message}`;
    const what = `${name}: the step that begins at steps.${marker} is wrong (${why}).`;
    throw usageError('recording-invalid', what, 'Give it a name, such as { "name": "Pay" }.');
  }
  return given as Recording; // as it lies there, with the order of its fields
}

export function isMarker({ type, name }: Action): boolean {
  return type === 'customStep' && name === STEP_MARKER;
}

/** What is done before and between the steps, and belongs to none: the size of the window, the network. */
const settingTypes = ['setViewport', 'emulateNetworkConditions'];
const assertionTypes = ['waitForElement', 'waitForExpression'];

/** Whether an action waits for something instead of doing something. */
export function isAssertion({ type }: Action): boolean {
  return assertionTypes.includes(type);
}

/** Whether an action was recorded as one that leads to another page, hard or soft. */
export function leadsElsewhere({ type, assertedEvents = [] }: Action): boolean {
  return type !== 'navigate' && assertedEvents.some((event) => event.type === 'navigation');
}

/**
 * The steps of a journey. Markers begin steps; what stands before the first of them belongs to the first step. Without
 * markers a step ends with each navigation and each assertion, and is named after what was clicked last.
 */
export function journeySteps({ steps }: Recording): JourneyStep[] {
  const actions = steps.filter(({ type }) => !settingTypes.includes(type));
  return actions.some(isMarker) ? markedSteps(actions) : unmarkedSteps(actions);
}

function markedSteps(actions: readonly Action[]): JourneyStep[] {
  const found: JourneyStep[] = [];
  let before: Action[] = [];
  for (const action of actions) {
    if (isMarker(action)) {
      const { name, stage, expect } = markerSchema.parse(action.parameters);
      found.push({ name, stage, expect, actions: before });
      before = [];
    } else {
      (found.at(-1)?.actions ?? before).push(action);
    }
  }
  return withoutDoubles(found);
}

function unmarkedSteps(actions: readonly Action[]): JourneyStep[] {
  const found: JourneyStep[] = [];
  let open: Action[] = [];
  const close = (assertion?: Action) => {
    if (open.length > 0) found.push({ name: nameOf(open), assertion, actions: open });
    open = [];
  };
  for (const [index, action] of actions.entries()) {
    const last = found.at(-1);
    if (isAssertion(action) && open.length === 0 && last && !last.assertion) last.assertion = action;
    else if (isAssertion(action)) close(action);
    else if (action.type !== 'customStep') {
      open.push(action);
      if (leadsElsewhere(action) && !endsWithKeyUp(actions, index)) close();
      else if (action.type === 'keyUp' && leadsElsewhere(actions[index - 1] ?? action)) close();
    }
  }
  close();
  return withoutDoubles(found);
}

/** A key that leads elsewhere is let go after that. */
function endsWithKeyUp(actions: readonly Action[], index: number): boolean {
  const [action, after] = [actions[index], actions[index + 1]];
  return action?.type === 'keyDown' && after?.type === 'keyUp' && after.key === action.key;
}

/** Steps whose names differ, since findings and figures name them. */
function withoutDoubles(steps: JourneyStep[]): JourneyStep[] {
  const seen = new Map<string, number>();
  return steps.map((step) => {
    const count = (seen.get(step.name) ?? 0) + 1;
    seen.set(step.name, count);
    return count === 1 ? step : { ...step, name: `${step.name} ${count}` };
  });
}

/** The longest name that a step takes from what was clicked. Characters. */
const NAME = 40;

function nameOf(actions: readonly Action[]): string {
  const clicked = actions.findLast(({ type }) => type === 'click' || type === 'doubleClick');
  const opened = actions.find(({ type }) => type === 'navigate');
  const told = clicked ? labelOf(clicked) : opened?.url === undefined ? undefined : pathOf(opened.url);
  return shortened(inertLine(told ?? 'Step'), NAME);
}

function pathOf(url: string): string {
  const path = URL.parse(url)?.pathname ?? url;
  const last = path.split('/').filter(Boolean).at(-1);
  return last === undefined ? 'Start' : last.replace(/\.html?$/i, '');
}

/** What people would call the element of an action: its accessible name or text, else its selector. */
export function labelOf({ type, selectors = [], key, url }: Action): string {
  const parts = selectors.map((selector) => (Array.isArray(selector) ? (selector.at(-1) ?? '') : selector));
  const said = (kind: string) =>
    parts.find((part) => part.startsWith(kind) && part.length > kind.length)?.slice(kind.length);
  const named = said('aria/')?.replace(/\[role=.*$/, '');
  return named || said('text/') || parts[0] || key || url || type;
}
