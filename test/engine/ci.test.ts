import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/record/canonicalText';
import { type AuditRecord, emptyRecord, type Finding } from '../../src/core/record/record';
import { isLong } from '../patience';
import { StandIn } from '../unit/delivery/standIn';
import { githubEnv } from '../unit/delivery/support';
import { inHeadlessShell } from './headlessShell';
import { cli, Place } from './support';

inHeadlessShell();

let place: Place;
let github: StandIn;

beforeEach(async () => {
  place = new Place();
  github = await new StandIn().start();
});

afterEach(async () => {
  await github.stop();
  try {
    await place.isClean();
  } finally {
    await place.leave();
  }
});

const inWorkspace = (name: string) => path.join(place.workspace, name);

function git(...given: string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
  return execFileSync('git', [...who, ...given], { cwd: place.workspace, encoding: 'utf8' }).trim();
}

function commit(message: string): string {
  git('add', '-A');
  git('commit', '-qm', message);
  return git('rev-parse', 'HEAD');
}

/** A page of a shop; the price is as good as unreadable, and pictures lack their text. */
const shop = (more: { alt?: string; price?: string; script?: string } = {}) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="description" content="Plants for rooms">
<title>Plants</title>
</head>
<body><main><h1>Plants</h1>
<p>${'All plants grow in rooms. '.repeat(40)}</p>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" width="40" height="40"${more.alt ?? ''}>
<p style="${more.price ?? 'color:#aaa;background:#fff'}">12 EUR, delivered in two days</p>
<a href="/more.html">here</a>
</main>${more.script ?? ''}</body></html>
`;

const payment: Finding = {
  kind: 'heuristic',
  rule: 'nielsen-10/H09',
  title: 'Nobody can pay <script>alert(1)</script> @admin',
  target: 'home',
  state: { status: 'open', severity: 4 },
  cx: { stage: 'purchase' },
  id: 'home/nielsen-10/H09/7k3q9d',
};

function writeRecord(change: Partial<AuditRecord>): void {
  const targets: AuditRecord['targets'] = { home: { kind: 'page', path: '/', serve: { folder: 'site' } } };
  const findings = { [payment.id]: payment };
  mkdirSync(inWorkspace('ux-audit'), { recursive: true });
  writeFileSync(
    inWorkspace('ux-audit/findings.json'),
    canonicalText({ ...emptyRecord(), targets, findings, ...change }),
  );
}

const accepted: Finding = {
  kind: 'automated',
  rule: 'lighthouse/link-text',
  title: 'Links do not have descriptive text',
  target: 'home',
  state: {
    status: 'accepted',
    severity: 1,
    seenIn: ['local/mobile'],
    by: 'ana',
    on: '2026-11-28',
    reason: 'The texts come from the shop system',
  },
  id: 'home/lighthouse/link-text',
};

/** A repository with a bare remote, and a branch that does what the test of the comment says. */
function scratch(): { sha: string } {
  git('init', '-q', '-b', 'main');
  mkdirSync(inWorkspace('site'));
  writeFileSync(inWorkspace('site/index.html'), shop());
  writeRecord({});
  commit('shop');
  execFileSync('git', ['init', '-q', '--bare', path.join(place.root, 'remote.git')]);
  git('remote', 'add', 'origin', path.join(place.root, 'remote.git'));
  git('push', '-q', 'origin', 'main');
  git('fetch', '-q', 'origin');
  git('checkout', '-qb', 'branch');
  writeFileSync(
    inWorkspace('site/index.html'),
    shop({ alt: ' alt="A fern"', price: 'color:#333;background:#fff', script: '<script src="slow.js"></script>' }),
  );
  writeFileSync(
    inWorkspace('site/slow.js'),
    'addEventListener("load", () => setTimeout(() => { const end = performance.now() + 400; while (performance.now() < end); }, 300));\n',
  );
  writeRecord({ findings: { [payment.id]: payment, [accepted.id]: accepted } });
  return { sha: commit('branch') };
}

function env(sha: string): NodeJS.ProcessEnv {
  const event = { pull_request: { number: 7, head: { sha } } };
  return { ...githubEnv(github.url, event), GITHUB_BASE_REF: 'main', GITHUB_SHA: sha };
}

/** How many pairs of runs are made; the long run makes as many as tell. */
const pairs = (few: string) => (isLong ? [] : ['--pairs', few]);

const marked = () => github.comments.filter(({ body }) => body.startsWith('<!-- ux-audit -->'));

describe('ux-audit compare', () => {
  it('sends credentials to both versions of a site that it starts at ports of its own', async () => {
    git('init', '-q', '-b', 'main');
    const seen = path.join(place.root, 'cookies');
    writeFileSync(inWorkspace('shop.html'), shop());
    writeFileSync(
      inWorkspace('server.mjs'),
      `import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
