import { html as litHtml, type TemplateResult } from 'lit-html';
import { withEscapes } from '../../core/text/inertText';

function inert(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .split(/([\n\t])/)
      .map((part) => (/^[\n\t]$/.test(part) ? part : withEscapes(part)))
      .join('');
  return Array.isArray(value) ? value.map(inert) : value;
}

/** lit's template tag; hidden characters in texts are shown as escapes. Give inputs their value with `live`. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult {
  return litHtml(strings, ...values.map(inert));
}
