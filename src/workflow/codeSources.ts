import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TraceMap } from '@jridgewell/trace-mapping';
import type { Target } from '../core/record/record';
import { isLoopback } from '../core/record/targets';
import { Lines } from '../core/sources/lines';
import { mapAddressOf, mappedFile, originalPosition, readSourceMap } from '../core/sources/sourceMaps';
import type { ReportedCode, SourcePosition } from '../core/sources/sources';
import { isForeignFile, workspaceFile } from '../core/sources/workspaceFile';
import { askFile } from '../engine/servers/askFile';
import type { FileBytes } from '../storage/workspaceFiles';
import { servedName } from './servedName';
import { SourceFiles, type SourceWorkspace } from './sourceFiles';

/** The largest script or style, and the largest source map, that are read. Bytes. */
const MAX_CODE = 8 * 1024 * 1024;
const MAX_MAP = 32 * 1024 * 1024;
/** So many scripts and styles of a page are read. */
const MAX_READ = 40;

/** The page of a report, and when its audit began. */
export interface ReportedPage {
  /** The address of the page. */
  page: string;
  /** ISO 8601 */
  at: string;
}

/** A script or style of the page, as it is served now. */
interface Served {
  text: string;
  /** Its file; undefined of what a server answers that no file of the workspace equals. */
  file: string | undefined;
  /** Whether it is as it was when the page was audited. A server builds anew what has changed since. */
  isUnchanged: boolean | undefined;
  map: TraceMap | undefined;
}

/** A text with when it was last changed. */
interface Read {
  text: string;
  lines: Lines;
  changed: number;
}

/**
 * Where the places in scripts and styles that a report names are written in a workspace, as its files are now: through
 * the source map of what is served, through Lighthouse's own reading of it, else in the served file itself. What a
 * report, a map and a server say is compared with the files of the workspace; nothing else is opened.
 */
export class CodeSources {
  private readonly served = new Map<string, Promise<Served | undefined>>();
  private readonly read = new Map<string, Promise<Read | undefined>>();

  private constructor(
    private readonly files: SourceFiles,
    private readonly target: Target,
    private readonly about: ReportedPage,
    private readonly asksServer: boolean,
  ) {}

  /**
   * @param asksServer whether a development server on this machine, which the target names, may be asked for scripts;
   *   of a workspace that nobody trusts, whose record may name any, none is
   */
  static async of(
    workspace: SourceWorkspace,
    target: Target,
    about: ReportedPage,
    asksServer: boolean,
  ): Promise<CodeSources> {
    return new CodeSources(await SourceFiles.of(workspace), target, about, asksServer && workspace.asksGit !== false);
  }

  /** The line of a place; undefined where none is likely. */
  async find({ url, line, column, original }: ReportedCode): Promise<SourcePosition | undefined> {
    const served = await this.servedAt(url);
    if (served?.map && served.isUnchanged !== false) {
      const found = await this.throughMap(served.map, line + 1, column + 1);
      if (served.isUnchanged || (found && this.isOlder(await this.textOf(found.file)))) return found;
    }
    if (original && original.file !== '') {
      const file = workspaceFile(original.file, this.files.names);
      return this.standing(file, original.line + 1, original.column + 1, 'source-map');
    }
    // its line is one of another text
    if (!served || served.map) return undefined;
    const isThere = new Lines(served.text).startOf(line + 1) !== undefined;
    if (served.file === undefined || !isThere) return undefined;
    return { file: served.file, line: line + 1, column: column + 1, by: served.isUnchanged ? 'exact' : 'guess' };
  }

  private async throughMap(map: TraceMap, line: number, column: number): Promise<SourcePosition | undefined> {
    const found = originalPosition(map, line, column);
    if (!found) return undefined;
    const { isRelative, text } = mappedFile(map, found.file);
    const file = await this.fileOfMap(found.file, isRelative);
    return text === undefined
      ? this.standing(file, found.line, found.column, 'source-map')
      : this.moved(file, found.line, found.column, text);
  }

  /** The file that a map means. One that lies beside the map outside of the workspace is none. */
  private async fileOfMap(named: string, isRelative: boolean): Promise<string | undefined> {
    if (isForeignFile(named)) return undefined;
    if (named.startsWith('file:')) {
      const real = pathOf(named);
      const file = real === undefined ? undefined : await this.files.nameOf(real);
      if (file === undefined && isRelative) return undefined;
      if (file !== undefined && (await this.textOf(file))) return file;
    }
    return workspaceFile(named, this.files.names);
  }

  /** A line of a file whose text at the time of the build is not known. */
  private async standing(
    file: string | undefined,
    line: number,
    column: number,
    by: SourcePosition['by'],
  ): Promise<SourcePosition | undefined> {
    const now = file === undefined ? undefined : await this.textOf(file);
    if (!now || file === undefined || now.lines.startOf(line) === undefined) return undefined;
    return { file, line, column, by: this.isOlder(now) ? by : 'guess' };
  }

