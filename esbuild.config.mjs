// @ts-check
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { bundleLighthouse } from './src/engine/worker/bundleLighthouse.mjs';

const withTests = process.argv.includes('--tests');

/** Modules that are seldom needed: `import()` of one loads a bundle of its own instead of weighing on every start. */
const later = ['siteServer', 'downloadBrowser'];

/** @type {import('esbuild').Plugin} */
const laterBundles = {
  name: 'later-bundles',
  setup(build) {
    build.onResolve({ filter: new RegExp(`/(${later.join('|')})$`) }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${path.split('/').at(-1)}.js`, external: true } : undefined,
    );
  },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20', // so that an old Node can still say that it is too old
  outdir: 'dist',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  legalComments: 'none',
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [laterBundles],
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: { cli: 'src/cli.ts' } },
  { ...node, entryPoints: Object.fromEntries(later.map((name) => [name, `src/engine/${name}.ts`])) },
  {
    ...node,
    entryPoints: { auditWorker: 'src/engine/worker/main.ts' },
    target: 'node22',
    keepNames: true, // Lighthouse turns functions into text and sends them to the page
    plugins: [bundleLighthouse()],
  },
];
rmSync('dist', { recursive: true, force: true });
await Promise.all(bundles.map((options) => build(options)));
