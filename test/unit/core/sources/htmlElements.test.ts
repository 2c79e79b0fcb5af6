import { describe, expect, it } from 'vitest';
import { elementInHtml } from '../../../../src/core/sources/htmlElements';
import { attempts } from '../../../patience';
import { type Element, Page } from './page';

/** A page on which a script runs, with each part of its body on a line of its own from line 3. */
const scripted = (...body: string[]) =>
  `<!doctype html>\n<html><head><title>A page</title><script src="a.js"></script></head><body>\n${body.join('\n')}\n` +
  '</body></html>';

const lineOf = (found: ReturnType<typeof elementInHtml>) => (typeof found === 'object' ? found.start.line : found);

/** Where an element is found after a script has changed the page. */
function found(
  text: string,
  pick: string,
  change: (element: Element, page: Page) => void = () => {},
  isTrailKnown = false,
) {
  const page = new Page(text);
  const element = page.elements().find(({ attrs }) => attrs.some(({ name }) => name === pick)) as Element;
  element.attrs = element.attrs.filter(({ name }) => name !== pick);
  change(element, page);
  return lineOf(elementInHtml(text.replace(` ${pick}`, ''), page.report(element, isTrailKnown)));
}

const remove = ({ parentNode: parent }: Element, at: number) => parent?.childNodes.splice(at, 1);
const addClass = (element: Element, name: string) => {
  const known = element.attrs.find((one) => one.name === 'class')?.value.split(' ') ?? [];
  set(element, 'class', [...new Set([...known, name])].join(' '));
};
const set = (element: Element, name: string, value: string) => {
  element.attrs = [...element.attrs.filter((one) => one.name !== name), { name, value }];
};

describe('an element of a report in the file of its page', () => {
  it('is found at its opening tag, counted as editors count', () => {
    const text = '\ufeff<!doctype html>\r\n<html><body>\r<p>💡</p><!-- a note -->\n  💡<img src="a.png"></body></html>';
    const path = '1,HTML,1,BODY,3,IMG';
    expect(elementInHtml(text, { path, selector: 'body > img', snippet: '<img src="a.png">' })).toMatchObject({
      start: { line: 4, column: 5 },
      end: { line: 4, column: 22 },
      tag: 'img',
    });
  });

  it.each([
    [
      'comments and texts count in its path, white space does not',
      ['<!-- x -->', 'text', ' <p>a</p>', '<p look>b</p>'],
      6,
    ],
    ['a cell stands outside of its table', ['<table><tr><td>1</td>', '<td look class="a">2</td></tr></table>'], 4],
    ['several attributes and quotes', ['<a href="?a=1&amp;b=2">x</a>', `<a look href='?a="1"' title="t">x</a>`], 4],
    ['its text is in parts', ['<p>One</p>', '<p look>Two <b>parts</b>\n of it</p>'], 4],
    ['a label in it names it', ['<a href="#"><img alt="One"></a>', '<a look href="#"><img alt="Two"></a>'], 4],
    ['a drawing', ['<svg viewBox="0 0 1 1"></svg>', '<svg look viewBox="0 0 2 2"></svg>'], 4],
  ])('is found where %s', (_, body, line) => {
    expect(found(scripted(...body), 'look')).toBe(line);
  });

  it('is found in the shadow tree that the file declares, and not where a script made one', () => {
    const host = '<x-card><template shadowrootmode="open"><p>In it</p></template><p>Beside</p></x-card>';
    const element = { selector: 'p', snippet: '<p>', nodeLabel: 'In it' };
    const path = '1,HTML,1,BODY,0,X-CARD,a,#document-fragment,0,P';
    expect(lineOf(elementInHtml(scripted(host), { ...element, path }))).toBe(3);
    const plain = scripted('<x-card></x-card>', '<p>In it</p>');
    expect(elementInHtml(plain, { ...element, path })).toBeUndefined();
  });

  it.each([
    ['adds classes and state', (one: Element) => set(one, 'class', 'item active')],
    ['adds an id', (one: Element) => set(one, 'id', 'made')],
    ['removes the sibling before it', (one: Element) => remove(one, 1)],
  ])('is found when a script %s', (_, change) => {
    const text = scripted('<ul>', '<li class="item">One</li>', '<li look class="item">Two</li>', '</ul>');
    expect(found(text, 'look', change)).toBe(5);
  });

  it('is not found at the place of its equal, when a script removed one of them', () => {
    const text = scripted('<ul>', '<li>Same</li>', '<li look>Same</li>', '</ul>');
    expect(found(text, 'look', (one) => remove(one, 1))).toBe('ambiguous');
  });

  it('is found by its path among its equals where no script runs', () => {
    const text = scripted('<a href="#">x</a>', '<a look href="#">x</a>').replace(/<script.*<\/script>/, '');
    expect(found(text, 'look')).toBe(4);
  });

  it('is found among its equals by what is unchanged around it', () => {
    const text = scripted('<p>One <a href="#">x</a></p>', '<p>Two <a look href="#">x</a></p>');
    expect(found(text, 'look')).toBe('ambiguous');
    expect(found(text, 'look', undefined, true)).toBe(4);
    const change = (name: string) => (one: Element) => set(one.parentNode as Element, name, 'made');
    expect(found(text, 'look', change('class'), true)).toBe(4);
    expect(found(text, 'look', change('id'), true)).toBe('ambiguous');
  });

  it('is found by the part of its text that is shown', () => {
    const text = scripted(
      '<li>Shown <b>Shown</b></li>',
      '<li look>Shown <b hidden>not at first</b></li>',
      '<li aria-label="Shown"></li>',
    );
    expect(['ambiguous', 4]).toContain(found(text, 'look'));
    expect(found(scripted('<li look>Shown <b hidden>later</b></li>', '<li>Other</li>'), 'look')).toBe(3);
  });

  it('is not found when a script made it, or the file has another one there now', () => {
    const text = scripted('<p class="a">One</p>', '<p class="b">Two</p>');
    const at = { path: '1,HTML,1,BODY,0,P', selector: 'body > p.a' };
    expect(elementInHtml(text, { ...at, snippet: '<p class="c">', nodeLabel: 'New' })).toBeUndefined();
    expect(elementInHtml(text, { ...at, snippet: '<em>', nodeLabel: 'New' })).toBeUndefined();
  });

  it('is found by long values that the report cuts, and by the addresses that a browser resolves', () => {
    const href = `https://shop.example/${'long/'.repeat(30)}`;
    const text = scripted(`<a href="${href}1">x</a>`, '<img src="../images/ä b.png" width="3">');
    const snippet = `<a href="${href.slice(0, 74)}…">`;
    expect(lineOf(elementInHtml(text, { selector: 'body > a', snippet, nodeLabel: 'x' }))).toBe(3);
    const image = '<img src="http://127.0.0.1/images/%C3%A4%20b.png" width="3">';
    expect(lineOf(elementInHtml(text, { path: '1,HTML,1,BODY,1,IMG', selector: 'body > img', snippet: image }))).toBe(
      4,
    );
  });

  it('is found by what the record keeps of it', () => {
    const text = scripted('<input type="text" name="a" value="1" data-x="2">', '<input type="text" name="b">');
    const kept = { selector: 'body > input', snippet: '<input type="text" name="a">' };
    expect(lineOf(elementInHtml(text, kept))).toBe(3);
  });

  it('is not found by what is no opening tag', () => {
    const text = scripted('<p>One</p>', '<p>Two</p>');
    for (const snippet of ['', '<', '<>', 'text', '</p>', '<p', '<p class="', '<!-- -->', '<\0>', '<p '.repeat(5_000)])
      expect(['ambiguous', undefined]).toContain(elementInHtml(text, { snippet, nodeLabel: 'x' }));
  });
});

