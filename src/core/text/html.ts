import { htmlText } from './escape';
import { withEscapes } from './inertText';

/** HTML that is safe to put into a page. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

/**
 * Template tag for HTML that is written to disk. Escapes values, in content and in quoted attributes, unless they are
 * {@link Html}. Joins lists; leaves out what is undefined, null or false.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, string, index) => `${text}${markup(parts[index - 1])}${string}`));
}

/** Marks our own markup, such as a style sheet, as safe. Never for text from elsewhere. */
export function rawHtml(text: string): Html {
  return new Html(text);
}

function markup(part: Part): string {
  if (part === undefined || part === null || part === false) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object'
    ? part.map(markup).join('')
    : htmlText(withEscapes(String(part).replace(/\s+/g, ' ')));
}
