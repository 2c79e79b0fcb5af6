import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../src/core/errors';
import { canonicalText } from '../../src/core/record/canonicalText';
import { parseRecord } from '../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord } from '../../src/core/record/record';
import { AuditEngine, type AuditEngineOptions, type AuditProgress } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { type AuditPlan, auditPages, type PageResult } from '../../src/workflow/auditPages';
import { planUrl } from '../../src/workflow/planPages';
import { Workspace } from '../../src/workflow/workspace';
import { eventually } from '../patience';
import { inHeadlessShell } from './headlessShell';
import {
  browserProcesses,
  cli,
  type Handler,
  Place,
  page,
  processesNaming,
  type Site,
  selfSigned,
  serve,
  startCli,
  workerFile,
} from './support';

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

async function site(pages: Parameters<typeof serve>[0], options: Parameters<typeof serve>[1] = {}): Promise<Site> {
  const started = await serve(pages, options);
  sites.push(started);
  return started;
}

async function newEngine(options: Partial<AuditEngineOptions> = {}): Promise<AuditEngine> {
  const browser = options.browser ?? { path: (await findBrowser({})).path, sandbox: canSandbox() };
  const engine = new AuditEngine({ worker: workerFile, ...options, browser });
  engines.push(engine);
  return engine;
}

interface Given {
  engine?: AuditEngine;
  plan?: Partial<AuditPlan>;
  target?: string;
  signal?: AbortSignal;
  onProgress?: Parameters<typeof auditPages>[0]['onProgress'];
}

