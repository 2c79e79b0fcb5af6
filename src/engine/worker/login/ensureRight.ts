import type { BrowserContext } from 'puppeteer-core';
import { askedSelectors, judgeProof, type Proof, signedOutError, whySignedOut } from '../../../core/audit/proof';
import { HumanError } from '../../../core/errors';
import { sentTo } from '../../../protocol/opened';
import type { AuditOptions, Sent } from '../../../protocol/workerMessages';
import { look, type Witness } from './prove';

type Request = Pick<AuditOptions, 'url' | 'expects' | 'ignoredParameters'>;

/**
 * Ensures that a run measured the page that was meant: by what it showed when its load had been recorded, and by what
 * it shows once it has been examined, since a page may turn into another meanwhile. At the end it looks whether the
 * browser is still signed in.
 * @param witness of the measured page, which may go elsewhere now
 * @param seen what the page showed when its load had been recorded
 * @param isLast whether no other run of the set follows
 * @throws HumanError `signed-out`, `another-page`, `consent-wall`, `not-proven`
 */
export async function ensureRight(
  { url, expects = {}, ignoredParameters }: Request,
  witness: Witness,
  seen: Proof | undefined,
  isLast: boolean,
): Promise<void> {
  const { login } = expects;
  if (!seen) {
    if (login || expects.is) throw notProven(url);
    return;
  }
  const selectors = askedSelectors(expects);
  const later = login || expects.is ? await witness.tell(selectors) : undefined;
  for (const proof of [seen, later]) {
    if (!proof || !/^https?:/.test(proof.url)) continue;
    const wrong = judgeProof(proof, expects, url, ignoredParameters);
    if (wrong) throw wrong;
  }
  const { check } = login ?? {};
  if (!login || !check || !(isLast || seen.password || seen.url !== url)) return;
  const why = whySignedOut(await witness.tellOf(check.url, selectors), check);
  if (why !== undefined) throw signedOutError(login.name, check.url, why);
}

/**
 * As {@link ensureRight}, of a page that nothing measures; a page of its own shows whether the browser is signed in.
 * @returns what the page showed; undefined when it did not say, and nobody has to know
 * @throws HumanError as {@link ensureRight}
 */
export async function ensureRightAside(
  context: BrowserContext,
  request: Request & Sent,
  witness: Witness,
): Promise<Proof | undefined> {
  const { url, expects = {}, ignoredParameters } = request;
  const { is, login } = expects;
  const selectors = askedSelectors(expects);
  const proof = await witness.tell(selectors);
  if (!proof) {
    if (is || login) throw notProven(url);
    return undefined;
  }
  const wrong = /^https?:/.test(proof.url) ? judgeProof(proof, expects, url, ignoredParameters) : undefined;
  if (wrong) throw wrong;
  if (!login?.check) return proof;
  const sent = sentTo(login.check.url, url, request);
  const seen = await look(context, { type: 'look', id: 0, ...sent, url: login.check.url, selectors });
  const why = whySignedOut(seen, login.check);
  if (why !== undefined) throw signedOutError(login.name, login.check.url, why);
  return proof;
}

function notProven(url: string): HumanError {
  return new HumanError('page', 'not-proven', {
    what: `${url} did not say what it shows, so nobody knows whether it is the right page. Nothing was measured.`,
    next: 'Open it in a browser: a script that does not end is the usual cause.',
  });
}
