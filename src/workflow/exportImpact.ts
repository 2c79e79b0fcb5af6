import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ImpactData } from '../core/impact/impactData';
import { htmlText } from '../core/text/escape';
import { atomicWrite } from '../storage/atomicWrite';

/**
 * Writes the impact view as one page that needs neither a network nor VS Code. It holds script, styles, icons and data,
 * and its policy lets it load nothing else.
 *
 * @param dist where the built program lies
 * @returns the path of the file
 */
export async function exportImpact(data: ImpactData, { file, dist }: { file: string; dist: string }): Promise<string> {
  const built = path.join(dist, 'webview');
  const [script, pageStyle, theme, fonts] = await Promise.all([
    readFile(path.join(built, 'impact.js'), 'utf8'),
    readFile(path.join(built, 'impact.css'), 'utf8'),
    readFile(path.join(built, 'standalone.css'), 'utf8'),
    readdir(built).then((names) => names.filter((name) => name.endsWith('.ttf'))),
  ]);
  let style = theme + pageStyle;
  for (const font of fonts) {
    const bytes = (await readFile(path.join(built, font))).toString('base64');
    style = style.replaceAll(new RegExp(`url\\("?\\./${font}[^)]*\\)`, 'g'), `url(data:font/ttf;base64,${bytes})`);
  }
  const safeScript = script.replaceAll('</script', '<\\/script');
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const sources = `script-src ${hash(safeScript)}; style-src ${hash(style)}; font-src data:; img-src data:`;
  const policy = `default-src 'none'; ${sources}; base-uri 'none'; form-action 'none'`;
  // data for the page's own script, in which no text can end the element
  const json = JSON.stringify(data).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>UX impact: ${htmlText(data.title)}</title>
<style>${style}</style>
</head>
<body>
<main id="page"><p>Loading…</p></main>
<script type="application/json" id="impact-data">${json}</script>
<script>${safeScript}</script>
</body>
</html>
`;
  await mkdir(path.dirname(file), { recursive: true });
  await atomicWrite(file, html);
  return file;
}
