import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEngine } from '../../src/engine/auditEngine';
import { canSandbox, findBrowser } from '../../src/engine/browsers/findBrowser';
import { answersNode } from '../../src/engine/servers/preflight';
import { headlessShell, inHeadlessShell } from './headlessShell';
import { type Handler, Place, page, type Site, selfSigned, serve, workerFile } from './support';

inHeadlessShell();

let place: Place;
let engine: AuditEngine;
let site: Site;
const close: (() => unknown)[] = [];

const redirect =
  (location: string, cookie?: string): Handler =>
  (_, response) =>
    response.writeHead(302, { location, ...(cookie && { 'set-cookie': cookie }) }).end();
const raw =
  (text: string): Handler =>
  (_, response) =>
    response.socket?.end(text);
const html = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';

/** Pages that a browser loads, each with the reason why Node does not, or does not get a page. */
const loaded: Record<string, Handler> = {
  '/cookie': (request, response) =>
    /seen=1/.test(request.headers.cookie ?? '')
      ? response.end(page())
      : redirect('/cookie', 'seen=1; Path=/')(request, response),
  '/session': (request, response) =>
    /sess=ok/.test(request.headers.cookie ?? '')
      ? response.end(page())
      : redirect('/set-session', 'x=1')(request, response),
  '/set-session': redirect('/session', 'sess=ok; Path=/'),
  '/bot-wall': (request, response) =>
    /Mozilla/.test(request.headers['user-agent'] ?? '') ? response.end(page()) : response.writeHead(403).end('no bots'),
  '/big-headers': (_, response) => response.writeHead(200, { 'x-big': 'a'.repeat(40_000) }).end(page()),
  '/odd-header': raw(`${html}X Bad Name: 1\r\nContent-Length: ${page().length}\r\n\r\n${page()}`),
  '/never-ends': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).write(page());
  },
  '/dialogs': (_, response) =>
    response.end(page('Dialogs', '<script>alert(1); confirm(2); prompt(3); onload = () => alert(4)</script>')),
};

/** Addresses that a browser does not load either, with the code of the reason. */
const refused: Record<string, [handler: Handler, code: string]> = {
  '/no-address': [raw('HTTP/1.1 302 Found\r\nLocation: http://[bad\r\nContent-Length: 0\r\n\r\n'), 'redirect-invalid'],
  '/empty-address': [raw('HTTP/1.1 302 Found\r\nLocation: \r\nContent-Length: 0\r\n\r\n'), 'redirect-invalid'],
  '/payment': [(_, response) => response.writeHead(402, { 'content-type': 'text/html' }).end(page()), 'error-status'],
  '/loop': [redirect('/loop'), 'redirect-loop'],
  '/too-large': [
    (_, response) => response.writeHead(200, { 'x-big': 'a'.repeat(300_000) }).end(page()),
    'headers-too-large',
  ],
  '/broken': [(request) => request.socket.destroy(), 'connection-reset'],
  '/no-http': [raw('220 mail.example ESMTP\r\n'), 'not-http'],
};

const visit = (url: string, options: object = {}) => engine.visit({ url, ...options }, {}, 10_000);

beforeAll(async () => {
  place = new Place().enter();
  engine = new AuditEngine({
    worker: workerFile,
    browser: { path: (await findBrowser({})).path, sandbox: canSandbox() },
  });
  site = await serve({
    '/plain': page(),
    ...loaded,
    ...Object.fromEntries(Object.entries(refused).map(([name, [handler]]) => [name, handler])),
  });
  close.push(() => site.close());
});
afterAll(async () => {
  await engine.dispose();
  for (const end of close) await end();
  await place.isClean();
  await place.leave();
});

/** Starts a server that ends after the tests. @returns its port */
async function started(server: net.Server, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  close.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe('a page', () => {
  it('is not opened in a browser when Node gets it', async () => {
    expect(await answersNode(`${site.origin}/plain`, { url: `${site.origin}/plain` })).toBe(true);
  });

  it.each(Object.keys(loaded))('answers, says a browser: %s', async (name) => {
    await visit(`${site.origin}${name}`);
  });

  it.each(Object.entries(refused).map(([name, [, code]]) => [name, code]))(
    'does not answer, with the reason of the browser: %s, %s',
    async (name, code) => {
      const url = `${site.origin}${name}`;
      expect(await answersNode(url, { url })).toBe(false);
      await expect(visit(url)).rejects.toMatchObject({
        kind: 'page',
        code,
        message: expect.stringContaining('127.0.0.1'),
      });
    },
  );

  it('answers who has a language, as a browser that people have does', async () => {
    const language = await serve({
      '/': (request, response) =>
        request.headers['accept-language'] ? response.end(page()) : response.writeHead(406).end(),
    });
    close.push(() => language.close());
    const env = { ...process.env, CHROME_PATH: headlessShell() ? '' : process.env.CHROME_PATH };
    const { path } = await findBrowser({}, { platform: process.platform, env, home: os.homedir() });
    const engine = new AuditEngine({ worker: workerFile, browser: { path, sandbox: canSandbox() } });
    try {
      await engine.visit({ url: language.origin }, {}, 10_000);
    } finally {
      await engine.dispose();
    }
  });

  it('answers at a name of this machine that Node does not know', async () => {
    await visit(`http://shop.localhost:${site.port}/plain`);
  });

  it('answers on the IPv6 address of localhost alone', async () => {
    const port = await started(
      http.createServer((_, response) => response.end(page())),
      '::1',
    );
    await visit(`http://localhost:${port}/`);
  });

  it('answers by HTTP/2 alone', async () => {
    const server = http2.createSecureServer({ ...selfSigned(place.root), allowHTTP1: false });
    server.on('stream', (stream) => {
      stream.respond({ ':status': 200, 'content-type': 'text/html' });
      stream.end(page());
    });
    const port = await started(server);
    await visit(`https://localhost:${port}/`, { ignoreCertificateErrors: true });
    await expect(visit(`https://localhost:${port}/`)).rejects.toMatchObject({ code: 'certificate' });
  });

  it('does not answer on a port that browsers refuse', async () => {
    await expect(visit('http://127.0.0.1:6667/')).rejects.toMatchObject({
      code: 'unsafe-port',
      message: expect.stringContaining('6667'),
    });
  });

  it('does not answer when only the beginning of an answer comes', async () => {
    const port = await started(
      net.createServer((socket) => {
        socket.on('error', () => {}).once('data', () => socket.write('HTTP/1.1 200 OK\r\n'));
      }),
    );
    await expect(engine.visit({ url: `http://127.0.0.1:${port}/` }, {}, 500)).rejects.toMatchObject({
      code: 'no-answer',
    });
  });
});
