import { vscePackage } from './vsce.mjs';

const vitest = (project, reporter = 'default') => ({
  tests: `test-output/${project}.json`,
  commands: [
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...['--project', project],
      ...[`--reporter=${reporter}`, '--reporter=json'],
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
 * What `npm test` runs. The stages of a group run side by side; the groups follow one another, so that what measures or
 * starts browsers has the machine to itself. Every command is a script for Node with its arguments.
 *
 * - `budget`: how many seconds the stage may take on a quiet machine with two cores; more is said, and is no failure
 * - `needs`: stages that have to succeed before, all of earlier groups
 * - `tests`: the file in which the stage leaves its counts; without it the stage counts as one test
 * - `host`: the VS Code host that the stage cannot run without
 */
export const groups = [
  [
    {
      name: 'types',
      budget: 20,
      commands: [
        [typescript, '-p', 'tsconfig.json'],
        [typescript, '-p', 'src/webview/tsconfig.json'],
        [typescript, '-p', 'test/webview/tsconfig.json'],
      ],
    },
    { name: 'lint', budget: 10, commands: [[biome, 'lint', '--error-on-warnings']] },
    { name: 'format', budget: 10, commands: [[biome, 'format']] },
    { name: 'build', budget: 15, commands: [['esbuild.config.mjs', '--tests']] },
  ],
  [
    { name: 'unit', budget: 115, needs: ['build'], ...vitest('unit') },
    { name: 'terminal', budget: 120, needs: ['build'], ...vitest('terminal') },
    { name: 'package', budget: 30, needs: ['build'], commands: [vscePackage()] },
  ],
  [{ name: 'engine', budget: 420, needs: ['build'], ...vitest('engine', 'verbose') }],
  [{ name: 'webview', budget: 125, needs: ['build'], ...vitest('webview', 'verbose') }],
  [
    { name: 'editor-newest', budget: 35, ...editor('newest') },
    { name: 'editor-oldest', budget: 35, ...editor('oldest') },
  ],
  [
    {
      name: 'e2e',
      budget: 455,
      host: 'newest',
      needs: ['package'],
      tests: 'test-output/e2e.json',
      commands: [['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/e2e/playwright.config.mjs']],
    },
  ],
];

/** The groups with nothing in them but the named stages and all that these need; everything without names. */
export function chosenGroups(names) {
  const stages = groups.flat();
  if (names.length === 0) {
    return groups;
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
  return groups.map((group) => group.filter((stage) => chosen.has(stage))).filter((group) => group.length > 0);
}
