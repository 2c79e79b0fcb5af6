import type { RunningSite, SiteOptions } from '../engine/servers/siteServer';
import type { PlannedPage } from './planPages';

/** Starts the sites that pages need, each once, when the first page needs it. */
export class Sites {
  private readonly running = new Map<string, Promise<RunningSite>>();

  /** @param root the workspace folder: commands run in it, and folders are relative to it */
  constructor(
    private readonly root: string,
    private readonly options: SiteOptions = {},
  ) {}

  /** The address of a page on its running site. @throws HumanError when the site does not start */
  async urlOf({ url, serve }: PlannedPage): Promise<string> {
    if (!serve) return url;
    const key = JSON.stringify(serve);
    let site = this.running.get(key);
    if (!site) {
      site = import('../engine/servers/siteServer').then(({ startSite }) => startSite(serve, this.root, this.options));
      this.running.set(key, site);
      site.catch(() => this.running.delete(key)); // the next page tries again
    }
    const { pathname, search, hash } = new URL(url);
    return `${(await site).origin}${pathname}${search}${hash}`;
  }

  async stop(): Promise<void> {
    const sites = await Promise.allSettled(this.running.values());
    this.running.clear();
    await Promise.all(sites.map((site) => site.status === 'fulfilled' && site.value.stop()));
  }
}

/** Runs `work` with the address of a page. Starts the page's site before, where it has one, and stops it after. */
export async function withSite<T>(page: PlannedPage, root: string, work: (url: string) => Promise<T>): Promise<T> {
  const sites = new Sites(root);
  try {
    return await work(await sites.urlOf(page));
  } finally {
    await sites.stop();
  }
}
