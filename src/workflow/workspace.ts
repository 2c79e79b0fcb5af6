import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { RecordFile } from '../storage/recordFile';
import { RunStore } from '../storage/runStore';
import { type WorkspacePaths, workspacePaths } from '../storage/workspacePaths';

/** One workspace folder with its record and its runs. */
export class Workspace {
  readonly paths: WorkspacePaths;
  readonly record: RecordFile;
  readonly runs: RunStore;

  constructor(root: string, recordPath?: string) {
    this.paths = workspacePaths(root, recordPath);
    this.record = new RecordFile(this.paths.record);
    this.runs = new RunStore(this.paths.runs);
  }

  /** The pictures beside the record, as findings name them: `evidence/<name>`. */
  async evidence(): Promise<string[]> {
    const folder = path.join(path.dirname(this.paths.record), 'evidence');
    const names = await readdir(folder).catch(() => [] as string[]);
    return names
      .filter((name) => /\.(png|jpe?g)$/.test(name))
      .sort()
      .map((name) => `evidence/${name}`);
  }
}
