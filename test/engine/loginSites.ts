import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Handler, page, type Site, serve } from './support';

/** What the tests sign in with. */
export const USER = { name: 'ana', password: 'Zq7-secret' };
/** The sessions that an app knows, and how long each counts: in answers of pages behind the login. */
export class Sessions {
  private readonly left = new Map<string, number>();
  private count = 0;
  /** How many answers a new session counts for. */
  lasts = Number.POSITIVE_INFINITY;

  begin(): string {
    this.count += 1;
    const id = `session-${this.count}`;
    this.left.set(id, this.lasts);
    return id;
  }

  /** Whether a session counts, once more. */
  counts(id: string | undefined): boolean {
    const left = this.left.get(id ?? '') ?? 0;
    if (left > 0) this.left.set(id ?? '', left - 1);
    return left > 0;
  }

  endAll(): void {
    this.left.clear();
  }
}

const form = (action: string) =>
  `<form method="post" action="${action}"><label>Name <input name="name" id="name"></label>
   <label>Password <input type="password" name="password" id="password"></label><select id="tongue"><option>English</option></select><button id="in">Sign in</button></form>`;
export const loginPage = page('Sign in', form('/login'));
export const accountPage = page('Your account', '<a id="out" href="/logout">Sign out</a> <a href="/orders">Orders</a>');

const html = (response: ServerResponse, text: string, headers: Record<string, string> = {}) =>
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers })
    .end(text);
const seeOther = (response: ServerResponse, location: string, headers: Record<string, string> = {}) =>
  response.writeHead(303, { location, ...headers }).end();
const cookieOf = ({ headers }: IncomingMessage, name: string) =>
  new RegExp(`(?:^|; )${name}=([^;]*)`).exec(headers.cookie ?? '')?.[1];

async function fieldsOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}
const isUser = (fields: URLSearchParams) =>
  fields.get('name') === USER.name && fields.get('password') === USER.password;

/** Pages behind a session cookie, which the server sends elsewhere without it. */
export function cookieApp(sessions: Sessions, { inPlace = false } = {}): Record<string, string | Handler> {
  const behind: Handler = (request, response) => {
    if (sessions.counts(cookieOf(request, 'sid'))) html(response, accountPage);
    else if (inPlace) html(response, loginPage);
    else seeOther(response, '/login');
  };
  return {
    '/': page('A shop', '<a href="/login">Sign in</a>'),
    '/login': async (request, response) => {
      if (request.method !== 'POST') return html(response, loginPage);
      if (!isUser(await fieldsOf(request))) return html(response, loginPage);
      return seeOther(response, '/account', { 'set-cookie': `sid=${sessions.begin()}; HttpOnly; Path=/` });
    },
    '/account': behind,
    '/orders': behind,
  };
}

/** Where an app of scripts can keep a token. */
export const tokenStores = ['localStorage', 'sessionStorage', 'indexedDB'] as const;

