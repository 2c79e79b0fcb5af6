import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TraceMap } from '@jridgewell/trace-mapping';
import type { Target } from '../core/record/record';
import { HtmlFile } from '../core/sources/htmlElements';
import { Lines } from '../core/sources/lines';
import { originalPosition, readSourceMap } from '../core/sources/sourceMaps';
import type { DeclaredSource, ReportedElement, SourcePosition } from '../core/sources/sources';
import { candidatesIn, onlyBest, soughtOf, Templates, templateFile } from '../core/sources/templates';
import { workspaceFile } from '../core/sources/workspaceFile';
import { servedFile } from '../engine/servers/servedFile';
import { Git } from '../storage/git';
import { isWithin } from '../storage/writablePath';
import type { Workspace } from './workspace';

/** The largest source file, and the largest source map, that are read. Bytes. */
const MAX_FILE = 512 * 1024;
const MAX_MAP = 32 * 1024 * 1024;
/** The most files that are read for a guess, and the most bytes of them. */
const MAX_FILES = 400;
const MAX_BYTES = 1.5 * 1024 * 1024;
/** The most files that are listed where there is no git. */
const MAX_LISTED = 20_000;

/** The source files of a workspace, as they are now. */
class SourceFiles {
  private readonly texts = new Map<string, Promise<string | undefined>>();

  private constructor(
    private readonly root: string,
    /** Relative to the workspace, with / */
    readonly names: readonly string[],
    /** Whether git tells sources from what is built of them. */
    readonly isKnownToGit: boolean,
  ) {}

  static async of(folder: string, asksGit: boolean): Promise<SourceFiles> {
    const root = await realpath(folder).catch(() => folder);
    const git = asksGit ? await Git.of(root) : undefined;
    const known = await git?.files(root).catch(() => undefined);
    return new SourceFiles(root, known ?? (await listed(root)), known !== undefined);
  }

  /** The text of a file; undefined when it is gone, too large, a link, or no file. */
  read(name: string): Promise<string | undefined> {
    const known = this.texts.get(name);
    if (known) return known;
    const text = this.load(path.join(this.root, name), MAX_FILE);
    this.texts.set(name, text);
    return text;
  }

  /** The source map of a file of the workspace that a page names; undefined when there is none. */
  async sourceMapOf(url: string): Promise<TraceMap | undefined> {
    try {
      const map = pathToFileURL(`${fileURLToPath(url)}.map`);
      const json = await this.load(fileURLToPath(map), MAX_MAP);
      return json === undefined ? undefined : readSourceMap(json, map.href);
    } catch {
      return undefined; // no path of this machine
    }
  }

