import type { Box, PagePicture } from '../core/audit/reportDetails';
import type { ResultView } from '../core/audit/resultView';
import type { SourcePosition } from '../core/sources/sources';
import { bareRequest, request } from './contract';
import { id, link, text } from './fields';

/** One of the first things to fix, with what there is to see of it. */
export interface FirstTask {
  audit: string;
  /** What was measured of the first place, or of the requests: `“Save”: 3.45 : 1, needs 4.5 : 1`. */
  sentence: string;
  /** Where its first element lies in the picture of the page. */
  box: Box | null;
  /** The key of that element, and where it is written. */
  occurrence: string | null;
  position: SourcePosition | null;
}

/** The state of a result page. */
export interface ResultPageState {
  view: ResultView | null;
  /** What people call the page. */
  title: string;
  /** Whether the runs are kept on this machine; else they are gone with this page. */
  isKept: boolean;
  /** The first of the view's tasks. */
  first: FirstTask[];
  picture: PagePicture | null;
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
  /** Asks for form factor and number of runs first. */
  auditAs: bareRequest,
  buildAndAudit: bareRequest,
  openReport: request(run),
  openImpact: bareRequest,
  showFinding: request({ id }),
  goToCode: request({ id, occurrence: text(40) }),
  openLink: request({ url: link }),
};

/** The events that the host sends to the page. */
export interface ResultEvents {
  state: ResultPageState;
}
