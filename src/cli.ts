#!/usr/bin/env node
import { engines } from '../package.json';

// The program is imported after the check of Node's version, since an older Node could not even load it.
const needed = engines.node.replace('>=', '');
if (process.versions.node.localeCompare(needed, 'en', { numeric: true }) < 0) {
  console.error(
    `ux-audit needs Node ${needed} or newer; this is ${process.versions.node}.\n  Install a newer Node (nodejs.org).`,
  );
  process.exitCode = 3;
} else {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return; // the reader closed the pipe (ux-audit findings | head); the work goes on
    process.stderr.write(`ux-audit: The output could not be written: ${message}\n  Free some space and try again.\n`);
    process.exit(3);
  });
  process.stderr.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exit(process.exitCode ?? 3);
  });
  void import('./cli/program').then(async ({ program }) => {
    process.exitCode = await program();
  });
}
