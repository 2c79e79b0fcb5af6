import * as z from 'zod/mini';
import { usageError } from '../errors';

/** The version of the layout of `proposals.json`. */
const PROPOSALS_VERSION = 1;
/** The most proposals of each kind that wait for a person. */
export const MAX_PROPOSALS = 100;

const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
/** Which agent proposed it, as it calls itself. */
const by = z.optional(z.string());

/** A problem that an agent thinks it has found. */
export const proposedFindingSchema = z.looseObject({
  target: z.string(),
  title: z.string(),
  note: z.string(),
  recommendation: z.optional(z.string()),
  /** A CSS selector. */
  selector: z.optional(z.string()),
  /** A checklist and its item, such as `nielsen-10/H01`. */
  item: z.optional(z.string()),
  on: date,
  by,
});
export type ProposedFinding = z.infer<typeof proposedFindingSchema>;

const position = z.object({ line: z.int().check(z.gte(1)), column: z.int().check(z.gte(1)) });

/** A change of a source file that an agent thinks mends something. */
export const proposedFixSchema = z.looseObject({
  /** Relative to the workspace, with / */
  file: z.string(),
  /** Lines and columns from 1, columns in UTF-16 units; the end is not part of the range. */
  start: position,
  end: position,
  /** What stood in the range. */
  before: z.string(),
  replacement: z.string(),
  why: z.string(),
  /** The id of the finding that it mends. */
  finding: z.optional(z.string()),
  on: date,
  by,
});
export type ProposedFix = z.infer<typeof proposedFixSchema>;

/** What agents propose and nobody has decided about. No part of the record. */
export const proposalsSchema = z.looseObject({
  schemaVersion: z.int(),
  findings: z._default(z.record(z.string(), proposedFindingSchema), {}),
  fixes: z._default(z.record(z.string(), proposedFixSchema), {}),
});
export type Proposals = z.infer<typeof proposalsSchema>;

export function emptyProposals(): Proposals {
  return { schemaVersion: PROPOSALS_VERSION, findings: {}, fixes: {} };
}

/** Proposals with one more. @throws HumanError `proposals-full` */
export function withProposal<Kind extends 'findings' | 'fixes'>(
  proposals: Proposals,
  kind: Kind,
  id: string,
  proposal: Proposals[Kind][string],
): Proposals {
  if (Object.keys(proposals[kind]).length < MAX_PROPOSALS) {
    return { ...proposals, [kind]: { ...proposals[kind], [id]: proposal } };
  }
  const what = `${MAX_PROPOSALS} proposals wait already for a person to decide.`;
  throw usageError('proposals-full', what, 'A person looks at them with: ux-audit findings proposed');
}

/** Proposals without some. @throws HumanError `proposal-unknown` */
export function withoutProposals(proposals: Proposals, ids: readonly string[]): Proposals {
  const unknown = ids.find((id) => !Object.hasOwn(proposals.findings, id) && !Object.hasOwn(proposals.fixes, id));
  if (unknown !== undefined) {
    const next = 'List them: ux-audit findings proposed';
    throw usageError('proposal-unknown', `There is no proposal "${unknown}".`, next);
  }
  const left = <T>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).filter(([id]) => !ids.includes(id)));
  return { ...proposals, findings: left(proposals.findings), fixes: left(proposals.fixes) };
}

/** Proposals after a target got another name. The same object when none is about it. */
export function renamedProposals(proposals: Proposals, from: string, to: string): Proposals {
  if (Object.values(proposals.findings).every(({ target }) => target !== from)) return proposals;
  const findings = Object.entries(proposals.findings).map(([id, finding]) =>
    finding.target === from ? [id, { ...finding, target: to }] : [id, finding],
  );
  return { ...proposals, findings: Object.fromEntries(findings) };
}
