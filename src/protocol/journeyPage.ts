import * as z from 'zod/mini';
import type { EditedStep } from '../core/journey/editSteps';
import type { JourneyView } from '../core/journey/journeyView';
import { stages } from '../core/record/stages';
import { bareRequest, request } from './contract';
import { id, text } from './fields';

/** The steps of a recording to be edited. */
export interface StepsForm {
  /** Tells whether the recording was changed since. */
  stamp: string;
  /** All actions in words, in order. */
  actions: string[];
  steps: EditedStep[];
  /** How many findings and figures name a step; they keep its old name. */
  named: Record<string, number>;
}

/** The state of the page of a journey. */
export interface JourneyPageState {
  view: JourneyView;
  /** The first finding of the worst step whose line in the workspace is known. */
  code: { id: string; step: string } | null;
  /** Of findings that are shown: those whose line is known. */
  lines: string[];
  /** Null without a recording that can be used. */
  form: StepsForm | null;
  /** Whether something is being audited or walked now. */
  isBusy: boolean;
  /** Whether the person asked to edit the steps when they opened the page. */
  edits: boolean;
}

const place = z.int().check(z.gte(0), z.lte(100_000));
const step = z.strictObject({
  name: text(500),
  stage: z.enum(['', ...stages]),
  expect: text(2_000),
  from: place,
  marker: z.optional(place),
});

/** The requests of the page. `ready` comes first. */
export const journeyContract = {
  ready: bareRequest.answering<JourneyPageState>(),
  /** Shows the figures of another source. */
  show: request({ source: text(2_000) }).answering<JourneyPageState>(),
  run: request({ audits: z.boolean() }),
  runSession: bareRequest,
  showFinding: request({ id }),
  goToCode: request({ id }),
  saveSteps: request({ stamp: text(64), steps: z.array(step).check(z.maxLength(500)) }).answering<JourneyPageState>(),
  importRecording: bareRequest,
  importFigures: bareRequest,
  showImpact: bareRequest,
};

/** The events that the host sends to the page. */
export interface JourneyEvents {
  state: JourneyPageState;
}
