import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFolder } from '../../src/engine/servers/siteServer';
import { bundled, gatherPage, type Lighthouse, pixel, source, writeGallery } from './lighthouse';
import { Place } from './support';

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

describe('a page that is audited again', () => {
  it('gets the same report when its messages and frames are known', async () => {
    const folder = path.join(place.root, 'gallery');
    writeGallery(folder);
    const site = await serveFolder(folder);
    const { artifacts, runnerOptions } = await gatherPage(place, bundle, `${site.origin}/index.html`, 'mobile');
    await site.stop();
    const { resolvedConfig } = runnerOptions;
    const reportOf = async ({ Runner: runner }: Lighthouse) => {
      const result = await runner.audit(artifacts, { resolvedConfig, computedCache: new Map() } as never);
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
