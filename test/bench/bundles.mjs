import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, stop } from 'esbuild';

/** The TypeScript that the parts need: what it is called, and whether it runs inside VS Code. */
const entries = ['engine', 'recordTimes', 'editorSuite'];

/**
 * Bundles what is measured from the sources into test-output/bench. The worker and the extension are those of dist.
 *
 * @param {string} root the project's folder
 * @returns `product`: the exports of engine.ts; `output`: the folder; `bundle(name)`: the path of a bundle
 */
export async function prepare(root) {
  for (const needed of ['dist/auditWorker.js', 'dist/extension.mjs']) {
    if (!existsSync(path.join(root, needed))) throw new Error(`${needed} is missing: run "npm run build".`);
  }
  const output = path.join(root, 'test-output/bench');
  await build({
    entryPoints: entries.map((name) => path.join(import.meta.dirname, `${name}.ts`)),
    outdir: output,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    minifySyntax: true, // as in dist
    minifyWhitespace: true,
    logLevel: 'warning',
  });
  await stop(); // so that its process is not counted with what is measured
  const bundle = (name) => path.join(output, `${name}.cjs`);
  return { output, bundle, product: createRequire(import.meta.url)(bundle('engine')) };
}
