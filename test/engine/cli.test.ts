import { cpSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/record/canonicalText';
import { parseRecord } from '../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord, type Finding } from '../../src/core/record/record';
import { eventually } from '../patience';
import { inHeadlessShell } from './headlessShell';
import {
  type CliResult,
  cli,
  filesBelow,
  Place,
  page,
  processesNaming,
  repository,
  type Site,
  serve,
  startCli,
} from './support';

let place: Place;
const sites: Site[] = [];

beforeEach(() => {
  place = new Place();
});

afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
  try {
    await place.isClean();
  } finally {
    await place.leave();
  }
});

async function site(pages: Parameters<typeof serve>[0]): Promise<Site> {
  const started = await serve(pages);
  sites.push(started);
  return started;
}

/** An exit code together with what was said, so that a failing test shows it. */
const ending = ({ code, stderr }: CliResult) => ({ code, stderr });

/** A finding of an audit, in this state. */
function finding(target: string, audit: string, state: Finding['state']): Finding {
  return {
    kind: 'automated',
    rule: `lighthouse/${audit}`,
    title: `Title of ${audit}`,
    target,
    state,
    firstSeen: '2026-11-01',
    id: `${target}/lighthouse/${audit}`,
  };
}

function recordOf(...findings: Finding[]): AuditRecord {
  return {
    ...emptyRecord(),
    targets: { basket: { kind: 'page', path: '/basket' }, home: { kind: 'page', path: '/' } },
    findings: Object.fromEntries(findings.map((one) => [one.id, one])),
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

describe('ux-audit init', () => {
  it('creates the record with what git needs, and says what comes next', async () => {
    const result = await cli(place, ['init']);
    expect(ending(result)).toEqual({ code: 0, stderr: '' });
    expect(result.stdout).toMatch(/^Created .*findings\.json/);
    expect(result.stdout).toContain('ux-audit audit <URL>');
    expect(readdirSync(path.dirname(place.record)).sort()).toEqual(
      expect.arrayContaining(['.gitattributes', '.gitignore', 'findings.json']),
    );
    expect(place.recordText()).toBe(canonicalText(emptyRecord()));
  });

  it('changes nothing when the record is there, whoever laid it out', async () => {
    const text = '{ "schemaVersion": 1,\n  "targets": { "home": {"path":"/", "kind":"page"} } }';
    place.writeRecord(text);
    const { mtimeMs } = statSync(place.record);
    const result = await cli(place, ['init', '--json']);
    expect(ending(result)).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toEqual({ record: place.record, created: false });
    expect([place.recordText(), statSync(place.record).mtimeMs]).toEqual([text, mtimeMs]);
    expect((await cli(place, ['init'])).stdout).toContain('nothing was changed');
  });

  it('tells of a record that cannot be read, and leaves it', async () => {
    place.writeRecord('{ "schemaVersion": 99 }');
    const result = await cli(place, ['init']);
    expect(result.code).toBe(5);
    expect(result.stderr).toMatch(/newer UX Audit.*\n {2}Update UX Audit/);
    expect(place.recordText()).toBe('{ "schemaVersion": 99 }');
  });
});

describe('ux-audit audit', () => {
  inHeadlessShell();
  const shop = ['audit', '--serve', 'site', 'index.html', 'help.html', '-n', '1', '--only', 'accessibility,seo', '-y'];

  it('audits pages of a served folder, prints a table and records what is wrong; a second time changes no byte', async () => {
    cpSync(path.join(repository, 'media', 'sample-shop', 'flawed'), path.join(place.workspace, 'site'), {
      recursive: true,
    });
    const result = await cli(place, shop);
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^page +as +runs +A11y +SEO$/m);
    expect(result.stdout).toMatch(/^home +local\/mobile +1~? +\d+ +\d+$/m);
    expect(result.stdout).toMatch(/^help +local\/mobile +1~? +\d+ +\d+$/m);
    expect(result.stdout).toMatch(/^The load was not measured\.\nLighthouse 13\.\d+\.\d+, Chrome [\d.]+\.$/m);
    expect(result.stdout).toMatch(/^Findings: \d+ new\. Record: .*findings\.json$/m);
    expect(result.stderr).toMatch(/^\[1\/2\] home as mobile: examining$/m);
    expect(result.stdout + result.stderr).not.toMatch(steering);

    const { record, problems } = parseRecord(place.recordText() ?? '');
    expect(problems).toEqual([]);
    expect(record.targets).toEqual({
      help: { kind: 'page', path: '/help.html', serve: { folder: 'site' } },
      home: { kind: 'page', path: '/', serve: { folder: 'site' } },
    });
    expect(record.findings['home/lighthouse/image-alt']).toMatchObject({
      state: { status: 'open', seenIn: ['local/mobile'] },
    });
    expect(place.recordText()).toBe(canonicalText(record));
    expect(place.recordText()).not.toMatch(/127\.0\.0\.1|localhost/);

    const before = new Date('2026-01-01T00:00:00Z');
    utimesSync(place.record, before, before);
    const text = place.recordText();
    const again = await cli(place, [...shop, '--json']);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout).pages.map(({ changes }: { changes: unknown[] }) => changes)).toEqual([[], []]);
    expect(place.recordText()).toBe(text);
    expect(statSync(place.record).mtimeMs).toBe(before.getTime());
    expect(readdirSync(path.join(place.workspace, 'ux-audit', 'runs', 'home'))).toHaveLength(2);
  });

  it('changes nothing by one run that a clock decides, whatever the load, and says what is undecided', async () => {
    const folder = path.join(place.workspace, 'site');
    cpSync(path.join(repository, 'media', 'sample-shop', 'flawed'), folder, { recursive: true });
    const home = ['audit', '--serve', 'site', 'index.html', '-n', '1', '--only', 'performance', '-y'];
    const first = await cli(place, [...home, '--json']);
    expect(first.code).toBe(0);
    const [{ undecided }] = JSON.parse(first.stdout).pages;
    expect(undecided).toContainEqual({
      id: expect.any(String),
      title: expect.any(String),
      moreRuns: expect.any(Number),
    });
    const ids = undecided.map(({ id }: { id: string }) => `home/lighthouse/${id}`);
    const { findings } = parseRecord(place.recordText() ?? '').record;
    expect(findings).toHaveProperty(['home/lighthouse/unsized-images']); // by attributes
    expect(Object.keys(findings).filter((id) => ids.includes(id))).toEqual([]);

    const text = place.recordText();
    const busy = new Worker('for (;;);', { eval: true });
    const again = await cli(place, home);
    await busy.terminate();
    expect(again.stdout).toMatch(/^home as mobile: \d+ load audits? undecided, \d more undisturbed runs? would tell/m);
    expect(again.stdout).toMatch(/^Findings: no change\./m);
    expect(place.recordText()).toBe(text);
  });

  it('prints JSON of the documented shape', async () => {
    const { origin } = await site({ '/basket': page('Basket') });
    const result = await cli(place, [
      'audit',
      `${origin}/basket?id=7`,
      '-n',
      '1',
      '--only',
      'seo',
      '--desktop',
      '--json',
      '-q',
      '-y',
    ]);
    expect(ending(result)).toEqual({ code: 0, stderr: '' });
    const { record, pages } = JSON.parse(result.stdout);
    expect(record).toBe(place.record);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatchObject({
      target: 'basket-id-7',
      environment: 'local',
      formFactor: 'desktop',
      url: `${origin}/basket?id=7`,
    });
    expect(pages[0].measurement).toMatchObject({
      kind: 'lab',
      requestedUrl: `${origin}/basket?id=7`,
      runs: 1,
      scores: { seo: { spread: { n: 1 } } },
    });
    expect(pages[0].changes).toContainEqual({ id: 'basket-id-7/lighthouse/image-alt', change: 'new' });
    expect(pages[0]).not.toHaveProperty('error');
  });

  it('writes nothing when it is only to measure', async () => {
    const { origin } = await site({ '/': page() });
    const result = await cli(place, ['audit', `${origin}/`, '-n', '1', '--only', 'seo', '--no-record']);
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^home +local\/mobile/m);
    expect(readdirSync(place.workspace)).toEqual([]);
  });

  it('ends with 4 when a page cannot be reached, and says why and what to do', async () => {
    const gone = await serve({});
    await gone.close();
    const result = await cli(place, ['audit', `${gone.origin}/basket`, '-q', '-y']);
    expect(result.code).toBe(4);
    expect(result.stderr).toContain(
      `basket: Nothing answers at 127.0.0.1:${gone.port}: the connection was refused.\n  Start the server, then try again.`,
    );
    const json = await cli(place, ['audit', `${gone.origin}/basket`, '-q', '--json']);
    expect(json.code).toBe(4);
    expect(JSON.parse(json.stdout).pages[0]).toMatchObject({
      target: 'basket',
      changes: [],
      error: { kind: 'page', code: 'connection-refused' },
    });
    expect(place.recordText()).toBeUndefined();
  });

  it('ends with 3 when the browser is not where it is said to be', async () => {
    for (const result of [
      await cli(place, ['audit', 'http://127.0.0.1:9/'], { env: { CHROME_PATH: path.join(place.root, 'none') } }),
      await cli(place, ['audit', 'http://127.0.0.1:9/', '--browser', path.join(place.root, 'none')]),
    ]) {
      expect(result.code).toBe(3);
      expect(result.stderr).toMatch(/ux-audit: .*none\n {2}Correct/);
    }
  });

  it('ends with 5 and touches nothing when the record is in conflict', async () => {
    const text = '{\n<<<<<<< HEAD\n  "schemaVersion": 1\n=======\n';
    place.writeRecord(text);
    const { origin, requests } = await site({ '/': page() });
    const result = await cli(place, ['audit', `${origin}/`]);
    expect(result.code).toBe(5);
    expect(result.stderr).toContain('unresolved merge conflict at line 2');
    expect([place.recordText(), requests]).toEqual([text, []]);
  });
});

