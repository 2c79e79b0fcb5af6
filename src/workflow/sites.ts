import type { RunningSite, SiteOptions } from '../engine/servers/siteServer';
import type { PlannedPage } from './planPages';

/** The sites that pages need to answer. Each way of serving is started once, when the first page needs it. */
export class Sites {
  private readonly running = new Map<string, RunningSite>();

  /** @param root the workspace folder, which commands run in and folders are relative to */
  constructor(
    private readonly root: string,
    private readonly options: SiteOptions = {},
  ) {}

  /** Where a page answers. @throws HumanError when its site does not start */
  async urlOf({ url, serve }: PlannedPage): Promise<string> {
    if (!serve) return url;
    const key = JSON.stringify(serve);
    let site = this.running.get(key);
    if (!site) {
      const { startSite } = await import('../engine/servers/siteServer');
      site = await startSite(serve, this.root, this.options);
      this.running.set(key, site);
    }
    const { pathname, search, hash } = new URL(url);
    return `${site.origin}${pathname}${search}${hash}`;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running.values()].map((site) => site.stop()));
    this.running.clear();
  }
}

/** Runs `work` with the address of a page, its site started before and stopped after where it needs one. */
export async function withSite<T>(page: PlannedPage, root: string, work: (url: string) => Promise<T>): Promise<T> {
  const sites = new Sites(root);
  try {
    return await work(await sites.urlOf(page));
  } finally {
    await sites.stop();
  }
}
