import type { Rung, SourcePosition } from '../../core/sources/sources';

/** How a line was found, in words. */
export const rungWords: Record<Rung, string> = {
  exact: 'exact',
  framework: 'named by the framework',
  'source-map': 'through the source map',
  guess: 'a guess',
};

/** `src/Card.tsx:18`, with a question mark where it is a guess. */
export function sourceText({ file, line, by }: SourcePosition): string {
  return `${file}:${line}${by === 'guess' ? ' ?' : ''}`;
}
