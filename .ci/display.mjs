import { aptInstall } from './apt.mjs';
import { onPath } from './command.mjs';

/** Installs a virtual screen where a Linux machine has none: tests of what people see in a window of their own. */
export async function provideDisplay(step) {
  const isReady = process.platform !== 'linux' || onPath(['Xvfb']) !== undefined;
  await step('a virtual screen', '10 to 30 seconds', isReady, () =>
    aptInstall(['xvfb'], 'No virtual screen found: install Xvfb.'),
  );
}
