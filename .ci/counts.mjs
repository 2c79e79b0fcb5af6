import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** The specs of a Playwright suite with those of the suites in it. */
const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

/** The names of the tests that failed, each with the first line of why, as the same reporters wrote them. */
export function failuresOf({ tests }) {
  try {
    const result = JSON.parse(readFileSync(tests, 'utf8'));
    const ofVitest = (result.testResults ?? []).flatMap(({ assertionResults, message }) => [
      ...(assertionResults.length === 0 && message ? [{ name: 'a file without tests', why: message }] : []),
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => ({ name: fullName, why: failureMessages[0] ?? '' })),
    ]);
    const ofPlaywright = specsOf(result)
      .filter(({ ok, tests: [test] }) => !ok || test?.status === 'flaky')
      .map(({ title, tests: [test] }) => ({ name: title, why: test?.results[0]?.error?.message ?? '' }));
    const failures = [...ofVitest, ...ofPlaywright, ...(result.failures ?? [])];
    return failures.map(({ name, why }) => `${name}: ${stripVTControlCharacters(why).split('\n', 1)[0]}`);
  } catch {
    return []; // a stage without tests, or one that ended before it wrote them
  }
}

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
