import { describe, expect, it } from 'vitest';
import { answerError, networkError } from '../../../src/engine/servers/pageAnswer';

describe('the reason of a browser', () => {
  it.each([
    ['ERR_CONNECTION_REFUSED', 'connection-refused'],
    ['ERR_NAME_NOT_RESOLVED', 'unknown-host'],
    ['ERR_SSL_CLIENT_AUTH_CERT_NEEDED', 'client-certificate'],
    ['ERR_BAD_SSL_CLIENT_AUTH_CERT', 'client-certificate'],
    ['ERR_CERT_AUTHORITY_INVALID', 'certificate'],
    ['ERR_CERT_DATE_INVALID', 'certificate'],
    ['ERR_SSL_PROTOCOL_ERROR', 'no-tls'],
    ['ERR_CONNECTION_RESET', 'connection-reset'],
    ['ERR_EMPTY_RESPONSE', 'connection-reset'],
    ['ERR_RESPONSE_HEADERS_TOO_BIG', 'headers-too-large'],
    ['ERR_UNSAFE_PORT', 'unsafe-port'],
    ['ERR_TOO_MANY_REDIRECTS', 'redirect-loop'],
    ['ERR_UNSAFE_REDIRECT', 'redirect-invalid'],
    ['ERR_PROXY_CONNECTION_FAILED', 'proxy'],
    ['ERR_TUNNEL_CONNECTION_FAILED', 'proxy'],
    ['ERR_CONNECTION_TIMED_OUT', 'unreachable'],
    ['ERR_ADDRESS_UNREACHABLE', 'unreachable'],
    ['ERR_HTTP2_PROTOCOL_ERROR', 'not-http'],
    ['ERR_SOMETHING_NEW', 'document-failed'],
  ])('%s is told as %s, with what to do', (netError, code) => {
    const error = networkError(netError, 'https://shop.example:8443/x');
    expect(error).toMatchObject({ kind: 'page', code, message: expect.stringContaining('shop.example') });
    expect(error.next).toMatch(/\.$/);
  });

  it('says why a certificate is not trusted', () => {
    const of = (netError: string) => networkError(netError, 'https://shop.example/').message;
    expect(of('ERR_CERT_DATE_INVALID')).toContain('expired');
    expect(of('ERR_CERT_COMMON_NAME_INVALID')).toContain('another host name');
  });
});

describe('an answer', () => {
  const of = (status: number, headers = {}, ignoreStatusCode = false) =>
    answerError({ status, headers }, { url: 'https://shop.example/', ignoreStatusCode })?.code;
  it.each([
    [200, {}, undefined],
    [200, { 'content-type': 'application/xhtml+xml; charset=utf-8' }, undefined],
    [200, { 'content-type': 'application/json' }, 'not-html'],
    [200, { 'content-type': 'text/html', 'content-disposition': 'attachment; filename=a.html' }, 'not-html'],
    [200, { 'content-security-policy': "default-src 'self'; sandbox allow-forms" }, 'scripts-forbidden'],
    [200, { 'content-security-policy': 'sandbox allow-forms allow-scripts' }, undefined],
    [204, {}, 'empty-page'],
    [302, { location: '' }, 'redirect-invalid'],
    [401, {}, 'needs-login'],
    [404, {}, 'not-found'],
    [402, {}, 'error-status'],
  ])('with status %i and %o gives %s', (status, headers, code) => {
    expect(of(status, headers)).toBe(code);
  });

  it('may be an error page when that is asked for', () => {
    expect(of(404, {}, true)).toBeUndefined();
  });
});
