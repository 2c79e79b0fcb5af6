import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TraceMap } from '@jridgewell/trace-mapping';
import { readSourceMap } from '../core/sources/sourceMaps';
import { templateFile } from '../core/sources/templates';
import { Git } from '../storage/git';
import { WorkspaceFiles } from '../storage/workspaceFiles';
import type { Workspace } from './workspace';

/** The largest source map that is read. Bytes. */
const MAX_MAP = 32 * 1024 * 1024;
/** The most files that are read for a guess, and the most bytes of them. */
const MAX_FILES = 400;
const MAX_BYTES = 1.5 * 1024 * 1024;
/** The most files that are listed where there is no git. */
const MAX_LISTED = 20_000;

/** A workspace whose sources are looked for. */
export type SourceWorkspace = Pick<Workspace, 'paths'> & Partial<Pick<Workspace, 'asksGit'>>;

/** The source files of a workspace with their names, as they are now. */
export class SourceFiles extends WorkspaceFiles {
  private constructor(
    folder: string,
    /** Relative to the workspace, with / */
    readonly names: readonly string[],
    /** Whether git tells sources from what is built of them. */
    readonly isKnownToGit: boolean,
  ) {
    super(folder);
  }

  static async of({ paths, asksGit = true }: SourceWorkspace): Promise<SourceFiles> {
    const root = await new WorkspaceFiles(paths.root).root;
    const git = asksGit ? await Git.of(root) : undefined;
    const known = await git?.files(root).catch(() => undefined);
    return new SourceFiles(paths.root, known ?? (await listed(root)), known !== undefined);
  }

  /** The source map beside a file of the workspace that a page names; undefined when there is none. */
  async sourceMapOf(url: string): Promise<TraceMap | undefined> {
    try {
      const file = `${fileURLToPath(url)}.map`;
      const read = await this.bytes(file, MAX_MAP);
      return 'bytes' in read ? readSourceMap(read.bytes.toString('utf8'), pathToFileURL(file).href) : undefined;
    } catch {
      return undefined; // no path of this machine
    }
  }

  /** The templates that an element may come from, as many as are read at once. */
  async templates(pathname: string): Promise<{ file: string; text: string }[]> {
    const words = pathname.toLowerCase().match(/[a-z]{3,}/g) ?? [];
    const rank = (name: string) =>
      (/(?:^|[/._-])(?:tests?|specs?|stories|story|fixtures?|mocks?|examples?|vendor|dist|build)[/._-]/i.test(name)
        ? 4
        : 0) -
      (/(?:^|\/)(?:src|app|pages|routes|components|views|templates|layouts)\//.test(name) ? 2 : 0) -
      (words.some((word) => name.toLowerCase().includes(word)) ? 1 : 0);
    const names = this.names
      .filter((name) => templateFile.test(name) && !/(?:^|\/)(?:node_modules|ux-audit)\//.test(name))
      .map((name) => ({ name, rank: rank(name) }))
      .sort((a, b) => a.rank - b.rank)
      .slice(0, MAX_FILES);
    const texts = await Promise.all(names.map(async ({ name }) => ({ file: name, text: await this.text(name) })));
    let size = 0;
    return texts.flatMap(({ file, text }) => {
      if (text === undefined || size + text.length > MAX_BYTES) return [];
      size += text.length;
      return { file, text };
    });
  }
}

/** The files below a folder without git: no hidden ones, no dependencies, nothing that is built. */
async function listed(root: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (below: string): Promise<void> => {
    const entries = await readdir(path.join(root, below), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (found.length >= MAX_LISTED) return;
      if (/^(?:\..*|node_modules|bower_components|dist|build|out|coverage|vendor)$/.test(entry.name)) continue;
      const name = below ? `${below}/${entry.name}` : entry.name;
      if (entry.isDirectory()) await visit(name);
      else if (entry.isFile()) found.push(name);
    }
  };
  await visit('');
  return found;
}
