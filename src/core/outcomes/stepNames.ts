import { inertLine } from '../text/inertText';
import { bareAnswer } from './answers';

/** The longest name of a step that is kept. Characters; a longer text is rather what somebody wrote. */
export const STEP_LENGTH = 60;

/** The name of a step as it is kept: one line that no spreadsheet takes for a formula. */
export function stepName(text: string): string {
  return inertLine(text.trim().replace(/^[=+@-]+/, '')).trim();
}

/** How the steps that a table names became steps of a journey. */
export interface StepMatch {
  /** The name that is kept, by the table's. */
  names: ReadonlyMap<string, string>;
  /** `own`: at least one is no step of the journey and keeps the table's name. */
  by: 'name' | 'order' | 'own';
}

/** The step of a journey with a name, whatever its case and marks. */
export function stepByName(name: string, journey: readonly string[]): string | undefined {
  return journey.find((step) => bareAnswer(step) === bareAnswer(name));
}

/**
 * Finds the steps of a journey that a table means: by name; else by order, when there are as many and no name stands
 * in another place; else each keeps the table's name unless the journey has it.
 *
 * @param found the names of the table, in its order, each once
 * @param journey the names of the journey's steps, in order
 */
export function matchSteps(found: readonly string[], journey: readonly string[]): StepMatch {
  const named = found.map((name) => stepByName(name, journey));
  const isOnce = new Set(named).size === named.length;
  if (found.length > 0 && isOnce && named.every((step) => step !== undefined))
    return { names: new Map(found.map((name, at) => [name, named[at] as string])), by: 'name' };
  const isInOrder = named.every((step, at) => step === undefined || step === journey[at]);
  if (found.length === journey.length && isInOrder)
    return { names: new Map(found.map((name, at) => [name, journey[at] as string])), by: 'order' };
  const kept = (name: string, at: number) => {
    const step = named[at];
    return step !== undefined && named.indexOf(step) === at ? step : stepName(name);
  };
  return { names: new Map(found.map((name, at) => [name, kept(name, at)])), by: 'own' };
}
