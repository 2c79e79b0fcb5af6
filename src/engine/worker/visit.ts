import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, HTTPResponse, Page } from 'puppeteer-core';
import { HumanError } from '../../core/errors';
import type { VisitRequest } from '../../protocol/workerMessages';
import { answerError, networkError } from '../servers/pageAnswer';
import { answerDialogs } from './answerDialogs';
import { restoreState } from './login/browserState';
import { sendCredentials } from './sendCredentials';

/** The answer to the page itself, after redirects. */
function lastAnswer(page: Page): Promise<HTTPResponse> {
  return new Promise((resolve) => {
    page.on('response', (response) => {
      const request = response.request();
      if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
      const isFollowed = response.status() >= 300 && response.status() < 400 && response.headers().location;
      if (!isFollowed) resolve(response);
    });
  });
}

/** Whether the browser has a connection on which it could send the request. */
async function sendsRequest(page: Page): Promise<() => boolean> {
  let isSent = false;
  const session = await page.createCDPSession();
  session.on('Network.requestWillBeSentExtraInfo', () => (isSent = true));
  await session.send('Network.enable');
  return () => isSent;
}

/**
 * Opens a page to see whether it answers. A browser's word counts, since a browser loads it for the audit too.
 * @throws HumanError of kind `page`: connection-refused, unknown-host, connection-reset, no-tls, unreachable,
 *   certificate, client-certificate, no-answer, headers-too-large, unsafe-port, redirect-loop, redirect-invalid,
 *   proxy, not-http, document-failed, not-found, error-status, needs-login, not-html, empty-page
 */
export async function visit(browser: Browser, request: VisitRequest): Promise<void> {
  const { url, within } = request;
  const page = await browser.newPage();
  await answerDialogs(page);
  await restoreState(page, request.state);
  await sendCredentials(page, request);
  const isSent = await sendsRequest(page);
  const answer = lastAnswer(page);
  const failed = page.goto(url, { timeout: within, waitUntil: 'domcontentloaded' }).then(
    () => answer,
    (error: Error) => {
      const netError = /net::(ERR_\w+)/.exec(error.message)?.[1];
      if (netError === 'ERR_ABORTED') return orElse(answer, () => networkError(netError, url));
      if (netError !== undefined) throw networkError(netError, url);
      if (error.name === 'TimeoutError') throw noAnswer(new URL(url).origin, within, isSent());
      throw error;
    },
  );
  // a page that never ends has answered too
  const response = await Promise.race([answer, failed]);
  failed.catch(() => {});
  const error = answerError({ status: response.status(), headers: response.headers() }, request);
  if (error) throw error;
}

/** How long the answer may take to be told once the browser has dropped it. Milliseconds. */
const TOLD_WITHIN = 5_000;

/** A download and an answer without content are dropped by the browser, at times before it tells of them. */
function orElse(answer: Promise<HTTPResponse>, error: () => HumanError): Promise<HTTPResponse> {
  const never = delay(TOLD_WITHIN, undefined, { ref: false }).then(() => {
    throw error();
  });
  return Promise.race([answer, never]);
}

function noAnswer(origin: string, within: number, isConnected: boolean): HumanError {
  const time = `within ${Math.round(within / 1000)} s`;
  return isConnected
    ? new HumanError('page', 'no-answer', {
        what: `${origin} accepted the connection but did not answer ${time}.`,
        next: 'Look at what the server is doing; restart it if it hangs.',
      })
    : new HumanError('page', 'unreachable', {
        what: `${origin} cannot be reached: it did not take the connection ${time}.`,
        next: 'Check the address, the network connection, and any firewall.',
      });
}
