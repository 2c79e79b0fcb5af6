import readline from 'node:readline';
import { counted } from '../core/text/counted';
import type { Moderation } from '../workflow/sessions';
import { print } from './output';

/** The commands of the moderator, each a line or its first letter. */
const commands = 'start, done, gave up, error, assist, note TEXT, pause, skip (the questions), quit';

/** Where the moderator types, a command on each line. */
export class ModeratorDesk {
  private lines: readline.Interface | undefined;
  private isClosed = false;
  private isPaused = false;
  /** Takes the answer to the question that is asked now. */
  private answer: ((success?: boolean) => void) | undefined;

  /** @param quit ends the session */
  constructor(private readonly quit: () => void) {}

  /** Takes commands for a session. */
  take(moderation: Moderation): void {
    print(`Type a command and Enter: ${commands}`);
    this.lines = readline.createInterface({ input: process.stdin });
    this.lines.on('line', (line) => this.hear(line, moderation));
    this.lines.once('close', () => {
      this.isClosed = true;
      this.answer?.();
    });
  }

  close(): void {
    this.lines?.close();
    process.stdin.pause();
  }

  /** Asks how the task ended, when the participant closed the browser. @returns undefined when nobody says it */
  askSuccess(signal: AbortSignal): Promise<boolean | undefined> {
    if (this.isClosed || signal.aborted) return Promise.resolve(undefined);
    print('The browser was closed. How did the task end? Type done or gave up; Enter alone when nobody knows.');
    return new Promise((resolve) => {
      this.answer = (success) => {
        this.answer = undefined;
        resolve(success);
      };
      signal.addEventListener('abort', () => this.answer?.(), { once: true });
    });
  }

  private hear(line: string, { count, next, add, finish, note }: Moderation): void {
    const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*)$/.exec(line) ?? [];
    const is = (name: string) => word !== '' && name.startsWith(word.toLowerCase());
    if (is('note') && rest !== '') {
      void note(rest).then(
        (isKept) => print(isKept ? 'Noted.' : 'Notes are kept once the participant agrees.'),
        (error: Error) => print(`The note was not kept: ${error.message}`),
      );
    } else if (this.answer) {
      if (word === '' || is('quit')) this.answer();
      else if (is('done') || is('gave')) this.answer(is('done'));
      else print('Type done or gave up; Enter alone when nobody knows.');
    } else if (is('quit')) this.quit();
    else if (is('start') || is('skip')) next();
    else if (!count.isRunning) print('The task does not run now.');
    else if (is('done')) finish(true);
    else if (is('gave')) finish(false);
    else if (is('error') || is('assist')) {
      add({ type: is('error') ? 'error' : 'assist' });
      print(`${counted(count.errors, 'error')}, ${counted(count.assists, 'assist')}`);
    } else if (is('pause')) {
      this.isPaused = !this.isPaused;
      add({ type: this.isPaused ? 'paused' : 'resumed' });
      print(this.isPaused ? 'Paused; type pause again to go on.' : 'It goes on.');
    } else print(`Commands: ${commands}`);
  }
}
