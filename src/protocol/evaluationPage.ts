import * as z from 'zod/mini';
import type { ChecklistItem } from '../core/checklist/checklist';
import type { Scene } from '../core/checklist/drawings/scene';
import { answerVerdicts } from '../core/evaluation/evaluation';
import type { JointView } from '../core/evaluation/jointView';
import { forFields, placeFields, textFields } from '../core/record/findingFields';
import { type Answer, type Finding, ratingFields } from '../core/record/record';
import { bareRequest, request } from './contract';
import { formFactor, id, imageUrl, link, remark, text } from './fields';
import type { PlacedElements, Slice } from './workerMessages';

/** The result of an automated check, from the newest audit on this machine or from the record. */
export interface MachineResult {
  state: 'failed' | 'passed' | 'not applicable' | 'not audited';
  title: string;
  /** Id of the finding to open. */
  finding?: string;
  /** Day and form factor of the audit. */
  when?: string;
}

/** What a picture of a page shows: the page as it opens, after its step of a journey, or as a person left it. */
export const shownStates = ['open', 'step', 'hand'] as const;
export type ShownState = (typeof shownStates)[number];

/** The pictures of a whole page, and the places of its elements. */
export interface PageMap extends PlacedElements {
  /** Each with a data URL. */
  slices: (Slice & { data: string })[];
}

/** A page or step that is evaluated. */
export interface SubjectState {
  target: string;
  step?: string;
  /** Id of its evaluation. */
  evaluation: string;
  round: number;
  status: 'draft' | 'submitted';
  /** The version of the checklist in the evaluation. */
  version: number;
  /** Ids of the items that this version asks. */
  asked: string[];
  url: string | null;
  /** The states of which a picture can be taken, the most fitting first; none of what is no page. */
  shows: ShownState[];
  /** A key that changes when results of automated checks may have changed. */
  audited: string;
  answers: Record<string, Answer>;
  /** The answers of the round before, to compare with. */
  previous: Record<string, Answer>;
  previousOn: string | null;
  /** Who else evaluates this target with this checklist, and their progress, but never their answers. */
  others: { handle: string; status: string }[];
}

export interface EvaluationPageState {
  /** Identifies the form, to reopen it after a reload of the window. */
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
  /** Why the checklist cannot be read. Then only the ids of items are known. */
  checklistError: string | null;
  subjects: SubjectState[];
  /** What people read of each target. */
  titles: Record<string, string>;
  /** The findings of the answers, of this round and the one before, and those to rate. */
  problems: Record<string, Finding>;
  /** Ids of the problems to rate: those of all submitted evaluations, once the person has submitted. */
  toRate: string[];
  /** By target; the newest round first. */
  joint: JointView[];
  /** Ids of the evaluations whose form begins at the items that failed in the round before. */
  failedFirst: string[];
  /** Why there is no joint view yet. */
  jointHidden: string | null;
  attachments: Record<string, string>;
  /** The days on which evaluations of this form were sent for review from here, by id, if unchanged since. */
  sent: Record<string, string>;
  /** Whether there is a message for the team about all of them. */
  hasMessage: boolean;
  stale: string | null;
  view: EvaluationView;
}

/** Identifies a form: what one person evaluates with one checklist in one workspace folder. */
const formSelection = z.strictObject({
  folder: text(4_000),
  targets: z.array(text(200)).check(z.minLength(1), z.maxLength(10_000)),
  checklist: text(200),
  me: text(200),
});
export type FormSelection = z.infer<typeof formSelection>;
/** The state of a form that VS Code keeps over a reload of the window. Its other fields belong to the page. */
export const keptForm = z.looseObject({ selection: formSelection });

export const evaluationViews = ['form', 'overview', 'rate', 'together'] as const;
export type EvaluationView = (typeof evaluationViews)[number];

/** Identifies a subject by evaluation and step, since its position may have changed. */
const subjectName = { evaluation: id, step: z.optional(text(200)) };
export type SubjectName = z.infer<z.ZodMiniObject<typeof subjectName>>;

const item = text(200);
const severity = ratingFields.severity;
const rating = z.strictObject(ratingFields);
/** The longest text of a field. Characters. */
const LONG = 20_000;

const answerChange = z.strictObject({
  verdict: z.optional(z.nullable(z.enum(answerVerdicts))),
  note: z.optional(z.nullable(text(LONG))),
  friction: z.optional(z.nullable(z.int().check(z.gte(1), z.lte(3)))),
});
/** A change of an answer; `null` removes a field. */
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

/** The requests of an evaluation's page. */
export const evaluationContract = {
  ready: bareRequest.answering<EvaluationPageState>(),
  /** The drawings of examples, by the words of the example. */
  drawings: bareRequest.answering<Record<string, Scene>>(),
  /** Changes one answer. Texts arrive letter by letter, and the host writes them a moment later. */
  answer: request({ ...subjectName, item, change: answerChange }),
  /**
   * Adds a problem, or changes fields of one. The page makes the id of a new problem, so that typing never waits for an
   * answer.
   */
  saveProblem: request({ ...subjectName, item, id, problem }),
  /** Links a recorded problem, found again, to an answer. */
  linkProblem: request({ ...subjectName, item, id }),
  removeProblem: request({ ...subjectName, item, id }),
  rate: request({ id, rating: z.nullable(rating) }),
  mergeProblems: request({ keep: id, drop: id }),
  consensus: request({ id, severity: z.nullable(severity), note: text(1_000) }),
  /** Adds to the discussion of a problem. The page makes the key, so that trying again adds nothing twice. */
  addRemark: request({ id, ...remark }),
  takeRemarkBack: request({ id, key: remark.key }),
  /** `unattached`: how many problems have marks on a picture that is not attached. */
  submit: request({
    evaluations: z.array(id).check(z.maxLength(10_000)),
    unattached: z.number(),
  }).answering<{ submitted: boolean }>(),
  withdraw: request({ evaluation: id }),
  newRound: request({ evaluation: id }),
  /** Whether the form of a later round begins at what failed, or keeps the order of the checklist. */
  beginAtFailed: request({ evaluation: id, isOn: z.boolean() }),
  bringToVersion: request({ evaluation: id }),
  /** The results of automated checks of a target, by check. */
  machine: subject.answering<Record<string, MachineResult>>(),
  /** Whether a target changed since an evaluation of it, by anybody. */
  freshness: request({ evaluation: id }).answering<{ state: string; why: string }>(),
  showPage: request({ ...subjectName, beside: z.boolean() }),
  /** Pictures of the whole page, with the places of its elements. */
  map: request({ ...subjectName, formFactor, shows: z.enum(shownStates) }).answering<PageMap>(),
  /** Takes the picture of a page that is open in a browser, as the person has left it. */
  takeNow: bareRequest,
  attachFile: request({ id }),
  /** @param checked whether the person has looked at it and agreed, so that nothing asks again */
  pasteImage: request({ id, data: imageUrl, checked: z.optional(z.boolean()) }),
  removeAttachment: request({ id, file: text(200) }),
  showFinding: request({ id }),
  openLink: request({ url: link }),
  share: bareRequest,
  /** Copies the message for the team about what was sent. */
  copyMessage: bareRequest,
  exportEvaluation: bareRequest,
};

/** The events that the host sends to the page. */
export interface EvaluationEvents {
  state: EvaluationPageState;
  view: EvaluationView;
}
