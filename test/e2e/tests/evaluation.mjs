import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  git,
  notification,
  openWorkbench,
  recordOf,
  root,
  runCommand,
  screenshot,
  setTheme,
  startHost,
  treeItem,
  webviewFrame,
} from '../harness.mjs';
import { violations } from '../violations.mjs';

const workspace = path.join(root, 'test/fixtures/triage');
const vsix = path.join(root, 'dist/ux-audit.vsix');

/** The input at the top, once it asks for this. */
async function asked(page, title) {
  const widget = page.locator('.quick-input-widget');
  await widget.getByText(title).first().waitFor();
  await widget.locator('input.input').focus(); // a tree that was just clicked may still take it
}

/** Begins an evaluation of the only target with the keyboard alone. */
async function begin(page, checklist, handle = 'ana') {
  await runCommand(page, 'UX Audit: Evaluate a Page…');
  await asked(page, 'Evaluate: Which Pages or Journeys? (1/3)');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await asked(page, 'Evaluate: With Which Checklist? (2/3)');
  await page.keyboard.type(checklist);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: checklist }).first().waitFor();
  await page.keyboard.press('Enter');
  if (handle) {
    await asked(page, 'Your Handle');
    await page.keyboard.type(handle);
    await page.keyboard.press('Enter');
  }
  return webviewFrame(page, '#item');
}

/** Waits until the record says what it should: it is looked at whenever its folder changes. */
async function eventually(folder, read, expected) {
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, AbortSignal.timeout(10_000)]);
  const changes = watch(path.join(folder, 'ux-audit'), { signal })[Symbol.asyncIterator]();
  try {
    let change = changes.next(); // watching begins before the first look
    change.catch(() => {});
    while (!isDeepStrictEqual(read(), expected)) {
      await change;
      change = changes.next();
      change.catch(() => {});
    }
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    assert.deepEqual(read(), expected);
  } finally {
    done.abort();
  }
}

