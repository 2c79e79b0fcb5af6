import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { mapAddressOf, originalPosition, readSourceMap } from '../../../../src/core/sources/sourceMaps';

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
    const odd = ['AgggggggggggggggggB', 'ADDD', [[[0, 9, 9, 9]]], [[[0, 0, 'x', {}]]]];
    for (const mappings of odd) {
      const broken = readSourceMap(JSON.stringify({ version: 3, sources: ['a'], names: [], mappings }));
      expect(broken && originalPosition(broken, 1, 3)).toBeUndefined();
    }
    for (const text of ['', '{', '[]', 'null', '{"version":3}', '{"version":3,"sources":1,"mappings":2}']) {
      const broken = readSourceMap(text);
      expect(broken && originalPosition(broken, 1, 1)).toBeUndefined();
    }
  });
});

it.each([
  ['a;\n//# sourceMappingURL=a.js.map\n', 'a.js.map'],
  ['a;\n//@ sourceMappingURL=a.js.map', 'a.js.map'],
  ['a {}\n/*# sourceMappingURL=a.css.map */', 'a.css.map'],
  ['a {}\n/*# sourceMappingURL=a.css.map*/', 'a.css.map'],
  ['//# sourceMappingURL=old.map\na;\n//# sourceMappingURL=new.map', 'new.map'],
  ['a;\n//# sourceMappingURL=data:application/json;base64,e30=', 'data:application/json;base64,e30='],
  ['const a = "sourceMappingURL=a.map";', undefined],
  ['//# sourceMappingURL=', undefined],
  ['a;', undefined],
])('the address of a source map in %j is %s', (code, address) => {
  expect(mapAddressOf(code)).toBe(address);
});
