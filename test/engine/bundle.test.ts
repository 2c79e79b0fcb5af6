import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
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
import { BrowserProcess } from '../../src/engine/worker/browser';
import type { computingAhead } from '../../src/engine/worker/computeAhead';
import { Place, repository, workerFile } from './support';

/** What both the package and the bundle offer. */
interface Lighthouse {
  Runner: typeof Runner;
  navigationGather: typeof navigationGather;
  initializeConfig: typeof initializeConfig;
  loadArtifacts: typeof assetSaver.loadArtifacts;
  generateReport: typeof generateReport;
  desktopConfig: object;
  /** Of the worker; only the bundle has it. */
  computingAhead?: typeof computingAhead;
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
        export { computingAhead } from './src/engine/worker/computeAhead';
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

type Gathered = Awaited<ReturnType<typeof navigationGather>>;

/** Loads a page in a fresh browser and gathers what the audits need. */
async function gatherPage(
  lighthouse: Lighthouse,
  url: string,
  formFactor: FormFactor,
  onlyAudits?: string[],
  sent: string[] = [],
): Promise<Gathered> {
  const browser = await puppeteer.launch({
    executablePath: (await findBrowser({})).path,
    userDataDir: mkdtempSync(path.join(place.root, 'profile-')),
    args: canSandbox() ? [] : ['--no-sandbox'],
    env: { ...process.env, TMPDIR: place.temporary },
  });
  try {
    const config = formFactor === 'desktop' ? lighthouse.desktopConfig : undefined;
    const flags = { logLevel: 'silent', formFactor, locale: 'en-US', ...(onlyAudits && { onlyAudits }) } as const;
    const page = await browser.newPage();
    const target = page.target();
    const createSession = target.createCDPSession.bind(target);
    target.createCDPSession = async () => {
      const session = await createSession();
      const send = session.send.bind(session);
      session.send = (method, ...rest) => {
        sent.push(method);
        return send(method, ...rest);
      };
      return session;
    };
    return await lighthouse.navigationGather(page as never, url, { config, flags } as never);
  } finally {
    await browser.close();
  }
}

/** Loads a page of the flawed sample shop with the package and saves what was gathered. */
async function gather(formFactor: FormFactor): Promise<void> {
  const site = await serveFolder(path.join(repository, 'media', 'sample-shop', 'flawed'));
  try {
    const { artifacts } = await gatherPage(source, `${site.origin}/product.html`, formFactor);
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

/** 40 by 30 CSS pixels. */
const pixel = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>';

/** A page with every kind of image and more of them than are asked about at once, and two style sheets. */
function writeGallery(folder: string): void {
  const images = Array.from(
    { length: 20 },
    (_, index) => `<img class="i${index}" src="p.svg?${index}" alt="Plate ${index}">`,
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'p.svg'), pixel);
  writeFileSync(
    path.join(folder, 'one.css'),
    images
      .map((_, index) => `.i${index} { width: ${10 + index}px; ${index % 2 ? 'height: auto' : 'aspect-ratio: 4/3'} }`)
      .join('\n'),
  );
  writeFileSync(path.join(folder, 'two.css'), '.never { color: red } main { background: url(p.svg?back) }');
  writeFileSync(path.join(folder, 'code.js'), 'document.title += "!";\n//# sourceMappingURL=code.js.map');
  const polyfills = ['at', 'fill', 'flat', 'includes'].map(
    (name) => `Array.prototype.${name} = function () { /* old */ };`,
  );
  writeFileSync(
    path.join(folder, 'old.js'),
    `if (!window) {\n${polyfills.join('\n').padEnd(20_000, '\n  // filler')}\n}`,
  );
  writeFileSync(path.join(folder, 'code.js.map'), '{"version":3,"sources":["code.ts"],"names":[],"mappings":"AAAA"}');
  writeFileSync(
    path.join(folder, 'index.html'),
    `<!doctype html><html lang="en"><title>Gallery</title><meta name="viewport" content="width=device-width">
     <link rel="stylesheet" href="one.css"><link rel="stylesheet" href="two.css"><style>h1 { margin: 0 }</style>
     <main><h1>Gallery</h1>${images.join('')}
       <img src="p.svg?set" srcset="p.svg?large 2x" alt="Of a set" width="40">
       <picture><source srcset="p.svg?source"><img src="p.svg?plain" alt="In a picture" style="height: 30px"></picture>
       <img src="missing.png" alt="Not there">
       <div id="shadow"></div></main>
     <script>document.getElementById('shadow').attachShadow({ mode: 'open' }).innerHTML = '<img src="p.svg?shadow" alt="In the shadow">'</script>
     <script src="code.js"></script><script src="old.js"></script></html>`,
  );
}

interface ImageElement {
  isCss: boolean;
  naturalDimensions?: object;
  cssEffectiveRules?: { width: string | null };
}

/**
 * What was gathered, without the numbers that a browser gives to its parts anew each time, and in an order that does not
 * depend on which file arrived first.
 */
function comparable(artifact: unknown): unknown {
  const ids =
    /^(styleSheetId|lhId|nodeId|scriptId|executionContextId|loaderId|frameId|ownerNode|hash|buildId|isolateId)$/;
  const plain = (part: unknown) => JSON.stringify(part, (name, value) => (ids.test(name) ? undefined : value));
  return Array.isArray(artifact) ? artifact.map(plain).sort() : plain(artifact);
}

describe('a run that computes ahead and keeps style sheets known (what the worker does)', () => {
  let site: Awaited<ReturnType<typeof serveFolder>>;
  let ours: Gathered;
  let theirs: Gathered;
  const sent: string[] = [];

  beforeAll(async () => {
    const folder = path.join(place.root, 'gallery');
    writeGallery(folder);
    site = await serveFolder(folder);
    theirs = await gatherPage(source, `${site.origin}/index.html`, 'mobile');
    globalThis.uxAuditConfig = bundle
      .initializeConfig('navigation', undefined, { logLevel: 'silent', locale: 'en-US' } as never)
      .then((initialized) => bundle.computingAhead?.(initialized) as never);
    ours = await gatherPage(bundle, `${site.origin}/index.html`, 'mobile', undefined, sent);
    globalThis.uxAuditConfig = undefined;
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

  it.each([
    ['one metric alone', { onlyAudits: ['speed-index'] }],
    ['a metric beside accessibility', { onlyAudits: ['speed-index', 'image-alt', 'unused-css-rules'] }],
    ['performance alone', { onlyCategories: ['performance'] }],
    ['everything', {}],
  ])('leaves out no artifact and gathers none twice, of %s', async (_, chosen) => {
    const initialized = await bundle.initializeConfig('navigation', undefined, {
      logLevel: 'silent',
      ...chosen,
    } as never);
    const ids = ({ resolvedConfig }: typeof initialized) => resolvedConfig.artifacts?.map(({ id }) => id) ?? [];
    const ordered = bundle.computingAhead?.(initialized) as typeof initialized;
    expect(ids(ordered).sort()).toEqual([...ids(initialized), 'ComputeAhead'].sort());
  });

  it('leaves to the audits what it computed: nothing is computed twice', async () => {
    type Cache = { _entries: unknown[] } | undefined;
    const count = (name: string) => (ours.runnerOptions.computedCache.get(name) as Cache)?._entries.length;
    const ahead = ['TraceEngineResult', 'Speedline', 'TimingSummary', 'TotalBlockingTime'].filter(count);
    expect(ahead).toEqual(expect.arrayContaining(['TraceEngineResult', 'Speedline']));
    const before = ahead.map(count);
    const audited = await bundle.Runner.audit(ours.artifacts, ours.runnerOptions);
    expect(ahead.map(count)).toEqual(before);
    expect(audited?.lhr.audits['speed-index']?.numericValue).toEqual(expect.any(Number));
  });

  it('computes ahead too where performance alone is audited and the only image is a background', async () => {
    const folder = path.join(place.root, 'background');
    writeGallery(folder);
    writeFileSync(
      path.join(folder, 'index.html'),
      '<!doctype html><html lang="en"><title>Back</title><main style="background: url(p.svg); height: 90px">Back</main></html>',
    );
    const background = await serveFolder(folder);
    try {
      globalThis.uxAuditConfig = bundle
        .initializeConfig('navigation', undefined, { logLevel: 'silent', onlyCategories: ['performance'] } as never)
        .then((initialized) => bundle.computingAhead?.(initialized) as never);
      const { artifacts, runnerOptions } = await gatherPage(bundle, `${background.origin}/index.html`, 'mobile');
      const { ImageElements } = artifacts as unknown as { ImageElements: ImageElement[] };
      expect(ImageElements.map(({ isCss, naturalDimensions }) => [isCss, naturalDimensions])).toEqual([
        [true, { width: 40, height: 30 }],
      ]);
      expect(runnerOptions.computedCache.get('Speedline')).toEqual(expect.anything());
    } finally {
      globalThis.uxAuditConfig = undefined;
      await background.stop();
    }
  });

  it('ends the recording before it asks the page, and waits for the whole of it', () => {
    const { traceEvents } = ours.artifacts.Trace as {
      traceEvents: { name: string; args?: { data?: { url?: string } } }[];
    };
    expect(traceEvents.filter(({ name }) => name === 'thread_name').length).toBeGreaterThan(5); // comes last
    const recorded = traceEvents.filter(({ args }) => args?.data?.url?.includes('_lighthouse-eval')).length;
    const end = sent.indexOf('Tracing.end');
    const whileRecording = sent.slice(sent.lastIndexOf('Page.navigate', end), end);
    expect(recorded).toBeGreaterThan(0); // whether the page is quiet is asked as often as it takes
    expect(recorded).toBeLessThanOrEqual(whileRecording.filter((method) => method === 'Runtime.evaluate').length);
  });

  it('records nothing of its questions where the page is asked at once', async () => {
    const folder = path.join(place.root, 'telling');
    mkdirSync(folder);
    writeFileSync(
      path.join(folder, 'index.html'),
      `<!doctype html><html lang="en"><title>Telling</title><main>Telling</main><script>
         performance.mark('by the page');
         Object.defineProperty(window, 'jQuery', { get() {
           performance.mark('asked');
           return { fn: { jquery: '3.7.1' } };
         } });</script></html>`,
    );
    const telling = await serveFolder(folder);
    try {
      globalThis.uxAuditConfig = bundle
        .initializeConfig('navigation', undefined, { logLevel: 'silent', onlyCategories: ['performance'] } as never)
        .then((initialized) => bundle.computingAhead?.(initialized) as never);
      const { artifacts } = await gatherPage(bundle, `${telling.origin}/index.html`, 'mobile');
      expect(artifacts.Stacks).toContainEqual(expect.objectContaining({ name: 'jQuery' })); // so it was asked
      const { traceEvents } = artifacts.Trace as { traceEvents: { cat: string; name: string }[] };
      const marks = traceEvents.filter(({ cat }) => cat === 'blink.user_timing').map(({ name }) => name);
      expect(marks).toContain('by the page');
      expect(marks).not.toContain('asked');
    } finally {
      globalThis.uxAuditConfig = undefined;
      await telling.stop();
    }
  });

  it('remembers what scripts, style sheets and pictures of the page gave, and reports the same of them the next time', async () => {
    const { resolvedConfig } = ours.runnerOptions;
    const reportOf = async ({ Runner: runner }: Lighthouse) => {
      const result = await runner.audit(ours.artifacts, { resolvedConfig, computedCache: new Map() } as never);
      const { audits } = JSON.parse(JSON.stringify(result?.lhr)) as { audits: Record<string, unknown> };
      return ['legacy-javascript-insight', 'unminified-css', 'unminified-javascript', 'speed-index', 'metrics'].map(
        (id) => audits[id],
      );
    };
    const [first, again, theirs] = [await reportOf(bundle), await reportOf(bundle), await reportOf(source)];
    expect(JSON.stringify(first)).toContain('Array.prototype.fill');
    expect(JSON.stringify(first)).toContain('observedSpeedIndex');
    expect([first, again]).toEqual([theirs, theirs]);
  });
});

/**
 * Pages whose images get their sizes from every kind of rule. They differ in the order of their layers, and one of them
 * in a rule that its images share with none.
 */
function writeStyledImages(folder: string): string[] {
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  mkdirSync(folder, { recursive: true });
  write('p.svg', pixel);
  write('imported.css', '.imported { width: 41px }');
  write('layered.css', '.layered { height: 42px } .layered { width: 43px }');
  write('print.css', 'img { height: 44px }');
  write(
    'all.css',
    `@import url(imported.css); @import url(layered.css) layer(early); @import url(print.css) print;
     .sized, .also { width: 1px; height: 2px } .also { height: auto !important }
     .list :nth-child(2) { width: 3px }
     @layer one { .layered { width: 4px } } @layer two { .layered { width: 5px; height: 6px } } @layer { .layered { aspect-ratio: 2 } }
     .box { container-type: inline-size } @container (min-width: 200px) { .box img { width: 7px } }
     .nest { & img { width: 8px; @media (min-width: 1px) { height: 9px } } > .inner { aspect-ratio: 1 } }
     @media (min-width: 5000px) { img { width: 10px } } @media (min-width: 10px) { .wide { width: 11px } }
     @supports (display: nothing) { img { height: 12px } } @supports (display: grid) { .grid { height: 13px } }
     .unknown { width: 14sizes } .none { color: red } .empty {}
     .figure:has(figcaption) img { width: 15px } [data-size='s'] { width: 16px }
     @starting-style { .sized { width: 17px } }`,
  );
  const images = (names: string[], more = '') =>
    names.map((name) => `<img src="p.svg?${name.replaceAll(' ', '-')}" class="${name}" alt="" ${more}>`).join('');
  const body = `
    ${images(['sized', 'sized', 'also', 'sized also', 'unknown', 'none', 'empty', 'wide', 'grid', 'imported', 'layered', 'layered', ''])}
    ${images(['sized', 'none'], 'style="width: 20px"')}${images(['sized', 'none'], 'width="21" height="22"')}
    ${images(['none', 'none'], 'data-size="s"')}${images(['none'], 'popover')}
    <p class="list">${images(['in', 'in', 'in'])}</p>
    <div class="box" style="width: 300px">${images(['c'])}</div><div class="box" style="width: 100px">${images(['c'])}</div>
    <div class="nest">${images(['inner', 'none'])}<p>${images(['inner'])}</p></div>
    <div class="figure">${images(['f'])}<figcaption>One</figcaption></div><div class="figure">${images(['f'])}</div>
    <picture><source srcset="p.svg?source" width="60" height="50">${images(['none'])}</picture>
    <x-slot>${images(['none', 'none'])}</x-slot><div id="closed">${images(['none'])}</div>
    <script>
      const slotted = (size) => '<style>::slotted(img) { width: ' + size + 'px }</style><slot></slot>';
      document.querySelector('x-slot').attachShadow({ mode: 'open' }).innerHTML = slotted(23);
      document.querySelector('#closed').attachShadow({ mode: 'closed' }).innerHTML = slotted(24);
      const adopted = new CSSStyleSheet();
      adopted.replaceSync('.wide { height: 25px }');
      document.adoptedStyleSheets.push(adopted);
    </script>`;
  const page = (name: string, first: string) => {
    write(
      name,
      `<!doctype html><html lang="en"><title>Styled</title><meta name="viewport" content="width=device-width">
       <style>${first}</style><link rel="stylesheet" href="all.css"><link rel="stylesheet" href="print.css" media="print">
       <main>${body}</main></html>`,
    );
    return name;
  };
  return [
    page('one.html', '@layer one, two;'),
    page('two.html', '@layer two, one;'),
    page('scoped.html', '@scope (.list) { img { height: 26px } }'),
  ];
}

describe('what style sheets say of the size of images', () => {
  it('is the same as the package finds on every page, though the browser is asked once for images that are alike', async () => {
    const folder = path.join(place.root, 'styled');
    const pages = writeStyledImages(folder);
    const site = await serveFolder(folder);
    const rulesOf = async (lighthouse: Lighthouse, page: string) => {
      const sent: string[] = [];
      const { artifacts } = await gatherPage(lighthouse, `${site.origin}/${page}`, 'mobile', ['unsized-images'], sent);
      const { ImageElements: images } = artifacts as unknown as { ImageElements: ImageElement[] };
      const questions = sent.filter((method) => method === 'CSS.getMatchedStylesForNode').length;
      return { questions, images: images.map((image) => comparable(image)).sort() };
    };
    try {
      for (const page of pages) {
        const theirs = await rulesOf(source, page);
        const [first, again] = [await rulesOf(bundle, page), await rulesOf(bundle, page)];
        expect(theirs.images.length).toBeGreaterThan(30);
        expect(first.images, `${page}, asked`).toEqual(theirs.images);
        expect(again.images, `${page}, again`).toEqual(theirs.images);
        if (page === 'scoped.html') continue; // there each image is asked about
        expect(first.questions).toBeLessThan(theirs.questions);
        expect(again.questions).toBeLessThan(theirs.questions / 2);
      }
    } finally {
      await site.stop();
    }
  });
});

describe('the worker that is shipped', () => {
  const alone = () => path.join(place.root, 'alone', 'auditWorker.js');
  beforeAll(() => {
    mkdirSync(path.dirname(alone()));
    copyFileSync(workerFile, alone());
  });

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
