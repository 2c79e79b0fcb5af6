// Runs the editor tests in desktop VS Code, which is downloaded first: node test/editor/desktop.mjs [--version stable|1.105.0|…]
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests, SilentReporter } from '@vscode/test-electron';

const root = path.resolve(import.meta.dirname, '../..');
const output = path.join(root, 'test-output');
const { values: options } = parseArgs({
  options: { version: { type: 'string', default: 'stable' } },
});

let vscodeExecutablePath;
try {
  vscodeExecutablePath = await downloadAndUnzipVSCode({
    version: options.version,
    reporter: new SilentReporter(),
  });
} catch (error) {
  const reason = error.cause?.code ?? error.code ?? error.message;
  console.error(
    `VS Code (${options.version}) cannot be downloaded here (${reason}): run this where the network allows it.`,
  );
  process.exit(2);
}

mkdirSync(output, { recursive: true });
const folder = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-desktop-'));
const workspace = path.join(folder, 'workspace');
cpSync(path.join(root, 'test/fixtures/workspace'), workspace, { recursive: true });
try {
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'dist/test/editor/index.js'),
    extensionTestsEnv: { UX_AUDIT_TEST_RESULT: path.join(output, 'editor-desktop.json') },
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      ...['--user-data-dir', path.join(folder, 'user-data')],
    ],
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
