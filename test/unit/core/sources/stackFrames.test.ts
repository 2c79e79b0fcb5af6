import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { readSourceMap } from '../../../../src/core/sources/sourceMaps';
import { framesOf, scriptsOf, sourceOfStack } from '../../../../src/core/sources/stackFrames';

const origin = 'http://localhost:5173';
const written = 'export function Card() {\n  const a = 1;\n\n  return <img src="a.png" />;\n}\n';
const { code, map } = transformSync(written, { loader: 'jsx', sourcemap: true, sourcefile: 'Card.jsx' });
const lines = code.split('\n');
const line = lines.findIndex((text) => text.includes('React.createElement')) + 1;
const column = (lines[line - 1]?.indexOf('React.createElement') ?? 0) + 1;
const script = `${origin}/src/Card.jsx`;
const read = readSourceMap(map, script);
const maps = new Map(read && [[script, read]]);

const stack = [
  'Error: react-stack-top-frame',
  `    at exports.jsxDEV (${origin}/node_modules/.vite/deps/react_jsx-dev-runtime.js?v=1:196:25)`,
  `    at Card (${script}:${line}:${column})`,
  '    at Array.map (<anonymous>)',
  `    at Object.react_stack_bottom_frame (${origin}/node_modules/.vite/deps/react-dom_client.js?v=1:14177:12)`,
].join('\n');

describe('the stack that the making of an element left', () => {
  it('is read into places', () => {
    expect(framesOf(stack)[1]).toEqual({ file: script, line, column });
    expect(framesOf('Error\n    at http://a/b.js:1:2\n    at async http://a/c.js?x=(1):3:4')).toEqual([
      { file: 'http://a/b.js', line: 1, column: 2 },
      { file: 'http://a/c.js?x=(1)', line: 3, column: 4 },
    ]);
    expect(framesOf('')).toEqual([]);
  });

  it('leads to the first place outside of libraries', () => {
    expect(scriptsOf([stack])).toEqual(new Set([script]));
    expect(sourceOfStack(stack, maps)).toEqual({ file: script, line: 4, column: 10, by: 'source-map' });
  });

  it('leads nowhere without a source map, or from libraries alone', () => {
    expect(sourceOfStack(stack, new Map())).toBeUndefined();
    expect(sourceOfStack(stack.replace('/src/', '/node_modules/a/'), maps)).toBeUndefined();
  });

  it('names the file alone where evaluated code has no source map', () => {
    const evaluated = '    at Card (webpack-internal:///./src/Card.jsx:9:10)';
    expect(sourceOfStack(evaluated, maps)).toEqual({ file: 'webpack-internal:///./src/Card.jsx', by: 'framework' });
  });

  it('names the built file of code that ran on the server', () => {
    const file = 'file:///home/anna/site/.next/server/chunks/ssr/app.js';
    expect(sourceOfStack(`    at Page (about://React/Server/${file}?3:43:264)`, maps)).toEqual({
      file,
      line: 43,
      column: 264,
      by: 'source-map',
    });
  });
});
