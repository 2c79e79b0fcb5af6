import { htmlText } from './escape';
import { withoutControls } from './inertText';

/** HTML that is safe to be part of a page. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

/**
 * HTML of a page that is written to disk. What is put into it is text, in content and in quoted attributes alike,
 * unless it is {@link Html} itself; lists are joined, and what is missing or false is nothing.
 */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, string, index) => `${text}${markup(parts[index - 1])}${string}`));
}

/** Markup of our own, such as a style sheet; never anything that came from elsewhere. */
export function rawHtml(text: string): Html {
  return new Html(text);
}

function markup(part: Part): string {
  if (part === undefined || part === null || part === false) return '';
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(markup).join('') : htmlText(withoutControls(String(part)));
}
