import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/record/record';
import { findingsMarkdown, MAX_CHARACTERS, problemAnchors } from '../../../../src/core/report/findingsMarkdown';
import { active, finding, hostileFinding, hostileId, recordOf } from './hostile';

const contrast = (target: string, fields: Partial<Finding> = {}) =>
  finding({
    rule: 'lighthouse/color-contrast',
    title: 'Background and foreground colors do not have a sufficient contrast ratio.',
    target,
    id: `${target}/lighthouse/color-contrast`,
    firstSeen: '2026-11-18',
    ...fields,
  });
const slow = (fields: Partial<Finding> = {}) =>
  finding({
    kind: 'heuristic',
    rule: 'nielsen-10/H01',
    title: 'Nobody sees that it works',
    state: { status: 'open', owner: 'bo' },
    ratings: { ana: { severity: 4 }, bo: { severity: 2 } },
    where: { element: 'Place order button', step: 'Pay' },
    note: 'Nothing changes for a while.',
    recommendation: 'Disable the button at once.',
    evidence: ['evidence/9f3a1c77d204.png', '../secret.png'],
    cx: { stage: 'purchase', impact: 'double orders' },
    id: 'checkout/nielsen-10/H01/7k3q9d',
    ...fields,
  });
const textOf = (...findings: Finding[]) => findingsMarkdown(recordOf(findings));
const lines = (text: string) => text.split('\n');
const rowsOf = (text: string) => lines(text).filter((line) => /^\| [◆◇○]/.test(line));
const cookies = {
  status: 'accepted',
  by: 'cleo',
  on: '2026-11-20',
  reason: 'rewrite in December',
  until: '2027-01-15',
};

