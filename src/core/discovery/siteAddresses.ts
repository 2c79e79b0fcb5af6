/** Endings of addresses that are no pages. */
const files = [
  ...['png', 'jpe?g', 'gif', 'webp', 'avif', 'svg', 'ico', 'css', 'm?js', 'json', 'xml', 'rss', 'atom', 'txt', 'pdf'],
  ...['zip', 'gz', 'mp[34]', 'webm', 'woff2?', 'ttf', 'csv', 'xlsx?', 'docx?'],
];
const NO_PAGE = new RegExp(`\\.(?:${files.join('|')})$`, 'i');
/** Parts of addresses that end a session or change something when they are only looked at. */
const HARMFUL = /(?:^|[/_?&=#.-])(?:log-?out|sign-?out|log-?off|delete|remove|unsubscribe)(?:$|[/_.?&=#-])/i;

/** Addresses of a site that may be pages, and why others are none. */
export interface SiteAddresses {
  pages: string[];
  leftOut: { count: number; why: string }[];
}

/**
 * The addresses that may be pages of a site, each once, without fragments that are no routes.
 * @param origin the site
 */
export function siteAddresses(urls: readonly string[], origin: string): SiteAddresses {
  const pages = new Set<string>();
  const left = new Map<string, Set<string>>();
  const leave = (why: string, url: string) => left.set(why, (left.get(why) ?? new Set()).add(url));
  for (const text of urls) {
    const url = URL.parse(text, origin);
    if (!url || !/^https?:$/.test(url.protocol)) continue;
    if (!/^#!?\//.test(url.hash)) url.hash = '';
    url.username = '';
    url.password = '';
    if (url.origin !== origin) leave('on other sites', url.href);
    else if (NO_PAGE.test(url.pathname)) leave('files, not pages', url.href);
    else if (HARMFUL.test(url.pathname + url.search + url.hash))
      leave('may end a session or delete something', url.href);
    else pages.add(url.href);
  }
  return { pages: [...pages], leftOut: [...left].map(([why, of]) => ({ count: of.size, why })) };
}
