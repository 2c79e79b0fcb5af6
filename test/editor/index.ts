import * as fs from 'node:fs';
import * as path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/**
 * Runs the suites beside this module inside the extension host of VS Code.
 *
 * - `UX_AUDIT_TEST_LOG`: a file for what mocha prints (standard output without it)
 * - `UX_AUDIT_TEST_RESULT`: a file for the counts `{ passed, failed, skipped }` with the `failures`, each `{ name, why }`
 * - `UX_AUDIT_TEST_GREP`: runs only the tests whose names contain this text
 */
export async function run(): Promise<void> {
  const { UX_AUDIT_TEST_LOG: log, UX_AUDIT_TEST_RESULT: result, UX_AUDIT_TEST_GREP: fgrep } = process.env;
  if (log) {
    // the extension host does not let console.log be replaced, mocha does
    Mocha.reporters.Base.consoleLog = (...words: unknown[]) => fs.appendFileSync(log, `${format(...words)}\n`);
  }
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 300_000, fgrep });
  const folder = path.join(__dirname, 'suite');
  for (const name of fs.readdirSync(folder)) {
    if (name.endsWith('.test.js')) {
      mocha.addFile(path.join(folder, name));
    }
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures: { name: string; why: string }[] = [];
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', () => counts.passed++)
      .on('fail', (test, error) => {
        counts.failed++;
        failures.push({ name: test.fullTitle(), why: error.message });
      })
      .on('pending', () => counts.skipped++);
  });
  if (result) {
    fs.writeFileSync(result, JSON.stringify({ ...counts, failures }));
  }
  if (counts.failed > 0 || counts.passed === 0) {
    throw new Error(`${counts.passed} passed, ${counts.failed} failed`);
  }
}
