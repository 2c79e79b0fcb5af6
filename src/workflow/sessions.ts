import { usageError } from '../core/errors';
import { journeySteps, type Recording } from '../core/journey/recording';
import { SessionCount, type SessionEvent } from '../core/journey/sessionCount';
import { type Attempt, attemptRow, type Ending } from '../core/journey/sessionRow';
import { type Tasks, tasksOf } from '../core/journey/tasks';
import { instruments, questionText } from '../core/survey/instruments';
import type { AuditEngine } from '../engine/auditEngine';
import type { SessionOptions, SessionPage } from '../protocol/workerMessages';
import { today } from './localDate';
import { type Credentials, Logins } from './logins';
import type { PlannedPage } from './planPages';
import { Sites } from './sites';
import type { Workspace } from './workspace';

/** What a participant may be called: no word that says who they are. */
const participantPattern = /^P\d{1,4}$/;

/** @throws HumanError `participant-invalid` */
export function checkParticipant(name: string): void {
  if (participantPattern.test(name)) return;
  const what = `"${name}" cannot name a participant: sessions keep numbers, no names of people.`;
  throw usageError('participant-invalid', what, 'Use P and a number, such as P1.');
}

/** The number of the next participant: P1, P2, … */
export async function nextParticipant(workspace: Workspace): Promise<string> {
  const rows = await workspace.sessions.attempts();
  const known = rows.flatMap((row) => [...row.matchAll(/"P(\d{1,4})"/g)].map(([, number]) => Number(number)));
  return `P${Math.max(0, ...known) + 1}`;
}

/** What the moderator of a session does. */
export interface Moderation {
  /** The attempt as it is counted. */
  count: SessionCount;
  /** Begins the task, or leaves out the questions after it. */
  next(): void;
  /** Notes something that the moderator does or saw. */
  add(event: SessionEvent): void;
  /** Ends the task. @param success whether it was done */
  finish(success: boolean): void;
  /** Keeps a note. @returns whether it was kept: none is before the participant agrees */
  note(text: string): Promise<boolean>;
}

export interface RunSessionOptions {
  workspace: Workspace;
  engine: AuditEngine;
  page: PlannedPage;
  recording: Recording;
  participant: string;
  credentials?: Credentials;
  ignoreCertificateErrors?: boolean | undefined;
  isVisible?: boolean | undefined;
  /** Ends the session. */
  stop: AbortSignal;
  /** Gets what the moderator can do, once the browser opens. */
  onModerate: (moderation: Moderation) => void;
  /** Gets each thing that happened. */
  onEvent?: (event: SessionEvent, count: SessionCount) => void;
  /** Is called once when the time on task is longer than the limit of the task, in seconds. */
  onTimeOver?: (limit: number) => void;
  /** Asks the moderator whether the task was done, when the participant closed the browser; undefined: nobody says. */
  askSuccess?: () => Promise<boolean | undefined>;
}

/** What became of a session. */
export interface SessionResult {
  /** `not begun`: they agreed, and the task did not begin. An attempt that did begin is always kept. */
  outcome: Ending | 'declined' | 'not begun';
  count: SessionCount;
  answers: Record<string, number>;
  /** Why the attempt was cut off. */
  error?: unknown;
}

/**
 * Runs a task session: consent, the task, the questions. Keeps a row of numbers on this machine of each attempt that
 * began, however it ended.
 * @throws HumanError `session-running`; why the site does not start, no browser or no screen is there
 */
export function runSession(options: RunSessionOptions): Promise<SessionResult> {
  return options.workspace.sessions.alone(() => runAlone(options));
}

async function runAlone(options: RunSessionOptions): Promise<SessionResult> {
  const { workspace, engine, page, recording, participant, stop, onEvent } = options;
  const { sessions } = workspace;
  const tasks = (await workspace.journeys.tasks(page.target)) ?? tasksOf(recording);
  const steps = followed(journeySteps(recording));
  const count = new SessionCount(steps.map(({ name }) => name));
  const about = { date: today(), target: page.target, participant };
  const mask = (await workspace.record.read()).record.settings?.mask ?? [];
  const sites = new Sites(workspace.paths.root);
  let success: boolean | undefined;
  let [hasAgreed, hasBegun] = [false, false];
  const keeper = new Keeper(options, count, about, () => endingOf(success) ?? 'cut off', tasks.timeLimit);
  const hear = (event: SessionEvent, at: number) => {
    hasAgreed ||= event.type === 'agreed';
    hasBegun ||= event.type === 'begun';
    count.add(event, at);
    if (event.type === 'begun') keeper.begin();
    onEvent?.(event, count);
  };
  const ask = async (): Promise<Record<string, number> | undefined> => {
    const url = new URL(await sites.urlOf(page));
    if (tasks.start !== undefined) url.href = new URL(tasks.start, url).href;
    const { isVisible, ignoreCertificateErrors } = options;
    return engine.session(
      {
        url: url.href,
        ...sessionPages(tasks),
        steps: steps.map(({ expect }) => ({ expect })),
        isVisible,
        ignoreCertificateErrors,
        ...(await new Logins(options).ofChecked(page, url.origin)),
      },
      {
        stop,
        onEvent: hear,
        onNext: (next, picture) =>
          options.onModerate({
            count,
            next,
            add: (event) => hear(event, Date.now()),
            finish: (isDone) => {
              success = isDone;
              next();
            },
            note: async (text) => {
              if (!hasAgreed) return false;
              const where = { target: page.target, participant, step: count.step };
              picture(await sessions.addNote({ at: new Date().toISOString(), ...where, text }), mask);
              return true;
            },
          }),
      },
    );
  };
  const keep = async (ending: Ending, answers: Record<string, number> = {}) => {
    count.add({ type: 'ended' }, Date.now());
    await keeper.end(ending, answers.seq);
    return { outcome: ending, count, answers };
  };
  try {
    const answers = await ask().catch(async (error: unknown) => {
      if (hasBegun) return { error };
      throw error;
    });
    if (!hasBegun) return { outcome: hasAgreed ? 'not begun' : 'declined', count, answers: {} };
    const said = endingOf(success) ?? (stop.aborted ? 'stopped' : undefined);
    if (answers && 'error' in answers) return { ...(await keep(said ?? 'cut off')), error: answers.error };
    if (success === undefined && !stop.aborted) success = await options.askSuccess?.();
    const kept = await keep(endingOf(success) ?? (stop.aborted ? 'stopped' : 'closed'), answers);
    await keepAnswers(workspace, Object.values(about), answers ?? {});
    return kept;
  } finally {
    keeper.stop();
    await sites.stop();
  }
}