createServer((request, response) => {
  if (request.url === '/') appendFileSync(process.env.SEEN, \`\${process.argv[2]} \${request.headers.cookie}\\n\`);
  response.setHeader('Content-Type', 'text/html');
  response.end(readFileSync('shop.html'));
}).listen(Number(process.argv[2]), '127.0.0.1');
`,
    );
    const serve = { command: 'node server.mjs {port}', url: 'http://127.0.0.1:{port}/' };
    writeRecord({ targets: { home: { kind: 'page', path: '/', serve } } });
    commit('shop');
    git('checkout', '-qb', 'branch');
    git('commit', '-q', '--allow-empty', '-m', 'change');
    const env = { SEEN: seen, UX_SESSION: 'of-a-test' };
    const compare = ['compare', 'main', '--yes', '--json', '--pairs', '1'];
    const done = await cli(place, [...compare, '--cookie', 'session=UX_SESSION'], { env });
    expect(done.stderr).not.toContain('of-a-test');
    expect(done.code).toBe(0);
    const rows: { number: string; n: number }[] = JSON.parse(done.stdout).rows;
    expect(rows.find(({ number }) => number === 'bytes')).toMatchObject({ n: 1 });
    const lines = readFileSync(seen, 'utf8').trim().split('\n');
    const withCookie = lines.filter((line) => line.endsWith(' session=of-a-test'));
    expect(new Set(withCookie.map((line) => line.split(' ')[0])).size).toBe(2);
  });

  it('fails where a page leads to another in both versions, such as a login, and is not audited', async () => {
    git('init', '-q', '-b', 'main');
    writeFileSync(inWorkspace('shop.html'), shop());
    writeFileSync(
      inWorkspace('server.mjs'),
      `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
createServer((request, response) => {
  if (request.url === '/account') return response.writeHead(302, { Location: '/login' }).end();
  response.setHeader('Content-Type', 'text/html');
  response.end(readFileSync('shop.html'));
}).listen(Number(process.argv[2]), '127.0.0.1');
`,
    );
    const serve = { command: 'node server.mjs {port}', url: 'http://127.0.0.1:{port}/' };
    const page = { kind: 'page' as const, serve };
    writeRecord({ targets: { home: { ...page, path: '/' }, account: { ...page, path: '/account' } }, findings: {} });
    commit('shop');
    git('checkout', '-qb', 'branch');
    git('commit', '-q', '--allow-empty', '-m', 'change');
    const done = await cli(place, ['ci', 'main', '--no-deliver', '--yes', '--json', '--only', 'accessibility']);
    const { gate, failed } = JSON.parse(done.stdout);
    expect(failed).toBe(true);
    expect(gate).toMatchObject([{ rule: 'failed', target: 'account', text: expect.stringContaining('/login') }]);
    expect(done.code).toBe(1);
  });
});

