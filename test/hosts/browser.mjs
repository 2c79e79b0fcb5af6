import { chromium } from 'playwright-core';
import { findViewer } from '../../.ci/chrome.mjs';

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** How to launch the browser of this machine without a window and without traffic of its own. */
export function browserOptions() {
  const executablePath = findViewer();
  if (!executablePath) {
    throw new Error('No browser found: run "node .ci/setup.mjs".');
  }
  // Chromium's sandbox cannot work for root
  const root = process.platform === 'linux' && process.getuid() === 0;
  return { executablePath, args: [...quiet, ...(root ? ['--no-sandbox'] : [])] };
}

/** Launches the browser of this machine. */
export function launchBrowser() {
  return chromium.launch(browserOptions());
}