export default async function ({ test, browser }) {
  await test('a whole evaluation by keyboard: verdicts, a problem with severity, submitted, and in findings.md', async () => {
    const host = await startHost({ workspace, vsix });
    const folder = host.workspace;
    try {
      git(folder, 'init', '-q');
      git(folder, 'add', '-A');
      git(folder, 'commit', '-qm', 'the site');
      const page = await openWorkbench(browser, host);
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      const frame = await begin(page, "Nielsen's 10");
      const heading = frame.locator('#item');
      await frame.getByText('0 of 10').waitFor();
      await screenshot(page, 'evaluation-form');
      const answers = () => recordOf(folder).evaluations['home/nielsen-10/ana']?.answers ?? {};

      await page.keyboard.press('?');
      await frame.getByRole('heading', { name: 'Keys' }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('p');
      await frame.getByRole('button', { name: 'pass P', pressed: true }).waitFor();
      await eventually(folder, () => answers().H01, { verdict: 'pass' });
      await page.keyboard.press('j');
      await heading.getByText('H02').waitFor();
      await page.keyboard.press('n');
      await page.keyboard.press('j');
      await heading.getByText('H03').waitFor();
      await page.keyboard.press('f');
      await page.keyboard.type('Back from payment empties the form');
      await page.keyboard.press('Escape');
      await page.keyboard.press('3');
      await frame.getByRole('button', { name: '3 major', pressed: true }).waitFor();
      await screenshot(page, 'evaluation-problem');
      await page.keyboard.press('j');
      await heading.getByText('H04').waitFor();
      await page.keyboard.press('u');
      await page.keyboard.press('c');
      await page.keyboard.type('Two kinds of buttons?');
      await page.keyboard.press('Escape');
      for (let left = 0; left < 6; left += 1) {
        await page.keyboard.press('j');
        await page.keyboard.press('p');
      }
      await frame.getByText('10 of 10').waitFor();
      await eventually(folder, () => Object.keys(answers()).length, 10);
      assert.deepEqual(answers().H04, { verdict: 'unsure', note: 'Two kinds of buttons?' });
      const [id] = answers().H03.findings;
      const finding = recordOf(folder).findings[id];
      assert.equal(finding.title, 'Back from payment empties the form');
      assert.equal(finding.ratings.ana.severity, 3);
      await page.locator('.statusbar-item', { hasText: 'home: 10 of 10' }).waitFor();

      await page.keyboard.press('o');
      await frame.getByRole('table').waitFor();
      await screenshot(page, 'evaluation-overview');
      await page.keyboard.press('o');
      await frame.getByRole('button', { name: 'Submit…' }).press('Enter');
      await page.getByText('Submit your evaluation of home?').waitFor();
      await screenshot(page, 'evaluation-submit');
      await page.keyboard.press('Enter');
      await frame.getByText('1 of 1 rated').waitFor();
      await eventually(folder, () => recordOf(folder).evaluations['home/nielsen-10/ana'].state.status, 'submitted');
      assert.match(recordOf(folder).evaluations['home/nielsen-10/ana'].state.commit, /^[0-9a-f]{10}$/);
      await treeItem(page, /ana \(you\), submitted/).waitFor();
      const markdown = readFileSync(path.join(folder, 'ux-audit/findings.md'), 'utf8');
      assert.match(markdown, /`nielsen-10@1` by ana, submitted on/);
      assert.match(markdown, /7 pass, 1 fail, 1 n\/a, 1 unsure\. Unsure: H04/);
      await frame.getByRole('button', { name: 'Together' }).click();
      await frame.getByText('1 evaluator has submitted').waitFor();
      for (const theme of ['dark', 'light', 'hc-dark', 'hc-light']) {
        await setTheme(page, theme);
        for (const view of ['Together', 'Rate']) {
          await frame.getByRole('button', { name: view }).click();
          await screenshot(page, `evaluation-${view.toLowerCase()}-${theme}`);
          assert.deepEqual(await violations(frame), [], `${view}, ${theme}`);
        }
      }
    } finally {
      await host.stop();
    }
  });

  await test('a second evaluator works independently, then rates and sees what both found', async () => {
    const host = await startHost({ workspace, vsix });
    const folder = host.workspace;
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
    record.findings[hers] = { ...problem, state: { status: 'open' }, ratings: { ana: { severity: 4 } } };
    record.evaluations['home/nielsen-10/ana'] = {
      ...evaluation,
      state: { status: 'submitted', on: '2026-11-20' },
      answers,
    };
    writeFileSync(file, JSON.stringify(record, null, 2));
    try {
      const page = await openWorkbench(browser, host);
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      const frame = await begin(page, "Nielsen's 10", 'bo');
      await frame.getByText('0 of 10').waitFor();
      assert.equal(await frame.getByText('Back empties the form').count(), 0);
      await frame.getByRole('button', { name: 'Together' }).click();
      await frame
        .getByText(/submit/i)
        .first()
        .waitFor();
      assert.equal(await frame.getByText('Back empties the form').count(), 0);
      await frame.getByRole('button', { name: 'Form' }).click();
      await frame.locator('#item').focus();
      for (const item of items) {
        await frame.locator('#item').getByText(item).waitFor();
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
      await frame.getByText('10 of 10').waitFor();
      await frame.getByRole('button', { name: 'Submit…' }).press('Enter');
      await page.getByText('Submit your evaluation of home?').waitFor();
      await page.keyboard.press('Enter');
      await frame.getByText('1 of 2 rated').waitFor();
      const card = frame.getByRole('listitem').filter({ hasText: 'Back empties the form' });
      assert.equal(await card.getByText('ana 4').count(), 0);
      await card.getByRole('button', { name: /major/ }).click();
      await card.getByText('ana 4').waitFor();
      await frame.getByText('2 of 2 rated').waitFor();
      await eventually(folder, () => recordOf(folder).findings[hers].ratings.bo?.severity, 3);
      await frame.getByRole('button', { name: 'Together' }).click();
      await frame.getByText('2 evaluators have submitted').waitFor();
      await frame
        .getByText(/1 of 2/)
        .first()
        .waitFor();
      await screenshot(page, 'evaluation-two');
    } finally {
      await host.stop();
    }
  });

  await test('a journey and a checklist of one’s own are made from the palette and evaluated', async () => {
    const host = await startHost({ workspace, vsix });
    const folder = host.workspace;
    try {
      const page = await openWorkbench(browser, host);
      await runCommand(page, 'UX Audit: New Checklist…');
      await asked(page, 'Title of the New Checklist');
      await page.keyboard.type('House rules');
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: 'house-rules.json' }).waitFor();
      assert.ok(existsSync(path.join(folder, 'ux-audit/checklists/house-rules.json')));
      await runCommand(page, 'UX Audit: Add Journey…');
      await asked(page, 'New Journey: Name (1/2)');
      await page.keyboard.type('claim');
      await page.keyboard.press('Enter');
      await asked(page, 'New Journey: Steps (2/2)');
      await page.keyboard.type('find the form, file the claim');
      await page.keyboard.press('Enter');
      await eventually(folder, () => recordOf(folder).targets.claim?.steps, ['find the form', 'file the claim']);

      await runCommand(page, 'UX Audit: Evaluate a Page…');
      await asked(page, 'Evaluate: Which Pages or Journeys? (1/3)');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'journey: find the form' }).click();
      await page.keyboard.press('Enter');
      await asked(page, 'Evaluate: With Which Checklist? (2/3)');
      await page.keyboard.type('Cognitive');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Cognitive walkthrough' }).waitFor();
      await screenshot(page, 'evaluation-checklists');
      await page.keyboard.press('Enter');
      await asked(page, 'Your Handle');
      await page.keyboard.type('ana');
      await page.keyboard.press('Enter');
      const frame = await webviewFrame(page, '#item');
      await frame.locator('#item').focus();
      await page.keyboard.press('p');
      const given = () => recordOf(folder).evaluations['claim/cognitive-walkthrough/ana']?.answers;
      await eventually(folder, () => given()?.['CW1@find the form'], { verdict: 'pass' });
      await screenshot(page, 'evaluation-journey');
    } finally {
      await host.stop();
    }
  });

  await test('an evaluation survives a reload of the window in the middle of a word, and is resumed', async () => {
    const host = await startHost({ workspace, vsix });
    const folder = host.workspace;
    try {
      const page = await openWorkbench(browser, host);
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      const before = await begin(page, "Nielsen's 10");
      await page.keyboard.press('f');
      await page.keyboard.type('Half a tit');
      await before.getByText('left · saved').waitFor();
      await page.reload();
      await treeItem(page, /ana \(you\), 1 of 10, draft/).waitFor();
      await eventually(
        folder,
        () =>
          Object.values(recordOf(folder).findings)
            .filter(({ kind }) => kind === 'heuristic')
            .map(({ title }) => title),
        ['Half a tit'],
      );
      await treeItem(page, /ana \(you\), 1 of 10, draft/).click();
      const frame = await webviewFrame(page, '#item');
      await frame.locator('#item').getByText('H02').waitFor(); // the first that is left
      await page.keyboard.press('k');
      await frame.locator('input[value], input').first().waitFor();
      assert.equal(await frame.getByLabel('What goes wrong').inputValue(), 'Half a tit');
    } finally {
      await host.stop();
    }
  });

  await test('what a form could not write before it was closed is told, kept, and written once that is possible', async () => {
    const host = await startHost({ workspace, vsix });
    const folder = host.workspace;
    const file = path.join(folder, 'ux-audit/findings.json');
    try {
      const page = await openWorkbench(browser, host);
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      const frame = await begin(page, "Nielsen's 10");
      const good = readFileSync(file, 'utf8');
      writeFileSync(file, good.slice(0, -30));
      await page.keyboard.press('p');
      await frame.getByText('Not saved:').waitFor();
      await runCommand(page, 'View: Close Editor');
      const told = await notification(page, '1 change of your evaluation of home is not saved.');
      await told.getByRole('button', { name: 'Open Evaluation' }).click();
      const again = await webviewFrame(page, '#item');
      await again.getByText('1 of 10').waitFor();
      writeFileSync(file, good);
      await page.keyboard.press('u');
      const answers = () => recordOf(folder).evaluations['home/nielsen-10/ana']?.answers;
      await eventually(folder, answers, { H01: { verdict: 'pass' }, H02: { verdict: 'unsure' } });
    } finally {
      await host.stop();
    }
  });

  await test('answers are shown without their checklist, and those of others only to who asks for them', async () => {
    const host = await startHost({ workspace, vsix });
    const folder = host.workspace;
    const file = path.join(folder, 'ux-audit/findings.json');
    try {
      const record = recordOf(folder);
      const evaluation = (evaluator, checklist, status) => {
        const id = `home/${checklist}/${evaluator}`;
        const answers = { A01: { verdict: 'unsure', note: `by ${evaluator}` } };
        return [id, { checklist: `${checklist}@1`, target: 'home', evaluator, state: { status }, answers, id }];
      };
      const evaluations = [evaluation('ana', 'gone', 'draft'), evaluation('bo', 'nielsen-10', 'submitted')];
      writeFileSync(file, JSON.stringify({ ...record, evaluations: Object.fromEntries(evaluations) }));
      const page = await openWorkbench(browser, host);
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      await treeItem(page, / bo, submitted/).click();
      await asked(page, 'Your Handle');
      await page.keyboard.type('ana');
      await page.keyboard.press('Enter');
      await page.getByText('You have not evaluated home yourself.').waitFor();
      await page.getByRole('button', { name: 'Show Together' }).click();
      const together = await webviewFrame(page, 'table');
      await together.getByText('1 evaluator has submitted: bo').waitFor();
      await treeItem(page, / ana \(you\), 1 answered/).click();
      const form = await webviewFrame(page, '#item');
      await form.getByText('There is no checklist "gone" here.').waitFor();
      assert.equal(await form.locator('#note').inputValue(), 'by ana');
    } finally {
      await host.stop();
    }
  });

  await test('the form has no accessibility violation in four themes, fits 320 px, and shows machine results beside items', async () => {
    const host = await startHost({ workspace, vsix });
    try {
      const page = await openWorkbench(browser, host);
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      const frame = await begin(page, 'WCAG 2.2');
      await frame.getByText('Machines say').waitFor();
      await frame.getByText('Image elements do not have').waitFor();
      await page.keyboard.press('f');
      await page.keyboard.type('The pictures say nothing');
      await frame.locator('summary', { hasText: 'How to check' }).click();
      for (const theme of ['dark', 'light', 'hc-dark', 'hc-light']) {
        await setTheme(page, theme);
        await screenshot(page, `evaluation-${theme}`);
        assert.deepEqual(await violations(frame), [], theme);
      }
      await frame.getByRole('button', { name: /Overview/ }).click();
      assert.deepEqual(await violations(frame), [], 'overview');
      await screenshot(page, 'evaluation-overview-wcag');
      await frame.getByRole('button', { name: 'Form', exact: true }).click();
      await page.setViewportSize({ width: 370, height: 800 });
      await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
      await screenshot(page, 'evaluation-narrow');
      const overflow = await frame.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px wider than its column`);
    } finally {
      await host.stop();
    }
  });

  await test('an element is picked on a picture of the page, and the page opens beside the form', async () => {
    const host = await startHost({ workspace, vsix });
    const folder = host.workspace;
    try {
      const page = await openWorkbench(browser, host, { width: 1600 });
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      const frame = await begin(page, "Nielsen's 10");
      await page.keyboard.press('f');
      await page.keyboard.type('The picture says nothing');
      await frame.getByRole('button', { name: 'Pick the element on the page…' }).click();
      await frame.getByRole('heading', { name: 'Pick the element' }).waitFor({ timeout: 60_000 });
      await frame.getByLabel('Elements of the page').selectOption({ index: 1 });
      await screenshot(page, 'evaluation-picker');
      await frame.getByRole('button', { name: 'Use this element' }).press('Enter');
      const where = () => Object.values(recordOf(folder).findings).find(({ kind }) => kind === 'heuristic')?.where;
      await eventually(folder, () => where()?.viewport, '412x823');
      assert.ok(where().selector.length > 0);
      await frame.getByRole('button', { name: 'Page beside' }).click();
      await page.getByRole('tab', { name: /Simple Browser/ }).waitFor({ timeout: 60_000 });
      const beside = await webviewFrame(page, 'iframe');
      await beside.frameLocator('iframe').getByRole('heading', { name: 'Lantern' }).waitFor();
      await screenshot(page, 'evaluation-beside');
    } finally {
      await host.stop();
    }
  });

  await test('an evaluation is shared: what is committed is shown first, and nothing else is committed', async () => {
    const host = await startHost({ workspace, vsix, settings: { 'git.enabled': true } });
    const folder = host.workspace;
    try {
      git(folder, 'init', '-q');
      git(folder, 'config', 'user.name', 'Test');
      git(folder, 'config', 'user.email', 'test@localhost');
      git(folder, 'add', '-A');
      git(folder, 'commit', '-qm', 'the site');
      execFileSync('sh', ['-c', 'echo x > unrelated.txt'], { cwd: folder });
      git(folder, 'add', 'unrelated.txt');
      const page = await openWorkbench(browser, host);
      await page.getByRole('tab', { name: 'UX Audit' }).click();
      await begin(page, "Nielsen's 10");
      await page.keyboard.press('p');
      await page.locator('.statusbar-item', { hasText: 'home: 1 of 10' }).waitFor();
      await runCommand(page, 'UX Audit: Share My Evaluation…');
      await page.getByText('Share your evaluation?').waitFor();
      await screenshot(page, 'evaluation-share');
      await page.getByRole('button', { name: 'Commit on a New Branch…' }).click();
      await asked(page, 'Name of the New Branch');
      await page.keyboard.press('Enter');
      await notification(page, 'Committed');
      const committed = git(folder, 'show', '--name-only', '--format=%s', 'HEAD').trim().split('\n').filter(Boolean);
      assert.equal(committed[0], 'UX evaluation of home with nielsen-10 by ana');
      assert.ok(committed.includes('ux-audit/findings.json'));
      assert.ok(!committed.includes('unrelated.txt'));
      assert.match(git(folder, 'branch', '--show-current'), /^ux\/nielsen-10-home-ana/);
      assert.match(git(folder, 'status', '--porcelain'), /^A {2}unrelated\.txt/m);
      assert.ok(existsSync(path.join(folder, 'unrelated.txt')));
    } finally {
      await host.stop();
    }
  });
}
