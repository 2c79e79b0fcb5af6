import path from 'node:path';
import type { Target } from '../core/record/record';
import { HtmlFile } from '../core/sources/htmlElements';
import { Lines } from '../core/sources/lines';
import { originalPosition } from '../core/sources/sourceMaps';
import type { DeclaredSource, ReportedElement, SourcePosition } from '../core/sources/sources';
import { candidatesIn, onlyBest, soughtOf, Templates } from '../core/sources/templates';
import { workspaceFile } from '../core/sources/workspaceFile';
import { servedName } from './servedName';
import { SourceFiles, type SourceWorkspace } from './sourceFiles';

/** The file of the page: of a served folder, else the one of the workspace that its address names. */
async function pageFile(
  files: SourceFiles,
  target: Pick<Target, 'serve' | 'path'>,
): Promise<{ file: string; isServed: boolean } | undefined> {
  const { serve, path: pathname = '/' } = target;
  if (serve && 'folder' in serve) {
    const file = await servedName(files, target, pathname);
    return file === undefined ? undefined : { file, isServed: true };
  }
  const asked = safeDecode(pathname).replace(/^\/|\/$/g, '');
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
  const text = file === undefined ? undefined : await files.text(file);
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
  workspace: SourceWorkspace,
  target: Pick<Target, 'serve' | 'path'>,
  elements: readonly ReportedElement[],
): Promise<(SourcePosition | undefined)[]> {
  const files = await SourceFiles.of(workspace);
  const page = await pageFile(files, target);
  const text = page && (await files.text(page.file));
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
