import { counted } from '../text/counted';

/** `said by customers, 14 comments`; undefined of a finding that no comment stands behind. */
export function saidText({ kind, comments }: { kind: string; comments?: number | undefined }): string | undefined {
  if (comments === undefined) return kind === 'reported' ? 'said by customers' : undefined;
  return `said by customers, ${counted(comments, 'comment')}`;
}
