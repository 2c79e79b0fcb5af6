import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findChrome, findViewer } from '../../.ci/chrome.mjs';
import { freePort } from './server.mjs';

/** Starts a virtual screen on Linux. @returns what programs need to use it, and what ends it; rejects without Xvfb */
export async function startDisplay() {
  if (process.platform !== 'linux') return { env: {}, stop: async () => {} };
  const given = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
  const display = spawn('Xvfb', given, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => display.once('exit', resolve));
  const number = await new Promise((resolve, reject) => {
    display.once('error', () => reject(new Error('No virtual screen found: run "node .ci/setup.mjs --hosts".')));
    display.stdio[3].setEncoding('utf8').once('data', resolve);
    ended.then(() => reject(new Error('The virtual screen did not start.')));
  });
  const stop = async () => {
    display.kill();
    await ended;
  };
  return { env: { DISPLAY: `:${number.trim()}` }, stop };
}

/**
 * Starts a screen on which the extension's browser can show windows, and lets a test into them as a person would be.
 * @returns `env` for the extension host, `browserAddress` (of the debugging port of a browser with a window), and `stop()`
 */
export async function startScreen() {
  const [display, port] = [await startDisplay(), await freePort()];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-screen-'));
  const program = path.join(folder, 'browser.sh');
  // what shows no window needs no browser that has one
  const hidden = process.env.UX_AUDIT_TEST_LONG ? findChrome() : findViewer();
  const shown = `exec '${findChrome()}' "$@" --remote-debugging-port=${port}`;
  writeFileSync(program, `#!/bin/sh\ncase "$*" in *--headless*) exec '${hidden}' "$@" ;; esac\n${shown}\n`);
  chmodSync(program, 0o755);
  const stop = async () => {
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const env = { ...display.env, CHROME_PATH: program };
  return { env, browserAddress: `http://127.0.0.1:${port}`, stop };
}
