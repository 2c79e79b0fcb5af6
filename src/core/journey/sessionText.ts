import { counted } from '../text/counted';
import type { SessionCount } from './sessionCount';
import type { Ending } from './sessionRow';

/** What became of a session. `not begun`: they agreed, and the task did not begin. */
export type SessionOutcome = Ending | 'declined' | 'not begun';

/** How attempts end, in words. */
const endings: Record<Ending, string> = {
  done: 'done',
  'gave up': 'gave up',
  closed: 'not done, the browser was closed',
  stopped: 'cut off by the moderator',
  'cut off': 'cut off by an error',
};

/** What became of a session, in a sentence. */
export function outcomeText(participant: string, outcome: SessionOutcome, count: SessionCount): string {
  if (outcome === 'declined') return `${participant} did not agree. Nothing was counted or kept.`;
  if (outcome === 'not begun') return 'The task did not begin, so there is no attempt to keep.';
  const time = `${outcome === 'done' ? 'in' : 'after'} ${seconds(count.active)}`;
  const waiting = `(${seconds(count.waiting)} of it waiting for pages)`;
  const counts = `${counted(count.clicks, 'click')}, ${counted(count.errors, 'error')}`;
  return `${participant}: ${endings[outcome]} ${time} ${waiting}, ${counts}.`;
}

const seconds = (milliseconds: number) => `${Math.round(milliseconds / 1000)} s`;
