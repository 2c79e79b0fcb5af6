import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import puppeteer, { type Page } from 'puppeteer-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBrowserState } from '../../src/core/audit/browserState';
import type { AuditRecord } from '../../src/core/record/record';
import { findBrowser } from '../../src/engine/browsers/findBrowser';
import { signIn } from '../../src/engine/worker/login/signIn';
import { startDisplay } from '../hosts/screen.mjs';
import { eventually, isLong } from '../patience';
import { inHeadlessShell } from './headlessShell';
import {
  accountPage,
  cookieApp,
  loginPage,
  recordingOf,
  Sessions,
  secondFactorApp,
  subdomainApp,
  tokenApp,
  tokenStores,
  USER,
} from './loginSites';
import {
  browserProcesses,
  type CliResult,
  cli,
  filesBelow,
  type Handler,
  Place,
  repository,
  type Site,
  serve,
  startCli,
} from './support';

let place: Place;
let sessions: Sessions;
const sites: Site[] = [];
const env = { JOURNEY_PASSWORD: USER.password };

beforeEach(() => {
  place = new Place();
  sessions = new Sessions();
});
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
  try {
    await place.isClean();
  } finally {
    await place.leave();
  }
});

function own<S extends Site>(site: S): S {
  sites.push(site);
  return site;
}

const ending = ({ code, stderr }: CliResult) => ({ code, stderr });
const recordOf = (): AuditRecord => JSON.parse(place.recordText() ?? '{}');

/** Makes a target and a login for it that signs in by a recording. */
async function signedIn(site: Pick<Site, 'origin'>, url = `${site.origin}/login`, at = `${site.origin}/account`) {
  const added = await cli(place, ['target', 'add', 'account', '--url', at]);
  expect(ending(added)).toEqual({ code: 0, stderr: '' });
  const recording = place.write('login.json', recordingOf(url));
  return cli(place, ['login', 'customer', '--recording', recording, '--for', 'account', '--json'], { env });
}

/** Audits the target quickly. @returns the page of the answer */
async function audited(...more: string[]) {
  const args = ['audit', 'account', '--runs', '1', '--only', 'seo', '--json', '--quiet', '--yes', ...more];
  const result = await cli(place, args, { env });
  return { result, page: JSON.parse(result.stdout).pages[0] };
}

describe('a page behind a login', () => {
  inHeadlessShell();

  /** An app that keeps a token in these stores. */
  const ofTokens = async (stores: Parameters<typeof tokenApp>[1]) => {
    const site = own(await serve(tokenApp(sessions, stores)));
    return { site, login: `${site.origin}/account`, account: `${site.origin}/account` };
  };
  const kinds: Record<string, () => Promise<{ site: Site; login: string; account: string }>> = {
    'a cookie of another subdomain': async () => {
      const site = own(await subdomainApp(sessions));
      return { site, login: `${site.login}/login`, account: `${site.app}/account` };
    },
    'a token in each kind of store': () => ofTokens(tokenStores),
    ...(isLong && {
      'a session cookie': async () => {
        const site = own(await serve(cookieApp(sessions)));
        return { site, login: `${site.origin}/login`, account: `${site.origin}/account` };
      },
      ...Object.fromEntries(tokenStores.map((store) => [`a token in ${store}`, () => ofTokens([store])])),
    }),
  };

  it.each(Object.entries(kinds))('is audited as who signed in, with %s', async (_, made) => {
    const { site, login, account } = await made();
    const result = await signedIn(site, login, account);
    expect(ending(result)).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toMatchObject({ login: 'customer', by: 'recording', check: { url: account } });
    site.requests.length = 0;
    const { page } = await audited();
    expect(page.error).toBeUndefined();
    expect(page.measurement).toMatchObject({ finalUrl: account, proof: { heading: 'Your account' } });
    expect(page.measurement.redirectedTo).toBeUndefined();
    expect(site.requests.filter(({ url }) => url.includes('ux-audit'))).toEqual([]); // restoring asks no server
  });

  it('is an error by name when the session has ended: nothing is measured, recorded or closed', async () => {
    const site = own(await serve(cookieApp(sessions)));
    await signedIn(site);
    await audited();
    const before = place.recordText();
    // a state kept by hand, which cannot sign in again by itself
    const record = recordOf();
    place.writeRecord(JSON.stringify({ ...record, logins: { customer: { ...record.logins?.customer, by: 'hand' } } }));
    sessions.endAll();
    const { result, page } = await audited();
    expect(result.code).toBe(4);
    expect(page).toMatchObject({ error: { code: 'signed-out', kind: 'page' }, changes: [] });
    expect(page.measurement).toBeUndefined();
    expect(page.error.next).toContain('ux-audit login customer');
    expect(recordOf().findings).toEqual(JSON.parse(before ?? '').findings);
  });

  it('signs in again by itself where a recording can', async () => {
    const site = own(await serve(cookieApp(sessions)));
    await signedIn(site);
    sessions.endAll();
    const { page } = await audited();
    expect(page.error).toBeUndefined();
    expect(page.measurement.proof.heading).toBe('Your account');
    const open = (await audited('--no-login')).page; // as everybody sees it
    expect(open.measurement.redirectedTo).toBe(`${site.origin}/login`);
  });

  it('is not signed in at another site, whatever the record says', async () => {
    const site = own(await serve(cookieApp(sessions)));
    const other = own(await serve({ '/account': accountPage }));
    await signedIn(site);
    const foreign = `http://evil.localhost:${other.port}/account`;
    expect((await cli(place, ['target', 'set', 'account', '--url', foreign])).code).toBe(0);
    const { page } = await audited();
    expect(page.error).toMatchObject({ code: 'login-elsewhere' });
    expect(other.requests).toEqual([]);
  });
});

