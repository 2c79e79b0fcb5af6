import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { readRegular } from './readRegular';
import { isWithin } from './writablePath';

/** The largest text that is read as a source file. Bytes. */
const MAX_SOURCE = 512 * 1024;

/** Why a file was not read. */
export type Refusal = 'outside' | 'link' | 'absent' | 'no-file' | 'too-large' | 'unreadable';

export interface FileBytes {
  bytes: Buffer;
  /** When it was last changed. Milliseconds since 1970. */
  changed: number;
}

/**
 * The source files of a workspace. What names them may come from anybody (a report, an agent, a served page), and so
 * may the workspace: only regular files that really lie below it are read, none through a link of its own, none of
 * git's folder, and none above a size.
 */
export class WorkspaceFiles {
  private readonly texts = new Map<string, Promise<string | undefined>>();
  private real: Promise<string> | undefined;

  constructor(private readonly folder: string) {}

  /** The real path of the workspace. */
  get root(): Promise<string> {
    this.real ??= realpath(this.folder).catch(() => path.resolve(this.folder));
    return this.real;
  }

  /**
   * The text of a file as it was when it was first asked for; undefined when it is refused.
   * @param name relative to the workspace, with /
   */
  text(name: string): Promise<string | undefined> {
    const known = this.texts.get(name) ?? this.load(name);
    this.texts.set(name, known);
    return known;
  }

  /**
   * The bytes of a file as it is now.
   * @param name relative to the workspace, or absolute
   * @param largest bytes
   */
  async bytes(name: string, largest: number = MAX_SOURCE): Promise<FileBytes | { refused: Refusal }> {
    const root = await this.root;
    const given = path.resolve(root, name);
    // the path of the workspace may itself lead through a link
    const file = isWithin(root, given) ? given : path.resolve(root, path.relative(this.folder, given));
    if (!isWithin(root, file)) return { refused: 'outside' };
    try {
      const entry = await lstat(file);
      if (entry.isSymbolicLink()) return { refused: 'link' };
      const real = await realpath(file);
      if (!isWithin(root, real)) return { refused: 'outside' };
      if (!entry.isFile()) return { refused: 'no-file' };
      if (entry.size > largest) return { refused: 'too-large' };
      return { bytes: await readRegular(real), changed: entry.mtimeMs };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return { refused: code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unreadable' };
    }
  }

  /** The name of a real path below the workspace, with /; undefined of another. */
  async nameOf(real: string): Promise<string | undefined> {
    const root = await this.root;
    return isWithin(root, real) ? path.relative(root, real).replaceAll('\\', '/') : undefined;
  }

  private async load(name: string): Promise<string | undefined> {
    const read = await this.bytes(name);
    return 'bytes' in read ? read.bytes.toString('utf8') : undefined;
  }
}
