import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import {
  asked,
  clickInTree,
  eachTheme,
  expectFits,
  extensionHosts,
  git,
  notification,
  openFromTree,
  phaseMs,
  recordOf,
  runCommand,
  screenshot,
  storedState,
  treeItem,
  webviewFrame,
} from '../harness.mjs';

import { violations } from '../violations.mjs';

/** Begins an evaluation of the only target with the keyboard alone; without a `handle`, somebody is known here already. */
async function begin(page, checklist, handle = 'ana') {
  await runCommand(page, 'UX Audit: Evaluate a Page…');
  await asked(page, 'Evaluate: Which Pages or Journeys? (1/2)');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await asked(page, 'Evaluate: With Which Checklist? (2/2)');
  await page.keyboard.type(checklist);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: checklist }).first().waitFor();
  await page.keyboard.press('Enter');
  if (handle) {
    await asked(page, 'Your Short Name');
    await page.keyboard.type(handle);
    await page.keyboard.press('Enter');
  }
  return webviewFrame(page, '#item');
}

test.use({ fixture: 'triage' });

test('a whole evaluation by keyboard: verdicts, a problem with severity, submitted, and in findings.md', async ({
  page,
  folder,
  open,
}) => {
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'the site');
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  const frame = await begin(page, "Nielsen's 10");
  const heading = frame.locator('#item');
  await expect(frame.getByText('0 of 10')).toBeVisible();
  await expect(frame.getByText('Have at hand: developer tools (2 items), phone (1 item)')).toBeVisible();
  await expect(frame.getByRole('img', { name: /^Drawing: .*inactive button “Saving…”/ })).toBeVisible();
  await screenshot(page, 'evaluation-form');
  const answers = () => recordOf(folder).evaluations['home/nielsen-10/ana']?.answers ?? {};

  await page.keyboard.press('?');
  await expect(frame.getByRole('heading', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await expect(frame.getByRole('button', { name: 'pass P', pressed: true })).toBeVisible();
  await expect.poll(() => answers().H01).toEqual({ verdict: 'pass' });
  await page.keyboard.press('j');
  await expect(heading.getByText('H02')).toBeVisible();
  await page.keyboard.press('n');
  await page.keyboard.press('j');
  await expect(heading.getByText('H03')).toBeVisible();
  await page.keyboard.press('f');
  await page.keyboard.type('Back from payment empties the form');
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await expect(frame.getByRole('button', { name: '3 major', pressed: true })).toBeVisible();
  await screenshot(page, 'evaluation-problem');
  await page.keyboard.press('j');
  await expect(heading.getByText('H04')).toBeVisible();
  await page.keyboard.press('u');
  await page.keyboard.press('c');
  await page.keyboard.type('Two kinds of buttons?');
  await page.keyboard.press('Escape');
  for (let left = 0; left < 6; left += 1) {
    await page.keyboard.press('j');
    await page.keyboard.press('p');
  }
  await expect(frame.getByText('10 of 10')).toBeVisible();
  await expect.poll(() => Object.keys(answers()).length).toEqual(10);
  assert.deepEqual(answers().H04, { verdict: 'unsure', note: 'Two kinds of buttons?' });
  const [id] = answers().H03.findings;
  const finding = recordOf(folder).findings[id];
  expect(finding.title).toBe('Back from payment empties the form');
  expect(finding.ratings.ana.severity).toBe(3);
  await expect(page.locator('.statusbar-item', { hasText: 'home: 10 of 10' })).toBeVisible();

  await page.keyboard.press('o');
  await expect(frame.getByRole('table')).toBeVisible();
  await screenshot(page, 'evaluation-overview');
  await page.keyboard.press('o');
  await frame.getByRole('button', { name: 'Submit…' }).press('Enter');
  await expect(page.getByText('Submit your evaluation of home?')).toBeVisible();
  await screenshot(page, 'evaluation-submit');
  await page.keyboard.press('Escape');
  await expect(page.getByText('Submit your evaluation of home?')).toBeHidden();
  await expect.poll(() => heading.evaluate((element) => element.ownerDocument.hasFocus())).toBe(true);
  await page.keyboard.press('k');
  await expect(heading.getByText('H09')).toBeVisible();
  await frame.getByRole('button', { name: 'Submit…' }).press('Enter');
  await expect(page.getByText('Submit your evaluation of home?')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(frame.getByText('1 of 1 rated')).toBeVisible();
  await expect.poll(() => recordOf(folder).evaluations['home/nielsen-10/ana'].state.status).toEqual('submitted');
  assert.match(recordOf(folder).evaluations['home/nielsen-10/ana'].state.commit, /^[0-9a-f]{10}$/);
  await expect(treeItem(page, /ana \(you\), submitted/)).toBeVisible();
  await expect(treeItem(page, /^home, evaluated by 1 person · not audited here yet/)).toBeVisible();
  const markdown = readFileSync(path.join(folder, 'ux-audit/findings.md'), 'utf8');
  assert.match(markdown, /`nielsen-10@1` by ana, submitted on/);
  assert.match(markdown, /7 pass, 1 fail, 1 n\/a, 1 unsure\. Unsure: H04/);
  await frame.getByRole('button', { name: 'Together' }).click();
  await expect(frame.getByText('1 evaluator has submitted')).toBeVisible();
  await eachTheme(page, frame, async (theme, since) => {
    for (const view of ['Together', 'Rate']) {
      await frame.getByRole('button', { name: view }).click();
      await screenshot(page, `evaluation-${view.toLowerCase()}-${theme}`);
      assert.deepEqual(await violations(frame, since), [], `${view}, ${theme}`);
    }
  });
});

test('a second evaluator works independently, then rates and sees what both found', async ({ page, folder, open }) => {
  const file = path.join(folder, 'ux-audit/findings.json');
  const hers = 'home/nielsen-10/H03/abc123';
  const record = recordOf(folder);
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
  const evaluation = { checklist: 'nielsen-10@1', target: 'home', evaluator: 'ana', id: 'home/nielsen-10/ana' };
  const remarks = { zzzzzz: { by: 'ana', at: '2026-11-21T09:30:00Z', text: 'I lost a whole claim.' } };
  record.findings[hers] = { ...problem, state: { status: 'open' }, ratings: { ana: { severity: 4 } }, remarks };
  record.evaluations['home/nielsen-10/ana'] = {
    ...evaluation,
    state: { status: 'submitted', on: '2026-11-20' },
    answers,
  };
  writeFileSync(file, JSON.stringify(record, null, 2));
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  const frame = await begin(page, "Nielsen's 10", 'bo');
  await expect(frame.getByText('0 of 10')).toBeVisible();
  expect(await frame.getByText('Back empties the form').count()).toBe(0);
  await frame.getByRole('button', { name: 'Together' }).click();
  await frame
    .getByText(/submit/i)
    .first()
    .waitFor();
  expect(await frame.getByText('Back empties the form').count()).toBe(0);
  await frame.getByRole('button', { name: 'Form' }).click();
  await frame.locator('#item').focus();
  for (const item of items) {
    await expect(frame.locator('#item').getByText(item)).toBeVisible();
    if (item === 'H05') {
      await page.keyboard.press('f');
      await page.keyboard.type('A wrong date is only told after sending');
      await page.keyboard.press('Escape');
      await page.keyboard.press('2');
    } else {
      await page.keyboard.press('p');
    }
    await page.keyboard.press('j');
  }
  await expect(frame.getByText('10 of 10')).toBeVisible();
  await frame.getByRole('button', { name: 'Submit…' }).press('Enter');
  await expect(page.getByText('Submit your evaluation of home?')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(frame.getByText('1 of 2 rated')).toBeVisible();
  const card = frame.getByRole('listitem').filter({ hasText: 'Back empties the form' });
  expect(await card.getByText('ana 4').count()).toBe(0);
  await card.getByRole('button', { name: /major/ }).click();
  await expect(card.getByText('ana 4')).toBeVisible();
  await expect(frame.getByText('2 of 2 rated')).toBeVisible();
  await expect.poll(() => recordOf(folder).findings[hers].ratings.bo?.severity).toEqual(3);
  await expect(card.getByText('I lost a whole claim.')).toBeVisible();
  await card.getByLabel('Add a remark').fill('The browser fills it in again.');
  await card.getByLabel('Add a remark').press('Control+Enter');
  await expect(card.getByText('Discussion · 2 remarks')).toBeVisible();
  await expect(card.getByLabel('Add a remark')).toHaveValue('');
  await expect
    .poll(() => Object.values(recordOf(folder).findings[hers].remarks).map(({ by, text }) => `${by}: ${text}`))
    .toContain('bo: The browser fills it in again.');
  await screenshot(page, 'evaluation-discussion');
  await frame.getByRole('button', { name: 'Together' }).click();
  await expect(frame.getByText('2 evaluators have submitted')).toBeVisible();
  await frame
    .getByText(/1 of 2/)
    .first()
    .waitFor();
  await screenshot(page, 'evaluation-two');
  await frame.getByRole('button', { name: 'Back empties the form', exact: true }).click();
  const own = await webviewFrame(page, 'aside');
  await expect(own.getByText('The browser fills it in again.')).toBeVisible();
  await own.getByLabel('Add a remark').fill('Not in every one.');
  await own.getByRole('button', { name: 'Add Remark' }).click();
  await expect(own.getByRole('listitem').filter({ hasText: 'Not in every one.' })).toBeVisible();
  await screenshot(page, 'finding-discussion');
  assert.deepEqual(await violations(own), []);
});

test('pages and journeys are added and evaluated, and answers are shown to who may see them', async ({
  page,
  folder,
  open,
}) => {
  const file = path.join(folder, 'ux-audit/findings.json');
  const record = recordOf(folder);
  const evaluation = (evaluator, checklist, status) => {
    const id = `home/${checklist}/${evaluator}`;
    const answers = { A01: { verdict: 'unsure', note: `by ${evaluator}` } };
    return [id, { checklist: `${checklist}@1`, target: 'home', evaluator, state: { status }, answers, id }];
  };
  const evaluations = [evaluation('ana', 'gone', 'draft'), evaluation('bo', 'nielsen-10', 'submitted')];
  writeFileSync(file, JSON.stringify({ ...record, evaluations: Object.fromEntries(evaluations) }));
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await test.step('answers are shown without their checklist, and those of others only to who asks for them', async () => {
    await clickInTree(page, / bo, submitted/, page.locator('.quick-input-widget').getByText('Your Short Name').first());
    await asked(page, 'Your Short Name');
    await page.keyboard.type('ana');
    await page.keyboard.press('Enter');
    await expect(page.getByText('You have not evaluated home yourself.')).toBeVisible();
    await page.getByRole('button', { name: 'Show Together' }).click();
    const together = await webviewFrame(page, 'table');
    await expect(together.getByText('1 evaluator has submitted: bo')).toBeVisible();
    const form = await openFromTree(page, / ana \(you\), 1 answered/, '#item');
    await expect(form.getByText('There is no checklist "gone" here.')).toBeVisible();
    expect(await form.locator('#note').inputValue()).toBe('by ana');
    await runCommand(page, 'View: Close All Editors');
  });
  await test.step('one click in the list of pages begins to add a page, and what was ticked stays', async () => {
    await runCommand(page, 'UX Audit: Evaluate a Page…');
    await asked(page, 'Evaluate: Which Pages or Journeys? (1/2)');
    const row = (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text });
    await row('home').getByRole('checkbox').click();
    await row('Add a page…').click();
    await expect(page.locator('.quick-input-widget').getByText('Which Pages or Journeys')).toBeHidden();
    await page.keyboard.press('Escape');
    await asked(page, 'Evaluate: Which Pages or Journeys? (1/2)');
    await expect(row('home').getByRole('checkbox')).toBeChecked();
    await page.keyboard.press('Escape');
  });
  await test.step('a page is shown as its name was typed', async () => {
    await runCommand(page, 'UX Audit: Add Page…');
    await asked(page, 'Add Page');
    await page.keyboard.type('shop.example/board');
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'https://shop.example/board' })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await asked(page, 'Name of the New Page');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Dashboard');
    await expect(page.getByText('It is shown as “Dashboard”, and kept as “dashboard” in files.')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect.poll(() => recordOf(folder).targets.dashboard?.title).toBe('Dashboard');
    await expect(treeItem(page, /^Dashboard, not audited here yet/)).toBeVisible();
  });
  await test.step('a journey is made from the palette and evaluated', async () => {
    await runCommand(page, 'UX Audit: Add Journey…');
    await asked(page, 'New Journey: Name (1/2)');
    await page.keyboard.type('claim');
    await page.keyboard.press('Enter');
    await asked(page, 'New Journey: Steps (2/2)');
    await page.keyboard.type('find the form, file the claim');
    await page.keyboard.press('Enter');
    await expect.poll(() => recordOf(folder).targets.claim?.steps).toEqual(['find the form', 'file the claim']);

    await runCommand(page, 'UX Audit: Evaluate a Page…');
    await asked(page, 'Evaluate: Which Pages or Journeys? (1/2)');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'journey: find the form' }).click();
    await page.keyboard.press('Enter');
    await asked(page, 'Evaluate: With Which Checklist? (2/2)');
    await page.keyboard.type('Cognitive');
    await expect(
      page.locator('.quick-input-list .monaco-list-row', { hasText: 'Cognitive walkthrough' }),
    ).toBeVisible();
    await screenshot(page, 'evaluation-checklists');
    await page.keyboard.press('Enter');
    const frame = await webviewFrame(page, '#item');
    await frame.locator('#item').focus();
    await page.keyboard.press('p');
    const given = () => recordOf(folder).evaluations['claim/cognitive-walkthrough/ana']?.answers;
    await expect.poll(() => given()?.['CW1@find the form']).toEqual({ verdict: 'pass' });
    await screenshot(page, 'evaluation-journey');
  });
});

