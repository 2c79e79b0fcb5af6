import { counted } from '../text/counted';
import type { Finding } from './record';

/**
 * `said by customers, 14 comments`, `seen with 3 of 5 participants`; undefined of a finding that neither a comment nor
 * a note of a task session stands behind.
 */
export function saidText({
  kind,
  comments,
  seenWith,
}: Pick<Finding, 'kind' | 'comments' | 'seenWith'>): string | undefined {
  const said = comments === undefined ? undefined : `said by customers, ${counted(comments, 'comment')}`;
  const seen = seenWith && `seen with ${seenWith.people} of ${counted(seenWith.of, 'participant')}`;
  if (seen || said) return [seen, said].filter(Boolean).join('; ');
  return kind === 'reported' ? 'said by customers' : kind === 'observed' ? 'seen in task sessions' : undefined;
}
