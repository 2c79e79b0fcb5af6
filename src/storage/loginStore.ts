import { chmod, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserState, readBrowserState } from '../core/audit/browserState';
import { slugPattern } from '../core/record/schemaParts';
import { atomicWrite } from './atomicWrite';
import { withFileLock } from './fileLock';
import { keepFromGit, privateFile } from './privateFile';
import { readRegular } from './readRegular';
import type { WorkspacePaths } from './workspacePaths';
import { writablePath } from './writablePath';

/** Whoever has such a file is signed in: it is for its owner alone. */
const OWNER_ONLY = 0o600;

/** Browsers that are signed in (`ux-audit/.auth/<name>.json`), on this machine alone. git never sees them. */
export class LoginStore {
  constructor(private readonly paths: WorkspacePaths) {}

  /** The file of a login's state, which need not exist. */
  file(name: string): string {
    if (!slugPattern.test(name)) throw new Error(`not a name of a login: ${name}`);
    return path.join(this.paths.auth, `${name}.json`);
  }

  /**
   * The state of a login and when it was kept; undefined when this machine has none.
   * @throws HumanError `state-invalid`
   */
  async read(name: string): Promise<{ state: BrowserState; at: Date } | undefined> {
    const file = this.file(name);
    try {
      const [bytes, { mtime }] = [await readRegular(file), await stat(file)];
      return { state: readBrowserState(bytes.toString('utf8'), path.basename(file)), at: mtime };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** When the state of a login was kept; undefined when this machine has none. */
  async keptAt(name: string): Promise<Date | undefined> {
    return stat(this.file(name)).then(
      ({ mtime }) => mtime,
      () => undefined,
    );
  }

  /** When this machine kept each state that it has, by the names of the logins. */
  async allKept(): Promise<Map<string, Date>> {
    const files = await readdir(this.paths.auth).catch(() => [] as string[]);
    const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
    const kept = new Map<string, Date>();
    for (const name of names.filter((one) => slugPattern.test(one)).sort()) {
      const at = await this.keptAt(name);
      if (at) kept.set(name, at);
    }
    return kept;
  }

  /**
   * Keeps a state, for its owner alone, and out of git.
   * @throws HumanError `answers-committed` when git has the file already, `answers-not-ignored` when it cannot be told
   */
  async write(name: string, state: BrowserState): Promise<string> {
    const file = await privateFile(this.file(name), this.paths.root);
    await keepFromGit(file, 'choose another name', 'The state of somebody who is signed in');
    await withFileLock(file, async () => {
      await chmod(file, OWNER_ONLY).catch(() => {}); // it is not there yet
      await atomicWrite(file, `${JSON.stringify(state, null, 2)}\n`, OWNER_ONLY);
    });
    return file;
  }

  /** Forgets a state. @returns whether there was one */
  async remove(name: string): Promise<boolean> {
    if ((await this.keptAt(name)) === undefined) return false;
    await rm(await writablePath(this.file(name), this.paths.root));
    return true;
  }
}
