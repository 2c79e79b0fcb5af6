import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSite, serveFolder, startSite } from '../../../src/engine/servers/siteServer';

let top: string;
let site: RunningSite;
const put = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(top, name)), { recursive: true });
  writeFileSync(path.join(top, name), text);
};

beforeAll(async () => {
  top = mkdtempSync(path.join(os.tmpdir(), 'site-test-'));
  for (const [name, text] of [
    ['site/index.html', '<title>home</title>'],
    ['site/about.html', '<title>about</title>'],
    ['site/shop/index.html', '<title>shop</title>'],
    ['site/data.txt', '0123456789'],
    ['site/ä b.txt', 'umlaut'],
    ['site/.well-known/security.txt', 'contact'],
    ['site/.env', 'SECRET'],
    ['site/.git/config', 'SECRET'],
    ['site/shop/.htpasswd', 'SECRET'],
    ['outside/key', 'SECRET'],
    ['outside/index.html', 'SECRET'],
    ['site-of-others/key', 'SECRET'],
  ] as const)
    put(name, text);
  for (const [link, target] of [
    ['site/link.txt', '../outside/key'],
    ['site/folder', '../outside'],
    ['site/env.txt', '.env'],
    ['site/inside.txt', 'data.txt'],
    ['site/loop', 'loop'],
  ] as const)
    symlinkSync(target, path.join(top, link));
  execFileSync('mkfifo', [path.join(top, 'site', 'pipe')]);
  site = await serveFolder(path.join(top, 'site'));
});
afterAll(async () => {
  await site.stop();
  rmSync(top, { recursive: true, force: true });
});

/** Requests an address as it stands, which fetch would tidy up. */
function request(address: string, options: http.RequestOptions = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(site.origin);
    const sent = http.request({ host: '127.0.0.1', port, path: address, agent: false, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('a served folder', () => {
  it.each([
    ['/', 'home'],
    ['/index.html', 'home'],
    ['/about', 'about'],
    ['/shop', 'shop'],
    ['/shop/?x=1', 'shop'],
    ['/%C3%A4%20b.txt', 'umlaut'],
    ['/inside.txt', '0123456789'],
    ['/.well-known/security.txt', 'contact'],
  ])('answers %s', async (address, text) => {
    expect(await request(address)).toEqual({ status: 200, body: expect.stringContaining(text) });
  });

  it('answers a part of a file', async () => {
    expect(await request('/data.txt', { headers: { range: 'bytes=2-4' } })).toEqual({ status: 206, body: '234' });
  });

  it.each([
    ['a range that ends before it begins', '/data.txt', { headers: { range: 'bytes=9-2' } }, 416],
    ['a range behind the end', '/data.txt', { headers: { range: 'bytes=50-' } }, 416],
    ['another host', '/', { headers: { host: 'shop.example' } }, 403],
    ['another host with its port', '/', { headers: { host: 'shop.example:80' } }, 403],
    ['another method', '/', { method: 'POST' }, 405],
    ['an escape that is none', '/%', {}, 400],
    ['a null byte', '/data.txt%00.html', {}, 400],
    ['a named pipe', '/pipe', {}, 404],
    ['a link to itself', '/loop', {}, 404],
  ] as const)('refuses %s', async (_, address, options, status) => {
    expect((await request(address, options as http.RequestOptions)).status).toBe(status);
  });

  it('lets none of 200 hostile requests out of the folder, or end the program', async () => {
    const ways = ['', '/', '//', '/./', '/shop/..', '/shop/%2e%2e', '/%2e', '/%252e%252e', '/folder/..', '\\'];
    const aims = [
      '/.env',
      '/.git/config',
      '/%2egit/config',
      '/shop/.htpasswd',
      '/link.txt',
      '/folder/key',
      '/folder/',
      '/folder',
      '/env.txt',
      '/../outside/key',
      '/%2e%2e/outside/key',
      '/..%2foutside%2fkey',
      '/..\\outside\\key',
      '/../site-of-others/key',
      '/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd',
      '//outside/key',
      `${path.resolve(top, 'outside/key')}`,
      '/site/../outside/key',
      '/.%65nv',
      '/.ENV',
    ];
    const answers: Record<number, number> = {};
    let asked = 0;
    for (const way of ways) {
      for (const aim of aims) {
        const { status, body } = await request(`${way}${aim}` || '/', {
          headers: asked % 3 === 0 ? { range: `bytes=${asked % 7}-${asked % 5}` } : {},
        });
        asked += 1;
        answers[status] = (answers[status] ?? 0) + 1;
        expect(body, `${way}${aim}`).not.toMatch(/SECRET|root:/);
      }
    }
    console.log(`hostile requests to a served folder: ${asked}, answered ${JSON.stringify(answers)}, 0 from outside`);
    expect(asked).toBe(200);
    expect((await request('/')).status).toBe(200);
  });

  it('goes on after a connection that breaks off, and after one that speaks no HTTP', async () => {
    put('site/large.bin', 'x'.repeat(5_000_000));
    const { port } = new URL(site.origin);
    const heads = [
      'GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'no http at all\r\n\r\n',
      'GET / HTTP/1.1\r\n',
    ];
    for (const head of heads) {
      await new Promise<void>((resolve) => {
        const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(head));
        const end = () => {
          socket.destroy();
          resolve();
        };
        socket.once('data', end).once('error', end);
        if (head.endsWith('1\r\n')) socket.once('connect', () => setImmediate(end)); // a head that is cut off
      });
    }
    expect(await request('/')).toMatchObject({ status: 200 });
  });

  it('is not one that a link leads out of the workspace', async () => {
    await expect(startSite({ folder: 'folder' }, path.join(top, 'site'))).rejects.toMatchObject({
      code: 'folder-outside',
      message: expect.stringContaining(path.join('outside')),
    });
  });

  it("is not git's own, which no page needs", async () => {
    for (const folder of ['.git', 'shop/../.git', '.git/hooks'])
      await expect(startSite({ folder }, path.join(top, 'site'))).rejects.toMatchObject({ code: 'folder-of-git' });
  });
});
