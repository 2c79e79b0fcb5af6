import type { Sent } from '../protocol/workerMessages';
import type { Logins } from './logins';
import type { PlannedPage } from './planPages';
import type { Sites } from './sites';

/** What goes along with each page, known before the browsers are busy: signing in needs one. */
export async function sentAhead<Page extends { page: PlannedPage }>(
  sets: readonly Page[],
  sites: Sites,
  logins: Logins,
): Promise<(set: Page) => { sent?: Promise<Sent> }> {
  const ahead = new Map<Page, Promise<Sent>>();
  const checked: string[] = [];
  for (const set of sets) {
    const sent = sites.urlOf(set.page).then(async (url) => {
      const { origin } = new URL(url);
      const known = await logins.of(set.page, origin).catch(() => undefined);
      const name = known?.expects?.login?.name;
      const key = `${origin} ${name}`; // a login is looked at once for each site
      if (known && (name === undefined || checked.includes(key))) return known;
      checked.push(key);
      return logins.ofChecked(set.page, origin);
    });
    await sent.catch(() => {}); // told as the page's own
    ahead.set(set, sent);
  }
  return (set) => {
    const sent = ahead.get(set);
    return sent ? { sent } : {};
  };
}
