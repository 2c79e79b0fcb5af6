import http from 'node:http';
import https from 'node:https';
import { cancelled } from '../../core/errors';
import type { VisitOptions } from '../../protocol/workerMessages';
import { answerError } from './pageAnswer';

/** How long the server may take to send headers. Milliseconds. After that a browser is asked, which waits longer. */
const WAIT = 10_000;
const MAX_REDIRECTS = 20; // as browsers do

/** The head of an answer; undefined when Node gets none. */
function head(url: string, options: VisitOptions, signal?: AbortSignal): Promise<http.IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith('https:');
    const cookies = options.cookies?.map(({ name, value }) => `${name}=${value}`).join('; ');
    const request = (isSecure ? https : http).request(
      url,
      {
        headers: { accept: 'text/html,*/*;q=0.8', ...(cookies && { cookie: cookies }), ...options.headers },
        ...(isSecure && { rejectUnauthorized: !options.ignoreCertificateErrors }),
        ...(signal && { signal }),
        timeout: WAIT,
        agent: false,
      },
      (response) => {
        response.destroy(); // only the headers are needed
        resolve(response);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => (signal?.aborted ? reject(cancelled()) : resolve(undefined)));
    request.end();
  });
}

/**
 * Asks for a page once before a browser starts, so that what is plainly there costs nothing.
 *
 * @returns whether Node gets a page. If not, only a browser can tell why: Node keeps no cookies over redirects, sends
 *   no browser's headers, and does not know servers of HTTP/2 alone, `*.localhost`, proxies, or headers that browsers
 *   forgive
 * @throws HumanError `cancelled`
 */
export async function answersNode(url: string, options: VisitOptions, signal?: AbortSignal): Promise<boolean> {
  let current: URL | null = new URL(url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS && current && /^https?:$/.test(current.protocol); redirects += 1) {
    // credentials for one origin must not go to another
    const isOwn: boolean = current.origin === new URL(url).origin;
    const answer = await head(current.href, isOwn ? options : { ...options, headers: {}, cookies: [] }, signal);
    if (!answer) return false;
    const { statusCode: status = 0, headers } = answer;
    if (status < 300 || status >= 400) return answerError({ status, headers }, options) === undefined;
    current = headers.location ? URL.parse(headers.location, current.href) : null;
  }
  return false;
}
