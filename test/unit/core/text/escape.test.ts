import { marked, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { markdownCode, markdownHtml, markdownLine } from '../../../../src/core/text/escape';
import { inertLine } from '../../../../src/core/text/inertText';

/** What a host makes of rendered text, by its documentation. Each pattern finds a reference that it would link. */
const hosts: Record<string, Record<string, RegExp>> = {
  // docs.github.com: autolinked references and URLs, basic writing and formatting syntax, writing mathematical expressions
  GitHub: {
    mention: /@[a-z\d][\w-]*/i,
    issue: /#\d/,
    'GH-12': /\bgh-\d/i,
    commit: /\b[0-9a-f]{7,40}\b/i,
    'custom key': /\b[A-Z][A-Z\d]+-\d/,
    emoji: /:[\w+-]+:/,
    URL: /https?:\/\/|\bwww\./i,
    'e-mail': /[\w.+-]+@[\w-]+\.\w/,
    alert: /^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/,
    'wiki link': /\[\[/,
  },
  // docs.gitlab.com/user/markdown: GitLab-specific references, emoji, wiki links, table of contents
  GitLab: {
    user: /@[\w"]/,
    issue: /#[\w"]/,
    'merge request': /!\d/,
    snippet: /\$\d/,
    epic: /&\d/,
    milestone: /%["\w]/,
    label: /~["\w]/,
    iteration: /\*iteration:/,
    'reference in brackets': /\[\w+:\S+\]/,
    alert: /\^alert#\d/,
    commit: /\b[0-9a-f]{7,64}\b/,
    URL: /[a-z][a-z\d+.-]+:\/\//i,
    emoji: /:[\w+-]+:/,
    'table of contents': /\[TOC\]/i,
    'wiki link': /\[\[/,
  },
  // learn.microsoft.com: Markdown syntax for Azure DevOps, link work items
  'Azure DevOps': {
    mention: /@[\w<]/,
    'work item': /#\d/,
    'pull request': /!\d/,
    'AB#12': /AB#\d/,
    emoji: /:[\w+-]+:/,
    URL: /https?:\/\//i,
    'table of contents': /\[\[_/,
  },
  // support.atlassian.com: Markdown in Bitbucket Cloud, mentions, smart links
  Bitbucket: { mention: /@[\w{]/, issue: /#\d/, commit: /\b[0-9a-f]{7,40}\b/, Jira: /\b[A-Z][A-Z\d_]+-\d/ },
};

/** Texts that are more than text on some host. */
const texts = [
  ['a mention', 'Ask @octocat, @org/team, @all, @"two words" or @{5b1f} now'],
  ['issues and requests', 'see #12, GH-12, gh-12, owner/repo#1, AB#12, !12, group/shop!7 and SHOP-42'],
  [
    'references of GitLab',
    '~bug ~"two words" %v1 %"two words" $12 &3 ^alert#1 *iteration:4 [vulnerability:1] [issue:2]',
  ],
  ['hashes', 'since 4f2c9d1 and 0123456789abcdef0123456789abcdef01234567, 1234567 in all, user@4f2c9d1a'],
  ['maths', 'from $5 to $10, $$x$$, $`y`$ and $`z`$'],
  ['emoji', ':smile: :+1: at 10:30:00'],
  ['addresses', 'https://evil.example/a?b=c www.evil.example WWW.evil.example ana@shop.example mailto:a@b.example'],
  ['HTML', '<img src=x onerror="alert(1)"> &lt;b&gt; &amp; <!-- x --> </details>'],
  ['links and images', '[click](javascript:alert(1)) ![x](https://e.example/x.png) [a][b] [^1] [[wiki]] [[_TOC_]]'],
  ['emphasis', '*a* _b_ __c__ **d** ~~e~~ ==f== `g` ``h`` {+ i +} [- j -] H~2~O x^2^'],
  ['a cell', 'a | b \\| c \\\\| d'],
  ['a backslash at the end', 'a\\'],
  ['a code fence', '```mermaid graph'],
  ['another fence', '~~~ x'],
  ['a heading', '# title'],
  ['a bullet', '- item'],
  ['another bullet', '+ item'],
  ['a third bullet', '* item'],
  ['a number', '1. item'],
  ['a number with a parenthesis', '12) item'],
  ['a line', '---'],
  ['an underline', '==='],
  ['a quote', '> [!NOTE] x'],
  ['an alert', '[!WARNING] x'],
  ['a task', '[ ] do'],
  ['a command', '/close'],
  ['a container', '::: mermaid'],
  ['a table of contents', '[TOC]'],
  ['a definition', '[a]: https://evil.example'],
  ['a table', '| a | b |'],
  ['steering characters', 'a\u202eb \u001b[31m'],
] as const;

/** The types of all tokens, those inside others too. */
function typesOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    const cells = token.type === 'table' ? [...token.header, ...token.rows.flat()] : [];
    const inner = [...('tokens' in token ? (token.tokens ?? []) : []), ...cells.flatMap((cell) => cell.tokens)];
    return [token.type === 'html' ? token.raw : token.type, ...typesOf(inner)];
  });
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
/** The text of HTML as a reader sees it: elements are gone, and each leaves a gap between two texts. */
function seen(html: string): string {
  return html
    .replace(/<[^>]*>/g, '\0')
    .replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
      code ? String.fromCodePoint(Number(code)) : (named[name] ?? '?'),
    )
    .trim();
}
const visible = (text: string) => text.replace(/[\0\u200b]/g, '');

describe('text in Markdown', () => {
  const plain = ['space', 'paragraph', 'text', 'escape', '<span>', '</span>'];

  it.each(texts)('is nothing but text on a line of its own: %s', (_, text) => {
    const markdown = markdownLine(text);
    expect(markdown).not.toContain('\n');
    expect(typesOf(marked.lexer(markdown)).filter((type) => !plain.includes(type))).toEqual([]);
    expect(visible(seen(marked.parse(markdown, { async: false })))).toBe(inertLine(text));
  });

  it.each(texts)('is one cell of a table: %s', (_, text) => {
    const html = marked.parse(`| a | b |\n| --- | --- |\n| ${markdownLine(text)} | end |`, { async: false });
    expect(html.match(/<t[dh]>/g)).toHaveLength(4);
    expect(visible(seen(/<td>(.*)<\/td>\n<td>end<\/td>/.exec(html)?.[1] ?? ''))).toBe(inertLine(text));
  });

  for (const [host, rules] of Object.entries(hosts)) {
    it.each(Object.entries(rules))(`has no reference that ${host} links: %s`, (_, pattern) => {
      expect(texts.filter(([, text]) => pattern.test(text)).length, 'texts that would be one').toBeGreaterThan(0);
      for (const [, text] of texts) {
        expect(seen(marked.parse(markdownLine(text), { async: false }))).not.toMatch(pattern);
        expect(seen(markdownHtml(text))).not.toMatch(pattern);
      }
    });
  }

  it('is no quick action of GitLab, which is a line that begins with a slash, and no container of Azure DevOps', () => {
    for (const text of ['/close', '::: mermaid', '::include{file=x}']) expect(markdownLine(text)).toMatch(/^&#/);
  });

  it('is no maths: a dollar sign is a reference in an element of its own', () => {
    expect(markdownLine('from $5 to $6')).toBe('from <span>&#36;</span>&#8203;5 to <span>&#36;</span>&#8203;6');
  });

  it('is left as it is where nothing acts', () => {
    const text = 'Contrast is 3.45 : 1, needed are 4.5 : 1 - see "Delivery", 20 % of it; it’s pale';
    expect(markdownLine(text)).toBe(text);
  });
});

describe('text in an element that Markdown leaves alone', () => {
  it.each(texts)('reads the same and is no element: %s', (_, text) => {
    const html = markdownHtml(text);
    expect(html.replaceAll(/<\/?span>/g, '')).not.toMatch(/[<>\n]/);
    expect(visible(seen(html)).replaceAll('&#39;', "'")).toBe(inertLine(text));
  });
});

describe('code in Markdown', () => {
  it.each(texts)('is one piece of code, in a cell too: %s', (_, text) => {
    const html = marked.parse(`| a | b |\n| --- | --- |\n| ${markdownCode(text)} | end |`, { async: false });
    const [, code = ''] = /<td><code>(.*)<\/code><\/td>\n<td>end<\/td>/.exec(html) ?? [];
    expect(code.replaceAll(/<\/?span>/g, '')).not.toContain('<');
    expect(visible(seen(code))).toBe(inertLine(text));
  });
});
