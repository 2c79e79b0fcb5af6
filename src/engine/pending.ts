import type { HumanError } from '../core/errors';
import type { Control } from './engineControl';
import type { Answer, WorkerProcess } from './workerProcess';

/** A worker, with the requests that it has not answered. */
export interface Worker extends WorkerProcess {
  pending: Map<number, Pending>;
}

/** A request before it has its number. */
export type WithoutId<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

/** A request whose answer the worker owes. */
export interface Pending {
  step(name: string): void;
  resolve(answer: Answer): void;
  reject(error: HumanError): void;
  progress(answer: Answer & { type: 'phase' }): void;
  actions: Control['onActions'];
  happened: Control['onEvent'];
}

/** Tells a request what the worker says of it: how far it is, or its answer. */
export function tell(request: Pending, answer: Answer): void {
  if (answer.type === 'phase') request.progress(answer);
  else if (answer.type === 'step') request.step(answer.step);
  else if (answer.type === 'actions') request.actions?.(answer.from, answer.actions);
  else if (answer.type === 'happened') request.happened?.(answer.event, answer.at);
  else request.resolve(answer);
}
