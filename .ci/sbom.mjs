import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './command.mjs';

/** `name@version` of every package that is part of a bundle, as the third-party notices of the build list them. */
export function bundledPackages(notices) {
  return new Set([...notices.matchAll(/^## (\S+) (\d\S*) \(/gm)].map(([, name, version]) => `${name}@${version}`));
}

/**
 * What npm knows of all installed packages, as CycloneDX. npm refuses where a package asks for whatever is "latest" of
 * another, since the lock file cannot prove that; so it reads a copy in which any version will do.
 */
async function everything(root, env) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-sbom-'));
  try {
    copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
    const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
    for (const { dependencies = {} } of Object.values(lock.packages)) {
      for (const name of Object.keys(dependencies)) if (dependencies[name] === 'latest') dependencies[name] = '*';
    }
    writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
    return JSON.parse(
      await run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], { cwd: folder, env }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The bill of materials (CycloneDX) of what is shipped: packages that were bundled, and no others. For npm all of them
 * are development dependencies, since nothing is left to install beside a bundle.
 *
 * @param {string} root the root folder, built
 * @param {NodeJS.ProcessEnv} env
 */
export async function billOfMaterials(root, env) {
  const { name } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const wanted = bundledPackages(readFileSync(path.join(root, 'dist/THIRD_PARTY_NOTICES.md'), 'utf8'));
  const bom = await everything(root, env);
  const own = bom.metadata.component;
  const components = bom.components
    .filter(({ name, version }) => wanted.has(`${name}@${version}`))
    .map(({ properties: _, ...component }) => ({ ...component, scope: 'required' }));
  const known = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const missing = [...wanted].filter((name) => !known.has(name));
  if (missing.length > 0) {
    throw new Error(
      `Bundled, but unknown to package-lock.json: ${missing.join(', ')}. Run "npm ci", then build again.`,
    );
  }
  const refs = new Set([own['bom-ref'], ...components.map((component) => component['bom-ref'])]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  return { ...bom, metadata: { ...bom.metadata, component: { ...own, name } }, components, dependencies };
}
