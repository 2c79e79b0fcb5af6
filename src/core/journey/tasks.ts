import * as z from 'zod/mini';
import { usageError } from '../errors';
import { firstUrl } from './addresses';
import { journeySteps, type Recording } from './recording';

const sentence = z.string().check(z.minLength(1), z.maxLength(2_000));

/** What people are asked to do in a task session: `ux-audit/journeys/<name>.tasks.json`. */
export const tasksSchema = z.looseObject({
  scenario: sentence.check(z.describe('What the participant reads: the goal and its circumstances, never the way')),
  success: sentence.check(z.describe('How the moderator tells that the task was done')),
  start: z.optional(z.string().check(z.describe('Path of the page at which it begins; that of the recording'))),
  timeLimit: z.optional(
    z.number().check(z.gt(0), z.describe('When the moderator is told that the time is over. Seconds')),
  ),
  product: z.optional(z.string().check(z.maxLength(80), z.describe('How questions name the product'))),
  questions: z.optional(
    z
      .array(z.enum(['seq', 'umux-lite', 'sus']))
      .check(z.describe('What is asked afterwards; seq and umux-lite when left out')),
  ),
});
export type Tasks = z.infer<typeof tasksSchema>;

/**
 * Reads tasks.
 * @param name the file, for messages
 * @throws HumanError `tasks-invalid`
 */
export function readTasks(text: string, name: string): Tasks {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw usageError('tasks-invalid', `${name} is not valid JSON (${(error as Error).message}).`, 'Correct it.');
  }
  const { success, error } = tasksSchema.safeParse(given);
  if (success) return given as Tasks;
  const [issue] = error.issues;
  const what = `${name} holds no task: at ${issue?.path.map(String).join('.') || 'its top'}: ${issue?.message}.`;
  throw usageError('tasks-invalid', what, 'Correct it, or write a new one: ux-audit session tasks NAME');
}

/** A task made from a recording, to be put into better words. */
export function tasksOf(recording: Recording): Tasks {
  const last = journeySteps(recording).at(-1)?.name ?? recording.title;
  const start = firstUrl(recording);
  return {
    scenario: `Please do this as you would on your own: ${recording.title}.`,
    success: `The participant has completed the step “${last}”.`,
    ...(start && { start: start.pathname }),
    questions: ['seq', 'umux-lite'],
  };
}
