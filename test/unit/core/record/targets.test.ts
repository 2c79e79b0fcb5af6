import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../../../src/core/record/record';
import {
  environmentOf,
  findTarget,
  givenName,
  isLoopback,
  slugError,
  storableUrl,
  suggestSlug,
  targetUrl,
  titleOfAll,
} from '../../../../src/core/record/targets';

describe('the slug suggested for a path', () => {
  const cases: [path: string, slug: string][] = [
    ['/', 'home'],
    ['/index.html', 'home'],
    ['/Checkout', 'checkout'],
    ['/checkout/', 'checkout'],
    ['/checkout/index.htm', 'checkout'],
    ['/shop/list.html', 'shop-list'],
    ['/orders/12345/items', 'orders-id-items'],
    ['/orders/6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'orders-id'],
    ['/über/caf%C3%A9', 'uber-cafe'],
    ['/a_b c/d.e', 'a-b-c-d-e'],
    ['/404.html', 'error-404'],
    ['/%E0%A4%A', 'e0-a4-a'],
    ['/寸法', 'home'],
  ];
  for (const [path, slug] of cases) {
    it(`of ${path} is ${slug}`, () => {
      expect(suggestSlug({ path })).toBe(slug);
      expect(slugError(slug)).toBeUndefined();
    });
  }

  it.each([
    [{ path: '/spa', hash: '/cart' }, 'spa-cart'],
    [{ path: '/spa', hash: '/' }, 'spa'],
    [{ path: '/index.php', query: 'page=home' }, 'index-php-page-home'],
    [{ path: '/', query: 'id=42&lang=de' }, 'id-42-lang-de'],
    [{ path: '/', hash: '!/orders?id=7' }, 'orders-id-7'],
  ])('of %o is %s', (address, slug) => {
    expect(suggestSlug(address)).toBe(slug);
    expect(slugError(slug)).toBeUndefined();
  });

  it('gets a number when it is taken', () => {
    expect(suggestSlug({ path: '/checkout' }, ['checkout', 'checkout-2'])).toBe('checkout-3');
  });

  it('is of bearable length and still a slug', () => {
    const slug = suggestSlug({ path: `/${'very-long-'.repeat(20)}page`, query: 'page=2' });
    expect(slug.length).toBeLessThanOrEqual(60);
    expect(slugError(slug)).toBeUndefined();
  });
});

describe('a slug given by a person', () => {
  it('is accepted or its fault is explained', () => {
    for (const slug of ['home', 'a', '2nd-page', 'v1.2']) expect(slugError(slug)).toBeUndefined();
    for (const slug of ['', 'Home', 'a b', 'a/b', '-a', '.', 'é']) expect(slugError(slug)).toMatch(/needed|lower-case/);
  });
});

describe('what is stored of a URL', () => {
  it('has no user, no secret and no place in the page', () => {
    expect(storableUrl('https://ana:secret@shop.example:8443/a/b?token=1#x')).toBe('https://shop.example:8443/a/b');
    expect(storableUrl('https://shop.example/a?page=2&token=1#/b')).toBe('https://shop.example/a?page=2#/b');
  });

  it('is only the scheme where the rest may be content', () => {
    expect(storableUrl('data:text/html,<p>private</p>')).toBe('data:');
    expect(storableUrl('about:blank')).toBe('about:');
  });
});

describe('an environment', () => {
  it('is local for addresses only this machine answers on', () => {
    for (const host of ['localhost', '127.0.0.1', '127.9.8.7', '[::1]', 'shop.localhost']) {
      expect(isLoopback(host)).toBe(true);
      expect(environmentOf(`http://${host}:3000/x`)).toBe('local');
    }
    for (const host of ['shop.example', '10.0.0.1', '127.0.0.1.example', 'localhost.example', '128.0.0.1']) {
      expect(environmentOf(`http://${host}/x`)).toBe('deployed');
    }
  });
});

describe('finding the target of a URL', () => {
  const targets: AuditRecord['targets'] = {
    checkout: {
      kind: 'page',
      path: '/checkout',
      origins: { local: 'http://localhost:3000', deployed: 'https://shop.example' },
    },
    help: { kind: 'page', path: '/help/index.html', origins: { local: 'http://localhost:3000' } },
    served: { kind: 'page', path: '/served.html', serve: { folder: 'dist' } },
    claim: { kind: 'journey', steps: ['find', 'file'] },
  };

  it('tells pages apart by query and route', () => {
    const home = { kind: 'page', path: '/spa', hash: '/home', origins: { local: 'http://localhost:3000' } };
    const second = { kind: 'page', path: '/list', query: 'page=2', origins: { local: 'http://localhost:3000' } };
    const of = (url: string) => findTarget({ home, second }, url)?.target;
    expect(of('http://localhost:3000/spa#/home')).toBe('home');
    expect(of('http://localhost:3000/spa#/cart')).toBeUndefined();
    expect(of('http://localhost:3000/spa')).toBeUndefined();
    expect(of('http://localhost:3000/list/?utm_source=x&page=2#top')).toBe('second');
    expect(of('http://localhost:3000/list?page=3')).toBeUndefined();
    expect(targetUrl(second, 'local')).toBe('http://localhost:3000/list?page=2');
    expect(targetUrl(home, 'local')).toBe('http://localhost:3000/spa#/home');
  });

  it('goes by origin and path, whatever says how a visitor came', () => {
    expect(findTarget(targets, 'http://localhost:3000/checkout?utm_source=x#pay')).toEqual({
      target: 'checkout',
      environment: 'local',
    });
    expect(findTarget(targets, 'https://shop.example/checkout/')).toEqual({
      target: 'checkout',
      environment: 'deployed',
    });
    expect(findTarget(targets, 'http://localhost:3000/help/')).toEqual({ target: 'help', environment: 'local' });
  });

  it('takes another port or name of this machine for the same environment', () => {
    for (const url of [
      'http://localhost:5173/checkout',
      'http://127.0.0.1:41234/checkout',
      'http://[::1]:3000/checkout',
    ]) {
      expect(findTarget(targets, url)).toEqual({ target: 'checkout', environment: 'local' });
    }
  });

  it('does not take another host for a target that has one already', () => {
    expect(findTarget(targets, 'https://other.example/checkout')).toBeUndefined();
  });

  it('lets a first host join the target of the same path', () => {
    expect(findTarget(targets, 'https://shop.example/help')).toEqual({
      target: 'help',
      environment: 'deployed',
      newOrigin: 'https://shop.example',
    });
  });

  it('keeps a named environment apart', () => {
    expect(findTarget(targets, 'https://stage.example/checkout', 'staging')).toEqual({
      target: 'checkout',
      environment: 'staging',
      newOrigin: 'https://stage.example',
    });
    expect(findTarget(targets, 'https://shop.example/checkout', 'staging')).toEqual({
      target: 'checkout',
      environment: 'staging',
      newOrigin: 'https://shop.example',
    });
  });

  it('finds a served page on whatever port it is served', () => {
    expect(findTarget(targets, 'http://localhost:8080/served.html')).toEqual({
      target: 'served',
      environment: 'local',
    });
  });

  it('finds nothing for a path nobody has', () => {
    expect(findTarget(targets, 'http://localhost:3000/')).toBeUndefined();
    expect(findTarget({}, 'http://localhost:3000/checkout')).toBeUndefined();
  });

  it('and the URL of a target are each other’s inverse', () => {
    expect(targetUrl(targets.checkout ?? { kind: '' }, 'deployed')).toBe('https://shop.example/checkout');
    expect(targetUrl(targets.checkout ?? { kind: '' }, 'staging')).toBeUndefined();
    expect(targetUrl(targets.claim ?? { kind: '' }, 'local')).toBeUndefined();
  });
});

describe('the name of several targets', () => {
  const targets = {
    home: { kind: 'page', title: 'Home page' },
    cart: { kind: 'page' },
    claim: { kind: 'journey' },
    odd: { kind: '[x](command:y)' },
  };
  it('is the title of one, and how many there are of several', () => {
    expect(titleOfAll(targets, ['home'])).toBe('Home page');
    expect(titleOfAll(targets, ['home', 'cart'])).toBe('2 pages');
    expect(titleOfAll(targets, ['claim', 'home', 'cart'])).toBe('3 pages and journeys');
    expect(titleOfAll(targets, ['home', 'odd'])).toBe('2 targets');
    expect(titleOfAll(targets, ['home', 'gone'])).toBe('2 targets');
  });
});

describe('a name as a person types it', () => {
  it('is tidied for the record, and kept as the title that people read', () => {
    expect(givenName('dashboard')).toEqual({ name: 'dashboard' });
    expect(givenName('Dashboard')).toEqual({ name: 'dashboard', title: 'Dashboard' });
    expect(givenName(' Käse  & Brot ')).toEqual({ name: 'kase-brot', title: 'Käse & Brot' });
    expect(givenName(' cart ')).toEqual({ name: 'cart' });
    expect(givenName('!')).toMatchObject({ name: '' });
  });
});
