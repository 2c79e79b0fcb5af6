import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { toHumanError } from '../../core/errors';
import { checkNode, MIN_NODE } from '../nodeVersion';
import { BrowserProcess } from './browserProcess';
import { canSandbox, type FoundBrowser, findBrowser } from './findBrowser';

/** The first milestone with the new headless mode that audits use (developer.chrome.com, "New headless"). */
export const MIN_BROWSER = 112;
const LAUNCH_WITHIN = 20_000;

/** One thing that was checked. `remedy` says what to do; only where something is wrong or worth knowing. */
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

/**
 * Checks what an audit needs, in the order in which it would fail, and names one remedy for each cause.
 * Starts the browser once, without any page, and ends it again.
 */
export async function examine(
  options: { setting?: string | undefined; downloaded?: string | undefined; node?: string } = {},
): Promise<DoctorReport> {
  const diagnoses: Diagnosis[] = [];
  const add = (diagnosis: Diagnosis) => diagnoses.push(diagnosis);
  const failed = (id: Diagnosis['id'], error: unknown) => {
    const { message, next } = toHumanError(error);
    add({ id, status: 'failed', message, remedy: next });
  };
  const node = options.node ?? process.versions.node;
  try {
    checkNode(node);
    add({ id: 'node', status: 'ok', message: `Node ${node} (needs ${MIN_NODE} or newer)` });
  } catch (error) {
    failed('node', error);
  }
  let browser: FoundBrowser | undefined;
  try {
    browser = await findBrowser(options);
    add({ id: 'browser', status: 'ok', message: `${browser.name} at ${browser.path} (${browser.from})` });
  } catch (error) {
    failed('browser', error);
  }
  let profiles: string | undefined;
  try {
    profiles = await mkdtemp(path.join(os.tmpdir(), `ux-audit-${process.pid}-`));
    if (browser) await launchOnce(browser, profiles, canSandbox(), add);
  } catch (error) {
    if (profiles === undefined) {
      add({
        id: 'temporary-folder',
        status: 'failed',
        message: `The folder for temporary files cannot be written to: ${os.tmpdir()}`,
        remedy: 'Free some space, or set TMPDIR to a folder you may write to.',
      });
    } else {
      failed('launch', error);
    }
  } finally {
    if (profiles) await rm(profiles, { recursive: true, force: true, maxRetries: 5 });
  }
  const healthy = diagnoses.every(({ status }) => status !== 'failed');
  return { healthy, diagnoses, ...(browser && { browser }) };
}

async function launchOnce(
  found: FoundBrowser,
  profiles: string,
  sandbox: boolean,
  add: (diagnosis: Diagnosis) => void,
): Promise<void> {
  const browser = await BrowserProcess.launch({ path: found.path, sandbox, profiles });
  let timer: NodeJS.Timeout | undefined;
  try {
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`the browser did not answer within ${LAUNCH_WITHIN / 1000} s`)),
        LAUNCH_WITHIN,
      );
    });
    const product = await Promise.race([browser.version(), tooLong]).catch((error: unknown) => {
      if (sandbox && toHumanError(error).code === 'sandbox-refused') return undefined;
      throw error;
    });
    if (product === undefined) return await launchOnce(found, profiles, false, add); // as audits do
    add({ id: 'launch', status: 'ok', message: `It starts and answers as ${product}` });
    add(
      milestone(product) >= MIN_BROWSER
        ? { id: 'version', status: 'ok', message: `Version ${milestone(product)} (needs ${MIN_BROWSER} or newer)` }
        : {
            id: 'version',
            status: 'failed',
            message: `Version ${milestone(product)} of the browser is too old; audits need ${MIN_BROWSER} or newer.`,
            remedy: 'Update the browser, or choose another one (setting uxAudit.browserPath, option --browser).',
          },
    );
    if (!sandbox) {
      add({
        id: 'sandbox',
        status: 'warning',
        message: 'The browser is started without its sandbox: it is refused here (root, a container, or WSL).',
        remedy: 'Audit only pages you trust, or run as an ordinary user where user namespaces are allowed.',
      });
    }
  } finally {
    clearTimeout(timer);
    await browser.dispose();
  }
}