  /** A line of a file that was built from this text: where it is now, if it is there once. */
  private async moved(
    file: string | undefined,
    line: number,
    column: number,
    built: string,
  ): Promise<SourcePosition | undefined> {
    const now = file === undefined ? undefined : await this.textOf(file);
    const then = linesOf(built);
    const written = then[line - 1];
    if (!now || file === undefined || written === undefined) return undefined;
    const all = linesOf(now.text);
    const isSame = all.join('\n') === then.join('\n');
    const isOnce = (lines: readonly string[]) => lines.filter((one) => one === written).length === 1;
    if (!isSame && isOnce(then) && isOnce(all))
      return { file, line: all.indexOf(written) + 1, column, by: 'source-map' };
    // in a file that has changed, a line such as `}` may be another of its kind
    return all[line - 1] === written ? { file, line, column, by: isSame ? 'source-map' : 'guess' } : undefined;
  }

  /** Whether a file is as it was when the page was audited. */
  private isOlder(file: { changed: number } | undefined): boolean {
    return file !== undefined && file.changed <= Date.parse(this.about.at);
  }

  private textOf(file: string): Promise<Read | undefined> {
    const reading =
      this.read.get(file) ??
      this.files.bytes(file).then((read) => {
        if ('refused' in read) return undefined;
        const text = textIn(read);
        return { text, lines: new Lines(text), changed: read.changed };
      });
    this.read.set(file, reading);
    return reading;
  }

  /** The script or style at an address of the page's own site. */
  private servedAt(url: string): Promise<Served | undefined> {
    const known = this.served.get(url);
    if (known) return known;
    if (!isSameSite(url, this.about.page) || this.served.size >= MAX_READ) return Promise.resolve(undefined);
    const { serve } = this.target;
    const reading = serve && 'folder' in serve ? this.fromFolder(url) : this.fromServer(url);
    this.served.set(url, reading);
    return reading;
  }

  private async fromFolder(url: string): Promise<Served | undefined> {
    const file = await this.nameAt(url);
    const read = file === undefined ? undefined : await this.files.bytes(file, MAX_CODE);
    if (file === undefined || !read || 'refused' in read) return undefined;
    const text = textIn(read);
    // another site may serve another version
    const isHere = isLoopback(new URL(this.about.page).hostname);
    const isUnchanged = isHere && this.isOlder(read);
    return { text, file, isUnchanged, map: await this.mapInFolder(url, file, mapAddressOf(text)) };
  }

  private async mapInFolder(url: string, file: string, address: string | undefined): Promise<TraceMap | undefined> {
    const inline = address === undefined ? undefined : inlineMap(address);
    const root = await this.files.root;
    if (inline !== undefined) return readSourceMap(inline, pathToFileURL(path.join(root, file)).href);
    // builds may leave the comment out
    const isNamed = address !== undefined && URL.canParse(address, url);
    const named = isNamed ? await this.nameAt(new URL(address, url).href) : `${file}.map`;
    const read = named === undefined ? undefined : await this.files.bytes(named, MAX_MAP);
    if (named === undefined || !read || 'refused' in read) return undefined;
    return readSourceMap(textIn(read), pathToFileURL(path.join(root, named)).href);
  }

  /** The file of the served folder at an address of the page's own site. */
  private async nameAt(url: string): Promise<string | undefined> {
    if (!isSameSite(url, this.about.page)) return undefined;
    return servedName(this.files, this.target, new URL(url).pathname);
  }

  /** What a development server answers, if the record names it as an origin of the page. */
  private async fromServer(url: string): Promise<Served | undefined> {
    const isNamed = Object.values(this.target.origins ?? {}).some((origin) => isSameSite(url, origin));
    const answered = this.asksServer && isNamed ? await askFile(url, MAX_CODE) : undefined;
    if (!answered) return undefined;
    const file = workspaceFile(url, this.files.names);
    const source = file === undefined ? undefined : await this.textOf(file);
    const isFile = source?.text === answered.text;
    const address = mapAddressOf(answered.text) ?? answered.map;
    const map = isFile || address === undefined ? undefined : await this.mapOfServer(url, address);
    const isUnchanged = isFile ? this.isOlder(source) : undefined;
    return { text: answered.text, file: isFile ? file : undefined, isUnchanged, map };
  }

  private async mapOfServer(url: string, address: string): Promise<TraceMap | undefined> {
    const inline = inlineMap(address);
    if (inline !== undefined) return readSourceMap(inline, url);
    const at = URL.canParse(address, url) ? new URL(address, url).href : '';
    const answered = isSameSite(at, url) ? await askFile(at, MAX_MAP) : undefined;
    return answered && readSourceMap(answered.text, at);
  }
}

const textIn = ({ bytes }: FileBytes): string => bytes.toString('utf8').replace(/^\ufeff/, '');
const linesOf = (text: string): string[] => text.split(/\r\n?|\n/);

function isSameSite(url: string, other: string): boolean {
  return URL.canParse(url) && URL.canParse(other) && new URL(url).origin === new URL(other).origin;
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined; // no path of this machine
  }
}

/** The source map inside of a data URL; undefined for another address. */
function inlineMap(address: string): string | undefined {
  const [, encoding, data] = /^data:[^,;]*(?:;charset=[^,;]*)?(;base64)?,(.*)$/is.exec(address) ?? [];
  if (data === undefined || data.length > MAX_MAP) return undefined;
  if (encoding !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  return URL.canParse(`data:,${data}`) ? decodeData(data) : undefined;
}

function decodeData(data: string): string | undefined {
  try {
    return decodeURIComponent(data);
  } catch {
    return undefined;
  }
}
