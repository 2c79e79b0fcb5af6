import { csvCell } from '../text/csvCell';
import type { SessionCount } from './sessionCount';

/** The columns of the table of sessions, as its import knows them. */
export const sessionColumns = [
  ...['date', 'target', 'participant', 'task', 'success', 'seconds', 'clicks', 'errors', 'seq', 'assists'],
  ...[
    'abandoned_at',
    'dead_clicks',
    'rage_clicks',
    'machine_seconds',
    'away_seconds',
    'step_seconds',
    'step_errors',
    'ended',
  ],
] as const;

/**
 * How an attempt ended: as the moderator said; or, where nobody said it, the participant closed the browser, the
 * moderator ended the session, or it was cut off by an error.
 */
export type Ending = 'done' | 'gave up' | 'closed' | 'stopped' | 'cut off';

/** One attempt of a participant at a task. */
export interface Attempt {
  /** The day, such as 2027-01-31. */
  date: string;
  /** The journey. */
  target: string;
  participant: string;
  ending: Ending;
  /** The answer to the Single Ease Question, 1 to 7; undefined when it was not given. */
  seq?: number | undefined;
  count: SessionCount;
}

const seconds = (milliseconds: number) => String(Math.round(milliseconds / 100) / 10);

/** The name of a step in a cell that lists several. */
export function stepInCell(name: string): string {
  return name.replace(/[;|=]/g, ' ').replace(/\s+/g, ' ').trim();
}

/** The line of an attempt in the table of sessions. What is not known is empty. */
export function attemptRow({ date, target, participant, ending, seq, count }: Attempt): string {
  const ofSteps = (value: (step: SessionCount['steps'][number]) => string) =>
    count.steps.map((step) => `${stepInCell(step.name)}=${value(step)}`).join('; ');
  const isLeft = ending === 'gave up' || ending === 'closed';
  const cells: Record<(typeof sessionColumns)[number], string> = {
    date,
    target,
    participant,
    task: target,
    success: ending === 'done' ? 'yes' : isLeft ? 'no' : '', // an error of ours is no failure of theirs
    seconds: seconds(count.active),
    clicks: String(count.clicks),
    errors: String(count.errors),
    seq: seq === undefined ? '' : String(seq),
    assists: String(count.assists),
    abandoned_at: isLeft ? stepInCell(count.step ?? '') : '',
    dead_clicks: String(count.deadClicks),
    rage_clicks: String(count.rageClicks),
    machine_seconds: seconds(count.waiting),
    away_seconds: seconds(count.away),
    step_seconds: ofSteps(({ active }) => seconds(active)),
    step_errors: ofSteps(({ errors }) => String(errors)),
    ended: ending,
  };
  return sessionColumns.map((column) => csvCell(cells[column])).join(',');
}
