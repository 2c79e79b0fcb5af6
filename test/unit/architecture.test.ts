import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const source = path.resolve(import.meta.dirname, '../../src');

/**
 * The rooms of the house, from the ground up. A room imports itself and what stands on a line above its own; rooms on one
 * line know nothing of each other. A room is a folder or a file; the longest name that fits a file is its room.
 */
const floors: string[][] = [
  ['core/errors.ts', 'core/defined.ts', 'core/schemaMessages.ts'],
  ['core/text', 'core/statistics'],
  ['core/record'],
  ['core/metrics', 'core/checklist', 'core/advice', 'core/sources', 'core/discovery'],
  ['core/verdict'],
  ['core/audit', 'core/evaluation', 'core/outcomes'],
  ['core/impact', 'core/fixes', 'core/journey'],
  ['core/report'],
  ['core/review', 'core/survey'],
  ['core/jsonSchemas.ts'],
  ['protocol', 'storage'],
  ['inPage'],
  ['engine'],
  ['workflow'],
  ['delivery'],
  ['agents'],
  ['contributions.ts'],
  ['editor/shared'],
  ['editor/audit'],
  ['editor/findings'],
  ['editor/evaluation', 'editor/impact', 'editor/journey'],
  ['webview/shared'],
  [
    'editor',
    'cli',
    'webview/result',
    'webview/finding',
    'webview/evaluation',
    'webview/checklist',
    'webview/impact',
    'webview/journey',
    'webview/session',
    'webview/survey',
    'webview/work',
  ],
  ['web'],
  ['webExtension.ts'],
  ['extension.ts', 'cli.ts', 'playwright.ts'],
];

/** Doors that are shut although the other room lies below. */
const shut: { from: string; to: string[]; reason: string }[] = [
  {
    from: 'webview',
    to: ['storage', 'engine', 'workflow', 'contributions.ts'],
    reason: 'a page reaches the host by messages alone',
  },
  {
    from: 'delivery',
    to: ['core/record', 'storage', 'protocol', 'engine', 'workflow'],
    reason: 'it takes texts to a host, and does not know what they are about',
  },
  { from: 'cli', to: ['contributions.ts'], reason: 'the terminal program has no VS Code' },
  { from: 'cli.ts', to: ['contributions.ts', 'editor', 'webview'], reason: 'the terminal program has no VS Code' },
  { from: 'extension.ts', to: ['cli', 'webview', 'web'], reason: 'each has a program of its own' },
  { from: 'webExtension.ts', to: ['cli', 'webview'], reason: 'each has a program of its own' },
  {
    from: 'web',
    to: ['cli', 'webview', 'agents', 'delivery'],
    reason: 'a browser alone starts nothing and serves nothing',
  },
];

/** Packages of the platform that keep a folder from being used elsewhere. */
const platform: { module: RegExp; only: string[]; reason: string }[] = [
  {
    module: /^vscode$/,
    only: ['editor', 'web', 'extension.ts', 'webExtension.ts'],
    reason: 'the terminal program has no VS Code',
  },
  {
    module: /^node:/,
    only: [
      'engine',
      'storage',
      'workflow',
      'delivery',
      'agents',
      'editor',
      'cli',
      'playwright.ts',
      'web/bundleWeb.mts',
    ],
    reason: 'core and webview run anywhere',
  },
  { module: /^lighthouse(\/|$)/, only: ['engine/worker'], reason: 'only the worker process loads Lighthouse' },
  { module: /^@modelcontextprotocol\//, only: ['agents'], reason: 'only agents speak its protocol' },
  { module: /^lit-html/, only: ['webview'], reason: 'only the webview has a DOM' },
];

/** Every module that a source text names: of types, of values, for its effects and later; with the line it stands on. */
function modulesOf(text: string): { module: string; line: number }[] {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)].map(({ 1: module = '', index }) => ({
    module,
    line: text.slice(0, index).split('\n').length,
  }));
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.m?ts$/.test(file) && !file.endsWith('.d.ts'));

interface Import {
  file: string;
  line: number;
  module: string;
  /** The imported file, relative to `src`; undefined of a package. */
  to: string | undefined;
}

