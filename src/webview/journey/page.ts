import type { JourneyEvents, JourneyPageState, journeyContract } from '../../protocol/journeyPage';
import { connect } from '../shared/host';

export const { host, on } = connect<typeof journeyContract, JourneyEvents>();

/** What the page shows. */
export const shown: { state: JourneyPageState | undefined } = { state: undefined };
