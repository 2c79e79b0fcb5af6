import { fileURLToPath } from 'node:url';
import { installHost, isHostReady } from './installHost.mjs';

const names = ['newest', 'oldest'];

/** The folder that describes a VS Code host and that it is installed into. */
export function hostFolder(name) {
  return fileURLToPath(new URL(`../test/hosts/${name}`, import.meta.url));
}

/** Installs every VS Code host that this platform can have; returns their names. */
export async function provideHosts(step, log) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    log('The VS Code hosts of the tests run on 64-bit Linux only: editor and e2e tests are left out.');
    return [];
  }
  for (const name of names) {
    const folder = hostFolder(name);
    await step(`VS Code (${name})`, isHostReady(folder), () => installHost(folder, { log }));
  }
  return names;
}
