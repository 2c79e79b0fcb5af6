import { normalizePath, type PageAddress, pageAddress } from '../record/pageAddress';
import { isLoopback } from '../record/targets';

/**
 * Whether a run that was redirected is still about the requested page. Another host, path or route makes it another
 * page, such as a login, and so does another value of a parameter. A parameter that comes or goes does not matter, nor
 * do https instead of http, `www.` and another name of this machine.
 * @param ignored as {@link pageAddress}
 */
export function isSamePage(requestedUrl: string, finalUrl: string, ignored?: readonly string[]): boolean {
  const requested = new URL(requestedUrl);
  const final = new URL(finalUrl);
  const host = ({ hostname }: URL) => (isLoopback(hostname) ? 'localhost' : hostname.replace(/^www\./, ''));
  if (host(requested) !== host(final)) return false;
  const [asked, got] = [requestedUrl, finalUrl].map((url) => partsOf(pageAddress(url, ignored)));
  if (!asked || !got || asked.path !== got.path) return false;
  if (asked.route !== '' && got.route !== '' && asked.route !== got.route) return false;
  return [...asked.parameters].every(
    ([name]) => !got.parameters.has(name) || `${got.parameters.getAll(name)}` === `${asked.parameters.getAll(name)}`,
  );
}

function partsOf({ path, query, hash = '' }: PageAddress) {
  const [route = '', ofRoute = ''] = hash.split('?');
  return {
    path: normalizePath(path),
    route: route.replace(/^!?\/$/, ''), // an app may send its first page to another route
    parameters: new URLSearchParams(`${query ?? ''}&${ofRoute}`),
  };
}