describe('wrong usage', () => {
  const cases: [args: string[], said: RegExp][] = [
    [['audit'], /Say what to audit/],
    [['audit', 'nowhere'], /There is no target "nowhere"/],
    [['audit', 'http://'], /is not a web address/],
    [['audit', 'http://127.0.0.1:9/', '-n', '0'], /--runs takes a whole number from 1 to 25/],
    [['audit', 'http://127.0.0.1:9/', '--only', 'nonsense'], /nonsense.*\n.*performance, accessibility/],
    [['audit', 'http://127.0.0.1:9/', '--as', 'Not A Slug'], /Use lower-case letters/],
    [
      ['audit', 'http://127.0.0.1:9/', '--header', 'X-Token=UX_AUDIT_NO_SUCH_VARIABLE'],
      /UX_AUDIT_NO_SUCH_VARIABLE is not set/,
    ],
    [['audit', 'http://127.0.0.1:9/', '--header', 'X-Token'], /NAME=VARIABLE/],
    [['audit', '--serve', '.'], /There is no HTML page/],
    [['audit', '--frobnicate'], /unknown option '--frobnicate'/],
    [['findings', '--severity', 'bad'], /--severity takes a whole number/],
    [['frobnicate'], /unknown command 'frobnicate'/],
  ];
  for (const [args, said] of cases) {
    it(`ends with 2 and says what is meant: ux-audit ${args.join(' ')}`, async () => {
      const result = await cli(place, args);
      expect(ending(result)).toEqual({ code: 2, stderr: expect.stringMatching(said) });
      expect(result.stdout).toBe('');
      expect(readdirSync(place.workspace)).toEqual([]);
    });
  }

  it('is not asking for help or the version', async () => {
    for (const args of [['--help'], ['audit', '--help'], ['--version']])
      expect(ending(await cli(place, args))).toEqual({ code: 0, stderr: '' });
    expect((await cli(place, ['--help'])).stdout).toMatch(/Exit codes:[\s\S]* 130 +cancelled/);
  });
});

