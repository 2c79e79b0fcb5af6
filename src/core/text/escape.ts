import { inertLine } from './inertText';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for HTML, in content and in quoted attributes. */
export function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** A space without width. It stands where a host would otherwise link, and the text reads as before. */
const GAP = '\u200b';

/**
 * Hosts look for references in the rendered text, where backslashes and character references are gone already
 * (github/cmark-gfm#181), so a gap goes into each. In this order: mentions, numbers of issues and of work items,
 * snippets, milestones, labels, merge requests, epics and alerts; iterations; what GitLab writes in brackets, such as
 * `[issue:1]` and `[TOC]`, and wiki links; keys of issue trackers, `GH-12` among them; addresses; emoji.
 */
const references = new RegExp(
  '[@#!%~$&^](?=[\\w"{])|\\*(?=iteration:)|\\[(?=\\S)|\\b(?:[A-Z][A-Z0-9_]+|gh)-(?=\\d)|:(?=\\/\\/)|' +
    '\\b[wW]{3}(?=\\.)|:(?=[\\w+-]+:)',
  'g',
);
/** What may be the hash of a commit, of 7 characters or more. Six are too few for one. */
const hash = /(?<!\w)[0-9a-f]{7,64}(?!\w)/gi;

function withGaps(text: string): string {
  return text.replace(hash, (found) => found.replace(/.{6}(?!$)/g, `$&${GAP}`)).replace(references, `$&${GAP}`);
}

/** What GitHub's documentation asks for where a dollar sign is no maths; the reference hides it from other hosts. */
const dollar = '<span>&#36;</span>';

/**
 * Escapes text for a line of Markdown on GitHub, GitLab, Bitbucket and Azure DevOps, wherever it stands in the line:
 * nothing in it is a link, a mention, a reference, an image, HTML, maths, an emoji, a command, a heading, a list or a
 * table cell. It reads the same once rendered.
 */
export function markdownLine(text: string): string {
  return withGaps(inertLine(text))
    .replace(/[\\`*_{}[\]()#+!]|^-|^=|(?<=^\d+)[.)](?=\s|$)/g, '\\$&')
    .replace(/[&<>]/g, (character) => entities[character] as string)
    .replace(/^[/:]/, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[|~^]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('$', dollar)
    .replaceAll(GAP, '&#8203;');
}

/** The same for the alternative text of an image, in which there are no elements. */
export function markdownAlt(text: string): string {
  return markdownLine(text).replaceAll(dollar, '&#36;');
}

/** The same for the content of an HTML element on a line that Markdown leaves alone, such as a `summary`. */
export function markdownHtml(text: string): string {
  return htmlText(withGaps(inertLine(text)))
    .replaceAll('$', dollar)
    .replaceAll(GAP, '&#8203;');
}

/**
 * Text as inline code in Markdown, also in a cell of a table. Hosts look for no references in code. The fence is longer
 * than any run of backticks in the text.
 */
export function markdownCode(text: string): string {
  const line = inertLine(text);
  if (line.includes('|')) return `<code>${markdownLine(text)}</code>`; // tables end a cell at a bar in code too
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}
