import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Target } from '../../../src/core/record/record';
import { Lines } from '../../../src/core/sources/lines';
import type { ReportedCode, SourcePosition } from '../../../src/core/sources/sources';
import { CodeSources } from '../../../src/workflow/codeSources';
import { Workspace } from '../../../src/workflow/workspace';

const page = 'http://127.0.0.1:41873/';
const before = new Date('2026-11-21T09:00:00.000Z');
const at = '2026-11-21T10:00:00.000Z';
const after = new Date('2026-11-21T11:00:00.000Z');
const served: Target = { kind: 'page', path: '/', serve: { folder: 'site' } };

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'code-'));
  root = path.join(folder, 'workspace');
  mkdirSync(root);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files that were there before the audit, unless told otherwise. Paths may lead out of the workspace. */
function put(files: Record<string, string>, changed = before): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, changed, changed);
  }
}

/** Builds a script or style, as a person's bundler would, and gives its text. */
function build(entry: string, outfile: string, options: BuildOptions = {}): string {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(root, entry)],
    outfile: path.join(root, outfile),
    absWorkingDir: root,
    bundle: true,
    minify: true,
    sourcemap: true,
    write: false,
    logLevel: 'silent',
    ...options,
  });
  for (const file of outputFiles ?? []) put({ [path.relative(root, file.path)]: file.text });
  return outputFiles?.find(({ path: name }) => name === path.join(root, outfile))?.text ?? '';
}

/** A place in a served text, as Lighthouse names it. */
function placeOf(url: string, text: string, part: string, original?: ReportedCode['original']): ReportedCode {
  const { line, column } = new Lines(text).at(text.indexOf(part));
  return { url, line: line - 1, column: column - 1, ...(original && { original }) };
}

const find = async (code: ReportedCode, target = served, about = { page, at }): Promise<SourcePosition | undefined> =>
  (await CodeSources.of(new Workspace(root), target, about, true)).find(code);

const app = "import { total } from './cart';\n\nconsole.log(total);\nthrow new Error('no cart');\n";
const sources = { 'src/app.ts': app, 'src/cart.ts': 'export const total: number = 7;\n' };
const url = `${page}app.js`;
const throwing = { file: 'src/app.ts', line: 4, column: 1, by: 'source-map' };

