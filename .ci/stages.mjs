const vitest = (project) => ({
  tests: `test-output/${project}.json`,
  commands: [
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...['--project', project],
      ...['--reporter=default', '--reporter=json'],
      `--outputFile.json=test-output/${project}.json`,
    ],
  ],
});

const editor = (host) => ({
  host,
  needs: ['build'],
  tests: `test-output/editor-${host}.json`,
  commands: [['test/editor/run.mjs', '--host', host]],
});

const typescript = 'node_modules/typescript/bin/tsc';
const biome = 'node_modules/@biomejs/biome/bin/biome';

/**
 * What `npm test` runs, in this order. Every command is a script for Node with its arguments.
 *
 * - `needs`: stages that have to succeed before
 * - `tests`: the file in which the stage leaves its counts; without it the stage counts as one test
 * - `host`: the VS Code host that the stage cannot run without
 */
export const stages = [
  {
    name: 'types',
    commands: [
      [typescript, '-p', 'tsconfig.json'],
      [typescript, '-p', 'src/webview/tsconfig.json'],
    ],
  },
  { name: 'lint', commands: [[biome, 'lint', '--error-on-warnings']] },
  { name: 'format', commands: [[biome, 'format']] },
  { name: 'build', commands: [['esbuild.config.mjs', '--tests']] },
  { name: 'unit', needs: ['build'], ...vitest('unit') },
  { name: 'engine', needs: ['build'], ...vitest('engine') },
  { name: 'webview', needs: ['build'], ...vitest('webview') },
  {
    name: 'package',
    needs: ['build'],
    commands: [
      [
        'node_modules/@vscode/vsce/vsce',
        'package',
        '--no-dependencies',
        '--allow-missing-repository',
        '--no-rewrite-relative-links',
        ...['-o', 'dist/ux-audit.vsix'],
      ],
    ],
  },
  { name: 'editor-newest', ...editor('newest') },
  { name: 'editor-oldest', ...editor('oldest') },
  {
    name: 'e2e',
    host: 'newest',
    needs: ['package'],
    tests: 'test-output/e2e.json',
    commands: [['test/e2e/run.mjs']],
  },
];

/** The named stages and all that they need, in their order; every stage without names. */
export function chosenStages(names) {
  if (names.length === 0) {
    return stages;
  }
  const chosen = new Set();
  const choose = (name) => {
    const stage = stages.find((candidate) => candidate.name === name);
    if (!stage) {
      const known = stages.map((candidate) => candidate.name).join(', ');
      throw new Error(`There is no stage named ${name}: choose from ${known}.`);
    }
    stage.needs?.forEach(choose);
    chosen.add(stage);
  };
  names.forEach(choose);
  return stages.filter((stage) => chosen.has(stage));
}