describe('ux-audit ci of one category', () => {
  const metaDescription: Finding = {
    kind: 'automated',
    rule: 'lighthouse/meta-description',
    title: 'Document does not have a meta description',
    target: 'home',
    state: { status: 'open', severity: 2, seenIn: ['local/mobile'] },
    id: 'home/lighthouse/meta-description',
  };

  it('fails on what the branch brings in it, and says nothing of other categories and of times', async () => {
    git('init', '-q', '-b', 'main');
    mkdirSync(inWorkspace('site'));
    const before = shop({ alt: ' alt="A fern"' }).replace(/<meta name="description".*\n/, '');
    writeFileSync(inWorkspace('site/index.html'), before);
    const gate = { new: 1, budget: { 'largest-contentful-paint': 1, bytes: 1 } };
    writeRecord({ settings: { gate }, findings: { [metaDescription.id]: metaDescription } });
    commit('shop');
    git('checkout', '-qb', 'branch');
    writeFileSync(inWorkspace('site/index.html'), shop());
    // the branch says that it mended this, as it did, which only an audit of SEO shows
    const mended: Finding = { ...metaDescription, state: { status: 'fixed', severity: 2, fixedOn: '2026-11-28' } };
    writeRecord({ settings: { gate }, findings: { [mended.id]: mended } });
    const sha = commit('branch');
    const artifact = path.join(place.root, 'verdict');
    const ci = ['ci', 'main', '--json', '--artifact', artifact, '--only'];

    const done = await cli(place, [...ci, 'accessibility'], { env: env(sha) });
    const said = JSON.parse(done.stdout);
    expect(said).toMatchObject({ failed: true, rows: [], openBudgets: [], categories: ['accessibility'] });
    expect(said.gate.map(({ rule, finding }: { rule: string; finding?: string }) => [rule, finding])).toEqual([
      ['new', 'home/lighthouse/image-alt'],
    ]);
    expect(said.differences.map(({ change, id }: { change: string; id: string }) => `${change} ${id}`)).toEqual([
      'new home/lighthouse/image-alt',
    ]);
    expect(done.code).toBe(1);
    const [comment] = marked();
    expect(comment?.body).toMatch(/Audited: accessibility; nothing is said of times/);
    expect(comment?.body).not.toMatch(/LCP|[Cc]annot.tell|not judged|[Ff]ixed/);
    expect(existsSync(path.join(artifact, 'gl-accessibility.json'))).toBe(true);

    rmSync(artifact, { recursive: true });
    const other = await cli(place, [...ci, 'seo'], { env: env(sha) });
    const fixed = JSON.parse(other.stdout);
    expect(fixed.differences.map(({ change, id }: { change: string; id: string }) => `${change} ${id}`)).toContain(
      'fixed home/lighthouse/meta-description',
    );
    expect(existsSync(path.join(artifact, 'gl-accessibility.json'))).toBe(false); // would say that all is well
  });
});

