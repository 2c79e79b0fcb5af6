import { afterAll, beforeAll } from 'vitest';
import { findViewer } from '../../.ci/chrome.mjs';
import { isLong } from '../patience';

let shell: string | undefined;

/** The browser that {@link inHeadlessShell} chose for the present test, if it did. */
export function headlessShell(): string | undefined {
  return shell;
}

/**
 * Lets the tests that follow use a browser without a window of its own, which starts in a third of the time: what they
 * are about is what the product does with pages. `npm run test:long` runs them in the browser that people have.
 */
export function inHeadlessShell(): void {
  if (isLong || process.env.CHROME_PATH) return;
  beforeAll(() => {
    shell = findViewer();
    if (shell) process.env.CHROME_PATH = shell;
  });
  afterAll(() => {
    shell = undefined;
    delete process.env.CHROME_PATH;
  });
}
