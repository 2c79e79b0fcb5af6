import { spawn } from 'node:child_process';

/**
 * A screen that nobody sees, for browsers with a window.
 *
 * @returns {Promise<{ name: string, end: () => void } | undefined>} its name for DISPLAY; undefined without Xvfb
 */
export function startScreen() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.once('exit', () => resolve(undefined));
    server.stdio[3].once('data', (number) => {
      resolve({ name: `:${String(number).trim()}`, end: () => void server.kill() });
    });
  });
}