test('what is typed is never lost: reloads in the middle of a word, a host that does not listen, a broken record', async ({
  page,
  host,
  folder,
  open,
}) => {
  const file = path.join(folder, 'ux-audit/findings.json');
  const titles = () =>
    Object.values(recordOf(folder).findings)
      .filter(({ kind }) => kind === 'heuristic')
      .map(({ title }) => title);
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  let frame = await begin(page, "Nielsen's 10");
  await test.step('a reload of the window in the middle of a word', async () => {
    await page.keyboard.press('f');
    await page.keyboard.type('Half a tit');
    await expect(frame.getByLabel('What goes wrong')).toHaveValue('Half a tit');
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await page.reload(); // as soon as the last letter is drawn: nothing has been said to be saved
    await expect(treeItem(page, /ana \(you\), 1 of 10, draft/)).toBeVisible();
    await expect.poll(titles).toEqual(['Half a tit']);
    frame = await openFromTree(page, /ana \(you\), 1 of 10, draft/, '#item');
    await expect(frame.locator('#item').getByText('H02')).toBeVisible(); // the first that is left
    await clickInTree(page, /ana \(you\), 1 of 10, draft/, frame.locator('#item:focus')); // VS Code may have restored it
    await page.keyboard.press('k');
    await expect(frame.locator('input[value], input').first()).toBeVisible();
    expect(await frame.getByLabel('What goes wrong').inputValue()).toBe('Half a tit');
  });
  await test.step('a reload after what was typed while the host did not listen', async () => {
    await page.keyboard.press('j');
    await expect(frame.locator('#item').getByText('H02')).toBeVisible();
    await page.keyboard.press('f');
    await page.keyboard.type('Half');
    await expect.poll(titles).toEqual(['Half a tit', 'Half']);
    const hosts = extensionHosts(host);
    for (const pid of hosts) process.kill(pid, 'SIGSTOP');
    await page.keyboard.type(' a title');
    await expect.poll(() => storedState(page)).toContain('Half a title'); // VS Code stores it every five seconds
    for (const pid of hosts) process.kill(pid, 'SIGKILL'); // with all that it was sent and has not read
    await page.reload();
    frame = await openFromTree(page, /ana \(you\), 2 of 10, draft/, '#item');
    await expect.poll(titles).toEqual(['Half a tit', 'Half a title']);
  });
  await test.step('what a form could not write before it was closed is told, kept, and written once that is possible', async () => {
    await clickInTree(page, /ana \(you\), 2 of 10, draft/, frame.locator('#item:focus'));
    await expect(frame.locator('#item').getByText('H03')).toBeVisible();
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, good.slice(0, -30));
    await page.keyboard.press('p');
    await expect(frame.getByText('Not saved:')).toBeVisible();
    await runCommand(page, 'View: Close Editor');
    const told = await notification(page, '1 change of your evaluation of home could not be saved.');
    await told.getByRole('button', { name: 'Open Evaluation' }).click();
    const again = await webviewFrame(page, '#item');
    await expect(again.getByText('3 of 10')).toBeVisible();
    writeFileSync(file, good);
    await page.keyboard.press('u');
    const answers = () => recordOf(folder).evaluations['home/nielsen-10/ana']?.answers;
    const problem = { verdict: 'fail', findings: [expect.any(String)] };
    const all = { H01: problem, H02: problem, H03: { verdict: 'pass' }, H04: { verdict: 'unsure' } };
    await expect.poll(answers).toEqual(all);
    expect(titles()).toEqual(['Half a tit', 'Half a title']);
  });
});

