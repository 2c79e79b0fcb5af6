import { readFileSync } from 'node:fs';

/** Reads `{ passed, failed }` from what vitest's or Playwright's JSON reporter or test/editor/index.ts wrote. */
function read(file) {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    const { expected, unexpected = 0, flaky = 0 } = result.stats ?? {}; // Playwright
    return {
      passed: result.numPassedTests ?? expected ?? result.passed ?? 0,
      failed: result.numFailedTests ?? (result.stats ? unexpected + flaky : result.failed) ?? 0,
    };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/**
 * How many tests of a stage passed and failed. A stage without tests counts as one; a test stage
 * in which no test ran, or that failed in some other way than by a test, has one failure.
 */
export function countsOf(stage, succeeded) {
  if (!stage.tests) {
    return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  }
  const { passed, failed } = read(stage.tests);
  const complete = succeeded && passed + failed > 0;
  return { passed, failed: complete ? failed : Math.max(failed, 1) };
}
