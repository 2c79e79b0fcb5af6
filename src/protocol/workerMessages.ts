import type { RunSet } from '../core/audit/measurement';
import type { ErrorText } from '../core/errors';

/** What the worker needs to know before its first audit. */
export interface WorkerStart {
  type: 'start';
  browser: { path: string; sandbox: boolean };
  /** A folder of this worker's own; its parent removes it afterwards, however the worker ends. */
  temporaryFolder: string;
}

export interface AuditOptions {
  url: string;
  formFactor: 'mobile' | 'desktop';
  /** Runs that count; a disturbed one may be repeated. */
  runs: number;
  /** Lighthouse category ids; all when left out. */
  categories?: string[] | undefined;
  /** A person's own Lighthouse config file. */
  configPath?: string | undefined;
  /** Sent with every request of the page. */
  headers?: Record<string, string>;
  cookies?: { name: string; value: string }[];
  ignoreCertificateErrors?: boolean | undefined;
  /** Audit a page that answers with an error status. */
  ignoreStatusCode?: boolean | undefined;
}

export interface AuditRequest extends AuditOptions {
  type: 'audit';
  id: number;
  /** Another audit follows at once: launch its browser while the last run is analysed. */
  anotherFollows: boolean;
}

/** Turns a whole report (JSON) into Lighthouse's own HTML report. */
export interface RenderRequest {
  type: 'render';
  id: number;
  report: string;
  html: string;
}

export interface ScreenshotOptions
  extends Pick<AuditOptions, 'url' | 'formFactor' | 'headers' | 'cookies' | 'ignoreCertificateErrors'> {
  /** The element to show; the top of the page when left out. */
  selector?: string;
  /** Further elements to paint over, besides password, card, e-mail and phone inputs. */
  mask: string[];
  /**
   * `element` crops to it with a margin, `viewport` shows the screen with the element outlined, `map` shows the page
   * from its top and writes the places of its elements beside the screenshot (`.json`, {@link PlacedElements}).
   */
  frame: 'element' | 'viewport' | 'map';
}

/** An element on a screenshot of a page, in its pixels. */
export interface PlacedElement {
  selector: string;
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What stands beside a screenshot of frame `map`: its size in CSS pixels and the elements on it. */
export interface PlacedElements {
  width: number;
  height: number;
  elements: PlacedElement[];
}

/** Takes a screenshot of a page, masked in the page before the shot. */
export interface ScreenshotRequest extends ScreenshotOptions {
  type: 'screenshot';
  id: number;
  /** Where to write it, without ending: `.png`, or `.jpg` when the PNG would be too large. */
  file: string;
}

export type ToWorker = WorkerStart | AuditRequest | RenderRequest | ScreenshotRequest;

/** The phases of one run, each with a deadline of its own (engine/auditEngine.ts). */
export const phases = ['launch', 'prepare', 'load', 'gather', 'analyse'] as const;
export type Phase = (typeof phases)[number];

export type FromWorker =
  | { type: 'phase'; id: number; phase: Phase; run: number; runs: number; repeated: boolean }
  | { type: 'notice'; message: string }
  /** A browser was started or has ended: whoever ends the worker by force ends its browsers too. */
  | { type: 'browser'; pid: number; running: boolean }
  | { type: 'audited'; id: number; set: RunSet; reports: string[] }
  | { type: 'rendered'; id: number }
  | { type: 'screenshotTaken'; id: number; file: string }
  | { type: 'failed'; id: number; error: ErrorText };
