import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { originalPosition, readSourceMap } from '../../../../src/core/sources/sourceMaps';

const source = '// a comment\nexport const page = () => (\n  <main>\n    <img src="a.png" />\n  </main>\n);\n';
const { code, map } = transformSync(source, { loader: 'jsx', sourcemap: true, sourcefile: 'src/Page.jsx' });
const line = code.split('\n').findIndex((text) => text.includes('"img"')) + 1;
const column = (code.split('\n')[line - 1] ?? '').indexOf('React.createElement("img"') + 1;

describe('a source map', () => {
  it('leads from generated code to the line that was written', () => {
    const read = readSourceMap(map);
    expect(read && originalPosition(read, line, column)).toEqual({ file: 'src/Page.jsx', line: 4, column: 5 });
  });

  it('may have sections', () => {
    const sections = [{ offset: { line: 10, column: 0 }, map: JSON.parse(map) }];
    const read = readSourceMap(JSON.stringify({ version: 3, sections }));
    expect(read && originalPosition(read, line + 10, column)).toMatchObject({ file: 'src/Page.jsx', line: 4 });
  });

  it('may be guarded against being run', () => {
    expect(readSourceMap(`)]}'\n${map}`)).toBeDefined();
  });

  it('says nothing of places that it does not have', () => {
    const read = readSourceMap(map);
    expect(read && originalPosition(read, 0, 1)).toBeUndefined();
    expect(read && originalPosition(read, 1, 0)).toBeUndefined();
    expect(read && originalPosition(read, 1e6, 1)).toBeUndefined();
    for (const text of ['', '{', '[]', 'null', '{"version":3}', '{"version":3,"sources":1,"mappings":2}']) {
      const broken = readSourceMap(text);
      expect(broken && originalPosition(broken, 1, 1)).toBeUndefined();
    }
  });
});
