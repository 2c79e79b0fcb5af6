import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_FLAGS } from 'chrome-launcher/dist/flags.js';
import { HumanError } from '../../core/errors';
import { killGroup } from '../killGroup';

/** How to start the browser. */
export interface BrowserLaunch {
  path: string;
  sandbox: boolean;
  /** The folder in which each browser gets its own profile. */
  profiles: string;
  ignoreCertificateErrors?: boolean;
  /** Whether people see its window. */
  isVisible?: boolean | undefined;
  /** Features to switch on, by their names. */
  features?: readonly string[] | undefined;
}

/**
 * The longest path of a folder in which a browser can have its socket (`org.chromium.Chromium.abcdef/SingletonSocket`):
 * the system limits the whole path to 104 bytes on macOS, 108 on Linux.
 */
const MAX_SOCKET_FOLDER = 57;

/**
 * Features of the browser's own window that no page uses. Each new browser would draw them ahead, which takes a second
 * of processor time and 75 MB. Puppeteer's launcher leaves them out too (puppeteer 15278).
 */
const UNUSED_PARTS = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];
/** Features that ask the browser's maker for something: the time, a search by AI, a connection to the search engine. */
const UNASKED = ['NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'];

/**
 * Services that a browser calls although nobody asked it to, and that no feature switches off: accounts and messages.
 * Browsers refuse this port before they connect.
 */
const NO_SERVICES = ['--gaia-url=http://127.0.0.1:9', '--gcm-checkin-url=http://127.0.0.1:9'];

/** How much of the browser's output during its start to keep. Characters. */
const MAX_STDERR = 8_000;

/**
 * A browser that is controlled over a debugging pipe: it opens no port, and ends when this process ends. `send`,
 * `close`, `onmessage` and `onclose` are puppeteer's ConnectionTransport.
 */
export class BrowserProcess {
  onmessage?: (message: string) => void;
  onclose?: () => void;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  private readonly saidAll: Promise<void>;
  private stderr = '';
  private alive = true;

  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
  ) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-MAX_STDERR);
    });
    this.saidAll = new Promise((resolve) => {
      child.stderr?.once('close', resolve);
    });
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.alive = false;
        this.onclose?.();
        resolve();
      };
      child.once('exit', end);
      child.once('error', (error: NodeJS.ErrnoException & { path?: string }) => {
        this.stderr += error.code === 'ENOENT' ? `there is no program at ${error.path}` : error.message;
        end();
      });
    });
    const fromBrowser = child.stdio[4] as Readable | null;
    let rest: Buffer[] = [];
    fromBrowser?.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
        rest.push(chunk.subarray(start, end));
        this.onmessage?.(Buffer.concat(rest).toString('utf8'));
        rest = [];
        start = end + 1;
      }
      if (start < chunk.length) rest.push(chunk.subarray(start));
    });
    fromBrowser?.on('error', () => {});
    (child.stdio[3] as Writable | null)?.on('error', () => {}); // the browser has ended, so `ended` resolves
  }

  /**
   * Starts a browser with a fresh profile and the flags of the `lighthouse` command, without parts of the browser's own
   * window. {@link version} resolves when it is ready.
   */
  static async launch(options: BrowserLaunch): Promise<BrowserProcess> {
    const profile = await mkdtemp(path.join(options.profiles, 'profile-'));
    const child = spawn(
      options.path,
      [
        ...browserFlags(options.features),
        // a window would warn people of this flag
        ...(process.platform === 'linux' && !options.isVisible ? ['--disable-setuid-sandbox'] : []),
        ...(options.isVisible ? [] : ['--headless=new']),
        '--remote-debugging-pipe',
        `--user-data-dir=${profile}`,
        ...(options.sandbox ? [] : ['--no-sandbox']),
        ...(options.ignoreCertificateErrors ? ['--ignore-certificate-errors'] : []),
        'about:blank',
      ],
      // its own process group, so that all of its processes can be ended together
      {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
        // temporary files of a killed browser are then removed with the profiles
        ...(Buffer.byteLength(options.profiles) <= MAX_SOCKET_FOLDER && {
          env: { ...process.env, TMPDIR: options.profiles },
        }),
      },
    );
    return new BrowserProcess(child, profile);
  }

  send(message: string): void {
    const toBrowser = this.child.stdio[3] as Writable | null;
    if (this.alive && toBrowser?.writable) toBrowser.write(`${message}\0`);
  }

  /** Part of puppeteer's transport: ends the browser. */
  close(): void {
    this.kill();
  }

  get hasEnded(): boolean {
    return !this.alive;
  }

  /**
   * The browser's product and version, such as `Chrome/156.0.8078.79`, once it answers.
   * @throws HumanError `sandbox-refused` or `browser-failed` when the browser ends instead
   */
  async version(): Promise<string> {
    const answer = new Promise<string>((resolve) => {
      this.onmessage = (message) => {
        const { id, result } = JSON.parse(message) as { id?: number; result?: { product?: string } };
        if (id === 0) resolve(result?.product ?? '');
      };
    });
    this.send(JSON.stringify({ id: 0, method: 'Browser.getVersion' }));
    const product = await Promise.race([answer, this.ended.then(() => undefined)]);
    this.onmessage = undefined;
    if (product !== undefined) return product;
    await Promise.race([this.saidAll, delay(500, undefined, { ref: false })]); // its children may hold stderr open
    throw this.startError();
  }

  /** The id of its process and process group; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Ends all processes of the browser and removes its profile. */
  async dispose(): Promise<void> {
    this.kill();
    await this.ended;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }).catch(() => {});
  }

  private kill(): void {
    const { pid } = this.child;
    if (pid !== undefined && (this.alive || process.platform !== 'win32')) killGroup(pid);
  }

  private startError(): HumanError {
    const said = this.stderr.trim().split('\n').slice(-3).join(' ').trim();
    if (/no usable sandbox|without --no-sandbox|zygote|namespace|sandbox_host/i.test(this.stderr)) {
      return new HumanError('environment', 'sandbox-refused', {
        what: 'The browser refused to start because its sandbox is not available here (root, a container, or WSL).',
        next: 'Run as an ordinary user, or allow user namespaces for the browser.',
      });
    }
    return new HumanError('environment', 'browser-failed', {
      what: `The browser ended as soon as it was started${said ? `: ${said}` : '.'}`,
      next: 'Run "ux-audit doctor" (or the command UX Audit: Doctor) to see what is wrong with it.',
    });
  }
}

/** The flags of the `lighthouse` command. One list of features, since the browser uses only the last. */
function browserFlags(features: readonly string[] = []): string[] {
  const flags = DEFAULT_FLAGS.map((flag) =>
    flag.startsWith('--disable-features=') ? [flag, ...UNUSED_PARTS, ...UNASKED].join() : flag,
  );
  return [...flags, ...NO_SERVICES, ...(features.length > 0 ? [`--enable-features=${features.join()}`] : [])];
}
