import * as z from 'zod/mini';
import type { Finding } from '../core/record/record';
import { bareRequest, request } from './contract';
import { imageUrl, link, text } from './fields';

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
  /** Addresses the page may load its attachments from, by their path in the record. */
  attachments: Record<string, string>;
  stale: string | null;
}

const place = request({ occurrence: z.nullable(text(40)) });

/** What the page of a finding may ask for. */
export const findingContract = {
  ready: bareRequest.answering<FindingPageState>(),
  history: bareRequest.answering<FindingEvent[]>(),
  triage: request({ action: z.enum(triageChoices) }),
  showOnPage: place,
  attachScreenshot: place,
  attachFile: bareRequest,
  pasteImage: request({ data: imageUrl }),
  openRecord: bareRequest,
  openLink: request({ url: link }),
};

/** What its host tells the page unasked. */
export interface FindingEvents {
  state: FindingPageState;
}
