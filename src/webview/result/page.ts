import type { ResultEvents, ResultPageState, resultContract } from '../../protocol/resultPage';
import { ask } from '../shared/draw';
import { connect } from '../shared/host';
import { inlineMarkdown } from '../shared/markdown';

export const { host, on } = connect<typeof resultContract, ResultEvents>();

/** What the page shows. */
export const shown: { state: ResultPageState | undefined } = { state: undefined };

/** Lighthouse's texts, with links that the host opens. */
export const withLinks = (text: string) => inlineMarkdown(text, (url) => void ask(() => host.openLink({ url })));
