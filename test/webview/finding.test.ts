import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FindingPageState } from '../../src/protocol/findingPage';
import { aPageEach, openPage } from './page';

const nasty = '<img src=x onerror="window.hacked=1"> [go](javascript:alert(1)) **bold** \u202etfel';

function state(change: object = {}): FindingPageState {
  return {
    id: 'home/lighthouse/image-alt',
    finding: {
      kind: 'automated',
      rule: 'lighthouse/image-alt',
      title: nasty,
      target: nasty,
      state: { status: 'open', severity: 3, owner: nasty, reason: nasty, seenIn: ['local/mobile'] },
      occurrences: { a: { selector: nasty, snippet: nasty, label: nasty, url: nasty } },
      ratings: { [nasty]: { severity: 4 }, bo: { severity: 1 } },
      note: nasty,
      recommendation: nasty,
      evidence: ['evidence/gone.png'],
      cx: { stage: nasty },
      id: 'home/lighthouse/image-alt',
      ...change,
    },
    explanation: 'Read [more](https://example.com/) or [worse](javascript:alert(1)).',
    metrics: ['LCP'],
    measured: [],
    url: 'http://localhost:3000/',
    attachments: {},
    stale: null,
  };
}

describe('the page of a finding', () => {
  let page: Page;
  const newPage = aPageEach();
  beforeEach(() => {
    page = newPage();
  });

  it('keeps hostile text inert everywhere', async () => {
    const history = [{ date: '2026-11-20', commit: 'abcdef0123', subject: nasty, text: nasty }];
    await openPage(page, 'finding', { ready: state(), history });
    await page.getByText('abcdef01').waitFor();
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.locator('main').innerText()).not.toContain('\u202e');
    expect(await page.locator('main').innerText()).toContain('\\u202etfel');
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    expect(await page.getByRole('link').allInnerTexts()).toEqual(['more']);
  });

  it('is worked by keyboard alone, and says what the raters think', async () => {
    const requests = await openPage(page, 'finding', { ready: state(), history: [] });
    await page.getByText('raters differ').waitFor();
    await page.getByRole('button', { name: 'Accept…' }).press('Enter');
    await expect
      .poll(() => requests.filter(({ method }) => method === 'triage').at(-1)?.params)
      .toEqual({ action: 'accept' });
    await page.getByRole('button', { name: 'Show on page' }).press('Enter');
    await expect.poll(() => requests.at(-1)).toMatchObject({ method: 'showOnPage', params: { occurrence: 'a' } });
  });

  it('offers what fits the state', async () => {
    await openPage(page, 'finding', {
      ready: state({ state: { status: 'accepted', by: 'ana', on: '2026-11-20', until: '2027-01-01' } }),
      history: [],
    });
    await page.getByRole('button', { name: 'Reopen…' }).waitFor();
    expect(await page.getByRole('button', { name: 'Accept…' }).count()).toBe(0);
    await page.getByText('accepted by ana on 2026-11-20, until 2027-01-01').waitFor();
  });

  it('says that a finding is gone', async () => {
    await openPage(page, 'finding', { ready: { ...state(), finding: null }, history: [] });
    await page.getByRole('heading', { name: 'No longer in the record' }).waitFor();
  });
});
