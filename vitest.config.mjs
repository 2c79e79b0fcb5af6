import { defineConfig } from 'vitest/config';

/**
 * A test may take as long as it makes progress: each wait inside of it has a limit of its own (test/patience.ts), and so
 * has each phase of an audit. This one is for a test that hangs all the same. Milliseconds.
 */
const hangs = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 60_000 } } };

/** Files that start browsers run four at a time on any machine: their limits are those of a busy one. */
const withBrowsers = { maxWorkers: 4, sequence: { groupOrder: 1 }, setupFiles: ['test/temporaryOfWorker.ts'] };

/** Files that start programs run two at a time on any machine, beside what else `npm test` runs then. */
const withPrograms = { maxWorkers: 2, sequence: { groupOrder: 2 } };

export default defineConfig({
  test: {
    globalSetup: ['test/temporaryFolder.ts'],
    projects: [
      // one worker for many files: a third of the time went into loading the same modules for each
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,mjs}'], isolate: false, ...hangs } },
      { test: { name: 'terminal', include: ['test/terminal/**/*.test.ts'], ...hangs, ...withPrograms } },
      { test: { name: 'engine', include: ['test/engine/**/*.test.ts'], ...hangs, ...withBrowsers } },
      { test: { name: 'webview', include: ['test/webview/**/*.test.ts'], ...hangs, ...withBrowsers } },
    ],
  },
});