test.describe(() => {
  test.use({ viewport: { width: 1600, height: 900 } });

  test('the page stands beside the form; the form has no accessibility violation in each theme, and fits 320 px', async ({
    page,
    folder,
    open,
  }) => {
    await open();
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    let frame = await begin(page, "Nielsen's 10");
    await test.step('the page stands beside the form: elements are marked, and the picture is attached', async () => {
      await page.keyboard.press('f');
      await page.keyboard.type('The picture says nothing');
      await frame.getByRole('button', { name: 'Show where on the page…' }).click();
      const picture = frame.getByRole('region', { name: /^Picture of/ });
      await picture.waitFor({ timeout: phaseMs });
      const search = frame.getByRole('combobox', { name: /Find an element/ });
      await search.fill('picture');
      await search.press('Enter');
      await screenshot(page, 'evaluation-page-beside');
      const problem = () => Object.values(recordOf(folder).findings).find(({ kind }) => kind === 'heuristic');
      await expect.poll(() => problem()?.where?.viewport).toEqual('412x823');
      assert.match(problem().where.element, /^Picture/);
      assert.ok(problem().where.selector.length > 0);
      await frame.getByRole('button', { name: 'Attach the picture…' }).click();
      await frame.getByRole('heading', { name: 'Attach this picture?' }).waitFor();
      await screenshot(page, 'evaluation-attach');
      await frame.getByRole('button', { name: 'Attach', exact: true }).click();
      await expect.poll(() => problem()?.evidence?.length).toEqual(1);
      assert.ok(existsSync(path.join(folder, 'ux-audit', problem().evidence[0])));
      await frame.getByRole('button', { name: 'Open the live page beside' }).click();
      await page.getByRole('tab', { name: /Simple Browser/ }).waitFor({ timeout: phaseMs });
      const beside = await webviewFrame(page, 'iframe');
      await expect(beside.frameLocator('iframe').getByRole('heading', { name: 'Lantern' })).toBeVisible();
      await screenshot(page, 'evaluation-beside');
      await runCommand(page, 'View: Close All Editors');
    });
    await test.step('the form is looked at in each theme and at 320 px, with machine results beside items', async () => {
      frame = await begin(page, 'WCAG 2.2', '');
      await expect(frame.getByText('Machines say')).toBeVisible();
      await expect(frame.getByText('failed: Image without alt text')).toBeVisible();
      await page.keyboard.press('f');
      await page.keyboard.type('The pictures say nothing');
      await eachTheme(page, frame, async (theme, since) => {
        await screenshot(page, `evaluation-${theme}`);
        assert.deepEqual(await violations(frame, since), [], theme);
      });
      await frame.getByRole('button', { name: /Overview/ }).click();
      assert.deepEqual(await violations(frame), [], 'overview');
      await screenshot(page, 'evaluation-overview-wcag');
      await frame.getByRole('button', { name: 'Form', exact: true }).click();
      await page.setViewportSize({ width: 370, height: 800 });
      await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
      await screenshot(page, 'evaluation-narrow');
      await expectFits(frame);
    });
  });
});