/** An app of scripts: it asks for a token, keeps it wherever it is told, and shows what the server gives for it. */
export function tokenApp(sessions: Sessions, stores: readonly (typeof tokenStores)[number][]) {
  const script = `
    const stores = ${JSON.stringify(stores)};
    const opened = () => new Promise((resolve, reject) => {
      const asked = indexedDB.open('auth', 3);
      asked.onupgradeneeded = () => {
        const store = asked.result.createObjectStore('tokens', { keyPath: 'id' });
        store.createIndex('at', 'at');
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
    const tokenIn = async (kept) => {
      if (kept !== 'indexedDB') return window[kept].getItem('token');
      const store = (await opened()).transaction('tokens').objectStore('tokens');
      const found = await new Promise((resolve) => { store.get('me').onsuccess = ({ target }) => resolve(target.result); });
      // what is kept is no JSON: a day, bytes, and a number that has none
      if (!found || !(found.at instanceof Date) || found.bytes[2] !== 255 || found.none !== undefined) return null;
      return new TextDecoder().decode(found.bytes.slice(3));
    };
    /** What all of them keep. */
    const token = async () => {
      const tokens = new Set(await Promise.all(stores.map(tokenIn)));
      return tokens.size === 1 ? [...tokens][0] : null;
    };
    const keepIn = async (kept, given) => {
      if (kept !== 'indexedDB') return window[kept].setItem('token', given);
      const store = (await opened()).transaction('tokens', 'readwrite').objectStore('tokens');
      const bytes = new Uint8Array([0, 1, 255, ...new TextEncoder().encode(given)]);
      await new Promise((resolve) => {
        store.put({ id: 'me', at: new Date(), bytes, none: undefined, big: 12n }).onsuccess = resolve;
      });
    };
    const show = async () => {
      const main = document.querySelector('main');
      const answer = await fetch('/api', { headers: { authorization: String(await token()) } });
      if (answer.ok) { main.innerHTML = await answer.text(); return; }
      main.innerHTML = ${JSON.stringify(`<h1>Sign in</h1>${form('#')}`)};
      document.querySelector('form').addEventListener('submit', async (event) => {
        event.preventDefault();
        const answer = await fetch('/token', { method: 'POST', body: new URLSearchParams(new FormData(event.target)) });
        if (!answer.ok) return;
        const given = await answer.text();
        for (const kept of stores) await keepIn(kept, given);
        await show();
      });
    };
    show();`;
  const app: Handler = (_, response) =>
    html(response, page('Loading', `<script>${script}</script>`).replace('<h1>Loading</h1>', ''));
  const pages: Record<string, string | Handler> = {
    '/account': app,
    '/token': async (request, response) => {
      if (isUser(await fieldsOf(request))) html(response, sessions.begin());
      else response.writeHead(403).end();
    },
    '/api': (request, response) => {
      if (sessions.counts(request.headers.authorization)) html(response, '<h1>Your account</h1><p id="out">Orders</p>');
      else response.writeHead(401).end();
    },
  };
  return pages;
}

/** An app whose login is on another subdomain, which shares a cookie with it. */
export async function subdomainApp(sessions: Sessions): Promise<Site & { app: string; login: string }> {
  const site: Site = await serve({
    '/account': (request, response) => {
      if (sessions.counts(cookieOf(request, 'sid'))) html(response, accountPage);
      else seeOther(response, `http://auth.shop.localhost:${site.port}/login`);
    },
    '/login': async (request, response) => {
      if (request.method !== 'POST' || !isUser(await fieldsOf(request))) return html(response, loginPage);
      const cookie = `sid=${sessions.begin()}; Domain=shop.localhost; HttpOnly; Path=/`;
      return seeOther(response, `http://app.shop.localhost:${site.port}/account`, { 'set-cookie': cookie });
    },
  });
  const at = (host: string) => `http://${host}.shop.localhost:${site.port}`;
  return { ...site, app: at('app'), login: at('auth') };
}

/** An app that asks for a code after the password, as an app on a telephone shows it. */
export function secondFactorApp(sessions: Sessions): Record<string, string | Handler> {
  const code = '314159';
  return {
    ...cookieApp(sessions),
    '/login': async (request, response) => {
      if (request.method !== 'POST' || !isUser(await fieldsOf(request))) return html(response, loginPage);
      const asks =
        '<form method="post" action="/code"><input id="code" name="code" autocomplete="one-time-code"><button id="check">Check</button></form>';
      return html(response, page('Your code', asks), { 'set-cookie': 'half=1; Path=/' });
    },
    '/code': async (request, response) => {
      const isRight = cookieOf(request, 'half') === '1' && (await fieldsOf(request)).get('code') === code;
      if (!isRight) return html(response, loginPage);
      return seeOther(response, '/account', { 'set-cookie': `sid=${sessions.begin()}; HttpOnly; Path=/` });
    },
  };
}

/** The recording of signing in at an address, with what is secret in the environment. */
export function recordingOf(url: string, expect = '#out'): string {
  const field = (selector: string, value: string) => ({
    type: 'change',
    target: 'main',
    selectors: [[selector]],
    value,
  });
  return JSON.stringify({
    title: 'Sign in',
    steps: [
      { type: 'navigate', url, assertedEvents: [{ type: 'navigation', url }] },
      field('#name', USER.name),
      field('#password', `\${env:JOURNEY_PASSWORD}`),
      { type: 'click', target: 'main', selectors: [['#in']], offsetX: 5, offsetY: 5 },
      { type: 'waitForElement', target: 'main', selectors: [[expect]] },
    ],
  });
}
