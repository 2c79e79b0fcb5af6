// @ts-check
/**
 * Draws sheets of the drawings of examples, to look at: `node test/webview/drawingSheets.mjs H05,forms-checkout dark,hc-light`.
 * The first word names items or checklists, the second themes; without them all items in all themes.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const sheets = path.join(root, 'test-output/drawings');
const PER_SHEET = 16;
const [, , chosen = '', themeNames = 'light,dark,hc-light,hc-dark'] = process.argv;

/** A page that draws items below each other, and says how many there are. */
const script = `
  import { html, render } from 'lit-html';
  import { builtInChecklists } from './src/core/checklist/builtInChecklists';
  import { drawnExamples } from './src/core/checklist/drawings/drawings';
  import { drawingOf, loadDrawings } from './src/webview/shared/drawing';
  import { themeStyle } from './test/webview/themes';
  const items = (chosen) => builtInChecklists.flatMap(({ id, items }) =>
    items.filter((item) => chosen === '' || chosen.split(',').some((name) => name === id || name === item.id)));
  const example = (item, side) => html\`<figure>
    <figcaption>\${side}: \${item[side]}</figcaption>\${drawingOf(item[side], side)}</figure>\`;
  window.show = async (chosen, theme, from, to) => {
    await loadDrawings(async () => drawnExamples());
    document.body.className = theme.startsWith('hc') ? 'vscode-high-contrast' : '';
    const style = document.getElementById('theme');
    style.textContent = themeStyle(theme);
    const shown = items(chosen).slice(from, to).map((item) => html\`<section>
      <b>\${item.id} \${item.title}</b><div>\${example(item, 'good')}\${example(item, 'bad')}</div></section>\`);
    render(shown, document.getElementById('sheet'));
    return items(chosen).length;
  };`;

const style = `
  #sheet, section div { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
  figure { margin: 0; } figcaption { min-height: 36px; font-size: 11px; }`;

const { outputFiles } = await build({
  stdin: { contents: script, resolveDir: root, loader: 'ts' },
  bundle: true,
  write: false,
  format: 'iife',
});
const css = ['base.css', 'drawing.css'].map((name) =>
  readFileSync(path.join(root, 'src/webview/shared', name), 'utf8'),
);
mkdirSync(sheets, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage({ viewport: { width: 1560, height: 400 } });
await page.setContent(`<style id="theme"></style><style>${css.join('\n').replace(/@import.*/, '')}${style}</style>
  <div id="sheet"></div>`);
await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
for (const theme of themeNames.split(',')) {
  for (let from = 0, count = 1; from < count; from += PER_SHEET) {
    const show = `window.show(${JSON.stringify(chosen)}, ${JSON.stringify(theme)}, ${from}, ${from + PER_SHEET})`;
    count = /** @type {number} */ (await page.evaluate(show));
    await page.screenshot({ path: path.join(sheets, `${theme}-${from / PER_SHEET + 1}.png`), fullPage: true });
  }
}
await browser.close();
console.log(`The sheets are in ${path.relative(process.cwd(), sheets)}.`);
