import readline from 'node:readline';
import type { Doing, Moderation, SessionPhase } from '../core/journey/moderation';
import { counted } from '../core/text/counted';
import type { RunningSession } from '../workflow/sessions';
import { print } from './output';

/** What the moderator types: the first letters are enough. */
const words = ['start', 'done', 'gave up', 'error', 'assist', 'note', 'pause', 'undo', 'skip', 'quit'] as const;
const commands = 'start, done, gave up, error, assist, note TEXT, pause, undo, skip (the questions), quit';

/** What is told after something was done. */
const answers: Partial<Record<Doing, (moderation: Moderation) => string>> = {
  error: ({ count }) => `${counted(count.errors, 'error')}, ${counted(count.assists, 'assist')}`,
  assist: ({ count }) => `${counted(count.errors, 'error')}, ${counted(count.assists, 'assist')}`,
  pause: () => 'Paused; type pause again to go on.',
  resume: () => 'It goes on.',
  undo: ({ count }) => `Taken back: ${counted(count.errors, 'error')}, ${counted(count.assists, 'assist')}`,
};

/** Where the moderator types, a command on each line. */
export class ModeratorDesk {
  private lines: readline.Interface | undefined;
  private session: RunningSession | undefined;
  private isClosed = false;

  /** @param quit ends the session */
  constructor(private readonly quit: () => void) {}

  /** Takes commands for a session. */
  take(session: RunningSession): void {
    this.session = session;
    print(`Type a command and Enter: ${commands}`);
    this.lines = readline.createInterface({ input: process.stdin });
    this.lines.on('line', (line) => {
      const answer = this.answerTo(line, session);
      if (answer !== undefined) print(answer);
    });
    this.lines.once('close', () => {
      this.isClosed = true;
      session.moderation.act('unknown', Date.now());
    });
  }

  close(): void {
    this.lines?.close();
    process.stdin.pause();
  }

  /** Asks how the task ended, when the participant closed the browser. */
  askSuccess(): void {
    if (this.isClosed) this.session?.moderation.act('unknown', Date.now());
    else print('The browser was closed. How did the task end? Type done or gave up; Enter alone when nobody knows.');
  }

  /** Does what a line asks for. @returns what is told about it */
  private answerTo(line: string, { moderation, note }: RunningSession): string | undefined {
    const [, typed = '', rest = ''] = /^\s*(\S*)\s*(.*)$/.exec(line) ?? [];
    const { phase } = moderation;
    const word = typed === '' ? undefined : words.find((name) => name.startsWith(typed.toLowerCase()));
    if (word === 'quit' && phase !== 'unsaid') {
      this.quit();
      return undefined;
    }
    if (word === 'note' && rest !== '') {
      void note(rest).then(
        (isKept) => print(isKept ? 'Noted.' : 'Notes are kept once the participant agrees.'),
        (error: Error) => print(`The note was not kept: ${error.message}`),
      );
      return undefined;
    }
    const doing = typed === '' && phase === 'unsaid' ? 'unknown' : doingOf(word, phase);
    if (!doing || doing === 'note') return `Commands: ${commands}`;
    if (moderation.act(doing, Date.now())) return answers[doing]?.(moderation);
    return `Not now. What can be done: ${[...moderation.doings, 'quit'].join(', ')}.`;
  }
}

/** What is meant by a word, where one word stands for two things. */
function doingOf(word: (typeof words)[number] | undefined, phase: SessionPhase): Doing | undefined {
  if (word === 'quit') return 'unknown';
  return word === 'pause' && phase === 'paused' ? 'resume' : word;
}
