import { describe, expect, it } from 'vitest';
import {
  type BrowserState,
  besidePage,
  hostsOf,
  isEmptyState,
  readBrowserState,
  stateFor,
} from '../../../../src/core/audit/browserState';

const cookie = (domain: string) => ({ name: 'sid', value: 'secret-1', domain });
const state = (given: object): BrowserState => readBrowserState(JSON.stringify(given), 'user.json');

describe('the state of a browser', () => {
  it('is read as Playwright writes it, with what others add', () => {
    const given = {
      cookies: [{ ...cookie('.shop.example'), path: '/', expires: -1, httpOnly: true, secure: true, sameSite: 'Lax' }],
      origins: [{ origin: 'https://shop.example', localStorage: [{ name: 'token', value: 'x' }], ours: 1 }],
      more: true,
    };
    expect(state(given)).toMatchObject(given);
  });

  it('is refused without repeating what is in the file', () => {
    const wrong = JSON.stringify({ cookies: [{ name: 'sid', value: 'secret-1', domain: 5 }] });
    for (const text of ['secret-1', wrong, '{"a": "secret-1"}', '[]']) {
      const read = () => readBrowserState(text, 'user.json');
      expect(read).toThrow(/^user\.json is /);
      expect(read).not.toThrow(/secret-1/);
    }
  });

  it.each([
    ['https://shop.example/account', true],
    ['https://app.shop.example/', true],
    ['https://SHOP.example/', true],
    ['https://evilshop.example/', false],
    ['https://example/', false],
    ['https://shop.example.evil/', false],
  ])('with a cookie for a domain is given to %s: %s', (url, is) => {
    expect(stateFor(state({ cookies: [cookie('.shop.example')] }), url) !== undefined).toBe(is);
  });

  it('with a cookie of one host is not given to its subdomains', () => {
    const ofHost = state({ cookies: [cookie('shop.example')] });
    expect(stateFor(ofHost, 'https://shop.example/')).toEqual(ofHost);
    expect(stateFor(ofHost, 'https://app.shop.example/')).toBeUndefined();
  });

  it('follows a site of this machine to another port, and no other site', () => {
    const kept = [{ name: 'token', value: 'x' }];
    const local = state({ origins: [{ origin: 'http://localhost:3000', localStorage: kept }] });
    expect(stateFor(local, 'http://localhost:4711/a')?.origins[0]?.origin).toBe('http://localhost:4711');
    expect(stateFor(local, 'http://other.localhost:3000/')).toBeUndefined();
    const far = state({ origins: [{ origin: 'https://shop.example', localStorage: kept }] });
    expect(stateFor(far, 'https://shop.example:8443/')).toBeUndefined();
    expect(besidePage('http://localhost:3000/account?a=1', 'http://localhost:4711/x')).toBe(
      'http://localhost:4711/account?a=1',
    );
    expect(besidePage('https://shop.example/account', 'https://other.example/x')).toBe('https://shop.example/account');
  });

  it('says for whom it is, and when it holds nothing', () => {
    const both = state({ cookies: [cookie('.b.example')], origins: [{ origin: 'https://a.example:8443' }] });
    expect(hostsOf(both)).toEqual(['a.example', 'b.example']);
    expect(isEmptyState(both)).toBe(false);
    expect(isEmptyState(state({ cookies: [], origins: [{ origin: 'https://a.example' }] }))).toBe(true);
  });
});
