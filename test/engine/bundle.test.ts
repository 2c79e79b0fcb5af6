import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { generateReport } from 'lighthouse';
import { initializeConfig } from 'lighthouse/core/config/config.js';
import desktopConfig from 'lighthouse/core/config/desktop-config.js';
import { navigationGather } from 'lighthouse/core/gather/navigation-runner.js';
import * as assetSaver from 'lighthouse/core/lib/asset-saver.js';
import { Runner } from 'lighthouse/core/runner.js';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEngine } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers';
import { serveFolder } from '../../src/engine/siteServer';
import { Place, repository, workerFile } from './support';

/** What both the package and the bundle offer. */
interface Lighthouse {
  Runner: typeof Runner;
  navigationGather: typeof navigationGather;
  initializeConfig: typeof initializeConfig;
  loadArtifacts: typeof assetSaver.loadArtifacts;
  generateReport: typeof generateReport;
  desktopConfig: object;
}

const source = {
  Runner,
  navigationGather,
  initializeConfig,
  loadArtifacts: assetSaver.loadArtifacts,
  generateReport,
  desktopConfig,
} as Lighthouse;

/** Bundles the parts of Lighthouse that the worker uses, exactly as the worker is bundled (esbuild.config.mjs). */
async function bundled(folder: string): Promise<Lighthouse> {
  const file = path.join(folder, 'lighthouse.cjs');
  const plugin = path.join(repository, 'src', 'engine', 'worker', 'bundleLighthouse.mjs');
  const { bundleLighthouse } = (await import(pathToFileURL(plugin).href)) as { bundleLighthouse(): Plugin };
  await build({
    stdin: {
      contents: `
        export { Runner } from 'lighthouse/core/runner.js';
        export { navigationGather } from 'lighthouse/core/gather/navigation-runner.js';
        export { initializeConfig } from 'lighthouse/core/config/config.js';
        export { loadArtifacts } from 'lighthouse/core/lib/asset-saver.js';
        export { generateReport } from 'lighthouse';
        export { default as desktopConfig } from 'lighthouse/core/config/desktop-config.js';
      `,
      resolveDir: repository,
    },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    legalComments: 'none',
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    plugins: [bundleLighthouse()],
  });
  return createRequire(import.meta.url)(file) as Lighthouse;
}

const place = new Place();
let bundle: Lighthouse;
const configs = { mobile: undefined, desktop: 'desktop' } as const;
type FormFactor = keyof typeof configs;
const artifactsOf = (formFactor: FormFactor) => path.join(place.root, `artifacts-${formFactor}`);

/** Loads a page of the flawed sample shop with the package and saves what was gathered. */
async function gather(formFactor: FormFactor): Promise<void> {
  const site = await serveFolder(path.join(repository, 'media', 'sample-shop', 'flawed'));
  const browser = await puppeteer.launch({
    executablePath: (await findBrowser({})).path,
    userDataDir: path.join(place.root, `profile-${formFactor}`),
    args: canSandbox() ? [] : ['--no-sandbox'],
    env: { ...process.env, TMPDIR: place.temporary },
  });
  try {
    const config = formFactor === 'desktop' ? source.desktopConfig : undefined;
    const flags = { logLevel: 'silent', formFactor, locale: 'en-US' } as const;
    const { artifacts } = await source.navigationGather(
      (await browser.newPage()) as never,
      `${site.origin}/product.html`,
      { config, flags } as never,
    );
    await assetSaver.saveArtifacts(artifacts as never, artifactsOf(formFactor));
  } finally {
    await browser.close();
    await site.stop();
  }
}

/** Audits what was saved. */
async function audited(lighthouse: Lighthouse, formFactor: FormFactor): Promise<Record<string, unknown>> {
  const config = formFactor === 'desktop' ? lighthouse.desktopConfig : undefined;
  const { resolvedConfig } = await lighthouse.initializeConfig(
    'navigation',
    config as never,
    { logLevel: 'silent', formFactor, locale: 'en-US' } as never,
  );
  const artifacts = lighthouse.loadArtifacts(artifactsOf(formFactor));
  const result = await lighthouse.Runner.audit(
    artifacts as never,
    { resolvedConfig, computedCache: new Map() } as never,
  );
  return JSON.parse(JSON.stringify(result?.lhr));
}

