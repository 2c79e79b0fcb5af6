#!/usr/bin/env node
import { program } from './cli/program';

void program().then((code) => {
  process.exitCode = code;
});
