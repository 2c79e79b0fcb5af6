import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { inertComment } from '../../../src/delivery/inertComment';

const inert = (text: string) => inertComment(text, { repository: 'https://github.test/o/r' });

describe('a comment of somebody else', () => {
  it('keeps headings, tables, stress, lists and what folds', () => {
    const text =
      '### **1** new problem\n\n| Page | _New_ |\n|:--|--:|\n| a&nbsp;b<br>c | ◆ 3 |\n\n- one\n\n<details><summary>More</summary>\n\nText<sub>1</sub><sup>2</sup>\n</details>\n<a name="x-1"></a>';
    expect(inert(text)).toBe(text);
  });

  it.each([
    ['a link of the repository', '[line](../blob/main/a.tsx#L3)'],
    ['a link with the address of the repository', '[line](https://github.test/o/r/blob/main/a.tsx#L3-L5)'],
    ['a place on the page', '[more](#x-1)'],
    ['a picture of the repository', '![field](../raw/main/a.png)'],
  ])('keeps %s', (_, text) => {
    expect(inert(text)).toBe(text);
  });

  it.each([
    ['to another host', 'https://evil.test/o/r/x'],
    ['to another host by two slashes', '//evil.test/o/r'],
    ['to another host by a back slash', '/\\evil.test'],
    ['to another repository', 'https://github.test/o/other/blob/x'],
    ['to another repository by a path', '../../other/blob/x'],
    ['to a repository whose name begins so', 'https://github.test/o/r-evil/x'],
    ['with a password', 'https://a:b@github.test/o/r/x'],
    ['to a script', 'javascript:alert(1)'],
    ['to data', 'data:text/html,x'],
    ['to an issue, which would note it', '../issues/12'],
    ['to a pull request by a detour', '../blob/../pull/12'],
    ['to an issue in escapes', '../%69ssues/12'],
    ['that ends early', 'https://github.test/o/r/x"onerror="x'],
  ])('has no link or picture %s', (_, target) => {
    expect(inert(`[text](${target})`)).not.toContain('](');
    expect(inert(`![text](${target})`)).not.toContain('](');
  });

  it.each([
    '[text][ref]',
    '[ref]: https://evil.test',
    '![text][ref]',
    '<https://evil.test>',
    'https://evil.test',
    'www.evil.test',
    '_www.evil.test',
    '[a](<https://evil.test>)',
    '[a]( https://evil.test )',
    '[a](https://evil.test "title")',
    '\\[a](https://evil.test)',
    '`[a`](https://evil.test)',
    '[![a](../raw/a.png)](https://evil.test)',
    '&#104;ttps://evil.test',
    'https&colon;//evil.test',
    'https:[//evil.test](x:y)',
    'https:\\/\\/evil.test',
    'https:/\\/evil.test',
    'https:&#47;/evil.test',
    'https:/&#8203;/evil.test',
    'ww[w](x:y).evil.test',
    'https:</sub>//evil.test',
    'https:/</details>/evil.test',
    'www</sub>.evil.test',
  ])('makes no link of %s', (text) => {
    const out = inert(text);
    expect(shownBy(out)).not.toMatch(/:\/\/|www\./);
    expect(out).not.toMatch(/\]\((?!\.\.\/raw)|\]\[|\]:|<http|:\/\/|www\./);
  });

  it.each([
    '@ana',
    '\\@ana',
    '&#64;ana',
    '&#x40;ana',
    '&commat;ana',
    '@org/team',
    'x@ana',
    '**@**ana',
    '&#64;&#8203;ana',
    '@[ana](x:y)',
  ])('mentions nobody by %s', (text) => {
    const shown = shownBy(inert(text).replaceAll('**', ''));
    expect(shown).not.toMatch(/@[a-z]/);
  });

  it.each([
    '#[12](x:y)',
    '#&#8203;12',
    '#&#49;2',
    '#&#x31;2',
    '#&#0;12',
    'GH-[1](x:y)',
    '#![12](x:y)',
    '#12',
    'o/r#12',
    'GH-12',
    'xgh-12',
    '\\#12',
    '&#35;12',
    'other/repo#3',
  ])('refers to no issue by %s', (text) => {
    expect(shownBy(inert(text))).not.toMatch(/#\d|GH-\d/i);
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<!-- hidden -->',
    '<details open onclick="x">',
    '<details\nopen>',
    '<a href="https://evil.test">x</a>',
    '<a name="x" href="y">',
    '<br onclick=x>',
    '<summary/x>',
    '<DETAILS STYLE=x>',
    '` <img src=x> `',
    '<details>\n` <img src=x> `',
    '```\n<img src=x>\n```',
    '~~~html\n<img src=x>\n~~~',
    '&lt;img src=x&gt;<img src=x>',
    '<picture><source srcset=x></picture>',
    '<![CDATA[x]]>',
    '<?php x ?>',
    'a`b``<img src=x>`c',
    '<a name="x"><img></a>',
  ])('has no other HTML after %s, whether Markdown reads it or not', (text) => {
    expect(elementsOf(inert(text)).filter((name) => !allowed.has(name))).toEqual([]);
  });

  it('shows what our own comments escape as it was', () => {
    const text = '&#64;&#8203;ana, #&#8203;12, <span>&#36;</span>5, 3 &#124; 4, a\\_b, &lt;p&gt;';
    expect(shownBy(inert(text)).replaceAll('\u200b', '')).toBe('@ana, #12, $5, 3 | 4, a_b, <p>');
    expect(inert('$a\\$')).toBe('<span>&#36;</span>a<span>&#36;</span>');
  });

  it('shows code as it is written', () => {
    expect(shownBy(inert('`<PaymentLogos>` and ``a ` b``'))).toBe('<PaymentLogos> and a ` b');
    expect(inert('[`a.tsx:3`](../blob/main/a.tsx#L3)')).toBe('[<code>a&#46;tsx&#58;3</code>](../blob/main/a.tsx#L3)');
  });

  it('hides nothing and steers nothing', () => {
    const out = inert('a\u0000b\u001b[31mc\u202ed\u200be\tf\u2028g\rh&#8238;i&#27;j');
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\u200b\u2028]/u);
    expect(out.split('\n')).toHaveLength(3);
    expect(shownBy(out).replaceAll('\u200b', '')).toContain('hij');
  });

  it('takes no longer than its length asks for', () => {
    const started = performance.now();
    for (const part of ['`', '[', '<a name="', '![', '&#', '``` ', '[a](', '\\', '<'])
      inert(part.repeat(Math.ceil(240_000 / part.length)));
    const growing = Array.from({ length: 600 }, (_, n) => `${'`'.repeat(n + 1)} `).join('');
    inert(growing);
    expect(performance.now() - started).toBeLessThan(60_000);
  });
});

const allowed = new Set(['span', 'details', 'summary', 'br', 'sub', 'sup', 'a', 'code']);

interface Node {
  nodeName: string;
  tagName?: string;
  value?: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Node[];
}

/** Everything but text of a piece of HTML; an attribute other than the name of an anchor counts too. */
function elementsOf(html: string): string[] {
  const visit = (node: Node): string[] => [
    ...(['#document-fragment', '#text'].includes(node.nodeName) ? [] : [node.nodeName]),
    ...(node.attrs ?? []).filter(({ name }) => node.tagName !== 'a' || name !== 'name').map(({ name }) => `@${name}`),
    ...(node.childNodes ?? []).flatMap(visit),
  ];
  return visit(parseFragment(html) as Node);
}

/** The text that a browser shows of a piece of HTML. */
function shownBy(html: string): string {
  const visit = (node: Node): string => node.value ?? (node.childNodes ?? []).map(visit).join('');
  return visit(parseFragment(html) as Node);
}