const imports = files.flatMap((file): Import[] =>
  modulesOf(readFileSync(path.join(source, file), 'utf8')).map(({ module, line }) => {
    if (!module.startsWith('.')) return { file, line, module, to: undefined };
    const to = path.posix.join(path.posix.dirname(file), module).replace(/\.js$/, '.ts'); // another program's bundle
    return { file, line, module, to: existsSync(path.join(source, `${to}.ts`)) ? `${to}.ts` : to };
  }),
);

/** The room a file lies in, or undefined. */
function roomOf(file: string): string | undefined {
  return floors
    .flat()
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room));
const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);

/** The first circle of imports that is found, from a file back to itself. */
function circleOf(edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of edges.get(file) ?? []) {
      const circle = visit(next, [...way, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of edges.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

describe('the architecture', () => {
  it('is read from every way to import: types, values, effects, later, over several lines', () => {
    const text = `import type { A } from './a';\nimport {\n  b,\n} from './b';\nimport './c.css';\nawait import(\n  './d'\n);\nlet e: import('./e').E;\nexport * from './f';`;
    expect(modulesOf(text).map(({ module }) => module)).toEqual(['./a', './b', './c.css', './d', './e', './f']);
    expect(modulesOf(text)[1]?.line).toBe(4);
    expect(imports.length).toBeGreaterThan(400);
  });

  it('has a room for every file', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
    expect(new Set(floors.flat()).size).toBe(floors.flat().length);
  });

  it('has no line of more than 120 columns', () => {
    const long = files.flatMap((file) =>
      readFileSync(path.join(source, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (line.length > 120 ? [`src/${file}:${index + 1}`] : [])),
    );
    expect(long).toEqual([]);
  });

  it('has no file of more than 350 lines', () => {
    const linesOf = (file: string) => readFileSync(path.join(source, file), 'utf8').trimEnd().split('\n').length;
    expect(files.filter((file) => file.endsWith('.ts') && linesOf(file) > 350)).toEqual([]);
  });

  it('lets each room import only what lies below it', () => {
    const wrong = imports.flatMap(({ file, line, to }) => {
      const [from, into] = [roomOf(file), to && roomOf(to)];
      if (!to || !from || from === into || to.endsWith('.css')) return [];
      if (to === '../package.json' && ['editor', 'cli', 'cli.ts'].some((room) => isIn(file, room))) return [];
      if (into && floorOf(into) < floorOf(from)) return [];
      return [`src/${file}:${line} imports ${to}: ${into ?? 'no room'} does not lie below ${from}`];
    });
    expect(wrong).toEqual([]);
  });

  it('keeps doors shut that lead down too far', () => {
    const wrong = imports.flatMap(({ file, line, to }) =>
      shut
        .filter((door) => roomOf(file) === door.from && door.to.some((place) => to !== undefined && isIn(to, place)))
        .map(({ reason }) => `src/${file}:${line} imports ${to}: ${reason}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no file that imports itself by a detour', () => {
    expect(circleOf(new Map([['a', ['b', 'c']], ['b', ['c']], ['c', ['b']]]))).toEqual(['b', 'c', 'b']); // biome-ignore format: a graph
    const edges = new Map(
      [...Map.groupBy(imports, ({ file }) => file)].map(([file, of]) => [file, of.flatMap(({ to }) => to ?? [])]),
    );
    expect(circleOf(edges)).toBeUndefined();
  });

  it('keeps platforms where they are', () => {
    const wrong = imports.flatMap(({ file, line, module }) =>
      platform
        .filter((rule) => rule.module.test(module) && !rule.only.some((place) => isIn(file, place)))
        .map(({ reason }) => `src/${file}:${line} imports ${module}: ${reason}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no clock in core: the time is handed in', () => {
    const wrong = files
      .filter((file) => isIn(file, 'core'))
      .filter((file) => /Date\.now\(\)|new Date\(\)|Math\.random/.test(readFileSync(path.join(source, file), 'utf8')));
    expect(wrong).toEqual([]);
  });
});
