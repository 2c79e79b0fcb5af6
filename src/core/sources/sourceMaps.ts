import { AnyMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';

/** A place of generated code, or of what it was made of; both count from 1. */
export interface CodePosition {
  file: string;
  line: number;
  column: number;
}

/**
 * A source map, with sections or without.
 * @param url what its sources are relative to
 * @returns undefined when the text is none
 */
export function readSourceMap(json: string, url?: string): TraceMap | undefined {
  try {
    return new AnyMap(json.replace(/^\)\]\}'[^\n]*\n/, ''), url); // some servers guard JSON so
  } catch {
    return undefined;
  }
}

/**
 * Where a place of generated code was written.
 * @param line from 1
 * @param column from 1
 */
export function originalPosition(map: TraceMap, line: number, column: number): CodePosition | undefined {
  if (line < 1 || column < 1) return undefined;
  const { source, line: at, column: from } = originalPositionFor(map, { line, column: column - 1 });
  // a broken map may lead to no file and to no number
  const isPlace = typeof source === 'string' && Number.isInteger(at) && Number.isInteger(from);
  return isPlace && at > 0 && from >= 0 ? { file: source, line: at, column: from + 1 } : undefined;
}

/** A file that a source map names. */
export interface MappedFile {
  /** Whether the map names it relative to itself. */
  isRelative: boolean;
  /** Its text when it was built; left out where the map does not have it. */
  text?: string;
}

/** What a map says of one of its files. @param file as {@link originalPosition} gives it */
export function mappedFile(map: TraceMap, file: string): MappedFile {
  const index = map.resolvedSources.indexOf(file);
  const text = map.sourcesContent?.[index];
  const isRelative = !/^(?:[\\/]|[a-z][\w+.-]*:)/i.test(`${map.sourceRoot ?? ''}${map.sources[index] ?? ''}`);
  return { isRelative, ...(typeof text === 'string' && { text }) };
}

/** The address of the source map that a script or style names in its last such comment (ECMA-426). */
export function mapAddressOf(code: string): string | undefined {
  const name = 'sourceMappingURL=';
  const at = code.lastIndexOf(name);
  if (at < 0 || !/(?:\/\/|\/\*)[#@][ \t]$/.test(code.slice(Math.max(0, at - 4), at))) return undefined;
  return /^[^\s'"*]+/.exec(code.slice(at + name.length))?.[0];
}
