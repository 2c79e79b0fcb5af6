import type { BrowserState } from '../core/audit/browserState';
import type { Selector } from '../core/journey/recording';
import type { Sent, WalkedRecording } from './opened';

export interface SignInOptions extends Sent {
  ignoreCertificateErrors?: boolean | undefined;
  /** Where signing in begins; credentials go to its origin. */
  url: string;
  by: 'hand' | 'recording' | 'script' | 'click';
  /** The steps of a recording, with secrets filled in. */
  recording?: WalkedRecording | undefined;
  /** The file of a script. */
  script?: string | undefined;
  /** Selectors of what is clicked, in order. */
  click?: Selector[] | undefined;
  /** Of signing in by hand, whether a person sees the browser; true when left out. */
  isVisible?: boolean | undefined;
}

/** Signs in, in a fresh browser. By hand it ends with `Stop` or when its windows are closed. */
export interface SignInRequest extends SignInOptions {
  type: 'signIn';
  id: number;
}

/** What signing in left behind. */
export interface SignedIn {
  state: BrowserState;
  /** The address of the page that was in front at the end. */
  url: string;
  /** What could not be kept, by name. */
  left: string[];
}

export interface LookOptions extends Sent {
  ignoreCertificateErrors?: boolean | undefined;
  url: string;
  /** CSS selectors, of which is asked whether they show something. */
  selectors: string[];
}

/** Opens a page and says what it shows. */
export interface LookRequest extends LookOptions {
  type: 'look';
  id: number;
}
