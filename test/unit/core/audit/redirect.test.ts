import { describe, expect, it } from 'vitest';
import { isSamePage } from '../../../../src/core/audit/redirect';

describe('a run that ended on another address', () => {
  const same: [string, string][] = [
    ['http://localhost:3000/checkout', 'http://127.0.0.1:3000/checkout'],
    ['http://shop.example/checkout', 'https://www.shop.example/checkout/'],
    ['https://shop.example/checkout?utm=1', 'https://shop.example/checkout#pay'],
    ['http://localhost:3000/', 'http://localhost:3000/index.html'],
    ['http://localhost:3000/#/', 'http://localhost:3000/#/home'],
    ['http://localhost:3000/#/cart', 'http://localhost:3000/#/cart?tab=1'],
    ['http://localhost:3000/list?page=2', 'http://localhost:3000/list?page=2&lang=de'],
  ];
  const other: [string, string][] = [
    ['http://localhost:3000/checkout', 'http://localhost:3000/login?next=/checkout'],
    ['https://shop.example/', 'https://accounts.example/'],
    ['http://localhost:3000/', 'https://shop.example/'],
    ['http://localhost:3000/', 'chrome-error://chromewebdata/'],
    ['http://localhost:3000/#/cart', 'http://localhost:3000/#/login'],
    ['http://localhost:3000/list?page=2', 'http://localhost:3000/list?page=1'],
  ];
  for (const [requested, final] of same) {
    it(`is still about the page asked for: ${requested} to ${final}`, () =>
      expect(isSamePage(requested, final)).toBe(true));
  }
  for (const [requested, final] of other) {
    it(`is about another page: ${requested} to ${final}`, () => expect(isSamePage(requested, final)).toBe(false));
  }
  it('is still about the page where the team says that a parameter does not count', () => {
    expect(isSamePage('http://localhost/l?lang=en', 'http://localhost/l?lang=de', ['lang'])).toBe(true);
  });
});