describe('what else opens pages', () => {
  inHeadlessShell();

  it('finds the pages behind a login, and says when that is over', async () => {
    const site = own(await serve(cookieApp(sessions)));
    await signedIn(site);
    const found = (...more: string[]) => cli(place, ['discover', `${site.origin}/account`, '--urls', ...more], { env });
    expect((await found()).stdout).not.toContain('/orders');
    expect((await found('--login', 'customer')).stdout.split('\n')).toContain(`${site.origin}/orders`);
    expect(site.requests.some(({ url }) => url === '/logout')).toBe(false);
    onlyByHand();
    sessions.endAll();
    const late = await found('--login', 'customer');
    expect([late.code, late.stdout, late.stderr]).toEqual([4, '', expect.stringContaining('Signed out')]);
    expect((await found('--login', 'nobody')).stderr).toContain('nobody');
  });

  /** Takes from a login what signs in by itself. */
  function onlyByHand() {
    const record = recordOf();
    place.writeRecord(JSON.stringify({ ...record, logins: { customer: { ...record.logins?.customer, by: 'hand' } } }));
  }

  it('checks findings behind a login, and closes none when nobody is signed in any more', async () => {
    const site = own(await serve(cookieApp(sessions)));
    await signedIn(site);
    const all = ['audit', 'account', '--runs', '1', '--only', 'accessibility', '--json', '--quiet', '--yes'];
    expect((await cli(place, all, { env })).code).toBe(0);
    const id = 'account/lighthouse/image-alt';
    expect(recordOf().findings[id]?.state.status).toBe('open');
    const check = async () => JSON.parse((await cli(place, ['findings', 'check', id, '--json', '-y'])).stdout).checked;
    expect(await check()).toMatchObject([{ id, result: 'open' }]);
    onlyByHand();
    sessions.endAll();
    expect(await check()).toMatchObject([{ id, result: 'not-checked', reason: expect.stringContaining('Signed out') }]);
    expect(recordOf().findings[id]?.state.status).toBe('open');
    const record = recordOf();
    const orders = { ...record.targets.account, path: '/orders' };
    place.writeRecord(JSON.stringify({ ...record, targets: { ...record.targets, orders } }));
    const { code, stderr } = await cli(place, [
      'audit',
      'account',
      'orders',
      '--only',
      'accessibility',
      '--quiet',
      '-y',
    ]);
    expect([code, stderr.match(/Signed out/g)]).toEqual([4, ['Signed out']]);
    expect(stderr).toContain('account, orders: Signed out'); // one reason, told once
    // what was kept of the session is in the one file that is for its owner alone
    for (const file of filesBelow(place.workspace).filter((name) => !name.includes(`${path.sep}.auth${path.sep}`)))
      expect(readFileSync(file, 'utf8'), file).not.toMatch(/session-\d/);
  });

  it('walks a journey as who has signed in, and says when that is over', async () => {
    const site = own(await serve(cookieApp(sessions)));
    await signedIn(site);
    const step = { type: 'customStep', name: 'ux-audit/step', parameters: { name: 'Account', expect: '#out' } };
    const recording = { title: 'Look', steps: [step, { type: 'navigate', url: `${site.origin}/account` }] };
    const file = place.write('look.json', JSON.stringify(recording));
    expect((await cli(place, ['journey', 'import', file, '--as', 'look'])).code).toBe(0);
    expect((await cli(place, ['target', 'set', 'look', '--login', 'customer'])).code).toBe(0);
    const walk = async () =>
      JSON.parse((await cli(place, ['journey', 'run', 'look', '-n', '1', '--json', '-y'])).stdout);
    expect(await walk()).toMatchObject({
      steps: [{ name: 'Account', reached: true }],
      changes: [],
    });
    onlyByHand();
    sessions.endAll();
    const before = recordOf().findings;
    expect(await walk()).toMatchObject({ error: { code: 'signed-out' } });
    expect(recordOf().findings).toEqual(before);
  });
});

