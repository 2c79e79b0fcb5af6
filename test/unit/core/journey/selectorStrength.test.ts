import { describe, expect, it } from 'vitest';
import { betterThan, hasWeakSelectors, isWeak } from '../../../../src/core/journey/selectorStrength';

describe('how lasting a selector is', () => {
  it.each([
    'xpath///*[@id="root"]/div[2]',
    'div:nth-child(2) > button:nth-of-type(1)',
    '.css-1q2w3e',
    '.sc-bdVaJa4 > div:nth-child(1)',
    'pierce/#radix-\\:r1\\: > span',
    '#ember1234',
    '._3xY2z',
  ])('%s breaks with the next change', (selector) => expect(isWeak(selector)).toBe(true));

  it.each([
    'aria/Check out[role="button"]',
    'text/Check out',
    '#checkout',
    '.cart .price',
    '[data-testid="pay-1"]',
    'main > form',
    'h2',
    '.product:nth-child(2)',
    'div:nth-child(3) > .checkout-form',
  ])('%s says what it means', (selector) => expect(isWeak(selector)).toBe(false));

  it('is that of the weakest part on the way through shadow roots', () => {
    expect(isWeak(['x-form', '[name="a"]'])).toBe(false);
    expect(isWeak(['x-form', 'div:nth-child(2)'])).toBe(true);
  });

  it('is weak of an action only when each of its selectors is; none are no selectors', () => {
    expect(hasWeakSelectors({ type: 'click', selectors: ['xpath//a', '#pay'] })).toBe(false);
    expect(hasWeakSelectors({ type: 'click', selectors: ['xpath//a', 'a:nth-child(1)'] })).toBe(true);
    expect(hasWeakSelectors({ type: 'keyDown' })).toBe(false);
  });

  it('is bettered by what is not weak and not there yet', () => {
    const action = { type: 'click', selectors: [['x-a', '#b']] };
    expect(betterThan(action, ['aria/Pay', ['x-a', '#b'], 'div:nth-child(2)'])).toEqual(['aria/Pay']);
  });
});