describe('ux-audit findings', () => {
  beforeEach(() => {
    place.writeRecord(
      canonicalText(
        recordOf(
          finding('home', 'image-alt', { status: 'open', severity: 3, seenIn: ['local/mobile'] }),
          finding('home', 'document-title', {
            status: 'reopened',
            severity: 1,
            on: '2026-11-20',
            seenIn: ['local/mobile'],
          }),
          finding('basket', 'label', { status: 'accepted', severity: 2, by: 'ana', on: '2026-11-20', reason: 'known' }),
          finding('basket', 'html-has-lang', { status: 'fixed', severity: 2, fixedOn: '2026-11-20' }),
        ),
      ),
    );
  });

  const ids = async (...args: string[]) => {
    const result = await cli(place, ['findings', ...args, '--json']);
    expect(ending(result)).toEqual({ code: 0, stderr: '' });
    return JSON.parse(result.stdout).findings.map(({ id }: Finding) => id);
  };

  it('lists what is open, worst first', async () => {
    expect(await ids()).toEqual(['home/lighthouse/image-alt', 'home/lighthouse/document-title']);
    expect((await cli(place, ['findings'])).stdout).toMatch(
      /^3 {2}Image without alt text\n {3}major \(3 of 4\); 1 page.*\n {3}home\/lighthouse\/image-alt\n1 {2}Page without title\n {3}cosmetic \(1 of 4\); 1 page.*\n {3}home\/lighthouse\/document-title\n$/,
    );
  });

  it('filters by target, status, severity, rule and text', async () => {
    expect(await ids('--all')).toHaveLength(4);
    expect(await ids('--target', 'basket', '--all')).toEqual([
      'basket/lighthouse/html-has-lang',
      'basket/lighthouse/label',
    ]);
    expect(await ids('--status', 'accepted')).toEqual(['basket/lighthouse/label']);
    expect(await ids('--severity', '2', '--all')).toHaveLength(3);
    expect(await ids('--rule', 'lighthouse/document-title')).toEqual(['home/lighthouse/document-title']);
    expect(await ids('--text', 'IMAGE')).toEqual(['home/lighthouse/image-alt']);
    expect(await ids('--text', 'without alt')).toEqual(['home/lighthouse/image-alt']); // as the list shows it
  });

  it('says so when none matches or nothing is recorded', async () => {
    expect((await cli(place, ['findings', '--text', 'zebra'])).stdout).toContain('No finding matches; 4 in the record');
    place.writeRecord(canonicalText(emptyRecord()));
    expect((await cli(place, ['findings'])).stdout).toContain('Nothing is recorded yet');
  });

  it('shows what pages and people wrote without letting it steer the terminal', async () => {
    const evil = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202Egnp.exe';
    const one = finding('home', 'rule-of-a-team', { status: 'open', severity: 3 });
    place.writeRecord(
      canonicalText(
        recordOf({
          ...one,
          title: `Title ${evil}`,
          note: evil,
          occurrences: { aaaaaaaa: { selector: `p${evil}`, snippet: evil } },
        }),
      ),
    );
    const result = await cli(place, ['findings']);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('Title \\u001b[2J\\u001b]0;owned\\u0007\\u009b31m\\u202egnp.exe');
    expect(result.stdout).not.toMatch(steering);
    const json = await cli(place, ['findings', '--json']);
    expect(json.stdout).not.toMatch(steering);
    expect(JSON.parse(json.stdout).findings[0].title).toBe(`Title ${evil}`);
  });
});

