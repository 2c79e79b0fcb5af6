import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImpactData } from '../../src/core/impact/impactData';
import type { TableDraft } from '../../src/protocol/impactPage';
import { exportImpact } from '../../src/workflow/exportImpact';
import { Workspace } from '../../src/workflow/workspace';
import { data, figure, run } from '../unit/core/impact/build';
import { faultsOf } from './faults';
import { faultsOfLook } from './faultsOfLook';
import { aPageEach, leavePicture, oneBrowser, openPage } from './page';
import { looks } from './themes';

const root = path.resolve(import.meta.dirname, '../..');

/** Places off the web: a phone line that is known, and a letter of which nothing is. */
const offTheWeb: ImpactData['targets'] = [
  {
    slug: 'hotline',
    kind: 'touchpoint',
    isDeployed: false,
    title: '<b>The hotline</b>',
    channel: 'phone',
    stage: 'retention',
    owner: 'ana',
    asked: [{ checklist: 'journey-cx', people: 1, of: 12, failed: 3 }],
  },
  { slug: 'letter', kind: 'touchpoint', isDeployed: false, channel: 'letter' },
];

const months = ['2026-06', '2026-07', '2026-08', '2026-09'];
/** A shop after an audit and an import. */
const shop = (change: Partial<ImpactData> = {}) =>
  data({
    targets: [
      { slug: 'checkout', kind: 'page', isDeployed: true },
      { slug: 'home', kind: 'page', isDeployed: false },
    ],
    runs: [
      run({ at: '2026-11-20T10:00:00.000Z', values: { lcp: [4000, 3800, 4100, 3, 0.4] } }),
      run({ target: 'home', values: { lcp: [1200, 1100, 1300, 3, 0.99], cls: [0.3, 0.3, 0.3, 1, 0.3] } }),
      run({ values: { lcp: [3000, 2900, 3200, 3, 0.78], tbt: [900, 800, 950, 3, 0.2] } }),
    ],
    figures: [
      ...months.map((month, index) =>
        figure({ from: `${month}-01`, to: `${month}-28`, value: 2 + index / 10, low: 1.9, high: 2.6 }),
      ),
      figure({ metric: 'aov', value: 50, unit: 'EUR', to: '2026-09-28', parts: undefined }),
      figure({
        metric: 'nps',
        target: 'checkout',
        value: 25,
        n: 4,
        parts: { promoters: 2, passives: 1, detractors: 1 },
      }),
      figure({
        metric: 'churn_rate',
        value: 3,
        from: '2026-01-01',
        to: '2026-03-31',
        n: 1800,
        parts: { x: 54, n: 1800 },
      }),
    ],
    findings: [
      {
        id: 'checkout/lighthouse/x',
        title: '<img src=x onerror="document.title = 1"> Slow <b>picture</b>',
        target: 'checkout',
        rule: 'lighthouse/x',
        severity: 3,
        stage: 'purchase',
        owner: undefined,
        reach: 1,
        of: 2,
        metrics: ['lcp'],
        problem: 'lighthouse/x',
        order: 'major (3 of 4); 1 page',
        kind: 'automated',
        places: 4,
        seenIn: ['local/mobile'],
        saving: 0,
      },
    ],
    ...change,
  });

describe('the bundle of the impact page', () => {
  it('is below 120 KB gzip', () => {
    const size = gzipSync(readFileSync(path.join(root, 'dist/webview/impact.js'))).length;
    expect(size).toBeLessThan(120 * 1024);
  });
});

describe('the look of the impact page', () => {
  const browser = oneBrowser();
  const ready = shop({ targets: [...shop().targets, ...offTheWeb], industry: 'grocery' });
  it.each(looks([320, 1280], 1280))('has no accessibility violation and fits at %i px', async (width, themes) => {
    for (const name of ['Answer', 'Fix first', 'Chain', 'What if', 'Over time', 'Claims']) {
      const picture = `impact-page-${name.replaceAll(' ', '-')}`;
      const faults = await faultsOfLook(browser(), { name: picture, themes, width }, async (page) => {
        await openPage(page, 'impact', { ready });
        await page.getByRole('tab', { name }).click();
        if (name === 'Chain') await page.locator('[data-metric="lcp"]').first().click();
      });
      expect(faults, name).toEqual([]);
    }
  });
});

