import type { ResultView } from '../core/audit/resultView';
import { bareRequest, request } from './contract';
import { id, link, text } from './fields';

/** What the page of a result shows. */
export interface ResultPageState {
  view: ResultView | null;
  auditing: boolean;
  /** The person asked for the comparison: go there. */
  compare: boolean;
}

const run = { runId: text(200) };

/** What the page of a result may ask for. The page speaks first, with `ready`. */
export const resultContract = {
  ready: bareRequest.answering<ResultPageState>(),
  show: request(run).answering<ResultPageState>(),
  auditAgain: bareRequest,
  openReport: request(run),
  openImpact: bareRequest,
  openFinding: request({ id }),
  openLink: request({ url: link }),
};

/** What its host tells the page unasked. */
export interface ResultEvents {
  state: ResultPageState;
}