function endingOf(success: boolean | undefined): Ending | undefined {
  return success === undefined ? undefined : success ? 'done' : 'gave up';
}

/** Keeps on the disk, each second, how far an attempt is, so that a crash loses no more; and watches its time. */
class Keeper {
  private timer: NodeJS.Timeout | undefined;
  private saving: Promise<unknown> = Promise.resolve();
  private readonly begun = new Date().toISOString();

  constructor(
    private readonly options: RunSessionOptions,
    private readonly count: SessionCount,
    private readonly about: Pick<Attempt, 'date' | 'target' | 'participant'>,
    private readonly ending: () => Ending,
    private limit: number | undefined,
  ) {}

  begin(): void {
    const look = () => {
      this.count.until(Date.now());
      this.save(this.ending()).catch(() => {}); // tried again in a second
      if (this.limit === undefined || this.count.active < this.limit * 1_000) return;
      this.options.onTimeOver?.(this.limit);
      this.limit = undefined;
    };
    look();
    this.timer = setInterval(look, 1_000);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Keeps the attempt for good. */
  async end(ending: Ending, seq: number | undefined): Promise<void> {
    this.stop();
    const { sessions } = this.options.workspace;
    await this.save(ending, seq).catch(() => {}); // the table may still be written
    await sessions.addAttempt(this.row(ending, seq));
    await sessions.end();
  }

  private row(ending: Ending, seq?: number): string {
    return attemptRow({ ...this.about, ending, seq, count: this.count });
  }

  private save(ending: Ending, seq?: number): Promise<unknown> {
    const { target, participant } = this.about;
    const attempt = { target, participant, at: this.begun, row: this.row(ending, seq) };
    const write = () => this.options.workspace.sessions.keepRunning(attempt);
    this.saving = this.saving.then(write, write);
    return this.saving;
  }
}

/** The answers at the end, where all of an instrument are given. */
async function keepAnswers({ sessions }: Workspace, about: string[], answers: Record<string, number>): Promise<void> {
  const asked = (['umux-lite', 'sus'] as const).map((id) => instruments[id].questions.map(({ field }) => field));
  const isWhole = (fields: string[]) => fields.every((field) => answers[field] !== undefined);
  if (!asked.some(isWhole)) return;
  const cells = asked.flatMap((fields) => fields.map((field) => (isWhole(fields) ? String(answers[field]) : '')));
  await sessions.addAnswers(asked.flat(), [...about, ...cells]);
}

/** The steps whose time can be told: those until the first that expects nothing, and that one. */
function followed<Step extends { expect?: unknown }>(steps: readonly Step[]): Step[] {
  const end = steps.findIndex(({ expect }) => expect === undefined);
  return end < 0 ? [...steps] : steps.slice(0, end + 1);
}

function sessionPages(tasks: Tasks): Pick<SessionOptions, 'consent' | 'task' | 'questions'> {
  const { scenario, product, questions = ['seq', 'umux-lite'] } = tasks;
  const asked = questions.flatMap((id) => {
    const { scale, ends, questions: items, subject } = instruments[id];
    return items.map((item) => ({ field: item.field, text: questionText(item, product || subject), scale, ends }));
  });
  const end: SessionPage = {
    title: 'Thank you',
    paragraphs: ['Please answer these questions. You may leave any of them out.'],
    questions: asked,
    buttons: [{ value: 'send', text: 'Send' }],
  };
  return {
    consent: {
      title: 'Before you begin',
      paragraphs: [
        'You are asked to try a web page. The page is tested, not you.',
        'Counted are: how long you take, clicks, key presses, pages, going back, fields that the page refuses, ' +
          'errors of its scripts, and clicks that nothing follows. Your answers to the questions at the end are kept.',
        'Not kept are: what you type, which keys you press, sound, a film of the screen, and your name.',
        'The person with you may write notes. With a note, a picture of the page is kept, on which all fields are ' +
          'painted over; what the page itself shows is on it. You may stop at any time; ask, and what was kept ' +
          'is removed.',
      ],
      buttons: [
        { value: 'agree', text: 'I agree' },
        { value: 'decline', text: 'I do not agree' },
      ],
    },
    task: { title: 'Your task', paragraphs: [scenario], buttons: [{ value: 'start', text: 'Start' }] },
    questions: asked.length > 0 ? end : undefined,
  };
}