describe('the line of a place in a script or style', () => {
  it.each([
    ['beside the script', {}],
    ['beside the script that does not name it', { sourcemap: 'external' }],
    ['inside the script', { sourcemap: 'inline' }],
    ['without the sources', { sourcesContent: false }],
  ] satisfies [string, BuildOptions][])('is found through a source map %s', async (_, options) => {
    put(sources);
    const text = build('src/app.ts', 'site/app.js', options);
    expect(await find(placeOf(url, text, 'throw'))).toEqual(throwing);
    expect(await find(placeOf(`${url}?v=2`, text, 'console.log'))).toMatchObject({ file: 'src/app.ts', line: 3 });
  });

  it('is found of a style too', async () => {
    put({ 'src/app.css': 'body {\n  margin: 0;\n}\n\nmain {\n  color: red;\n}\n' });
    const text = build('src/app.css', 'site/css/app.css');
    const found = await find(placeOf(`${page}css/app.css`, text, 'main'));
    expect(found).toMatchObject({ file: 'src/app.css', line: 5, by: 'source-map' });
  });

  it('is found again where the source has moved since, and is none where it is changed', async () => {
    put(sources);
    const text = build('src/app.ts', 'site/app.js');
    put({ 'src/app.ts': `// one\n// two\n${app}` }, after);
    expect(await find(placeOf(url, text, 'throw'))).toEqual({ ...throwing, line: 6 });
    put({ 'src/app.ts': `${app}\n${app}` }, after);
    expect(await find(placeOf(url, text, 'throw'))).toEqual({ ...throwing, by: 'guess' });
    put({ 'src/app.ts': app.replace('no cart', 'no order') }, after);
    expect(await find(placeOf(url, text, 'throw'))).toBeUndefined();
  });

  it('is not looked for in a script that was built anew since; Lighthouse knew the map of then', async () => {
    put(sources);
    const text = build('src/app.ts', 'site/app.js');
    put({ 'site/app.js': text }, after);
    expect(await find(placeOf(url, text, 'throw'))).toBeUndefined();
    const original = { file: '../src/app.ts', line: 3, column: 0 };
    expect(await find(placeOf(url, text, 'throw', original))).toEqual(throwing);
    put({ 'src/app.ts': app }, after);
    expect(await find(placeOf(url, text, 'throw', original))).toEqual({ ...throwing, by: 'guess' });
  });

  it.each([
    ['no source map', 'let a;\nthrow a;\n'],
    ['a broken one', 'let a;\nthrow a;\n//# sourceMappingURL=app.js.map\n'],
    ['one that is not there', 'let a;\nthrow a;\n//# sourceMappingURL=gone.js.map\n'],
    ['one of another site', 'let a;\nthrow a;\n//# sourceMappingURL=https://cdn.example/app.js.map\n'],
    ['a broken one inside', 'let a;\nthrow a;\n//# sourceMappingURL=data:application/json;base64,e30='],
    ['one that is no JSON', 'let a;\nthrow a;\n//# sourceMappingURL=data:application/json,%'],
  ])('is in the served file itself with %s', async (_, text) => {
    put({
      'site/app.js': text,
      ...(text.includes('app.js.map\n') && { 'site/app.js.map': '{"version":3,"mappings":"' }),
    });
    const found = { file: 'site/app.js', line: 2, column: 1 };
    expect(await find(placeOf(url, text, 'throw'))).toEqual({ ...found, by: 'exact' });
    expect(await find({ url, line: 99, column: 0 })).toBeUndefined();
    put({ 'site/app.js': text }, after);
    expect(await find(placeOf(url, text, 'throw'))).toEqual({ ...found, by: 'guess' });
  });

  it('is in the page itself for a script that stands there', async () => {
    const text = '<!doctype html>\n<script>\n  throw 1;\n</script>\n';
    put({ 'site/index.html': text });
    expect(await find(placeOf(page, text, 'throw'))).toEqual({
      file: 'site/index.html',
      line: 3,
      column: 3,
      by: 'exact',
    });
  });

  it('is a guess in the page of another site, which may be another version', async () => {
    put({ 'site/app.js': 'throw 1;' });
    const about = { page: 'https://shop.example/', at };
    const found = await find({ url: 'https://shop.example/app.js', line: 0, column: 2 }, served, about);
    expect(found).toMatchObject({ file: 'site/app.js', by: 'guess' });
  });

  it('is none in a script of a third party, or through a map that knows no such place', async () => {
    put({ ...sources, 'site/app.js': 'throw 1;' });
    expect(await find({ url: 'https://cdn.example/app.js', line: 0, column: 2 })).toBeUndefined();
    expect(await find({ url: 'no address', line: 0, column: 2 })).toBeUndefined();
    build('src/app.ts', 'site/app.js');
    expect(await find({ url, line: 50, column: 2 })).toBeUndefined();
  });
});

describe('outside of the workspace', () => {
  const map = (named: string, more: object = {}) =>
    JSON.stringify({ version: 3, sources: [named], names: [], mappings: 'AAAA', ...more });
  const first = { url, line: 0, column: 0 };

  it.each([
    ['../../outside/src/app.ts', {}],
    ['app.ts', { sourceRoot: '../../outside/src/' }],
    ['../../../../../../../../etc/passwd', {}],
    ['/etc/passwd', {}],
    ['file:///etc/passwd', {}],
    ['../.git/config', {}],
    ['../node_modules/a/index.js', {}],
    ['https://other.example/etc/passwd', {}],
  ])('a map that names %s leads nowhere', async (named, more) => {
    put({ ...sources, '../outside/src/app.ts': app, '.git/config': '[core]\n', 'node_modules/a/index.js': 'a' });
    put({ 'site/app.js': 'throw 1;\n//# sourceMappingURL=app.js.map', 'site/app.js.map': map(named, more) });
    expect(await find(first)).toBeUndefined();
    const original = { file: named, line: 0, column: 0 };
    put({ 'site/app.js': 'throw 1;' }, after);
    if (!named.endsWith('app.ts')) expect(await find({ ...first, original })).toBeUndefined();
  });

  it('no link is followed: of a script, of its map, of a source', async () => {
    put({
      ...sources,
      '../outside/app.ts': app,
      '../outside/app.js': 'throw 1;',
      '../outside/map': map('../src/app.ts'),
    });
    mkdirSync(path.join(root, 'site'));
    const link = (to: string, name: string) => symlinkSync(path.join(folder, 'outside', to), path.join(root, name));
    link('app.js', 'site/app.js');
    expect(await find(first)).toBeUndefined();
    rmSync(path.join(root, 'site/app.js'));
    put({ 'site/app.js': 'throw 1;\n//# sourceMappingURL=app.js.map' });
    link('map', 'site/app.js.map');
    expect(await find(first)).toMatchObject({ file: 'site/app.js' });
    rmSync(path.join(root, 'site/app.js.map'));
    link('app.ts', 'src/linked.ts');
    put({ 'site/app.js.map': map('../src/linked.ts') });
    expect(await find(first)).toBeUndefined();
  });
});

