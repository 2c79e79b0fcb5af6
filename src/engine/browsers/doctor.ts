import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toHumanError } from '../../core/errors';
import { checkNode, MIN_NODE } from '../nodeVersion';
import { BrowserProcess } from './browserProcess';
import { canSandbox, type FoundBrowser, findBrowser } from './findBrowser';

/** The first milestone with the new headless mode that audits use (developer.chrome.com, "New headless"). */
export const MIN_BROWSER = 112;
/** How long the browser may take to answer. Milliseconds. */
const LAUNCH_WITHIN = 20_000;

/** One check. `remedy` says what to do, if anything. */
export interface Diagnosis {
  id: 'node' | 'browser' | 'launch' | 'version' | 'sandbox' | 'temporary-folder';
  status: 'ok' | 'warning' | 'failed';
  message: string;
  remedy?: string;
}

export interface DoctorReport {
  healthy: boolean;
  browser?: FoundBrowser;
  diagnoses: Diagnosis[];
}

/** The milestone in a product such as `Chrome/156.0.8078.79`. */
function milestone(product: string): number {
  return Number(/\/(\d+)/.exec(product)?.[1] ?? 0);
}

type Add = (diagnosis: Diagnosis) => void;

/**
 * Checks what an audit needs, in the order in which it would fail, with one remedy for each cause. Starts the browser
 * once, without a page.
 */
export async function examine(
  options: { setting?: string | undefined; downloaded?: string | undefined; node?: string } = {},
): Promise<DoctorReport> {
  const diagnoses: Diagnosis[] = [];
  const add: Add = (diagnosis) => diagnoses.push(diagnosis);
  const check = async <T>(id: Diagnosis['id'], work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      const { message, next: remedy } = toHumanError(error);
      add({ id, status: 'failed', message, remedy });
    }
  };
  const node = options.node ?? process.versions.node;
  await check('node', () => {
    checkNode(node);
    add({ id: 'node', status: 'ok', message: `Node ${node} (needs ${MIN_NODE} or newer)` });
  });
  const browser = await check('browser', () => findBrowser(options));
  if (browser) add({ id: 'browser', status: 'ok', message: `${browser.name} at ${browser.path} (${browser.from})` });
  const profiles = await mkdtemp(path.join(os.tmpdir(), `ux-audit-${process.pid}-`)).catch(() => undefined);
  if (profiles === undefined) {
    add({
      id: 'temporary-folder',
      status: 'failed',
      message: `The folder for temporary files cannot be written to: ${os.tmpdir()}`,
      remedy: 'Free some space, or set TMPDIR to a folder you may write to.',
    });
  } else {
    if (browser) await check('launch', () => launchOnce(browser.path, profiles, canSandbox(), add));
    await rm(profiles, { recursive: true, force: true, maxRetries: 5 });
  }
  const healthy = diagnoses.every(({ status }) => status !== 'failed');
  return { healthy, diagnoses, ...(browser && { browser }) };
}

async function launchOnce(program: string, profiles: string, sandbox: boolean, add: Add): Promise<void> {
  const browser = await BrowserProcess.launch({ path: program, sandbox, profiles });
  const slow = new AbortController();
  try {
    const tooLong = delay(LAUNCH_WITHIN, undefined, { signal: slow.signal }).then(() => {
      throw new Error(`the browser did not answer within ${LAUNCH_WITHIN / 1000} s`);
    });
    const product = await Promise.race([browser.version(), tooLong]).catch((error: unknown) => {
      if (sandbox && toHumanError(error).code === 'sandbox-refused') return undefined;
      throw error;
    });
    if (product === undefined) return await launchOnce(program, profiles, false, add); // as audits do
    add({ id: 'launch', status: 'ok', message: `It starts and answers as ${product}` });
    add(versionDiagnosis(milestone(product)));
    if (sandbox) return;
    add({
      id: 'sandbox',
      status: 'warning',
      message: 'The browser is started without its sandbox: it is refused here (root, a container, or WSL).',
      remedy: 'Audit only pages you trust, or run as an ordinary user where user namespaces are allowed.',
    });
  } finally {
    slow.abort();
    await browser.dispose();
  }
}

function versionDiagnosis(version: number): Diagnosis {
  if (version >= MIN_BROWSER) {
    return { id: 'version', status: 'ok', message: `Version ${version} (needs ${MIN_BROWSER} or newer)` };
  }
  return {
    id: 'version',
    status: 'failed',
    message: `Version ${version} of the browser is too old; audits need ${MIN_BROWSER} or newer.`,
    remedy: 'Update the browser, or choose another one (setting uxAudit.browserPath, option --browser).',
  };
}
