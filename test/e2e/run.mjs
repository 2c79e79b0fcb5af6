// End to end: the packaged VSIX in real VS Code, driven as a person would: node test/e2e/run.mjs [part of a test's name]
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser, root } from './harness.mjs';

const output = path.join(root, 'test-output');
const wanted = process.argv[2] ?? '';
mkdirSync(output, { recursive: true });
rmSync(path.join(output, 'e2e.json'), { force: true });

const browser = await launchBrowser();
let passed = 0;
let failed = 0;

/** Runs one test; a failed one leaves a screenshot of every open page. */
async function test(name, work) {
  if (!name.includes(wanted)) return;
  const start = Date.now();
  try {
    await work();
    passed += 1;
    console.log(`ok - ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.error(`not ok - ${name}\n`, error);
    for (const page of browser.contexts().flatMap((context) => context.pages())) {
      await page.screenshot({ path: path.join(output, `e2e-failed-${failed}.png`) }).catch(() => {});
    }
  } finally {
    for (const context of browser.contexts()) await context.close();
  }
}

try {
  const folder = path.join(import.meta.dirname, 'tests');
  for (const file of readdirSync(folder).sort()) {
    const { default: tests } = await import(path.join(folder, file));
    await tests({ test, browser });
  }
} finally {
  await browser.close();
}
writeFileSync(path.join(output, 'e2e.json'), JSON.stringify({ passed, failed, skipped: 0 }));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
