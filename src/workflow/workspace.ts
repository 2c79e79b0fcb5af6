import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Baseline, baselineSchema, emptyBaseline } from '../core/audit/baseline';
import { emptyProposals, type Proposals, proposalsSchema } from '../core/evaluation/proposals';
import { type Comments, commentsSchema, emptyComments } from '../core/outcomes/comments';
import { emptyFigures, type Figures, figuresSchema } from '../core/outcomes/figures';
import { withoutMetadata } from '../core/record/imageMetadata';
import { atomicWrite } from '../storage/atomicWrite';
import { withFileLock } from '../storage/fileLock';
import { JourneyStore } from '../storage/journeyStore';
import { LoginStore } from '../storage/loginStore';
import { RecordFile } from '../storage/recordFile';
import { RunStore } from '../storage/runStore';
import { SessionStore } from '../storage/sessionStore';
import { ValuesFile } from '../storage/valuesFile';
import { type WorkspacePaths, workspacePaths } from '../storage/workspacePaths';
import { writablePath } from '../storage/writablePath';

/** One workspace folder and its files. */
export class Workspace {
  readonly paths: WorkspacePaths;
  readonly record: RecordFile;
  readonly runs: RunStore;
  /** Recordings of journeys, and the walks of this machine. */
  readonly journeys: JourneyStore;
  /** Browsers that are signed in, on this machine alone. */
  readonly logins: LoginStore;
  /** Recordings that sign in. */
  readonly loginRecordings: JourneyStore;
  /** Task sessions of this machine. */
  readonly sessions: SessionStore;
  /** The figures of outcomes: `outcomes.json` beside the record. */
  readonly outcomes: ValuesFile<Figures>;
  /** The committed baseline: `measurements.json` beside the record. */
  readonly baseline: ValuesFile<Baseline>;

  /** What agents propose on this machine: `proposals.json` beside the record, which git ignores. */
  readonly proposals: ValuesFile<Proposals>;

  /** What customers wrote, on this machine alone. Written by src/workflow/comments.ts, which keeps it from git. */
  readonly comments: ValuesFile<Comments>;

  /** Whether git may be asked, whose configuration in the workspace may name programs to run. */
  asksGit = true;

  constructor(root: string, recordPath?: string) {
    this.paths = workspacePaths(root, recordPath);
    this.record = new RecordFile(this.paths.record, root);
    this.runs = new RunStore(this.paths.runs, root);
    this.journeys = new JourneyStore(this.paths);
    this.logins = new LoginStore(this.paths);
    this.loginRecordings = new JourneyStore({ ...this.paths, journeys: this.paths.logins });
    this.sessions = new SessionStore(this.paths);
    this.outcomes = new ValuesFile(this.paths.outcomes, figuresSchema, emptyFigures(), 2, root);
    this.comments = new ValuesFile(this.paths.comments, commentsSchema, emptyComments(), 2, root);
    this.proposals = new ValuesFile(this.paths.proposals, proposalsSchema, emptyProposals(), 2, root);
    this.baseline = new ValuesFile(this.paths.baseline, baselineSchema, emptyBaseline(), 4, root);
  }

  /**
   * Keeps an image beside the record, without what is in its file but not to be seen.
   * @returns its path as findings name it: `evidence/<name>`
   */
  async addAttachment(image: Uint8Array, ending: string): Promise<string> {
    const bytes = withoutMetadata(image);
    const name = `evidence/${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}${ending}`;
    const file = await writablePath(path.join(path.dirname(this.paths.record), name), this.paths.root);
    await withFileLock(file, () => atomicWrite(file, bytes));
    return name;
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
