import type { RunSet } from '../core/audit/measurement';
import type { Action } from '../core/journey/recording';
import type { SessionEvent } from '../core/journey/sessionCount';
import type { WalkedRecording } from '../protocol/opened';
import type { Next, Phase, TakePicture } from '../protocol/workerMessages';
import type { WorkerOptions } from './workerProcess';

/** How long one phase of one run may take before the worker is ended. Milliseconds. */
export type Deadlines = Record<Phase, number>;
export const defaultDeadlines: Deadlines = {
  launch: 30_000,
  prepare: 30_000,
  load: 120_000, // Lighthouse itself gives up on a page that does not settle after 45 s
  gather: 120_000,
  analyse: 180_000,
};

/** How long things beside the phases of a run may take. Milliseconds. */
export const limits = {
  /** A page, to answer; a development server may compile first. */
  answer: 60_000,
  /** A report, a screenshot, a visit or a check. */
  aside: 90_000,
  /** A recording or a script that brings a page to a state, besides the time of its actions. */
  byItself: 180_000,
  /** A page, to be read for its links. */
  links: 20_000,
  /** How long an idle worker of some 450 MB lives: until its benchmark index is no longer valid. */
  idle: 10 * 60_000,
};

/** How long a page may take to be brought to a state: by hand for ever. Milliseconds. */
export function limitOf({ by, recording }: { by: string; recording?: WalkedRecording | undefined }): number {
  if (by === 'hand') return Number.POSITIVE_INFINITY;
  const actions = recording?.steps.flatMap((step) => step.actions).length ?? 0;
  return limits.byItself + actions * (recording?.within ?? 0);
}

/** The progress of an audit. */
export interface AuditProgress {
  phase: Phase | 'waiting';
  run: number;
  runs: number;
  /** Whether the run is repeated, because other programs disturbed it. */
  repeated: boolean;
}

/**
 * The result of a set of runs. The reports are whole Lighthouse results in the worker's temporary folder, which is
 * removed with the worker: read or copy them at once.
 */
export interface FinishedSet {
  set: RunSet;
  reports: string[];
}

/** What the engine tells while it works, and what ends it. */
export interface Control {
  signal?: AbortSignal | undefined;
  /** Whether another audit follows at once. */
  anotherFollows?: boolean;
  onProgress?: ((progress: AuditProgress) => void) | undefined;
  /** Gets the name of each step of a walk when it begins. */
  onStep?: ((step: string) => void) | undefined;
  /** How long each step of a walk may take. Milliseconds; infinite while a person is at work. */
  stepWithin?: number | undefined;
  /** Gets the actions of a recording from an index on, which are new or others than told before. */
  onActions?: ((from: number, actions: readonly Action[]) => void) | undefined;
  /** Gets what happens in a session, and when: milliseconds since 1970. */
  onEvent?: ((event: SessionEvent, at: number) => void) | undefined;
  /** Gets the functions that go on in a session, and that ask for a picture, which comes a moment later or never. */
  onNext?: ((next: () => void, picture: (file: string, mask: string[]) => void) => void) | undefined;
  /** Ends a request in such a way that its result still comes. */
  stop?: AbortSignal | undefined;
}

/** What {@link Control.onNext} gets. @param tell sends to the worker */
export function moderating(
  id: number,
  tell: (message: Next | TakePicture) => void,
): Parameters<NonNullable<Control['onNext']>> {
  return [() => tell({ type: 'next', id }), (file, mask) => tell({ type: 'picture', id, file, mask })];
}

export interface AuditEngineOptions extends WorkerOptions {
  deadlines?: Partial<Deadlines>;
  /** How long an idle worker is kept, in milliseconds; ten minutes when left out. */
  keptIdle?: number;
}
