import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import type { AuditResult } from '../core/audit/auditResults';
import type { ReportSlice } from '../core/audit/lighthouseReport';
import { forHistory, type Measurement, measurementSchema } from '../core/audit/measurement';
import type { NotMeasured } from '../core/audit/notMeasured';
import { isHumanError, usageError } from '../core/errors';
import { appendLine, renamedLine } from './appendLine';
import { atomicWrite } from './atomicWrite';
import { withFileLock } from './fileLock';
import { readRegular } from './readRegular';
import { ensureGitFiles } from './workspacePaths';
import { writableFolder, writablePath } from './writablePath';
import { writeError } from './writeError';

/** How many sets of runs keep their reports for each target. The history keeps every measurement. */
export const KEPT_PER_TARGET = 20;

/** After this time no process is still writing a set. Milliseconds. */
const UNFINISHED_FOR = 3_600_000;

/** Ids of sets, which workflow/auditPages.ts makes: they begin with their time. */
const runId = /^\d{4}-\d{2}-\d{2}T[\w-]+$/;

/** Removes what processes left in the folder of a target that ended while they kept a set. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names.filter((entry) => entry.endsWith('.tmp') && runId.test(entry.slice(0, -4)))) {
    const left = path.join(folder, name);
    const { mtimeMs } = await lstat(left).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > UNFINISHED_FOR) await rm(left, { recursive: true, force: true });
  }
}

/** Checks that a name from the record or a page is a single step of a path. @throws Error */
function segment(name: string): string {
  if (/^[A-Za-z0-9][\w.-]*$/.test(name)) return name;
  throw new Error(`not a name of a run or a target: ${name}`);
}

/** What is kept of a set of runs besides the whole reports. */
export interface StoredRun {
  measurement: Measurement;
  /** The slice of the representative run's report. */
  report: ReportSlice;
  /** What all runs say of each Lighthouse audit. Version 0.1.0 did not keep it. */
  results?: AuditResult[];
  /** What no run could measure. Version 0.1.0 did not keep it. */
  notMeasured?: NotMeasured[];
}

/** What a run must have to be shown; a file in its place may be anybody's. */
const shownSchema = z.looseObject({
  measurement: measurementSchema,
  report: z.looseObject({
    categories: z.array(z.looseObject({ id: z.string(), refs: z.array(z.looseObject({ id: z.string() })) })),
    audits: z.array(
      z.looseObject({
        id: z.string(),
        title: z.string(),
        items: z.array(z.looseObject({})),
        savings: z.optional(z.record(z.string(), z.number())),
      }),
    ),
    filmstrip: z.array(z.looseObject({ data: z.string() })),
  }),
});

/**
 * The runs of this machine, below `ux-audit/runs/` (git-ignored): `<target>/<id>/run.json`, the whole Lighthouse
 * reports `report-1.json.gz` …, and `history.jsonl` with one measurement a line.
 */
export class RunStore {
  /** @param root no link leads a write out of this folder */
  constructor(
    private readonly folder: string,
    private readonly root = folder,
  ) {}

  private get history(): string {
    return path.join(this.folder, 'history.jsonl');
  }

  private runFolder(target: string, id: string): string {
    return path.join(this.targetFolder(target), segment(id));
  }

  private targetFolder(target: string): string {
    return path.join(this.folder, segment(target));
  }

