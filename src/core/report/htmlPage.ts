import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type Html, html, rawHtml } from '../text/html';

/** The parts of an HTML page that is written to disk. */
export interface HtmlPage {
  title: string;
  /** The style sheet; our own text, never escaped. */
  style: string;
  /** The body, with our own script if there is one. */
  body: Html;
  /** Further directives of the page's content security policy. */
  sources: string;
  /** BCP 47 tag of its language; English when left out. */
  lang?: string;
  /** Whether people may edit the style sheet in the file. */
  isStyleOpen?: boolean;
}

/**
 * A whole document in one file. Its content security policy lets it load nothing, and apply only its own style sheet
 * and the given sources.
 */
export function htmlPage({ title, style, body, sources, lang = 'en', isStyleOpen = false }: HtmlPage): string {
  const styles = isStyleOpen ? "'unsafe-inline'" : policyHash(style);
  const allowed = `default-src 'none'; style-src ${styles}; ${sources}`;
  const policy = rawHtml(`${allowed}; base-uri 'none'; form-action 'none'`);
  return html`<!doctype html>
<html lang="${lang}">
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

/** The source expression for an inline style sheet or script: the SHA-256 of its text. */
export function policyHash(text: string): string {
  return `'sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}'`;
}
