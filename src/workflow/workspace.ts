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
}
