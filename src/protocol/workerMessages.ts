import type { ReportSlice } from '../core/audit/lighthouseReport';
import type { RunSet } from '../core/audit/measurement';
import type { Proof } from '../core/audit/proof';
import type { ErrorText } from '../core/errors';
import type { WalkedStep } from '../core/journey/journeyRun';
import type { Action, JourneyStep, Selector } from '../core/journey/recording';
import type { SessionEvent } from '../core/journey/sessionCount';
import type { LookRequest, SignedIn, SignInRequest } from './loginMessages';
import type { Sent, Viewport, WalkedRecording } from './opened';

export type { LookOptions, LookRequest, SignedIn, SignInOptions, SignInRequest } from './loginMessages';
export type { Sent } from './opened';

/** The settings of a worker. */
export interface WorkerStart {
  type: 'start';
  browser: { path: string; sandbox: boolean };
  /** The worker's own temporary folder. Its parent removes it, however the worker ends. */
  temporaryFolder: string;
}

export interface AuditOptions extends Sent {
  url: string;
  formFactor: 'mobile' | 'desktop';
  /** How many runs count; a disturbed one may be repeated. */
  runs: number;
  /** Lighthouse category ids; all when left out. */
  categories?: string[] | undefined;
  /** A person's own Lighthouse config file. */
  configPath?: string | undefined;
  ignoreCertificateErrors?: boolean | undefined;
  /** Whether to audit a page that answers with an error status. */
  ignoreStatusCode?: boolean | undefined;
  /** Query parameters that do not make another page. */
  ignoredParameters?: readonly string[] | undefined;
}

export interface AuditRequest extends AuditOptions {
  type: 'audit';
  id: number;
  /** Whether another audit follows at once, so that its browser starts while the last run is analysed. */
  anotherFollows: boolean;
  /** Whether the load is not measured, and other pages may be audited at the same time (worker/pagesAtRest.ts). */
  isAside?: boolean;
}

/** What a page needs to be asked for. */
export type VisitOptions = Pick<
  AuditOptions,
  'url' | 'headers' | 'cookies' | 'state' | 'ignoreCertificateErrors' | 'ignoreStatusCode'
>;

/** Opens a page to see whether it answers. */
export interface VisitRequest extends VisitOptions {
  type: 'visit';
  id: number;
  /** How long the page may take to answer. Milliseconds. */
  within: number;
}

export interface CheckOptions extends Omit<AuditOptions, 'runs' | 'categories' | 'ignoredParameters'> {
  /** Ids of Lighthouse audits. */
  audits: readonly string[];
}

/** Asks a page single Lighthouse audits, without measuring its load. */
export interface CheckRequest extends CheckOptions {
  type: 'check';
  id: number;
}

/** What a page said to single audits; without a report when none of them can be asked this way. */
export interface Checked {
  report?: ReportSlice;
  /** Audits that need the load of the page to be recorded. */
  ofLoad: string[];
  /** Audits that Lighthouse does not have. */
  unknown: string[];
}

/** Turns a whole report (JSON) into Lighthouse's own HTML report. */
export interface RenderRequest {
  type: 'render';
  id: number;
  report: string;
  html: string;
}

export interface ScreenshotOptions extends Sent, Pick<AuditOptions, 'url' | 'formFactor' | 'ignoreCertificateErrors'> {
  /** The element to show; the top of the page when left out. */
  selector?: string;
  /** Further elements to paint over, besides password, card, e-mail and phone inputs. */
  mask: string[];
  /** `element`: the element with a margin; `viewport`: the screen with the element outlined. */
  frame: 'element' | 'viewport';
}

