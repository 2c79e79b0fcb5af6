import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { jointView } from '../../src/core/evaluation/jointView';
import { parseRecord } from '../../src/core/record/parseRecord';
import { evaluationHtml } from '../../src/core/report/htmlEvaluation';
import { recordHtml } from '../../src/core/report/htmlReport';
import { checklist, evaluated, record } from '../unit/core/evaluation/build';
import { faultsOf } from './faults';
import { states } from './journeyStates';
import { leavePicture, oneBrowser } from './page';

const root = path.resolve(import.meta.dirname, '../..');
const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** A PNG of one pixel. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

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

/** An evaluation by two people, with hostile names and a picture, as a report or as slides. */
function evaluations(isSlides: boolean): string {
  const evil = '<img src=x onerror="globalThis.hacked = true">';
  const first = evaluated(record(), 'ana', ['pass', 'fail', 'unsure'], { problems: { A02: [`It breaks ${evil}`] } });
  const both = evaluated(first.record, 'bo', ['pass', 'pass', 'n/a'], { problems: { A03: ['It is slow'] } });
  const [id = ''] = first.problems;
  const finding = both.record.findings[id];
  const findings = {
    ...both.record.findings,
    [id]: {
      ...finding,
      evidence: ['evidence/a.png'],
      where: { element: 'Button “Pay now”', selector: 'main > button', viewport: '412x823' },
      note: `Nobody sees it ${evil}`,
      ratings: { ana: { severity: 3 }, bo: { severity: 1 } },
    } as NonNullable<typeof finding>,
  };
  const all = { ...both.record, findings };
  const subjects = [{ target: 'checkout' }];
  const view = jointView(all, 'checkout', checklist.id, checklist, subjects);
  const shown = { view, title: `Checkout ${evil}`, checklist: 'House rules', isDraft: false };
  const second = { ...shown, view: { ...view, problems: view.problems.slice(0, 1) }, title: 'Home' };
  return evaluationHtml([shown, second], {
    title: `Evaluation of Checkout ${evil}`,
    madeOn: '2026-11-22',
    attachments: { 'evidence/a.png': `data:image/png;base64,${dot}` },
    isSlides,
  });
}

it.each([
  ['report', 'light', 1200],
  ['report', 'dark', 320],
  ['slides', 'light', 1200],
  ['slides', 'dark', 320],
] as const)(
  'evaluations as %s read well in %s at %i px, are inert, and have no accessibility violation',
  async (kind, colorScheme, width) => {
    const page = await browser().newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true }); // for axe
    try {
      await page.setContent(evaluations(kind === 'slides'));
      await page
        .getByRole('heading', { name: /It breaks/ })
        .first()
        .waitFor();
      expect(
        await page
          .getByRole('article')
          .filter({ has: page.getByRole('heading', { name: /^It breaks/ }) })
          .first()
          .innerText(),
      ).toMatch(/Mean 2\.0 of 2 ratings .* raters differ[\s\S]*What it breaks\s+A02 /);
      expect(await page.locator('img').count()).toBe(1);
      await page.getByText('3 problems on 2 pages and journeys, 2 of them major or worse.').waitFor();
      const together = page.getByRole('row', { name: /^Together/ });
      expect((await together.innerText()).split(/\s+/).slice(1)).toEqual(['0', '2', '1', '0']);
      expect(await page.locator('main').innerText()).toContain('Button “Pay now”');
      expect(await page.locator('main').innerText()).not.toMatch(/main > button|412x823|evidence\//);
      await page.getByText('Of 12 items, 3 were looked at.').first().waitFor();
      expect(await page.getByText('Not agreed', { exact: true }).count()).toBe(1);
      if (kind === 'report') {
        expect(await page.getByRole('row', { name: /A02/ }).first().innerText()).toMatch(/fail\s+pass\s+they disagree/);
        expect(await page.getByRole('row', { name: /A04/ }).first().innerText()).toMatch(
          /not looked at\s+not looked at/,
        );
      }
      expect(await faultsOf(page)).toEqual([]);
      expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
      await leavePicture(page, `evaluation-${kind}-${colorScheme}-${width}`);
      const pdf = await page.pdf();
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
      expect(pages).toBeGreaterThanOrEqual(kind === 'slides' ? 4 : 1); // title, summary, two problems
    } finally {
      await page.close();
    }
  },
);

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
      await leavePicture(page, `report-${colorScheme}-${width}`);
    } finally {
      await page.close();
    }
  },
);
