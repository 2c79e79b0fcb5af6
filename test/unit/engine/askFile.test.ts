import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askFile } from '../../../src/engine/servers/askFile';

let origin: string;
const asked: (string | undefined)[] = [];
const server = http.createServer((request, response) => {
  asked.push(request.url);
  const answer = (status: number, type: string, text: string, headers = {}) =>
    response.writeHead(status, { 'content-type': type, ...headers }).end(text);
  if (request.url === '/app.js') return answer(200, 'text/javascript', 'let ä;', { sourcemap: 'app.map' });
  if (request.url === '/page.js') return answer(200, 'text/html; charset=utf-8', '<p>');
  if (request.url === '/moved.js') return answer(302, 'text/javascript', '', { location: '/app.js' });
  return answer(404, 'text/javascript', 'let a;');
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it('has the text of a file of a server, and the address of its source map', async () => {
  expect(await askFile(`${origin}/app.js`, 100)).toEqual({ text: 'let ä;', map: 'app.map' });
});

it.each(['/page.js', '/moved.js', '/gone.js'])('has nothing of %s', async (path) => {
  expect(await askFile(`${origin}${path}`, 100)).toBeUndefined();
  expect(asked.at(-1)).toBe(path);
});

it('has nothing of a file that is too large, or where nothing answers', async () => {
  expect(await askFile(`${origin}/app.js`, 3)).toBeUndefined();
  expect(await askFile('http://127.0.0.1:1/app.js', 100)).toBeUndefined();
});

it.each(['https://shop.example/app.js', 'http://192.168.0.1/app.js', 'file:///app.js', 'no address'])(
  'does not ask %s',
  async (url) => {
    expect(await askFile(url, 100)).toBeUndefined();
  },
);
