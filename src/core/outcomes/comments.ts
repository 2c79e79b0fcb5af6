import * as z from 'zod/mini';
import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';
import { isMissing } from './answers';

/** The version of the layout of `answers/comments.json`. */
export const COMMENTS_VERSION = 1;

/** The longest comment that is kept. Characters. */
export const COMMENT_LENGTH = 2000;

const commentSchema = z.looseObject({
  text: z.string(),
  date: z.optional(z.string()),
  source: z.string(),
  target: z.optional(z.string()),
  segment: z.optional(z.string()),
});
/** What one customer wrote. It stays on the machine that holds it. */
export type Comment = z.infer<typeof commentSchema>;

/** The file of imported comments, and of which comment belongs to which problem. git never sees it. */
export const commentsSchema = z.looseObject({
  schemaVersion: z.int().check(z.gte(1)),
  comments: z._default(z.record(z.string(), commentSchema), {}),
  /** The finding of each grouped comment, by the comment's id; also of comments in the tables of the survey kit. */
  groups: z._default(z.record(z.string(), z.string()), {}),
});
export type Comments = z.infer<typeof commentsSchema>;

export function emptyComments(): Comments {
  return { schemaVersion: COMMENTS_VERSION, comments: {}, groups: {} };
}

/** A comment as it is kept: on one line, so that no terminal acts upon it. Empty where somebody wrote nothing. */
export function commentText(cell: string): string {
  return isMissing(cell) ? '' : shortened(inertLine(cell), COMMENT_LENGTH);
}

const names = [
  ...['comment', 'comments', 'feedback', 'verbatim', 'verbatims', 'remark', 'remarks', 'text', 'openended', 'freetext'],
  ...['review', 'message', 'kommentar', 'kommentare', 'anmerkung', 'freitext', 'rückmeldung', 'commentaire'],
  ...['commentaires', 'comentario', 'comentarios', 'comentário', 'commento', 'opmerking', 'комментарий'],
];

/** Whether a header is one of a column of comments. */
export function isCommentHeader(header: string): boolean {
  return names.includes(header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
}