/** Numbers that look random, from a seed (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

describe('pages that scripts change at random', () => {
  const words = ['Home', 'Cart', 'More info', 'Level 1', ''];
  const tags = ['<div class="item">', '<div>', '<x-link href="#" class="btn">', '<span>', '<i class="icon">'];

  function write(dice: (below: number) => number, depth: number): string {
    const [open = '', word = ''] = [tags[dice(tags.length)], words[dice(words.length)]];
    const below = Array.from({ length: depth > 0 ? dice(4) : 0 }, () => write(dice, depth - 1));
    return `${open}${word}\n${below.join('\n')}</${/[\w-]+/.exec(open)}>`;
  }

  function change(page: Page, dice: (below: number) => number): void {
    for (let turn = dice(4); turn >= 0; turn -= 1) {
      const all = page.elements().filter(({ childNodes, tagName }) => childNodes.length > 2 && tagName !== 'html');
      const { childNodes } = all[dice(all.length)] ?? { childNodes: [] };
      const [kind, other] = [dice(4), page.elements()[dice(page.elements().length)]];
      if (kind === 0) childNodes.sort(() => dice(3) - 1);
      else if (kind === 1) childNodes.splice(dice(childNodes.length), 1 + dice(2));
      else if (kind === 2) childNodes.reverse();
      else if (other) addClass(other, ['item', 'active', 'icon'][dice(3)] as string);
    }
  }

  it.each([false, true])('never give a wrong line (with what is around each element: %s)', (isTrailKnown) => {
    let [placed, all] = [0, 0];
    for (let seed = 1; seed <= attempts(60, 2_000); seed += 1) {
      const dice = random(seed);
      const text = scripted(...Array.from({ length: 3 + dice(5) }, () => write(dice, 3)));
      const page = new Page(text);
      const around = (one: Element) =>
        page
          .steps(one)
          .slice(0, 2)
          .map(({ own }) => own)
          .join();
      const before = new Map(page.elements().map((one) => [page.lines.get(one), isTrailKnown && around(one)]));
      change(page, dice);
      for (const element of page.elements()) {
        const result = elementInHtml(text, page.report(element, isTrailKnown));
        all += 1;
        if (typeof result !== 'object') continue;
        placed += 1;
        // equal siblings that change places leave the page as it was
        if (isTrailKnown && before.get(result.start.line) === around(element)) continue;
        expect({ seed, line: result.start.line }).toEqual({ seed, line: page.lines.get(element) });
      }
    }
    expect(placed / all).toBeGreaterThan(0.2);
  });
});
