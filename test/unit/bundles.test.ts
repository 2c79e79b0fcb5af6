import { existsSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { webBuild } from '../../src/web/bundleWeb.mts';

const root = path.resolve(import.meta.dirname, '../..');

/** What a bundle is made of, as the build makes it: all that it can load, and what it loads at once. */
async function inputsOf(entry: string): Promise<{ all: string[]; atOnce: string[] }> {
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    external: ['vscode', './webExtension.js'],
    outdir: 'unused',
    write: false,
    metafile: true,
  });
  const { outputs } = metafile;
  const found = new Set<string>();
  const follow = (file: string): void => {
    const output: Metafile['outputs'][string] | undefined = outputs[file];
    if (!output || found.has(file)) return;
    found.add(file);
    for (const { path: to, kind } of output.imports) if (kind === 'import-statement') follow(to);
  };
  for (const [file, { entryPoint }] of Object.entries(outputs)) if (entryPoint === entry) follow(file);
  const inputs = (files: Iterable<string>) => [...files].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
  return { all: inputs(Object.keys(outputs)), atOnce: inputs(found) };
}

describe('the extension', () => {
  it('never loads Lighthouse, and loads pages, audits and servers only when they are needed', async () => {
    const { all, atOnce } = await inputsOf('src/extension.ts');
    expect(all.filter((file) => /node_modules\/(lighthouse|puppeteer-core)\//.test(file))).toEqual([]);
    expect(all).toContain('src/editor/findings/findingPanels.ts');
    const late =
      /Panels\.ts$|engine\/auditEngine\.ts|siteServer|importReports|impactCatalogue|builtIn\/|html(Report|parser)/;
    expect(atOnce.filter((file) => late.test(file))).toEqual([]);
  });
});

describe('the extension in a browser', () => {
  it('contains nothing that needs a machine, and asks for VS Code alone', async () => {
    const { metafile, outputFiles } = await build({
      ...webBuild,
      absWorkingDir: root,
      outdir: 'unused',
      write: false,
      metafile: true,
    });
    const isReplaced = (file: string) => existsSync(path.join(root, file.replace(/^src/, 'src/web/replacements')));
    const inputs = Object.keys(metafile.inputs).filter((file) => !isReplaced(file));
    expect(inputs).toContain('src/editor/evaluation/evaluationPanels.ts');
    expect(inputs).toContain('src/web/replacements/storage/git.ts');
    const local =
      /^src\/(?:agents|cli|delivery|engine|storage\/git(?:Program)?\.ts|editor\/localMachine|workflow\/(?:auditPages|signIn))/;
    expect(inputs.filter((file) => local.test(file))).toEqual(['src/engine/servers/servedFile.ts']);
    const [script] = outputFiles ?? [];
    const required = [...(script?.text ?? '').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
    expect([...new Set(required)]).toEqual(['vscode']);
  });
});

describe('the terminal program', () => {
  it('contains no VS Code, and loads Lighthouse in the worker alone', async () => {
    const { all } = await inputsOf('src/cli.ts');
    expect(all.filter((file) => /src\/editor\/|node_modules\/lighthouse\//.test(file))).toEqual([]);
  });

  it('loads what serves agents only when they are served', async () => {
    const { all, atOnce } = await inputsOf('src/cli/program.ts');
    const served = /src\/agents\/|node_modules\/@modelcontextprotocol\//;
    expect(all.filter((file) => served.test(file)).length).toBeGreaterThan(5);
    expect(atOnce.filter((file) => served.test(file))).toEqual([]);
  });

  it('lists findings without what checks pages and reads code', async () => {
    const { all, atOnce } = await inputsOf('src/cli/findings.ts');
    const late = /src\/engine\/|workflow\/(checkFindings|auditPages|sources)\.ts|node_modules\/parse5\//;
    expect(all.filter((file) => late.test(file)).length).toBeGreaterThan(10);
    expect(atOnce.filter((file) => late.test(file))).toEqual([]);
  });
});