/** An element on a page, in CSS pixels from its top left corner. */
export interface PlacedElement {
  selector: string;
  /** What it is and says, such as Button “Pay now”. */
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A part of the picture of a page, as wide as the page. CSS pixels. */
export interface Slice {
  top: number;
  height: number;
}

/** The map of a page: its size in CSS pixels, and where its elements are. */
export interface PlacedElements {
  width: number;
  height: number;
  /** The screen, in CSS pixels. */
  viewport: Viewport;
  /** Where the picture ends, of a page that is longer than any picture; else its height. */
  shownTo: number;
  elements: PlacedElement[];
  /** Elements that the map does not list any more. */
  isCut: boolean;
}

export interface MapOptions extends Sent, Pick<AuditOptions, 'url' | 'formFactor' | 'ignoreCertificateErrors'> {
  /** Elements to paint over, besides private inputs. */
  mask: string[];
  /** `load`: the page as it opens; `walk`: as a journey leaves it; `hand`: as a person leaves it in a window. */
  by: 'load' | 'walk' | 'hand';
  /** Of `walk`. */
  recording?: WalkedRecording | undefined;
  /** Of `hand`, whether a person sees the browser; true when left out. */
  isVisible?: boolean | undefined;
}

/** Takes pictures of a whole page, with the places of its elements. */
export interface MapRequest extends MapOptions {
  type: 'map';
  id: number;
  /** The folder that the pictures go to. */
  folder: string;
}

/** A map as it was taken; its pictures are files. */
export interface PageMap extends PlacedElements {
  slices: (Slice & { file: string })[];
}

/** Takes a screenshot of a page, with private inputs painted over. */
export interface ScreenshotRequest extends ScreenshotOptions {
  type: 'screenshot';
  id: number;
  /** Where to write it, without ending: `.png`, or `.jpg` when the PNG would be too large. */
  file: string;
}

export interface WalkOptions extends Sent, WalkedRecording, Pick<AuditOptions, 'ignoreCertificateErrors'> {
  /** The address at which the journey begins; credentials go to its origin. */
  url: string;
  /** Whether the page is audited by Lighthouse at the end of each step. Times are then of no account. */
  audits?: boolean | undefined;
  /** Whether is looked at what each action uses and where it leads. Times are then of no account. */
  inspects?: boolean | undefined;
}

/** Walks a journey once, in a fresh browser. */
export interface WalkRequest extends WalkOptions {
  type: 'walk';
  id: number;
}

/** What a walk saw of one action. */
export interface InspectedAction {
  /** The indexes of its step, and of the action in it. */
  place: { step: number; action: number };
  /** How many pages were loaded between it and the next action, and how often a script changed the address. */
  hard: number;
  soft: number;
  /** Selectors of the element that it used, best first. */
  selectors: Selector[];
  /** Selectors of what the pointer had to be over first. */
  hovers: Selector[][];
}

/** One walk of a journey. */
export interface Walk {
  browser: string;
  steps: WalkedStep[];
  tellsSoftNavigations: boolean;
  viewport: { width: number; height: number };
  foreignLoad: number | null;
  /** The picture of the page at the failed step. */
  picture?: string;
  /** What Lighthouse said at the end of each step, where it was asked. */
  reports: { step: string; report: ReportSlice }[];
  /** Of each action until the walk ended, where it was asked. */
  inspected?: InspectedAction[];
}

export interface RecordOptions extends Sent, Pick<AuditOptions, 'ignoreCertificateErrors'> {
  /** The address that is opened first; credentials go to its origin. */
  url: string;
  /** The name of the journey, which those of environment variables begin with. */
  journey: string;
  /** The window, in CSS pixels; the browser's own when left out. */
  viewport?: Viewport | undefined;
  /** Whether a person sees the browser; true when left out. */
  isVisible?: boolean | undefined;
}

/** Opens a browser in which a person shows a journey. It ends when they close its windows, or with {@link Stop}. */
export interface RecordRequest extends RecordOptions {
  type: 'record';
  id: number;
}

/** Ends a recording, whose result then follows. */
export interface Stop {
  type: 'stop';
  id: number;
}

/** A page that the participant of a session reads and answers. */
export interface SessionPage {
  title: string;
  paragraphs: string[];
  questions?: { field: string; text: string; scale: readonly [number, number]; ends: readonly [string, string] }[];
  buttons: { value: string; text: string }[];
}

export interface SessionOptions extends Sent, Pick<AuditOptions, 'ignoreCertificateErrors'> {
  /** The address at which the task begins; credentials go to its origin. */
  url: string;
  /** What the participant reads first; only the answer `agree` goes on. */
  consent: SessionPage;
  task: SessionPage;
  /** A window beside the task, in which a participant without a moderator says `succeeded` or `failed`. */
  desk?: SessionPage | undefined;
  questions?: SessionPage | undefined;
  /** The steps of the journey, each until what it expects is visible. */
  steps: Pick<JourneyStep, 'expect'>[];
  /** Whether a person sees the browser; true when left out. */
  isVisible?: boolean | undefined;
}

/** Opens a browser in which a participant does a task. It ends with {@link Stop} or when its windows are closed. */
export interface SessionRequest extends SessionOptions {
  type: 'session';
  id: number;
}

/** Goes on in a session: begins the task, ends it, or leaves out the questions. */
export interface Next {
  type: 'next';
  id: number;
}

/** Takes a picture of the page that the participant sees, if their task runs now. Nothing answers it. */
export interface TakePicture {
  type: 'picture';
  id: number;
  /** Where to write it, without ending. */
  file: string;
  /** CSS selectors of what is painted over, besides all fields. */
  mask: string[];
}

export interface LinksOptions extends Sent, Pick<AuditOptions, 'ignoreCertificateErrors'> {
  /** Pages of one origin. */
  urls: string[];
}

/** Opens pages in one browser and reads where they lead. */
export interface LinksRequest extends LinksOptions {
  type: 'links';
  id: number;
}

/** What a worker is asked for. */
export type WorkerRequest =
  | AuditRequest
  | CheckRequest
  | VisitRequest
  | RenderRequest
  | ScreenshotRequest
  | MapRequest
  | WalkRequest
  | LinksRequest
  | RecordRequest
  | SessionRequest
  | SignInRequest
  | LookRequest;
export type ToWorker = WorkerStart | WorkerRequest | Stop | Next | TakePicture;

/** The phases of one run, each with its own deadline (engine/engineControl.ts). */
export const phases = ['launch', 'prepare', 'load', 'gather', 'analyse'] as const;
export type Phase = (typeof phases)[number];

export type FromWorker =
  | { type: 'phase'; id: number; phase: Phase; run: number; runs: number; repeated: boolean }
  | { type: 'notice'; message: string }
  /** A browser has started or ended, so that the parent can end it after it killed the worker. */
  | { type: 'browser'; pid: number; running: boolean }
  | { type: 'audited'; id: number; set: RunSet; reports: string[] }
  | ({ type: 'checked'; id: number } & Checked)
  | { type: 'visited'; id: number }
  | { type: 'rendered'; id: number }
  | { type: 'screenshotTaken'; id: number; file: string }
  | { type: 'mapped'; id: number; map: PageMap }
  /** A walk has come to a step. */
  | { type: 'step'; id: number; step: string }
  | ({ type: 'walked'; id: number } & Walk)
  | { type: 'linked'; id: number; links: string[][]; ends: string[] }
  /** The actions of a recording from an index on, which are new or others than told before. */
  | { type: 'actions'; id: number; from: number; actions: readonly Action[] }
  | { type: 'recorded'; id: number; actions: Action[] }
  /** Something happened in a session: when, in milliseconds since 1970. */
  | { type: 'happened'; id: number; event: SessionEvent; at: number }
  /** A session has ended, with the answers by field; undefined: the participant did not agree. */
  | { type: 'sessionEnded'; id: number; answers: Record<string, number> | undefined }
  | ({ type: 'signedIn'; id: number } & SignedIn)
  | { type: 'seen'; id: number; proof: Proof }
  | { type: 'failed'; id: number; error: ErrorText };
