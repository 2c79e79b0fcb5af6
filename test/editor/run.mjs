// Runs the editor tests inside the extension host of a VS Code host: node test/editor/run.mjs --host newest|oldest
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../hosts/browser.mjs';
import { startHost, workbenchUrl } from '../hosts/server.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const output = path.join(root, 'test-output');
/** Tests that have printed nothing for this long hang. */
const silenceLimitMs = 300_000;

const { values: options } = parseArgs({
  options: {
    host: { type: 'string', default: 'newest' },
    extension: { type: 'string', default: root },
    tests: { type: 'string', default: path.join(root, 'dist/test/editor/index.js') },
    workspace: { type: 'string', default: path.join(root, 'test/fixtures/workspace') },
  },
});

/**
 * Copies what is appended to a file to standard output.
 *
 * @returns `silent`, which is rejected once nothing has been appended for too long, and `stop()`
 */
function follow(file) {
  writeFileSync(file, '');
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(65_536);
  const { promise: silent, reject } = Promise.withResolvers();
  silent.catch(() => {});
  const hangs = () => reject(new Error(`The tests have printed nothing for ${silenceLimitMs / 60_000} minutes.`));
  const limit = setTimeout(hangs, silenceLimitMs);
  const copy = () => {
    for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
      process.stdout.write(Buffer.from(buffer.subarray(0, size)));
      limit.refresh();
    }
  };
  const timer = setInterval(copy, 200);
  const stop = () => {
    clearInterval(timer);
    clearTimeout(limit);
    copy();
    closeSync(descriptor);
  };
  return { silent, stop };
}

/** Opens the workbench, which starts the tests, and resolves with the exit code they end with. */
async function exitCodeOf(page, url, silent) {
  const code = new Promise((resolve, reject) => {
    // the workbench calls these two by name: one for console lines, one at the end
    page.exposeFunction('codeAutomationLog', () => {}).catch(reject);
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    page.once('crash', () => reject(new Error('The page of the workbench crashed.')));
  });
  const [ended] = await Promise.all([Promise.race([code, silent]), page.goto(url, { timeout: silenceLimitMs })]);
  return ended;
}

async function runIn(name, resultFile) {
  const host = await startHost({
    host: name,
    workspace: options.workspace,
    underDevelopment: true,
    env: {
      UX_AUDIT_TEST_LOG: path.join(output, `editor-${name}.log`),
      UX_AUDIT_TEST_RESULT: resultFile,
    },
  });
  const log = follow(path.join(output, `editor-${name}.log`));
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  try {
    const url = workbenchUrl(host, {
      extensionDevelopmentPath: path.resolve(options.extension),
      extensionTestsPath: path.resolve(options.tests),
    });
    return await exitCodeOf(page, url, log.silent);
  } catch (error) {
    await page.screenshot({ path: path.join(output, `editor-${name}.png`) }).catch(() => {});
    console.error(`${error.message}\n${readFileSync(host.log, 'utf8').slice(-4000)}`);
    return 1;
  } finally {
    log.stop();
    await browser.close();
    await host.stop();
  }
}

const resultFile = path.join(output, `editor-${options.host}.json`);
mkdirSync(output, { recursive: true });
rmSync(resultFile, { force: true });
if (!existsSync(options.tests)) {
  console.error(`${options.tests} is missing: run "node esbuild.config.mjs --tests".`);
  process.exit(1);
}
const code = await runIn(options.host, resultFile);
const counts = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined;
if (!counts) {
  console.error(`The tests in VS Code (${options.host}) did not come to their end.`);
} else if (counts.passed + counts.failed === 0) {
  console.error(`No test ran in VS Code (${options.host}).`);
}
process.exit(code === 0 && counts?.passed > 0 && counts.failed === 0 ? 0 : 1);
