import { isHumanError, usageError } from '../core/errors';
import { doingsIn, Moderation } from '../core/journey/moderation';
import { journeySteps, type Recording } from '../core/journey/recording';
import type { SessionCount, SessionEvent } from '../core/journey/sessionCount';
import { type Attempt, attemptRow, type Ending } from '../core/journey/sessionRow';
import type { SessionOutcome } from '../core/journey/sessionText';
import { type Tasks, tasksOf } from '../core/journey/tasks';
import { instruments, questionText } from '../core/survey/instruments';
import { inertLine } from '../core/text/inertText';
import type { AuditEngine } from '../engine/auditEngine';
import type { SessionOptions, SessionPage } from '../protocol/workerMessages';
import type { RunningAttempt } from '../storage/sessionStore';
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

/** A session that goes on, for its moderator. */
export interface RunningSession {
  moderation: Moderation;
  tasks: Tasks;
  /** Keeps a note. @returns whether it was kept: none is before the participant agrees, or after the session */
  note(text: string): Promise<boolean>;
}

/**
 * Keeps what a crash left of the last attempt, unless a session runs now.
 * @returns that attempt
 */
export async function recoverAttempt({ sessions }: Workspace): Promise<RunningAttempt | undefined> {
  return sessions
    .alone(() => sessions.recover())
    .catch((error: unknown) => {
      if (isHumanError(error) && error.code === 'session-running') return undefined;
      throw error;
    });
}

/** What is told about an attempt that a crash ended. */
export function cutOffText({ participant, target }: RunningAttempt): string {
  return (
    `The last attempt (${inertLine(participant)}, ${inertLine(target)}) was cut off. It is kept as far as it came, ` +
    'and counts in no rate, since nobody said how it ended.'
  );
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
  /** Whether a person sits beside the participant; otherwise these say themselves when they are done. */
  isModerated: boolean;
  /** Ends the session. */
  stop: AbortSignal;
  /** Gets the session once the browser opens. */
  onOpen?: (session: RunningSession) => void;
  /** Gets each thing that happened of itself. */
  onEvent?: (event: SessionEvent, moderation: Moderation) => void;
  /** Is called once the participant has closed the browser, and the moderator has to say how the task ended. */
  onUnsaid?: () => void;
  /** Is called once when the time on task is longer than the limit of the task, in seconds. */
  onTimeOver?: (limit: number) => void;
}

/** What became of a session. */
export interface SessionResult {
  /** An attempt that did begin is always kept. */
  outcome: SessionOutcome;
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
  let goOn = () => {};
  const moderation = new Moderation(
    steps.map(({ name }) => name),
    () => goOn(),
  );
  const { count } = moderation;
  const about = { date: today(), target: page.target, participant };
  const mask = (await workspace.record.read()).record.settings?.mask ?? [];
  const sites = new Sites(workspace.paths.root);
  const keeper = new Keeper(options, count, about, () => endingOf(moderation.success) ?? 'cut off', tasks.timeLimit);
  const hear = (event: SessionEvent, at: number) => {
    moderation.hear(event, at);
    if (event.type === 'begun') keeper.begin();
    onEvent?.(event, moderation);
  };
  const ask = async (): Promise<Record<string, number> | undefined> => {
    const url = new URL(await sites.urlOf(page));
    if (tasks.start !== undefined) url.href = new URL(tasks.start, url).href;
    const { isVisible, ignoreCertificateErrors } = options;
    return engine.session(
      {
        url: url.href,
        ...sessionPages(tasks, options.isModerated),
        steps: steps.map(({ expect }) => ({ expect })),
        isVisible,
        ignoreCertificateErrors,
        ...(await new Logins({ ...options, signal: stop }).ofChecked(page, url.origin)),
      },
      {
        stop,
        onEvent: hear,
        onNext: (next, picture) => {
          goOn = next;
          const note = async (text: string) => {
            if (!doingsIn(moderation.phase).includes('note')) return false;
            const where = { target: page.target, participant, step: count.step };
            picture(await sessions.addNote({ at: new Date().toISOString(), ...where, text }), mask);
            return true;
          };
          options.onOpen?.({ moderation, tasks, note });
        },
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
      if (moderation.hasBegun) return { error };
      throw error;
    });
    const { hasAgreed, hasBegun } = moderation;
    if (!hasBegun) return { outcome: hasAgreed ? 'not begun' : 'declined', count, answers: {} };
    const said = endingOf(moderation.success) ?? (stop.aborted ? 'stopped' : undefined);
    if (answers && 'error' in answers) return { ...(await keep(said ?? 'cut off')), error: answers.error };
    if (said === undefined && options.onUnsaid) {
      const isSaid = moderation.askSuccess(stop);
      options.onUnsaid();
      await isSaid;
    }
    const kept = await keep(endingOf(moderation.success) ?? (stop.aborted ? 'stopped' : 'closed'), answers);
    await keepAnswers(workspace, Object.values(about), answers ?? {});
    return kept;
  } finally {
    moderation.end();
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

/** What a participant without a moderator says about their task. */
const deskButtons = [
  { value: 'succeeded', text: 'I am done' },
  { value: 'failed', text: 'I give up' },
];

function sessionPages(
  tasks: Tasks,
  isModerated: boolean,
): Pick<SessionOptions, 'consent' | 'task' | 'desk' | 'questions'> {
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
  const how = isModerated ? [] : ['A small window stays open beside the page. Say there when you are done.'];
  return {
    consent: {
      title: 'Before you begin',
      paragraphs: [
        'You are asked to try a web page. The page is tested, not you.',
        'Counted are: how long you take, clicks, key presses, pages, going back, fields that the page refuses, ' +
          'errors of its scripts, and clicks that nothing follows. Your answers to the questions at the end are kept.',
        'Not kept are: what you type, which keys you press, sound, a film of the screen, and your name.',
        ...(isModerated
          ? [
              'The person with you may write notes. With a note, a picture of the page is kept, on which all fields ' +
                'are painted over; what the page itself shows is on it.',
            ]
          : []),
        'You may stop at any time; ask, and what was kept is removed.',
      ],
      buttons: [
        { value: 'agree', text: 'I agree' },
        { value: 'decline', text: 'I do not agree' },
      ],
    },
    task: { title: 'Your task', paragraphs: [scenario, ...how], buttons: [{ value: 'start', text: 'Start' }] },
    desk: isModerated ? undefined : { title: 'Your task', paragraphs: [scenario], buttons: deskButtons },
    questions: asked.length > 0 ? end : undefined,
  };
}
