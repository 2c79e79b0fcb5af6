import { describe, expect, it } from 'vitest';
import { slugOf } from '../../../../src/core/text/slug';

describe('a slug', () => {
  it.each([
    ['ACME house rules', 'acme-house-rules'],
    ['Käse & Brot', 'kase-brot'],
    ['--a__b--', 'a-b'],
    ['日本', ''],
  ])('of %j is %j', (text, slug) => {
    expect(slugOf(text)).toBe(slug);
  });
});
