import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { table } from './measure.mjs';

/** Bytes. */
const limits = { vsix: 15e6, start: 500e3 };

/** Size of a file, or of all files below a folder that `counts` says yes to. Bytes. */
function sizeOf(entry, counts = () => true) {
  if (!existsSync(entry)) return 0;
  if (!statSync(entry).isDirectory()) return counts(entry) ? statSync(entry).size : 0;
  return readdirSync(entry).reduce((sum, name) => sum + sizeOf(path.join(entry, name), counts), 0);
}

const inUnits = (bytes) => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(2)} MB` : `${(bytes / 1e3).toFixed(0)} KB`);

/** What the worker's bundle leaves out of Lighthouse (src/engine/worker/bundleLighthouse.mts), with its size on disk. */
function leftOut(modules) {
  const lighthouse = path.join(modules, 'lighthouse');
  return [
    [
      'translations other than English',
      'the record is written in one language',
      sizeOf(path.join(lighthouse, 'shared/localization/locales'), (file) => path.basename(file) !== 'en-US.json'),
    ],
    [
      'report of user flows',
      'no flow is reported yet',
      sizeOf(path.join(lighthouse, 'dist/report/flow.js')) + sizeOf(path.join(lighthouse, 'flow-report')),
    ],
    [
      'error reporting (Sentry, OpenTelemetry)',
      'never switched on',
      ['@sentry', '@sentry-internal', '@opentelemetry'].reduce(
        (sum, name) => sum + sizeOf(path.join(modules, name)),
        0,
      ),
    ],
  ];
}

/** A bundle with the chunks that it cannot start without. */
function filesOfStart(entry, found = new Set()) {
  found.add(entry);
  const chunks = readFileSync(entry, 'utf8').matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g);
  for (const [, name] of chunks) {
    const file = path.join(path.dirname(entry), name);
    if (!found.has(file)) filesOfStart(file, found);
  }
  return [...found];
}

/** Sizes of what is installed and of what every start of the editor reads. */
export async function measure({ root, verdicts }) {
  if (!existsSync('dist/ux-audit.vsix')) {
    const args = ['package', '--no-dependencies', '--allow-missing-repository', '-o', 'dist/ux-audit.vsix'];
    await promisify(execFile)(process.execPath, [path.join(root, 'node_modules/@vscode/vsce/vsce'), ...args]);
  }
  const start = filesOfStart('dist/extension.mjs');
  const rows = [
    ['dist/ux-audit.vsix', sizeOf('dist/ux-audit.vsix'), limits.vsix],
    [
      `dist/extension.mjs and its ${start.length - 1} chunks`,
      start.reduce((sum, file) => sum + sizeOf(file), 0),
      limits.start,
    ],
  ].map(([name, size, limit]) => {
    const verdict = verdicts.isTrue(`size: ${name}`, `${inUnits(size)}, limit under ${inUnits(limit)}`, size < limit);
    return [name, inUnits(size), inUnits(limit), verdict];
  });
  table(['file', 'size', 'limit', ''], rows);
  const worker = await readFile('dist/auditWorker.js');
  console.log(
    `\ndist/auditWorker.js: ${inUnits(worker.length)}, gzip ${inUnits(gzipSync(worker).length)}. Left out of it:`,
  );
  table(
    ['what', 'why', 'on disk'],
    leftOut(path.join(root, 'node_modules')).map(([what, why, size]) => [what, why, inUnits(size)]),
  );
}
