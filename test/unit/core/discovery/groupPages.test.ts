import { describe, expect, it } from 'vitest';
import { groupPages, MAX_PROPOSED, propose } from '../../../../src/core/discovery/groupPages';

const origin = 'https://shop.example';
const at = (...paths: string[]) => paths.map((path) => origin + path);
const templates = (...paths: string[]) =>
  groupPages(at(...paths)).map(({ template, pages }) => `${template} ${pages.length}`);
const many = (count: number, path: (n: number) => string) => Array.from({ length: count }, (_, n) => path(n));

describe('groups of pages', () => {
  it('are templates: numbers, dates and ids are values', () => {
    expect(
      templates('/p/1', '/p/2', '/order/7/items', '/order/8/items', '/blog/2026-01-31', '/x/9f86d081884c7d65'),
    ).toEqual(['/blog/* 1', '/order/*/items 2', '/p/* 2', '/x/* 1']);
  });

  it('are templates where many siblings lead no further', () => {
    const plants = ['aloe', 'fern', 'ivy', 'monstera', 'palm', 'yucca'];
    expect(templates(...plants.map((plant) => `/plants/${plant}`), '/plants')).toEqual(['/plants 1', '/plants/* 6']);
    expect(templates(...plants.slice(0, 3).map((plant) => `/plants/${plant}`))).toHaveLength(3);
  });

  it('keep pages of their own side by side at the top', () => {
    const pages = many(14, (n) => `/${'abcdefghijklmn'[n]}page.html`);
    expect(templates(...pages)).toHaveLength(14);
    expect(templates(...many(30, (n) => `/article-${'x'.repeat(n)}.html`))).toEqual(['/* 30']);
  });

  it('count a query by its names, and a route in the fragment as a path', () => {
    expect(templates('/list?page=1', '/list?page=2', '/list', '/?utm=1#/cart', '/#/cart', '/#part')).toEqual([
      '/ 1',
      '/#/cart 1',
      '/#/cart?utm=* 1',
      '/list 1',
      '/list?page=* 2',
    ]);
  });

  it('find all templates of a site of 2,000 addresses, and sample each', () => {
    const paths = [
      ...many(900, (n) => `/product/item-${n + 100}`),
      ...many(500, (n) => `/category/c${n % 50}/page/${n}`),
      ...many(300, (n) => `/blog/2026/${(n % 12) + 1}/post-${n}`),
      ...many(297, (n) => `/user/${n}/orders/${n * 7}`),
      ...['/', '/about', '/contact'],
    ];
    const { found, groups, leftOut } = propose(at(...paths), [{ count: 4, why: 'other sites' }]);
    expect(found).toBe(2_000);
    expect(groups.map(({ template }) => template)).toEqual([
      '/',
      '/about',
      '/blog/*/*/*',
      '/category/*/page/*',
      '/contact',
      '/product/*',
      '/user/*/orders/*',
    ]);
    expect(groups.every(({ sampled, pages }) => sampled.length === Math.min(3, pages))).toBe(true);
    const sampled = groups.reduce((sum, group) => sum + group.sampled.length, 0);
    expect(leftOut).toEqual([
      { count: 2_000 - sampled, why: 'pages of the same template as sampled ones (3 of each)' },
      { count: 4, why: 'other sites' },
    ]);
  });

  it('are proposed at most so many, each with one page first, and nothing is dropped in silence', () => {
    const word = (n: number) => String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26));
    const { groups, leftOut } = propose(at(...many(230, (n) => `/in-${word(n)}/only-${word(n)}`)), []);
    const sampled = groups.flatMap((group) => group.sampled);
    expect(sampled).toHaveLength(MAX_PROPOSED);
    expect(leftOut).toEqual([{ count: 30, why: `beyond ${MAX_PROPOSED} templates` }]);
  });
});
