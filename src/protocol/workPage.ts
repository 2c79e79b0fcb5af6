import * as z from 'zod/mini';
import type { Turn } from '../core/evaluation/work';
import { bareRequest, request } from './contract';
import { text } from './fields';

/** One thing that waits for the person, in words. */
export interface ShownTurn extends Pick<Turn, 'kind' | 'target' | 'checklist' | 'why'> {
  /** The workspace folder. */
  folder: string;
  /** What it is about: the page's title, then checklist and round. */
  title: string;
  about: string;
  /** What is left of it. */
  left: string;
  /** Who waits for it; empty when nobody does. */
  waiting: string;
  /** The button that does it. */
  action: string;
}

/** Evaluations with one checklist that are submitted. */
export interface ShownSubmitted extends Pick<ShownTurn, 'folder' | 'checklist' | 'title' | 'about'> {
  targets: string[];
}

/** Somebody whom the person waits for. */
export interface ShownWait {
  title: string;
  about: string;
  text: string;
}

/** A page or journey that can be evaluated. */
export interface ShownPage {
  folder: string;
  target: string;
  title: string;
  /** Its address, or what kind of thing it is. */
  place: string;
  /** Who has evaluated it so far. */
  about: string;
}

/** The state of the page *My work*. */
export interface WorkPageState {
  me: string;
  standing: { strong: string; rest: string };
  /** What is begun and waits for the person. */
  due: ShownTurn[];
  /** What the team does not have as it is now. */
  unsent: ShownSubmitted[];
  /** What the team has, and whether there is a message about it. */
  sent: (ShownSubmitted & { hasMessage: boolean })[];
  stale: ShownTurn[];
  /** Pages that one other person alone has evaluated. */
  joins: ShownTurn[];
  waits: ShownWait[];
  pages: ShownPage[];
  /** The errors of records that cannot be read; what stands here is then of earlier. */
  faults: string[];
}

/** The requests of the page. `ready` comes first. */
export const workContract = {
  ready: bareRequest.answering<WorkPageState>(),
  /** Opens what a turn is about, or begins it. */
  act: request({
    kind: z.enum(['answer', 'rate', 'agree', 'again', 'join']),
    folder: text(4_000),
    target: text(200),
    checklist: text(200),
  }),
  /** Sends evaluations for review, once the person has said so. */
  send: request({ folder: text(4_000), checklist: text(200), targets: z.array(text(200)) }),
  /** Copies the message for the team about what was sent. */
  copyMessage: request({ folder: text(4_000), checklist: text(200), targets: z.array(text(200)) }),
  /** Small pictures of pages as they looked at the end of their last audit here, by target; where one is kept. */
  pictures: request({ folder: text(4_000) }).answering<Record<string, string>>(),
  /** Begins an evaluation of these targets; of those that the person chooses, without any. */
  evaluate: request({ folder: z.optional(text(4_000)), targets: z.array(text(200)) }),
};

/** The events that the host sends to the page. */
export interface WorkEvents {
  state: WorkPageState;
}
