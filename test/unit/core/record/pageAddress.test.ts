import { describe, expect, it } from 'vitest';
import { addressText, isSameAddress, normalizePath, pageAddress } from '../../../../src/core/record/pageAddress';

const of = (url: string, ignored?: string[]) => addressText(pageAddress(`https://shop.example${url}`, ignored));

describe('the address of a page', () => {
  it.each([
    ['/shop', '/shop'],
    ['/query?page=cart', '/query?page=cart'],
    ['/list?sort=price&page=2', '/list?page=2&sort=price'],
    ['/spa#/cart', '/spa#/cart'],
    ['/spa#!/cart?id=1', '/spa#!/cart?id=1'],
    ['/product?id=6ba7b810-9dad-11d1-80b4-00c04fd430c8', '/product?id=6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['/p?ean=4006381333931', '/p?ean=4006381333931'],
    ['/p?id=507f1f77bcf86cd799439011', '/p?id=507f1f77bcf86cd799439011'],
    ['/p?id=8Zc2kQpLm4Xy7TbWn3Ra', '/p?id=8Zc2kQpLm4Xy7TbWn3Ra'],
    ['/p?file=invoice-2024.final-version1.pdf', '/p?file=invoice-2024.final-version1.pdf'],
    ['/sale?name=summer-sale-2024-mens-shoes&state=CA', '/sale?name=summer-sale-2024-mens-shoes&state=CA'],
  ])('of %s is %s', (url, address) => {
    expect(of(url)).toBe(address);
  });

  it.each([
    ['how a visitor came', '/shop?utm_source=x&gclid=abc&fbclid=d'],
    ['a place in the page', '/shop#details'],
    ['a secret', '/shop?token=a1&access_token=b&PHPSESSID=c&X-Amz-Signature=d&api_key=e'],
    ['a time', '/shop?_=1732780800000'],
    ['a random text', '/shop?code=4f3a9c1e7b2d8f60&state=xK9dPq2LmZ81vTrW4hYc'],
    ['a JSON Web Token', '/shop?x=eyJhbGciOi.eyJzdWIiOiIx.SflKxwRJSM'],
  ])('does not have %s', (_, url) => {
    expect(of(url)).toBe('/shop');
  });

  it('leaves out what the team says', () => {
    expect(of('/shop?ref=home&page=2#/a?ref=x', ['ref'])).toBe('/shop?page=2#/a');
    expect(of('/shop?ref=home&page=2#/a', ['*', '#'])).toBe('/shop');
  });

  it('is the same whichever way the path is written', () => {
    for (const path of ['/shop', '/shop/', '/shop/index.html', '/shop/INDEX.HTM', '/shop//'])
      expect(normalizePath(path)).toBe('/shop');
    for (const path of ['/', '/index.html', '']) expect(normalizePath(path)).toBe('/');
    expect(isSameAddress({ path: '/shop/', query: 'a=1' }, { path: '/shop/index.html', query: 'a=1' })).toBe(true);
    expect(isSameAddress({ path: '/shop' }, { path: '/shop', query: 'a=1' })).toBe(false);
  });
});

describe('an address that is compared', () => {
  it('follows what the team has meanwhile said not to count', () => {
    const german = { path: '/list', query: 'lang=de' };
    expect(isSameAddress(german, { path: '/list' }, ['lang'])).toBe(true);
    expect(isSameAddress(german, { path: '/list' })).toBe(false);
    expect(isSameAddress({ path: '/l', query: 'b=1&a=x%20y' }, pageAddress('http://x/l?a=x+y&b=1'))).toBe(true);
  });
});
