import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

const windows = process.platform === 'win32';

/** The name of the PATH variable as this environment spells it (`Path` on Windows). */
function pathKey(env) {
  return Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
}

/** A copy of `env` in which programs of `folder` are found before all others. */
export function withFirstOnPath(folder, env = process.env) {
  const key = pathKey(env);
  return { ...env, [key]: [folder, env[key]].filter(Boolean).join(path.delimiter) };
}

/** Whether `file` is a file that can be started. */
export function isProgram(file) {
  try {
    accessSync(file, windows ? constants.F_OK : constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The full path of the first of `names` that PATH holds, or undefined. */
export function onPath(names, env = process.env) {
  const folders = (env[pathKey(env)] ?? '').split(path.delimiter).filter(Boolean);
  const endings = windows ? ['.exe', '.cmd', '.bat'] : [''];
  const files = names.flatMap((name) =>
    folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending))),
  );
  return files.find(isProgram);
}

/** The beginning and the end of a long text, which is where commands name their trouble. */
function shortened(text) {
  return text.length > 6000 ? `${text.slice(0, 2000)}\n…\n${text.slice(-4000)}` : text;
}

/**
 * Runs one command without input and resolves with what it printed.
 * Rejects with the command line and its output when it fails.
 */
export function run(command, args, { cwd, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    // npm is a script on Windows, which only a shell can start
    const shell = windows && command === 'npm';
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    const failure = (reason) => new Error(`${[command, ...args].join(' ')}: ${reason}\n${shortened(output)}`.trim());
    child.once('error', (error) => reject(failure(error.message)));
    child.once('close', (code, signal) =>
      code === 0 ? resolve(output) : reject(failure(signal ?? `exit code ${code}`)),
    );
  });
}
