import * as z from 'zod/mini';
import type { ResultView } from '../core/audit/resultView';

/** What the result page may ask. The page speaks first, with `ready`. */
export type ResultRequests = {
  ready: { params: null; result: ResultPageState };
  auditAgain: { params: null; result: null };
  openReport: { params: { runId: string }; result: null };
  openImpact: { params: null; result: null };
  openFinding: { params: { id: string }; result: null };
  openLink: { params: { url: string }; result: null };
  show: { params: { runId: string }; result: ResultPageState };
};

/** The whole state; also sent as the event `state` whenever it changes. */
export interface ResultPageState {
  view: ResultView | null;
  auditing: boolean;
  /** The person asked for the comparison: go there. */
  compare: boolean;
}

/** What the host accepts; anything else from a page is refused. */
export const resultRequestSchemas = {
  ready: z.null(),
  auditAgain: z.null(),
  openReport: z.object({ runId: z.string().check(z.maxLength(200)) }),
  openImpact: z.null(),
  openFinding: z.object({ id: z.string().check(z.maxLength(500)) }),
  openLink: z.object({ url: z.url({ protocol: /^https$/ }) }),
  show: z.object({ runId: z.string().check(z.maxLength(200)) }),
};
