import { describe, expect, it } from 'vitest';
import type { AuditItem } from '../../../../src/core/audit/lighthouseReport';
import {
  normalizeSelector,
  normalizeSnippet,
  normalizeUrl,
  occurrenceKey,
  occurrencesOf,
} from '../../../../src/core/audit/occurrences';
import { countOf } from '../../../../src/core/record/places';

/** The places one page shows, as a build with these names gives them. */
function placesOf({
  port = 3000,
  hash = '3f9a2c1b',
  css = '1x2y3z',
  module = '3kXyZ',
  jss = 12,
  number = 482113,
} = {}): AuditItem[] {
  const origin = `http://localhost:${port}`;
  return [
    {
      selector: `main > section.card.css-${css} > img`,
      snippet: `<img class="card-image css-${css}" src="${origin}/img/a-${hash}.png?v=${number}">`,
    },
    {
      selector: 'main > section.card > img:nth-of-type(2)',
      snippet: `<img src="/img/b.${hash}.png" data-id="${number}" style="width: ${number}px">`,
    },
    {
      selector: `button.Button_primary__${module}`,
      snippet: `<button class="Button_primary__${module} wide" nonce="${hash}">`,
    },
    { selector: `div.jss${jss} > a`, snippet: `<a class="jss${jss}" href="/orders/${number}">` },
    { selector: `h1.sc-${css}`, snippet: `<h1 class="sc-${css} title" integrity="sha384-${hash}">` },
    { selector: 'form#pay > input', snippet: `<input id="mail" value="ana${number}@shop.example" placeholder="mail">` },
    { url: `${origin}/static/app.${hash}.js?t=${number}` },
    { url: `${origin}/static/vendor-${hash}.css` },
    { label: 'Cumulative Layout Shift culprit' },
  ];
}

const keysOf = (items: AuditItem[]) => [...occurrencesOf(items).keys()];

describe('the places an audit points at', () => {
  const known = keysOf(placesOf());

  it('have a key each', () => {
    expect(new Set(known).size).toBe(placesOf().length);
    for (const key of known) expect(key).toMatch(/^[0-9a-f]{8}$/);
  });

  it('keep their keys on a further run', () => {
    expect(keysOf(placesOf({ number: 973001 }))).toEqual(known);
  });

  it('keep their keys on another port', () => {
    expect(keysOf(placesOf({ port: 41873 }))).toEqual(known);
  });

  it('keep their keys with a new build: other asset hashes and class names', () => {
    expect(keysOf(placesOf({ hash: 'c0ffee99', css: 'zq81hk', module: 'Qw3_9', jss: 207 }))).toEqual(known);
  });

  it('keep their keys when a banner is inserted above them, whatever order Lighthouse lists them in', () => {
    const banner: AuditItem = { selector: 'body > div.banner > img', snippet: '<img src="/banner.png">' };
    const keys = keysOf([banner, ...placesOf().reverse()]);
    expect(keys.filter((key) => !known.includes(key))).toHaveLength(1);
    expect(keys.filter((key) => known.includes(key))).toEqual(known);
  });

  it('differ where the page differs', () => {
    const [first, ...others] = placesOf();
    expect(keysOf([{ ...first, selector: 'main > aside > img' }, ...others])).not.toEqual(known);
  });

  it('are told apart by class names that people gave', () => {
    expect(keysOf([{ selector: 'p.card__title', snippet: '<p class="card__title">' }])).not.toEqual(
      keysOf([{ selector: 'p.card__price', snippet: '<p class="card__price">' }]),
    );
  });

  it('are counted where they look the same', () => {
    const one = { selector: 'li > a', snippet: '<a href="/x">' };
    const occurrences = occurrencesOf([one, { ...one }, { label: 'other' }, { ...one }]);
    expect([...occurrences.values()]).toContainEqual({ selector: 'li > a', snippet: '<a href="/x">', n: 3 });
    expect(countOf(occurrences.values())).toBe(4);
  });

  it('come in the order of their keys', () => {
    expect(known).toEqual([...known].sort());
  });

  it('have a key that follows from what is stored alone', () => {
    for (const [key, occurrence] of occurrencesOf(placesOf())) expect(occurrenceKey(occurrence)).toBe(key);
  });
});

describe('what is stored of a place', () => {
  it('holds no values, inline styles, queries or data attributes', () => {
    const text = JSON.stringify([...occurrencesOf(placesOf())]);
    for (const secret of ['ana', 'data-id', 'style', 'nonce', 'integrity', '482113', '3f9a2c1b', '?'])
      expect(text).not.toContain(secret);
  });

  it('is cut to a bearable length', () => {
    const [stored] = occurrencesOf([{ selector: 'p', snippet: `<p title="${'long '.repeat(100)}">` }]).values();
    expect(stored?.snippet).toHaveLength(160);
  });

  it('is a path without origin for a resource', () => {
    expect(normalizeUrl('https://cdn.example/assets/app.3f9a2c1b.js?x=1#y')).toBe('/assets/app-HASH.js');
    expect(normalizeUrl('inline: script?x')).toBe(' script');
    expect(normalizeUrl('not a url?x#y')).toBe('not a url');
  });

  it('keeps the parts of a selector that people wrote', () => {
    expect(normalizeSelector('div#picks > p.tags.css-1x2y3z > a:nth-child(2)')).toBe(
      'div#picks > p.tags > a:nth-child(2)',
    );
    expect(normalizeSelector('p.card__title')).toBe('p.card__title');
  });

  it('keeps the parts of a snippet that people wrote', () => {
    expect(normalizeSnippet('<a class="button wide" href="list.html">')).toBe(
      '<a class="button wide" href="list.html">',
    );
  });
});
