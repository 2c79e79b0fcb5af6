import { expect, test } from '../fixtures.mjs';
import { screenshot } from '../harness.mjs';

test.use({ settings: { 'security.workspace.trust.enabled': true } });

test('in an untrusted workspace audits are off, and the view says why', async ({ page, open }) => {
  await open();
  await page.getByRole('tab', { name: 'UX Audit' }).click();
  await expect(page.getByText('Audits are off because this workspace is not trusted')).toBeVisible();
  await screenshot(page, 'untrusted');
});
