import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { HumanError } from '../../core/errors';
import { isLoopback } from '../../core/record/targets';

/** The longest request. Bytes; the longest comment takes less. */
const MOST = 16 * 1024;

/** What became of what a page sent: new, known already, or no answer. */
export type Taken = 'new' | 'known' | 'refused';

/** A running receiver of survey answers. */
export interface SurveyReceiver {
  /** Its address, such as `http://127.0.0.1:8737/`. */
  url: string;
  /** Stops once the answers that are arriving are stored. */
  stop(): Promise<void>;
}

/**
 * Takes survey answers at `/answers` on this machine alone, and serves the survey's page at `/`. Pages of other
 * machines are refused, whatever name leads here. Keeps nothing of a request but its answer: no address, no browser.
 *
 * @param options.port 0 for a free one
 * @param options.take stores an answer; a page is told that it arrived only after that. What it throws answers 500, and
 *   the page tries again.
 * @throws HumanError `port-taken`
 */
export async function receiveAnswers(options: {
  port: number;
  page: string | undefined;
  take: (answer: unknown) => Promise<Taken>;
}): Promise<SurveyReceiver> {
  const server = http.createServer((request, response) => {
    void answer(request, options).then(({ status, headers, body }) => {
      if (!response.destroyed) response.writeHead(status, { 'cache-control': 'no-store', ...headers }).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  }).catch((cause: NodeJS.ErrnoException) => {
    const what = `Port ${options.port} of this machine cannot be used: ${cause.message}`;
    const next = 'End what uses it, or name another one with --port.';
    throw new HumanError('environment', 'port-taken', { what, next }, { cause });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

const said = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/plain', connection: 'close' },
  body: http.STATUS_CODES[status] ?? '',
});

async function answer(
  request: http.IncomingMessage,
  { page, take }: Parameters<typeof receiveAnswers>[0],
): Promise<Answer> {
  const { host, origin } = request.headers;
  if (!isLoopback(URL.parse(`http://${host}`)?.hostname ?? '')) return said(403);
  if (origin !== undefined && !isLoopback(URL.parse(origin)?.hostname ?? '')) return said(403);
  const pathname = URL.parse(request.url ?? '/', 'http://localhost')?.pathname;
  if (pathname === '/' && request.method === 'GET' && page !== undefined)
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page };
  if (pathname !== '/answers') return said(404);
  const headers: Record<string, string> =
    origin === undefined ? {} : { 'access-control-allow-origin': origin, vary: 'origin' };
  const allowed = { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'content-type' };
  if (request.method === 'OPTIONS') return { status: 204, headers: { ...headers, ...allowed } };
  if (request.method !== 'POST') return said(405);
  // a page elsewhere cannot send this type without asking first
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return said(415);
  if (Number(request.headers['content-length']) > MOST) return said(413);
  const text = await bodyOf(request);
  if (text === undefined) return said(413);
  try {
    const taken = await take(parsed(text));
    return taken === 'refused' ? { ...said(400), headers } : { status: 204, headers };
  } catch {
    return { ...said(500), headers };
  }
}

/** The body as text; undefined when it is too long or was cut off. */
async function bodyOf(request: http.IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > MOST) return undefined;
      parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
