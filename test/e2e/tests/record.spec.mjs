import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import {
  asked,
  dismissNotifications,
  eachTheme,
  expectFits,
  git,
  notification,
  openFromTree,
  phaseMs,
  recordOf,
  root,
  runCommand,
  screenshot,
  treeItem,
  typeQuickInput,
} from '../harness.mjs';
import { violations } from '../violations.mjs';

const cli = path.join(root, 'dist/cli.mjs');

test.use({ fixture: 'triage' });

function uxAudit(folder, ...given) {
  return execFileSync(process.execPath, [cli, ...given], { cwd: folder, encoding: 'utf8' });
}

async function openView(page) {
  await page.getByRole('tab', { name: 'UX Audit' }).click();
}

test.describe(() => {
  test.use({ viewport: { width: 1600, height: 900 } });

  test('findings are decided about, shown on the page, and looked at', async ({ page, folder, open }) => {
    await open();
    await openView(page);
    await test.step('a decision about a rule everywhere is taken back with one click', async () => {
      const before = recordOf(folder);
      const frame = await openFromTree(page, /^Contrast too low/, '.card');
      await frame.getByRole('button', { name: 'Not a Problem…' }).press('Enter');
      await page.getByRole('option', { name: /^Everywhere/ }).click();
      await typeQuickInput(page, 'Your Short Name', 'ana');
      await typeQuickInput(page, 'Not a Problem', 'the brand colours are fixed');
      const toast = await notification(page, 'marked as not a problem');
      expect(recordOf(folder).settings.decisions['lighthouse/color-contrast'].by).toBe('ana');
      await toast.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(() => recordOf(folder)).toEqual(before);
      await runCommand(page, 'View: Close All Editors');
    });
    await test.step('a place is shown on the page, and its picture is attached after a look at it', async () => {
      const frame = await openFromTree(page, /^Contrast too low/, '.card');
      await frame.getByRole('button', { name: 'Show on Page' }).click();
      await page.getByRole('tab', { name: /\.png/ }).waitFor({ timeout: phaseMs });
      await screenshot(page, 'on-page');
      await frame.getByRole('button', { name: 'Attach a screenshot' }).click();
      await page.getByText('Attach this image to the finding?').waitFor({ timeout: phaseMs });
      await screenshot(page, 'attach');
      await page.getByRole('button', { name: 'Attach', exact: true }).click();
      await expect(frame.locator('img.picture')).toBeVisible();
      const [name] = readdirSync(path.join(folder, 'ux-audit/evidence'));
      assert.match(name, /^[0-9a-f]{12}\.png$/);
      assert.deepEqual(recordOf(folder).findings['home/lighthouse/color-contrast'].evidence, [`evidence/${name}`]);
      await runCommand(page, 'View: Close All Editors');
    });
    await test.step('the page of a finding has no accessibility violation in each theme, and fits 320 px', async () => {
      const frame = await openFromTree(page, /img src=x onerror/, '#history');
      expect(await frame.locator('main img').count()).toBe(0);
      const finding = await openFromTree(page, /^Contrast too low/, '.card');
      await eachTheme(page, finding, async (theme, since) => {
        await screenshot(page, `finding-${theme}`);
        assert.deepEqual(await violations(finding, since), [], theme);
      });
      await page.setViewportSize({ width: 370, height: 800 });
      await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
      await screenshot(page, 'finding-narrow');
      await expectFits(finding);
      await page.setViewportSize({ width: 1600, height: 900 });
      await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
      await runCommand(page, 'View: Close All Editors');
    });
    await test.step('a finding is accepted, and the decision is in the record, in the view and in findings.md', async () => {
      const frame = await openFromTree(
        page,
        /^Image without alt text, severity major \(3 of 4\), 1 on home/,
        '#history',
      );
      await expect(frame.getByRole('heading', { name: 'Image without alt text' })).toBeVisible();
      await expect(frame.getByText('body > img').first()).toBeVisible();
      await screenshot(page, 'finding');
      await frame.getByRole('button', { name: 'Accept Until…' }).press('Enter');
      await page.getByRole('option', { name: /^This page/ }).click();
      await typeQuickInput(page, 'Accept Finding: Why?', 'the shop is redrawn in spring');
      await typeQuickInput(page, 'Accept Finding: Until When?', '2099-03-01');
      await page.getByRole('option', { name: /Reopen when there are more than 1 place/ }).click();
      await expect(frame.getByText('accepted by ana')).toBeVisible();
      await expect(frame.getByRole('button', { name: 'Reopen…' })).toBeVisible();
      const { state } = recordOf(folder).findings['home/lighthouse/image-alt'];
      assert.deepEqual(
        { ...state, on: undefined, of: undefined },
        {
          status: 'accepted',
          severity: 3,
          by: 'ana',
          on: undefined,
          of: undefined,
          reason: 'the shop is redrawn in spring',
          until: '2099-03-01',
          upTo: 1,
          seenIn: ['local/mobile'],
        },
      );
      const markdown = readFileSync(path.join(folder, 'ux-audit/findings.md'), 'utf8');
      assert.match(markdown, /accepted by ana until 2099-03-01/);
      await expect(treeItem(page, /^Image without alt text/)).toBeHidden();
      await expect(treeItem(page, /^Accepted/)).toBeVisible();

      await runCommand(page, 'UX Audit: Show Which Findings…');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'accepted' }).click();
      await page.keyboard.press('Enter');
      await expect(treeItem(page, /^Image without alt text/)).toBeVisible();
      await runCommand(page, 'UX Audit: Group Findings By…');
      await page
        .locator('.quick-input-widget')
        .getByRole('option', { name: /^severity/ })
        .click();
      await expect(treeItem(page, /^major \(3 of 4\)/)).toBeVisible();
      await screenshot(page, 'findings-by-severity');
    });
  });
});

