import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type Html, html, rawHtml } from '../text/html';

/** What stands in a page that is written to disk. */
export interface HtmlPage {
  title: string;
  /** The style sheet, our own text. */
  style: string;
  /** What stands in the body, a script of our own included. */
  body: Html;
  /** Sources that the page's policy allows besides its style sheet, as a Content Security Policy names them. */
  sources: string;
}

/**
 * A page in one file. Its policy lets it load nothing, and apply only its own style sheet and the sources named.
 *
 * @returns the whole document
 */
export function htmlPage({ title, style, body, sources }: HtmlPage): string {
  const allowed = `default-src 'none'; style-src ${policyHash(style)}; ${sources}`;
  const policy = rawHtml(`${allowed}; base-uri 'none'; form-action 'none'`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${rawHtml(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
}

/** How a policy names a style sheet or a script that stands in the page: by the SHA-256 of its text. */
export function policyHash(text: string): string {
  return `'sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}'`;
}
