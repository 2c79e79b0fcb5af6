import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';

/** A folder of its own, removed with all others after the run. */
export function temporaryFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'storage-test-'));
}

/** Bundles a script that may import from `src` and returns the file to run with Node. */
export async function bundledScript(source: string): Promise<string> {
  const file = path.join(temporaryFolder(), 'script.cjs');
  await build({
    stdin: { contents: source, resolveDir: path.resolve(import.meta.dirname, '../../..'), loader: 'ts' },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
    mainFields: ['module', 'main'],
  });
  return file;
}

/** A Node process running a script. */
export interface RunningScript {
  child: ChildProcessByStdio<null, Readable, Readable>;
  /** What it wrote to stdout so far. */
  said(): string;
  /** Resolves when it has ended, with its exit code (null when a signal ended it) and what it wrote to stderr. */
  ended: Promise<{ code: number | null; errors: string }>;
}

export function runScript(file: string, args: readonly string[]): RunningScript {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, errors }));
  });
  return { child, said: () => said, ended };
}
