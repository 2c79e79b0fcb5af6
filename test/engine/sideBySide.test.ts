import { afterEach, beforeEach, expect, it } from 'vitest';
import { auditResults } from '../../src/core/audit/auditResults';
import { parseRecord } from '../../src/core/record/parseRecord';
import { AuditEngine } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { auditPages, type PageResult } from '../../src/workflow/auditPages';
import { planUrl } from '../../src/workflow/planPages';
import { Workspace } from '../../src/workflow/workspace';
import { eventually } from '../patience';
import { browserProcesses, type Handler, Place, page, type Site, serve, workerFile } from './support';

let place: Place;
const sites: Site[] = [];
const engines: AuditEngine[] = [];

beforeEach(() => {
  place = new Place().enter();
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  await Promise.all(sites.splice(0).map((site) => site.close()));
  try {
    await place.isClean();
  } finally {
    await place.leave();
  }
});

const categories = ['accessibility', 'best-practices', 'seo'];
const image = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>';

async function site(pages: Parameters<typeof serve>[0]): Promise<Site> {
  const started = await serve(pages);
  sites.push(started);
  return started;
}

async function newEngine(): Promise<AuditEngine> {
  const browser = { path: (await findBrowser({})).path, sandbox: canSandbox() };
  const engine = new AuditEngine({ worker: workerFile, browser });
  engines.push(engine);
  return engine;
}

async function audit(urls: readonly string[], signal?: AbortSignal): Promise<PageResult[]> {
  return auditPages({
    workspace: new Workspace(place.workspace),
    engine: await newEngine(),
    plan: {
      pages: urls.map((url) => planUrl({}, url).page),
      formFactors: ['mobile'],
      runs: 1,
      categories,
      record: true,
    },
    ...(signal && { signal }),
  });
}

/** Whether a browser has opened a page; the process of a page has one between it and the browser. */
function hasPage({ pid }: { pid: number }): boolean {
  const between = new Set(
    browserProcesses(place.temporary, 'zygote').flatMap((one) => (one.parent === pid ? one.pid : [])),
  );
  return browserProcesses(place.temporary, 'renderer').some(({ parent }) => between.has(parent));
}

/** What a page and the cookie jar of another site know of earlier pages, with what it finds wrong then. */
const remembering = (name: string, other: string) =>
  page(
    name,
    `<script>
    const seen = localStorage.getItem('seen') || document.cookie;
    localStorage.setItem('seen', '1');
    document.cookie = 'seen=1';
    if (seen) document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>');
    requestAnimationFrame(() => setTimeout(() => {
      document.querySelector('main').insertAdjacentHTML('beforeend', '<input>');
    }, 900));
    console.error('An error of ${name}');
    </script><img src="${other}/third.svg" alt="" width="10" height="10">`,
  );

it('says of pages side by side what whole audits say of each, recorded in their order', async () => {
  const third: Handler = (_, response) => {
    response.setHeader('set-cookie', 'third=1; SameSite=None; Secure');
    response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(image);
  };
  const other = (await site({ '/third.svg': third })).origin.replace('127.0.0.1', 'localhost');
  const names = ['a', 'b', 'c', 'd'];
  const { origin } = await site(Object.fromEntries(names.map((name) => [`/${name}`, remembering(name, other)])));
  const results = await audit(names.map((name) => `${origin}/${name}`));
  expect(results.map(({ page: { target }, error }) => [target, error])).toEqual(names.map((name) => [name, undefined]));
  expect(results[0]?.results?.flatMap(({ id, outcome }) => (outcome === 'failing' ? [id] : []))).toEqual(
    expect.arrayContaining(['image-alt', 'label', 'errors-in-console']),
  );
  const engine = await newEngine();
  for (const [index, name] of names.slice(0, 2).entries()) {
    const url = `${origin}/${name}`;
    const { set } = await engine.audit({ url, formFactor: 'mobile', runs: 1, categories });
    expect(results[index]?.results).toEqual(auditResults(set.slices, 0));
    const { scores, benchmarkIndex } = results[index]?.measurement ?? {};
    expect(Object.keys(scores ?? {})).toEqual(categories);
    expect(benchmarkIndex).toBeUndefined(); // the load was not measured
  }
  const { record } = parseRecord(place.recordText() ?? '');
  expect(Object.keys(record.targets)).toEqual(names);
  expect(record.findings['d/lighthouse/label']?.state.status).toBe('open');
});

it('audits the other pages where one fails, takes the browser with it, or is elsewhere', async () => {
  const { origin } = await site({
    '/first': page('First'),
    '/login': page('Login'),
    '/account': (_, response) => void response.writeHead(302, { location: '/login' }).end(),
    '/text': (_, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end('text'),
    '/last': page('Last'),
    '/ends': async ({ headers }, response) => {
      if (!headers['user-agent']?.includes('Chrome')) return void response.end(page());
      // one that just starts would be one that cannot be started
      await eventually(() => browserProcesses(place.temporary).every(hasPage), 'the browsers have a page');
      for (const { pid } of browserProcesses(place.temporary)) process.kill(pid, 'SIGKILL');
    },
  });
  const urls = ['first', 'gone', 'ends', 'account', 'text', 'last'].map((name) => `${origin}/${name}`);
  const results = await audit(urls);
  expect(results.map(({ error, measurement }) => error?.code ?? measurement?.redirectedTo ?? 'measured')).toEqual([
    'measured',
    'not-found',
    'browser-died',
    `${origin}/login`,
    'not-html',
    'measured',
  ]);
});

it('tells of an icon that is missing on every page, not only on the first that a browser opens', async () => {
  const withoutIcon = (name: string) => page(name).replace(/<link rel="icon"[^>]*>/, '');
  const { origin } = await site(
    Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`/${name}`, withoutIcon(name)])),
  );
  const results = await audit(['a', 'b', 'c', 'd'].map((name) => `${origin}/${name}`));
  const told = results.map(({ results: of }) => of?.find(({ id }) => id === 'errors-in-console')?.outcome);
  expect(told).toEqual(Array(4).fill('failing'));
});

it('stops all pages at once, and leaves no browser behind', async () => {
  const controller = new AbortController();
  const { origin } = await site({ '/a': page('A'), '/b': () => controller.abort(), '/c': page('C') });
  const stopped = audit([`${origin}/a`, `${origin}/b`, `${origin}/c`], controller.signal);
  await expect(stopped).rejects.toMatchObject({ kind: 'cancelled' });
  await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  expect(browserProcesses(place.temporary)).toEqual([]);
});
