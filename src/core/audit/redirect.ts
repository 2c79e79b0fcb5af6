import { normalizePath, type PageAddress, pageAddress } from '../record/pageAddress';
import { isLoopback } from '../record/targets';

/**
 * Whether a run that was redirected is still about the requested page. Another host, path or route makes it another
 * page, such as a login, and so does another value of a parameter. A parameter that comes or goes does not matter, nor do
 * https instead of http, `www.` and another name of this machine.
 */
export function isSamePage(requestedUrl: string, finalUrl: string): boolean {
  const requested = new URL(requestedUrl);
  const final = new URL(finalUrl);
  const host = ({ hostname }: URL) => (isLoopback(hostname) ? 'localhost' : hostname.replace(/^www\./, ''));
  if (host(requested) !== host(final)) return false;
  const [one, other] = [pageAddress(requestedUrl), pageAddress(finalUrl)];
  if (normalizePath(one.path) !== normalizePath(other.path)) return false;
  if (one.hash !== undefined && other.hash !== undefined && one.hash !== other.hash) return false;
  const [asked, got] = [one, other].map(({ query }: PageAddress) => new URLSearchParams(query));
  return [...(asked ?? [])].every(([name]) => !got?.has(name) || `${got.getAll(name)}` === `${asked?.getAll(name)}`);
}
