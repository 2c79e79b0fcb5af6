import { fileURLToPath } from 'node:url';
import { installHost, isHostReady } from './installHost.mjs';

/** The VS Code hosts of the tests: the newest release, and the oldest that the extension supports. */
export const hostNames = ['newest', 'oldest'];

/** The folder that describes a VS Code host and that it is installed into. */
function hostFolder(name) {
  return fileURLToPath(new URL(`../test/hosts/${name}`, import.meta.url));
}

/** Installs the named VS Code hosts; returns the names of those that this platform can have. */
export async function provideHosts(names, step, log) {
  if (names.length === 0) {
    return [];
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    log('The VS Code hosts run on 64-bit Linux only, so what needs one is left out.');
    return [];
  }
  for (const name of names) {
    const folder = hostFolder(name);
    await step(`VS Code (${name})`, '40 to 120 seconds', isHostReady(folder), () => installHost(folder, { log }));
  }
  return names;
}
