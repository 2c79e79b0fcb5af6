import * as z from 'zod/mini';
import type { Finding } from '../core/record/record';
import { bareRequest, request } from './contract';
import { imageUrl, link, text } from './fields';

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

export interface FindingPageState {
  /** `null` when the finding is no longer in the record. */
  finding: Finding | null;
  id: string;
  /** Why it matters and what to do, from Lighthouse's documentation; Markdown with links. */
  explanation: string;
  /** Acronyms of the load metrics that a fix would improve. */
  metrics: string[];
  /** Of a metric: its newest values on this machine, with the limit. */
  measured: string[];
  /** The address to open for "show on page", if one is known. */
  url: string | null;
  /** The addresses of attachments, by their path in the record. */
  attachments: Record<string, string>;
  stale: string | null;
}

const place = request({ occurrence: z.nullable(text(40)) });

/** The requests of a finding's page. */
export const findingContract = {
  ready: bareRequest.answering<FindingPageState>(),
  history: bareRequest.answering<FindingEvent[]>(),
  triage: request({ action: z.enum(triageChoices) }),
  showOnPage: place,
  attachScreenshot: place,
  attachFile: bareRequest,
  pasteImage: request({ data: imageUrl }),
  openInRecord: bareRequest,
  openLink: request({ url: link }),
};

/** The events that the host sends to the page. */
export interface FindingEvents {
  state: FindingPageState;
}
