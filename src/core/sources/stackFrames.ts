import type { TraceMap } from '@jridgewell/trace-mapping';
import { type CodePosition, originalPosition } from './sourceMaps';
import type { DeclaredSource } from './sources';
import { isForeignFile } from './workspaceFile';

/** The most frames of a stack that are read; those of a framework come first and last. */
const READ = 12;
/** What React writes before the address of code that ran on the server, and the number of its try behind it. */
const onServer = /^about:\/\/React\/[^/]+\/(.*?)(?:\?\d+)?$/;

/** The places of a stack as V8 writes it, innermost first. */
export function framesOf(stack: string): CodePosition[] {
  return stack
    .split('\n')
    .flatMap((line) => {
      const [, file, at, column] =
        /(?:\(|\bat (?:async )?)([a-z][\w+-]*:\/\/.+):(\d+):(\d+)\)?$/i.exec(line.trim()) ?? [];
      return file === undefined ? [] : { file, line: Number(at), column: Number(column) };
    })
    .slice(0, READ);
}

/** The scripts whose source maps say where the elements of these stacks were written. */
export function scriptsOf(stacks: readonly string[]): Set<string> {
  return new Set(
    stacks.flatMap((stack) => framesOf(stack).map(({ file }) => file)).filter((file) => !isForeignFile(file)),
  );
}

/**
 * Where the code of a stack was written: its first place outside of libraries.
 * @param maps by the address of their script
 */
export function sourceOfStack(stack: string, maps: ReadonlyMap<string, TraceMap>): DeclaredSource | undefined {
  for (const { file: address, line, column } of framesOf(stack)) {
    const file = address.replace(onServer, '$1');
    if (file !== address && file.startsWith('file:')) {
      // its source map lies beside it, and is read where the workspace is known
      if (/[\\/]node_modules[\\/]/.test(file)) continue;
      return { file, line, column, by: 'source-map' };
    }
    if (isForeignFile(file)) continue;
    const map = maps.get(file);
    const found = map && originalPosition(map, line, column);
    if (found && !isForeignFile(found.file)) return { ...found, by: 'source-map' };
    // evaluated code without a map names its file, but its lines are others
    if (!map && file.startsWith('webpack-internal:')) return { file, by: 'framework' };
  }
  return undefined;
}
