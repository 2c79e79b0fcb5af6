import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { enabledPatches } from './patches/index.mts';
import { type Patch, patched, replaceEach } from './patches/patch.mts';

const require = createRequire(import.meta.url);
const packageFile = require.resolve('lighthouse/package.json');
const lighthouseRoot = path.dirname(packageFile);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));

/** The assumed folder of the bundled modules. Lighthouse only compares such paths with each other. */
const VIRTUAL_ROOT = '/lighthouse';

const noop = '() => {}';

/** Modules of Lighthouse to replace as a whole. */
const standIns: Record<string, string> = {
  // Error reporting is opt-in in Lighthouse and off here; it would bring 47 MB of OpenTelemetry.
  'core/lib/sentry.js': `export const Sentry = {init: ${noop}, captureMessage: ${noop}, captureBreadcrumb: ${noop},
    getContext: ${noop}, captureException: async ${noop}};`,
  // The record is in one language, so that two people's runs give the same bytes. The English strings stay, since some
  // differ from those in the code and the report takes its labels from them.
  'shared/localization/locales.js': `import english from './locales/en-US.json';
    export const locales = {'en-US': english, en: english};`,
  // The report of user flows is never written.
  'report/generator/flow-report-assets.js':
    "export const flowReportAssets = {FLOW_REPORT_TEMPLATE: '', FLOW_REPORT_CSS: '', FLOW_REPORT_JAVASCRIPT: ''};",
  'shared/root.js': `export const LH_ROOT = ${JSON.stringify(VIRTUAL_ROOT)};
    export const lighthouseVersion = ${JSON.stringify(version)};`,
};

/** The modules below a folder of Lighthouse, by their paths in it. */
function modulesBelow(folder: string): string[] {
  return readdirSync(path.join(lighthouseRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.js'))
    .sort();
}

const audits = modulesBelow('core/audits');
const gatherers = modulesBelow('core/gather/gatherers');

/** Fills in the audits, gatherers and strings that Lighthouse would look for on disk. */
const replacements: Record<string, [RegExp | string, string][]> = {
  'core/runner.js': [
    [
      /const fileList = \[[\s\S]*?\];(?=[\s\S]*static getGathererList\(\))/,
      `const fileList = ${JSON.stringify(audits)};`,
    ],
    [
      /(?<=static getGathererList\(\)[\s\S]*)const fileList = \[[\s\S]*?\];/,
      `const fileList = ${JSON.stringify(gatherers)};`,
    ],
  ],
  'core/config/config-helpers.js': [
    [
      '/* BUILD_REPLACE_BUNDLED_MODULES */',
      `[${[...bundledModules('audits', audits), ...bundledModules('gather/gatherers', gatherers)]}]`,
    ],
    // Plugins are not bundled: Lighthouse finds them beside the person's config, as its command does.
    ['function isBundledEnvironment() {', 'function isBundledEnvironment() { return false;'],
  ],
  // esbuild's keepNames wraps functions in a helper that Lighthouse must hand to the page with them.
  'core/lib/page-functions.js': [
    ['function isBundledEnvironment() {', 'function isBundledEnvironment() { return true;'],
  ],
  'shared/localization/format.js': [[/fs\.readdirSync\(moduleDir \+ '\/locales\/'\)/, "['en-US.json']"]],
};

function bundledModules(folder: string, names: string[]): string[] {
  return names.map((name) => {
    const file = JSON.stringify(`../${folder}/${name}`);
    return `[${file.replace(/\.js"$/, '"')}, import(${file})]`;
  });
}

/** Inlines the files that Lighthouse reads from its package. */
function inlineAssets(file: string, source: string): string {
  const inlined = (asset: string) => JSON.stringify(readFileSync(asset, 'utf8'));
  return source
    .replace(/fs\.readFileSync\(\s*require\.resolve\('([^']+)'\), 'utf8'\)/g, (_, id) =>
      inlined(require.resolve(id, { paths: [lighthouseRoot] })),
    )
    .replace(/fs\.readFileSync\(moduleDir \+ '([^']+)',\s*'utf8'\)/g, (_, name) =>
      inlined(path.join(lighthouseRoot, path.dirname(file), name)),
    );
}

/** The text of a Lighthouse module for the bundle. */
function bundleable(file: string, source: string): string {
  const virtual = `${VIRTUAL_ROOT}/${file}`;
  return inlineAssets(file, replaceEach(`lighthouse/${file}`, source, replacements[file] ?? []))
    .replaceAll('getModuleDirectory(import.meta)', JSON.stringify(path.posix.dirname(virtual)))
    .replaceAll('getModulePath(import.meta)', JSON.stringify(virtual))
    .replaceAll('createIcuMessageFn(import.meta.url', `createIcuMessageFn(${JSON.stringify(file)}`)
    .replaceAll('createRequire(import.meta.url)', 'createRequire(__filename)');
}

/**
 * Lets esbuild bundle Lighthouse into one file whose reports equal those of the package (test/engine/bundle.test.ts).
 * A Lighthouse release that changes a place fails the build instead of shipping a bundle that measures something else.
 */
export function bundleLighthouse(patches: readonly Patch[] = enabledPatches()): Plugin {
  return {
    name: 'bundle-lighthouse',
    setup(build) {
      build.onLoad({ filter: /[\\/]node_modules[\\/].*\.js$/ }, ({ path: absolute }) => {
        const module = absolute.replaceAll('\\', '/').split('/node_modules/').at(-1) as string;
        const file = /^lighthouse\/((?:core|shared|report|third-party)\/.*)/.exec(module)?.[1];
        const standIn = file && standIns[file];
        if (standIn !== undefined) return { contents: standIn, loader: 'js' };
        const source = readFileSync(absolute, 'utf8');
        const changed = patched(module, source, patches);
        return { contents: file ? bundleable(file, changed) : changed, loader: 'js' };
      });
    },
  };
}

/** The esbuild options of the worker, or of another bundle with Lighthouse. */
export function workerBuild(options: BuildOptions, patches?: readonly Patch[]): BuildOptions {
  return {
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'node22',
    logLevel: 'warning',
    legalComments: 'none',
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true, // Lighthouse turns functions into text and sends them to the page
    external: ['puppeteer'], // the runner of recordings would start a browser with it, which is never asked for
    plugins: [bundleLighthouse(patches)],
    ...options,
  };
}
