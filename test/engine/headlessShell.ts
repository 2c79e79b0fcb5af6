import { afterAll, beforeAll } from 'vitest';
import { browserOptions } from '../hosts/browser.mjs';
import { isLong } from '../patience';

/**
 * Lets the tests that follow use a browser without a window of its own, which starts in a third of the time: what they
 * are about is what the product does with pages. `npm run test:long` runs them in the browser that people have.
 */
export function inHeadlessShell(): void {
  if (isLong || process.env.CHROME_PATH) return;
  beforeAll(() => {
    process.env.CHROME_PATH = browserOptions().executablePath;
  });
  afterAll(() => {
    delete process.env.CHROME_PATH;
  });
}
