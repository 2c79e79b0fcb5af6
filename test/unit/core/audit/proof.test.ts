import { describe, expect, it } from 'vitest';
import {
  differenceOf,
  headingNote,
  isAt,
  isElsewhere,
  judgeProof,
  type Proof,
  whySignedOut,
} from '../../../../src/core/audit/proof';

const seen = (more: Partial<Proof> = {}): Proof => ({
  url: 'https://shop.example/account',
  status: 200,
  heading: 'Your account',
  password: false,
  visible: [],
  ...more,
});
const loginForm = seen({ heading: 'Sign in', password: true });
const loginPage = seen({ url: 'https://shop.example/login?next=/account', heading: 'Sign in', password: true });
const asked = 'https://shop.example/account';

describe('what tells a signed-in page from a signed-out one', () => {
  it.each([
    ['another address', loginPage, { url: 'https://shop.example/login', heading: 'Sign in', password: true }],
    ['the same address', loginForm, { heading: 'Sign in', password: true }],
    ['a status', seen({ status: 401 }), { status: 401 }],
  ])('is learnt from both: %s', (_, out, expected) => {
    expect(differenceOf(seen(), out)).toEqual(expected);
  });

  it('is nothing where both show the same', () => {
    expect(differenceOf(seen(), seen())).toBeUndefined();
    expect(differenceOf(seen({ heading: 'Hello Ana' }), seen({ heading: undefined }))).toBeUndefined();
  });

  it.each([
    ['the login page, whatever its query', loginPage],
    ['the login page for another page', seen({ ...loginPage, url: 'https://shop.example/login?next=/orders' })],
    ['a form in place', loginForm],
    ['an error', seen({ status: 403 })],
    ['any other page', seen({ url: 'https://shop.example/session-expired' })],
  ])('is seen again: %s', (_, out) => {
    const check = { url: asked, signedOut: differenceOf(seen(), loginForm) ?? {} };
    expect(whySignedOut(out, check)).toBeDefined();
    expect(whySignedOut(seen(), check)).toBeUndefined();
  });

  it('is what a person says: visible only in or only out', () => {
    const check = { url: asked, selector: '#out', not: '#in' };
    expect(whySignedOut(seen({ visible: ['#out'] }), check)).toBeUndefined();
    expect(whySignedOut(seen(), check)).toBe('#out is not visible');
    expect(whySignedOut(seen({ visible: ['#out', '#in'] }), check)).toBe('#in is visible');
  });

  it('tells subdomains of this machine apart', () => {
    const [app, auth] = ['http://app.shop.localhost:3000/', 'http://auth.shop.localhost:3000/'];
    expect(differenceOf(seen({ url: app }), seen({ url: auth }))).toEqual({ url: auth });
  });
});

describe('the page of a run', () => {
  const login = { name: 'customer', check: { url: asked, signedOut: differenceOf(seen(), loginPage) ?? {} } };

  it.each([
    ['the login page', loginPage],
    ['a form in place', loginForm],
  ])('is none behind a login: %s', (_, proof) => {
    expect(judgeProof(proof, { login }, asked)).toMatchObject({ code: 'signed-out', kind: 'page' });
  });

  it('may ask for a password behind a login', () => {
    const change = seen({ url: 'https://shop.example/password', heading: 'New password', password: true });
    expect(judgeProof(change, { login }, change.url)).toBeUndefined();
  });

  it('is none behind a login that knows no check, where it led elsewhere or asks for a password', () => {
    const unchecked = { login: { name: 'customer' } };
    expect(judgeProof(loginPage, unchecked, asked)).toMatchObject({ code: 'signed-out' });
    expect(judgeProof(loginForm, unchecked, asked)).toMatchObject({ code: 'signed-out' });
    expect(judgeProof(seen(), unchecked, asked)).toBeUndefined();
  });

  it.each([
    [{ url: '/account' }, undefined],
    [{ url: '/orders' }, 'another-page'],
    [{ selector: '#basket' }, 'another-page'],
    [{ not: '#error' }, undefined],
    [{ heading: 'Something else' }, undefined],
  ])('is judged by what a person has confirmed: %j', (is, code) => {
    expect(judgeProof(seen(), { is }, asked)?.code).toBe(code);
  });

  it('with another heading is noted', () => {
    expect(headingNote({ heading: 'Oops' }, { heading: 'Your account' })).toBe(
      'The main heading is “Oops”; it was “Your account” when the page was confirmed.',
    );
    expect(headingNote({}, { heading: 'Your account' })).toContain('no main heading');
    expect(headingNote({ heading: 'Your account' }, { heading: 'Your account' })).toBeUndefined();
    expect(headingNote({ heading: 'Anything' }, undefined)).toBeUndefined();
  });

  it.each([
    ['/orders/*', 'https://shop.example/orders/17?x=1', true],
    ['/orders/*', 'https://shop.example/order/17', false],
    ['/a.b', 'https://shop.example/axb', false],
    ['/en/', 'https://shop.example/en', true],
    ['https://shop.example/en', 'https://shop.example/en/', true],
    ['https://shop.example/en', 'https://other.example/en', false],
    ['/#/cart', 'https://shop.example/#/cart', true],
  ])('is at %s: %s %s', (pattern, url, is) => {
    expect(isAt(pattern, url)).toBe(is);
  });

  it('is not elsewhere at an address that a person has confirmed', () => {
    const [home, english] = ['https://shop.example/', 'https://shop.example/en/'];
    expect(isElsewhere(home, english)).toBe(true);
    expect(isElsewhere(home, english, { is: { url: '/en/' } })).toBe(false);
  });
});
