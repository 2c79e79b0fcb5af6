import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { generateReport } from 'lighthouse';
import { initializeConfig } from 'lighthouse/core/config/config.js';
import desktopConfig from 'lighthouse/core/config/desktop-config.js';
import { navigationGather } from 'lighthouse/core/gather/navigation-runner.js';
import * as assetSaver from 'lighthouse/core/lib/asset-saver.js';
import { Runner } from 'lighthouse/core/runner.js';
import puppeteer from 'puppeteer-core';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { workerBuild } from '../../src/engine/worker/bundleLighthouse.mts';
import { type Place, repository } from './support';

/** What both the package and the bundle offer. */
export interface Lighthouse {
  Runner: typeof Runner;
  navigationGather: typeof navigationGather;
  initializeConfig: typeof initializeConfig;
  loadArtifacts: typeof assetSaver.loadArtifacts;
  generateReport: typeof generateReport;
  desktopConfig: object;
}

export const source = {
  Runner,
  navigationGather,
  initializeConfig,
  loadArtifacts: assetSaver.loadArtifacts,
  generateReport,
  desktopConfig,
} as Lighthouse;

/** Bundles the parts of Lighthouse that the worker uses, exactly as the worker is bundled. */
export async function bundled(folder: string): Promise<Lighthouse> {
  const outfile = path.join(folder, 'lighthouse.cjs');
  const entry = `
    export { Runner } from 'lighthouse/core/runner.js';
    export { navigationGather } from 'lighthouse/core/gather/navigation-runner.js';
    export { initializeConfig } from 'lighthouse/core/config/config.js';
    export { loadArtifacts } from 'lighthouse/core/lib/asset-saver.js';
    export { generateReport } from 'lighthouse';
    export { default as desktopConfig } from 'lighthouse/core/config/desktop-config.js';`;
  await build(workerBuild({ stdin: { contents: entry, resolveDir: repository }, outfile }));
  return createRequire(import.meta.url)(outfile);
}

export type FormFactor = 'mobile' | 'desktop';

export type Gathered = Awaited<ReturnType<typeof navigationGather>>;

/** Loads a page in a fresh browser and gathers what the audits need. */
export async function gatherPage(
  place: Place,
  lighthouse: Lighthouse,
  url: string,
  formFactor: FormFactor,
  only: { onlyAudits?: string[]; onlyCategories?: string[] } = {},
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
    const flags = { logLevel: 'silent', formFactor, locale: 'en-US', ...only } as const;
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

/** 40 by 30 CSS pixels. */
export const pixel =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>';

/** A page with every kind of image, and two style sheets. */
export function writeGallery(folder: string): void {
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

export interface ImageElement {
  isCss: boolean;
  naturalDimensions?: object;
  cssEffectiveRules?: { width: string | null };
}

/**
 * What was gathered, without the numbers that a browser gives to its parts anew each time, and in an order that does not
 * depend on which file arrived first.
 */
export function comparable(artifact: unknown): unknown {
  const ids =
    /^(styleSheetId|lhId|nodeId|scriptId|executionContextId|loaderId|frameId|ownerNode|hash|buildId|isolateId)$/;
  const plain = (part: unknown) => JSON.stringify(part, (name, value) => (ids.test(name) ? undefined : value));
  return Array.isArray(artifact) ? artifact.map(plain).sort() : plain(artifact);
}
