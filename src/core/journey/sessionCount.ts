import * as z from 'zod/mini';

/** What happened in a task session, without any content. */
export const sessionEventSchema = z.union([
  z.object({
    type: z.enum([
      // of the session: the participant agreed or not, the task began or ended
      ...(['agreed', 'declined', 'begun', 'ended', 'paused', 'resumed'] as const),
      // of a participant alone: they say that they are done, or give up
      ...(['succeeded', 'failed'] as const),
      // of the participant: something else is in front, or the task is again
      ...(['left', 'returned'] as const),
      // what the listener counts
      ...(['key', 'page', 'back', 'refused', 'script-error', 'dead-click'] as const),
      // the next step has been reached; what the moderator saw
      ...(['reached', 'error', 'assist'] as const),
    ]),
  }),
  /** Where a click was, in CSS pixels of the page's window. */
  z.object({ type: z.literal('click'), x: z.number(), y: z.number() }),
  /** How long a page took to come after it was asked for. Milliseconds. */
  z.object({ type: z.literal('waited'), milliseconds: z.number().check(z.gte(0)) }),
]);
export type SessionEvent = z.infer<typeof sessionEventSchema>;

/** Three clicks within this time (milliseconds) and distance (CSS pixels) are a rage click. */
const RAGE = { clicks: 3, within: 1_000, distance: 30 };

/** One attempt at a task, counted from what happened. Times are in milliseconds. */
export class SessionCount {
  clicks = 0;
  keys = 0;
  pages = 0;
  back = 0;
  refused = 0;
  scriptErrors = 0;
  deadClicks = 0;
  rageClicks = 0;
  assists = 0;
  /** Errors that the moderator saw. */
  seen = 0;
  /** Time on task: without pauses and time away. */
  active = 0;
  away = 0;
  /** Waiting for pages; part of the time on task. */
  waiting = 0;
  readonly steps: { name: string; active: number; errors: number }[];
  private current = 0;
  private last: number | undefined;
  private pauses = false;
  private isAway = false;
  private recent: { at: number; x: number; y: number }[] = [];

  /** @param names the steps of the journey */
  constructor(readonly names: readonly string[]) {
    this.steps = names.slice(0, 1).map((name) => ({ name, active: 0, errors: 0 }));
  }

  /** Errors of the attempt: those that the moderator saw, and fields that the page refused. */
  get errors(): number {
    return this.seen + this.refused;
  }

  /** The name of the step that the participant is at; undefined after the last. */
  get step(): string | undefined {
    return this.names[this.current];
  }

  /** Whether the task has begun and not ended. */
  get isRunning(): boolean {
    return this.last !== undefined;
  }

  /** Whether the moderator paused the task. */
  get isPaused(): boolean {
    return this.pauses;
  }

  /** Whether time on task passes now. */
  get isPassing(): boolean {
    return this.isRunning && !this.pauses && !this.isAway;
  }

  /** Counts what happened. @param at when, in milliseconds on any clock that goes forward */
  add(event: SessionEvent, at: number): void {
    if (event.type === 'begun') {
      this.last ??= at;
      return;
    }
    if (this.last === undefined) return; // before the task and after it nothing counts
    this.pass(at);
    switch (event.type) {
      case 'ended':
        this.last = undefined;
        return;
      case 'paused':
        this.pauses = true;
        return;
      case 'resumed':
        this.pauses = false;
        return;
      case 'left':
        this.isAway = true;
        return;
      case 'returned':
        this.isAway = false;
        return;
      default:
        if (!this.pauses) this.count(event, at);
    }
  }

  /** Counts one error or assist less, since it was counted by a wrong key. @param name the step that it was at */
  takeBack(type: 'error' | 'assist', name: string | undefined): void {
    if (type === 'assist') {
      this.assists -= 1;
      return;
    }
    this.seen -= 1;
    const step = this.steps.find((one) => one.name === name);
    if (step) step.errors -= 1;
  }

  /** Counts the time until now, in which nothing need have happened. @param at as in {@link add} */
  until(at: number): void {
    if (this.isRunning) this.pass(at);
  }

  private pass(at: number): void {
    const last = this.last ?? at;
    const passed = Math.max(0, at - last);
    this.last = Math.max(at, last);
    if (this.pauses) return;
    if (this.isAway) {
      this.away += passed;
      return;
    }
    this.active += passed;
    const step = this.steps[this.current];
    if (step) step.active += passed;
  }

  private count(event: SessionEvent, at: number): void {
    const step = this.steps[this.current];
    switch (event.type) {
      case 'click':
        this.clicks += 1;
        this.rage(event, at);
        return;
      case 'key':
        this.keys += 1;
        return;
      case 'page':
        this.pages += 1;
        return;
      case 'back':
        this.back += 1;
        return;
      case 'script-error':
        this.scriptErrors += 1;
        return;
      case 'dead-click':
        this.deadClicks += 1;
        return;
      case 'assist':
        this.assists += 1;
        return;
      case 'waited':
        this.waiting += event.milliseconds;
        return;
      case 'refused':
      case 'error':
        if (event.type === 'error') this.seen += 1;
        else this.refused += 1;
        if (step) step.errors += 1;
        return;
      case 'reached': {
        this.current += 1;
        const name = this.names[this.current];
        if (name !== undefined) this.steps.push({ name, active: 0, errors: 0 });
      }
    }
  }

  private rage({ x, y }: { x: number; y: number }, at: number): void {
    const isNear = (other: { at: number; x: number; y: number }) =>
      at - other.at < RAGE.within && Math.hypot(other.x - x, other.y - y) <= RAGE.distance;
    this.recent = [...this.recent.filter(isNear), { at, x, y }];
    if (this.recent.length < RAGE.clicks) return;
    this.rageClicks += 1;
    this.recent = [];
  }
}
