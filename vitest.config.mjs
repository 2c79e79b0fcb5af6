import { defineConfig } from 'vitest/config';

/** Browsers and audits have the machine to themselves: their files run one after the other. */
const alone = { fileParallelism: false, testTimeout: 240_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'engine', include: ['test/engine/**/*.test.ts'], ...alone } },
      { test: { name: 'webview', include: ['test/webview/**/*.test.ts'], ...alone } },
    ],
  },
});