/** Audits pages (SEO only, one run, mobile) and records them, as editor and terminal do. */
async function auditAll(
  urls: readonly string[],
  { engine, plan = {}, target, signal, onProgress }: Given = {},
): Promise<PageResult[]> {
  const workspace = new Workspace(place.workspace);
  const { targets } = (await workspace.record.read().catch(() => ({ record: emptyRecord() }))).record;
  return auditPages({
    workspace,
    engine: engine ?? (await newEngine()),
    plan: {
      pages: urls.map((url) => planUrl(targets, url, { target }).page),
      formFactors: ['mobile'],
      runs: 1,
      categories: ['seo'],
      record: true,
      ...plan,
    },
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
}

async function auditOne(url: string, given: Given = {}): Promise<PageResult> {
  const [outcome] = await auditAll([url], given);
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

/** Audits a page that cannot be audited and returns the error, having checked that it is fit to be read. */
async function faultOf(url: string, given: Given = {}): Promise<HumanError> {
  const outcome = await auditOne(url, given);
  expect(outcome.measurement).toBeUndefined();
  expect(outcome.changes).toEqual([]);
  expect(place.recordText()).toBeUndefined();
  expect(existsSync(path.join(place.workspace, 'ux-audit', 'runs'))).toBe(false);
  return readable(outcome.error);
}

/** An error as a person may meet it: two whole sentences, and no stack, object or internal name in them. */
function readable(error: unknown): HumanError {
  expect(error).toBeInstanceOf(HumanError);
  const { message, next } = error as HumanError;
  for (const text of [message, next]) {
    expect(text).toMatch(/^\S.{10,}/s);
    expect(text).not.toMatch(/\[object|undefined|\n\s+at |ECONN|ENOTFOUND|ENOENT|Error:/);
  }
  expect(next).toMatch(/\.$|\)$/);
  return error as HumanError;
}

/** Whether an audit of an ordinary page works on an engine now. */
async function worksOn(engine: AuditEngine): Promise<void> {
  const { origin } = await site({ '/after': page('After') });
  const outcome = await auditOne(`${origin}/after`, { engine });
  expect(outcome.error).toBeUndefined();
  expect(outcome.measurement?.scores.seo?.spread?.n).toBe(1);
}

/** The load is measured, by phases. */
const measured: Partial<AuditPlan> = { categories: ['performance'] };

/** Does something once, as soon as an audit enters a phase. */
function once(phase: AuditProgress['phase'], act: () => void) {
  let done = false;
  return (progress: { phase: string }) => {
    if (done || progress.phase !== phase) return;
    done = true;
    act();
  };
}

describe('a server that is not there', () => {
  inHeadlessShell();
  it('is named with its address and what to do', async () => {
    const gone = await serve({});
    await gone.close();
    const fault = await faultOf(`${gone.origin}/checkout`);
    expect([fault.kind, fault.code]).toEqual(['page', 'connection-refused']);
    expect(fault.message).toContain(`127.0.0.1:${gone.port}`);
    expect(fault.next).toContain('Start the server');
  });

  it('does not keep the other pages from being audited and recorded', async () => {
    const gone = await serve({});
    await gone.close();
    const { origin } = await site({ '/there': page('There') });
    const [refused, there] = await auditAll([`${gone.origin}/gone`, `${origin}/there`]);
    expect(refused?.error?.code).toBe('connection-refused');
    expect(there?.error).toBeUndefined();
    expect(Object.keys(parseRecord(place.recordText() ?? '').record.targets)).toEqual(['there']);
  });
});

describe('a host nobody knows', () => {
  inHeadlessShell();
  it('is named', async () => {
    const fault = await faultOf('http://no-such-host.invalid/');
    expect([fault.kind, fault.code]).toEqual(['page', 'unknown-host']);
    expect(fault.message).toContain('no-such-host.invalid');
  });
});

describe('a page that answers with an error status', () => {
  inHeadlessShell();
  it('is not audited, and the status is said', async () => {
    const { origin } = await site({
      '/500': (_, response) => response.writeHead(500, { 'content-type': 'text/html' }).end(page('Oops')),
    });
    expect(await faultOf(`${origin}/404`)).toMatchObject({
      kind: 'page',
      code: 'not-found',
      message: expect.stringContaining('404'),
    });
    expect(await faultOf(`${origin}/500`)).toMatchObject({
      kind: 'page',
      code: 'error-status',
      message: expect.stringContaining('500'),
    });
  });

  it('is named by the browser too when the server was not asked before', async () => {
    const { origin } = await site({});
    expect(await faultOf(`${origin}/404`, { plan: { skipPreflight: true } })).toMatchObject({
      kind: 'page',
      code: 'error-status',
    });
  });

  it('is audited when that is asked for', async () => {
    const { origin } = await site({
      '/lost': (_, response) => response.writeHead(404, { 'content-type': 'text/html' }).end(page('Lost')),
    });
    const outcome = await auditOne(`${origin}/lost`, { plan: { ignoreStatusCode: true } });
    expect(outcome.error).toBeUndefined();
    expect(parseRecord(place.recordText() ?? '').record.findings).toHaveProperty('lost/lighthouse/http-status-code');
  });

  it('asks for a login', async () => {
    const { origin } = await site({
      '/private': (_, response) => response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
    });
    expect(await faultOf(`${origin}/private`)).toMatchObject({
      code: 'needs-login',
      next: expect.stringContaining('--basic-auth'),
    });
  });
});

describe('a certificate that is not trusted', () => {
  inHeadlessShell();
  it('is named with the reason and the switch for local development', async () => {
    const { origin } = await site({ '/': page() }, { tls: selfSigned(place.root) });
    const fault = await faultOf(`${origin}/`);
    expect([fault.kind, fault.code]).toEqual(['page', 'certificate']);
    expect(fault.message).toContain('self-signed');
    expect(fault.next).toContain('--ignore-certificate-errors');
  });

  it('is named by the browser too when the server was not asked before', async () => {
    const { origin } = await site({ '/': page() }, { tls: selfSigned(place.root) });
    expect(await faultOf(`${origin}/`, { plan: { skipPreflight: true } })).toMatchObject({
      kind: 'page',
      code: 'certificate',
    });
  });

  it('is accepted when that is asked for, and only then', async () => {
    const engine = await newEngine();
    const { origin } = await site({ '/': page() }, { tls: selfSigned(place.root) });
    const outcome = await auditOne(`${origin}/`, { engine, plan: { ignoreCertificateErrors: true } });
    expect(outcome.error).toBeUndefined();
    expect(outcome.measurement?.finalUrl).toBe(`${origin}/`);
    const again = await auditOne(`${origin}/`, { engine, plan: { skipPreflight: true } });
    expect(again.error?.code).toBe('certificate');
  });
});

describe('a server that never answers', () => {
  inHeadlessShell();
  const silent: Handler = () => {};

  it('is named when it is asked before the audit', async () => {
    const { origin } = await site({ '/': silent });
    const engine = await newEngine();
    const fault = readable(await engine.visit({ url: `${origin}/` }, {}, 300).catch((error: unknown) => error));
    expect([fault.kind, fault.code]).toEqual(['page', 'no-answer']);
  });

  it('is not called a server that answers late when it does not even take the connection', async () => {
    const busy = spawn(process.execPath, [
      '-e',
      `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
         require('node:fs').writeSync(1, String(server.address().port));
         Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
       })`,
    ]);
    const waiting: Socket[] = [];
    try {
      const [port] = await event(busy.stdout, 'data');
      for (let n = 0; n < 4; n += 1) waiting.push(connect(Number(port), '127.0.0.1').on('error', () => {}));
      await event(waiting[0] as Socket, 'connect');
      const engine = await newEngine();
      const url = `http://127.0.0.1:${port}/`;
      const fault = readable(await engine.visit({ url }, {}, 300).catch((error: unknown) => error));
      expect([fault.kind, fault.code]).toEqual(['page', 'unreachable']);
      expect(fault.message).not.toContain('accepted');
    } finally {
      for (const socket of waiting) socket.destroy();
      busy.kill('SIGKILL');
    }
  });

  it('ends the audit at the deadline of the load, and the next audit works', async () => {
    const { origin } = await site({ '/': silent });
    const engine = await newEngine({ deadlines: { load: 3_000 } });
    const fault = await faultOf(`${origin}/`, { engine, plan: { skipPreflight: true } });
    expect([fault.kind, fault.code]).toEqual(['page', 'timeout-load']);
    expect(fault.message).toContain('3 s');
    await place.isClean();
    await worksOn(await newEngine());
  });

  it('can be cancelled while it is asked', async () => {
    const controller = new AbortController();
    const { origin } = await site({ '/': () => controller.abort() });
    await expect(auditOne(`${origin}/`, { signal: controller.signal })).rejects.toMatchObject({
      kind: 'cancelled',
      code: 'cancelled',
    });
    expect(place.recordText()).toBeUndefined();
  });
});

describe('a folder for temporary files that cannot be written', () => {
  it('is named as such, and not as a fault of the record', async () => {
    const { origin } = await site({ '/': page() });
    const engine = await newEngine();
    const usual = process.env.TMPDIR;
    process.env.TMPDIR = place.write('a-file', '');
    try {
      const fault = readable(await auditOne(`${origin}/`, { engine }).catch((error: unknown) => error));
      expect([fault.kind, fault.code]).toEqual(['environment', 'temporary-folder']);
      expect(fault.message).toContain('a-file');
    } finally {
      process.env.TMPDIR = usual;
    }
  });
});

describe('a page that never settles', () => {
  inHeadlessShell();
  it('is audited all the same, with a warning', async () => {
    const polling = page(
      'Polling',
      "<script>const ask = () => fetch('/poll').finally(() => setTimeout(ask, 50)); for (let n = 0; n < 4; n += 1) ask();</script>",
    );
    const { origin } = await site({
      '/': polling,
      '/poll': (_, response) => {
        setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'), 400);
      },
    });
    const configPath = place.write(
      'lighthouse.mjs',
      "export default { extends: 'lighthouse:default', settings: { maxWaitForLoad: 6000 } };\n",
    );
    const outcome = await auditOne(`${origin}/`, { plan: { configPath } });
    expect(outcome.error).toBeUndefined();
    expect(outcome.measurement?.warnings.join()).toMatch(/loaded too slowly/);
    expect(parseRecord(place.recordText() ?? '').record.targets).toHaveProperty('home');
  });
});

describe('a Lighthouse config that cannot be used', () => {
  inHeadlessShell();
  it('is named', async () => {
    const { origin } = await site({ '/': page() });
    const configPath = place.write('lighthouse.mjs', 'export default 5;\n');
    expect(await faultOf(`${origin}/`, { plan: { configPath } })).toMatchObject({
      kind: 'usage',
      code: 'config-invalid',
      message: expect.stringContaining('lighthouse.mjs'),
    });
  });
});

describe('an address that gives no page', () => {
  inHeadlessShell();
  const pages: Record<string, Handler> = {
    '/report.pdf': (_, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7'),
    '/download': (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-disposition': 'attachment; filename="a.html"' })
        .end(page()),
    '/nothing': (_, response) => response.writeHead(204).end(),
    '/loop': (_, response) => response.writeHead(302, { location: '/pool' }).end(),
    '/pool': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  };
  for (const [address, code, said] of [
    ['/report.pdf', 'not-html', 'application/pdf'],
    ['/download', 'not-html', 'a download'],
    ['/nothing', 'empty-page', '204'],
    ['/loop', 'redirect-loop', 'more than 20 times'],
  ] as const) {
    it(`is named: ${address}`, async () => {
      const { origin } = await site(pages);
      const fault = await faultOf(`${origin}${address}`);
      expect([fault.kind, fault.code]).toEqual(['page', code]);
      expect(fault.message).toContain(said);
    });
  }

  it('is named by the browser too when the server was not asked before', async () => {
    const { origin } = await site(pages);
    const engine = await newEngine();
    const plan = { skipPreflight: true };
    expect(await faultOf(`${origin}/loop`, { engine, plan })).toMatchObject({ kind: 'page', code: 'redirect-loop' });
  });
});

describe('a page that fights the audit', () => {
  inHeadlessShell();
  it('is audited although it is full of dialogs', async () => {
    const script = `addEventListener('beforeunload', (event) => event.preventDefault());
      alert(1); confirm(2); prompt(3); addEventListener('load', () => { alert(4); print(); });`;
    const { origin } = await site({ '/': page('Dialogs', `<script>${script}</script>`) });
    const outcome = await auditOne(`${origin}/`, { plan: { categories: ['performance'] } });
    expect(outcome.error).toBeUndefined();
    expect(outcome.measurement?.metrics['largest-contentful-paint']?.n).toBe(1);
  });

  it('is told apart from a page without problems when it cannot be examined', async () => {
    const gone = '<script>onload = () => setTimeout(() => document.documentElement.remove(), 300)</script>';
    let body = '';
    const { origin } = await site({ '/': (_, response) => response.end(page('Home', body)) });
    const engine = await newEngine();
    const plan = { categories: ['accessibility'] };
    await auditOne(`${origin}/`, { engine, plan });
    const before = place.recordText();
    expect(before).toContain('home/lighthouse/image-alt');
    body = gone;
    const outcome = await auditOne(`${origin}/`, { engine, plan });
    expect(outcome.notMeasured.map(({ id }) => id)).toEqual(expect.arrayContaining(['accessibility', 'image-alt']));
    expect(place.recordText()).toBe(before); // it closes nothing
  });

  it('is named when it forbids the scripts that measure it', async () => {
    const headers = {
      'content-type': 'text/html',
      'content-security-policy': "default-src 'self'; sandbox allow-forms",
    };
    const { origin } = await site({ '/': (_, response) => response.writeHead(200, headers).end(page()) });
    expect(await faultOf(`${origin}/`)).toMatchObject({ kind: 'page', code: 'scripts-forbidden' });
  });
});

describe('a tab that crashes', () => {
  const asked = `Object.defineProperty(window, 'jQuery', { get() {
    const request = new XMLHttpRequest();
    request.open('GET', '/crash', false);
    request.send();
  } })`;

  it.each([
    ['while it loads', "fetch('/crash')"],
    ['when it is asked about itself', asked],
  ])('%s: a fault of the page, and the next audit works', async (_, script) => {
    const { origin } = await site({
      '/': page('Crash', `<script>${script}</script>`),
      '/crash': () => crash(),
    });
    let crashed = 0;
    const crash = () => {
      for (const { pid } of browserProcesses(place.temporary, 'renderer')) {
        process.kill(pid, 'SIGKILL');
        crashed += 1;
      }
    };
    const engine = await newEngine();
    const fault = await faultOf(`${origin}/`, { engine, plan: { categories: ['performance'] } });
    expect(crashed).toBeGreaterThan(0);
    expect([fault.kind, fault.code]).toEqual(['page', 'page-crashed']);
    await worksOn(engine);
  });
});

describe('a browser that is missing', () => {
  it('is told with every way to get one', async () => {
    const empty = { platform: 'win32' as const, env: { PATH: '' }, home: place.root };
    const fault = readable(await findBrowser({}, empty).catch((error: unknown) => error));
    expect([fault.kind, fault.code]).toEqual(['environment', 'browser-missing']);
  });

  it('is told when CHROME_PATH or the setting names no program, and no other is taken', async () => {
    const wrong = path.join(place.root, 'no-browser');
    for (const [search, code] of [
      [
        () =>
          findBrowser(
            {},
            { platform: process.platform, env: { ...process.env, CHROME_PATH: wrong }, home: place.root },
          ),
        'chrome-path-wrong',
      ],
      [() => findBrowser({ setting: wrong }), 'browser-setting-wrong'],
    ] as const) {
      const fault = readable(await search().catch((error: unknown) => error));
      expect([fault.kind, fault.code]).toEqual(['environment', code]);
      expect(fault.message).toContain(wrong);
    }
  });

  it('stops the whole plan when it disappeared after it was found', async () => {
    const { origin } = await site({ '/': page() });
    const engine = await newEngine({ browser: { path: path.join(place.root, 'gone'), sandbox: false } });
    const fault = readable(await auditOne(`${origin}/`, { engine }).catch((error: unknown) => error));
    expect([fault.kind, fault.code]).toEqual(['environment', 'browser-failed']);
    expect(place.recordText()).toBeUndefined();
  });
});

describe('a browser that ends as soon as it is started', () => {
  it('is named at once with its own last words', async () => {
    const script = path.join(place.root, 'browser');
    writeFileSync(script, '#!/bin/sh\necho "cannot open display: the moon" >&2\nexit 1\n');
    chmodSync(script, 0o755);
    const { origin } = await site({ '/': page() });
    // the deadline is out of reach, so it is the end of the browser that is told
    const engine = await newEngine({ browser: { path: script, sandbox: false }, deadlines: { launch: 3_600_000 } });
    const fault = readable(await auditOne(`${origin}/`, { engine }).catch((error: unknown) => error));
    expect([fault.kind, fault.code]).toEqual(['environment', 'browser-failed']);
    expect(fault.message).toContain('cannot open display: the moon');
    expect(fault.next).toContain('doctor');
    expect(place.recordText()).toBeUndefined();
  });
});

describe('a process killed in the middle of a run', () => {
  inHeadlessShell();
  for (const phase of ['load', 'gather', 'analyse'] as const) {
    if (phase !== 'analyse') {
      it(`is a fault of that run only when it is the browser (${phase})`, async () => {
        const { origin } = await site({ '/': page() });
        const engine = await newEngine();
        const kill = once(phase, () => {
          for (const { pid } of browserProcesses(place.temporary)) process.kill(pid, 'SIGKILL');
        });
        const fault = await faultOf(`${origin}/`, { engine, onProgress: kill, plan: measured });
        expect([fault.kind, fault.code]).toEqual(['environment', 'browser-died']);
        await worksOn(engine);
      });
    }

    it(`is a fault of that run only when it is the worker (${phase})`, async () => {
      const { origin } = await site({ '/': page() });
      const engine = await newEngine();
      const kill = once(phase, () => {
        for (const { pid } of processesNaming(place.temporary).filter(({ command }) =>
          command.includes('auditWorker.js'),
        ))
          process.kill(pid, 'SIGKILL');
      });
      const fault = await faultOf(`${origin}/`, { engine, onProgress: kill, plan: measured });
      expect([fault.kind, fault.code]).toEqual(['internal', 'worker-died']);
      await place.isClean();
      await worksOn(engine);
    });
  }
});

describe('a worker that nobody asks for anything', () => {
  inHeadlessShell();
  it('ends by itself with all it kept, and the next audit has another', async () => {
    const { origin } = await site({ '/': page() });
    const engine = await newEngine({ keptIdle: 1 });
    for (const audit of ['the first', 'the next']) {
      const { set } = await engine.audit(
        { url: `${origin}/`, formFactor: 'mobile', runs: 1, categories: ['seo'] },
        { anotherFollows: true }, // so a browser waits too
      );
      expect(set.slices, audit).toHaveLength(1);
      await place.isClean();
    }
  });
});

describe('an audit that a person cancels', () => {
  inHeadlessShell();
  for (const phase of ['launch', 'prepare', 'load', 'gather', 'analyse'] as const) {
    it(`ends as cancelled and leaves nothing (${phase})`, async () => {
      const { origin } = await site({ '/': page() });
      const engine = await newEngine();
      const controller = new AbortController();
      const audit = auditOne(`${origin}/`, {
        engine,
        signal: controller.signal,
        plan: measured,
        onProgress: once(phase, () => controller.abort()),
      });
      const fault = readable(await audit.catch((error: unknown) => error));
      expect([fault.kind, fault.code]).toEqual(['cancelled', 'cancelled']);
      expect(place.recordText()).toBeUndefined();
      await place.isClean();
      if (phase === 'load') await worksOn(engine);
    });
  }

  it('is not begun when it was cancelled before', async () => {
    const { origin, requests } = await site({ '/': page() });
    await expect(auditOne(`${origin}/`, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    expect(requests).toEqual([]);
  });
});

describe('a record that must not be written to', () => {
  inHeadlessShell();
  const valid = canonicalText({ ...emptyRecord(), targets: { home: { kind: 'page', path: '/' } } });
  const cases: [name: string, text: string, code: string][] = [
    [
      'in conflict',
      valid.replace('  "evaluations"', '<<<<<<< HEAD\n=======\n>>>>>>> main\n  "evaluations"'),
      'record-conflict',
    ],
    ['cut off', valid.slice(0, -20), 'record-truncated'],
    ['with a key twice', valid.replace('    "home"', '    "home": {},\n    "home"'), 'record-duplicate-key'],
    ['of a newer version', valid.replace('"schemaVersion": 1', '"schemaVersion": 2'), 'record-newer'],
  ];
  for (const [name, text, code] of cases) {
    it(`is refused before the audit and keeps its bytes: ${name}`, async () => {
      place.writeRecord(text);
      const { mtimeMs } = statSync(place.record);
      const { origin, requests } = await site({ '/': page() });
      const fault = readable(await auditOne(`${origin}/`).catch((error: unknown) => error));
      expect([fault.kind, fault.code]).toEqual(['record', code]);
      expect(requests).toEqual([]);
      expect(readdirSync(path.dirname(place.record))).toEqual(['findings.json']);
      expect([place.recordText(), statSync(place.record).mtimeMs]).toEqual([text, mtimeMs]);
    });
  }

  it('may still be measured against when nothing is to be recorded', async () => {
    place.writeRecord('{ "schemaVersion": 2 }');
    const { origin } = await site({ '/': page() });
    const outcome = await auditOne(`${origin}/`, { plan: { record: false } });
    expect(outcome.measurement?.scores.seo?.spread?.n).toBe(1);
    expect(place.recordText()).toBe('{ "schemaVersion": 2 }');
    expect(readdirSync(path.dirname(place.record))).toEqual(['findings.json']);
  });

  it('is not touched when it gets into a conflict while the audit runs', async () => {
    place.writeRecord(valid);
    const conflict = valid.replace('  "evaluations"', '<<<<<<< HEAD\n=======\n>>>>>>> main\n  "evaluations"');
    const { origin } = await site({ '/': page() });
    const outcome = await auditOne(`${origin}/`, { onProgress: once('gather', () => place.writeRecord(conflict)) });
    expect(readable(outcome.error).code).toBe('record-conflict');
    expect(outcome.measurement?.scores.seo?.spread?.n).toBe(1);
    expect(outcome.changes).toEqual([]);
    expect(place.recordText()).toBe(conflict);
  });
});

describe('a place that cannot be written to', () => {
  inHeadlessShell();
  const arguments_ = (origin: string) => ['audit', `${origin}/`, '-n', '1', '--only', 'seo', '--json', '-y'];
  const valid = canonicalText({ ...emptyRecord(), targets: { home: { kind: 'page', path: '/', steps: ['x'] } } });

  it('is said, with the measurement, when it is read-only; the record stays as it was', async () => {
    place.writeRecord(valid);
    mkdirSync(path.join(place.workspace, 'ux-audit', 'runs'), { mode: 0o777 });
    const home = path.join(place.root, 'home');
    mkdirSync(home);
    for (const folder of [place.root, place.temporary, home]) chmodSync(folder, 0o777);
    chmodSync(place.record, 0o444);
    chmodSync(path.join(place.workspace, 'ux-audit', 'runs'), 0o777);
    chmodSync(path.dirname(place.record), 0o555);
    const { origin } = await site({ '/': page() });
    // permissions do not bind root, so there the program runs as somebody else
    const prefix = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
    try {
      const { code, stdout } = await cli(place, arguments_(origin), { prefix, env: { HOME: home } });
      const [{ measurement, error, changes }] = JSON.parse(stdout).pages;
      expect(measurement.scores.seo.spread.n).toBe(1);
      expect([code, error.code, changes]).toEqual([5, 'record-read-only', []]);
      expect(error.message).toContain('read-only');
      expect(place.recordText()).toBe(valid);
      expect(readdirSync(path.dirname(place.record)).sort()).toEqual(['findings.json', 'runs']);
    } finally {
      chmodSync(path.dirname(place.record), 0o755);
    }
  });

  it('is said, with the measurement, when the disk is full; the record stays as it was', async () => {
    // a limit on the size of files stands in for a full disk: the record is larger, everything else is smaller
    const record: AuditRecord = {
      ...emptyRecord(),
      targets: { home: { kind: 'page', path: '/', padding: 'x'.repeat(12 * 1024 * 1024) } },
    };
    const text = canonicalText(record);
    place.writeRecord(text);
    const { origin } = await site({ '/': page() });
    const prefix = ['bash', '-c', 'ulimit -f 8192 && exec "$@"', 'limited'];
    const { code, stdout } = await cli(place, arguments_(origin), { prefix });
    const [{ measurement, error, changes }] = JSON.parse(stdout).pages;
    expect(measurement.scores.seo.spread.n).toBe(1);
    expect([code, error.code, changes]).toEqual([5, 'disk-full', []]);
    expect(error.message).toContain('findings.json could not be written: the disk is full');
    expect(place.recordText() === text).toBe(true);
    expect(readdirSync(path.dirname(place.record)).filter((name) => /\.(tmp|lock)$/.test(name))).toEqual([]);
  });
});

describe('a page that leads to a login', () => {
  inHeadlessShell();
  it('changes nothing in the record; the run is kept and says where it ended', async () => {
    const { origin } = await site({
      '/account': page('Account'),
      '/login': page('Login'),
      '/private': (_, response) => response.writeHead(302, { location: '/login?next=/private' }).end(),
    });
    const engine = await newEngine();
    await auditOne(`${origin}/account`, { engine });
    const before = place.recordText();
    const outcome = await auditOne(`${origin}/private`, { engine });
    expect(outcome.error).toBeUndefined();
    expect(outcome.changes).toEqual([]);
    const login = `${origin}/login?next=%2Fprivate`;
    expect(outcome.measurement?.redirectedTo).toBe(login);
    expect(place.recordText()).toBe(before);
    const { runs } = new Workspace(place.workspace);
    expect(await runs.ids('private')).toEqual([outcome.measurement?.id]);
    expect((await runs.measurements()).map(({ redirectedTo }) => redirectedTo)).toEqual([undefined, login]);
  });
});

describe('a development server whose port moved', () => {
  inHeadlessShell();
  it('is the same target, and a second audit that finds the same changes no byte', async () => {
    const engine = await newEngine();
    const plan = { categories: ['seo', 'accessibility'] };
    const first = await site({ '/checkout': page('Checkout') });
    const before = await auditOne(`${first.origin}/checkout`, { engine, plan });
    const text = place.recordText();
    const { mtimeMs } = statSync(place.record);
    expect(before.changes.length).toBeGreaterThan(0);
    await first.close();
    const second = await site({ '/checkout': page('Checkout') });
    expect(second.port).not.toBe(first.port);
    const after = await auditOne(`${second.origin}/checkout`, { engine, plan });
    expect(after.changes).toEqual([]);
    expect(after.previous?.id).toBe(before.measurement?.id);
    expect([place.recordText(), statSync(place.record).mtimeMs]).toEqual([text, mtimeMs]);
    expect(parseRecord(text ?? '').record.targets.checkout?.origins).toEqual({ local: first.origin });
  });
});

describe('two audits of one workspace at once', () => {
  inHeadlessShell();
  it('measure one after the other, and both are recorded', async () => {
    const { origin } = await site({ '/one': page('One'), '/two': page('Two') });
    const running = ['one', 'two'].map((name) =>
      startCli(place, ['audit', `${origin}/${name}`, '-n', '1', '--only', 'seo,accessibility', '-y']),
    );
    let most = 0;
    let ended = false;
    const all = Promise.all(running.map((one) => one.ended));
    void all.finally(() => {
      ended = true;
    });
    await eventually(
      () => {
        // a browser is known by its profile: it forks before it becomes the programs it consists of
        const profiles = browserProcesses(place.temporary).map(
          ({ command }) => /--user-data-dir=(\S+)/.exec(command)?.[1],
        );
        most = Math.max(most, new Set(profiles).size);
        return ended;
      },
      'both audits ended',
      { progress: () => running.map(({ stderr }) => stderr()).join() },
    );
    const results = await all;
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    expect(most).toBe(1);
    expect(results.filter(({ stderr }) => stderr.includes('waiting for another audit on this machine'))).toHaveLength(
      1,
    );
    const { record, problems } = parseRecord(readFileSync(place.record, 'utf8'));
    expect(problems).toEqual([]);
    expect(Object.keys(record.targets)).toEqual(['one', 'two']);
    for (const target of ['one', 'two']) expect(record.findings).toHaveProperty(`${target}/lighthouse/image-alt`);
    expect(await new Workspace(place.workspace).runs.measurements()).toHaveLength(2);
  });
});