/** A report without what differs between any two audits of the same artifacts: when its parts ran. */
function timeless(report: Record<string, unknown>): Record<string, unknown> {
  const { timing: _, fetchTime: __, ...rest } = report;
  return rest;
}

beforeAll(async () => {
  bundle = await bundled(place.root);
  for (const formFactor of ['mobile', 'desktop'] as const) await gather(formFactor);
});
afterAll(() => place.leave());

describe.each(['mobile', 'desktop'] as const)('the bundled Lighthouse, of the same artifacts (%s)', (formFactor) => {
  let reports: { package: Record<string, unknown>; bundle: Record<string, unknown> };
  beforeAll(async () => {
    reports = { package: await audited(source, formFactor), bundle: await audited(bundle, formFactor) };
  });

  it('gives the same report as the package, to the last character', () => {
    expect(timeless(reports.bundle)).toEqual(timeless(reports.package));
    expect(JSON.stringify(timeless(reports.bundle))).toBe(JSON.stringify(timeless(reports.package)));
  });

  it('gives a report that says something: every category has a score and the known faults are found', () => {
    const { categories, audits, configSettings, runtimeError } = reports.bundle as {
      categories: Record<string, { score: number | null }>;
      audits: Record<string, { score: number | null; scoreDisplayMode: string; errorMessage?: string }>;
      configSettings: { formFactor: string };
      runtimeError?: unknown;
    };
    expect(runtimeError).toBeUndefined();
    expect(configSettings.formFactor).toBe(formFactor);
    for (const id of ['performance', 'accessibility', 'best-practices', 'seo'])
      expect(categories[id]?.score).toEqual(expect.any(Number));
    expect(Object.values(audits).filter(({ scoreDisplayMode }) => scoreDisplayMode === 'error')).toEqual([]);
    expect(audits['color-contrast']?.score).toBe(0);
    expect(Object.keys(audits).length).toBeGreaterThan(120);
  });

  it('gives the same HTML report of the same result', () => {
    const html = bundle.generateReport(reports.package as never, 'html') as string;
    expect(html === source.generateReport(reports.package as never, 'html')).toBe(true);
    expect(html).toMatch(/^<!--[\s\S]*<title>Lighthouse Report<\/title>/);
  });

  it('runs the same audits with the same settings', async () => {
    const describe_ = async (lighthouse: Lighthouse) => {
      const config = formFactor === 'desktop' ? lighthouse.desktopConfig : undefined;
      const { resolvedConfig } = await lighthouse.initializeConfig(
        'navigation',
        config as never,
        { locale: 'en-US' } as never,
      );
      return {
        settings: resolvedConfig.settings,
        audits: resolvedConfig.audits?.map(({ implementation }) => implementation.meta.id),
        artifacts: resolvedConfig.artifacts?.map(({ id }) => id),
      };
    };
    expect(await describe_(bundle)).toEqual(await describe_(source));
  });
});

describe('the worker that is shipped', () => {
  it('is a few megabytes and needs nothing beside it: it audits and renders from a folder of its own', async () => {
    const alone = path.join(place.root, 'alone', 'auditWorker.js');
    mkdirSync(path.dirname(alone));
    copyFileSync(workerFile, alone);
    expect(statSync(alone).size).toBeLessThan(8_000_000);
    const site = await serveFolder(path.join(repository, 'media', 'sample-shop', 'flawed'));
    const browser = { path: (await findBrowser({})).path, sandbox: canSandbox() };
    place.enter();
    const engine = new AuditEngine({ worker: alone, browser });
    try {
      const { set, reports } = await engine.audit({
        url: `${site.origin}/help.html`,
        formFactor: 'desktop',
        runs: 1,
        categories: ['accessibility'],
      });
      expect(set.slices[0]?.categories[0]?.score).toEqual(expect.any(Number));
      const html = path.join(place.root, 'report.html');
      await engine.render(reports[0] ?? '', html);
      expect(readFileSync(html, 'utf8')).toContain('<title>Lighthouse Report</title>');
    } finally {
      await engine.dispose();
      await site.stop();
    }
    await place.isClean();
  });
});
