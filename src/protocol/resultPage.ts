import type { ResultView } from '../core/audit/resultView';
import { bareRequest, request } from './contract';
import { id, link, text } from './fields';

/** The state of a result page. */
export interface ResultPageState {
  view: ResultView | null;
  auditing: boolean;
  /** Whether to scroll to the comparison. */
  compare: boolean;
}

const run = { runId: text(200) };

/** The requests of a result page. `ready` comes first. */
export const resultContract = {
  ready: bareRequest.answering<ResultPageState>(),
  show: request(run).answering<ResultPageState>(),
  auditAgain: bareRequest,
  openReport: request(run),
  openImpact: bareRequest,
  openInRecord: request({ id }),
  openLink: request({ url: link }),
};

/** The events that the host sends to the page. */
export interface ResultEvents {
  state: ResultPageState;
}
