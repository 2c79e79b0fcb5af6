import { setTimeout as delay } from 'node:timers/promises';
import puppeteer, { type Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { type Traffic, trafficOf } from '../../src/engine/worker/traffic';
import { PATIENCE } from '../patience';
import { type Handler, page, type Site, serve } from './support';

let browser: Browser;
const sites: Site[] = [];

beforeAll(async () => {
  const args = canSandbox() ? [] : ['--no-sandbox'];
  browser = await puppeteer.launch({ executablePath: (await findBrowser({})).path, args, pipe: true });
});
afterAll(() => browser.close());
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
});

/** Serves pages, and opens some of them one after the other. @returns what is heard of the last */
async function opened(routes: Record<string, string | Handler>, ...paths: string[]) {
  const site = await serve(routes);
  sites.push(site);
  const tab = await browser.newPage();
  const traffic = await trafficOf(tab);
  for (const path of paths) await tab.goto(site.origin + path);
  return { site, tab, traffic };
}

const rests = (traffic: Traffic) => traffic.rests(300, PATIENCE);
/** Answers once the test is over. */
const never: Handler = () => {};

describe('a page is at rest', () => {
  it('although the icon of the page before never came', async () => {
    const after = '<!doctype html><link rel="icon" href="data:,"><h1>After</h1>';
    const routes = { '/': page('Before'), '/favicon.ico': never, '/after': after };
    const { site, tab, traffic } = await opened(routes, '/');
    await expect.poll(() => site.requests.map(({ url }) => url)).toContain('/favicon.ico');
    await tab.goto(`${site.origin}/after`);
    expect(await rests(traffic)).toBe(true);
  });

  it('although it shows a picture in a data: URL, and shows it again', async () => {
    const shown = page('Shown', '<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">');
    const moved: Handler = (_, response) => void response.writeHead(303, { location: '/end' }).end();
    const { traffic } = await opened({ '/': shown, '/moved': moved, '/end': shown }, '/', '/moved', '/moved');
    expect(await rests(traffic)).toBe(true);
  });

  it('although what it began while it was left never ended', async () => {
    const answers: (() => void)[] = [];
    const slowly: Handler = (_, response) => {
      answers.push(() => void response.setHeader('content-type', 'text/html').end('<!doctype html><h1>After</h1>'));
    };
    const leaves = page(
      'Before',
      '<script>leave = () => { location = "/after"; setInterval(() => fetch("/never"), 50); }</script>',
    );
    const { site, tab, traffic } = await opened({ '/': leaves, '/never': never, '/after': slowly }, '/');
    await tab.evaluate('leave()');
    await expect.poll(() => site.requests.map(({ url }) => url)).toContain('/never');
    await expect.poll(() => answers).toHaveLength(1);
    answers[0]?.();
    await tab.waitForFunction('document.querySelector("h1")?.textContent === "After"');
    expect(await rests(traffic)).toBe(true);
  });

  it('although it is not allowed to load a picture', async () => {
    const policy: Handler = (_, response) => {
      response.setHeader('content-security-policy', "img-src 'none'").setHeader('content-type', 'text/html');
      response.end(page('Strict', '<img alt="" src="/x.png">'));
    };
    const { traffic } = await opened({ '/': policy }, '/');
    expect(await rests(traffic)).toBe(true);
  });

  it('although a beacon is never answered', async () => {
    const { traffic } = await opened(
      { '/': page('Told', '<script>navigator.sendBeacon("/never")</script>'), '/never': never },
      '/',
    );
    expect(await rests(traffic)).toBe(true);
  });

  it('although a stream stays open', async () => {
    const stream: Handler = (_, response) =>
      void response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    const { traffic } = await opened(
      { '/': page('Live', '<script>new EventSource("/live")</script>'), '/live': stream },
      '/',
    );
    expect(await rests(traffic)).toBe(true);
  });
});

describe('a page is at rest that has what other processes of the browser load:', () => {
  const rested = async (body: (other: string) => string) => {
    const other = await serve({ '/': page('Frame') });
    sites.push(other);
    const elsewhere = other.origin.replace('127.0.0.1', 'localhost'); // another site
    const worker: Handler = (_, response) =>
      void response.writeHead(200, { 'content-type': 'text/javascript' }).end('onmessage = () => {};');
    const { tab, traffic } = await opened({ '/': page('Shop', body(elsewhere)), '/worker.js': worker }, '/');
    return { tab, traffic, isAtRest: await rests(traffic) };
  };

  it('a frame of another site', async () => {
    const { isAtRest, traffic, tab } = await rested((other) => `<iframe src="${other}/"></iframe>`);
    expect(isAtRest).toBe(true);
    await tab.reload();
    expect(await rests(traffic)).toBe(true);
  });

  it('a frame of another site that is taken away while it loads', async () => {
    const slow = await serve({ '/': never });
    sites.push(slow);
    const address = slow.origin.replace('127.0.0.1', 'localhost');
    const script = `const frame = document.createElement('iframe');
      frame.src = '${address}/';
      document.body.append(frame);
      setTimeout(() => frame.remove(), 200);`;
    const { isAtRest } = await rested(() => `<script>${script}</script>`);
    expect(isAtRest).toBe(true);
  });

  it.each(['Worker', 'SharedWorker'])('a %s', async (kind) => {
    const { isAtRest } = await rested(() => `<script>new ${kind}("/worker.js")</script>`);
    expect(isAtRest).toBe(true);
  });
});

describe('a page is not at rest', () => {
  it('while something is loaded, and is afterwards', async () => {
    let answer = () => {};
    const slow: Handler = (_, response) => {
      answer = () => void response.end('late');
    };
    const { site, traffic } = await opened(
      { '/': page('Slow', '<script>fetch("/slow")</script>'), '/slow': slow },
      '/',
    );
    await expect.poll(() => site.requests.map(({ url }) => url)).toContain('/slow');
    expect(await traffic.rests(300, 1_000)).toBe(false);
    answer();
    expect(await rests(traffic)).toBe(true);
  });

  it('while it keeps polling', async () => {
    const polls = page('Polls', '<script>setInterval(() => fetch("/poll"), 50)</script>');
    const slowly: Handler = async (_, response) => {
      await delay(20);
      response.end();
    };
    const { traffic } = await opened({ '/': polls, '/poll': slowly }, '/');
    expect(await traffic.rests(1_400, 1_500)).toBe(false);
  });
});
