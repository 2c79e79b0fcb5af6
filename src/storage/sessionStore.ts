import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { HumanError, isHumanError } from '../core/errors';
import { sessionColumns } from '../core/journey/sessionRow';
import { csvCell } from '../core/text/csvCell';
import { atomicWrite } from './atomicWrite';
import { withFileLock } from './fileLock';
import { readRegular } from './readRegular';
import { ensureGitFiles, type WorkspacePaths } from './workspacePaths';
import { writableFolder, writablePath } from './writablePath';

/** A note of the moderator. */
export interface SessionNote {
  at: string;
  target: string;
  participant: string;
  /** The step that the participant was at. */
  step?: string | undefined;
  text: string;
}

/** A note as it is kept. */
export interface KeptNote extends SessionNote {
  /** What people name it by: six letters and digits. */
  key: string;
  /** The file of its picture, where it has one. */
  picture?: string | undefined;
}

/** An attempt that is under way, or was when the program ended. */
export interface RunningAttempt {
  target: string;
  participant: string;
  /** When it began, in UTC. */
  at: string;
  /** Its line in the table, should nothing else come. */
  row: string;
}

/** Task sessions of this machine (`ux-audit/runs`, git-ignored): a table of attempts, answers, and notes. */
export class SessionStore {
  constructor(private readonly paths: WorkspacePaths) {}

  /** The table of attempts, for `outcomes import`. */
  get table(): string {
    return path.join(this.paths.runs, 'sessions.csv');
  }

  /** The answers to the questions at the end, for `outcomes import`. */
  get answers(): string {
    return path.join(this.paths.runs, 'session-answers.csv');
  }

  private get notesFile(): string {
    return path.join(this.paths.runs, 'session-notes.jsonl');
  }

  private get pictures(): string {
    return path.join(this.paths.runs, 'session-pictures');
  }

  private get runningFile(): string {
    return path.join(this.paths.runs, 'session-running.json');
  }

  /** Keeps an attempt. It is on the disk, whole, when this returns. */
  async addAttempt(row: string): Promise<void> {
    await this.append(this.table, sessionColumns.map(csvCell).join(','), row);
  }

  /** Keeps answers. @param columns the columns besides date, target and participant */
  async addAnswers(columns: readonly string[], cells: readonly string[]): Promise<void> {
    const header = ['date', 'target', 'participant', ...columns].map(csvCell).join(',');
    await this.append(this.answers, header, cells.map(csvCell).join(','));
  }

  /** @returns the file for its picture, without ending */
  async addNote(note: SessionNote): Promise<string> {
    await this.append(this.notesFile, undefined, JSON.stringify(note));
    await mkdir(await writableFolder(this.pictures, this.paths.root), { recursive: true });
    return path.join(this.pictures, keyOf(note));
  }

  /** The notes, oldest first. Skips lines that cannot be read. */
  async notes(): Promise<KeptNote[]> {
    const pictures = await readdir(this.pictures).catch(() => [] as string[]);
    return (await this.linesOf(this.notesFile)).flatMap((line) => {
      const note = noteOf(line);
      if (!note) return [];
      const key = keyOf(note);
      const picture = pictures.find((name) => name === `${key}.png` || name === `${key}.jpg`);
      return [{ ...note, key, ...(picture !== undefined && { picture: path.join(this.pictures, picture) }) }];
    });
  }

  /** The lines of the table of attempts, without its header. */
  async attempts(): Promise<string[]> {
    return (await this.linesOf(this.table)).slice(1);
  }

  /** Keeps how far an attempt is, in case that the program ends before it. */
  async keepRunning(attempt: RunningAttempt): Promise<void> {
    await this.prepare(this.runningFile);
    await atomicWrite(this.runningFile, JSON.stringify(attempt));
  }

  async end(): Promise<void> {
    await rm(this.runningFile, { force: true });
  }

