import { HumanError } from '../errors';
import type { Consent, ExpectedPage, LoginCheck, SignedOut } from '../record/logins';
import { addressText, normalizePath, pageAddress } from '../record/pageAddress';
import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';
import { isSamePage } from './redirect';

/** A consent wall: what asks for consent and covers most of the screen. */
export interface Wall {
  /** The tool that made it, or `a dialog`. */
  by: string;
  /** The part of the screen that it covers, 0 to 1. */
  covers: number;
}

/** What shows which page it is that was measured. All of it is the page's word. */
export interface Proof {
  url: string;
  /** The status of the server's answer; left out where there was none. */
  status?: number | undefined;
  /** The main heading, else the title; left out where there is none. */
  heading?: string | undefined;
  /** Whether a field for a password is visible. */
  password: boolean;
  /** Of the CSS selectors that were asked for, those that show something. */
  visible: string[];
  wall?: Wall | undefined;
}

/** What is known of a page before it is measured, by which the proof is judged. */
export interface Expected {
  is?: ExpectedPage | undefined;
  /** Who is signed in. */
  login?: { name: string; check?: LoginCheck | undefined } | undefined;
  /** What a person has said of its consent wall. */
  consent?: Consent | undefined;
}

/** The CSS selectors that tell whether a page is the right one. */
export function askedSelectors({ is, login }: Expected): string[] {
  const { check } = login ?? {};
  return [is?.selector, is?.not, check?.selector, check?.not].filter((selector) => selector !== undefined);
}

