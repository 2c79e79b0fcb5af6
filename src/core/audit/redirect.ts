import { isLoopback, normalizePath } from '../record/targets';

/**
 * Whether a run that asked for one page and ended on another is still about the page asked for. Query, fragment, a
 * change from http to https, `www.` and a different name of this machine do not matter; another host or path does
 * (a login page, say).
 */
export function isSamePage(requestedUrl: string, finalUrl: string): boolean {
  const requested = new URL(requestedUrl);
  const final = new URL(finalUrl);
  const host = ({ hostname }: URL) => (isLoopback(hostname) ? 'localhost' : hostname.replace(/^www\./, ''));
  return host(requested) === host(final) && normalizePath(requested.pathname) === normalizePath(final.pathname);
}
