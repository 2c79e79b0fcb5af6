import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

const source = path.resolve(import.meta.dirname, '..');
const replacements = path.join(import.meta.dirname, 'replacements');

/**
 * Puts the files of `replacements` in the place of those of `src` with the same path, and those of `replacements/node`
 * in the place of Node's own modules. A module of Node that has none there is an error of the build.
 */
const withoutNode: Plugin = {
  name: 'without-node',
  setup({ onLoad, onResolve, resolve }) {
    onResolve({ filter: /^node:/ }, ({ path: module, importer, resolveDir, kind }) => {
      if (module === 'node:path') return resolve('path-browserify', { importer, resolveDir, kind });
      const file = path.join(replacements, 'node', `${module.slice('node:'.length)}.ts`);
      return existsSync(file) ? { path: file } : { errors: [{ text: `There is no ${module} in a browser.` }] };
    });
    onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const other = path.join(replacements, path.relative(source, file));
      if (file.startsWith(replacements) || !existsSync(other)) return undefined;
      return { contents: `export * from ${JSON.stringify(other)};`, resolveDir: path.dirname(file) };
    });
  },
};

/** How the extension is bundled for a window that is a browser alone: one script, which may require `vscode`. */
export const webBuild = {
  entryPoints: { webExtension: 'src/webExtension.ts' },
  bundle: true,
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  external: ['vscode'],
  format: 'cjs',
  target: ['chrome120', 'firefox125', 'safari17.4'],
  footer: { js: '0 && (module.exports = { activate, deactivate });' }, // tells import() of Node what it exports
  inject: ['src/web/replacements/globals.ts'],
  plugins: [withoutNode],
} satisfies BuildOptions;
