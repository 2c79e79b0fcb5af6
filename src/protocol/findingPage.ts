import * as z from 'zod/mini';
import type { DetailsTable, PagePicture, ReportedPlace } from '../core/audit/reportDetails';
import type { RequestTime } from '../core/audit/requests';
import type { Decision, Finding } from '../core/record/record';
import type { SourcePosition } from '../core/sources/sources';
import type { Spread } from '../core/statistics/spread';
import { bareRequest, request } from './contract';
import { id, imageUrl, link, remark, text } from './fields';

/** The actions on the page. The host asks for the rest, such as a reason or an owner. */
export const triageChoices = [
  'accept',
  'false-positive',
  'fix',
  'reopen',
  'assign',
  'severity',
  'stage',
  'note',
] as const;
export type TriageChoice = (typeof triageChoices)[number];

/** One decision or sighting in a finding's history. It has no commit until it is committed. */
export interface FindingEvent {
  date: string;
  commit: string | null;
  subject: string;
  text: string;
}

/** A place of the finding that is shown, by what the record and the newest report on this machine say of it. */
export interface ShownPlace extends ReportedPlace {
  /** Of a place that is no element. */
  url?: string;
  label?: string;
  /** How many look the same. */
  n?: number;
  /** Whether the record lists it, so that it can be decided by itself. */
  isRecorded: boolean;
  decided?: Decision;
  /** Where it is written in the workspace, as its files are now. */
  position?: SourcePosition;
  /** What a certain change of the source would do; a person sees it before it is done. */
  fix?: string;
  /** Pages of the problem that have the same place; 1 when it is on this page alone. */
  sharedBy: number;
}

/** A page that has the problem. */
export interface PageWithProblem {
  id: string;
  /** What people call the page. */
  title: string;
  places: number;
  status: string;
}

/** What is wrong, on all its pages. */
export interface ShownProblem {
  /** Short, ours. */
  title: string;
  /** 0 to 4; `null` when nobody rated it. */
  severity: number | null;
  places: number;
  /** The one to look at first comes first. */
  pages: PageWithProblem[];
  /** The decision about the rule on every page, also on later ones. */
  everywhere: Decision | null;
}

/** What the newest runs on this machine know. */
export interface ShownRun {
  id: string;
  at: string;
  environment: string;
  formFactor: string;
  runs: number;
  displayValue: string | null;
  tables: DetailsTable[];
  /** The tags of the page's file that ask for addresses of the tables, with what a certain change would do. */
  references: Record<string, { position: SourcePosition; fix?: string }>;
  /** When the requests of the tables were under way, by address. */
  times: Record<string, RequestTime>;
  /** When the load shows something, by the acronym of the metric: FCP, LCP. Milliseconds; lab, all runs. */
  paints: { metric: string; name: string; spread: Spread }[];
  /** Whether the load metrics are simulated from these loads, whose times were not slowed down. */
  isSimulated: boolean;
  picture: PagePicture | null;
}

/** What one customer wrote; untrusted. */
export interface ShownComment {
  text: string;
  date?: string;
  segment?: string;
  /** The file that it came from. */
  source: string;
}

/** The comments of a problem that customers report. Texts are read for this page alone. */
export interface ShownComments {
  /** Newest first. */
  texts: ShownComment[];
  /** How many there are on this machine; the record may count more. */
  here: number;
  /** Why the file of comments cannot be read. */
  error: string | null;
}

export interface FindingPageState {
  /** The finding of the page that is shown; `null` when it is no longer in the record. */
  finding: Finding | null;
  id: string;
  problem: ShownProblem | null;
  places: ShownPlace[];
  /** `null` of a problem that customers did not report. */
  said: ShownComments | null;
  /** The key of the place to show first. */
  place: string | null;
  run: ShownRun | null;
  /** What a certain change of the page's head would do, where the finding is about that. */
  headFix: string | null;
  /** Lighthouse's own words; Markdown with links. */
  explanation: string;
  /** Estimated savings of load metrics by their acronym. Milliseconds; CLS has no unit. */
  savings: { metric: string; value: number }[];
  /** Of a metric: its newest values on this machine, with the limit. */
  measured: string[];
  /** The address to open for "show on page", if one is known. */
  url: string | null;
  /**
   * Whether the discussion is open to the person who looks; closed while an evaluation of theirs is a draft. `null` of
   * what a machine found.
   */
  discussion: 'open' | 'closed' | null;
  /** The handle of the person who looks; null while nobody knows it. */
  me: string | null;
  /** The addresses of attachments, by their path in the record. */
  attachments: Record<string, string>;
  /** Whether its target is a journey, which has a page of its own. */
  isOfJourney: boolean;
  stale: string | null;
}

const occurrence = z.nullable(text(40));
const place = request({ occurrence });
const count = z.int().check(z.gte(0));

/** The requests of a finding's page. */
export const findingContract = {
  ready: bareRequest.answering<FindingPageState>(),
  /** Shows the same problem on another page. */
  show: request({ id }).answering<FindingPageState>(),
  /** Null where git cannot be asked. */
  history: bareRequest.answering<FindingEvent[] | null>(),
  triage: request({ action: z.enum(triageChoices), occurrence }),
  /** Adds to the discussion. The host asks for the person's handle where it is not known. */
  addRemark: request({ id, ...remark }),
  takeRemarkBack: request({ id, key: remark.key }),
  /** Opens the line of a place in an editor. */
  goToCode: request({ occurrence: text(40) }),
  /** Asks the page again, without a whole audit, whether this finding or the whole problem is mended. */
  checkAgain: request({ everywhere: z.boolean() }),
  goToReference: request({ url: text(4_000) }),
  /**
   * Opens the line that a place in a script or style of the tables is written on.
   * @param line, column as in the cell
   */
  goToLine: request({ url: text(4_000), line: count, column: count }),
  fixReference: request({ url: text(4_000) }),
  /** Shows the change that mends a place, or the page's head without one. */
  fix: place,
  showOnPage: place,
  /** Opens the page of the journey that the finding is about. */
  showJourney: bareRequest,
  attachScreenshot: place,
  attachFile: bareRequest,
  pasteImage: request({ data: imageUrl }),
  openInRecord: bareRequest,
  openReport: request({ runId: text(200) }),
  openLink: request({ url: link }),
};

/** The events that the host sends to the page. */
export interface FindingEvents {
  state: FindingPageState;
}