describe('ux-audit validate', () => {
  it('is content with a record that is fine, and with none', async () => {
    expect((await cli(place, ['validate'])).stdout).toContain('There is no record');
    place.writeRecord(canonicalText(recordOf(finding('home', 'image-alt', { status: 'open' }))));
    const result = await cli(place, ['validate']);
    expect(ending(result)).toEqual({ code: 0, stderr: '' });
    expect(result.stdout).toContain('is valid: 2 targets, 1 finding.');
    expect(JSON.parse((await cli(place, ['validate', '--json'])).stdout)).toMatchObject({
      record: place.record,
      valid: true,
      problems: [],
    });
  });

  it('warns of a group of the settings that no page is in, and names the groups that pages are in', async () => {
    const pages = ['a', 'b', 'c', 'd', 'e'].map((name) => [name, { kind: 'page', path: `/product/${name}` }]);
    const groups = { '/product/*': { gate: { new: 1 } }, '/order/*': { gate: { new: 1 } } };
    const text = canonicalText({ ...recordOf(), targets: Object.fromEntries(pages), settings: { groups } });
    place.writeRecord(text);
    const line = text.split('\n').findIndex((one) => one.includes('"groups"')) + 1;
    const result = await cli(place, ['validate']);
    expect(ending(result)).toEqual({ code: 0, stderr: '' });
    const message = 'no page is in /order/*, so what it says never applies. Groups: /product/*.';
    expect(result.stdout).toContain(`${place.record}:${line}: warning: settings.groups: ${message}`);
    const { valid, warnings } = JSON.parse((await cli(place, ['validate', '--json'])).stdout);
    expect(valid).toBe(true);
    expect(warnings).toEqual([{ line, key: 'settings.groups', message: expect.stringContaining(message) }]);

    place.writeRecord(text.replace('"/product/a"', '7').replace('"/order/*"', '"order"'));
    const wrong = await cli(place, ['validate']);
    expect([wrong.code, wrong.stdout]).toEqual([5, expect.not.stringContaining('warning')]);
  });

  it('ends with 5 and names file, line and entry of what is wrong', async () => {
    const text = canonicalText(recordOf(finding('home', 'image-alt', { status: 'open', severity: 3 }))).replace(
      '"severity": 3',
      '"severity": 30',
    );
    place.writeRecord(text);
    const line = text.split('\n').findIndex((one) => one.includes('"home/lighthouse/image-alt": {')) + 1;
    const result = await cli(place, ['validate']);
    expect(result.code).toBe(5);
    expect(result.stdout).toContain(`${place.record}:${line}: home/lighthouse/image-alt: state.severity: `);
    const json = await cli(place, ['validate', '--json']);
    expect(json.code).toBe(5);
    expect(JSON.parse(json.stdout)).toMatchObject({
      valid: false,
      problems: [{ line, key: 'home/lighthouse/image-alt' }],
    });
    expect(place.recordText()).toBe(text);
  });

  it('ends with 5 for a file that cannot be read at all', async () => {
    place.writeRecord('{ "schemaVersion": 1, "targets": {');
    const result = await cli(place, ['validate']);
    expect(result.code).toBe(5);
    expect(result.stderr).toContain('ends too early, at line 1');
    const json = await cli(place, ['validate', '--json']);
    expect(json.code).toBe(5);
    expect(JSON.parse(json.stdout)).toMatchObject({
      valid: false,
      error: { kind: 'record', code: 'record-truncated' },
    });
  });
});