describe('of a development server', () => {
  let server: http.Server;
  let origin: string;
  let asked: string[];
  let answers: Record<string, string>;
  beforeEach(async () => {
    [asked, answers] = [[], {}];
    server = http.createServer((request, response) => {
      asked.push(request.url ?? '');
      const text = answers[request.url ?? ''];
      // as Vite does for addresses that it does not know
      response.setHeader('content-type', text === undefined ? 'text/html' : 'text/javascript');
      response.end(text ?? '<!doctype html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const ask = (code: ReportedCode, target: Partial<Target> = { origins: { local: origin } }) =>
    find(code, { kind: 'page', path: '/', ...target }, { page: `${origin}/`, at });

  it('is found through the map that the server answers, inside the script or beside it', async () => {
    put(sources);
    const inside = build('src/app.ts', 'src/built.js', { sourcemap: 'inline', bundle: false, minify: false });
    rmSync(path.join(root, 'src/built.js'));
    answers['/src/app.ts?t=1'] = inside;
    expect(await ask(placeOf(`${origin}/src/app.ts?t=1`, inside, 'throw'))).toEqual(throwing);
    const beside = build('src/app.ts', 'src/out.js', { bundle: false, minify: false });
    rmSync(path.join(root, 'src/out.js'));
    answers['/src/out.js'] = beside;
    expect(await ask(placeOf(`${origin}/src/out.js`, beside, 'throw'))).toBeUndefined(); // no map is there
    answers['/src/out.js.map'] = JSON.stringify({ version: 3, sources: ['app.ts'], mappings: 'AAAA' });
    expect(await ask({ url: `${origin}/src/out.js`, line: 0, column: 5 })).toMatchObject({
      file: 'src/app.ts',
      line: 1,
    });
  });

  it('is none through a map of the server when the source has changed since', async () => {
    put(sources);
    const text = build('src/app.ts', 'dist/built.js', { sourcemap: 'inline', bundle: false, minify: false });
    answers['/src/app.ts'] = text;
    put(sources, after);
    expect(await ask(placeOf(`${origin}/src/app.ts`, text, 'throw'))).toBeUndefined();
  });

  it('is in a file that the server answers as it is', async () => {
    put({ 'src/plain.js': 'let a;\nthrow a;\n' });
    answers['/src/plain.js'] = 'let a;\nthrow a;\n';
    const place = { url: `${origin}/src/plain.js`, line: 1, column: 0 };
    expect(await ask(place)).toEqual({ file: 'src/plain.js', line: 2, column: 1, by: 'exact' });
    answers['/src/plain.js'] = 'let b;\nthrow b;\n';
    expect(await ask(place)).toBeUndefined();
  });

  it('asks no server that the record does not name, nor another one for a map', async () => {
    put(sources);
    const place = { url: `${origin}/src/app.ts`, line: 0, column: 1 };
    expect(await ask(place, {})).toBeUndefined();
    expect(await ask(place, { origins: { local: 'http://127.0.0.1:1' } })).toBeUndefined();
    const untrusted = Object.assign(new Workspace(root), { asksGit: false });
    const target: Target = { kind: 'page', path: '/', origins: { local: origin } };
    const about = { page: `${origin}/`, at };
    expect(await (await CodeSources.of(untrusted, target, about, true)).find(place)).toBeUndefined();
    expect(asked).toEqual([]);
    answers['/src/app.ts'] = '1\n//# sourceMappingURL=http://127.0.0.1:1/app.ts.map';
    expect(await ask(place)).toBeUndefined();
    expect(asked).toEqual(['/src/app.ts']);
  });

  it('needs no server where Lighthouse has read the map', async () => {
    put(sources);
    const original = { file: 'src/app.ts', line: 3, column: 0 };
    const place = { url: 'http://127.0.0.1:1/app.js', line: 0, column: 9, original };
    const target: Target = { kind: 'page', path: '/', origins: { local: 'http://127.0.0.1:1' } };
    expect(await find(place, target, { page: 'http://127.0.0.1:1/', at })).toEqual(throwing);
  });
});
