import { imageSize } from 'image-size';
import type { ReportedPlace } from '../core/audit/reportDetails';
import { colourFix, type Fix, type FixFacts, fixFor, headRules } from '../core/fixes/fixes';
import type { Finding, Target } from '../core/record/record';
import { Lines } from '../core/sources/lines';
import type { SourcePosition } from '../core/sources/sources';
import { openingsOf } from '../core/sources/templates';
import type { WorkspaceFiles } from '../storage/workspaceFiles';
import { servedName } from './servedName';

/** A fix with the file that it changes, relative to the workspace with /, and that file's present text. */
export interface PlaceFix extends Fix {
  file: string;
  text: string;
}

/** The largest image whose size is read. Bytes. */
const MAX_IMAGE = 32 * 1024 * 1024;

/**
 * The certain fix of a place, by the files as they are now; undefined where there is none. A place whose line is a
 * guess has none.
 */
export async function placeFix(
  files: WorkspaceFiles,
  target: Pick<Target, 'serve' | 'path'>,
  { rule }: Pick<Finding, 'rule'>,
  place: Pick<ReportedPlace, 'contrast'>,
  position: SourcePosition,
): Promise<PlaceFix | undefined> {
  const { file, line, column, by } = position;
  const text = by === 'guess' ? undefined : await files.text(file);
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
  files: WorkspaceFiles,
  target: Pick<Target, 'serve' | 'path'>,
  { rule }: Pick<Finding, 'rule'>,
): Promise<PlaceFix | undefined> {
  if (!headRules.has(rule.slice(rule.indexOf('/') + 1))) return undefined;
  const file = await servedName(files, target, target.path ?? '/');
  const text = file === undefined ? undefined : await files.text(file);
  const fix = file === undefined || text === undefined ? undefined : fixFor(rule, text, 0, file);
  return fix && file !== undefined && text !== undefined ? { ...fix, file, text } : undefined;
}

/** The only declaration of the colour in the page's own style sheets; none when two sheets have one. */
async function colourInSheets(
  files: WorkspaceFiles,
  target: Pick<Target, 'serve' | 'path'>,
  html: string,
  contrast: NonNullable<ReportedPlace['contrast']>,
): Promise<PlaceFix | undefined> {
  const found: PlaceFix[] = [];
  for (const { attributes } of openingsOf(['link'], html)) {
    const href = attributes.get('href');
    if (href === undefined || !/\bstylesheet\b/i.test(attributes.get('rel') ?? '') || /\.min\.css/i.test(href))
      continue;
    const file = await servedName(files, target, href);
    const text = file === undefined ? undefined : await files.text(file);
    const fix = text === undefined ? undefined : colourFix(text, contrast);
    if (fix && file !== undefined && text !== undefined) found.push({ ...fix, file, text });
  }
  return found.length === 1 ? found[0] : undefined;
}

async function sizeOfImage(
  files: WorkspaceFiles,
  target: Pick<Target, 'serve' | 'path'>,
  text: string,
  at: number,
): Promise<FixFacts['image']> {
  const source = openingsOf(['img'], text)
    .find((opening) => opening.at === at)
    ?.attributes.get('src');
  const file = source === undefined ? undefined : await servedName(files, target, source);
  const read = file === undefined ? undefined : await files.bytes(file, MAX_IMAGE);
  if (!read || 'refused' in read) return undefined;
  try {
    const { width, height } = imageSize(read.bytes);
    return width > 0 && height > 0 ? { width: Math.round(width), height: Math.round(height) } : undefined;
  } catch {
    return undefined; // no image that can be read
  }
}
