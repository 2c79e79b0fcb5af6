import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journeyRunSchema, stepSummaries } from '../../src/core/journey/journeyRun';
import { Place, repository } from '../engine/support';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

/** Runs tests of a team that has them already, with the reporter. */
async function runTests(tests: string, options = '{}') {
  const playwright = path.join(repository, 'node_modules', '@playwright', 'test');
  const reporter = path.join(repository, 'dist', 'playwright.mjs');
  writeFileSync(
    path.join(place.workspace, 'playwright.config.mjs'),
    `export default { testDir: 'tests', workers: 1, reporter: [[${JSON.stringify(reporter)}, ${options}]],
      use: { baseURL: 'https://staging.shop.example' } };`,
  );
  mkdirSync(path.join(place.workspace, 'tests'));
  writeFileSync(
    path.join(place.workspace, 'tests', 'shop.spec.mjs'),
    `import { expect, test } from ${JSON.stringify(path.join(playwright, 'index.mjs'))};\n${tests}`,
  );
  const args = [path.join(playwright, 'cli.js'), 'test', '-c', 'playwright.config.mjs'];
  const env = { ...process.env, FORCE_COLOR: '1' };
  return promisify(execFile)(process.execPath, args, { cwd: place.workspace, env }).catch((error) => error);
}

const runs = () =>
  readFileSync(path.join(place.workspace, 'ux-audit', 'runs', 'journeys.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => journeyRunSchema.parse(JSON.parse(line)));

const journey = `{ annotation: { type: 'journey', description: 'checkout' } }`;
const passing = `test.step('Cart', async () => { await test.step('inner', () => {}); await new Promise((done) => setTimeout(done, 120)); })`;

describe('the Playwright reporter', () => {
  it('turns tests into runs of journeys: times and failures, and nothing that tests do not measure', async () => {
    const { stderr } = await runTests(`
      test('buys', ${journey}, async () => { await ${passing}; await test.step('Pay', () => {}); });
      test('pays', ${journey}, async () => { await ${passing}; await test.step('Pay', () => { expect(1, 'the receipt').toBe(2); }); });
      test('not a journey', async () => { await test.step('Other', () => {}); });`);
    expect(stderr).toBe('');
    const [run] = runs();
    expect(runs()).toHaveLength(1);
    expect(run).toMatchObject({ target: 'checkout', environment: 'deployed', runner: 'playwright' });
    const [cart, pay] = stepSummaries(run ?? { walks: [] });
    expect(cart).toMatchObject({ name: 'Cart', reached: 2, tried: 2, waiting: null, requests: null });
    expect(cart?.duration?.min).toBeGreaterThanOrEqual(115);
    expect(pay).toMatchObject({ name: 'Pay', reached: 1, tried: 2, why: 'Error: the receipt' });
    expect(place.recordText()).toBeUndefined();
  });

  it('records what cannot be completed where that is asked for, and names steps that were not tried', async () => {
    mkdirSync(path.join(place.workspace, 'ux-audit'));
    const steps = ['Cart', 'Pay', 'Done'];
    const record = {
      schemaVersion: 1,
      targets: { checkout: { kind: 'journey', steps } },
      evaluations: {},
      findings: {},
    };
    writeFileSync(path.join(place.workspace, 'ux-audit', 'findings.json'), JSON.stringify(record));
    await runTests(
      `test('pays', { tag: '@journey:checkout' }, async () => { await ${passing}; await test.step('Pay', () => { throw new Error('declined'); }); });`,
      '{ record: true, environment: "preview" }',
    );
    expect(runs()[0]?.walks[0]?.steps.map(({ outcome }) => outcome)).toEqual(['reached', 'failed', 'not tried']);
    expect(JSON.parse(place.recordText() ?? '').findings['checkout/journey/pay-fails']).toMatchObject({
      state: { status: 'open', seenIn: ['preview/desktop'] },
      occurrences: expect.objectContaining({}),
    });
  });

  it('says what it leaves out, and never fails the tests', async () => {
    const { stderr, code } = await runTests(
      `test('a', { tag: '@journey:Not A Name' }, () => {}); test('b', { tag: '@journey:empty' }, () => {});`,
    );
    expect(code).toBeUndefined();
    expect(stderr).toContain('The journey "Not A Name" was left out.');
    expect(stderr).toContain('The journey "empty" was left out. Its tests have no test.step.');
  });
});
