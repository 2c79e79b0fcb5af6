import { onPath, run } from './command.mjs';

const lockWait = 'DPkg::Lock::Timeout=300';

/** The words to put before apt-get, or undefined when this machine or person cannot install packages. */
async function prefix() {
  if (!onPath(['apt-get'])) {
    return undefined;
  }
  if (process.getuid?.() === 0) {
    return [];
  }
  const sudo = ['sudo', '-n'];
  const allowed =
    onPath(['sudo']) &&
    (await run(sudo[0], [...sudo.slice(1), 'true']).then(
      () => true,
      () => false,
    ));
  return allowed ? sudo : undefined;
}

/**
 * Installs Debian packages, with a fresh package list when the present one does not do.
 * Throws an Error that says `otherwise` when apt is not there or not allowed.
 */
export async function aptInstall(packages, otherwise) {
  const words = await prefix();
  if (!words) {
    throw new Error(otherwise);
  }
  const apt = (...args) => {
    const [command, ...rest] = [...words, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
    return run(command, [...rest, '-o', lockWait, ...args]);
  };
  const install = () => apt('install', '--yes', '--no-install-recommends', ...packages);
  try {
    await install();
  } catch {
    await apt('update');
    await install();
  }
}
