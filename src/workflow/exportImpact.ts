import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CourseEvent, ImpactData } from '../core/impact/impactData';
import { htmlPage, policyHash } from '../core/report/htmlPage';
import { html, rawHtml } from '../core/text/html';
import { inertJson } from '../core/text/inertText';
import { writeExport } from './exportRecord';
import type { Workspace } from './workspace';

/**
 * Writes the impact view as one HTML page that works without a network and without VS Code. Its content security policy
 * lets it load nothing.
 * @param dist the folder of the built program
 * @returns the path of the file
 */
export async function exportImpact(
  workspace: Workspace,
  data: ImpactData,
  { file, dist }: { file: string; dist: string },
): Promise<string> {
  const built = path.join(dist, 'webview');
  const [script, pageStyle, theme] = await Promise.all([
    readFile(path.join(built, 'impact.js'), 'utf8'),
    readFile(path.join(built, 'impact.css'), 'utf8'),
    readFile(path.join(built, 'standalone.css'), 'utf8'),
  ]);
  let style = theme + pageStyle;
  const fonts = [...style.matchAll(/url\("?\.\/([\w-]+\.ttf)/g)].map(([, font = '']) => font);
  for (const font of new Set(fonts)) {
    const bytes = (await readFile(path.join(built, font))).toString('base64');
    style = style.replaceAll(new RegExp(`url\\("?\\./${font}[^)]*\\)`, 'g'), `url(data:font/ttf;base64,${bytes})`);
  }
  const safeScript = script.replaceAll('</script', '<\\/script');
  // `<` is escaped, so that no text in the data can end the script element
  const json = inertJson({ ...data, events: data.events?.map(withoutSubject) }).replaceAll('<', '\\u003c');
  const body = html`<main id="page"><p>Loading…</p></main>
<script type="application/json" id="impact-data">${rawHtml(json)}</script>
<script>${rawHtml(safeScript)}</script>`;
  const sources = `script-src ${policyHash(safeScript)}; font-src data:; img-src data:`;
  await writeExport(workspace, file, htmlPage({ title: `UX impact: ${data.title}`, style, body, sources }));
  return file;
}

/** A commit by its hash alone: the page may go to anybody, and what subjects say is for who has the repository. */
function withoutSubject(event: CourseEvent): CourseEvent {
  return event.kind === 'commit' ? { ...event, text: event.text.split(' ')[0] ?? '' } : event;
}
