import { isLoopback, normalizePath } from '../record/targets';

/**
 * Whether a run that was redirected is still about the requested page. Another host or path makes it another page, such
 * as a login. Query, fragment, https instead of http, `www.` and another name of this machine do not matter.
 */
export function isSamePage(requestedUrl: string, finalUrl: string): boolean {
  const requested = new URL(requestedUrl);
  const final = new URL(finalUrl);
  const host = ({ hostname }: URL) => (isLoopback(hostname) ? 'localhost' : hostname.replace(/^www\./, ''));
  return host(requested) === host(final) && normalizePath(requested.pathname) === normalizePath(final.pathname);
}
