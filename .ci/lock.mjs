import { readFileSync } from 'node:fs';
import path from 'node:path';

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Whether `folder/node_modules` holds what `folder/package-lock.json` asks for.
 * Compares it with the list that npm leaves behind once an installation is complete;
 * packages for other platforms may be missing.
 */
export function isInstalled(folder) {
  const wanted = packagesIn(path.join(folder, 'package-lock.json'));
  const present = packagesIn(path.join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) {
    return false;
  }
  const same = (name) =>
    wanted[name]?.version === present[name].version && wanted[name]?.integrity === present[name].integrity;
  const required = Object.keys(wanted).filter((name) => name && !wanted[name].optional);
  return required.every((name) => name in present) && Object.keys(present).every(same);
}
