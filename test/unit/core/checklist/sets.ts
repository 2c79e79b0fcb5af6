import { builtInChecklists } from '../../../../src/core/checklist/builtInChecklists';
import type { Checklist } from '../../../../src/core/checklist/checklist';

/** Nielsen's ten heuristics, as they come with UX Audit. */
export const nielsen = builtInChecklists.find(({ id }) => id === 'nielsen-10') as Checklist;
