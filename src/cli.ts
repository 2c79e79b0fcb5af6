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
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0); // the reader closed the pipe: ux-audit findings | head
    throw error;
  });
  void import('./cli/program').then(async ({ program }) => {
    process.exitCode = await program();
  });
}