describe('the state of a login', () => {
  inHeadlessShell();

  it('is for its owner alone, kept from git, and in the format of Playwright', async () => {
    execFileSync('git', ['init', '-q'], { cwd: place.workspace });
    const site = own(await serve(cookieApp(sessions)));
    expect(ending(await signedIn(site))).toEqual({ code: 0, stderr: '' });
    const file = path.join(place.workspace, 'ux-audit', '.auth', 'customer.json');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const status = execFileSync('git', ['status', '--porcelain', '-uall'], { cwd: place.workspace, encoding: 'utf8' });
    expect(status).not.toContain('.auth');
    const state = readBrowserState(readFileSync(file, 'utf8'), 'customer.json');
    expect(state.cookies).toMatchObject([{ name: 'sid', domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true }]);
    const committed = `${place.recordText()}${readFileSync(path.join(place.workspace, 'ux-audit/logins/customer.json'))}`;
    expect(committed).not.toContain(USER.password);
    expect(committed).not.toContain('session-');
  });

  it('is forgotten by logout, and a page then says that nobody has signed in', async () => {
    const site = own(await serve(cookieApp(sessions)));
    await signedIn(site);
    const record = recordOf();
    place.writeRecord(JSON.stringify({ ...record, logins: { customer: { ...record.logins?.customer, by: 'hand' } } }));
    expect((await cli(place, ['login', 'list'])).stdout).toMatch(/customer +hand +kept .* account/);
    expect((await cli(place, ['logout', 'customer'])).stdout).toContain('Forgot the state of customer.');
    expect(existsSync(path.join(place.workspace, 'ux-audit', '.auth', 'customer.json'))).toBe(false);
    const { page } = await audited();
    expect(page.error).toMatchObject({ code: 'not-signed-in' });
  });

  it('is taken over from Playwright', async () => {
    const site = own(await serve(cookieApp(sessions)));
    const cookie = {
      name: 'sid',
      value: sessions.begin(),
      domain: '127.0.0.1',
      path: '/',
      expires: -1,
      httpOnly: true,
      secure: false,
      sameSite: 'Lax',
    };
    const file = place.write('user.json', JSON.stringify({ cookies: [cookie], origins: [] }));
    await cli(place, ['target', 'add', 'account', '--url', `${site.origin}/account`]);
    const args = ['login', 'customer', '--state', file, '--for', 'account'];
    expect(ending(await cli(place, args))).toEqual({ code: 0, stderr: '' });
    expect((await audited()).page.measurement.proof.heading).toBe('Your account');
  });

  it.each([
    ['leads elsewhere', false, 'login-not-kept'],
    ['shows a form in place', true, 'check-undecided'],
  ])('is refused when it signs nobody in, as an app tells that %s', async (_, inPlace, code) => {
    const site = own(await serve(cookieApp(sessions, { inPlace })));
    const state = { cookies: [{ name: 'sid', value: 'old', domain: '127.0.0.1', path: '/' }], origins: [] };
    const file = place.write('user.json', JSON.stringify(state));
    await cli(place, ['target', 'add', 'account', '--url', `${site.origin}/account`]);
    const result = await cli(place, ['login', 'customer', '--state', file, '--for', 'account', '--json']);
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code } });
    expect(recordOf().logins).toBeUndefined();
    expect(existsSync(path.join(place.workspace, 'ux-audit', '.auth', 'customer.json'))).toBe(false);
  });
});

