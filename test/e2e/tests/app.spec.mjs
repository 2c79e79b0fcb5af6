import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { expect, test } from '../fixtures.mjs';
import {
  auditResult,
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

test.use({ fixture: 'apps/react', settings: { 'uxAudit.runs': 1 } });

test('an app on its development server: from a finding to its component, fixed and proven', async ({
  page,
  folder,
  open,
}) => {
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const server = await createServer({
    root: folder,
    configFile: false,
    plugins: [react()],
    cacheDir: path.join(folder, '..', 'vite'),
    server: { port: 0, host: '127.0.0.1' },
    logLevel: 'silent',
  });
  await server.listen();
  try {
    await open();
    await runCommand(page, 'UX Audit: Audit a Page…');
    const input = page.locator('.quick-input-widget input.input');
    await input.fill(server.resolvedUrls.local[0]);
    await page
      .locator('.quick-input-widget')
      .getByRole('option', { name: /127\.0\.0\.1/ })
      .first()
      .click();
    await typeQuickInput(page, 'Name of the New Page', 'app');
    const result = await auditResult(page);
    await result.getByText('Development build.').waitFor();
    await screenshot(page, 'development-build');
    await page.getByRole('tab', { name: 'UX Audit' }).click();
    await treeItem(page, /^Page language missing/)
      .or(treeItem(page, /^Image without alt text/))
      .first()
      .waitFor();
    const finding = await openFromTree(page, /^Image without alt text/, '#history');
    await finding
      .getByRole('button', { name: /^Go to code: src\/Card\.jsx:6/ })
      .first()
      .waitFor();
    await finding.getByRole('button', { name: /^Add a text for the image/ }).click();
    await typeQuickInput(page, 'Add a text for the image', 'The lamp');
    const question = await notification(page, 'Add a text for the image in src/Card.jsx?');
    await question.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => readFileSync(path.join(folder, 'src/Card.jsx'), 'utf8')).toContain('alt="The lamp"');
    await finding.getByRole('button', { name: 'Check Again', exact: true }).click();
    await notification(page, '“Image without alt text” is fixed.', { timeout: phaseMs });
    expect(recordOf(folder).findings['app/lighthouse/image-alt'].state.status).toBe('fixed');
  } finally {
    await server.close();
  }
});
