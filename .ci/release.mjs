// node .ci/release.mjs [--dry-run] [--skip-tests] [--publish]: makes what a release consists of, in `release/`.
// --dry-run: as a trial, with work that is not committed and with no tag. --publish: publishes what is in `release/`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from './command.mjs';
import { billOfMaterials } from './sbom.mjs';
import { setup } from './setup.mjs';
import { vscePackage } from './vsce.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const release = path.join(root, 'release');

/** The part of the changelog that is about one version, without its heading; undefined where there is none. */
export function changesOf(changelog, version) {
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((text) => text.split('\n', 1)[0].replace(/[[\]]/g, '').split(' ')[0] === version);
  return part?.slice(part.indexOf('\n')).trim();
}

/** What stands against releasing this state of the repository. */
async function objections(version, changes) {
  const git = (...args) => run('git', args, { cwd: root }).then((text) => text.trim());
  const tags = (await git('tag', '--points-at', 'HEAD')).split('\n');
  return [
    (await git('status', '--porcelain')) !== '' && 'There is work that is not committed.',
    !tags.includes(`v${version}`) && `This commit has no tag v${version}.`,
    !changes && `CHANGELOG.md says nothing about ${version}: name its part "Unreleased" so.`,
  ].filter(Boolean);
}

/** Installs the tarball in an empty folder, as a person would, and lets the program there check this machine. */
async function tryTarball(file, env) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-packed-'));
  try {
    await run('npm', ['install', '--offline', '--no-save', '--no-audit', '--no-fund', file], { cwd: folder, env });
    return await run('npm', ['exec', '--offline', '--', 'ux-audit', 'doctor'], { cwd: folder, env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the VSIX, the tarball for npm, the bill of materials, the checksums of all three and the release notes. */
async function make({ dryRun, skipTests }) {
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const changelog = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
  const changes = changesOf(changelog, version);
  const against = await objections(version, changes);
  if (against.length > 0 && !dryRun) throw new Error(against.join('\n'));
  for (const objection of against) console.log(`A release would be refused: ${objection}`);

  const { node, env } = await setup();
  if (!skipTests && spawnSync(node, ['.ci/test.mjs'], { cwd: root, env, stdio: 'inherit' }).status !== 0) {
    throw new Error('The tests failed, so nothing was made.');
  }
  rmSync(release, { recursive: true, force: true });
  mkdirSync(release);
  console.log('release: building');
  await run(node, ['esbuild.config.mjs'], { cwd: root, env });
  console.log('release: the VSIX');
  await run(node, vscePackage(path.join(release, `${name}-${version}.vsix`)), { cwd: root, env });
  console.log('release: the tarball for npm');
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', release], { cwd: root, env });
  console.log(await tryTarball(path.join(release, `${name}-${version}.tgz`), env));
  console.log('release: the bill of materials');
  const bom = await billOfMaterials(root, env);
  writeFileSync(path.join(release, `${name}-${version}.cdx.json`), `${JSON.stringify(bom, null, 2)}\n`);
  const sums = readdirSync(release)
    .sort()
    .map(
      (file) =>
        `${createHash('sha256')
          .update(readFileSync(path.join(release, file)))
          .digest('hex')}  ${file}\n`,
    );
  writeFileSync(path.join(release, 'SHA256SUMS'), sums.join(''));
  writeFileSync(path.join(release, 'NOTES.md'), `${changes ?? changesOf(changelog, 'Unreleased') ?? ''}\n`);
  console.log(`\n${sums.join('')}\n${bom.components.length} packages are part of it. All is in ${release}.`);
}

/** The commands that publish what is in `release/`; what lets them is in the environment. */
function publishing() {
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const file = (ending) => {
    const made = path.join(release, `${name}-${version}${ending}`);
    if (!existsSync(made)) throw new Error(`There is no ${made}: run "node .ci/release.mjs" first.`);
    return made;
  };
  return [
    [process.execPath, 'node_modules/@vscode/vsce/vsce', 'publish', '--packagePath', file('.vsix')], // VSCE_PAT
    ['npm', 'publish', '--provenance', '--access', 'public', file('.tgz')], // npm trusts the workflow
  ];
}

async function main() {
  const { values } = parseArgs({
    options: { 'dry-run': { type: 'boolean' }, 'skip-tests': { type: 'boolean' }, publish: { type: 'boolean' } },
  });
  const dryRun = values['dry-run'] ?? false;
  if (!values.publish) await make({ dryRun, skipTests: values['skip-tests'] ?? false });
  if (dryRun) console.log('\nPublishing would run:');
  if (!values.publish && !dryRun) return;
  for (const [command, ...args] of publishing()) {
    if (dryRun) console.log(`  ${[path.basename(command), ...args].join(' ')}`);
    else console.log(await run(command, args, { cwd: root }));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
