import * as z from 'zod/mini';
import type { ChecklistItem } from '../core/checklist/checklist';
import { answerVerdicts } from '../core/evaluation/evaluation';
import type { JointView } from '../core/evaluation/jointView';
import { forFields, placeFields, textFields } from '../core/record/findingFields';
import { type Answer, type Finding, ratingFields } from '../core/record/record';
import { bareRequest, request } from './contract';
import { formFactor, id, imageUrl, link, text } from './fields';
import type { PlacedElements } from './workerMessages';

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
  screenshot: string;
  /** The size of the emulated screen, such as `412x823`. */
  viewport: string;
}

/** One page or step under evaluation. */
export interface SubjectState {
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
  /** Which form this is, to open it again after the window was reloaded. */
  selection: FormSelection;
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
  checklistError: string | null;
  subjects: SubjectState[];
  /** Findings that answers of the subjects name, now or in the round before, or that are to be rated. */
  problems: Record<string, Finding>;
  /** Ids of problems to rate: of all submitted evaluations, once the own one is submitted. */
  toRate: string[];
  /** By target, of each the newest round first. */
  joint: JointView[];
  /** Why there is no joint view yet. */
  jointHidden: string | null;
  attachments: Record<string, string>;
  stale: string | null;
  view: EvaluationView;
}

/** Names a form: what one person evaluates with one checklist in one workspace folder. */
const formSelection = z.strictObject({
  folder: text(4_000),
  targets: z.array(text(200)).check(z.minLength(1), z.maxLength(10_000)),
  checklist: text(200),
  me: text(200),
});
export type FormSelection = z.infer<typeof formSelection>;
/** What VS Code keeps of a form over a reload of the window; what else is in it is the page's own. */
export const keptForm = z.looseObject({ selection: formSelection });

export const evaluationViews = ['form', 'overview', 'rate', 'together'] as const;
export type EvaluationView = (typeof evaluationViews)[number];

/** Names what is evaluated by the evaluation and, in a journey, the step: a position may mean another one by then. */
const subjectName = { evaluation: id, step: z.optional(text(200)) };
export type SubjectName = z.infer<z.ZodMiniObject<typeof subjectName>>;

const item = text(200);
const severity = ratingFields.severity;
const rating = z.strictObject(ratingFields);
/** What one text field may hold. Characters. */
const LONG = 20_000;

const answerChange = z.strictObject({
  verdict: z.optional(z.nullable(z.enum(answerVerdicts))),
  note: z.optional(z.nullable(text(LONG))),
  friction: z.optional(z.nullable(z.int().check(z.gte(1), z.lte(3)))),
});
/** What changes of an answer; `null` takes it away. */
export type AnswerChangeText = z.infer<typeof answerChange>;

const asked = placeFields.filter((field) => field.name !== 'step');
const problem = z.strictObject({
  title: z.optional(text(500)),
  ...forFields(textFields, () => z.optional(text(LONG))),
  where: z.optional(z.strictObject(forFields(asked, () => z.optional(text(2_000))))),
  alsoBreaks: z.optional(z.array(text(100)).check(z.maxLength(200))),
  stage: z.optional(text(40)),
  rating: z.optional(rating),
});

const subject = request(subjectName);

/** What the page of an evaluation may ask for. */
export const evaluationContract = {
  ready: bareRequest.answering<EvaluationPageState>(),
  /** Changes one answer. What is typed arrives letter by letter and is written a moment later. */
  answer: request({ ...subjectName, item, change: answerChange }),
  /**
   * Begins a problem with all that is known of it, or changes fields of it. The page gives a new problem its id, so
   * that no letter typed waits for an answer.
   */
  saveProblem: request({ ...subjectName, item, id, problem }),
  /** Names a recorded problem in an answer too: found again. */
  linkProblem: request({ ...subjectName, item, id }),
  removeProblem: request({ ...subjectName, item, id }),
  rate: request({ id, rating: z.nullable(rating) }),
  mergeProblems: request({ keep: id, drop: id }),
  consensus: request({ id, severity: z.nullable(severity), note: text(1_000) }),
  submit: request({ evaluations: z.array(id).check(z.maxLength(10_000)) }).answering<{ submitted: boolean }>(),
  withdraw: request({ evaluation: id }),
  newRound: request({ evaluation: id }),
  bringToVersion: request({ evaluation: id }),
  /** What machines found for the items of the checklist on a target, by check. */
  machine: subject.answering<Record<string, MachineResult>>(),
  /** Whether an evaluation, of anybody, is stale. */
  freshness: request({ evaluation: id }).answering<{ state: string; why: string }>(),
  showPage: request({ ...subjectName, beside: z.boolean() }),
  /** A screenshot of the page with the places of its elements, to pick one from. */
  map: request({ ...subjectName, formFactor }).answering<PageMap>(),
  attachScreenshot: request({ ...subjectName, id, formFactor }),
  attachFile: request({ id }),
  pasteImage: request({ id, data: imageUrl }),
  removeAttachment: request({ id, file: text(200) }),
  openFinding: request({ id }),
  openLink: request({ url: link }),
  share: bareRequest,
  exportEvaluation: bareRequest,
};

/** What its host tells the page unasked. */
export interface EvaluationEvents {
  state: EvaluationPageState;
  view: EvaluationView;
}
