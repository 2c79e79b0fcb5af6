import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportedElement } from '../../../src/core/sources/sources';
import { sourcesOf } from '../../../src/workflow/sources';
import { Workspace } from '../../../src/workflow/workspace';

let root: string;
const put = (files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
};
const git = (...given: string[]) => execFileSync('git', ['-C', root, ...given], { stdio: 'ignore' });
const sources = (target: Parameters<typeof sourcesOf>[1], ...elements: ReportedElement[]) =>
  sourcesOf(new Workspace(root), target, elements);

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'sources-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const page =
  '<!doctype html>\n<html><body>\n<script src="a.js"></script>\n<a href="#" id="buy">Buy</a>\n</body></html>';
const buy = { path: '1,HTML,1,BODY,1,A', selector: 'body > a#buy', snippet: '<a href="#" id="buy">', nodeLabel: 'Buy' };

describe('the source of an element', () => {
  it.each([
    ['/', 'site/index.html'],
    ['/about', 'site/about.html'],
    ['/shop/', 'site/shop/index.html'],
    ['/a%20b.html', 'site/a b.html'],
  ])('of the page %s of a served folder is its line in %s', async (pathname, file) => {
    put({ [file]: page });
    const target = { path: pathname, serve: { folder: 'site' } };
    expect(await sources(target, buy)).toEqual([{ file, line: 4, column: 1, by: 'exact' }]);
  });

  it('is read from the file as it is now', async () => {
    const target = { path: '/', serve: { folder: '.' } };
    put({ 'index.html': page.replace('<a ', '\n\n<a ') });
    expect(await sources(target, buy)).toMatchObject([{ line: 6 }]);
    put({ 'index.html': page.replace('<a', '<b') });
    expect(await sources(target, buy)).toEqual([undefined]);
    rmSync(path.join(root, 'index.html'));
    expect(await sources(target, buy)).toEqual([undefined]);
  });

  it('is never read from outside of the workspace', async () => {
    const outside = mkdtempSync(path.join(os.tmpdir(), 'outside-'));
    try {
      writeFileSync(path.join(outside, 'index.html'), page);
      symlinkSync(path.join(outside, 'index.html'), path.join(root, 'index.html'));
      symlinkSync(outside, path.join(root, 'linked'));
      for (const folder of ['.', 'linked', '..', outside])
        expect(await sources({ path: '/', serve: { folder } }, buy)).toEqual([undefined]);
      const said = { ...buy, source: { file: path.join(outside, 'index.html'), line: 4, by: 'framework' } as const };
      expect(await sources({ path: '/' }, said)).toEqual([undefined]);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  describe('that a development build names', () => {
    const component = `export function App() {
  return (
    <main>
      <a href="#" id="buy">Buy</a>
      <a href="#">More</a>
    </main>
  );
}
`;
    const said = (line: number, column?: number) => ({
      ...buy,
      source: { file: '/src/App.jsx', line, ...(column && { column }), by: 'source-map' } as const,
    });

    it('is that line, where the file still has the element there', async () => {
      put({ 'src/App.jsx': component });
      expect(await sources({ path: '/' }, said(4, 7))).toEqual([
        { file: 'src/App.jsx', line: 4, column: 7, by: 'source-map' },
      ]);
    });

    it('is found again where lines have been added since, and marked as a guess', async () => {
      put({ 'src/App.jsx': `import a from 'a';\n${component}` });
      expect(await sources({ path: '/' }, said(4, 7))).toEqual([
        { file: 'src/App.jsx', line: 5, column: 7, by: 'guess' },
      ]);
    });

    it('is none where the element is gone', async () => {
      put({ 'src/App.jsx': component.replace('id="buy"', 'id="sell"').replace('More', 'Less') });
      expect(await sources({ path: '/' }, said(4, 7))).toEqual([undefined]);
    });

    it('is the use of a component of a library', async () => {
      put({ 'src/App.jsx': component.replace('<a href="#" id="buy">Buy</a>', '<Link id="buy">Buy</Link>') });
      expect(await sources({ path: '/' }, said(4, 7))).toMatchObject([{ line: 4, column: 7, by: 'source-map' }]);
    });

    it('is read from the source map beside code that is built into a hidden folder', async () => {
      const { code, map } = transformSync(component, {
        loader: 'jsx',
        sourcemap: true,
        sourcefile: '../../src/App.jsx',
      });
      put({ 'src/App.jsx': component, '.next/server/app.js': code, '.next/server/app.js.map': map });
      const lines = code.split('\n');
      const line = lines.findIndex((text) => text.includes('"Buy"')) + 1;
      const column = (lines[line - 1] ?? '').indexOf('React.createElement("a"') + 1;
      const file = pathToFileURL(path.join(root, '.next/server/app.js')).href;
      const built = { ...buy, source: { file, line, column, by: 'source-map' } as const };
      expect(await sources({ path: '/' }, built)).toEqual([
        { file: 'src/App.jsx', line: 4, column: 7, by: 'source-map' },
      ]);
      const written = { ...built.source, file: pathToFileURL(path.join(root, 'src/App.jsx')).href, line: 4 };
      expect(await sources({ path: '/' }, { ...buy, source: written })).toMatchObject([{ line: 4 }]);
    });

    it('is found in a file that is named without a line', async () => {
      put({ 'src/Nav.vue': '<template>\n  <a href="#" id="buy">Buy</a>\n  <p>Buy</p>\n</template>' });
      const named = { ...buy, source: { file: path.join(root, 'src/Nav.vue'), by: 'framework' } as const };
      expect(await sources({ path: '/' }, named)).toEqual([
        { file: 'src/Nav.vue', line: 2, column: 3, by: 'framework' },
      ]);
    });
  });

  it('is guessed from templates that git knows', async () => {
    git('init', '--quiet');
    put({
      '.gitignore': 'public/\n',
      'views/a.twig': '<p>x</p>\n<a href="#" id="buy">{{ buy }}</a>',
      'public/b.html': page,
    });
    expect(await sources({ path: '/' }, buy)).toEqual([{ file: 'views/a.twig', line: 2, column: 1, by: 'guess' }]);
  });

  it('is guessed rather than found in a page that is built of others', async () => {
    git('init', '--quiet');
    const target = { path: '/', serve: { folder: 'dist' } };
    put({ '.gitignore': 'dist/\n', 'dist/index.html': page, 'src/Buy.tsx': '<a href="#" id="buy">{text}</a>' });
    expect(await sources(target, buy)).toMatchObject([{ file: 'src/Buy.tsx', by: 'guess' }]);
    rmSync(path.join(root, 'src'), { recursive: true });
    expect(await sources(target, buy)).toMatchObject([{ file: 'dist/index.html', by: 'exact' }]);
  });

  it('is guessed without git from no dependency, no build and no hidden folder', async () => {
    for (const folder of ['node_modules/x', 'dist', '.cache']) put({ [`${folder}/a.jsx`]: '<a id="buy">Buy</a>' });
    expect(await sources({ path: '/' }, buy)).toEqual([undefined]);
    put({ 'src/a.jsx': '<a id="buy" href={to}>Buy</a>' });
    expect(await sources({ path: '/' }, buy)).toMatchObject([{ file: 'src/a.jsx', line: 1 }]);
  });

  it('is guessed from the likeliest of more templates than are read', async () => {
    const other = '<p className="x">Another {value}</p>';
    put(Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`lib/f${at % 20}/C${at}.tsx`, other])));
    put({ 'src/pages/checkout.tsx': '<a id="buy" href={to}>Buy</a>' });
    const target = { path: '/checkout' };
    expect(await sources(target, buy)).toMatchObject([{ file: 'src/pages/checkout.tsx', line: 1, by: 'guess' }]);
  });
});