describe('ux-audit doctor', () => {
  it('starts the browser and says that audits can run', async () => {
    const result = await cli(place, ['doctor', '--json']);
    expect(ending(result)).toEqual({ code: 0, stderr: '' });
    const { healthy, browser, diagnoses } = JSON.parse(result.stdout);
    expect(healthy).toBe(true);
    expect(browser).toMatchObject({ path: expect.any(String), from: 'installed' });
    expect(diagnoses.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['node', 'browser', 'launch', 'version']),
    );
  });

  it('ends with 3 and names a remedy when there is no browser, or one that does not start', async () => {
    const missing = await cli(place, ['doctor'], { env: { CHROME_PATH: path.join(place.root, 'none') } });
    expect(missing.code).toBe(3);
    expect(missing.stdout).toMatch(/FAILED .*CHROME_PATH[\s\S]*Correct or unset CHROME_PATH[\s\S]*cannot run here yet/);
    const script = path.join(place.root, 'browser');
    writeFileSync(script, '#!/bin/sh\nprintf "\\033[31mno display" >&2\nexit 1\n', { mode: 0o755 });
    const broken = await cli(place, ['doctor', '--browser', script]);
    expect(broken.code).toBe(3);
    expect(broken.stdout).toMatch(/FAILED .*no display/);
    expect(broken.stdout).not.toMatch(steering);
  });
});

describe('Ctrl+C', () => {
  for (const [name, detached] of [
    ['to the program alone', false],
    ['to everything in the terminal', true],
  ] as const) {
    it(`ends an audit with 130 and leaves nothing (${name})`, async () => {
      // the page asks for something that never comes, so the audit cannot be over before
      const { origin, requests } = await site({ '/': page('Slow', '<img src="/never">'), '/never': () => {} });
      const running = startCli(place, ['audit', `${origin}/`, '-n', '3', '-y'], { detached });
      await eventually(() => requests.some(({ url }) => url === '/never'), 'the page is loading', {
        progress: running.stderr,
      });
      const { pid = 0 } = running.child;
      process.kill(detached ? -pid : pid, 'SIGINT');
      const result = await running.ended;
      expect(result.code).toBe(130);
      expect(result.stderr).toContain('ux-audit: Cancelled. Unfinished work was not recorded.');
      expect(place.recordText()).toBeUndefined();
      expect(existsSync(path.join(place.workspace, 'ux-audit', 'runs'))).toBe(false);
      await place.isClean();
      expect(processesNaming(place.temporary)).toEqual([]);
    });
  }
});