/** Whether an address is that of a pattern: `*` stands for anything; host and port count where the pattern has them. */
export function isAt(pattern: string, url: string, ignored?: readonly string[]): boolean {
  const { origin } = new URL(url);
  const address = pageAddress(url, ignored);
  const plain = addressText({ ...address, path: normalizePath(address.path) });
  const [, host = '', rest = ''] = /^(https?:\/\/[^/?#]*)?(.*)$/s.exec(pattern) ?? [];
  const wanted = rest.includes('*') ? rest : plainAddress(rest, ignored);
  if (host !== '' && host !== origin) return false;
  const parts = wanted.split('*').map((part) => part.replace(/[\\^$.|?+(){}[\]]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(plain);
}

function plainAddress(rest: string, ignored?: readonly string[]): string {
  const address = pageAddress(`http://localhost${rest.startsWith('/') ? '' : '/'}${rest}`, ignored);
  return addressText({ ...address, path: normalizePath(address.path) });
}

/** What of a signed-out page a proof shows; undefined for nothing. In words. */
function signOf(proof: Proof, signedOut: SignedOut): string | undefined {
  const { url, heading, status, password } = signedOut;
  if (url !== undefined && isSamePlace(url, proof.url)) return `it led to ${addressOf(proof.url)}`;
  if (heading !== undefined && heading === proof.heading) return `its main heading is “${said(heading)}”`;
  if (status !== undefined && status === proof.status) return `the server answered with status ${status}`;
  if (password === true && proof.password) return 'it asks for a password';
  return undefined;
}

/** Whether two addresses are of one page, as {@link isSamePage}; subdomains of this machine are sites of their own. */
function isSamePlace(one: string, other: string): boolean {
  const [first, second] = [one, other].map((url) => new URL(url).hostname.replace(/^www\./, ''));
  const isName = [first, second].some((host) => host?.endsWith('.localhost'));
  return (!isName || first === second) && isSamePage(one, other);
}

const addressOf = (url: string) => inertLine(`${new URL(url).origin}${new URL(url).pathname}`);
const said = (text: string) => shortened(inertLine(text), 60);

/**
 * Why the page that a login is checked with says that nobody is signed in; undefined when somebody is.
 * @param proof of the check's page
 */
export function whySignedOut(proof: Proof, check: LoginCheck): string | undefined {
  const { selector, not, signedOut = {} } = check;
  if (not !== undefined && proof.visible.includes(not)) return `${said(not)} is visible`;
  if (selector !== undefined && !proof.visible.includes(selector)) return `${said(selector)} is not visible`;
  if (proof.status !== undefined && proof.status >= 400) return `the server answered with status ${proof.status}`;
  const sign = signOf(proof, signedOut);
  if (sign !== undefined) return sign;
  return isSamePlace(check.url, proof.url) ? undefined : `it led to ${addressOf(proof.url)}`;
}

/** Why a page of a target itself is one for people who are not signed in; undefined when nothing says so. */
export function whyNotBehindLogin(proof: Proof, { not, signedOut = {} }: LoginCheck): string | undefined {
  if (not !== undefined && proof.visible.includes(not)) return `${said(not)} is visible`;
  const { password: _, ...strong } = signedOut; // a page behind a login may ask for a password too
  return signOf(proof, strong);
}

/** What tells a page from the same page when nobody is signed in; undefined for nothing. */
export function differenceOf(signedIn: Proof, signedOut: Proof): SignedOut | undefined {
  const bare = (url: string) => url.replace(/[?#].*$/s, '');
  const found: SignedOut = {
    ...(!isSamePlace(bare(signedIn.url), bare(signedOut.url)) && { url: bare(signedOut.url) }),
    ...(signedIn.heading !== signedOut.heading && signedOut.heading !== undefined && { heading: signedOut.heading }),
    ...(signedIn.status !== signedOut.status && signedOut.status !== undefined && { status: signedOut.status }),
    ...(!signedIn.password && signedOut.password && { password: true }),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}

/** The error when a state no longer signs in. @param why in words, what shows it */
export function signedOutError(login: string, url: string, why: string): HumanError {
  return new HumanError('page', 'signed-out', {
    what: `Signed out: ${addressOf(url)} is not shown to ${login} any more, since ${why}. Nothing was measured.`,
    next: `Sign in again: ux-audit login ${login}`,
  });
}

function wallError({ by, covers }: Wall, url: string, hasAnswer: boolean): HumanError {
  const share = `${Math.round(covers * 100)} %`;
  const maker = by === 'a dialog' ? 'a dialog' : inertLine(by);
  return new HumanError('page', 'consent-wall', {
    what:
      `${addressOf(url)} asks for consent (${maker}) and covers ${share} of the screen with it` +
      `${hasAnswer ? ', although the kept click was made' : ''}. Nothing was measured.`,
    next:
      'Show once what to click: ux-audit consent NAME. Or audit it as it is, as people meet it first: ' +
      'ux-audit consent NAME --keep',
  });
}

function elsewhere(code: string, url: string, why: string, next: string): HumanError {
  const what = `Another page than expected was shown at ${addressOf(url)}: ${why}. Nothing was measured.`;
  return new HumanError('page', code, { what, next });
}

/**
 * Judges the page that a run measured by its proof.
 * @param url the address that was asked for
 * @param ignored as {@link pageAddress}
 * @returns why it is another page than expected; undefined when nothing says so
 */
export function judgeProof(
  proof: Proof,
  expected: Expected,
  url: string,
  ignored?: readonly string[],
): HumanError | undefined {
  const { is, login, consent } = expected;
  const unchecked = () => {
    if (isElsewhere(url, proof.url, expected, ignored)) return `it led to ${addressOf(proof.url)}`;
    return proof.password && is === undefined ? 'it asks for a password' : undefined;
  };
  const out = login && (login.check ? whyNotBehindLogin(proof, login.check) : unchecked());
  if (login && out !== undefined) return signedOutError(login.name, url, out);
  if (proof.wall && consent?.keep !== true) return wallError(proof.wall, url, consent?.click !== undefined);
  if (!is) return undefined;
  const next = 'Look at the page. If it is right, say so: ux-audit target confirm NAME';
  if (is.url !== undefined && !isAt(is.url, proof.url, ignored))
    return elsewhere('another-page', proof.url, `its address is not ${said(is.url)}`, next);
  if (is.selector !== undefined && !proof.visible.includes(is.selector))
    return elsewhere('another-page', proof.url, `${said(is.selector)} is not visible`, next);
  if (is.not !== undefined && proof.visible.includes(is.not))
    return elsewhere('another-page', proof.url, `${said(is.not)} is visible`, next);
  return undefined;
}

/** Whether a run landed on another page than it asked for, and no person has said that this is its address. */
export function isElsewhere(url: string, finalUrl: string, expected?: Expected, ignored?: readonly string[]): boolean {
  const known = expected?.is?.url;
  return !isSamePage(url, finalUrl, ignored) && !(known !== undefined && isAt(known, finalUrl, ignored));
}

/** A sentence about a main heading that is another than confirmed; undefined when it is not. */
export function headingNote({ heading }: Pick<Proof, 'heading'>, is: ExpectedPage | undefined): string | undefined {
  if (is?.heading === undefined || is.heading === heading) return undefined;
  const now = heading === undefined ? 'The page has no main heading' : `The main heading is “${said(heading)}”`;
  return `${now}; it was “${said(is.heading)}” when the page was confirmed.`;
}