describe('ux-audit ci in a pull request', () => {
  it('says in one comment what the branch broke, mended, accepted and left open, and updates it', async () => {
    const { sha } = scratch();
    const artifact = path.join(place.root, 'verdict');
    const first = await cli(place, ['ci', ...pairs('1'), '--artifact', artifact], { env: env(sha) });
    expect(first.stderr).toContain('comment on GitHub: written');
    expect(first.code).toBe(1); // more requests, and an open problem of severity 4
    expect(first.stdout).toMatch(/^ {2}Worse on home, mobile: /m);
    expect(first.stdout).toMatch(/^ {2}Open on home, catastrophe \(4 of 4\): Nobody can pay/m);
    const [comment] = marked();
    const { body = '' } = comment ?? {};
    expect(marked()).toHaveLength(1);
    expect(body.split('\n').length).toBeLessThanOrEqual(40);
    expect(body).toMatch(/^### UX Audit fails, [23] blockers: .*2 .*fixed, 1 decided; .*of home worse by/m);
    expect(body).toMatch(/Worse on home, mobile: /);
    if (isLong && body.includes('No run was disturbed')) expect(body).toMatch(/Worse on home, mobile: .*TBT \\\+/);
    expect(body).toMatch(/now loads `\/slow\.js` \(\[`site\/index\.html:\d+`\]\(/);
    expect(body).toMatch(/Contrast too low.*<br>|Contrast too low/);
    expect(body).toMatch(/Decided:.*The texts come from the shop system/);
    expect(body).toMatch(/Open on home, catastrophe \\\(4 of 4\\\)/);
    expect(body).not.toContain('<script');
    expect(body).not.toMatch(/(^|\s)@admin/);
    expect(body).not.toContain('a-planted-secret');
    expect(git('status', '--porcelain')).toBe(''); // nothing is written into the workspace
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);

    // the next push removes the slow script
    writeFileSync(inWorkspace('site/index.html'), shop({ alt: ' alt="A fern"', price: 'color:#333;background:#fff' }));
    const next = commit('fast again');
    const second = await cli(place, ['ci', '--pairs', '1'], { env: env(next) });
    expect(second.stderr).toContain('comment on GitHub: updated');
    expect(marked()).toHaveLength(1);
    expect(marked()[0]?.id).toBe(comment?.id);
    expect(marked()[0]?.body).not.toMatch(/of home worse/);
    expect(second.code).toBe(1); // the problem of severity 4 is still open

    // a rule that is off does not fail; the others still do
    writeRecord({
      findings: { [payment.id]: payment, [accepted.id]: accepted },
      settings: { gate: { open: [{ severity: 4, stage: 'retention' }] } },
    });
    const third = await cli(place, ['ci', '--no-deliver', '--json', ...pairs('2')], { env: env(next) });
    expect(third.code).toBe(0);
    const { rows, gate, failed } = JSON.parse(third.stdout);
    expect([gate, failed]).toEqual([[], false]);
    expect(rows.map(({ number }: { number: string }) => number)).toContain('largest-contentful-paint');
    expect(Object.keys(rows[0])).toEqual(
      expect.arrayContaining([
        'target',
        'formFactor',
        'number',
        'verdict',
        'shift',
        'interval',
        'matters',
        'n',
        'confirmed',
      ]),
    );
  });

  it('reaches a pull request of a fork through the second workflow, which runs nothing of it', async () => {
    const { sha } = scratch();
    const artifact = path.join(place.root, 'verdict');
    github.faults.push({
      on: /^POST/,
      status: 403,
      body: { message: 'Resource not accessible by integration' },
      times: 9,
    });
    const seen = path.join(place.root, 'seen-by-the-build');
    const build = ['--build', `env >> "${seen}"`];
    const ofFork = await cli(place, ['ci', '--artifact', artifact, '--pairs', '1', ...build], { env: env(sha) });
    expect(readFileSync(seen, 'utf8')).toContain('GITHUB_ACTIONS=true');
    expect(readFileSync(seen, 'utf8')).not.toContain('a-planted-secret');
    expect(ofFork.code).toBe(1);
    expect(marked()).toHaveLength(0);
    expect(readFileSync(path.join(artifact, 'comment.md'), 'utf8')).toContain('UX Audit');
    github.faults = [];
    github.pulls.push({
      number: 7,
      state: 'open',
      head: { sha },
      base: { repo: { full_name: 'o/r' } },
      label: 'fan:branch',
      fromFork: true,
    });
    const elsewhere = path.join(place.root, 'downloaded');
    cpSync(artifact, elsewhere, { recursive: true });
    const run = {
      head_sha: sha,
      head_branch: 'branch',
      head_repository: { owner: { login: 'fan' } },
      event: 'pull_request',
    };
    const delivered = await cli(place, ['ci', 'deliver', elsewhere], {
      env: { ...githubEnv(github.url, { workflow_run: run }) },
    });
    expect(delivered.stderr).toContain('written');
    expect(marked()).toHaveLength(1);
    expect(marked()[0]?.body).toMatch(/of home worse by/);
    expect(marked()[0]?.body).toContain('Image without alt text');
  });
});