describe('a program that is killed', () => {
  it('leaves no browser, and the next audit removes what is left of its files', async () => {
    const { origin, requests } = await site({
      '/': page('Slow', '<img src="/never">'),
      '/never': () => {},
      '/fast': page('Fast'),
    });
    const running = startCli(place, ['audit', `${origin}/`, '-n', '3', '-y']);
    await eventually(() => requests.some(({ url }) => url === '/never'), 'the page is loading', {
      progress: running.stderr,
    });
    running.child.kill('SIGKILL');
    await running.ended;
    await eventually(() => processesNaming(place.temporary).length === 0, 'every process has ended');
    const result = await cli(place, ['audit', `${origin}/fast`, '-n', '1', '--only', 'seo', '-y']);
    expect(result.code).toBe(0);
  });
});

describe('credentials', () => {
  inHeadlessShell();
  it('reach the server and stand nowhere in the workspace or in what is printed', async () => {
    const secrets = { UX_TOKEN: 'tok-5f1d9a77b3', UX_SESSION: 'ses-81c2e0aa47', UX_LOGIN: 'ana:pw-90b1f3cc' };
    const basic = `Basic ${Buffer.from(secrets.UX_LOGIN).toString('base64')}`;
    const { origin, requests } = await site({ '/private': page('Private', '<img src="/logo.png" alt="">') });
    const args = [
      'audit',
      `${origin}/private`,
      '-n',
      '1',
      '-y',
      '--json',
      '--header',
      'X-Token=UX_TOKEN',
      '--cookie',
      'session=UX_SESSION',
      '--basic-auth',
      'UX_LOGIN',
    ];
    const result = await cli(place, args, { env: secrets });
    expect(result.code).toBe(0);
    // Lighthouse reads the text of the document once more by itself
    const asked = requests.filter(({ url, headers }) => url === '/private' && headers['sec-fetch-dest'] !== 'empty');
    expect(asked.length).toBeGreaterThanOrEqual(2); // once before the browser, once by it
    for (const { headers } of asked) {
      expect(headers).toMatchObject({ 'x-token': secrets.UX_TOKEN, authorization: basic });
      expect(headers.cookie).toContain(`session=${secrets.UX_SESSION}`);
    }
    const files = filesBelow(place.workspace);
    expect(files.some((file) => file.endsWith('.json.gz'))).toBe(true);
    const written = files.map((file) =>
      (file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)).toString('utf8'),
    );
    for (const secret of [...Object.values(secrets), 'pw-90b1f3cc', basic.slice(6)]) {
      expect([...written, result.stdout, result.stderr].filter((text) => text.includes(secret))).toEqual([]);
    }
  });
});

describe('a host that only the proxy knows', () => {
  inHeadlessShell();
  it('is audited through it, and nothing else is asked for', async () => {
    const asked: string[] = [];
    const proxy = http.createServer((request, response) => {
      asked.push(new URL(request.url ?? '').host);
      response.writeHead(200, { 'content-type': 'text/html' }).end(page('Proxied'));
    });
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      const env = { http_proxy: address, https_proxy: address };
      const done = await cli(place, ['audit', 'http://known-to-the-proxy.example/', '-y', '-n', '2'], { env });
      expect(done.code).toBe(0);
      expect([...new Set(asked)]).toEqual(['known-to-the-proxy.example']);
    } finally {
      proxy.close();
    }
  });
});

