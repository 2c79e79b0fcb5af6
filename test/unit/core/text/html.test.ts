import { describe, expect, it } from 'vitest';
import { html, rawHtml } from '../../../../src/core/text/html';

const hostile = `"><script>alert('1')</script>&\u202e`;

describe('HTML written to disk', () => {
  it('holds what is put into it as text, in content and in attributes', () => {
    const { text } = html`<p title="${hostile}">${hostile}</p>`;
    const inert = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;\\u202e';
    expect(text).toBe(`<p title="${inert}">${inert}</p>`);
  });

  it('takes its own parts as they are, joins lists, and leaves out what is missing', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${undefined}${false}${null}${0}${rawHtml('<hr>')}`.text).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul>0<hr>',
    );
  });

  it('does not take an object that came from elsewhere for its own', () => {
    expect(html`${JSON.parse('[{ "text": "<script>" }]').map((entry: object) => String(entry))}`.text).toBe(
      '[object Object]',
    );
  });
});
