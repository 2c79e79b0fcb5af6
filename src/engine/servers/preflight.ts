import http from 'node:http';
import https from 'node:https';
import { cancelled, HumanError } from '../../core/errors';
import { isLoopback } from '../../core/record/targets';

export interface PreflightOptions {
  headers?: Record<string, string>;
  cookies?: { name: string; value: string }[];
  ignoreCertificateErrors?: boolean;
  /** Accept a page that answers with an error status. */
  ignoreStatusCode?: boolean;
  /** How long the server may take to send headers; a dev server may compile first. Milliseconds. */
  timeout?: number;
  signal?: AbortSignal;
}

const DEFAULT_TIMEOUT = 60_000;
const MAX_REDIRECTS = 20; // as browsers do

const certificateErrors: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is signed by an authority this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is not known to this machine',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not known to this machine',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another host name',
};

function pageError(code: string, what: string, next: string, cause?: unknown): HumanError {
  return new HumanError('page', code, { what, next }, { cause });
}

/** The error for a person, by the code of Node's network error. */
function networkError(error: NodeJS.ErrnoException, url: string): HumanError {
  const { host, hostname } = new URL(url);
  const certificate = certificateErrors[error.code ?? ''];
  if (certificate !== undefined) {
    return pageError(
      'certificate',
      `The certificate of ${host} is not trusted: ${certificate}.`,
      'Use a trusted certificate; for local development allow invalid certificates for this audit ' +
        '(--ignore-certificate-errors, setting uxAudit.ignoreCertificateErrors).',
      error,
    );
  }
  const start = `${isLoopback(hostname) ? 'Start the server' : 'Check the address and the server'}, then try again.`;
  const [code, what, next] = meaningOf(error, url, { host, hostname, start });
  return pageError(code, what, next, error);
}

function meaningOf(
  { code, message }: NodeJS.ErrnoException,
  url: string,
  { host, hostname, start }: { host: string; hostname: string; start: string },
): [code: string, what: string, next: string] {
  switch (code) {
    case 'ECONNREFUSED':
      return ['connection-refused', `Nothing answers at ${host}: the connection was refused.`, start];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return ['unknown-host', `The host ${hostname} is not known.`, 'Check the address and the network connection.'];
    case 'ECONNRESET':
    case 'EPIPE': {
      const next = 'Check the server; if it speaks https, use https:// in the address (and the other way round).';
      return ['connection-reset', `${host} broke off the connection.`, next];
    }
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER': {
      const next = 'Use http:// in the address, or switch https on in the server.';
      return ['no-tls', `${host} does not answer https.`, next];
    }
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return ['unreachable', `${host} cannot be reached.`, 'Check the network connection.'];
    default:
      return ['request-failed', `${url} could not be requested: ${message}`, start];
  }
}

/** The head of an answer. */
interface Answer {
  status: number;
  location: string | undefined;
  type: string;
  disposition: string;
}

function request(url: string, options: PreflightOptions): Promise<Answer> {
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
        response.destroy(); // only the headers are needed
        const { location, 'content-type': type = '', 'content-disposition': disposition = '' } = response.headers;
        resolve({ status: response.statusCode ?? 0, location, type, disposition });
      },
    );
    let isConnected = false;
    sent.once('socket', (socket) => socket.once('connect', () => (isConnected = true)));
    const timer = setTimeout(() => {
      sent.destroy();
      const within = `within ${Math.round(timeout / 1000)} s`;
      const accepted = `${origin} accepted the connection but did not answer ${within}.`;
      const unreachable = `${origin} cannot be reached: it did not take the connection ${within}.`;
      reject(
        isConnected
          ? pageError('no-answer', accepted, 'Look at what the server is doing; restart it if it hangs.')
          : pageError('unreachable', unreachable, 'Check the address, the network connection, and any firewall.'),
      );
    }, timeout);
    sent.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(options.signal?.aborted ? cancelled() : networkError(error, url));
    });
    sent.end();
  });
}

/**
 * Requests the page once before a browser starts, so that an error of the network, certificate, status or content type
 * shows at once.
 *
 * @returns the URL after redirects
 * @throws HumanError of kind `page`: connection-refused, unknown-host, connection-reset, no-tls, unreachable,
 *   certificate, no-answer, redirect-loop, not-found, error-status, needs-login, not-html, empty-page
 */
export async function preflight(url: string, options: PreflightOptions = {}): Promise<string> {
  let current = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    // a header for one origin must not go to another
    const own = new URL(current).origin === new URL(url).origin;
    const answer = await request(current, own ? options : { ...options, headers: {}, cookies: [] });
    if (answer.status < 300 || answer.status >= 400 || answer.location === undefined) {
      check(answer, url, options);
      return current;
    }
    current = new URL(answer.location, current).href;
    if (!/^https?:/.test(current)) {
      throw pageError(
        'not-html',
        `${url} redirects to ${current}, which is not a page.`,
        'Audit an http or https page.',
      );
    }
  }
  throw pageError(
    'redirect-loop',
    `${url} redirects more than ${MAX_REDIRECTS} times.`,
    'Check the redirects of the server; a missing cookie or login is a usual cause.',
  );
}

function check({ status, type, disposition }: Answer, url: string, { ignoreStatusCode }: PreflightOptions): void {
  if (status === 204 || status === 205) {
    const what = `${url} answers with status ${status}, which has no content.`;
    throw pageError('empty-page', what, 'Audit an address that gives a page.');
  }
  if (status >= 400 && !ignoreStatusCode) throw statusError(status, url);
  const isDownload = /^attachment/i.test(disposition);
  if (isDownload || (type !== '' && !/^(text\/html|application\/xhtml\+xml)\b/i.test(type))) {
    const what = `${url} gives ${isDownload ? 'a download' : type.split(';')[0]}, not an HTML page.`;
    throw pageError('not-html', what, 'Audit the page that links to it instead.');
  }
}

function statusError(status: number, url: string): HumanError {
  const allowing = 'to audit the error page itself, allow error pages (--allow-error-pages).';
  if (status === 401 || status === 407) {
    return pageError(
      'needs-login',
      `${url} asks for a user name and password (status ${status}).`,
      'Give them for this audit: --basic-auth, --header or --cookie; in the editor, UX Audit: Set Request Credentials.',
    );
  }
  if (status === 404 || status === 410) {
    return pageError('not-found', `${url} was not found (status ${status}).`, `Check the path; ${allowing}`);
  }
  const what = `${url} answers with an error (status ${status}).`;
  return pageError('error-status', what, `Look at the log of the server; ${allowing}`);
}
