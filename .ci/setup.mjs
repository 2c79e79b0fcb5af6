import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { provideChrome } from './chrome.mjs';
import { run, withFirstOnPath } from './command.mjs';
import { provideDisplay } from './display.mjs';
import { hostNames, provideHosts } from './hosts.mjs';
import { isInstalled } from './lock.mjs';
import { provideNode } from './node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Brings everything that building and testing needs onto this machine and skips what is there.
 *
 * @param {{ hosts?: string[], log?: (line: string) => void }} options
 *   `hosts`: the names of the VS Code hosts to install too (see hosts.mjs)
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv, chrome: string, hosts: string[] }>}
 *   `node`: a Node that is new enough; `env`: the environment with that Node first on PATH;
 *   `chrome`: a browser; `hosts`: the names of the installed hosts.
 */
export async function setup({ hosts = [], log = console.log } = {}) {
  /** Does what is missing, and says before how long that usually takes. */
  const step = async (what, usually, ready, action) => {
    if (ready) {
      log(`setup: ${what}: ready`);
      return;
    }
    log(`setup: ${what}: installing, which usually takes ${usually}`);
    const start = performance.now();
    await action();
    log(`setup: ${what}: installed in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  };

  const node = await provideNode(step);
  const env = withFirstOnPath(path.dirname(node));
  await step('project dependencies', '10 to 60 seconds', isInstalled(root), () =>
    run('npm', ['ci', '--ignore-scripts'], { cwd: root, env }),
  );
  const chrome = await provideChrome(step);
  if (hosts.length > 0) await provideDisplay(step);
  return { node, env, chrome, hosts: await provideHosts(hosts, step, log) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await setup({ hosts: process.argv.includes('--hosts') ? hostNames : [] });
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
