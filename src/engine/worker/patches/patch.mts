import path from 'node:path';

/** A text that a module must contain, and its replacement. */
export type Replacement = [RegExp | string, string];

/** A change to one module of Lighthouse or of a package that Lighthouse uses. */
interface Change {
  /** Its path below node_modules. */
  module: string;
  /** Names that the replacements use, by the module in `patches` that exports them. */
  uses?: Record<string, string[]>;
  replace: Replacement[];
}

/**
 * A change to Lighthouse that makes runs faster and changes no number. Each can be switched off (index.mts).
 *
 * Each says what it gains: the share of a run without the patch that it saves, measured with Lighthouse 13.5 and
 * Chromium 150 on one page each of three sites (warm, mobile, all categories, medians of 7 pairs in turn with
 * `npm run bench -- --only patches`, two cores, load average 1.7). Under 5 % they are not told from noise: single pairs
 * lie up to 25 % apart.
 */
export interface Patch {
  name: string;
  changes: Change[];
}

/**
 * Replaces texts of a module.
 * @throws Error when a text is missing, because this release of Lighthouse differs
 */
export function replaceEach(module: string, source: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((text, [pattern, by]) => {
    const result = text.replace(pattern, () => by);
    if (result === text) throw new Error(`${module} of this Lighthouse does not contain ${pattern}`);
    return result;
  }, source);
}

/** A module with the changes that patches make to it. */
export function patched(module: string, source: string, patches: readonly Patch[]): string {
  const changes = patches.flatMap((patch) => patch.changes.filter((change) => change.module === module));
  return changes.reduce((text, { uses = {}, replace }) => {
    const imports = Object.entries(uses).map(([file, names]) => {
      const from = JSON.stringify(path.join(import.meta.dirname, file));
      const list = `{ ${names.join(', ')} }`;
      return text.includes('module.exports') ? `const ${list} = require(${from});\n` : `import ${list} from ${from};\n`;
    });
    return imports.join('') + replaceEach(module, text, replace);
  }, source);
}
