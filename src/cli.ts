#!/usr/bin/env node
import { program } from './cli/program';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader has seen enough: ux-audit findings | head
  throw error;
});

void program().then((code) => {
  process.exitCode = code;
});
