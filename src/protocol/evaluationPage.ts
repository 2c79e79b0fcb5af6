import * as z from 'zod/mini';
import type { ChecklistItem } from '../core/checklist/checklist';
import type { JointView } from '../core/evaluation/jointView';
import type { ProblemChange } from '../core/evaluation/problems';
import type { Answer, Finding } from '../core/record/record';
import { pictureUrl } from './findingPage';
import type { PlacedElements } from './workerMessages';

/** What the page of an evaluation may ask. Columns are named by their index in the state. */
export type EvaluationRequests = {
  ready: { params: null; result: EvaluationPageState };
  /** Changes of one answer; what was typed arrives letter by letter and is written a moment later. */
  answer: { params: { column: number; item: string; change: AnswerChangeText }; result: null };
  /**
   * Begins a problem with all that is known of it, or changes fields of it; the page gives a new one its id, so that no
   * letter typed waits for an answer.
   */
  saveProblem: { params: { column: number; item: string; id: string; problem: ProblemChange }; result: null };
  /** Names a recorded problem in an answer too: found again. */
  linkProblem: { params: { column: number; item: string; id: string }; result: null };
  removeProblem: { params: { column: number; item: string; id: string }; result: null };
  rate: { params: { id: string; rating: RatingText | null }; result: null };
  mergeProblems: { params: { keep: string; drop: string }; result: null };
  consensus: { params: { id: string; severity: number | null; note: string }; result: null };
  submit: { params: { columns: number[] }; result: { submitted: boolean } };
  withdraw: { params: { column: number }; result: null };
  newRound: { params: { column: number }; result: null };
  bringToVersion: { params: { column: number }; result: null };
  /** What machines found for the items of a column's checklist, by check. */
  machine: { params: { column: number }; result: Record<string, MachineResult> };
  /** Whether an evaluation is stale, by its id. */
  freshness: { params: { evaluation: string }; result: { state: string; why: string } };
  showPage: { params: { column: number; beside: boolean }; result: null };
  /** A picture of the page with the places of its elements, to pick one from. */
  map: { params: { column: number; formFactor: 'mobile' | 'desktop' }; result: PageMap };
  attachPicture: { params: { id: string; column: number; formFactor: 'mobile' | 'desktop' }; result: null };
  attachFile: { params: { id: string }; result: null };
  pasteImage: { params: { id: string; data: string }; result: null };
  removeEvidence: { params: { id: string; file: string }; result: null };
  openFinding: { params: { id: string }; result: null };
  openLink: { params: { url: string }; result: null };
  share: { params: null; result: null };
  exportEvaluation: { params: null; result: null };
};

export interface AnswerChangeText {
  verdict?: 'pass' | 'fail' | 'n/a' | 'unsure' | null | undefined;
  note?: string | null | undefined;
  friction?: number | null | undefined;
}

export interface RatingText {
  severity: number;
  frequency?: number | undefined;
  impact?: number | undefined;
  persistence?: number | undefined;
}

/** What a machine check said on this machine's newest audit of the page, or of the record. */
export interface MachineResult {
  state: 'failed' | 'passed' | 'not applicable' | 'not audited';
  title: string;
  /** The finding to open. */
  finding?: string;
  /** Day and form factor of the audit it comes from. */
  when?: string;
}

export interface PageMap extends PlacedElements {
  /** A data URL. */
  picture: string;
  /** The size of the emulated screen, such as `412x823`. */
  viewport: string;
}

/** One page or step under evaluation. */
export interface ColumnState {
  target: string;
  step?: string;
  /** The evaluation it belongs to. */
  evaluation: string;
  round: number;
  status: 'draft' | 'submitted';
  /** Version of the checklist that the evaluation names. */
  version: number;
  /** Items that are asked at that version. */
  asked: string[];
  url: string | null;
  /** Another text once what machines say of the target may have changed. */
  audited: string;
  answers: Record<string, Answer>;
  /** Of the round before, to compare with. */
  previous: Record<string, Answer>;
  previousOn: string | null;
  /** Who else evaluates this target with this checklist, and how far; what they say stays out of sight. */
  others: { handle: string; status: string }[];
}

