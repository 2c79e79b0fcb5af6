import { HumanError } from '../../core/errors';
import { isLoopback } from '../../core/record/targets';
import type { VisitOptions } from '../../protocol/workerMessages';

/** The head of a server's last answer. */
export interface PageAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
}

function pageError(code: string, what: string, next: string): HumanError {
  return new HumanError('page', code, { what, next });
}

/** Why an answer is no page that can be audited; undefined when it is one. */
export function answerError(
  { status, headers }: PageAnswer,
  { url, ignoreStatusCode }: Pick<VisitOptions, 'url' | 'ignoreStatusCode'>,
): HumanError | undefined {
  if (status === 204 || status === 205) {
    const what = `${url} answers with status ${status}, which has no content.`;
    return pageError('empty-page', what, 'Audit an address that gives a page.');
  }
  if (status >= 300 && status < 400) {
    const what = `${url} answers with a redirect (status ${status}) to no address.`;
    return pageError('redirect-invalid', what, 'Correct the Location that the server sends.');
  }
  if (status >= 400 && !ignoreStatusCode) return statusError(status, url);
  const type = String(headers['content-type'] ?? '');
  const isDownload = /^attachment/i.test(String(headers['content-disposition'] ?? ''));
  if (isDownload || (type !== '' && !/^(text\/html|application\/xhtml\+xml)\b/i.test(type))) {
    const what = `${url} gives ${isDownload ? 'a download' : type.split(';')[0]}, not an HTML page.`;
    return pageError('not-html', what, 'Audit the page that links to it instead.');
  }
  const [, sandbox] = /(?:^|[;,])\s*sandbox\b([^;,]*)/i.exec(String(headers['content-security-policy'] ?? '')) ?? [];
  if (sandbox !== undefined && !/\ballow-scripts\b/i.test(sandbox)) {
    const what = `${url} forbids scripts by its Content-Security-Policy (sandbox); Lighthouse measures with scripts.`;
    return pageError(
      'scripts-forbidden',
      what,
      'Audit a copy of the page without that header, or allow scripts in it.',
    );
  }
  return undefined;
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

const certificate: Record<string, string> = {
  AUTHORITY_INVALID: 'it is self-signed, or its issuer is not known to this machine',
  DATE_INVALID: 'it has expired or is not valid yet',
  COMMON_NAME_INVALID: 'it is for another host name',
  REVOKED: 'it was revoked',
};

/**
 * The error for a person, by the browser's network error.
 * @param netError such as `ERR_CONNECTION_REFUSED` (net/base/net_error_list.h of Chromium)
 */
export function networkError(netError: string, url: string): HumanError {
  const { host, hostname, port } = new URL(url);
  const start = `${isLoopback(hostname) ? 'Start the server' : 'Check the address and the server'}, then try again.`;
  const check = 'Check the network connection.';
  const kinds: [RegExp, code: string, what: string, next: string][] = [
    [/^CONNECTION_REFUSED$/, 'connection-refused', `Nothing answers at ${host}: the connection was refused.`, start],
    [
      /^NAME_(NOT_RESOLVED|RESOLUTION_FAILED)$|^DNS_|^ICANN_/,
      'unknown-host',
      `The host ${hostname} is not known.`,
      'Check the address and the network connection.',
    ],
    [
      /SSL_CLIENT_AUTH/,
      'client-certificate',
      `${host} asks for a certificate of the client, which UX Audit cannot give.`,
      'Audit an address of the same build that does not ask for one, such as a preview.',
    ],
    [
      /^CERT_/,
      'certificate',
      `The certificate of ${host} is not trusted: ${certificate[netError.replace(/^ERR_CERT_/, '')] ?? netError}.`,
      'Use a trusted certificate; for local development allow invalid certificates for this audit ' +
        '(--ignore-certificate-errors, setting uxAudit.ignoreCertificateErrors).',
    ],
    [
      /^SSL_/,
      'no-tls',
      `${host} does not answer https as a browser needs it (${netError}).`,
      'Use http:// in the address, or correct https in the server.',
    ],
    [
      /^(CONNECTION_(RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED)$/,
      'connection-reset',
      `${host} broke off the connection.`,
      'Check the server; if it speaks https, use https:// in the address (and the other way round).',
    ],
    [
      /^RESPONSE_HEADERS_TOO_BIG$/,
      'headers-too-large',
      `The headers of the answer of ${host} are too large for a browser.`,
      'Look at what the server sends in them, such as cookies that grow.',
    ],
    [
      /^UNSAFE_PORT$/,
      'unsafe-port',
      `Browsers do not open ${host}: port ${port} belongs to another protocol than http.`,
      'Let the server listen on another port.',
    ],
    [
      /^TOO_MANY_REDIRECTS$/,
      'redirect-loop',
      `${url} redirects more than 20 times, also with the cookies that it sets.`,
      'Check the redirects of the server; a login that is missing is a usual cause.',
    ],
    [
      /REDIRECT|MULTIPLE_LOCATION/,
      'redirect-invalid',
      `${url} redirects to no address that a page can have.`,
      'Correct the Location that the server sends.',
    ],
    [
      /^(PROXY|TUNNEL|MANDATORY_PROXY)_/,
      'proxy',
      `The proxy of this machine does not lead to ${host} (${netError}).`,
      'Check the proxy settings of the system, or http_proxy, https_proxy and no_proxy.',
    ],
    [
      /(UNREACHABLE|TIMED_OUT|INTERNET_DISCONNECTED|NETWORK_CHANGED)$/,
      'unreachable',
      `${host} cannot be reached.`,
      check,
    ],
    [
      /^(INVALID_HTTP_RESPONSE|INVALID_RESPONSE|HTTP2_|QUIC_|CONTENT_LENGTH_MISMATCH|INVALID_CHUNKED)/,
      'not-http',
      `The answer of ${host} is not one of a web server (${netError}).`,
      'Check that the address and its port are those of the site.',
    ],
  ];
  const known = kinds.find(([pattern]) => pattern.test(netError.replace(/^ERR_/, '')));
  if (known) return pageError(known[1], known[2], known[3]);
  return pageError('document-failed', `The browser cannot load ${url} (${netError}).`, start);
}
