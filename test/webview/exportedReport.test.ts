import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parseRecord } from '../../src/core/record/parseRecord';
import { recordHtml } from '../../src/core/report/htmlReport';
import { evaluated, record } from '../unit/core/evaluation/build';
import { states } from './journeyStates';
import { oneBrowser } from './page';

const root = path.resolve(import.meta.dirname, '../..');
const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

const browser = oneBrowser();

/** The findings of the fixture, with an evaluation and journeys beside them. */
async function report(): Promise<string> {
  const fixture = readFileSync(path.join(root, 'test/fixtures/triage/ux-audit/findings.json'), 'utf8');
  const parsed = parseRecord(fixture, 'findings.json');
  const { record: filled } = evaluated(record(), 'ana', ['pass', 'fail', 'unsure'], {
    problems: { A02: ['It breaks'] },
  });
  const both = {
    ...parsed.record,
    targets: { ...parsed.record.targets, ...filled.targets },
    evaluations: filled.evaluations,
    findings: { ...parsed.record.findings, ...filled.findings },
  };
  return recordHtml(
    { record: both, invalid: new Set() },
    {
      title: 'Findings of the shop',
      madeOn: '2026-11-22',
      attachments: {},
      journeys: Object.values(await states()).map(({ view }) => view),
    },
  );
}

it.each([
  ['light', 1200],
  ['dark', 1200],
  ['light', 320],
] as const)(
  'the exported report reads well in %s at %i px, asks nothing of the network, and has no accessibility violation',
  async (colorScheme, width) => {
    const page = await browser().newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true }); // for axe
    try {
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await page.setContent(await report());
      await page.getByRole('heading', { name: 'Evaluations by people' }).waitFor();
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const run = (
          globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> };
          }
        ).axe;
        const { violations: found } = await run.run();
        return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
      });
      expect(violations).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBeLessThanOrEqual(0);
      expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([]);
      mkdirSync(path.join(root, 'test-output/screenshots'), { recursive: true });
      await page.screenshot({
        path: path.join(root, `test-output/screenshots/report-${colorScheme}-${width}.png`),
        fullPage: true,
      });
    } finally {
      await page.close();
    }
  },
);
