import type { TemplateResult } from 'lit-html';
import { html } from './html';

/**
 * The little Markdown that Lighthouse writes: links and code. Everything else is text. Only https links become links,
 * and they are opened through `follow`, never by the page itself.
 */
export function inlineMarkdown(text: string, follow: (url: string) => void): (string | TemplateResult)[] {
  return text.split(/(\[[^\]]+\]\(https:\/\/[^)\s]+\)|`[^`]+`)/g).map((part) => {
    const link = /^\[([^\]]+)\]\((https:\/\/[^)\s]+)\)$/.exec(part);
    if (link?.[1] && link[2]) {
      const [, label, url] = link;
      return html`<a
        href=${url}
        @click=${(event: Event) => {
          event.preventDefault();
          follow(url);
        }}
        >${label.replaceAll('`', '')}</a
      >`;
    }
    return /^`[^`]+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : part;
  });
}