  /**
   * Keeps one finished set of runs and drops the oldest beyond {@link KEPT_PER_TARGET}.
   * @param reports paths of the whole reports, in the order of the runs; the store keeps them compressed
   */
  async add(run: StoredRun, reports: readonly string[]): Promise<void> {
    const { target, id } = run.measurement;
    const below = await writableFolder(this.targetFolder(target), this.root);
    const folder = path.join(below, segment(id));
    const unfinished = `${folder}.tmp`;
    try {
      const { gzip } = await import('node:zlib'); // loads with the first audit
      await ensureGitFiles(await writableFolder(path.dirname(this.folder), this.root));
      await mkdir(unfinished, { recursive: true });
      for (const [index, report] of reports.entries()) {
        const packed = await promisify(gzip)(await readFile(report));
        await writeFile(path.join(unfinished, `report-${index + 1}.json.gz`), packed);
      }
      await writeFile(path.join(unfinished, 'run.json'), JSON.stringify(run));
      await rename(unfinished, folder);
      const history = await writablePath(this.history, this.root);
      await withFileLock(history, () => appendLine(history, JSON.stringify(forHistory(run.measurement))));
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true }).catch(() => {});
      throw isHumanError(error) ? error : writeError(error, path.join(folder, 'run.json'));
    }
    await removeUnfinished(below);
    const ids = await this.ids(target);
    for (const old of ids.slice(0, Math.max(0, ids.length - KEPT_PER_TARGET))) {
      await rm(path.join(below, old), { recursive: true, force: true });
    }
  }

  /** Gives the runs of a target another name. Does nothing when there are none. */
  async rename(from: string, to: string): Promise<void> {
    const { gone, made } = { gone: await this.writableTarget(from), made: await this.writableTarget(to) };
    const history = await writablePath(this.history, this.root);
    const isThere = await lstat(gone).catch(() => undefined);
    const before = await readFile(history, 'utf8').catch(() => '');
    if (!isThere && before === '') return;
    await withFileLock(history, async () => {
      const text = await readFile(history, 'utf8').catch(() => '');
      const lines = text.split('\n').map((line) => renamedLine(line, from, to));
      await atomicWrite(history, lines.join('\n'));
    });
    for (const id of isThere ? await this.ids(from) : []) {
      const run = await this.read(from, id);
      const file = path.join(gone, id, 'run.json');
      if (run) await atomicWrite(file, JSON.stringify({ ...run, measurement: { ...run.measurement, target: to } }));
    }
    if (isThere) await rename(gone, made);
  }

  private writableTarget(target: string): Promise<string> {
    return writableFolder(this.targetFolder(target), this.root);
  }

  /**
   * Checks that a target can get a name: no runs of a removed one may bear it, which would count as its own.
   * @throws HumanError `runs-in-the-way`
   */
  async ensureFree(target: string): Promise<void> {
    if ((await this.ids(target)).length === 0) return;
    throw usageError(
      'runs-in-the-way',
      `Runs of a removed page "${target}" are still kept on this machine.`,
      `Choose another name, or delete the folder ${path.basename(path.dirname(this.folder))}/runs/${target}.`,
    );
  }

  /** Ids of the kept sets of a target, oldest first (an id begins with its time). */
  async ids(target: string): Promise<string[]> {
    const entries = await readdir(this.targetFolder(target)).catch(() => [] as string[]);
    return entries.filter((name) => runId.test(name)).sort();
  }

  /** A kept set; undefined when it was dropped or cannot be read. */
  async read(target: string, id: string): Promise<StoredRun | undefined> {
    try {
      const run: unknown = JSON.parse(String(await readRegular(path.join(this.runFolder(target, id), 'run.json'))));
      return shownSchema.safeParse(run).success ? (run as StoredRun) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The whole Lighthouse report of one run of a set; `index` counts from 0. */
  async report(target: string, id: string, index: number): Promise<string | undefined> {
    try {
      const packed = await readRegular(path.join(this.runFolder(target, id), `report-${index + 1}.json.gz`));
      const { gunzip } = await import('node:zlib');
      return (await promisify(gunzip)(packed)).toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** Every measurement of this machine, oldest first. Skips lines that cannot be read. */
  async measurements(): Promise<Measurement[]> {
    const text = await readRegular(this.history).then(String, () => '');
    return text.split('\n').flatMap((line) => {
      if (line === '') return [];
      try {
        const parsed = measurementSchema.safeParse(JSON.parse(line));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return []; // a crash cut the line off
      }
    });
  }
}
