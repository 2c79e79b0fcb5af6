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
  const found = originalPositionFor(map, { line, column: column - 1 });
  return found.source === null ? undefined : { file: found.source, line: found.line, column: found.column + 1 };
}
