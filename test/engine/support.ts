import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../patience';
import { headlessShell } from './headlessShell';

export const repository = path.resolve(import.meta.dirname, '../..');
/** The worker that is shipped, unless a stage names another (unpatched.mjs). */
export const workerFile = process.env.UX_AUDIT_WORKER ?? path.join(repository, 'dist', 'auditWorker.js');
export const cliFile = path.join(repository, 'dist', 'cli.mjs');

/** A page that paints, has a title and a language, and a finding: its image lacks an alternative text. */
export function page(title = 'A page', body = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body><main><h1>${title}</h1><p>Some text to read.</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" width="10" height="10">${body}</main></body></html>`;
}

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** A server on this machine. */
export interface Site {
  origin: string;
  port: number;
  /** Every request so far, in order: path with query, and headers. */
  requests: { url: string; headers: http.IncomingHttpHeaders }[];
  close(): Promise<void>;
}

/** Serves pages by path (text is HTML; anything else is a handler); other paths are not found. */
export async function serve(
  pages: Record<string, string | Handler>,
  options: { port?: number; tls?: { key: string; cert: string } } = {},
): Promise<Site> {
  const requests: Site['requests'] = [];
  const listener: http.RequestListener = (request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    const answer = pages[new URL(request.url ?? '/', 'http://x').pathname];
    if (answer === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    else if (typeof answer === 'string')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(answer);
    else answer(request, response);
  };
  const server = options.tls ? https.createServer(options.tls, listener) : http.createServer(listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A key and a certificate for this machine that nobody signed but itself. */
export function selfSigned(folder: string): { key: string; cert: string } {
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

/** A process on this machine. */
export interface FoundProcess {
  pid: number;
  parent: number;
  command: string;
}

function readProcess(pid: number): (FoundProcess & { environment: string; state: string }) | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    let environment = '';
    try {
      environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    } catch {
      // somebody else's process
    }
    return { pid, parent: Number(parent), command, environment, state };
  } catch {
    return undefined; // it has ended meanwhile
  }
}

/** The living processes whose command line or environment names a text: a temporary folder, say. */
export function processesNaming(text: string): FoundProcess[] {
  if (process.platform !== 'linux') return []; // what follows is looked up where only Linux has it
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => readProcess(Number(name)) ?? [])
    .filter(
      ({ state, command, environment }) => state !== 'Z' && (command.includes(text) || environment.includes(text)),
    );
}

/** The processes of the browser that has its profile below a folder: the main one, or those of one type. */
export function browserProcesses(temporary: string, type?: string): FoundProcess[] {
  return processesNaming(temporary).filter(({ command }) =>
    type === undefined
      ? command.includes('--remote-debugging-pipe') && !command.includes('--type=')
      : command.includes(`--type=${type}`),
  );
}

/**
 * A place of its own for one test: a workspace, and a folder for temporary files by which every process of it and
 * everything it leaves behind can be told.
 */
export class Place {
  readonly root = mkdtempSync(path.join(os.tmpdir(), 'p-')); // short: a path of a browser's socket has a limit
  readonly workspace = path.join(this.root, 'workspace');
  readonly temporary = path.join(this.root, 'tmp');
  private readonly before = process.env.TMPDIR;

  constructor() {
    mkdirSync(this.workspace);
    mkdirSync(this.temporary);
  }

  /** Makes the temporary folder the one of this process and of every process it starts. */
  enter(): this {
    process.env.TMPDIR = this.temporary;
    return this;
  }

  get record(): string {
    return path.join(this.workspace, 'ux-audit', 'findings.json');
  }

  /** The text of the record; undefined while there is none. */
  recordText(): string | undefined {
    return existsSync(this.record) ? readFileSync(this.record, 'utf8') : undefined;
  }

  writeRecord(text: string): void {
    mkdirSync(path.dirname(this.record), { recursive: true });
    writeFileSync(this.record, text);
  }

  /** Writes a file below the workspace and returns its path. */
  write(file: string, text: string): string {
    const whole = path.join(this.workspace, file);
    mkdirSync(path.dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  }

  /** What is there that should not be: folders of audits, locks, and processes other than `except`. */
  leftovers(except: readonly number[] = []): string[] {
    const folders = readdirSync(this.temporary).filter((name) => !name.startsWith('ux-audit-measuring-'));
    const locks = readdirSync(this.temporary)
      .filter((name) => name.startsWith('ux-audit-measuring-'))
      .flatMap((name) => readdirSync(path.join(this.temporary, name)));
    const processes = processesNaming(this.temporary)
      .filter(({ pid }) => !except.includes(pid) && !isHelper(pid))
      .map(({ pid, command }) => `process ${pid} ${command.slice(0, 120)}`);
    return [...folders, ...locks, ...processes];
  }

  /** Waits until nothing of any audit is left. */
  async isClean(except: readonly number[] = []): Promise<void> {
    let left: string[] = [];
    await eventually(() => {
      left = this.leftovers(except);
      return left.length === 0;
    }, 'nothing is left of the audits').catch(() => {
      throw new Error(`left behind: ${left.join(', ')}`);
    });
  }

  /** Ends what is left and removes the folders. */
  async leave(): Promise<void> {
    if (this.before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = this.before;
    for (const { pid } of processesNaming(this.temporary)) {
      if (isHelper(pid)) continue;
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // it has ended meanwhile
      }
    }
    await eventually(() => {
      rmSync(this.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      return !existsSync(this.root);
    }, 'the folders of the test are removed');
  }
}

/** Whether a process belongs to the test runner, which may have inherited the folder of a test. */
function isHelper(pid: number): boolean {
  return /vitest|esbuild/.test(readProcess(pid)?.command.split(' ').slice(0, 3).join(' ') ?? '');
}

/** A finished run of the terminal program. */
export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A running terminal program. */
export interface RunningCli {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  ended: Promise<CliResult>;
}

/** Starts dist/cli.mjs in the workspace of a place; `prefix` is a command to start it through, `types` gives it input. */
export function startCli(
  place: Place,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; prefix?: readonly string[]; detached?: boolean; types?: boolean } = {},
): RunningCli {
  const [program = process.execPath, ...rest] = [...(options.prefix ?? []), process.execPath, cliFile, ...args];
  const own: NodeJS.ProcessEnv = { CHROME_PATH: headlessShell(), ...options.env };
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: place.temporary, ...own };
  for (const name of ['CHROME_PATH', 'UX_AUDIT_DEBUG']) if (own[name] === undefined) delete env[name];
  const child = spawn(program, rest, {
    cwd: place.workspace,
    env,
    stdio: [options.types ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    detached: options.detached ?? false,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

/** Runs dist/cli.mjs to its end. */
export function cli(
  place: Place,
  args: readonly string[],
  options: Parameters<typeof startCli>[2] = {},
): Promise<CliResult> {
  return startCli(place, args, options).ended;
}

/** Every file below a folder, by path. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
