// npm run bench [-- --only speed,pages --pairs 7 --rounds 1 --built]: prepares this machine, builds, and measures.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from './command.mjs';
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
  const measuresEditor = values.only === undefined || String(values.only).split(',').includes('editor');
  const { node, env, chrome, hosts } = await setup({ hosts: measuresEditor ? ['newest'] : [] });
  if (measuresEditor && hosts.length === 0) throw new Error('Choose other parts with --only: there is no VS Code.');
  if (!values.built) await run(node, ['esbuild.config.mjs'], { env });
  const rest = given.filter((argument) => argument !== '--built');
  process.exitCode = await exitCodeOf(node, ['test/bench/run.mjs', ...rest], { ...env, CHROME_PATH: chrome });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
