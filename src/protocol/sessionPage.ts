import * as z from 'zod/mini';
import type { Doing } from '../core/journey/moderation';
import type { SessionView } from '../core/journey/sessionView';
import { bareRequest, request } from './contract';
import { text } from './fields';

/** The notes about one step of the journey, of all sessions on this machine. */
export interface NotesOfStep {
  /** Null: after the last step. */
  step: string | null;
  notes: { key: string; participant: string; text: string; hasPicture: boolean }[];
  /** For how many participants there is a note, and how many reached the step. */
  people: number;
  of: number;
}

/** The state of the page of a task session. */
export interface SessionPageState {
  /** The journey. */
  title: string;
  view: SessionView;
  /** What became of the session, once it is over. */
  outcome: string | null;
  /** What went wrong; the attempt was kept as far as it came. */
  fault: string | null;
  /** How many attempts there are on this machine, of any journey. */
  attempts: number;
  notes: NotesOfStep[];
}

const doing = z.enum([
  ...(['start', 'done', 'gave up', 'error', 'assist', 'pause', 'resume', 'undo', 'skip', 'unknown'] as const),
] satisfies Exclude<Doing, 'note'>[]);

/** The requests of the page. `ready` comes first. */
export const sessionContract = {
  ready: bareRequest.answering<SessionPageState>(),
  act: request({ doing }).answering<SessionPageState>(),
  note: request({ text: text(2_000) }).answering<SessionPageState>(),
  /** Ends the session at once; the attempt is kept as far as it came. */
  end: bareRequest,
  /** Begins the session of the next participant. */
  next: bareRequest,
  importFigures: bareRequest,
  /** Makes one finding of notes that say the same. Answers its id. */
  makeFinding: request({
    keys: z.array(text(20)).check(z.minLength(1), z.maxLength(500)),
    title: text(200),
    severity: z.nullable(z.int().check(z.gte(0), z.lte(4))),
  }).answering<{ id: string; people: number; of: number; pictures: string[] }>(),
  showFinding: request({ id: text(300) }),
};

/** The events that the host sends to the page. */
export interface SessionEvents {
  state: SessionPageState;
}
