import type { Doing, Moderation, SessionPhase } from './moderation';
import type { Tasks } from './tasks';

/** A step of the journey as a participant goes through it. */
export interface SessionStep {
  name: string;
  /** Time on task at it, in milliseconds; null where the participant has not come. */
  active: number | null;
  errors: number;
  isNow: boolean;
}

/** A task session as its moderator sees it. Times are in milliseconds. */
export interface SessionView {
  participant: string;
  phase: SessionPhase;
  /** What the moderator can do now. */
  doings: Doing[];
  /** The error or assist that can be taken back. */
  lastNoted: 'error' | 'assist' | null;
  /** Whether the task was done; null while nobody has said it. */
  isDone: boolean | null;
  /** What the participant is asked to do, and how the moderator tells that it was done. */
  scenario: string;
  success: string;
  /** After how much time on task it is over, in milliseconds; null without a limit. */
  limit: number | null;
  active: number;
  /** Whether time on task passes now. */
  isPassing: boolean;
  steps: SessionStep[];
  counts: SessionCounts;
}

export interface SessionCounts {
  /** Those that the moderator saw, and fields that the page refused. */
  errors: number;
  /** Errors that the moderator saw. */
  seen: number;
  assists: number;
  clicks: number;
  keys: number;
  pages: number;
  back: number;
  refused: number;
  scriptErrors: number;
  deadClicks: number;
  rageClicks: number;
  waiting: number;
  away: number;
}

/** What the moderator of a session sees. @param now in milliseconds on the clock of the session's events */
export function sessionView(
  { moderation, tasks, participant }: { moderation: Moderation; tasks: Tasks; participant: string },
  now: number,
): SessionView {
  const { count, phase } = moderation;
  count.until(now);
  const { errors, seen, assists, clicks, keys, pages, back, refused, scriptErrors, deadClicks, rageClicks } = count;
  return {
    participant,
    phase,
    doings: moderation.doings,
    lastNoted: moderation.lastNoted ?? null,
    isDone: moderation.success ?? null,
    scenario: tasks.scenario,
    success: tasks.success,
    limit: tasks.timeLimit === undefined ? null : tasks.timeLimit * 1_000,
    active: count.active,
    isPassing: count.isPassing,
    steps: count.names.map((name, index) => ({
      name,
      active: (moderation.hasBegun ? count.steps[index]?.active : undefined) ?? null,
      errors: count.steps[index]?.errors ?? 0,
      isNow: count.isRunning && index === count.names.indexOf(count.step ?? ''),
    })),
    counts: {
      ...{ errors, seen, assists, clicks, keys, pages, back, refused, scriptErrors, deadClicks, rageClicks },
      waiting: count.waiting,
      away: count.away,
    },
  };
}