describe('a login by script', () => {
  inHeadlessShell();

  const script = `export default async ({ page, env, url }) => {
    await page.goto(url);
    await page.type('#name', 'ana');
    await page.type('#password', env.JOURNEY_PASSWORD);
    await Promise.all([page.waitForNavigation(), page.click('#in')]);
  };`;

  it('is run once a person has allowed it', async () => {
    const site = own(await serve(cookieApp(sessions)));
    await cli(place, ['target', 'add', 'account', '--url', `${site.origin}/account`]);
    const file = place.write('login.mjs', script);
    const args = ['login', 'customer', '--script', file, '--url', `${site.origin}/login`, '--for', 'account'];
    expect(ending(await cli(place, args, { env }))).toEqual({ code: 0, stderr: '' });
    await cli(place, ['logout', 'customer']);
    expect((await audited()).page.measurement.proof.heading).toBe('Your account');
  });

  it('is not run because the record says so', async () => {
    const site = own(await serve(cookieApp(sessions)));
    place.write('login.mjs', `import { writeFileSync } from 'node:fs'; writeFileSync('ran', ''); ${script}`);
    await cli(place, ['target', 'add', 'account', '--url', `${site.origin}/account`]);
    const record = recordOf();
    const login = { by: 'script', script: 'login.mjs', url: `${site.origin}/login` };
    const account = { ...record.targets.account, login: 'customer' };
    place.writeRecord(JSON.stringify({ ...record, logins: { customer: login }, targets: { account } }));
    const result = await cli(place, ['audit', 'account', '--runs', '1', '--json'], { env });
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: 'login-not-allowed' } });
    expect(existsSync(path.join(place.workspace, 'ran'))).toBe(false);
  });

  it('may have the form of Lighthouse CI', async () => {
    const site = own(await serve(cookieApp(sessions)));
    const file = path.join(place.workspace, 'login.cjs');
    const body = `const page = await browser.newPage(); await page.goto(url); await page.type('#name', 'ana');
      await page.type('#password', process.env.JOURNEY_PASSWORD);
      await Promise.all([page.waitForNavigation(), page.click('#in')]);`;
    writeFileSync(file, `module.exports = async (browser, { url }) => { ${body} };`);
    await cli(place, ['target', 'add', 'account', '--url', `${site.origin}/account`]);
    const args = ['login', 'customer', '--script', file, '--url', `${site.origin}/login`, '--for', 'account'];
    expect(ending(await cli(place, args, { env }))).toEqual({ code: 0, stderr: '' });
  });
});

