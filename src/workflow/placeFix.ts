import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { imageSize } from 'image-size';
import type { ReportedPlace } from '../core/audit/reportDetails';
import { colourFix, type Fix, type FixFacts, fixFor, headRules } from '../core/fixes/fixes';
import type { Finding, Target } from '../core/record/record';
import { Lines } from '../core/sources/lines';
import type { SourcePosition } from '../core/sources/sources';
import { openingsOf } from '../core/sources/templates';
import { pathnameOf, servedFile } from '../engine/servers/servedFile';
import { readRegular } from '../storage/readRegular';
import { isWithin } from '../storage/writablePath';

/** A fix with the file that it changes, relative to the workspace with /, and that file's present text. */
export interface PlaceFix extends Fix {
  file: string;
  text: string;
}

/** The largest file that is read for a fix. Bytes. */
const MAX = 2 * 1024 * 1024;

/** Reads files of the workspace once each, never one that a link leads out to. */
export class FixFiles {
  private readonly texts = new Map<string, Promise<string | undefined>>();

  constructor(private readonly root: string) {}

  /** @param file relative to the workspace, with / */
  read(file: string): Promise<string | undefined> {
    const known = this.texts.get(file) ?? this.load(file);
    this.texts.set(file, known);
    return known;
  }

  private async load(file: string): Promise<string | undefined> {
    const bytes = await this.bytes(file);
    return bytes && bytes.length <= MAX ? bytes.toString('utf8') : undefined;
  }

  async bytes(file: string): Promise<Buffer | undefined> {
    const real = await realpath(path.resolve(this.root, file)).catch(() => undefined);
    const root = await realpath(this.root).catch(() => this.root);
    if (real === undefined || !isWithin(root, real)) return undefined;
    return readRegular(real).catch(() => undefined);
  }

  /** The file of a served folder that an address on the page means; relative to the workspace. */
  async served(
    { serve, path: page = '/' }: Pick<Target, 'serve' | 'path'>,
    address: string,
  ): Promise<string | undefined> {
    if (!serve || !('folder' in serve) || !URL.canParse(address, `http://localhost${page}`)) return undefined;
    const url = new URL(address, `http://localhost${page}`);
    const pathname = url.host === 'localhost' ? pathnameOf(url.pathname) : undefined;
    const folder = await realpath(path.resolve(this.root, String(serve.folder))).catch(() => undefined);
    const real = folder && pathname !== undefined ? await servedFile(folder, pathname) : undefined;
    const root = await realpath(this.root).catch(() => this.root);
    return real && isWithin(root, real) ? path.relative(root, real).replaceAll('\\', '/') : undefined;
  }
}

/**
 * The certain fix of a place, by the files as they are now; undefined where there is none. A place whose line is a
 * guess has none.
 */
export async function placeFix(
  files: FixFiles,
  target: Pick<Target, 'serve' | 'path'>,
  { rule }: Pick<Finding, 'rule'>,
  place: Pick<ReportedPlace, 'contrast'>,
  position: SourcePosition,
): Promise<PlaceFix | undefined> {
  const { file, line, column, by } = position;
  const text = by === 'guess' ? undefined : await files.read(file);
  if (text === undefined) return undefined;
  const start = new Lines(text).startOf(line);
  if (start === undefined) return undefined;
  const at = start + column - 1;
  const name = rule.slice(rule.indexOf('/') + 1);
  const facts: FixFacts = { ...(place.contrast && { contrast: place.contrast }) };
  if (name === 'unsized-images') {
    const image = await sizeOfImage(files, target, text, at);
    if (image) facts.image = image;
  }
  const fix = fixFor(rule, text, at, file, facts);
  if (fix) return { ...fix, file, text };
  return place.contrast && name === 'color-contrast' ? colourInSheets(files, target, text, place.contrast) : undefined;
}

/** A fix of the page's head, for findings that name no element. */
export async function headFix(
  files: FixFiles,
  target: Pick<Target, 'serve' | 'path'>,
  { rule }: Pick<Finding, 'rule'>,
): Promise<PlaceFix | undefined> {
  if (!headRules.has(rule.slice(rule.indexOf('/') + 1))) return undefined;
  const file = await files.served(target, target.path ?? '/');
  const text = file === undefined ? undefined : await files.read(file);
  const fix = file === undefined || text === undefined ? undefined : fixFor(rule, text, 0, file);
  return fix && file !== undefined && text !== undefined ? { ...fix, file, text } : undefined;
}

/** The only declaration of the colour in the page's own style sheets; none when two sheets have one. */
async function colourInSheets(
  files: FixFiles,
  target: Pick<Target, 'serve' | 'path'>,
  html: string,
  contrast: NonNullable<ReportedPlace['contrast']>,
): Promise<PlaceFix | undefined> {
  const found: PlaceFix[] = [];
  for (const { attributes } of openingsOf(['link'], html)) {
    const href = attributes.get('href');
    if (href === undefined || !/\bstylesheet\b/i.test(attributes.get('rel') ?? '') || /\.min\.css/i.test(href))
      continue;
    const file = await files.served(target, href);
    const text = file === undefined ? undefined : await files.read(file);
    const fix = text === undefined ? undefined : colourFix(text, contrast);
    if (fix && file !== undefined && text !== undefined) found.push({ ...fix, file, text });
  }
  return found.length === 1 ? found[0] : undefined;
}

async function sizeOfImage(
  files: FixFiles,
  target: Pick<Target, 'serve' | 'path'>,
  text: string,
  at: number,
): Promise<FixFacts['image']> {
  const source = openingsOf(['img'], text)
    .find((opening) => opening.at === at)
    ?.attributes.get('src');
  const file = source === undefined ? undefined : await files.served(target, source);
  const bytes = file === undefined ? undefined : await files.bytes(file);
  if (!bytes) return undefined;
  try {
    const { width, height } = imageSize(bytes);
    return width > 0 && height > 0 ? { width: Math.round(width), height: Math.round(height) } : undefined;
  } catch {
    return undefined; // no image that can be read
  }
}
