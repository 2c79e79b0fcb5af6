import { describe, expect, it } from 'vitest';
import { routesOf } from '../../../../src/core/discovery/routes';
import { siteAddresses } from '../../../../src/core/discovery/siteAddresses';

describe('routes of a framework', () => {
  it.each([
    ['next', 'Next.js', ['app/page.tsx', 'app/(shop)/cart/page.tsx', 'src/app/help/page.jsx'], ['/', '/cart', '/help']],
    ['next', 'Next.js', ['pages/index.tsx', 'pages/about.tsx', 'pages/_app.tsx', 'pages/api/x.ts'], ['/', '/about']],
    ['nuxt', 'Nuxt', ['pages/index.vue', 'app/pages/cart/index.vue'], ['/', '/cart']],
    [
      '@sveltejs/kit',
      'SvelteKit',
      ['src/routes/+page.svelte', 'src/routes/a/+page.svelte', 'src/routes/+layout.svelte'],
      ['/', '/a'],
    ],
    ['astro', 'Astro', ['src/pages/index.astro', 'src/pages/blog/one.md'], ['/', '/blog/one']],
  ])('of %s are the files of pages', (name, framework, files, paths) => {
    expect(routesOf([name], files)).toEqual([{ framework, paths, open: [] }]);
  });

  it('with parameters need an example, and slots are no pages', () => {
    const files = ['app/product/[id]/page.tsx', 'app/@modal/login/page.tsx', 'app/_private/page.tsx'];
    expect(routesOf(['next'], files)).toEqual([{ framework: 'Next.js', paths: [], open: ['/product/[id]'] }]);
  });

  it('are none without the framework', () => {
    expect(routesOf(['react'], ['app/page.tsx'])).toEqual([]);
  });
});

describe('the addresses of a site', () => {
  it('are pages of its origin, each once, and what is none is counted', () => {
    const urls = [
      ...['/a', '/a#part', 'https://x.example/a', '/b?x=1', '/#/route'],
      ...['/logo.PNG', '/feed.xml', '/sign-out', '/account/delete/', '/cart/remove?id=1', '/deleted-scenes'],
      ...['/wp-login.php?action=logout', '/index.php?logout', '/#/log-out'],
      ...['https://other.example/', 'mailto:a@b.c', 'javascript:alert(1)', 'https://user:pw@x.example/c'],
    ];
    expect(siteAddresses(urls, 'https://x.example')).toEqual({
      pages: [
        ...['https://x.example/a', 'https://x.example/b?x=1', 'https://x.example/#/route'],
        ...['https://x.example/deleted-scenes', 'https://x.example/c'],
      ],
      leftOut: [
        { count: 2, why: 'files, not pages' },
        { count: 6, why: 'may end a session or delete something' },
        { count: 1, why: 'on other sites' },
      ],
    });
  });
});
