import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { patienceMs } from './harness.mjs';

const output = path.resolve(import.meta.dirname, '../../test-output');

/** End to end: the packaged VSIX in real VS Code, driven as a person would. */
export default defineConfig({
  testDir: 'tests',
  outputDir: path.join(output, 'e2e'),
  // Each has a VS Code of its own. No test holds a number that a clock decides to a limit.
  workers: 3,
  fullyParallel: true, // a worker that has nothing left takes a test of another's file
  // Every step has a limit of its own. A test as a whole takes as long as its steps do, since a busy machine is no fault.
  timeout: 0,
  expect: { timeout: patienceMs, toPass: { timeout: 3 * patienceMs } },
  forbidOnly: Boolean(process.env.CI),
  // In CI a second try leaves a trace; the test counts as failed even if that try passes.
  retries: process.env.CI ? 1 : 0,
  failOnFlakyTests: true,
  reporter: [['list'], ['json', { outputFile: path.join(output, 'e2e.json') }]],
  use: {
    viewport: { width: 1400, height: 900 },
    screenshot: 'only-on-failure',
    // a trace takes an eighth of the time, so only a second try has one
    trace: process.env.CI ? { mode: 'on-first-retry', screenshots: false } : 'off',
  },
});
