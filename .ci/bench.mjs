// npm run bench [-- --only speed,pages --pairs 7 --rounds 1 --built]: prepares this machine, builds, and measures.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from './command.mjs';
import { hostFolder } from './hosts.mjs';
import { installHost, isHostReady } from './installHost.mjs';
import { setup } from './setup.mjs';

let running;

/** Runs the bench with its output going where this one's goes; resolves with its exit code. */
function exitCodeOf(node, args, env) {
  return new Promise((resolve, reject) => {
    running = spawn(node, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    running.once('error', reject);
    running.once('close', (code) => resolve(code ?? 1));
  });
}

/** The editor is measured in the newest VS Code alone, so the older host of the tests need not be there. */
async function provideNewestHost() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The VS Code host runs on 64-bit Linux only: choose other parts with --only.');
  }
  const folder = hostFolder('newest');
  if (!isHostReady(folder)) await installHost(folder);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    if (!running) process.exit(1);
    running.kill(signal); // the bench ends what it started
  });
}

try {
  const given = process.argv.slice(2);
  const { values } = parseArgs({
    args: given,
    strict: false,
    options: { only: { type: 'string' }, built: { type: 'boolean' } },
  });
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  const { node, env, chrome } = await setup();
  if (values.only === undefined || String(values.only).split(',').includes('editor')) await provideNewestHost();
  if (!values.built) await run(node, ['esbuild.config.mjs'], { env });
  const rest = given.filter((argument) => argument !== '--built');
  process.exitCode = await exitCodeOf(node, ['test/bench/run.mjs', ...rest], { ...env, CHROME_PATH: chrome });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