test.describe(() => {
  test.use({ settings: { 'git.enabled': true } });

  test('an evaluation is sent for review on a branch of its own, and nothing else goes along', async ({
    page,
    folder,
    open,
  }) => {
    const team = `${folder}-team.git`;
    execFileSync('git', ['init', '-q', '--bare', team]);
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'config', 'user.name', 'Test');
    git(folder, 'config', 'user.email', 'test@localhost');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'the site');
    git(folder, 'remote', 'add', 'origin', team);
    git(folder, 'push', '-q', '-u', 'origin', 'main');
    execFileSync('sh', ['-c', 'echo x > unrelated.txt'], { cwd: folder });
    git(folder, 'add', 'unrelated.txt');
    await open();
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    await begin(page, "Nielsen's 10");
    await page.keyboard.press('p');
    await expect(page.locator('.statusbar-item', { hasText: 'home: 1 of 10' })).toBeVisible();
    await runCommand(page, 'UX Audit: Send for Review…');
    await expect(page.getByText('Send your evaluation for review?')).toBeVisible();
    await expect(page.getByText(/Your team gets your evaluation of home \(0 problems\)/)).toBeVisible();
    await expect(page.getByText('Your evaluation is still a draft: 1 of 10 items answered.')).toBeVisible();
    await screenshot(page, 'evaluation-send');
    await page.getByRole('button', { name: 'Details' }).click();
    await expect(page.getByText(/New branch: ux\/nielsen-10-home-ana/)).toBeVisible();
    await page.getByRole('button', { name: 'Send Draft', exact: true }).click();
    await notification(page, 'Your evaluation was sent. Tell your team that it is there as');
    await screenshot(page, 'evaluation-sent');
    const told = await notification(page, 'Your evaluation was sent. Tell your team that it is there as');
    await told.getByRole('button', { name: 'Copy a Message for Your Team' }).click();
    // VS Code shows no fourth notification within a second, but says each
    await expect(page.locator('.monaco-alert', { hasText: 'Copied. Paste the message' })).toBeAttached();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("I evaluated home with the checklist “Nielsen's 10 usability heuristics” (ana)");
    expect(copied).toContain('under the name “ux/nielsen-10-home-ana”');
    const branch = 'ux/nielsen-10-home-ana';
    const shown = execFileSync('git', ['-C', team, 'show', '--name-only', '--format=%s', branch], { encoding: 'utf8' });
    const committed = shown.trim().split('\n').filter(Boolean);
    expect(committed[0]).toBe('UX evaluation of home with nielsen-10 by ana');
    assert.ok(committed.includes('ux-audit/findings.json'));
    assert.ok(!committed.includes('unrelated.txt'));
    expect(git(folder, 'branch', '--show-current').trim()).toBe(branch);
    assert.match(git(folder, 'status', '--porcelain'), /^A {2}unrelated\.txt/m);
    assert.ok(existsSync(path.join(folder, 'unrelated.txt')));

    const form = await webviewFrame(page, '#item');
    await expect(form.getByText(/1 of 10.*sent as a draft on/)).toBeVisible();
    await form.getByRole('button', { name: 'Submit…' }).click();
    await expect(page.getByText('Submit your evaluation of home?')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(form.getByRole('button', { name: 'Send for review…' }).first()).toBeVisible();
    await runCommand(page, 'UX Audit: My Work');
    const work = await webviewFrame(page, '.answer');
    await expect(work.locator('.answer')).toHaveText('1 evaluation is not sent yet.');
    await work.getByRole('button', { name: /^Send for Review…/ }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(work.locator('.answer')).toHaveText('Your team has all that you submitted.');
    await expect(work.getByRole('region', { name: /^Sent/ }).getByText('home')).toBeVisible();
    await screenshot(page, 'work-sent');
    await page.getByRole('tab', { name: /^home/ }).click();
    const sent = await webviewFrame(page, '.tabs');
    await expect(sent.getByText('Sent on')).toBeVisible();
    await expect(sent.getByRole('button', { name: 'Copy a Message for Your Team' })).toBeVisible();
  });
});
