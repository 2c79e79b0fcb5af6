import type { SessionEvents, SessionPageState, sessionContract } from '../../protocol/sessionPage';
import { connect } from '../shared/host';

export const { host, on } = connect<typeof sessionContract, SessionEvents>();

/** What the page shows, and when that came, on the clock of the page. */
export const shown: { state: SessionPageState | undefined; at: number } = { state: undefined, at: 0 };