test.describe(() => {
  test.use({ settings: { 'git.enabled': true } });

  test('two branches triage and audit; git conflicts; Merge Findings asks what only a person knows, and nothing is lost', async ({
    page,
    folder,
    open,
  }) => {
    git(folder, 'init', '-q');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'the shop and what was found');
    git(folder, 'checkout', '-qb', 'designer');
    uxAudit(folder, 'findings', 'accept', 'home/lighthouse/image-alt', '--by', 'ana', '--reason', 'redrawn in spring');
    uxAudit(folder, 'findings', 'severity', '4', 'home/lighthouse/color-contrast');
    uxAudit(folder, 'findings', 'stage', 'awareness', 'home/lighthouse/meta-description');
    git(folder, 'commit', '-qam', 'what the designer decided');
    git(folder, 'checkout', '-q', 'main');
    uxAudit(folder, 'findings', 'false-positive', 'home/lighthouse/image-alt', '--by', 'bo', '--reason', 'decorative');
    uxAudit(folder, 'findings', 'assign', 'bo', 'home/lighthouse/color-contrast');
    git(folder, 'commit', '-qam', 'what the developer decided');
    assert.throws(() => git(folder, 'merge', 'designer'));

    await open();
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    await expect(page.getByText('unresolved merge conflict').first()).toBeVisible();
    await runCommand(page, 'UX Audit: Merge Findings');
    await asked(page, 'Merge Findings (1/1)');
    await screenshot(page, 'merge-question');
    await page
      .locator('.quick-input-widget')
      .getByRole('option', { name: /^Theirs/ })
      .click();
    await expect(page.getByText('Write the merged record?')).toBeVisible();
    await page.getByRole('button', { name: 'Write' }).click();
    await notification(page, 'The record is merged');

    const { findings } = recordOf(folder);
    expect(findings['home/lighthouse/image-alt'].state.by).toBe('ana');
    assert.deepEqual(findings['home/lighthouse/color-contrast'].state.severity, 4);
    assert.deepEqual(findings['home/lighthouse/color-contrast'].state.owner, 'bo');
    expect(findings['home/lighthouse/meta-description'].cx.stage).toBe('awareness');
    expect(Object.keys(findings).length).toBe(5);
    assert.ok(existsSync(path.join(folder, 'ux-audit/findings.json.orig')));
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'merged');
    const summary = uxAudit(folder, 'diff', 'HEAD~1', '--md');
    assert.match(summary, /### UX audit: .*decided/);

    await dismissNotifications(page);
    await runCommand(page, 'UX Audit: Copy Pull-Request Summary');
    await notification(page, 'Copied:');
    await runCommand(page, 'UX Audit: Open Record');
    await expect(page.getByText('Show finding').first()).toBeVisible();
    await screenshot(page, 'record-lens');
  });
});
