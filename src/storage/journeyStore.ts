import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { HumanError } from '../core/errors';
import { type JourneyRun, journeyRunSchema } from '../core/journey/journeyRun';
import { type Recording, readRecording } from '../core/journey/recording';
import { refuseSecrets } from '../core/journey/secrets';
import { readTasks, type Tasks } from '../core/journey/tasks';
import { byCodeUnit } from '../core/record/canonicalText';
import { slugPattern } from '../core/record/schemaParts';
import { decodeUtf8 } from '../core/text/utf8';
import { appendLine, renamedLine } from './appendLine';
import { atomicWrite } from './atomicWrite';
import { withFileLock } from './fileLock';
import { readRegular } from './readRegular';
import type { WorkspacePaths } from './workspacePaths';
import { ensureGitFiles } from './workspacePaths';
import { writableFolder, writablePath } from './writablePath';

/** Recordings of journeys (`ux-audit/journeys/<name>.json`, committed), and the walks of this machine (git-ignored). */
export class JourneyStore {
  constructor(private readonly paths: WorkspacePaths) {}

  /** The file of a journey's recording, which need not exist. */
  file(name: string): string {
    if (!slugPattern.test(name)) throw new Error(`not a name of a journey: ${name}`);
    return path.join(this.paths.journeys, `${name}.json`);
  }

  /** The names of the journeys that have a recording. */
  async names(): Promise<string[]> {
    const names = await readdir(this.paths.journeys).catch(() => [] as string[]);
    return names
      .filter((name) => name.endsWith('.json') && !name.endsWith('.tasks.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .filter((name) => slugPattern.test(name))
      .sort(byCodeUnit);
  }

  /**
   * Reads a recording as it lies there.
   * @throws HumanError `recording-unknown`, `recording-invalid`, `journey-secret`
   */
  async recording(name: string): Promise<Recording> {
    const file = this.file(name);
    const shown = path.relative(this.paths.root, file).replaceAll('\\', '/');
    let bytes: Buffer;
    try {
      bytes = await readRegular(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new HumanError('usage', 'recording-unknown', {
        what: `The journey "${name}" has no recording (${shown}).`,
        next: `Record it in Chrome DevTools and import it: ux-audit journey import FILE --as ${name}`,
      });
    }
    const recording = readRecording(decodeUtf8(bytes, shown), shown);
    refuseSecrets(recording, shown);
    return recording;
  }

  /** Writes a recording. */
  async write(name: string, recording: Recording): Promise<string> {
    const file = await writablePath(this.file(name), this.paths.root);
    refuseSecrets(recording, path.basename(file));
    await ensureGitFiles(await writableFolder(path.dirname(this.paths.journeys), this.paths.root));
    await mkdir(path.dirname(file), { recursive: true });
    await withFileLock(file, () => atomicWrite(file, `${JSON.stringify(recording, null, 2)}\n`));
    return file;
  }

  /** The file with what people are asked to do in a journey, which need not exist. */
  tasksFile(name: string): string {
    return this.file(name).replace(/\.json$/, '.tasks.json');
  }

  /**
   * What people are asked to do in a journey; undefined where no file says so.
   * @throws HumanError `tasks-invalid`
   */
  async tasks(name: string): Promise<Tasks | undefined> {
    const file = this.tasksFile(name);
    const shown = path.relative(this.paths.root, file).replaceAll('\\', '/');
    try {
      return readTasks(decodeUtf8(await readRegular(file), shown), shown);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Writes what people are asked to do in a journey. */
  async writeTasks(name: string, tasks: Tasks): Promise<string> {
    const file = await writablePath(this.tasksFile(name), this.paths.root);
    await mkdir(path.dirname(file), { recursive: true });
    await withFileLock(file, () => atomicWrite(file, `${JSON.stringify(tasks, null, 2)}\n`));
    return file;
  }

  private get history(): string {
    return path.join(this.paths.runs, 'journeys.jsonl');
  }

  /** Keeps a run on this machine. */
  async addRun(run: JourneyRun): Promise<void> {
    const file = await this.writableHistory();
    await withFileLock(file, () => appendLine(file, JSON.stringify(run)));
  }

  private async writableHistory(): Promise<string> {
    await ensureGitFiles(await writableFolder(path.dirname(this.paths.runs), this.paths.root));
    await writableFolder(this.paths.runs, this.paths.root);
    return writablePath(this.history, this.paths.root);
  }

  /** The runs of this machine, oldest first. Skips lines that cannot be read. */
  async runs(): Promise<JourneyRun[]> {
    const text = await readRegular(this.history).then(String, () => '');
    return text.split('\n').flatMap((line) => {
      if (line === '') return [];
      try {
        const parsed = journeyRunSchema.safeParse(JSON.parse(line));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return []; // a crash cut the line off
      }
    });
  }

  /** Gives the runs of a journey another name. Does nothing when there are none. */
  async rename(from: string, to: string): Promise<void> {
    const read = () => readRegular(this.history).then(String, () => '');
    if ((await read()) === '') return;
    const file = await this.writableHistory();
    await withFileLock(file, async () => {
      const lines = (await read()).split('\n').map((line) => renamedLine(line, from, to));
      await atomicWrite(file, lines.join('\n'));
    });
  }
}
