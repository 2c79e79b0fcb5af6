import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const source = path.resolve(import.meta.dirname, '../../src');

/** Which folder may import which: data flows one way. */
const allowed: Record<string, string[]> = {
  core: ['core'],
  protocol: ['protocol', 'core'],
  storage: ['storage', 'core'],
  engine: ['engine', 'core', 'protocol', 'storage'],
  workflow: ['workflow', 'engine', 'storage', 'protocol', 'core'],
  editor: ['editor', 'workflow', 'engine', 'storage', 'protocol', 'core', 'contributions', 'package'],
  cli: ['cli', 'workflow', 'engine', 'storage', 'protocol', 'core', 'package'],
  webview: ['webview', 'protocol', 'core'],
  'extension.ts': ['editor', 'contributions'],
  'cli.ts': ['cli'],
  'contributions.ts': [],
};

/** Packages of the platform that keep a folder from being used elsewhere. */
const platform: { module: RegExp; only: string[]; reason: string }[] = [
  { module: /^vscode$/, only: ['editor', 'extension.ts'], reason: 'the terminal program has no VS Code' },
  {
    module: /^node:/,
    only: ['engine', 'storage', 'workflow', 'editor', 'cli'],
    reason: 'core and webview run anywhere',
  },
  { module: /^lighthouse(\/|$)/, only: ['engine/worker'], reason: 'only the worker process loads Lighthouse' },
  { module: /^lit-html/, only: ['webview'], reason: 'only the webview has a DOM' },
];

interface Import {
  file: string;
  line: number;
  module: string;
}

function importsOf(folder: string): Import[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((text, index) => {
          const module = /(?:from|import|import\()\s*'([^']+)'/.exec(text)?.[1];
          return module ? [{ file: path.relative(source, file).replaceAll('\\', '/'), line: index + 1, module }] : [];
        });
    });
}

const imports = importsOf(source);

describe('the architecture', () => {
  it('is read from the imports', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it('lets each folder import only what lies below it', () => {
    const wrong = imports
      .filter(({ module }) => module.startsWith('.') && !module.endsWith('.css'))
      .flatMap(({ file, line, module }) => {
        const from = file.split('/')[0] as string;
        const to = path.posix.normalize(path.posix.join(path.posix.dirname(file), module)).split('/')[0] as string;
        const name = to === '..' ? 'package' : to;
        return (allowed[from] ?? []).includes(name)
          ? []
          : [`src/${file}:${line} imports ${name}, but ${from} may import only ${allowed[from]}`];
      });
    expect(wrong).toEqual([]);
  });

  it('keeps platforms where they are', () => {
    const wrong = imports.flatMap(({ file, line, module }) =>
      platform
        .filter(
          (rule) =>
            rule.module.test(module) && !rule.only.some((place) => file === place || file.startsWith(`${place}/`)),
        )
        .map(({ reason }) => `src/${file}:${line} imports ${module}: ${reason}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no clock in core: the time is handed in', () => {
    const core = path.join(source, 'core');
    const wrong = readdirSync(core, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter((entry) =>
        /Date\.now\(\)|new Date\(\)|Math\.random/.test(readFileSync(path.join(entry.parentPath, entry.name), 'utf8')),
      )
      .map(({ name }) => name);
    expect(wrong).toEqual([]);
  });
});
