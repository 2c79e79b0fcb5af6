// npm run test:unpatched: the worker and its reports with every patch of Lighthouse switched off.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { workerBuild } from '../../src/engine/worker/bundleLighthouse.mts';

process.chdir(path.resolve(import.meta.dirname, '../..'));
const worker = path.resolve('test-output/unpatched/auditWorker.js');
await build(workerBuild({ entryPoints: ['src/engine/worker/main.ts'], outfile: worker }, []));
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...['--project', 'engine', 'engine/bundle', 'engine/faults'],
    ...['--reporter=default', '--reporter=json', '--outputFile.json=test-output/unpatched.json'],
  ],
  { stdio: 'inherit', env: { ...process.env, UX_AUDIT_PATCHES_OFF: 'all', UX_AUDIT_WORKER: worker } },
);
process.exitCode = status ?? 1;
