import type { Answer, Evaluation } from '../record/record';
import { fewText } from '../text/firstFew';
import { parseAnswerKey } from './evaluation';

const hasFailed = (answer: Answer | undefined) => answer?.verdict === 'fail';

/** The keys of the items that failed in an evaluation, in their order. */
export function failedItems({ answers = {} }: Pick<Evaluation, 'answers'>): string[] {
  return Object.entries(answers).flatMap(([key, answer]) => (hasFailed(answer) ? [key] : []));
}

/**
 * The order of a new round that begins at what failed: those items first, then all others, each as in the checklist.
 * @param previous the answers of the round before, by item
 */
export function failedFirst(items: readonly string[], previous: Readonly<Record<string, Answer>>): string[] {
  const isFirst = (item: string) => Object.hasOwn(previous, item) && hasFailed(previous[item]);
  return [...items.filter(isFirst), ...items.filter((item) => !isFirst(item))];
}

/** The first items of a list by their ids, and how many more there are: `H01, H02 at pay and 3 more`. */
export function failedText(keys: readonly string[]): string {
  return fewText(keys, 3, (key) => {
    const { item, step } = parseAnswerKey(key);
    return step === undefined ? item : `${item} at ${step}`;
  });
}
