import { defineConfig } from 'vitest/config';

/**
 * A test may take as long as it makes progress: each wait inside of it has a limit of its own (test/patience.ts), and so
 * has each phase of an audit. This one is for a test that hangs all the same. Milliseconds.
 */
const hangs = { testTimeout: 600_000, hookTimeout: 600_000 };

/** Browsers and audits have the machine to themselves: their files run one after the other. */
const alone = { fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,mjs}'], ...hangs } },
      { test: { name: 'terminal', include: ['test/terminal/**/*.test.ts'], ...hangs } },
      { test: { name: 'engine', include: ['test/engine/**/*.test.ts'], ...hangs, ...alone } },
      { test: { name: 'webview', include: ['test/webview/**/*.test.ts'], ...hangs, ...alone } },
    ],
  },
});
