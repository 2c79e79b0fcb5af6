#!/usr/bin/env node
import { engines } from '../package.json';

// The program itself is imported later: an older Node would fail on it before it could say why.
const needed = engines.node.replace('>=', '');
if (process.versions.node.localeCompare(needed, 'en', { numeric: true }) < 0) {
  console.error(
    `ux-audit needs Node ${needed} or newer; this is ${process.versions.node}.\n  Install a newer Node (nodejs.org).`,
  );
  process.exitCode = 3;
} else {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0); // the reader has seen enough: ux-audit findings | head
    throw error;
  });
  void import('./cli/program').then(async ({ program }) => {
    process.exitCode = await program();
  });
}
