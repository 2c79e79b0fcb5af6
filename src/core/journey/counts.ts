import { type JourneyStep, leadsElsewhere } from './recording';

/** What a step asks of a person at least, as the recording does it: the shortest known path, not what people do. */
export interface ShortestPath {
  clicks: number;
  /** Key presses: one for each character that is entered. */
  keys: number;
  /** Fields that are filled. */
  fields: number;
  /** Pages that the step leads to, as far as the recording says. */
  pageLoads: number;
}

/** Counts what a step asks of a person. A secret's length is not in the recording, so it counts as one key. */
export function shortestPath({ actions }: Pick<JourneyStep, 'actions'>): ShortestPath {
  const of = (type: string) => actions.filter((action) => action.type === type).length;
  const changes = actions.filter(({ type }) => type === 'change');
  const typed = changes.reduce((sum, { value = '' }) => sum + [...value.replace(/\$\{env:\w+\}/g, '*')].length, 0);
  return {
    clicks: of('click') + 2 * of('doubleClick'),
    keys: of('keyDown') + typed,
    fields: changes.length,
    pageLoads: actions.filter((action) => action.type === 'navigate' || leadsElsewhere(action)).length,
  };
}

/**
 * Seconds of the operators of the Keystroke-Level Model: a key (average typist), pointing, pressing a mouse button,
 * moving a hand between keyboard and mouse, thinking (Card, Moran and Newell, Communications of the ACM 23(7), 1980,
 * pp. 396–410).
 */
export const OPERATORS = { K: 0.2, P: 1.1, B: 0.1, H: 0.4, M: 1.35 };

/** How far the model's times are from those of practised people, as a share (root mean square, in the same paper). */
export const MODEL_ERROR = 0.2;

/**
 * How long a practised person who makes no error needs to act in a step by the Keystroke-Level Model, without waiting.
 * One moment of thinking stands before each click and each field; hands move between mouse and keyboard as needed.
 * @returns seconds; people in a test take longer, since they read, search and err
 */
export function keystrokeSeconds({ actions }: Pick<JourneyStep, 'actions'>): number {
  const { K, P, B, H, M } = OPERATORS;
  let seconds = 0;
  let isAtMouse = true;
  const hands = (atMouse: boolean) => {
    if (isAtMouse !== atMouse) seconds += H;
    isAtMouse = atMouse;
  };
  for (const { type, value = '' } of actions) {
    if (type === 'click' || type === 'doubleClick') {
      hands(true);
      seconds += M + P + 2 * B * (type === 'click' ? 1 : 2);
    } else if (type === 'hover') {
      hands(true);
      seconds += P;
    } else if (type === 'change') {
      hands(false);
      seconds += M + K * [...value].length;
    } else if (type === 'keyDown') {
      hands(false);
      seconds += K;
    }
  }
  return seconds;
}
