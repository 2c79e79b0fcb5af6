import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as assetSaver from 'lighthouse/core/lib/asset-saver.js';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEngine } from '../../src/engine/auditEngine';
import { BrowserProcess } from '../../src/engine/browsers/browserProcess';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { serveFolder } from '../../src/engine/servers/siteServer';
import {
  bundled,
  comparable,
  type FormFactor,
  type Gathered,
  gatherPage,
  type ImageElement,
  type Lighthouse,
  source,
  writeGallery,
} from './lighthouse';
import { Place, repository, workerFile } from './support';

const place = new Place();
let bundle: Lighthouse;
const artifactsOf = (formFactor: FormFactor) => path.join(place.root, `artifacts-${formFactor}`);

/** Loads a page of the flawed sample shop with the package and saves what was gathered. */
async function gather(formFactor: FormFactor): Promise<void> {
  const site = await serveFolder(path.join(repository, 'media', 'sample-shop', 'flawed'));
  try {
    const { artifacts } = await gatherPage(place, source, `${site.origin}/product.html`, formFactor);
    await assetSaver.saveArtifacts(artifacts as never, artifactsOf(formFactor));
  } finally {
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

describe('a page, gathered by the bundle', () => {
  let site: Awaited<ReturnType<typeof serveFolder>>;
  let ours: Gathered;
  let theirs: Gathered;

  beforeAll(async () => {
    const folder = path.join(place.root, 'gallery');
    writeGallery(folder);
    site = await serveFolder(folder);
    theirs = await gatherPage(place, source, `${site.origin}/index.html`, 'mobile');
    ours = await gatherPage(place, bundle, `${site.origin}/index.html`, 'mobile');
  });
  afterAll(() => site.stop());

  it.each(['ImageElements', 'CSSUsage', 'Stylesheets', 'SourceMaps', 'Accessibility', 'AnchorElements'])(
    'gathers the same %s as the package',
    (id) => {
      const of = ({ artifacts }: Gathered) => comparable((artifacts as unknown as Record<string, unknown>)[id]);
      expect(of(ours)).toEqual(of(theirs));
    },
  );

  it('asked about every image', () => {
    const { ImageElements } = ours.artifacts as unknown as { ImageElements: ImageElement[] };
    expect(ImageElements.length).toBeGreaterThan(20);
    expect(ImageElements.filter(({ cssEffectiveRules }) => cssEffectiveRules?.width).length).toBeGreaterThan(19);
    expect(ImageElements.filter(({ isCss, naturalDimensions }) => isCss && naturalDimensions)).toHaveLength(1);
  });

  it('gathers nothing more and nothing less', () => {
    expect(Object.keys(ours.artifacts).sort()).toEqual(Object.keys(theirs.artifacts).sort());
  });
});

describe('the worker that is shipped', () => {
  const place = new Place(); // of its own: browsers that were ended above may have left files of theirs
  const alone = () => path.join(place.root, 'alone', 'auditWorker.js');
  beforeAll(() => {
    mkdirSync(path.dirname(alone()));
    copyFileSync(workerFile, alone());
  });
  afterAll(() => place.leave());

  it('is a few megabytes and needs nothing beside it: it audits and renders from a folder of its own', async () => {
    expect(statSync(alone()).size).toBeLessThan(8_000_000);
    const site = await serveFolder(path.join(repository, 'media', 'sample-shop', 'flawed'));
    const browser = { path: (await findBrowser({})).path, sandbox: canSandbox() };
    place.enter();
    const engine = new AuditEngine({ worker: alone(), browser });
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

  it('takes plugins that a person’s config names from beside the config', async () => {
    const plugin = path.join(place.root, 'own', 'node_modules', 'lighthouse-plugin-shop');
    mkdirSync(plugin, { recursive: true });
    const write = (name: string, text: string) => writeFileSync(path.join(plugin, name), text);
    write('package.json', '{ "name": "lighthouse-plugin-shop", "type": "module", "main": "plugin.js" }');
    write(
      'plugin.js',
      `export default {
         audits: [{ path: 'lighthouse-plugin-shop/greets.js' }],
         category: { title: 'Shop', auditRefs: [{ id: 'greets', weight: 1 }] },
       };`,
    );
    write(
      'greets.js',
      `export default class {
         static meta = {
           id: 'greets', title: 'It greets', failureTitle: 'It does not greet', description: 'A shop greets.',
           requiredArtifacts: ['MainDocumentContent'],
         };
         static audit({ MainDocumentContent: text }) { return { score: text.includes('Gallery') ? 1 : 0 }; }
       }`,
    );
    const configPath = path.join(place.root, 'own', 'lighthouse.mjs');
    writeFileSync(
      configPath,
      `export default {
         extends: 'lighthouse:default', plugins: ['lighthouse-plugin-shop'],
         settings: { onlyCategories: ['lighthouse-plugin-shop'] },
       };`,
    );
    const gallery = path.join(place.root, 'plugin-gallery');
    writeGallery(gallery);
    const site = await serveFolder(gallery);
    place.enter();
    const engine = new AuditEngine({
      worker: alone(),
      browser: { path: (await findBrowser({})).path, sandbox: canSandbox() },
    });
    try {
      const { set } = await engine.audit({
        url: `${site.origin}/index.html`,
        formFactor: 'mobile',
        runs: 1,
        configPath,
      });
      expect(set.slices[0]?.categories).toMatchObject([{ id: 'lighthouse-plugin-shop', score: 1 }]);
    } finally {
      await engine.dispose();
      await site.stop();
    }
    await place.isClean();
  });

  it('starts browsers that draw nothing of their own window ahead', async () => {
    const launched = await BrowserProcess.launch({
      path: (await findBrowser({})).path,
      sandbox: canSandbox(),
      profiles: place.root,
    });
    try {
      const browser = await puppeteer.connect({ transport: launched });
      const session = await browser.target().createCDPSession();
      const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
      expect(targetInfos.map(({ url }) => url)).toContain('about:blank');
      expect(targetInfos.filter(({ url }) => url.includes('top-chrome'))).toEqual([]);
    } finally {
      await launched.dispose();
    }
  });
});
