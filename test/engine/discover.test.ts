import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, type Handler, Place, page, type Site, serve } from './support';

let place: Place;
let site: Site | undefined;
beforeEach(() => {
  place = new Place();
});
afterEach(async () => {
  await site?.close();
  place.leave();
});

const plain =
  (text: string | Buffer): Handler =>
  (_, response) =>
    response.end(text);

describe('ux-audit discover', () => {
  it('finds every template of a site behind packed site maps, and says what it left out', async () => {
    const loc = (path: string) => `<url><loc>${site?.origin}${path}</loc></url>`;
    const numbers = (count: number, path: (n: number) => string) =>
      Array.from({ length: count }, (_, n) => loc(path(n)));
    site = await serve({
      '/': page(
        'Shop',
        '<a href="/about">About</a><a href="/log-out">Log out</a><div id="more"></div><script>setTimeout(() => document.querySelector("#more").innerHTML = "<a href=/drawn>Drawn by script</a>", 200)</script>',
      ),
      '/about': page('About', '<a href="https://elsewhere.example/">Elsewhere</a>'),
      '/drawn': page('Drawn'),
      '/robots.txt': (_, response) => response.end(`User-agent: *\nSitemap: ${site?.origin}/maps/index.xml\n`),
      '/maps/index.xml': (_, response) =>
        response.end(
          `<?xml version="1.0"?><sitemapindex><sitemap><loc>${site?.origin}/maps/one.xml.gz</loc></sitemap>` +
            `<sitemap><loc>${site?.origin}/maps/two.xml</loc></sitemap><sitemap><loc>https://elsewhere.example/x.xml</loc></sitemap></sitemapindex>`,
        ),
      '/maps/one.xml.gz': (_, response) =>
        response.end(
          gzipSync(
            `<urlset>${[...numbers(1_200, (n) => `/product/p-${n}`), ...numbers(600, (n) => `/user/${n}/orders?a=1&amp;b=${n}`)].join('')}</urlset>`,
          ),
        ),
      '/maps/two.xml': (_, response) =>
        response.end(
          `<urlset>${numbers(200, (n) => `/blog/2026/post-${n}`).join('')}<url><loc><![CDATA[/help?a&b]]></loc></url></urlset>`,
        ),
    });
    const { code, stdout } = await cli(place, ['discover', site.origin, '--json', '-q']);
    const { found, groups, leftOut, sources } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(groups.map(({ template }: { template: string }) => template)).toEqual([
      ...['/', '/about', '/blog/*/*', '/drawn', '/help?a=*&b=*', '/product/*', '/user/*/orders?a=*&b=*'],
    ]);
    expect(found).toBe(2_004);
    expect(
      groups.every(({ sampled, pages }: { sampled: string[]; pages: number }) => sampled.length === Math.min(3, pages)),
    ).toBe(true);
    expect(leftOut).toEqual([
      { count: 1_991, why: 'pages of the same template as sampled ones (3 of each)' },
      { count: 1, why: 'may end a session or delete something' },
      { count: 1, why: 'on other sites' },
    ]);
    expect(sources.find(({ source }: { source: string }) => source === 'site map').count).toBe(2_001);
    expect(site.requests.some(({ url }) => url === '/log-out')).toBe(false);
    expect(place.recordText()).toBeUndefined();
  });

  it('reads a folder without a browser, and prints addresses to go on with', async () => {
    site = await serve({
      '/': page(),
      '/sitemap.xml': plain('<urlset><url><loc>/one</loc></url><url><loc>/two</loc></url></urlset>'),
    });
    const { stdout } = await cli(place, ['discover', site.origin, '--no-links', '--urls', '-q']);
    expect(stdout.trim().split('\n')).toEqual([`${site.origin}/`, `${site.origin}/one`, `${site.origin}/two`]);
    const missing = await cli(place, ['discover']);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('Say where the site is')]);
  });
});
