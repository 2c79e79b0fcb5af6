import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFolder } from '../../src/engine/servers/siteServer';
import { workerBuild } from '../../src/engine/worker/bundleLighthouse.mts';
import { computingAhead } from '../../src/engine/worker/patches/inWorker/computeAhead';
import {
  bundled,
  type Gathered,
  gatherPage,
  type ImageElement,
  type Lighthouse,
  pixel,
  source,
  writeGallery,
} from './lighthouse';
import { Place, repository } from './support';

/** What patches of Lighthouse do; that reports stay the same is in bundle.test.ts. */
const place = new Place();
let bundle: Lighthouse;

beforeAll(async () => {
  bundle = await bundled(place.root);
});
afterAll(() => place.leave());

describe('the screenshot of the whole page', () => {
  it('waits for a picture that is loaded once the screen is high enough', async () => {
    const sent: string[] = [];
    const server = http.createServer((request, response) => {
      if (request.url === '/') {
        const picture = '<img src="below.svg" loading="lazy" width="40" height="30" alt="">';
        response.setHeader('content-type', 'text/html');
        response.end(`<!doctype html><html lang="en"><title>Tall</title><h1>Tall</h1>
          <main style="padding-top: 20000px">${picture}</main></html>`);
      } else if (request.url === '/below.svg') {
        sent.push('below is asked for');
        setTimeout(() => {
          response.setHeader('content-type', 'image/svg+xml');
          response.end(pixel, () => sent.push('below is there'));
        }, 500);
      } else response.writeHead(404).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const { artifacts } = await gatherPage(place, bundle, `http://127.0.0.1:${port}/`, 'desktop', {}, sent);
      expect((artifacts as { FullPageScreenshot?: unknown }).FullPageScreenshot).toEqual(expect.anything());
    } finally {
      server.close();
    }
    const steps = ['below is asked for', 'below is there', 'Page.captureScreenshot'];
    expect(sent.filter((step) => steps.includes(step))).toEqual(steps);
  });
});

describe('a run that computes ahead', () => {
  let ours: Gathered;
  const sent: string[] = [];

  beforeAll(async () => {
    const folder = path.join(place.root, 'gallery');
    writeGallery(folder);
    const site = await serveFolder(folder);
    ours = await gatherPage(place, bundle, `${site.origin}/index.html`, 'mobile', {}, sent);
    await site.stop();
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
    const { resolvedConfig } = initialized;
    const ids = (artifacts: typeof resolvedConfig.artifacts) => artifacts?.map(({ id }) => id) ?? [];
    const ordered = ids(computingAhead(resolvedConfig));
    expect(ordered.sort()).toEqual([...ids(resolvedConfig.artifacts), 'ComputeAhead'].sort());
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
      const { artifacts, runnerOptions } = await gatherPage(
        place,
        bundle,
        `${background.origin}/index.html`,
        'mobile',
        {
          onlyCategories: ['performance'],
        },
      );
      const { ImageElements } = artifacts as unknown as { ImageElements: ImageElement[] };
      expect(ImageElements.map(({ isCss, naturalDimensions }) => [isCss, naturalDimensions])).toEqual([
        [true, { width: 40, height: 30 }],
      ]);
      expect(runnerOptions.computedCache.get('Speedline')).toEqual(expect.anything());
    } finally {
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
      const { artifacts } = await gatherPage(place, bundle, `${telling.origin}/index.html`, 'mobile', {
        onlyCategories: ['performance'],
      });
      expect(artifacts.Stacks).toContainEqual(expect.objectContaining({ name: 'jQuery' })); // so it was asked
      const { traceEvents } = artifacts.Trace as { traceEvents: { cat: string; name: string }[] };
      const marks = traceEvents.filter(({ cat }) => cat === 'blink.user_timing').map(({ name }) => name);
      expect(marks).toContain('by the page');
      expect(marks).not.toContain('asked');
    } finally {
      await telling.stop();
    }
  });

  it('gives the same report the next time, when it knows the messages and the frames of the page', async () => {
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

describe('an answer whose limit is short', () => {
  it.each([
    ['the size of an image', "new ImageElements().collectExtraDetails(driver, [{ src: 'plate.svg', isCss: true }])"],
    ['another file', "new Fetcher(driver.defaultSession).fetchResource('http://shop.example/robots.txt')"],
    ['the text of the page', "fetchResponseBodyFromCache(driver.defaultSession, '1')"],
  ])('is asked for once the trace is there, which it would wait behind: %s', async (_, ask) => {
    const outfile = path.join(mkdtempSync(path.join(place.root, 'asks-')), 'ask.cjs');
    const contents = `
      import ImageElements from 'lighthouse/core/gather/gatherers/image-elements.js';
      import { Fetcher } from 'lighthouse/core/gather/fetcher.js';
      import { fetchResponseBodyFromCache } from 'lighthouse/core/gather/driver/network.js';
      export { stopRecording } from './src/engine/worker/patches/inWorker/computeAhead.ts';
      export const ask = async (driver) => ${ask};`;
    await build(workerBuild({ stdin: { contents, resolveDir: repository }, outfile }));
    const asking = createRequire(import.meta.url)(outfile);
    const order: string[] = [];
    const trace = Promise.withResolvers<object>();
    const isAsked = async () => {
      order.push('it is asked for');
      return {};
    };
    const session = {
      sendCommand: async () => ({}),
      onCrashPromise: () => new Promise(() => {}),
      setNextProtocolTimeout() {},
    };
    await asking.stopRecording(session, () => trace.promise);
    session.sendCommand = isAsked;
    const asked = asking.ask({ defaultSession: session, executionContext: { evaluate: isAsked } });
    await setImmediate(); // all that can go on has
    order.push('the trace is there');
    trace.resolve({ traceEvents: [] });
    await asked.catch(() => {}); // what answers here is no browser
    expect(order.slice(0, 2)).toEqual(['the trace is there', 'it is asked for']);
  });
});