describe('credentials that the record would lead elsewhere', () => {
  inHeadlessShell();
  it('are not sent to an origin that only the record names, until a person names it too', async () => {
    const { origin, requests } = await site({ '/': page('Staging') });
    const home = { kind: 'page', path: '/', origins: { staging: origin } };
    place.writeRecord(JSON.stringify({ schemaVersion: 1, targets: { home } }));
    const args = [
      'audit',
      'home',
      '-n',
      '1',
      '--only',
      'seo',
      '--header',
      'X-Token=UX_TOKEN',
      '--environment',
      'staging',
    ];
    const env = { UX_TOKEN: 'tok-5f1d9a77b3' };
    const refused = await cli(place, args, { env });
    expect([refused.code, requests]).toEqual([2, []]);
    expect(refused.stderr).toContain(`Send X-Token to ${origin} (target home)`);
    expect(refused.stderr).toContain(`--credentials-for ${origin}`);
    const named = await cli(place, [...args, '--credentials-for', origin], { env });
    expect(named.code).toBe(0);
    expect(requests[0]?.headers['x-token']).toBe(env.UX_TOKEN);
  });

  it('do not go to another port, nor along with a redirect', async () => {
    const other = await site({
      '/': page('Elsewhere'),
      '/pixel.png': (_, response) => response.writeHead(404).end(),
    });
    const { origin, requests } = await site({
      '/': page('Home', `<img alt="" src="${other.origin}/pixel.png"><img alt="" src="/away">`),
      '/away': (_, response) => response.writeHead(302, { location: `${other.origin}/pixel.png?away` }).end(),
    });
    const env = { UX_TOKEN: 'tok-5f1d9a77b3', UX_SESSION: 'ses-81c2e0aa47' };
    const credentials = ['--header', 'X-Token=UX_TOKEN', '--cookie', 'session=UX_SESSION'];
    const done = await cli(place, ['audit', origin, '-y', '-n', '1', ...credentials], { env });
    expect(done.code).toBe(0);
    expect(requests.find(({ url }) => url === '/away')?.headers.cookie).toBe('session=ses-81c2e0aa47');
    expect(other.requests.map(({ url }) => url).sort()).toEqual(
      expect.arrayContaining(['/pixel.png', '/pixel.png?away']),
    );
    for (const { headers } of other.requests) expect(JSON.stringify(headers)).not.toMatch(/tok-|ses-/);
  });
});

describe('a command that the record names', () => {
  inHeadlessShell();
  it('is shown and not run until somebody allows it', async () => {
    const { origin, port } = await site({ '/': page('Home') });
    const mark = path.join(place.workspace, 'has-run');
    const serve = { command: `touch ${mark}`, url: `http://localhost:${port + 1}/` };
    const home = { kind: 'page', path: '/', origins: { local: origin }, serve };
    place.writeRecord(JSON.stringify({ schemaVersion: 1, targets: { home } }));
    const refused = await cli(place, ['audit', 'home']);
    expect([refused.code, existsSync(mark)]).toEqual([2, false]);
    expect(refused.stderr).toContain(`Run "${serve.command}" to serve home`);
    const allowed = await cli(place, ['audit', 'home', '--yes']);
    expect([allowed.code, existsSync(mark)]).toEqual([4, true]); // it ends without serving anything
    expect(allowed.stderr).toContain(serve.command);
  });
});

describe('a page that tries to steer the terminal', () => {
  inHeadlessShell();
  it('is recorded and printed inert', async () => {
    const evil = '\u001b[2J\u009b31m\u202Egnp';
    const { origin } = await site({
      '/evil': page(`Evil ${evil}`, `<div id="x${evil}"><img class="y${evil}" src="/z${evil}"></div>`),
      '/moved': (_, response) => response.writeHead(302, { location: '/evil?x=%1b%5b2J' }).end(),
    });
    const result = await cli(place, [
      'audit',
      `${origin}/evil`,
      `${origin}/moved`,
      '-n',
      '1',
      '--only',
      'seo,accessibility',
      '-y',
    ]);
    expect(result.code).toBe(4); // the page led elsewhere, so nothing of it is recorded
    expect(result.stdout).toContain('moved redirected to');
    expect(result.stdout + result.stderr).not.toMatch(steering);
    for (const args of [['findings'], ['findings', '--json'], ['validate']]) {
      const { code, stdout, stderr } = await cli(place, args);
      expect(code).toBe(0);
      expect(stdout + stderr).not.toMatch(steering);
    }
  });
});
