import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Baseline, baselineSchema, emptyBaseline } from '../core/audit/baseline';
import { emptyFigures, type Figures, figuresSchema } from '../core/outcomes/figures';
import { RecordFile } from '../storage/recordFile';
import { RunStore } from '../storage/runStore';
import { ValuesFile } from '../storage/valuesFile';
import { type WorkspacePaths, workspacePaths } from '../storage/workspacePaths';

/** One workspace folder and its files. */
export class Workspace {
  readonly paths: WorkspacePaths;
  readonly record: RecordFile;
  readonly runs: RunStore;
  /** The figures of outcomes: `outcomes.json` beside the record. */
  readonly outcomes: ValuesFile<Figures>;
  /** The committed baseline: `measurements.json` beside the record. */
  readonly baseline: ValuesFile<Baseline>;

  constructor(root: string, recordPath?: string) {
    this.paths = workspacePaths(root, recordPath);
    this.record = new RecordFile(this.paths.record);
    this.runs = new RunStore(this.paths.runs);
    this.outcomes = new ValuesFile(this.paths.outcomes, figuresSchema, emptyFigures(), 2);
    this.baseline = new ValuesFile(this.paths.baseline, baselineSchema, emptyBaseline(), 4);
  }

  /** The attachments beside the record, as findings name them: `evidence/<name>`. */
  async attachments(): Promise<string[]> {
    const folder = path.join(path.dirname(this.paths.record), 'evidence');
    const names = await readdir(folder).catch(() => [] as string[]);
    return names
      .filter((name) => /\.(png|jpe?g)$/.test(name))
      .sort()
      .map((name) => `evidence/${name}`);
  }
}
