import os from 'node:os';
import { cancelled, type HumanError, isHumanError } from '../core/errors';
import type { AuditOptions, VisitOptions } from '../protocol/workerMessages';
import type { Control, FinishedSet } from './engineControl';

/** Audits one page while others may be audited too. @throws as AuditEngine.audit, and what `onTurn` throws */
export type AuditAtRest = (options: AuditOptions, control: TurnControl) => Promise<FinishedSet>;

export interface TurnControl extends Control {
  /** Runs before the page is audited, once its turn has come. */
  onTurn?: () => Promise<void>;
}

/** What may be done side by side. */
export interface AtRest {
  audit: AuditAtRest;
  /** Opens a page to see whether it answers. @throws HumanError as AuditEngine.visit */
  visit(options: VisitOptions, control?: Control): Promise<void>;
}

/** How many pages one worker keeps up with: its own part of a page is a quarter of the browser's. */
const PAGES_OF_WORKER = 4;
/** More browsers than these would use much memory for little. */
const MOST_WORKERS = 4;

/** How many pages are audited at once where no clock decides. */
export function pagesAtOnce(cores = os.availableParallelism()): number {
  return Math.min(Math.max(2, cores - 1), PAGES_OF_WORKER * MOST_WORKERS);
}

/** How many workers are needed for {@link pagesAtOnce} besides the one that there is. */
export function workersBeside(cores?: number): number {
  return Math.ceil(pagesAtOnce(cores) / PAGES_OF_WORKER) - 1;
}

/** Whether the fault may be that of another page in the same browser or process. */
function isShared({ code }: HumanError): boolean {
  return code === 'worker-died' || code === 'browser-died';
}

/**
 * Spreads audits over workers, so many at once. One whose browser or process ended is done again once no other is under
 * way.
 * @param workers each audits several pages at once
 */
export function sideBySide(workers: readonly AuditAtRest[], atOnce = pagesAtOnce()): AuditAtRest {
  const free = Array.from({ length: atOnce }, (_, slot) => workers[slot % workers.length] as AuditAtRest);
  const waiting: ((worker: AuditAtRest) => void)[] = [];
  const underWay = new Set<Promise<unknown>>();
  let alone: Promise<unknown> = Promise.resolve();

  const inSlot: AuditAtRest = async (options, control) => {
    const worker = free.pop() ?? (await new Promise<AuditAtRest>((resolve) => waiting.push(resolve)));
    try {
      await alone;
      if (control.signal?.aborted) throw cancelled();
      await control.onTurn?.();
      await alone; // one may be done again since
      control.onProgress?.({ phase: 'gather', run: 1, runs: options.runs, repeated: false });
      const audit = worker(options, control);
      const settled: Promise<unknown> = audit.then(
        () => underWay.delete(settled),
        () => underWay.delete(settled),
      );
      underWay.add(settled);
      return await audit;
    } finally {
      const next = waiting.shift();
      if (next) next(worker);
      else free.push(worker);
    }
  };
  return (options, control) =>
    inSlot(options, control).catch((error: unknown) => {
      if (control.signal?.aborted || !isHumanError(error) || !isShared(error)) throw error;
      const again = alone.then(() => Promise.all(underWay)).then(() => (workers[0] as AuditAtRest)(options, control));
      alone = again.catch(() => {});
      return again;
    });
}