export interface EvaluationPageState {
  me: string;
  checklist: {
    id: string;
    version: number;
    title: string;
    description: string;
    licence: string;
    items: ChecklistItem[];
  };
  /** Why the checklist's texts cannot be shown; then items are known by their ids alone. */
  checklistFault: string | null;
  columns: ColumnState[];
  /** Findings that answers of the columns name, now or in the round before, or that are to be rated. */
  problems: Record<string, Finding>;
  /** Ids of problems to rate: of all submitted evaluations, once the own one is submitted. */
  toRate: string[];
  /** By target, of each the newest round first. */
  joint: JointView[];
  /** Why there is no joint view yet. */
  jointHidden: string | null;
  pictures: Record<string, string>;
  stale: string | null;
  view: EvaluationView;
}

export const evaluationViews = ['form', 'overview', 'rate', 'together'] as const;
export type EvaluationView = (typeof evaluationViews)[number];

const column = z.int().check(z.gte(0), z.lte(10_000));
const item = z.string().check(z.maxLength(200));
const id = z.string().check(z.maxLength(400));
const scale = z.int().check(z.gte(0), z.lte(4));
const words = (most: number) => z.string().check(z.maxLength(most));
const formFactor = z.enum(['mobile', 'desktop']);
const rating = z.object({
  severity: scale,
  frequency: z.optional(scale),
  impact: z.optional(scale),
  persistence: z.optional(scale),
});
/** What one text field may hold. Characters. */
const LONG = 20_000;
const problem = z.object({
  title: z.optional(words(500)),
  note: z.optional(words(LONG)),
  recommendation: z.optional(words(LONG)),
  where: z.optional(
    z.object({
      element: z.optional(words(500)),
      selector: z.optional(words(2_000)),
      when: z.optional(words(500)),
      viewport: z.optional(words(40)),
      from: z.optional(words(200)),
      to: z.optional(words(200)),
    }),
  ),
  alsoBreaks: z.optional(z.array(words(100)).check(z.maxLength(200))),
  stage: z.optional(words(40)),
  rating: z.optional(rating),
});

export const evaluationRequestSchemas = {
  ready: z.null(),
  answer: z.object({
    column,
    item,
    change: z.object({
      verdict: z.optional(z.nullable(z.enum(['pass', 'fail', 'n/a', 'unsure']))),
      note: z.optional(z.nullable(words(LONG))),
      friction: z.optional(z.nullable(z.int().check(z.gte(1), z.lte(3)))),
    }),
  }),
  saveProblem: z.object({ column, item, id, problem }),
  linkProblem: z.object({ column, item, id }),
  removeProblem: z.object({ column, item, id }),
  rate: z.object({ id, rating: z.nullable(rating) }),
  mergeProblems: z.object({ keep: id, drop: id }),
  consensus: z.object({ id, severity: z.nullable(scale), note: words(1_000) }),
  submit: z.object({ columns: z.array(column).check(z.maxLength(10_000)) }),
  withdraw: z.object({ column }),
  newRound: z.object({ column }),
  bringToVersion: z.object({ column }),
  machine: z.object({ column }),
  freshness: z.object({ evaluation: id }),
  showPage: z.object({ column, beside: z.boolean() }),
  map: z.object({ column, formFactor }),
  attachPicture: z.object({ id, column, formFactor }),
  attachFile: z.object({ id }),
  pasteImage: z.object({ id, data: pictureUrl }),
  removeEvidence: z.object({ id, file: words(200) }),
  openFinding: z.object({ id }),
  openLink: z.object({ url: z.url({ protocol: /^https$/ }) }),
  share: z.null(),
  exportEvaluation: z.null(),
};
