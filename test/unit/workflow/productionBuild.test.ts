import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { productionBuild } from '../../../src/workflow/productionBuild';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'build-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Given {
  scripts?: Record<string, string>;
  uses?: string[];
  files?: string[];
  folder?: string;
}

function planned({ scripts = { build: 'x build' }, uses = [], files = [], folder = '.' }: Given) {
  const devDependencies = Object.fromEntries(uses.map((name) => [name, '1.0.0']));
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, 'package.json'), JSON.stringify({ scripts, devDependencies }));
  for (const file of files) writeFileSync(path.join(root, folder, file), '');
  return productionBuild(root, folder);
}

describe('the production build of a project', () => {
  it.each<[string, Given, object]>([
    [
      'Vite with its own preview script',
      { uses: ['vite'], scripts: { build: 'vite build', preview: 'vite preview --port 5050' } },
      { framework: 'Vite', serve: { command: 'npm run build && npm run preview', url: 'http://localhost:5050/' } },
    ],
    [
      'Vite without one, with pnpm',
      { uses: ['vite'], files: ['pnpm-lock.yaml'] },
      {
        framework: 'Vite',
        serve: { command: 'pnpm run build && pnpm exec vite preview', url: 'http://localhost:4173/' },
      },
    ],
    [
      'Next.js with yarn',
      { uses: ['next'], scripts: { build: 'next build', start: 'next start' }, files: ['yarn.lock'] },
      { framework: 'Next.js', serve: { command: 'yarn run build && yarn run start', url: 'http://localhost:3000/' } },
    ],
    [
      'Astro, which brings Vite',
      { uses: ['astro', 'vite'] },
      {
        framework: 'Astro',
        serve: { command: 'npm run build && npx --no-install astro preview', url: 'http://localhost:4321/' },
      },
    ],
    [
      'Create React App',
      { uses: ['react-scripts'] },
      { framework: 'Create React App', build: 'npm run build', serve: { folder: 'build' } },
    ],
    [
      'Angular',
      { uses: ['@angular/cli', 'vite'] },
      { framework: 'Angular', build: 'npm run build', serve: { folder: 'dist' } },
    ],
    [
      'a project below the workspace',
      { uses: ['vite'], folder: 'apps/web shop' },
      {
        framework: 'Vite',
        serve: {
          command: 'cd "apps/web shop" && npm run build && npx --no-install vite preview',
          url: 'http://localhost:4173/',
        },
      },
    ],
  ])('is that of %s', async (_, given, expected) => {
    expect(await planned(given)).toEqual(expected);
  });

  it('is unknown without a build script, a known framework, or a package.json that can be read', async () => {
    expect(await planned({ uses: ['vite'], scripts: { dev: 'vite' } })).toBeUndefined();
    expect(await planned({ uses: ['left-pad'] })).toBeUndefined();
    writeFileSync(path.join(root, 'package.json'), '{ "scripts": ');
    expect(await productionBuild(root)).toBeUndefined();
    expect(await productionBuild(path.join(root, 'nowhere'))).toBeUndefined();
  });
});
