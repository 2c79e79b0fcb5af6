import { spawn } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import compression from 'compression';
import send from 'send';
import { cancelled, HumanError } from '../../core/errors';
import type { Serve } from '../../core/record/record';
import { isLoopback } from '../../core/record/targets';
import { isWithin, leadsOut } from '../../storage/writablePath';
import { killGroup } from '../killGroup';
import { pathnameOf, servedFile } from './servedFile';

/** A running site. */
export interface RunningSite {
  origin: string;
  stop(): Promise<void>;
}

/** How a site is started. */
export interface SiteOptions {
  signal?: AbortSignal | undefined;
  /** Gets what a command prints. */
  log?: ((line: string) => void) | undefined;
  /** How long a command may take until its URL answers. Milliseconds. */
  readyWithin?: number;
}

/** How long a command may take until its URL answers. Milliseconds. */
const READY_WITHIN = 120_000;

function siteError(code: string, what: string, next: string): HumanError {
  return new HumanError('page', code, { what, next });
}

/** Answers with a file of a folder. The whole answer to anything else is its status. */
async function answerFile(root: string, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const refuse = (status: number) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(status, { 'content-type': 'text/plain' }).end(http.STATUS_CODES[status]);
  };
  // a page elsewhere can let its own name lead to this machine, and then read what is served
  if (!isLoopback(URL.parse(`http://${request.headers.host}`)?.hostname ?? '')) return refuse(403);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const pathname = pathnameOf(request.url ?? '/');
  if (pathname === undefined) return refuse(400);
  const file = await servedFile(root, pathname);
  if (file === undefined) return refuse(404);
  const below = path.relative(root, file).split(path.sep).map(encodeURIComponent).join('/');
  send(request, `/${below}`, { root, dotfiles: 'allow', index: false, cacheControl: false })
    .on('error', ({ code, status }: { code?: string; status?: number }) =>
      refuse(code === 'EACCES' || code === 'EPERM' ? 403 : (status ?? 500)),
    )
    .pipe(response);
}

/**
 * Serves a folder as static files on a free port of this machine, compressed as any host would.
 * @throws HumanError `folder-missing`
 */
export async function serveFolder(folder: string): Promise<RunningSite> {
  const entry = await stat(folder).catch(() => undefined);
  if (!entry?.isDirectory()) {
    const what = `The folder to serve does not exist: ${folder}`;
    throw siteError('folder-missing', what, 'Build the site first, or correct the folder.');
  }
  const root = await realpath(folder);
  const compress = compression();
  const server = http.createServer((request, response) => {
    compress(request as never, response as never, () => void answerFile(root, request, response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The folder to serve. One inside the workspace must be neither a link out of it nor git's own. */
async function folderIn(root: string, name: string): Promise<string> {
  const folder = path.resolve(root, name);
  const [top, real] = (await Promise.all([root, folder].map((entry) => realpath(entry).catch(() => entry)))) as [
    string,
    string,
  ];
  if (leadsOut(root, folder) || isWithin(top, real)) return folder;
  throw leadsOut(top, real)
    ? siteError(
        'folder-outside',
        `The folder to serve, ${name}, is a link to ${real}, which is outside the workspace.`,
        'Name that folder itself, if it is the right one.',
      )
    : siteError('folder-of-git', `The folder to serve, ${name}, belongs to git.`, 'Correct the folder.');
}

async function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get(url.replace(/^https:/, 'http:'), { agent: false, timeout: 2_000 }, (response) => {
      response.destroy();
      resolve(true);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNRESET' || error.code === 'HPE_INVALID_CONSTANT'),
    );
  });
}

/**
 * Starts a target's site: serves a folder as static files, or runs a command and waits until its URL answers. A site
 * that answers already is used and never stopped. `{port}` in a command and its URL becomes a free port.
 *
 * @param root the workspace folder: paths are relative to it and the command runs in it
 * @throws HumanError of kind `page`: folder-missing, folder-outside, folder-of-git, serve-failed, serve-not-ready
 */
export async function startSite(serve: Serve, root: string, options: SiteOptions = {}): Promise<RunningSite> {
  if ('folder' in serve) return serveFolder(await folderIn(root, serve.folder as string));
  const { command, url } = await onFreePort(serve as { command: string; url: string });
  const { origin } = new URL(url);
  if (await answers(url)) return { origin, stop: async () => {} };
  const child = spawn(command, {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // its own group, so that stopping it also ends its children
    env: { ...process.env, BROWSER: 'none' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000);
      options.log?.(text.trimEnd());
    });
  }
  let ended = false;
  const end = new Promise<void>((resolve) => {
    const noteEnd = () => {
      ended = true;
      resolve();
    };
    child.once('exit', noteEnd).once('error', noteEnd);
  });
  const kill = (signal: NodeJS.Signals) => {
    const isGone = ended && process.platform === 'win32'; // elsewhere its children may still run
    if (child.pid !== undefined && !isGone) killGroup(child.pid, signal);
  };
  const stop = async () => {
    kill('SIGTERM');
    await Promise.race([end, delay(3_000, undefined, { ref: false })]);
    kill('SIGKILL');
    await end;
  };
  const readyWithin = options.readyWithin ?? READY_WITHIN;
  for (const deadline = Date.now() + readyWithin; ; ) {
    if (await answers(url)) return { origin, stop };
    if (options.signal?.aborted) {
      await stop();
      throw cancelled();
    }
    if (ended) {
      await stop(); // it may have left children in the background
      throw siteError(
        'serve-failed',
        `The command that serves the site ended: ${command}${said ? ` (${lastLine(said)})` : ''}`,
        'Run it in a terminal to see what is wrong.',
      );
    }
    if (Date.now() > deadline) {
      await stop();
      throw siteError(
        'serve-not-ready',
        `${url} did not answer within ${Math.round(readyWithin / 1000)} s after "${command}" was started.`,
        'Check the command and the URL of the target.',
      );
    }
    await delay(100);
  }
}

/** Where the record leaves the port of a command to us. */
const PORT = '{port}';

/** A command and its URL with a free port of this machine in place of {@link PORT}, if they have one. */
async function onFreePort({
  command,
  url,
}: {
  command: string;
  url: string;
}): Promise<{ command: string; url: string }> {
  if (!command.includes(PORT)) return { command, url };
  const server = http.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return { command: command.replaceAll(PORT, String(port)), url: url.replaceAll(PORT, String(port)) };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
