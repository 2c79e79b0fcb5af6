import { usageError } from '../core/errors';
import { journeySteps, type Recording } from '../core/journey/recording';
import { SessionCount, type SessionEvent } from '../core/journey/sessionCount';
import { attemptRow } from '../core/journey/sessionRow';
import { type Tasks, tasksOf } from '../core/journey/tasks';
import { instruments, questionText } from '../core/survey/instruments';
import type { AuditEngine } from '../engine/auditEngine';
import type { SessionOptions, SessionPage } from '../protocol/workerMessages';
import { today } from './localDate';
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
  credentials?: (page: PlannedPage, origin: string) => Promise<Pick<SessionOptions, 'headers' | 'cookies'>>;
  ignoreCertificateErrors?: boolean | undefined;
  isVisible?: boolean | undefined;
  /** Ends the session; an attempt that was not finished is then not kept. */
  stop: AbortSignal;
  /** Gets what the moderator can do, once the browser opens. */
  onModerate: (moderation: Moderation) => void;
  /** Gets each thing that happened. */
  onEvent?: (event: SessionEvent, count: SessionCount) => void;
}

/** What became of a session. */
export interface SessionResult {
  /** `not finished`: nobody said whether the task was done, so nothing was kept. */
  outcome: 'done' | 'gave up' | 'declined' | 'not finished';
  count: SessionCount;
  answers: Record<string, number>;
}

/**
 * Runs a task session: consent, the task, the questions. Keeps a row of numbers on this machine once the moderator has
 * said how the task ended.
 * @throws HumanError why the site does not start, no browser or no screen is there
 */
export async function runSession(options: RunSessionOptions): Promise<SessionResult> {
  const { workspace, engine, page, recording, participant, stop, onEvent } = options;
  const { sessions } = workspace;
  const tasks = (await workspace.journeys.tasks(page.target)) ?? tasksOf(recording);
  const steps = journeySteps(recording);
  const count = new SessionCount(followed(steps).map(({ name }) => name));
  const sites = new Sites(workspace.paths.root);
  let success: boolean | undefined;
  let goOn = () => {};
  let hasAgreed = false;
  const hear = (event: SessionEvent, at: number) => {
    hasAgreed ||= event.type === 'agreed';
    count.add(event, at);
    onEvent?.(event, count);
  };
  try {
    const url = new URL(await sites.urlOf(page));
    if (tasks.start !== undefined) url.href = new URL(tasks.start, url).href;
    const { isVisible, ignoreCertificateErrors } = options;
    await sessions.begin({ target: page.target, participant, at: new Date().toISOString() });
    const answers = await engine.session(
      {
        url: url.href,
        ...sessionPages(tasks),
        steps: followed(steps).map(({ expect }) => ({ expect })),
        isVisible,
        ignoreCertificateErrors,
        ...(await options.credentials?.(page, url.origin)),
      },
      {
        stop,
        onEvent: hear,
        onNext: (next) => {
          goOn = next;
          options.onModerate({
            count,
            next: () => goOn(),
            add: (event) => hear(event, Date.now()),
            finish: (isDone) => {
              success = isDone;
              goOn();
            },
            note: async (text) => {
              const about = { target: page.target, participant, step: count.step };
              if (hasAgreed) await sessions.addNote({ at: new Date().toISOString(), ...about, text });
              return hasAgreed;
            },
          });
        },
      },
    );
    if (answers === undefined) return { outcome: 'declined', count, answers: {} };
    if (success === undefined) return { outcome: 'not finished', count, answers: {} };
    const { seq, ...others } = answers;
    const about = { date: today(), target: page.target, participant };
    await sessions.addAttempt(attemptRow({ ...about, success, seq, count }));
    const [first, second] = [others.umux1, others.umux2];
    if (first !== undefined && second !== undefined)
      await sessions.addAnswers(['umux1', 'umux2'], [...Object.values(about), String(first), String(second)]);
    return { outcome: success ? 'done' : 'gave up', count, answers };
  } finally {
    await sessions.end();
    await sites.stop();
  }
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
        'Not kept are: what you type, which keys you press, the screen, sound, and your name.',
        'The person with you may write notes. You may stop at any time; ask, and what was kept is removed.',
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
