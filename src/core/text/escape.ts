import { inertLine } from './inertText';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for HTML, in content and in quoted attributes. */
export function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/**
 * Escapes text for one line of Markdown (CommonMark and GitHub's), so that nothing in it is a link, an image, HTML, a
 * mention, a heading or a table cell.
 */
export function markdownLine(text: string): string {
  return inertLine(text)
    .replace(/[&<>]/g, (character) => entities[character] as string)
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/^([-=]|\d+(?=[.)]))/, '\\$1')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, 'www&#46;');
}

/** Text as inline code in Markdown. The fence is longer than any run of backticks in the text. */
export function markdownCode(text: string): string {
  const line = inertLine(text);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}
