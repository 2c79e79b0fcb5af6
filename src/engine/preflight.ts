import http from 'node:http';
import https from 'node:https';
import { cancelled, HumanError } from '../core/errors';
import { isLoopback } from '../core/record/targets';

export interface PreflightOptions {
  headers?: Record<string, string>;
  cookies?: { name: string; value: string }[];
  ignoreCertificateErrors?: boolean;
  /** Accept a page that answers with an error status. */
  ignoreStatusCode?: boolean;
  /** How long the server may take until its headers arrive; a dev server may compile first. Milliseconds. */
  timeout?: number;
  signal?: AbortSignal;
}

const DEFAULT_TIMEOUT = 60_000;
const MAX_REDIRECTS = 20; // as browsers do

const certificateFaults: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is signed by an authority this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is not known to this machine',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not known to this machine',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another host name',
};

function fault(code: string, what: string, next: string, cause?: unknown): HumanError {
  return new HumanError('page', code, { what, next }, { cause });
}

function networkFault(error: NodeJS.ErrnoException, url: string): HumanError {
  const { host, hostname } = new URL(url);
  const start = isLoopback(hostname) ? 'Start the server' : 'Check the address and the server';
  const certificate = certificateFaults[error.code ?? ''];
  if (certificate !== undefined) {
    return fault(
      'certificate',
      `The certificate of ${host} is not trusted: ${certificate}.`,
      'Use a trusted certificate; for local development allow invalid certificates for this audit (--ignore-certificate-errors, setting uxAudit.ignoreCertificateErrors).',
      error,
    );
  }
  switch (error.code) {
    case 'ECONNREFUSED':
      return fault(
        'connection-refused',
        `Nothing answers at ${host}: the connection was refused.`,
        `${start}, then try again.`,
        error,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return fault(
        'unknown-host',
        `The host ${hostname} is not known.`,
        'Check the address and the network connection.',
        error,
      );
    case 'ECONNRESET':
    case 'EPIPE':
      return fault(
        'connection-reset',
        `${host} broke off the connection.`,
        'Check the server; if it speaks https, use https:// in the address (and the other way round).',
        error,
      );
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return fault(
        'no-tls',
        `${host} does not answer https.`,
        'Use http:// in the address, or switch https on in the server.',
        error,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return fault('unreachable', `${host} cannot be reached.`, 'Check the network connection.', error);
    default:
      return fault(
        'request-failed',
        `${url} could not be requested: ${error.message}`,
        `${start}, then try again.`,
        error,
      );
  }
}

function request(
  url: string,
  options: PreflightOptions,
): Promise<{ status: number; location?: string; type: string; disposition: string }> {
  return new Promise((resolve, reject) => {
    const { protocol, origin } = new URL(url);
    const cookies = options.cookies?.map(({ name, value }) => `${name}=${value}`).join('; ');
    const timeout = options.timeout ?? DEFAULT_TIMEOUT;
    const sent = (protocol === 'https:' ? https : http).request(
      url,
      {
        headers: { accept: 'text/html,*/*;q=0.8', ...(cookies && { cookie: cookies }), ...options.headers },
        ...(protocol === 'https:' && { rejectUnauthorized: !options.ignoreCertificateErrors }),
        ...(options.signal && { signal: options.signal }),
        agent: false,
      },
      (response) => {
        clearTimeout(timer);
        response.destroy(); // the headers say enough
        resolve({
          status: response.statusCode ?? 0,
          ...(response.headers.location !== undefined && { location: response.headers.location }),
          type: response.headers['content-type'] ?? '',
          disposition: response.headers['content-disposition'] ?? '',
        });
      },
    );
    let isConnected = false;
    sent.once('socket', (socket) =>
      socket.once('connect', () => {
        isConnected = true;
      }),
    );
    const timer = setTimeout(() => {
      sent.destroy();
      const within = `within ${Math.round(timeout / 1000)} s`;
      reject(
        isConnected
          ? fault(
              'no-answer',
              `${origin} accepted the connection but did not answer ${within}.`,
              'Look at what the server is doing; restart it if it hangs.',
            )
          : fault(
              'unreachable',
              `${origin} cannot be reached: it did not take the connection ${within}.`,
              'Check the address, the network connection, and whether a firewall is between.',
            ),
      );
    }, timeout);
    sent.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (options.signal?.aborted) return reject(cancelled());
      reject(networkFault(error, url));
    });
    sent.end();
  });
}

/**
 * Asks the server for the page once, before a browser is started, so that what is wrong with network, certificate,
 * status or content type is named at once.
 *
 * @returns the URL that answered in the end
 * @throws HumanError of kind `page`: connection-refused, unknown-host, connection-reset, no-tls, unreachable,
 *   certificate, no-answer, redirect-loop, not-found, error-status, needs-login, not-html, empty-page
 */
export async function preflight(url: string, options: PreflightOptions = {}): Promise<string> {
  let current = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    // a header given for one origin is not for another
    const own = new URL(current).origin === new URL(url).origin;
    const answer = await request(current, own ? options : { ...options, headers: {}, cookies: [] });
    if (answer.status >= 300 && answer.status < 400 && answer.location !== undefined) {
      current = new URL(answer.location, current).href;
      if (!/^https?:/.test(current))
        throw fault('not-html', `${url} redirects to ${current}, which is not a page.`, 'Audit an http or https page.');
      continue;
    }
    check(answer, url, options);
    return current;
  }
  throw fault(
    'redirect-loop',
    `${url} redirects more than ${MAX_REDIRECTS} times.`,
    'Check the redirects of the server; a missing cookie or login is a usual cause.',
  );
}

function check(
  { status, type, disposition }: { status: number; type: string; disposition: string },
  url: string,
  options: PreflightOptions,
): void {
  if (status === 204 || status === 205) {
    throw fault(
      'empty-page',
      `${url} answers with status ${status}, which has no content.`,
      'Audit an address that gives a page.',
    );
  }
  if (status >= 400 && !options.ignoreStatusCode) {
    if (status === 401 || status === 407) {
      throw fault(
        'needs-login',
        `${url} asks for a user name and password (status ${status}).`,
        'Give them for this audit: --basic-auth, --header or --cookie; in the editor, UX Audit: Set Request Credentials.',
      );
    }
    if (status === 404 || status === 410) {
      throw fault(
        'not-found',
        `${url} was not found (status ${status}).`,
        'Check the path; to audit the error page itself, allow error pages (--allow-error-pages).',
      );
    }
    throw fault(
      'error-status',
      `${url} answers with an error (status ${status}).`,
      'Look at the log of the server; to audit the error page itself, allow error pages (--allow-error-pages).',
    );
  }
  if (/^attachment/i.test(disposition) || (type !== '' && !/^(text\/html|application\/xhtml\+xml)\b/i.test(type))) {
    throw fault(
      'not-html',
      `${url} gives ${/^attachment/i.test(disposition) ? 'a download' : type.split(';')[0]}, not an HTML page.`,
      'Audit the page that links to it instead.',
    );
  }
}
