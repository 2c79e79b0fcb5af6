// npm run demo: audits the sample shop, flawed and mended, and shows what was found. With --editor: in real VS Code.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setup } from './setup.mjs';
import { vscePackage, vsixFile } from './vsce.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const workspace = path.join(root, 'demo-workspace');

const { values: flags } = parseArgs({
  options: {
    editor: { type: 'boolean', default: false },
    runs: { type: 'string', default: '1' },
  },
});

/** Runs a program with the right Node first on PATH; ends the demo when it fails. */
function run(program, given, { env, quiet = false, allowed = [0] }) {
  const { status } = spawnSync(program, given, {
    cwd: root,
    env,
    stdio: quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit',
  });
  if (!allowed.includes(status)) process.exit(status ?? 1);
  return status;
}

/** The demo workspace: a copy of the shop, so that it can be edited, broken and audited again. */
function prepareWorkspace() {
  mkdirSync(workspace, { recursive: true });
  for (const variant of ['flawed', 'fixed']) {
    const to = path.join(workspace, variant);
    if (!existsSync(to)) cpSync(path.join(root, 'media/sample-shop', variant), to, { recursive: true });
  }
}

/** Audits pages of one variant; the fixed variant is measured beside the record, for comparison. */
function audit({ node, env }, variant, extra) {
  const shop = path.join(workspace, variant);
  const given = [
    'dist/cli.mjs',
    'audit',
    '--serve',
    shop,
    '--workspace',
    workspace,
    '--runs',
    flags.runs,
    '--yes',
    ...extra,
  ];
  run(node, given, { env });
}

/** Walks an order through the shop as it is; a journey that was changed meanwhile stays. */
function walk({ node, env }) {
  const recording = path.join(root, 'media/sample-shop/order.json');
  const journey = (...given) => [node, ['dist/cli.mjs', 'journey', ...given, '--workspace', workspace], { env }];
  if (!existsSync(path.join(workspace, 'ux-audit/journeys/order.json')))
    run(...journey('import', recording, '--as', 'order', '--serve', path.join(workspace, 'flawed')));
  const [program, given, options] = journey('run', 'order', '--runs', flags.runs);
  run(program, given, { ...options, allowed: [0, 4] });
}

const ready = await setup({ hosts: flags.editor ? ['newest'] : [] });
const { node, env } = ready;
run(node, ['esbuild.config.mjs'], { env });
prepareWorkspace();
console.log('\nBefore: the shop as it is, recorded; about 10 seconds a page\n');
audit(ready, 'flawed', []);
console.log('\nAfter: the same pages mended, measured only\n');
audit(ready, 'fixed', ['--environment', 'mended', '--no-record']);
console.log('\nAn order, walked by machine: where does a person wait? About 15 seconds\n');
walk(ready);
console.log('\nWhat is wrong with the shop, worst first\n');
const listed = spawnSync(node, ['dist/cli.mjs', 'findings', '--workspace', workspace], {
  cwd: root,
  env,
  encoding: 'utf8',
});
const lines = listed.stdout.trimEnd().split('\n');
console.log(lines.slice(0, 24).join('\n'));
if (lines.length > 24)
  console.log(`   … and ${(lines.length - 24) / 2} more: node dist/cli.mjs findings --workspace demo-workspace`);
console.log(`\nThe record:  ${path.relative(process.cwd(), path.join(workspace, 'ux-audit/findings.json'))}`);
console.log(
  `The runs:    ${path.relative(process.cwd(), path.join(workspace, 'ux-audit/runs'))} (stay on this machine)`,
);
if (flags.editor) await openEditor();
else console.log('In VS Code:  npm run demo -- --editor');

/** Opens the workspace in real VS Code, with the extension installed from its VSIX. */
async function openEditor() {
  if (ready.hosts.length === 0) {
    console.log('\nOpen the folder demo-workspace in your VS Code, with the extension from: npm run package');
    return;
  }
  run(node, vscePackage(), { env, quiet: true });
  const { startHost, workbenchUrl } = await import('../test/hosts/server.mjs');
  const host = await startHost({ vsix: path.join(root, vsixFile) });
  console.log(`\nVS Code:     ${workbenchUrl(host, { folder: workspace })}`);
  console.log('Open it in a browser; the UX Audit icon is in the activity bar. Ctrl+C ends it.');
  await new Promise((resolve) => process.once('SIGINT', resolve));
  await host.stop();
}
