import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBrowserState } from '../../src/core/audit/browserState';
import { emptyRecord, type Target } from '../../src/core/record/record';
import { AuditEngine } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { auditPages } from '../../src/workflow/auditPages';
import { Workspace } from '../../src/workflow/workspace';
import { attempts } from '../patience';
import { inHeadlessShell } from './headlessShell';
import { cookieApp, loginPage, Sessions } from './loginSites';
import { Place, page, type Site, serve, workerFile } from './support';

inHeadlessShell();

let place: Place;
let engine: AuditEngine;
beforeAll(async () => {
  place = new Place().enter();
  const { path: program } = await findBrowser({ setting: '' });
  engine = new AuditEngine({ worker: workerFile, browser: { path: program, sandbox: canSandbox() } });
});
afterAll(async () => {
  await engine.dispose();
  await place.leave();
});

/** A page that is shown to its user and asks from time to time whether they are still signed in; then a form is there. */
function askingApp(sessions: Sessions) {
  const ask = `<script>setInterval(async () => {
      const main = document.querySelector('main');
      if (!(await fetch('/still')).ok) main.innerHTML = ${JSON.stringify(/<main>(.*)<\/main>/s.exec(loginPage)?.[1])};
    }, 150);</script>`;
  const app = cookieApp(sessions, { inPlace: true });
  return {
    ...app,
    '/orders': (request: never, response: never) => {
      const answer = app['/account'] as (request: unknown, response: unknown) => void;
      const own = response as { end(text: string): void };
      const end = own.end.bind(own);
      own.end = (text) => end(text.replace('</main>', `</main>${ask}`));
      answer(request, own);
    },
    '/still': (request: { headers: { cookie?: string } }, response: { writeHead(n: number): { end(): void } }) => {
      const id = /sid=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
      response.writeHead(sessions.counts(id) ? 200 : 401).end();
    },
  } as unknown as ReturnType<typeof cookieApp>;
}

/** Apps, and for fewer answers than how many their sessions last. */
const apps = {
  'leads to a login page': { app: (sessions: Sessions) => cookieApp(sessions), lasts: 4 },
  'shows a form in place': { app: (sessions: Sessions) => cookieApp(sessions, { inPlace: true }), lasts: 4 },
  'turns into a form while it is examined': { app: askingApp, lasts: 40 },
};

describe('pages whose sessions end at any time', () => {
  it('are never measured as their login page', async () => {
    const names = Object.keys(apps) as (keyof typeof apps)[];
    const runs = attempts(4, 50);
    let [measured, refused] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const sessions = new Sessions();
      const { app, lasts } = apps[names[run % names.length] as keyof typeof apps];
      const site: Site = await serve(app(sessions));
      const root = path.join(place.workspace, String(run));
      mkdirSync(root);
      const workspace = new Workspace(root);
      const behind: Target = { kind: 'page', path: '/orders', origins: { local: site.origin }, login: 'customer' };
      const check = { url: `${site.origin}/account`, signedOut: { heading: 'Sign in', password: true } };
      const login = { by: 'hand', url: `${site.origin}/login`, check };
      await workspace.record.update(() => ({
        ...emptyRecord(),
        logins: { customer: login },
        targets: { orders: behind },
      }));
      sessions.lasts = run === 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.random() * lasts);
      const cookie = { name: 'sid', value: sessions.begin(), domain: '127.0.0.1', path: '/' };
      await workspace.logins.write('customer', readBrowserState(JSON.stringify({ cookies: [cookie] }), 'test'));
      const [result] = await auditPages({
        workspace,
        engine,
        plan: {
          pages: [{ target: 'orders', environment: 'local', url: `${site.origin}/orders` }],
          formFactors: ['desktop'],
          runs: 1,
          categories: ['seo', 'accessibility'],
          record: true,
        },
      });
      await site.close();
      const kept = await workspace.runs.measurements();
      const { findings } = (await workspace.record.read()).record;
      if (result?.error) {
        expect(result.error).toMatchObject({ code: 'signed-out' });
        expect([result.measurement, kept, findings]).toEqual([undefined, [], {}]);
        refused += 1;
      } else {
        expect(result?.measurement?.proof).toMatchObject({ heading: 'Your account' });
        // only the login page has this fault
        expect(result?.report?.audits.find(({ id }) => id === 'select-name')?.score).not.toBe(0);
        measured += 1;
      }
    }
    expect(measured).toBeGreaterThan(0); // the first one lasts
    expect(measured + refused).toBe(runs);
  });
});

