// @ts-check
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { workerBuild } from './src/engine/worker/bundleLighthouse.mts';
import { webBuild } from './src/web/bundleWeb.mts';

const withTests = process.argv.includes('--tests');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  outdir: 'dist',
  logLevel: 'warning',
  legalComments: 'none',
  minify: true,
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...common, platform: 'node', mainFields: ['module', 'main'] };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...node,
    entryPoints: { cli: 'src/cli.ts', extension: 'src/extension.ts', playwright: 'src/playwright.ts' },
    external: ['vscode', './webExtension.js'],
    format: 'esm',
    splitting: true, // what is imported with import() is loaded when it is needed
    outExtension: { '.js': '.mjs' },
    target: 'node20', // so that an old Node can still say that it is too old
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  },
  {
    ...common,
    entryPoints: Object.fromEntries(
      ['result', 'finding', 'evaluation', 'checklist', 'impact', 'journey', 'session', 'work'].map((page) => [
        `webview/${page}`,
        `src/webview/${page}/${page}.ts`,
      ]),
    ),
    format: 'iife',
    target: 'chrome140', // of the oldest VS Code supported
    loader: { '.ttf': 'file' },
    assetNames: 'webview/[name]',
  },
  {
    ...common,
    entryPoints: { 'webview/survey': 'src/webview/survey/survey.ts' },
    format: 'iife',
    target: ['chrome100', 'firefox100', 'safari15'], // of the people who are asked
  },
  {
    ...common,
    entryPoints: Object.fromEntries(
      ['probe', 'recorder', 'inspector', 'session', 'sight', 'storage'].map((script) => [
        `inPage/${script}`,
        `src/inPage/${script}.ts`,
      ]),
    ),
    format: 'iife',
    target: 'chrome120',
  },
  { ...common, entryPoints: { 'webview/standalone': 'src/webview/impact/standalone.css' }, bundle: false },
  { ...common, ...webBuild },
  workerBuild({ entryPoints: { auditWorker: 'src/engine/worker/main.ts' }, outdir: 'dist' }),
];
if (withTests) {
  const suites = existsSync('test/editor/suite')
    ? readdirSync('test/editor/suite').map((name) => `test/editor/suite/${name}`)
    : [];
  bundles.push({
    ...node,
    entryPoints: ['test/editor/index.ts', ...suites],
    outbase: 'test/editor',
    outdir: 'dist/test/editor',
    format: 'cjs', // VS Code loads tests with require()
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
}
rmSync('dist', { recursive: true, force: true });
const built = await Promise.all(bundles.map((options) => build({ ...options, metafile: true })));
writeFileSync('dist/THIRD_PARTY_NOTICES.md', notices(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))));

writeFileSync('dist/explanations.json', JSON.stringify(await explanations()));
writeFileSync('dist/auditCategories.json', JSON.stringify(await auditCategories()));

/** What Lighthouse says about each audit (why it matters, what to do), for the page of a finding. */
async function explanations() {
  const { Runner } = await import('lighthouse/core/runner.js');
  const entries = await Promise.all(
    Runner.getAuditList().map(async (file) => {
      const { default: audit } = await import(`lighthouse/core/audits/${file}`);
      const { id, description } = audit.meta;
      return [id, typeof description === 'string' ? description : description.formattedDefault];
    }),
  );
  return Object.fromEntries(entries);
}

/** Which of Lighthouse's categories an audit belongs to: what a finding bears on. */
async function auditCategories() {
  const { default: config } = await import('lighthouse/core/config/default-config.js');
  /** @type {Record<string, string[]>} */
  const categories = {};
  for (const [category, { auditRefs }] of Object.entries(config.categories ?? {}))
    for (const { id } of auditRefs) categories[id] = [...(categories[id] ?? []), category];
  return categories;
}

/**
 * The licences of everything that ended up in a bundle, as they ask for.
 * @param {string[]} inputs
 */
function notices(inputs) {
  const folders = new Set(
    inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  const entries = [...folders].sort().map((folder) => {
    const { name, version, license, homepage } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${license}`;
    return `## ${name} ${version} (${license})\n\n${homepage ?? ''}\n\n\`\`\`\n${text}\n\`\`\``;
  });
  return `# Third-party notices\n\nUX Audit contains the following software, unmodified except that it is bundled.\n\n${entries.join('\n\n')}\n`;
}
