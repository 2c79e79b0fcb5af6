import * as z from 'zod/mini';
import type { Finding } from '../core/record/record';

/** What the page of a finding may ask. */
export type FindingRequests = {
  ready: { params: null; result: FindingPageState };
  history: { params: null; result: FindingEvent[] };
  triage: { params: { action: TriageChoice }; result: null };
  showOnPage: { params: { occurrence: string | null }; result: null };
  attachPicture: { params: { occurrence: string | null }; result: null };
  attachFile: { params: null; result: null };
  pasteImage: { params: { data: string }; result: null };
  openRecord: { params: null; result: null };
  openLink: { params: { url: string }; result: null };
};

/** What a person may choose on the page; the host asks for the rest (a reason, an owner). */
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

/** One decision or observation in the history of a finding, from git; not yet committed ones have no commit. */
export interface FindingEvent {
  date: string;
  commit: string | null;
  subject: string;
  text: string;
}

export interface FindingPageState {
  /** `null` when the record no longer has it. */
  finding: Finding | null;
  id: string;
  /** Why it matters and what to do, from Lighthouse's documentation; Markdown with links. */
  explanation: string;
  /** Load metrics that Lighthouse expects to gain, by acronym. */
  metrics: string[];
  /** The address to open for "show on page", if one is known. */
  url: string | null;
  /** Pictures as addresses the page may load, by their path in the record. */
  pictures: Record<string, string>;
  stale: string | null;
}

/** A picture that a page hands over, as a data URL. */
export const pictureUrl = z
  .string()
  .check(z.regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/=]+$/), z.maxLength(8_000_000));

const occurrence = z.object({ occurrence: z.nullable(z.string().check(z.maxLength(40))) });

export const findingRequestSchemas = {
  ready: z.null(),
  history: z.null(),
  triage: z.object({ action: z.enum(triageChoices) }),
  showOnPage: occurrence,
  attachPicture: occurrence,
  attachFile: z.null(),
  pasteImage: z.object({ data: pictureUrl }),
  openRecord: z.null(),
  openLink: z.object({ url: z.url({ protocol: /^https$/ }) }),
};