  /**
   * Does work while no other session runs on this machine.
   * @throws HumanError `session-running`
   */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    await this.prepare(this.runningFile);
    let hasBegun = false;
    const begin = () => {
      hasBegun = true;
      return work();
    };
    return withFileLock(this.runningFile, begin, { giveUpAfter: 500 }).catch((error: unknown) => {
      if (hasBegun || !isHumanError(error) || error.code !== 'record-locked') throw error;
      const what = 'Another task session runs in this workspace now.';
      throw new HumanError('usage', 'session-running', { what, next: 'Wait until it has ended.' }, { cause: error });
    });
  }

  /**
   * Puts the attempt that a crash ended, if there is one, into the table as far as it came. Call it in {@link alone}.
   * @returns that attempt
   */
  async recover(): Promise<RunningAttempt | undefined> {
    const text = await readRegular(this.runningFile).then(String, () => undefined);
    if (text === undefined) return undefined;
    const attempt = runningOf(text);
    if (attempt && !(await this.attempts()).includes(attempt.row)) await this.addAttempt(attempt.row);
    await this.end();
    return attempt;
  }

  /**
   * Removes what is kept of a participant: attempts, answers, notes and their pictures.
   * @returns how many lines there were
   */
  async forget(participant: string): Promise<number> {
    const isTheirs = (line: string) => participantOf(line) === participant;
    const ofTable = await this.without(this.table, isTheirs);
    const ofAnswers = await this.without(this.answers, isTheirs);
    const pictures = (await this.notes()).flatMap((note) => (note.participant === participant && note.picture) || []);
    await Promise.all(pictures.map((picture) => rm(picture, { force: true })));
    const ofNotes = await this.without(this.notesFile, (line) => noteOf(line)?.participant === participant);
    return ofTable + ofAnswers + ofNotes;
  }

  private async without(file: string, isTheirs: (line: string) => boolean): Promise<number> {
    if ((await this.linesOf(file)).length === 0) return 0;
    await this.prepare(file);
    return withFileLock(file, async () => {
      const lines = await this.linesOf(file);
      const left = lines.filter((line) => !isTheirs(line));
      if (left.length < lines.length) await atomicWrite(file, left.map((line) => `${line}\n`).join(''));
      return lines.length - left.length;
    });
  }

  private async linesOf(file: string): Promise<string[]> {
    const text = await readRegular(file).then(String, () => '');
    return text.split('\n').filter((line) => line !== '');
  }

  private async prepare(file: string): Promise<void> {
    await ensureGitFiles(await writableFolder(path.dirname(this.paths.runs), this.paths.root));
    await writableFolder(this.paths.runs, this.paths.root);
    await mkdir(this.paths.runs, { recursive: true });
    await writablePath(file, this.paths.root);
  }

  private async append(file: string, header: string | undefined, line: string): Promise<void> {
    await this.prepare(file);
    await withFileLock(file, async () => {
      const text = await readRegular(file).then(String, () => '');
      const before =
        text === '' && header !== undefined ? `${header}\n` : text === '' || text.endsWith('\n') ? '' : '\n';
      const handle = await open(file, 'a');
      try {
        await handle.appendFile(`${before}${line}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
  }
}

/** Participants have names that need no quotes (workflow/sessions.ts), so that their cell is plain. */
function participantOf(line: string): string | undefined {
  return /^"(?:[^"]|"")*","(?:[^"]|"")*","([^"]*)"/.exec(line)?.[1];
}

function keyOf({ at, participant, text }: SessionNote): string {
  return createHash('sha256').update([at, participant, text].join('\n')).digest('hex').slice(0, 6);
}

function runningOf(text: string): RunningAttempt | undefined {
  try {
    const attempt = JSON.parse(text) as RunningAttempt;
    return typeof attempt.row === 'string' && participantOf(attempt.row) !== undefined ? attempt : undefined;
  } catch {
    return undefined; // nothing was counted yet
  }
}

function noteOf(line: string): SessionNote | undefined {
  try {
    const note = JSON.parse(line) as SessionNote;
    return typeof note.participant === 'string' && typeof note.text === 'string' ? note : undefined;
  } catch {
    return undefined; // a crash cut the line off
  }
}
