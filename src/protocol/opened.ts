import type { BrowserState } from '../core/audit/browserState';
import type { Expected } from '../core/audit/proof';
import type { JourneyStep } from '../core/journey/recording';

/** What is sent along with the requests of a page, and put into its browser before. */
export interface Sent {
  /** Sent with every request of the page. */
  headers?: Record<string, string>;
  cookies?: { name: string; value: string }[];
  /** What the browser keeps of somebody who is signed in. */
  state?: BrowserState;
  /** What is known of the right page. */
  expects?: Expected;
}

/** What goes along with the requests of a page, of options that may hold more. */
export function sentOf({ headers, cookies, state }: Sent): Omit<Sent, 'expects'> {
  return { ...(headers && { headers }), ...(cookies && { cookies }), ...(state && { state }) };
}

/** The same for another address: headers and cookies were given for one origin, and go to no other. */
export function sentTo(url: string, given: string, sent: Sent): Omit<Sent, 'expects'> {
  const { state, ...credentials } = sentOf(sent);
  const isSame = URL.parse(url)?.origin === URL.parse(given)?.origin;
  return { ...(isSame && credentials), ...(state && { state }) };
}

/** The size of a page's window, in CSS pixels. */
export interface Viewport {
  width: number;
  height: number;
  deviceScaleFactor?: number | undefined;
  isMobile?: boolean | undefined;
  hasTouch?: boolean | undefined;
}

/** What a machine walks. */
export interface WalkedRecording {
  /** The steps, with addresses and secrets filled in. */
  steps: JourneyStep[];
  /** The window, in CSS pixels; a usual desktop's when left out. */
  viewport?: Viewport | undefined;
  /** How long an action may take. Milliseconds. */
  within: number;
  /** Where a picture of the page at a failed step is written, without ending. */
  picture: string;
  /** Elements to paint over on it, besides private inputs. */
  mask: string[];
  /** Origins besides the first one at which secrets may be entered. */
  secretsAt?: string[] | undefined;
}
