import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRecord } from '../../src/core/record/parseRecord';
import type { Discovered } from '../../src/workflow/discover';
import { inHeadlessShell } from './headlessShell';
import { cli, type Handler, Place, page, repository, type Site, serve } from './support';

inHeadlessShell();

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
    const add = ['discover', site.origin, '--no-links', '--add', '--json', '-q'];
    expect(JSON.parse((await cli(place, add)).stdout).added).toEqual(['home', 'one', 'two']);
    expect(JSON.parse((await cli(place, add)).stdout).added).toEqual([]);
    const { record } = parseRecord(place.recordText() ?? '');
    expect(record.targets.two).toEqual({ kind: 'page', path: '/two', origins: { local: site.origin } });
    const missing = await cli(place, ['discover']);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('Say where the site is')]);
  });

  it('finds all templates of a real site with a large site map, samples them, and opens one page of each', async () => {
    const real = path.join(repository, 'node_modules/startbootstrap-sb-admin-2');
    const names = readdirSync(real).filter((name) => name.endsWith('.html'));
    expect(names).toHaveLength(14);
    const id = (n: number) => `${String(n).padStart(8, '0')}-1111-4222-8333-444455556666`;
    // how an address is made of a number, and how many the site map names
    const made: [template: string, count: number, address: (n: number) => string][] = [
      ['/blog/*/*/*', 200, (n) => `/blog/${2020 + (n % 5)}/${1 + (n % 12)}/a-text-about-${n}`],
      ['/category/*/*', 60, (n) => `/category/kind-${Math.floor(n / 6)}/${n % 6}`],
      ['/docs/*/*', 64, (n) => `/docs/v${Math.floor(n / 8)}/chapter-${n % 8}`],
      ['/help/*', 30, (n) => `/help/${n}-question`],
      ['/order/*/receipt', 300, (n) => `/order/${n}/receipt`],
      ['/product/*', 1_176, (n) => `/product/${'lamp desk chair shelf'.split(' ')[n % 4]}-of-series-${n}`],
      ['/search?page=*&q=*', 70, (n) => `/search?q=word${n}&amp;page=1`],
      ['/user/*', 100, (n) => `/user/${id(n)}`],
    ];
    const all = made.flatMap(([, count, address]) => Array.from({ length: count }, (_, n) => address(n)));
    expect(all).toHaveLength(2_000);
    const served = made.flatMap(([, , address]) => Array.from({ length: 13 }, (_, n) => address(n))).slice(0, 100);
    site = await serve({
      ...Object.fromEntries(served.map((address) => [address.split('?')[0], page(address)])),
      ...Object.fromEntries(names.map((name) => [`/${name}`, readFileSync(path.join(real, name), 'utf8')])),
      '/sitemap.xml': (_, response) =>
        response.end(`<urlset>${all.map((one) => `<url><loc>${site?.origin}${one}</loc></url>`).join('')}</urlset>`),
    });
    const { code, stdout } = await cli(place, ['discover', `${site.origin}/index.html`, '--json', '-q']);
    expect(code).toBe(0);
    const { found, groups, leftOut } = JSON.parse(stdout) as Discovered;
    const templates = [...names.map((name) => `/${name}`), ...made.map(([template]) => template)].sort();
    expect(groups.map(({ template }) => template)).toEqual(templates);
    expect(found).toBe(2_014);
    expect(groups.map(({ template, sampled }) => [template, sampled.length])).toEqual(
      templates.map((template) => [template, template.includes('*') ? 3 : 1]),
    );
    expect(leftOut).toContainEqual({
      count: 2_000 - 8 * 3,
      why: 'pages of the same template as sampled ones (3 of each)',
    });
    expect(leftOut.map(({ why }) => why)).toContain('on other sites');
    const opened = new Set(
      site.requests.filter(({ headers }) => headers['sec-fetch-dest'] === 'document').map(({ url }) => url),
    );
    expect(opened.size).toBe(templates.length);

    const { stdout: text } = await cli(place, ['discover', `${site.origin}/index.html`, '--no-links', '-q']);
    expect(text).toContain('Found 2001 pages of 9 templates; 25 proposed.');
    expect(text).toContain('Left out:\n  1976 pages of the same template as sampled ones (3 of each)');
  });

  it('says that nothing answers, and that pages led to one on which to sign in; proposes all pages when asked', async () => {
    const login: Handler = (_, response) => response.writeHead(303, { location: '/login' }).end();
    const paths = ['/account', ...Array.from({ length: 12 }, (_, n) => `/product/${n + 1}`), '/help/1', '/help/2'];
    site = await serve({
      '/': page('Start'),
      '/login': page('Sign in', '<form><input type="password"></form>'),
      ...Object.fromEntries(paths.map((one) => [one, login])),
      '/sitemap.xml': (_, response) =>
        response.end(`<urlset>${paths.map((one) => `<url><loc>${site?.origin}${one}</loc></url>`).join('')}</urlset>`),
    });
    const walled = await cli(place, ['discover', site.origin, '--all', '-q']);
    expect(walled.stdout).toContain(`3 of 4 pages that were opened led to ${site.origin}/login.`);
    const all = await cli(place, ['discover', site.origin, '--all', '--json', '-q']);
    const { groups, ledTo } = JSON.parse(all.stdout) as Discovered;
    expect(groups.map(({ pages, sampled }) => sampled.length === pages)).not.toContain(false);
    expect(ledTo).toEqual({ url: `${site.origin}/login`, pages: 3, of: 4 });
    await site.close();
    const dead = await cli(place, ['discover', site.origin, '-q']);
    expect([dead.code, dead.stdout]).toEqual([4, '']);
    expect(dead.stderr).toContain('refused');
  });
});