describe('the impact page', () => {
  let page: Page;
  const newPage = aPageEach({ viewport: { width: 1280, height: 900 } });
  beforeEach(() => {
    page = newPage();
  });
  const opened = async (ready: ImpactData = shop(), answers: Record<string, unknown> = {}) => {
    const requests = await openPage(page, 'impact', { ready, ...answers });
    await page.getByRole('tablist').waitFor();
    return requests;
  };
  const tab = (name: string) => page.getByRole('tab', { name });
  const onChain = async (...given: Parameters<typeof opened>) => {
    const requests = await opened(...given);
    await tab('Chain').click();
    return requests;
  };
  const node = (id: string) => panel().locator(`.chain [data-metric="${id}"]`);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-metric'));
  const panel = () => page.getByRole('tabpanel');

  it('has a tab for each of its pages, by arrow keys alone', async () => {
    await opened();
    await tab('Answer').focus();
    for (const [name, heading] of [
      ['Fix first', 'Fix first, and why'],
      ['Chain', 'One page or task'],
      ['What if', 'What if Largest Contentful Paint of checkout were different?'],
      ['Over time', 'Two periods'],
      ['Claims', 'What you may not claim'],
    ] as const) {
      await page.keyboard.press('ArrowRight');
      await panel().getByRole('heading', { name: heading }).waitFor();
      expect(await page.getByRole('tab', { selected: true }).innerText()).toBe(name);
    }
    await page.keyboard.press('ArrowRight');
    await panel().getByRole('heading', { name: 'What to fix first' }).waitFor();
  });

  it('lists journeys and touchpoints by stage, with what is missing', async () => {
    const calls = figure({ metric: 'nps', target: 'hotline', value: 12, n: 40, parts: undefined });
    const requests = await opened(shop({ targets: [...shop().targets, ...offTheWeb], figures: [calls] }));
    await tab('Fix first').click();
    const section = panel().getByRole('region', { name: 'Journeys and touchpoints' });
    expect(await section.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(['retention', 'No stage given']);
    const [hotline = '', letter = ''] = await section.locator('.touchpoints > li').allInnerTexts();
    expect(hotline).toMatch(/<b>The hotline<\/b> phone · owner ana\s+Net Promoter Score.* \+12/);
    expect(hotline).toContain('journey-cx: 9 of 12 questions passed, 3 failed (1 evaluator)');
    expect(hotline).not.toContain('Missing');
    expect(letter).toContain('Missing: a figure, a submitted evaluation, an owner.');
    await section.getByRole('button', { name: 'Open journey-cx of <b>The hotline</b>' }).press('Enter');
    await expect.poll(() => requests.at(-1)?.method).toBe('openAnswers');
    expect(requests.at(-1)?.params).toEqual({ target: 'hotline', checklist: 'journey-cx' });
  });

  it('leads from a journey to its page', async () => {
    const order = { slug: 'order', kind: 'journey', isDeployed: false, steps: 2 };
    const requests = await opened(shop({ targets: [...shop().targets, order, ...offTheWeb] }));
    await tab('Fix first').click();
    const section = panel().getByRole('region', { name: 'Journeys and touchpoints' });
    expect(await section.getByRole('button', { name: /Show Journey/ }).count()).toBe(1);
    await section.getByRole('button', { name: 'Show Journey order' }).click();
    await expect.poll(() => requests.at(-1)).toEqual({ method: 'showJourney', params: { target: 'order' } });
  });

  it('names the command that adds a touchpoint where the record has none', async () => {
    const requests = await opened();
    await tab('Fix first').click();
    const section = panel().getByRole('region', { name: 'Journeys and touchpoints' });
    expect(await section.innerText()).toContain('UX Audit: Add Touchpoint…');
    await section.getByRole('button', { name: 'Add Touchpoint…' }).click();
    await expect.poll(() => requests.map(({ method }) => method)).toContain('addTouchpoint');
  });

  it('says what is usual in the industry of the team', async () => {
    const asked = figure({ metric: 'nps', value: 12, n: 40, low: -9, high: 33, parts: undefined });
    await opened(shop({ industry: 'grocery', figures: [asked] }));
    await panel().getByText('usual in grocery is +30').waitFor();
  });

  it('answers on the first page in sentences and four sides, and leads to what tells more', async () => {
    await opened();
    expect(await panel().locator('.answer').innerText()).toMatch(
      /^Checkout could load faster\. 2\.3 of 100 visits end/,
    );
    const tiles = panel().getByRole('list', { name: 'Four sides' }).getByRole('listitem');
    const said = await tiles.evaluateAll((all) => all.map((one) => (one as HTMLElement).innerText));
    expect(said[0]).toMatch(
      /^Speed[\s\S]*needs improvement[\s\S]*1 of 2 pages could load faster[\s\S]*1\.2 s to 3\.0 s/,
    );
    expect(said[1]).toMatch(/^Access[\s\S]*not measured[\s\S]*Audit a Page/);
    expect(said[2]).toMatch(/^Ease[\s\S]*not measured[\s\S]*Evaluate a Page/);
    expect(said[3]).toMatch(/^Customers[\s\S]*2\.3 %/);
    await panel().getByRole('link', { name: 'Checkout could load faster' }).click();
    await panel().getByRole('region', { name: 'Largest Contentful Paint' }).waitFor();
  });

  it.each([
    ['nothing is known of them', shop({ figures: [] })],
    ['only what they do is known', shop({ figures: shop().figures.filter(({ metric }) => metric !== 'nps') })],
  ])('offers a survey where %s', async (_, ready) => {
    const requests = await opened(ready);
    for (const w of [420, 800, 1400]) {
      await page.setViewportSize({ width: w, height: 800 });
    }
    await panel().getByRole('button', { name: 'Ask Them: Survey Kit' }).click();
    expect(requests.at(-1)?.method).toBe('makeSurvey');
  });

  it('lists on the first page what to fix with its size and its study, and goes to the code', async () => {
    const requests = await opened();
    const [first] = await panel().locator('.fix').allInnerTexts();
    expect(first).toMatch(
      /major \(3 of 4\) · purchase · checkout[\s\S]*4\s+places[\s\S]*Vodafone[\s\S]*experiment: one thing was changed on purpose/,
    );
    expect(await page.title()).not.toBe('1');
    await panel()
      .getByRole('button', { name: /^Go to code/ })
      .click();
    expect(requests.at(-1)).toEqual({ method: 'goToCode', params: { id: 'checkout/lighthouse/x' } });
    await panel().getByRole('button', { name: 'Evaluate a Page' }).click();
    expect(requests.at(-1)?.method).toBe('evaluate');
  });

  it('names the group of the value that it shows, and lists all groups side by side', async () => {
    const nps = (segment: string, value: number, n: number) =>
      figure({ metric: 'nps', segment, value, low: value - 9, high: value + 9, n, parts: undefined });
    await opened(shop({ figures: [nps('buyers', 20, 120), nps('<i>users</i>', -75, 60)] }));
    const tile = panel().locator('[data-tile=customers]');
    expect(await tile.innerText()).toContain('NPS®, buyers; 1 other group, worse: <i>users</i> −75');
    await tile.getByRole('button', { name: 'Customers' }).click();
    const values = await page.locator('.detail-panel .values li').allInnerTexts();
    expect(values.map((text) => text.split('\n')[0])).toEqual([
      expect.stringContaining('whole product, buyers: +20'),
      expect.stringContaining('whole product, <i>users</i>: −75'),
    ]);
  });

  it('keeps to a segment, and says of a figure of none that it is of all together', async () => {
    const nps = (segment: string | undefined, value: number, n: number) =>
      figure({ metric: 'nps', segment, value, low: value - 9, high: value + 9, n, parts: undefined });
    const all = [nps(undefined, 5, 900), nps('buyers', 20, 120), nps('<i>users</i>', -75, 60)];
    await opened(shop({ figures: [...all, figure({ metric: 'csat', value: 70, n: 40, parts: undefined })] }));
    const tile = panel().locator('[data-tile=customers]');
    expect(await tile.innerText()).toMatch(/\+5 NPS®; 2 groups/);
    await panel().getByText('Show only a page').click();
    await panel().getByLabel('segment').selectOption('<i>users</i>');
    expect(await tile.innerText()).toContain('−75 NPS®, <i>users</i>');
    await tab('Chain').click();
    await node('nps').click();
    const values = await page.locator('.detail-panel .values li').allInnerTexts();
    expect(values.map((text) => text.split('\n')[0])).toEqual([
      expect.stringContaining('whole product, <i>users</i>: −75'),
      expect.stringContaining('whole product, all together: +5'),
    ]);
    await node('csat').click();
    expect(await page.locator('.detail-panel .values li').innerText()).toContain('whole product, all together: 70');
  });

  it('says of a problem how many comments and reasons for leaving name it, as text', async () => {
    const [known] = shop().findings;
    const named = [{ reason: '<b>pay</b>', count: 14, of: 58, about: '2026-09-01 to 2026-09-30' }];
    const said = { kind: 'reported', comments: 12, metrics: [], named };
    await opened(shop({ findings: known ? [{ ...known, ...said }] : [] }));
    const [first] = await panel().locator('.fix').allInnerTexts();
    expect(first).toMatch(/said by customers[\s\S]*12\s+comments[\s\S]*named in 14 of 58 reasons for leaving \(<b>pay/);
    expect(await panel().innerText()).toContain('Among equals, what more customers gave as a reason for leaving');
    await panel()
      .getByRole('button', { name: /^Open Problem/ })
      .waitFor();
  });

  it('lists why customers left with the findings that it is about, and asks the host for them', async () => {
    const [known] = shop().findings;
    const given = { count: 14, of: 58, about: '2026-09-01 to 2026-09-30' };
    const reasons = [
      { ...given, reason: '<b>pay</b>', findings: [known?.id ?? '', 'checkout/gone/x'] },
      { ...given, reason: 'price', findings: [] },
    ];
    const left = figure({ metric: 'churn_reasons', value: 58, parts: { '<b>pay</b>': 14, price: 14, other: 30 } });
    const requests = await opened(shop({ reasons, figures: [left] }), { chooseReason: { findings: 2 } });
    await panel().getByRole('button', { name: 'Which findings are these about?' }).click();
    const section = panel().getByRole('region', { name: 'Why customers left' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Why customers left');
    const [pay = '', price = ''] = await section
      .locator('li:has(button)')
      .filter({ hasText: '14 of 58' })
      .allInnerTexts();
    expect(pay).toMatch(
      /<b>pay<\/b> 14 of 58 reasons for leaving[\s\S]*Slow <b>picture<[\s\S]*Also joined with 1 finding that is closed/,
    );
    expect(price).toContain('Nobody has said which finding it is about.');
    await section.getByRole('button', { name: 'Choose findings: price' }).press('Enter');
    await page.getByRole('status').getByText('price is about 2 findings now.').waitFor();
    expect(requests.at(-1)).toEqual({ method: 'chooseReason', params: { reason: 'price' } });
  });

  it('warns on the first page of what is old and of a development build', async () => {
    const built = run({ development: 'vite', values: { a11y_score: [90, 90, 90, 1, 0.9] } });
    await opened(shop({ runs: [built] }));
    expect(await panel().innerText()).toContain('Only a development build was audited.');
    expect(
      await panel()
        .getByText(/could load faster|loads slowly/)
        .count(),
    ).toBe(0);
  });

  it('says which values it does not offer as a claim, and why', async () => {
    await opened(shop({ runs: [run({ noisy: true })] }));
    await tab('Claims').click();
    await panel().getByText('other programs disturbed its runs').first().waitFor();
    expect(
      await panel()
        .getByRole('button', { name: /Copy text: (Largest|Total|Cumulative)/ })
        .count(),
    ).toBe(0);
  });

  it('shows on the chain each metric once, with its value or that nobody knows it', async () => {
    await onChain();
    expect(await node('lcp').innerText()).toMatch(/needs improvement[\s\S]*3\.0 s[\s\S]*checkout, worst of 2 values/);
    expect(await node('nps').innerText()).toMatch(/2 promoters[\s\S]*too few/);
    expect(await node('churn_rate').innerText()).toMatch(/3 %[\s\S]*stale/);
    expect(await node('bounce_rate').innerText()).toMatch(/not known[\s\S]*joined to/);
    const ids = await panel()
      .locator('[data-metric]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-metric')));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('draws one line for each relation of the table, in the style that the legend explains', async () => {
    await onChain();
    await panel().locator('.chain-line').first().waitFor();
    await panel()
      .getByText(/^The same as a table/)
      .click();
    const rows = panel().getByRole('region', { name: 'Relations' }).getByRole('row');
    expect(await panel().locator('.chain-line').count()).toBe((await rows.count()) - 1);
    const conversion = rows.filter({ hasText: 'Largest Contentful Paint' }).filter({ hasText: 'Conversion rate' });
    expect(await conversion.innerText()).toContain('experiment');
    const line = panel().locator('.chain-line', {
      hasText: 'Largest Contentful Paint and Conversion rate: experiment',
    });
    expect(await line.getAttribute('class')).toContain('solid');
    expect(await panel().locator('.legend').first().innerText()).toMatch(
      /experiment[\s\S]*observed together: both moved/,
    );
  });

  it('names a metric without a value that nothing leads to in one drawer, with the way to it', async () => {
    await onChain();
    await panel()
      .getByText(/^\s*What could be measured/)
      .click();
    const drawer = panel().locator('.drawer');
    await drawer.getByRole('listitem').filter({ hasText: 'Customer Effort Score' }).getByText('from a table').waitFor();
    expect(await drawer.locator('[data-metric="lcp"]').count()).toBe(0);
    await drawer.getByRole('button', { name: 'Customer Effort Score' }).click();
    const detail = panel().getByRole('region', { name: 'Customer Effort Score' });
    expect(await detail.innerText()).toContain('It can be had from a table, or typed in.');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('ces');
  });

  it('keeps to a stage, and says of each metric in which it counts', async () => {
    await onChain();
    expect(await node('lcp').innerText()).toContain('counts in consideration, purchase');
    await panel().getByRole('button', { name: 'advocacy', exact: true }).click();
    expect(await node('lcp').count()).toBe(0);
    expect(await node('nps').count()).toBe(1);
    expect(await panel().getByRole('button', { name: 'advocacy', exact: true, pressed: true }).count()).toBe(1);
  });

  it('tells of a metric in a side panel, by keyboard, and gives the focus back with Esc', async () => {
    await onChain();
    await node('lcp').focus();
    await page.keyboard.press('Enter');
    const detail = panel().getByRole('region', { name: 'Largest Contentful Paint' });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('detail-title');
    expect(await detail.innerText()).toMatch(/checkout: 3\.0 s[\s\S]*lab, local, mobile, 2\.9 s to 3\.2 s, 3 runs/);
    const open = detail.locator('details[open]').first();
    expect(await open.innerText()).toMatch(
      /Conversion rate[\s\S]*experiment[\s\S]*Farfetch[\s\S]*, 2022[\s\S]*How[\s\S]*Of whom[\s\S]*size not published[\s\S]*Limits[\s\S]*starting LCP is not stated[\s\S]*SPD-C04 · A2/,
    );
    expect(await open.innerText()).toMatch(
      /Yours: Conversion rate 2\.3 %[\s\S]*0 months have both values; 8 more are needed/,
    );
    await detail.getByText('1 finding bears on it').click();
    expect(await detail.getByText('Slow <b>picture</b>').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await detail.count()).toBe(0);
    expect(await focused()).toBe('lcp');
  });

  it('opens a relation from its line and from the table, and gives the focus back to where it was opened', async () => {
    await onChain();
    await panel()
      .getByText(/^The same as a table/)
      .click();
    const opener = panel().getByRole('button', { name: /of Largest Contentful Paint and Bounce rate$/ });
    await opener.click();
    const detail = panel().getByRole('region', { name: 'Largest Contentful Paint' });
    await detail.locator('details[open]', { hasText: 'Renault' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    const line = panel().locator('.chain-line', { hasText: 'Largest Contentful Paint and Conversion rate' });
    await line.dispatchEvent('click');
    await detail.locator('details[open]', { hasText: 'Farfetch' }).waitFor();
  });

  it('shows what clicks and satisfaction have to do with each other: nothing', async () => {
    await onChain(shop({ figures: [figure({ metric: 'clicks_to_completion', value: 7, n: 12, parts: undefined })] }));
    await node('clicks_to_completion').click();
    const detail = panel().getByRole('region', { name: 'Clicks to completion' });
    await detail.getByText('Satisfaction rating').click();
    await detail.getByText('Found no such relation').first().waitFor();
  });

  it('says relations in words and tells of a metric right below it where there is no room for lines', async () => {
    await page.setViewportSize({ width: 420, height: 800 });
    await onChain();
    expect(await panel().locator('.chain-line').count()).toBe(0);
    expect(await node('lcp').innerText()).toMatch(/Conversion rate[\s\S]*experiment/);
    await node('lcp').click();
    const [below, next] = [panel().locator('.nodes .detail-panel'), node('bounce_rate')];
    const [top, after] = [await below.boundingBox(), await next.boundingBox()];
    expect(top?.y).toBeLessThan(after?.y ?? 0);
  });

  it('estimates a better value only as far as a study carries it, and money only in one’s own numbers', async () => {
    await opened();
    await tab('What if').click();
    const [wish, rows] = [
      page.getByLabel(/^Then, in seconds/),
      panel().getByRole('list', { name: 'What it would mean' }),
    ];
    expect(await panel().getByRole('heading', { level: 2 }).innerText()).toContain('checkout');
    await wish.fill('2.3');
    const first = rows.getByRole('listitem').first();
    await first.getByText(/Conversion rate: \+1 to \+5 % relative conversion, for more than 600 ms saved/).waitFor();
    expect(await first.innerText()).toContain('400 to 2000 EUR');
    expect(await first.innerText()).toContain('if every visit gained as much, which is more than this page alone');
    expect(await first.innerText()).toMatch(
      /experiment · At others: Farfetch.*\(2022\).*size not published · SPD-C04 · A2/,
    );
    await wish.fill('2.7');
    await rows.getByText(/The study reports more than 600 ms saved/).waitFor();
    expect(await rows.innerText()).toContain('yours would go from 3.0 s to 2.7 s');
  });

  it('says on paper in words and tables what lines and folds say on the screen', async () => {
    await onChain();
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const relations = panel().getByRole('region', { name: 'Relations' });
    await relations.waitFor();
    expect(await panel().locator('.chain-lines').isVisible()).toBe(false);
    expect(await node('lcp').innerText()).toMatch(/Conversion rate[\s\S]*experiment/);
    expect(await page.getByRole('tablist').isVisible()).toBe(false);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await relations.isVisible()).toBe(false);
  });

  it('refuses a wished value that cannot be, and takes the one that was meant', async () => {
    await opened();
    await tab('What if').click();
    const wish = page.getByLabel(/^Then, in seconds/);
    await wish.fill('2500');
    await panel().getByText('2500 s is 42 minutes.').waitFor();
    expect(await wish.getAttribute('aria-invalid')).toBe('true');
    expect(await panel().getByRole('list', { name: 'What it would mean' }).count()).toBe(0);
    await panel().getByRole('button', { name: '2.5 s' }).click();
    expect(await wish.inputValue()).toBe('2.5');
    await wish.fill('fast');
    await panel().getByText('“fast” is no number.').waitFor();
  });

  it('ranks what to fix with the reason for each place, in inert text, and opens it', async () => {
    const requests = await opened();
    await tab('Fix first').click();
    expect(await panel().innerText()).toContain(
      'studies join Largest Contentful Paint with Sales: experiment (A2); on 1 of 2 targets; purchase',
    );
    expect(await page.title()).not.toBe('1');
    await panel().getByRole('button', { name: 'checkout' }).click();
    expect(requests).toContainEqual({ method: 'showFinding', params: { id: 'checkout/lighthouse/x' } });
  });

  it('tells what got better with its spread, and what shows no change', async () => {
    const before = run({ values: { lcp: [4000, 3900, 4100, 3, 0.4], tbt: [890, 800, 940, 3, 0.2] } });
    const now = run({ values: { lcp: [3000, 2900, 3200, 3, 0.78], tbt: [900, 800, 950, 3, 0.2] } });
    const verdicts = { lcp: 'better', tbt: 'same' } as const;
    const other = {
      key: 'home/local/mobile',
      before,
      now,
      reason: 'another major version of Lighthouse',
      verdicts: {},
    };
    await opened(
      shop({
        baseline: [{ key: 'checkout/local/mobile', before, now, reason: undefined, verdicts }, other],
      }),
    );
    await tab('Over time').click();
    expect(
      await panel()
        .getByRole('row', { name: /Largest Contentful Paint 4\.0 s .* 3\.0 s .* better/ })
        .count(),
    ).toBe(1);
    expect(await panel().getByText('1 value without a change that shows').count()).toBe(1);
    expect(await panel().getByText('Not compared: another major version of Lighthouse.').count()).toBe(1);
    await panel().getByRole('combobox', { name: /^What/ }).selectOption('Conversion rate');
    expect(
      await panel()
        .getByRole('img', { name: /Conversion.*4 values, from 2 % on 2026-06-28 to 2\.3 %/ })
        .count(),
    ).toBe(1);
  });

  it('shows one course at a time, with its bands, two periods and a table', async () => {
    const days = [3000, 3050, 2980, 3020, 3010, 2400, 2350, 2420, 2380, 2400];
    const course = days.map((value, day) => {
      const at = `2026-11-${String(day + 1).padStart(2, '0')}T10:00:00.000Z`;
      return run({ at, values: { lcp: [value, value - 50, value + 50, 3, 0.7] } });
    });
    const events = [
      { at: '2026-11-05', kind: 'commit' as const, text: 'a41c9e2 <b>Carousel</b>' },
      { at: '2026-11-06', kind: 'tag' as const, text: 'v2.8.0' },
    ];
    await opened(shop({ runs: course, events }));
    await tab('Over time').click();
    expect(await panel().getByRole('heading', { level: 2 }).innerText()).toMatch(
      /Largest Contentful Paint: better by 0\.6 s since 6 Nov[\s\S]*90 % interval −0\.7 s to −0\.\d s; 5 and 5 sets of runs/,
    );
    await panel().getByText('The line falls, and that is good: lower is better.').waitFor();
    expect(await panel().locator('.zone').count()).toBe(3);
    expect(await panel().locator('.chart').innerText()).toMatch(/good, up to 2\.5 s[\s\S]*v2\.8\.0/);
    const rows = panel().getByRole('region', { name: 'Two periods' }).getByRole('row');
    expect(await rows.last().innerText()).toMatch(/Difference\s+−0\.6 s/);
    await panel().getByLabel('The later period begins').selectOption('2 Nov');
    await panel().getByText('too few for an interval').waitFor();
    await panel()
      .getByText(/^The same as a table/)
      .click();
    const table = panel().getByRole('region', { name: /as a table/ });
    await table.getByRole('row', { name: /2026-11-05 commit a41c9e2 <b>Carousel<\/b>/ }).waitFor();
    await table.getByRole('row', { name: /2026-11-10 2\.4 s 2\.4 s 2\.5 s 3 lab, Lighthouse 13\.5\.0/ }).waitFor();
  });

  it('copies a claim with its n, range, date, source and limits', async () => {
    const requests = await opened();
    await tab('Claims').click();
    await panel()
      .getByRole('button', { name: /Copy text: Largest Contentful Paint/ })
      .click();
    await page.getByText('Copied.').waitFor();
    const { params } = requests.find(({ method }) => method === 'copy') ?? { params: undefined };
    const { text } = params as { text: string };
    expect(text).toContain(
      'Largest Contentful Paint of checkout is 3.0 s (2.9 s to 3.2 s, 3 runs; lab, local, mobile; 22 Nov 2026). Up to 2.5 s counts as good.',
    );
    expect(text).toContain('Source: Lighthouse 13.5.0, one machine, no real visits.');
    expect(text).toMatch(/Source: .*\(2022\), https:/);
    expect(text).toContain('Limits:');
  });

  it('claims what customers did, and not what is too few or what no study joins', async () => {
    await opened();
    await tab('Claims').click();
    const claims = panel().locator('.claims');
    await claims.getByText(/^“Conversion rate of the product is 2\.3 % \(95 % interval 1\.9 % to 2\.6 %/).waitFor();
    expect(await claims.innerText()).not.toContain('Net Promoter');
    const not = panel().locator('.not-claimed');
    await not.getByText(/^That what was measured here moves .*Churn rate\.$/).waitFor();
  });

  it('says what to do where nothing is known', async () => {
    const requests = await opened(data({ runs: [], targets: [] }));
    await panel().getByText('Nothing is known yet.').waitFor();
    await panel().getByRole('button', { name: 'Audit a Page' }).first().click();
    expect(requests.map(({ method }) => method)).toContain('audit');
  });

  const draft: TableDraft = {
    name: 'answers.csv',
    headers: ['when', 'score', 'E-Mail'],
    sample: [['2026-09-01', '9', 'ana@example.org']],
    rows: 3,
    kind: 'survey',
    columns: { score: 'nps' },
    personal: [{ column: 'E-Mail', why: 'holds what looks like an e-mail address' }],
    drop: [],
    good: 2,
    bad: 1,
    faults: [{ row: 3, column: 'score', value: '11', fault: 'must be from 0 to 10' }],
    notices: [],
    figures: [figure({ metric: 'nps', value: 50, n: 2 })],
    beside: 0,
    replaced: 0,
    questions: [],
    error: 'Leave that column out.',
  };

  it('previews a table, shows no personal value, and imports only when nothing stands in the way', async () => {
    const requests = await opened(shop(), {
      chooseTable: draft,
      readTable: { ...draft, error: null, drop: ['E-Mail'] },
      importTable: { figures: 1 },
    });
    await page.getByRole('button', { name: 'Import a table…' }).click();
    const form = page.getByRole('region', { name: 'Import answers.csv' });
    expect(await form.innerText()).toContain('Row 3, score “11”: must be from 0 to 10');
    expect(await form.innerText()).not.toContain('ana@example.org');
    expect(await form.getByRole('button', { name: 'Import 1 figure' }).isDisabled()).toBe(true);
    await form.getByLabel(/Leave out: it holds what looks like an e-mail address/).check();
    await form.getByLabel('What when is').selectOption('date');
    await form.getByRole('button', { name: 'Import 1 figure' }).click();
    await page.getByText('1 figure recorded in outcomes.json').waitFor();
    const [, read] = requests.filter(({ method }) => method === 'readTable');
    expect(read?.params).toMatchObject({ drop: ['E-Mail'], columns: { score: 'nps', when: 'date' } });
  });

  it('previews a table with the target that the page is about, as it imports it', async () => {
    const about = { ...draft, error: null, figures: [], questions: [] };
    const answers = { chooseTable: { ...about, figures: draft.figures }, readTable: about };
    const requests = await onChain(shop(), answers);
    await page.getByLabel('target').selectOption('checkout');
    await page.getByRole('button', { name: 'Import a table…' }).click();
    await page.getByRole('button', { name: 'Import 0 figures' }).waitFor();
    expect(requests.at(-1)).toMatchObject({ method: 'readTable', params: { target: 'checkout', kind: 'survey' } });
  });

  it('asks what a table leaves open, and sends the answers', async () => {
    const question = { column: 'score', dates: [], scales: ['1-7'], meanings: ['1', '2'], canLeaveOut: true };
    const open = { ...question, text: 'What is “many”?', texts: [{ text: 'many', count: 2 }], isPeriod: false };
    const asking = { ...draft, error: null, figures: [], questions: [open] };
    const requests = await opened(shop(), { chooseTable: asking, readTable: asking });
    await page.getByRole('button', { name: 'Import a table…' }).click();
    const form = page.getByRole('region', { name: 'Import answers.csv' });
    await form.getByLabel('Scale that was asked').selectOption('1-7');
    await form.getByLabel('“many” (2 times) means').selectOption('no answer');
    await form.getByLabel('Leave out the cells that cannot be read').check();
    expect(await form.getByRole('button', { name: 'Import 0 figures' }).isDisabled()).toBe(true);
    const sent = requests.filter(({ method }) => method === 'readTable').map(({ params }) => params);
    expect(sent).toMatchObject([
      { scales: { score: '1-7' } },
      { answers: { score: { many: '' } } },
      { leaveOut: ['score'] },
    ]);
  });

  it('offers to leave out a column that looks like one about single people', async () => {
    const nothing = { texts: [], dates: [], scales: [], meanings: [], canLeaveOut: false, isPeriod: false };
    const open = { ...nothing, column: 'who', text: '"who" names more than 12 groups.', canDrop: true };
    const asking = { ...draft, error: null, figures: [], questions: [open] };
    const requests = await opened(shop(), { chooseTable: asking, readTable: asking });
    await page.getByRole('button', { name: 'Import a table…' }).click();
    await page.getByRole('button', { name: 'Leave the column out' }).click();
    expect(requests.at(-1)).toMatchObject({ method: 'readTable', params: { columns: { who: '' } } });
  });

  it('takes a typed figure and shows in place what is wrong with it', async () => {
    const fault = {
      fault: { message: 'NPS cannot be 200.', next: 'It must be from -100 to 100.', kind: 'usage', code: 'x' },
    };
    const requests = await opened(shop(), { addFigure: fault });
    await page.getByRole('button', { name: 'Type a figure…' }).click();
    await page.getByRole('combobox', { name: /^Metric/ }).selectOption('nps');
    await page.getByLabel(/^Value/).fill('200');
    await page.getByLabel('Where it comes from').fill('survey');
    await page.getByLabel('Group of people').fill('buyers');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('NPS cannot be 200. It must be from -100 to 100.').waitFor();
    expect(requests.at(-1)).toMatchObject({
      method: 'addFigure',
      params: { metric: 'nps', value: '200', source: 'survey', segment: 'buyers' },
    });
    expect(await page.getByLabel(/^Value/).inputValue()).toBe('200');
  });

  it('asks for field data only of a deployed page, and only when told to', async () => {
    const requests = await onChain(shop(), { askField: { figures: 3 } });
    await page.getByLabel('target').selectOption('home');
    expect(await page.getByText('Field data of home').count()).toBe(0);
    await page.getByLabel('target').selectOption('checkout');
    await page.getByText('Field data of checkout').click();
    expect(requests.map(({ method }) => method)).not.toContain('askField');
    await page.getByRole('button', { name: 'This page, phones' }).click();
    expect(requests.at(-1)).toEqual({
      method: 'askField',
      params: { target: 'checkout', scope: 'url', formFactor: 'PHONE' },
    });
  });
});

describe('the exported impact page', () => {
  const browser = oneBrowser();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-impact-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const light = { colorScheme: 'light', forcedColors: 'none' } as const;
  const dark = { colorScheme: 'dark', forcedColors: 'none' } as const;
  it.each([
    [1280, [light, dark, { ...light, forcedColors: 'active' }]],
    [800, [dark]],
    [320, [light, { ...dark, forcedColors: 'active' }]],
  ] as const)(
    'opens from disk without a network at %i px, with no accessibility violation in any colours',
    async (width, colours) => {
      const file = await exportImpact(
        new Workspace(folder),
        shop({
          title: '</script><script>document.title = 1</script>',
          targets: [...shop().targets, ...offTheWeb],
          industry: 'grocery',
        }),
        {
          file: path.join(folder, 'impact.html'),
          dist: path.join(root, 'dist'),
        },
      );
      const context = await browser().newContext({
        ...colours[0],
        viewport: { width, height: 900 },
        offline: true,
        bypassCSP: true, // for axe
      });
      const page = await context.newPage();
      try {
        const requests: string[] = [];
        const faults: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        page.on('pageerror', (error) => faults.push(error.message));
        await page.goto(pathToFileURL(file).href);
        await page.getByRole('tablist').waitFor();
        for (const name of ['Answer', 'Fix first', 'Chain', 'What if', 'Over time', 'Claims']) {
          await page.getByRole('tab', { name }).click();
          if (name === 'Chain') await page.locator('.chain [data-metric="lcp"]').click();
          for (const summary of await page.locator('summary').all()) await summary.click();
          for (const [index, { colorScheme, forcedColors }] of colours.entries()) {
            await page.emulateMedia({ colorScheme, forcedColors });
            const where = `${colorScheme}${forcedColors === 'active' ? '-forced' : ''}`;
            expect(await faultsOf(page, { themeAlone: index > 0 }), `${name} ${where}`).toEqual([]);
            await leavePicture(page, `impact-${name.replaceAll(' ', '-')}-${width}-${where}`);
          }
        }
        expect(await page.title()).not.toBe('1');
        expect(faults).toEqual([]);
        expect(requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
      } finally {
        await context.close();
      }
    },
  );

  it('runs under its own policy, which lets nothing be loaded', async () => {
    const file = await exportImpact(new Workspace(folder), shop(), {
      file: path.join(folder, 'impact.html'),
      dist: path.join(root, 'dist'),
    });
    const page = await browser().newPage();
    try {
      const faults: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await page.goto(pathToFileURL(file).href);
      await page.getByRole('tablist').waitFor();
      expect(faults).toEqual([]);
      expect(readFileSync(file, 'utf8')).toContain("default-src 'none'");
    } finally {
      await page.close();
    }
  });
});
