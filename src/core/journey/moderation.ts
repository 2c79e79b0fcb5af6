import { SessionCount, type SessionEvent } from './sessionCount';

/**
 * Where a task session is: the participant reads what is kept of them (`consent`), then what they are asked to do
 * (`task`); does it (`running`), or not for a while (`paused`); answers questions (`questions`). `unsaid`: they closed
 * the browser, and nobody has said how the task ended.
 */
export type SessionPhase = 'consent' | 'task' | 'running' | 'paused' | 'questions' | 'unsaid' | 'over';

/** What a moderator does, and during which phases of a session. Any other time it does nothing. */
const phasesOf = {
  start: ['task'],
  /** Said again while they answer, it corrects what was said before. */
  done: ['running', 'paused', 'questions', 'unsaid'],
  'gave up': ['running', 'paused', 'questions', 'unsaid'],
  error: ['running'],
  assist: ['running'],
  pause: ['running'],
  resume: ['paused'],
  /** Takes back the last error or assist. */
  undo: ['running', 'paused', 'questions'],
  note: ['task', 'running', 'paused', 'questions', 'unsaid'],
  skip: ['questions'],
  /** Nobody knows how the task ended. */
  unknown: ['unsaid'],
} satisfies Record<string, readonly SessionPhase[]>;
export type Doing = keyof typeof phasesOf;

/** What can be done in a phase. */
export function doingsIn(phase: SessionPhase): Doing[] {
  return (Object.keys(phasesOf) as Doing[]).filter((doing) => (phasesOf[doing] as readonly string[]).includes(phase));
}

/** One task session, as its moderator sees and steers it. */
export class Moderation {
  readonly count: SessionCount;
  /** Whether the task was done, once somebody said it. */
  success: boolean | undefined;
  hasAgreed = false;
  hasBegun = false;
  private isAsked = false;
  private isOver = false;
  private said: (() => void) | undefined;
  /** The errors and assists that the moderator counted, each with its step. */
  private readonly noted: { type: 'error' | 'assist'; step: string | undefined }[] = [];

  /**
   * @param steps names of the journey's steps
   * @param goOn begins the task in the participant's browser, ends it, or leaves out the questions
   */
  constructor(
    steps: readonly string[],
    private readonly goOn: () => void,
  ) {
    this.count = new SessionCount(steps);
  }

  get phase(): SessionPhase {
    if (this.isOver) return 'over';
    if (this.said) return 'unsaid';
    if (this.isAsked) return 'questions';
    if (this.count.isRunning) return this.count.isPaused ? 'paused' : 'running';
    return this.hasAgreed ? 'task' : 'consent';
  }

  /** What can be done now: there may be nothing to take back, or nothing else to say of how the task ended. */
  get doings(): Doing[] {
    const isSaid = (doing: Doing) => this.success !== undefined && doing === (this.success ? 'done' : 'gave up');
    return doingsIn(this.phase).filter(
      (doing) => (doing !== 'undo' || this.noted.length > 0) && !(this.phase === 'questions' && isSaid(doing)),
    );
  }

  /** What {@link doings} would take back. */
  get lastNoted(): 'error' | 'assist' | undefined {
    return this.noted.at(-1)?.type;
  }

  /** Takes what happened. @param at in milliseconds on any clock that goes forward */
  hear(event: SessionEvent, at: number): void {
    this.hasAgreed ||= event.type === 'agreed';
    this.hasBegun ||= event.type === 'begun';
    if (event.type === 'ended' && this.count.isRunning) this.isAsked = true;
    if (event.type === 'succeeded' || event.type === 'failed') this.success ??= event.type === 'succeeded';
    this.count.add(event, at);
  }

  /** Does what the moderator asks for. @returns false when that does not fit the phase, and nothing was done */
  act(doing: Exclude<Doing, 'note'>, at: number): boolean {
    const { phase } = this;
    if (!this.doings.includes(doing)) return false;
    if (doing === 'error' || doing === 'assist') {
      this.noted.push({ type: doing, step: this.count.step });
      this.hear({ type: doing }, at);
    } else if (doing === 'undo') {
      const last = this.noted.pop();
      if (last) this.count.takeBack(last.type, last.step);
    } else if (doing === 'pause' || doing === 'resume') this.hear({ type: `${doing}d` }, at);
    else {
      if (doing === 'done' || doing === 'gave up') this.success = doing === 'done';
      if (phase === 'unsaid') this.said?.();
      else if (phase !== 'questions' || doing === 'skip') this.goOn();
    }
    return true;
  }

  /** Waits until the moderator says how the task ended, or that nobody knows. @param signal ends the waiting */
  askSuccess(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise<void>((resolve) => {
      this.said = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    }).finally(() => {
      this.said = undefined;
    });
  }

  end(): void {
    this.isOver = true;
  }
}