/** A wall as a tool for consent makes it, or a dialog of the site's own. */
const wall = (id: string, style = 'inset: 0') =>
  `<div id="${id}" role="dialog" style="position: fixed; ${style}; background: white"><p>We use cookies. Do you accept?</p>
   <button onclick="document.cookie='answered=1; path=/'; document.querySelector('#${id}').remove()">Reject all</button></div>
   <script>if (document.cookie.includes('answered=1')) document.querySelector('#${id}').remove()</script>`;

describe('a page that asks for consent', () => {
  async function audited(body: string, more: Partial<Target> = {}) {
    const site = await serve({ '/': page('A shop', body) });
    const root = path.join(place.workspace, `consent-${Math.random()}`);
    mkdirSync(root);
    const workspace = new Workspace(root);
    const target: Target = { kind: 'page', path: '/', origins: { local: site.origin }, ...more };
    await workspace.record.update(() => ({ ...emptyRecord(), targets: { home: target } }));
    const [result] = await auditPages({
      workspace,
      engine,
      plan: {
        pages: [{ target: 'home', environment: 'local', url: `${site.origin}/` }],
        formFactors: ['desktop'],
        runs: 1,
        categories: ['seo'],
        record: true,
      },
    });
    await site.close();
    return result;
  }

  it.each([
    ['a tool', wall('onetrust-consent-sdk')],
    ['a dialog of its own', wall('own')],
  ])('with a wall of %s is not measured', async (_, body) => {
    expect((await audited(body))?.error).toMatchObject({ code: 'consent-wall', kind: 'page' });
  });

  it('with a banner is measured as it is', async () => {
    const result = await audited(wall('own', 'left: 0; right: 0; bottom: 0; height: 20vh'));
    expect(result?.error).toBeUndefined();
  });

  it('is measured behind its wall once a person has said what to click', async () => {
    const result = await audited(wall('own'), { consent: { click: ['aria/Reject all'] } });
    expect(result?.error).toBeUndefined();
    expect(result?.measurement?.proof).toMatchObject({ heading: 'A shop' });
  });

  it('is measured with its wall where a person says so', async () => {
    expect((await audited(wall('own'), { consent: { keep: true } }))?.error).toBeUndefined();
  });

  it('says when the click does not help', async () => {
    const result = await audited(wall('own').replace('document.cookie=', 'window.nothing='), {
      consent: { click: ['text/Reject'] },
    });
    expect(result?.error?.message).toContain('although the kept click was made');
  });
});

describe('a page that a person has confirmed', () => {
  it('is measured at the address that it leads to, and is an error when it is another', async () => {
    let heading = 'A shop';
    const site = await serve({
      '/': (_, response) => response.writeHead(302, { location: '/en/' }).end(),
      '/en/': (_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end(page(heading, '<p id="shop">x</p>')),
    });
    const workspace = new Workspace(path.join(place.workspace, 'confirmed'));
    mkdirSync(workspace.paths.root);
    const is = { url: '/en/', heading: 'A shop', selector: '#shop' };
    const target: Target = { kind: 'page', path: '/', origins: { local: site.origin }, is };
    await workspace.record.update(() => ({ ...emptyRecord(), targets: { home: target } }));
    const audit = async () => {
      const pages = [{ target: 'home', environment: 'local', url: `${site.origin}/` }];
      const plan = { pages, formFactors: ['desktop' as const], runs: 1, categories: ['seo'], record: true };
      return (await auditPages({ workspace, engine, plan }))[0];
    };
    const good = await audit();
    expect(good).toMatchObject({ measurement: { proof: { heading: 'A shop' } } });
    expect(good?.measurement?.redirectedTo).toBeUndefined();
    heading = 'Our shop';
    expect((await audit())?.measurement?.proof?.note).toContain('it was “A shop”');
    await workspace.record.update((record) => ({
      ...record,
      targets: { home: { ...target, is: { ...is, selector: '#gone' } } },
    }));
    const wrong = await audit();
    expect(wrong).toMatchObject({ error: { code: 'another-page' }, changes: [] });
    expect(wrong?.measurement).toBeUndefined();
    await site.close();
  });
});
