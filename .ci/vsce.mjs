// npm run package: packages what is built as dist/ux-audit.vsix.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the extension is packaged to. */
export const vsixFile = 'dist/ux-audit.vsix';

/**
 * The Node script, with its arguments, that packages the extension. All that it needs is bundled, so no dependency goes
 * with it. As long as package.json names no `repository`, vsce has to be told that this is meant and that the links of
 * README.md stay as they are.
 */
export function vscePackage(file = vsixFile) {
  return [
    'node_modules/@vscode/vsce/vsce',
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    ...['--out', file],
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = spawnSync(process.execPath, vscePackage(), { stdio: 'inherit' }).status ?? 1;
}
