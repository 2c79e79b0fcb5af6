import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import { eachTheme, git, recordOf, runCommand, screenshot, sitDown, webviewFrame } from '../harness.mjs';
import { violations } from '../violations.mjs';

test.use({ fixture: 'triage' });

const hers = 'home/nielsen-10/H03/abc123';

/** The record with what ana submitted: one item failed, with a problem that she rates 4. */
function withHers(record) {
  const items = Array.from({ length: 10 }, (_, index) => `H${String(index + 1).padStart(2, '0')}`);
  const answers = Object.fromEntries(items.map((item) => [item, { verdict: 'pass' }]));
  answers.H03 = { verdict: 'fail', findings: [hers] };
  const problem = {
    kind: 'heuristic',
    rule: 'nielsen-10/H03',
    title: 'Back empties the form',
    target: 'home',
    id: hers,
  };
  const about = { checklist: 'nielsen-10@1', target: 'home' };
  const state = { status: 'submitted', on: '2026-11-20' };
  const bo = { H01: { verdict: 'pass' }, H02: { verdict: 'fail' } };
  return {
    ...record,
    findings: {
      ...record.findings,
      [hers]: { ...problem, state: { status: 'open' }, ratings: { ana: { severity: 4 } } },
    },
    evaluations: {
      'home/nielsen-10/ana': { ...about, evaluator: 'ana', id: 'home/nielsen-10/ana', state, answers },
      'home/nielsen-10/bo': {
        ...about,
        evaluator: 'bo',
        id: 'home/nielsen-10/bo',
        state: { status: 'draft', on: '2026-11-21' },
        answers: bo,
      },
    },
  };
}

async function myWork(page) {
  await runCommand(page, 'UX Audit: My Work');
  return webviewFrame(page, '.answer');
}

test('My Work leads two evaluators through answers, ratings, agreement, and a new round at what failed', async ({
  page,
  folder,
  host,
  open,
}) => {
  writeFileSync(path.join(folder, 'ux-audit/findings.json'), JSON.stringify(withHers(recordOf(folder)), null, 2));
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'the site');
  await open();
  sitDown(host, 'bo');
  await page.reload(); // a window watches only settings that were there when it opened
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await expect(page.getByText('bo (you)')).toBeVisible();
  await expect(page.getByText('1 open for you')).toBeVisible();

  let frame = await myWork(page);
  await expect(frame.locator('.answer')).toHaveText('1 thing is open for you. ana waits for you.');
  await expect(frame.getByText('8 of 10 items left')).toBeVisible();
  await expect(frame.getByText('Back empties the form')).toHaveCount(0);
  await screenshot(page, 'work-answer');
  await eachTheme(page, frame, async (theme, since) => {
    expect(await violations(frame, since), theme).toEqual([]);
    await screenshot(page, `work-${theme}`);
  });
  await frame.getByRole('button', { name: /^Go On/ }).press('Enter');
  const form = await webviewFrame(page, '#item');
  await expect(form.locator('#item').getByText('H03')).toBeVisible();
  for (let left = 0; left < 8; left += 1) {
    await page.keyboard.press('p');
    await page.keyboard.press('j');
  }
  await expect(form.getByText('10 of 10')).toBeVisible();

  frame = await myWork(page);
  await frame.getByRole('button', { name: /^Check and Submit/ }).press('Enter');
  await form.getByRole('button', { name: 'Submit…' }).press('Enter');
  await expect(page.getByText('Submit your evaluation of home?')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(form.getByText('0 of 1 rated')).toBeVisible();

  frame = await myWork(page);
  await expect(frame.getByText('1 problem to rate')).toBeVisible();
  await frame.getByRole('button', { name: /^Rate/ }).press('Enter');
  await form.getByRole('button', { name: /cosmetic/ }).click();
  await expect.poll(() => recordOf(folder).findings[hers].ratings.bo?.severity).toBe(1);

  // the other evaluator, at the same record
  sitDown(host, 'ana');
  await expect(page.getByText('raters differ on 1 problem')).toBeVisible(); // in the tree
  frame = await myWork(page);
  await expect(frame.locator('.answer')).toHaveText('1 thing is open for you. 1 evaluation is not sent yet.');
  await expect(frame.getByRole('region', { name: /^Not sent yet/ }).getByText('home')).toBeVisible();
  await frame.getByRole('button', { name: /^Compare Ratings/ }).press('Enter');
  const together = await webviewFrame(page, 'text=2 evaluators have submitted');
  await expect(together.getByText('Back empties the form').first()).toBeVisible();
  await screenshot(page, 'work-agree');

  // bo again, after the page changed
  appendFileSync(path.join(folder, 'site/index.html'), '<p>New</p>');
  sitDown(host, 'bo');
  await expect(page.getByText('bo (you)')).toBeVisible();
  frame = await myWork(page);
  const stale = frame.getByRole('region', { name: /^Stale/ });
  await expect(stale.getByText('site/index.html')).toBeVisible();
  await screenshot(page, 'work-stale');
  await stale.getByRole('button', { name: /^Begin Round 2/ }).press('Enter');
  await expect(page.getByText('Begin round 2 of home at what failed (1 item)?')).toBeVisible();
  await screenshot(page, 'work-ask');
  await page.getByRole('button', { name: 'Begin at What Failed' }).press('Enter');
  const again = await webviewFrame(page, '#item');
  await expect(again.locator('#item').getByText('H02')).toBeVisible();
  await expect(again.getByText('0 of 10')).toBeVisible();
  await screenshot(page, 'work-round');
  await page.keyboard.press('p');
  await page.keyboard.press('j');
  await expect(again.locator('#item').getByText('H01')).toBeVisible();
  await expect
    .poll(() => recordOf(folder).evaluations['home/nielsen-10/bo/2']?.answers)
    .toEqual({
      H02: { verdict: 'pass' },
    });
});
