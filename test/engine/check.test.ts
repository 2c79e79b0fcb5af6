import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditResults } from '../../src/core/audit/auditResults';
import { parseRecord } from '../../src/core/record/parseRecord';
import { AuditEngine } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { cli, Place, page, type Site, serve, workerFile } from './support';

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

async function newEngine(): Promise<AuditEngine> {
  const browser = { path: (await findBrowser({})).path, sandbox: canSandbox() };
  const engine = new AuditEngine({ worker: workerFile, browser });
  engines.push(engine);
  return engine;
}

async function site(pages: Parameters<typeof serve>[0]): Promise<Site> {
  const started = await serve(pages);
  sites.push(started);
  return started;
}

/** A page that is not there at once: what it shows comes of frames, timers, requests, animations and a worker. */
const slowlyBuilt = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Late</title>
<style>@keyframes come { from { opacity: 0 } } .faint { color: #bbb; animation: come 1.2s }</style></head>
<body><main><h1>Late</h1><p class="faint">Hard to read.</p></main><script>
const add = (html) => document.querySelector('main').insertAdjacentHTML('beforeend', html);
addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => {
  const start = performance.now();
  while (performance.now() - start < 60);
  add('<img src="/lamp.svg" width="10" height="10">');
  setTimeout(async () => { add(await (await fetch('/part')).text()); requestAnimationFrame(() => add('<input>')); }, 600);
})));
setTimeout(() => add('<a href="/"></a>'), 1400);
setInterval(() => { document.title = 'Late ' + Math.floor(performance.now() / 1000) }, 1000);
const worker = new Worker(URL.createObjectURL(new Blob(['setTimeout(() => postMessage(1), 900)'])));
worker.onmessage = () => add('<ul><p>No item</p></ul>');
</script></body></html>`;

const late = {
  '/': slowlyBuilt,
  '/lamp.svg': ((_, response) => {
    response.setHeader('content-type', 'image/svg+xml');
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>');
  }) satisfies Parameters<typeof serve>[0][string],
  '/part': '<button></button>',
};

describe('a check of a page', () => {
  it('says what a whole audit says, also of a page that builds itself later', async () => {
    const { origin } = await site(late);
    const engine = await newEngine();
    const options = { url: `${origin}/`, formFactor: 'mobile' as const };
    const { set } = await engine.audit({ ...options, runs: 1, categories: ['accessibility', 'best-practices', 'seo'] });
    const whole = auditResults(set.slices, 0);
    const failing = ['button-name', 'color-contrast', 'image-alt', 'label', 'link-name', 'list'];
    expect(whole.flatMap(({ id, outcome }) => (outcome === 'failing' ? [id] : []))).toEqual(
      expect.arrayContaining(failing),
    );
    const { report, ofLoad, unknown } = await engine.check({ ...options, audits: whole.map(({ id }) => id) });
    expect({ ofLoad, unknown }).toEqual({ ofLoad: [], unknown: [] });
    expect(report && auditResults([report], 0)).toEqual(whole);
  });

  it('asks nothing that needs the load to be recorded, and starts no browser for that alone', async () => {
    const engine = await newEngine();
    const audits = ['largest-contentful-paint', 'cache-insight', 'no-such-audit'];
    expect(await engine.check({ url: 'http://127.0.0.1:9/', formFactor: 'mobile', audits })).toEqual({
      ofLoad: ['largest-contentful-paint', 'cache-insight'],
      unknown: ['no-such-audit'],
    });
  });

  it('tells of a page that answers with an error or not at all', async () => {
    const engine = await newEngine();
    const { origin } = await site({ '/gone': (_, response) => void response.writeHead(404).end('<h1>Gone</h1>') });
    const check = (url: string) => engine.check({ url, formFactor: 'mobile', audits: ['image-alt'] });
    await expect(check(`${origin}/gone`)).rejects.toMatchObject({ kind: 'page' });
    await expect(check('http://127.0.0.1:9/')).rejects.toMatchObject({ kind: 'page' });
  });
});

describe('ux-audit findings check', () => {
  const id = 'home/lighthouse/image-alt';
  const audit = ['audit', '--serve', 'site', 'index.html', '-n', '1', '--only', 'accessibility', '-y', '-q'];

  it('says that a mended finding is fixed, by one line of the record, and that one is still there', async () => {
    const file = place.write('site/index.html', page('Shop', '<button></button>'));
    expect((await cli(place, audit)).code).toBe(0);
    const before = place.recordText() ?? '';
    const runs = readFileSync(path.join(path.dirname(place.record), 'runs', 'history.jsonl'), 'utf8');
    const ids = [id, 'home/lighthouse/button-name'];
    const open = await cli(place, ['findings', 'check', ...ids, '-y', '--json']);
    expect(open.code).toBe(1);
    expect(JSON.parse(open.stdout).checked).toEqual(ids.map((one) => ({ id: one, result: 'open', places: 1 })));
    expect(place.recordText()).toBe(before);

    writeFileSync(file, page('Shop', '<button></button>').replace('<img ', '<img alt="A lamp" '));
    const mended = await cli(place, ['findings', 'check', id, '-y', '--json']);
    expect([mended.code, JSON.parse(mended.stdout).checked]).toEqual([0, [{ id, result: 'fixed', places: 0 }]]);
    expect(mended.stderr).toContain('[1/1] home as mobile: examining');
    const after = place.recordText() ?? '';
    const lines = new Set(before.split('\n'));
    expect(after.split('\n').filter((line) => !lines.has(line))).toEqual([
      expect.stringMatching(/"status": "fixed".*"fixedOn"/),
    ]);
    expect(after.split('\n')).toHaveLength(before.split('\n').length);
    expect(readFileSync(path.join(path.dirname(place.record), 'runs', 'history.jsonl'), 'utf8')).toBe(runs);

    expect((await cli(place, audit)).code).toBe(0);
    expect(parseRecord(place.recordText() ?? '').record.findings[id]?.state.status).toBe('fixed');
  });
});