describe('a login by hand', () => {
  /** An app at whose login page somebody signs in as soon as it is there, once. */
  const quick = (app: ReturnType<typeof cookieApp>) => {
    const login = app['/login'] as Handler;
    const signsIn = `<script>document.querySelector('#name').value = '${USER.name}';
      document.querySelector('#password').value = '${USER.password}'; document.querySelector('form').submit();</script>`;
    let isThere = true;
    const shown: Handler = (request, response) => {
      if (request.method === 'POST' || !isThere) return login(request, response);
      isThere = false;
      return response.writeHead(200, { 'content-type': 'text/html' }).end(`${loginPage}${signsIn}`);
    };
    // the page tells when it is asked what it keeps
    const tells = `<script>let own; Object.defineProperty(globalThis, 'uxAuditStorage', {
      get: () => own, set: (given) => { own = given; fetch('/looked'); } });</script>`;
    const account: Handler = (request, response) => {
      const end = response.end.bind(response);
      response.end = ((text: string) => end(`${text ?? ''}${tells}`)) as never;
      return (app['/account'] as Handler)(request, response);
    };
    return { ...app, '/login': shown, '/account': account };
  };
  const isIn = (site: Site) => site.requests.some(({ url }) => url === '/account');

  /** Begins to sign in, until the app lets somebody in. */
  async function begun(site: Site) {
    await cli(place, ['target', 'add', 'account', '--url', `${site.origin}/account`]);
    const args = [
      'login',
      'customer',
      '--url',
      `${site.origin}/login`,
      '--for',
      'account',
      '--hand',
      '--headless',
      '--json',
    ];
    const running = startCli(place, args, { types: true });
    await eventually(() => isIn(site), 'somebody is signed in', { progress: () => site.requests.length });
    return running;
  }

  it('says that nothing answers while the server is down, and so does recording a journey', async () => {
    const gone = await serve({});
    await gone.close();
    for (const args of [
      ['login', 'customer', '--hand'],
      ['journey', 'record', 'order'],
    ]) {
      const { code, stderr } = await cli(place, [...args, '--url', `${gone.origin}/login`, '--headless']);
      expect(code).toBe(4);
      expect(stderr).toContain(
        `Nothing answers at 127.0.0.1:${gone.port}: the connection was refused.\n  Start the server, then try again.`,
      );
    }
    expect(place.recordText()).toBeUndefined();
  });

  it('is done with Enter', async () => {
    const site = own(await serve(quick(cookieApp(sessions))));
    const running = await begun(site);
    running.child.stdin?.write('\n');
    const result = await running.ended;
    expect(ending(result)).toEqual({ code: 0, stderr: expect.stringContaining('press Enter') });
    expect(JSON.parse(result.stdout)).toMatchObject({ by: 'hand', check: { url: `${site.origin}/account` } });
    expect(recordOf()).toMatchObject({ targets: { account: { login: 'customer' } } });
  });

  it('is done when the window is closed', async () => {
    const site = own(await serve(quick(cookieApp(sessions))));
    const running = await begun(site);
    const looks = () => site.requests.filter(({ url }) => url === '/looked').length;
    await eventually(() => looks() > 1, 'the browser was looked at', { progress: looks });
    const [browser] = browserProcesses(place.temporary);
    process.kill(browser?.pid ?? 0, 'SIGKILL'); // as a browser ends with its last window
    const result = await running.ended;
    expect(ending(result)).toEqual({ code: 0, stderr: expect.stringContaining('press Enter') });
  });

  it('with a second factor is kept from a window that people see', async () => {
    const display = await startDisplay().catch(() => undefined); // without a screen the browser has no window
    const site = own(await serve(secondFactorApp(sessions)));
    const browser = await puppeteer.launch({
      executablePath: (await findBrowser({ setting: '' })).path,
      headless: display === undefined,
      args: ['--no-sandbox'],
      env: { ...process.env, ...display?.env },
    });
    const person = await puppeteer.connect({ browserWSEndpoint: browser.wsEndpoint(), defaultViewport: null });
    try {
      const stop = new AbortController();
      const request = { type: 'signIn', id: 1, by: 'hand', url: `${site.origin}/login` } as const;
      const script = readFileSync(path.join(repository, 'dist', 'inPage', 'storage.js'), 'utf8');
      const signing = signIn(browser, request, stop.signal, undefined, script);
      await eventually(() => site.requests.some(({ url }) => url === '/login'), 'the login page is asked for');
      const [page] = (await person.pages()) as [Page];
      await page.waitForSelector('#name');
      await page.type('#name', USER.name);
      await page.type('#password', USER.password);
      await page.click('#in');
      await page.waitForSelector('#code');
      await page.type('#code', '314159'); // what the telephone shows
      await page.click('#check');
      await page.waitForSelector('#out');
      stop.abort();
      const { state, url } = await signing;
      expect(url).toBe(`${site.origin}/account`);
      const file = place.write('kept.json', JSON.stringify(state));
      await cli(place, ['target', 'add', 'account', '--url', url]);
      const args = ['login', 'customer', '--state', file, '--for', 'account'];
      expect(ending(await cli(place, args))).toEqual({ code: 0, stderr: '' });
    } finally {
      await person.disconnect();
      await browser.close();
      await display?.stop();
    }
  });
});