  private async load(file: string, largest: number): Promise<string | undefined> {
    try {
      const entry = await lstat(file); // of a link too, which may lead out of the workspace
      if (!entry.isFile() || entry.size > largest || !isWithin(this.root, await realpath(file))) return undefined;
      return await readFile(file, 'utf8');
    } catch {
      return undefined;
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
    const texts = await Promise.all(names.map(async ({ name }) => ({ file: name, text: await this.read(name) })));
    let size = 0;
    return texts.flatMap(({ file, text }) => {
      if (text === undefined || size + text.length > MAX_BYTES) return [];
      size += text.length;
      return { file, text };
    });
  }

  /** The path of a real file below the workspace, as {@link names} has it. */
  nameOf(real: string): string | undefined {
    return isWithin(this.root, real) ? path.relative(this.root, real).replaceAll('\\', '/') : undefined;
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

/** The file of the page: of a served folder, else the one of the workspace that its address names. */
async function pageFile(
  files: SourceFiles,
  root: string,
  { serve, path: pathname = '/' }: Pick<Target, 'serve' | 'path'>,
): Promise<{ file: string; isServed: boolean } | undefined> {
  const decoded = safeDecode(pathname);
  if (serve && 'folder' in serve) {
    const folder = await realpath(path.resolve(root, serve.folder as string)).catch(() => undefined);
    const real = folder === undefined ? undefined : await servedFile(folder, decoded);
    const file = real === undefined ? undefined : files.nameOf(real);
    return file === undefined ? undefined : { file, isServed: true };
  }
  const asked = decoded.replace(/^\/|\/$/g, '');
  const names = [asked, `${asked}.html`, path.posix.join(asked, 'index.html'), 'index.html'];
  const pages = files.names.filter((name) => /\.html?$/i.test(name));
  for (const name of names.filter((one) => /\.html?$/i.test(one))) {
    const [file, more] = pages.filter((one) => one === name || one.endsWith(`/${name}`));
    if (file !== undefined && (more === undefined || file === name)) return { file, isServed: false };
  }
  return undefined;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a development build says, of code that it built into a file of the workspace too. */
async function asWritten(files: SourceFiles, said: DeclaredSource): Promise<DeclaredSource | undefined> {
  const { file, line, column = 1, by } = said;
  if (line === undefined || !file.startsWith('file:') || workspaceFile(file, files.names) !== undefined) return said;
  const map = await files.sourceMapOf(file);
  const found = map && originalPosition(map, line, column);
  return found && { ...found, by };
}

/** Where the development build says an element is from, if the file has it there now. */
async function declaredPosition(
  files: SourceFiles,
  said: DeclaredSource,
  element: ReportedElement,
): Promise<SourcePosition | undefined> {
  const declared = await asWritten(files, said);
  const file = declared && workspaceFile(declared.file, files.names);
  const text = file === undefined ? undefined : await files.read(file);
  if (declared === undefined || file === undefined || text === undefined) return undefined;
  const { line, column = 1, by } = declared;
  const sought = soughtOf(element);
  const places = sought ? candidatesIn(text, sought) : [];
  if (line !== undefined) {
    const there = places
      .filter((place) => place.line === line)
      .sort((a, b) => Math.abs(a.column - column) - Math.abs(b.column - column))[0];
    if (there) return { file, line, column: there.column, by };
    // an element of a component of a library: its place is where the component is used
    const lines = new Lines(text);
    const start = lines.startOf(line);
    const used = start === undefined ? -1 : text.slice(start, lines.startOf(line + 1)).search(/<[A-Z][\w.]*/);
    if (used >= 0) return { file, line, column: used + 1, by };
  }
  const found = places.length === 1 ? places[0] : onlyBest(places);
  if (found) return { file, line: found.line, column: found.column, by: line === undefined ? by : 'guess' };
  return line === undefined ? { file, line: 1, column: 1, by: 'guess' } : undefined;
}

/**
 * Where the elements that a report names are written in a workspace, as its files are now. Best first: the exact place
 * in the file of a served page; what a development build says; a guess among the templates. Positions are for this
 * machine alone: they are never part of the record.
 *
 * @param target of the record, whose page the report is of
 * @returns a position for each element, in their order; undefined where no place is likely
 */
export async function sourcesOf(
  workspace: Pick<Workspace, 'paths'> & Partial<Pick<Workspace, 'asksGit'>>,
  target: Pick<Target, 'serve' | 'path'>,
  elements: readonly ReportedElement[],
): Promise<(SourcePosition | undefined)[]> {
  const { root } = workspace.paths;
  const files = await SourceFiles.of(root, workspace.asksGit !== false);
  const page = await pageFile(files, root, target);
  const text = page && (await files.read(page.file));
  const html = text === undefined ? undefined : new HtmlFile(text);
  // a page that git does not know is built of others, which are the ones to change
  const isBuilt = page !== undefined && files.isKnownToGit && !files.names.includes(page.file);
  let templates: Promise<Templates> | undefined;
  const inPage = (element: ReportedElement): SourcePosition | undefined => {
    const found = html?.find(element);
    if (!page || found === undefined || found === 'ambiguous') return undefined;
    return { file: page.file, ...found.start, by: page.isServed ? 'exact' : 'guess' };
  };
  const guess = async (element: ReportedElement): Promise<SourcePosition | undefined> => {
    templates ??= files.templates(target.path ?? '').then((texts) => new Templates(texts, tags));
    const best = onlyBest((await templates).guess(element));
    return best && { file: best.file, line: best.line, column: best.column, by: 'guess' };
  };
  const tags = new Set(elements.flatMap((element) => soughtOf(element)?.opening.tag ?? []));
  const positions: (SourcePosition | undefined)[] = [];
  for (const element of elements) {
    const declared = element.source && (await declaredPosition(files, element.source, element));
    const exact = declared ?? (isBuilt ? undefined : inPage(element));
    positions.push(exact ?? (await guess(element)) ?? (isBuilt ? inPage(element) : undefined));
  }
  return positions;
}