describe('findings.md', () => {
  it('begins with its title and totals, then a table of what is open, the worst first', () => {
    const text = textOf(
      finding({ state: { status: 'open', severity: 1 } }),
      contrast('home', { state: { status: 'reopened', severity: 3 } }),
      contrast('checkout'),
      slow({ ratings: { ana: { severity: 2 } } }),
      finding({ id: 'checkout/lighthouse/a', rule: 'lighthouse/a', title: 'A', state: { ...cookies, severity: 3 } }),
      finding({ id: 'checkout/lighthouse/b', rule: 'lighthouse/b', title: 'B', state: { status: 'fixed' } }),
    );
    expect(lines(text).slice(0, 3)).toEqual([
      '# UX findings',
      '',
      '**3 problems open on 2 pages: 1 major, 1 minor, 1 cosmetic.** 1 finding is accepted, 1 fixed. The first acceptance ' +
        'ends after 15 Jan 2027.',
    ]);
    expect(rowsOf(text).map((row) => row.split(' | ').slice(0, 3).join(' | '))).toEqual([
      '| ◆&nbsp;major&nbsp;(3&nbsp;of&nbsp;4) | [Contrast too low](#contrast-too-low) | checkout, home',
      '| ◇&nbsp;minor&nbsp;(2&nbsp;of&nbsp;4) | [Nobody sees that it works](#nobody-sees-that-it-works) | checkout',
      '| ◇&nbsp;cosmetic&nbsp;(1&nbsp;of&nbsp;4) | [Image without alt text](#image-without-alt-text) | checkout',
    ]);
  });

  it('has a block for each problem on all its pages: what it is, why it matters, what to do, and the ids', () => {
    const text = textOf(contrast('home'), contrast('checkout'));
    expect(text.match(/^## Contrast too low$/gm)).toHaveLength(1);
    expect(text).toContain('◆ **major (3 of 4)** · open · checkout, home · since 18 Nov 2026');
    expect(text).toContain('Background and foreground colors do not have a sufficient contrast ratio.');
    expect(text).toMatch(/\*\*Why it matters:\*\* The text is too pale/);
    expect(text).toMatch(/\*\*What to do:\*\*\n\n1\. Darken the text/);
    expect(text).toContain('`checkout/lighthouse/color-contrast`, `home/lighthouse/color-contrast`</sub>');
  });

  it('folds places by page, ten at most, and says how many more there are', () => {
    const occurrences = Object.fromEntries(
      Array.from({ length: 14 }, (_, index) => [`k${index}`, { selector: `p:nth-child(${index})`, snippet: '<p>' }]),
    );
    const text = textOf(contrast('home', { occurrences, state: { status: 'open', severity: 3, more: 5 } }));
    expect(text).toContain('<details><summary>home, 19 places</summary>');
    expect(lines(text).filter((line) => line.startsWith('| `p:nth-child'))).toHaveLength(10);
    expect(text).toContain('| *9 more* | |');
  });

  it('gives decisions: of places, of pages with reason and end, and of every page', () => {
    const occurrences = {
      a: {
        selector: 'nav a',
        decided: { status: 'false-positive', by: 'bo', on: '2026-11-21', reason: 'it is a logo' },
      },
      b: { selector: 'p' },
    };
    const parsed = recordOf([contrast('home', { occurrences }), contrast('list', { state: { ...cookies, upTo: 3 } })]);
    parsed.record.settings = { decisions: { 'lighthouse/color-contrast': { ...cookies, reason: 'new colours' } } };
    const text = findingsMarkdown(parsed);
    expect(text).toContain('| `nav a` |  | false-positive by bo on 2026-11-21: it is a logo |');
    expect(text).toContain('> **list:** accepted by cleo until 2027-01-15 \\(up to 3 places\\): rewrite in December');
    expect(text).toContain('> **Every page, also later ones:** accepted by cleo until 2027-01-15: new colours');
    expect(text).toContain('1 open, 1 accepted · home, 1 place');
  });

  it('gives what people said of a problem, who rated it, and the pictures beside the file', () => {
    const text = textOf(slow());
    expect(text).toContain(
      '◆ **major (3 of 4)** (ana 4, bo 2; raters differ) · open · checkout · step Pay · stage purchase · owner bo',
    );
    expect(text).toContain('![Nobody sees that it works](evidence/9f3a1c77d204.png)');
    expect(text).not.toContain('secret');
    expect(text).toContain('**What was observed:** Nothing changes for a while.');
    expect(text).toContain('**What to do:** Disable the button at once.');
    expect(text).toContain('**What this means for customers:** double orders');
  });

  it('lists what is decided below what is open, and what is fixed at the end', () => {
    const text = textOf(
      contrast('home', { state: cookies }),
      slow(),
      finding({ state: { status: 'fixed', fixedOn: '2026-11-28' } }),
    );
    const headings = lines(text).filter((line) => line.startsWith('#'));
    expect(headings).toEqual([
      '# UX findings',
      '## Nobody sees that it works',
      '## Accepted, or no problem',
      '### Contrast too low',
      '## Fixed',
    ]);
    expect(text).toContain('- ~~Image without alt text~~, checkout · 28 Nov 2026');
  });

  it('says so when nothing is recorded, or nothing is open', () => {
    expect(textOf()).toContain('Nothing is recorded.');
    expect(textOf(finding({ state: { status: 'fixed' } }))).toContain('**No problem is open.** 1 finding is fixed.');
  });

  it('leaves out what is least important where a host would cut it, and says how much', () => {
    const many = Array.from({ length: 900 }, (_, index) =>
      slow({ id: `checkout/nielsen-10/H01/p${index}`, title: `Problem ${index} of many`, note: 'word '.repeat(300) }),
    );
    const parsed = recordOf([...many, contrast('home', { state: { status: 'open', severity: 4 } })]);
    const text = findingsMarkdown(parsed);
    expect(text.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    expect(text.length).toBeGreaterThan(MAX_CHARACTERS * 0.8);
    expect(lines(text).find((line) => line.startsWith('## '))).toBe('## Contrast too low');
    const shown = text.match(/^## Problem/gm)?.length ?? 0;
    expect(text).toContain(
      `*${900 - shown} more problems do not fit here (${900 - shown} major); findings.json has them.*`,
    );
    expect(problemAnchors(parsed).size).toBe(shown + 1);
  });

  it('keeps within the size with long texts, and cuts no word of a title', () => {
    const title = 'Unbelievably long words '.repeat(2_000);
    const text = textOf(...[1, 2, 3].map((n) => slow({ title, note: title, id: `checkout/nielsen-10/H01/p${n}` })));
    expect(text.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    expect(text).toMatch(/^## (?:Unbelievably long words )+Unbelievably(?: long)?(?: words)? …$/m);
  });

  it('gives a problem with very much to say in brief, so that it takes the room of no other', () => {
    const long = 'word '.repeat(1_000);
    const occurrences = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`k${index}`, { selector: `${long}${index}`, snippet: long }]),
    );
    const pages = Array.from({ length: 30 }, (_, n) =>
      contrast(`page-${n}`, { occurrences, note: long, recommendation: long }),
    );
    const text = textOf(...pages, slow());
    expect(text.match(/^## .*/gm)).toEqual(['## Contrast too low', '## Nobody sees that it works']);
    expect(text).toContain('30 pages, 600 places');
    expect(text.length).toBeLessThan(20_000);
  });

  it('keeps hostile text inert', () => {
    const text = textOf(hostileFinding, slow({ title: 'Ask @octocat about #12' }));
    expect(text).not.toMatch(active);
    const html = marked.parse(text, { async: false });
    const tags = new Set([...html.matchAll(/<([a-z]\w*)/g)].map(([, tag]) => tag));
    for (const tag of ['script', 'style', 'iframe']) expect(tags).not.toContain(tag);
    expect(html.match(/<img /g)).toHaveLength(1); // the picture of the other problem
    expect(html).not.toMatch(/href="(?!#|https:\/\/(?:www\.w3\.org|web\.dev|developer|dequeuniversity))/);
    expect(html).not.toMatch(/@octocat|(?<!&)#12/);
  });

  it('is the same however the record is ordered, and has nothing that changes by itself', () => {
    const all = [contrast('home'), contrast('checkout'), slow(), finding()];
    expect(textOf(...all.toReversed())).toBe(textOf(...all));
  });
});

describe('the anchors of findings.md', () => {
  it('lead to the block of each finding, and to the list of what is fixed', () => {
    const findings = [
      contrast('home'),
      contrast('list', { state: cookies }),
      contrast('cart', {
        rule: 'axe/color-contrast',
        id: 'cart/axe/color-contrast',
        state: { status: 'open', severity: 2 },
      }),
      slow(),
      finding({ state: { status: 'fixed' } }),
    ];
    expect(Object.fromEntries(problemAnchors(recordOf(findings)))).toEqual({
      'home/lighthouse/color-contrast': 'contrast-too-low',
      'list/lighthouse/color-contrast': 'contrast-too-low',
      'cart/axe/color-contrast': 'contrast-too-low-1',
      'checkout/nielsen-10/H01/7k3q9d': 'nobody-sees-that-it-works',
      'checkout/lighthouse/image-alt': 'fixed',
    });
  });

  it('are those of the links in its table', () => {
    const parsed = recordOf([
      contrast('home'),
      slow(),
      slow({ title: 'UX findings', id: 'checkout/nielsen-10/H01/a' }),
      hostileFinding,
    ]);
    const links = [...findingsMarkdown(parsed).matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
    const anchors = problemAnchors(parsed);
    expect(new Set(links)).toEqual(
      new Set([...anchors].filter(([id]) => id !== hostileId).map(([, anchor]) => anchor)),
    );
    expect(anchors.get('checkout/nielsen-10/H01/a')).toBe('ux-findings-1');
  });
});
