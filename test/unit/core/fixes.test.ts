import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { contrastIn } from '../../../src/core/audit/contrast';
import { colourFix, edited, type FixFacts, fixFor } from '../../../src/core/fixes/fixes';

/** The text after the fix of the place that `‸` marks. */
function fixed(
  rule: string,
  marked: string,
  { answer = '', file = 'index.html', ...facts }: FixFacts & { answer?: string; file?: string } = {},
) {
  const at = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  const fix = fixFor(rule, text, at, file, facts);
  return fix && edited(text, fix.edits(answer));
}

const page = (head: string) =>
  `<!doctype html>\n‸<html>\n  <head>\n    <meta charset="utf-8">\n${head}  </head>\n</html>\n`;

describe('a fix', () => {
  it('adds what a person gives, once, where it is missing', () => {
    expect(fixed('lighthouse/image-alt', '<p>‸<img src="a.svg"></p>', { answer: 'A lamp' })).toBe(
      '<p><img alt="A lamp" src="a.svg"></p>',
    );
    expect(fixed('axe/html-has-lang', '‸<html>', { answer: 'en' })).toBe('<html lang="en">');
    expect(fixed('lighthouse/button-name', '‸<button class="x"><i></i></button>', { answer: 'Close' })).toBe(
      '<button aria-label="Close" class="x"><i></i></button>',
    );
    expect(fixed('lighthouse/image-alt', '‸<img alt="there">')).toBeUndefined();
    expect(fixed('lighthouse/image-alt', '‸<img {...rest} />', { file: 'Card.tsx' })).toBeUndefined();
    expect(fixed('lighthouse/image-alt', '‸<img alt={text} />', { file: 'Card.tsx' })).toBeUndefined();
  });

  it('keeps what a person gives inside its attribute', () => {
    const hostile = '"><script>alert(1)</script>{{x}}';
    const html = fixed('lighthouse/image-alt', '‸<img src="a.svg">', { answer: hostile }) ?? '';
    expect(html).not.toContain('<script');
    expect(html).not.toContain('{{');
    const description = fixed('lighthouse/meta-description', page(''), { answer: hostile }) ?? '';
    expect(
      JSON.stringify(parse(description), (key, value) => (key === 'parentNode' ? undefined : value)),
    ).not.toContain('"tagName":"script"');
  });

  it('writes the size of the image', () => {
    const image = { width: 218, height: 105 };
    expect(fixed('lighthouse/unsized-images', '‸<img src="a.svg" alt="">', { image })).toBe(
      '<img width="218" height="105" src="a.svg" alt="">',
    );
    expect(fixed('lighthouse/unsized-images', '‸<img src="a.svg" width="3">', { image })).toBeUndefined();
    expect(fixed('lighthouse/unsized-images', '‸<img src="a.svg">')).toBeUndefined();
  });

  it('joins a field with the label right before it, in HTML and in JSX', () => {
    expect(fixed('lighthouse/label', '<label>Mail</label> ‸<input id="m">')).toBe(
      '<label for="m">Mail</label> <input id="m">',
    );
    expect(fixed('lighthouse/label', '<label>Mail</label>\n‸<input id="m" />', { file: 'a.jsx' })).toBe(
      '<label htmlFor="m">Mail</label>\n<input id="m" />',
    );
    expect(fixed('lighthouse/label', '<label for="x">Mail</label> ‸<input id="m">', { answer: 'Mail' })).toBe(
      '<label for="x">Mail</label> <input aria-label="Mail" id="m">',
    );
  });

  it('puts a description, a title and a viewport into the head, indented as its neighbours', () => {
    expect(fixed('lighthouse/meta-description', page(''), { answer: 'Lamps' })).toContain(
      '\n    <meta name="description" content="Lamps">\n  </head>',
    );
    expect(fixed('lighthouse/document-title', page('    <link rel="x">\n'), { answer: 'A & B' })).toContain(
      '\n    <title>A &amp; B</title>\n  </head>',
    );
    expect(fixed('lighthouse/viewport', '‸<html><head></head></html>')).toContain('initial-scale=1">\n</head>');
    expect(fixed('lighthouse/viewport', '‸<p>no head</p>')).toBeUndefined();
  });

  it('fills an empty description, and adds nothing twice', () => {
    const empty = page('    <meta content="" name="description">\n    <title></title>\n');
    const filled = fixed('lighthouse/meta-description', empty, { answer: 'Lamps' });
    expect(filled).toContain('<meta content="Lamps" name="description">');
    expect(filled?.match(/description/g)).toHaveLength(1);
    expect(fixed('lighthouse/document-title', empty, { answer: 'Lamps' })).toBeUndefined();
  });

  it('defers a script that holds up the first paint', () => {
    const rule = 'lighthouse/render-blocking-insight';
    expect(fixed(rule, '‸<script src="a.js"></script>')).toBe('<script defer src="a.js"></script>');
    expect(fixed(rule, '‸<script src="a.js" async></script>')).toBeUndefined();
    expect(fixed(rule, '‸<script type="module" src="a.js"></script>')).toBeUndefined();
    expect(fixed(rule, '‸<script src="j.js"></script><script>$(1)</script>')).toBeUndefined();
    expect(fixed(rule, '‸<link rel="stylesheet" href="a.css">')).toBeUndefined();
  });

  it('lets people zoom, and leaves the order of focus to the page', () => {
    const meta = '‸<meta name="viewport" content="width=device-width, maximum-scale=1, user-scalable=no">';
    expect(fixed('lighthouse/meta-viewport', meta)).toBe('<meta name="viewport" content="width=device-width">');
    expect(fixed('lighthouse/tabindex', '‸<a tabindex="3" href="/">')).toBe('<a href="/">');
    expect(fixed('lighthouse/tabindex', '‸<div tabindex="3">x</div>')).toBe('<div tabindex="0">x</div>');
    expect(fixed('lighthouse/tabindex', '‸<a tabIndex={n} href="/">', { file: 'a.tsx' })).toBeUndefined();
  });

  it('changes a colour where one declaration sets it', () => {
    const sentence =
      'Element has insufficient color contrast of 3.45 (foreground color: #8a8a8a, background color: #ffffff, ' +
      'font size: 12.0pt (16px), font weight: normal). Expected contrast ratio of 4.5:1';
    const contrast = contrastIn(sentence);
    if (!contrast) throw new Error('The sentence is not read.');
    const mended = (css: string) => {
      const fix = colourFix(css, contrast);
      return fix && edited(css, fix.edits(''));
    };
    expect(mended('.a { color: #8A8A8A; }')).toBe('.a { color: #767676; }');
    expect(mended(':root { --quiet: #8a8a8a; border-color: #8a8a8a }')).toBe(
      ':root { --quiet: #767676; border-color: #8a8a8a }',
    );
    expect(mended('.a { color: #8a8a8a } .b { color: #8a8a8a }')).toBeUndefined();
    expect(mended('.a { border-color: #8a8a8a }')).toBeUndefined();
  });

  it('is none for a rule without a certain change, or a place that is no tag', () => {
    expect(fixed('lighthouse/heading-order', '‸<h4>')).toBeUndefined();
    expect(fixed('lighthouse/image-alt', 'text ‸ here')).toBeUndefined();
    expect(fixed('lighthouse/constructor', '‸<img>')).toBeUndefined();
  });
});
