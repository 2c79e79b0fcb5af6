import type { ErrorText } from '../core/errors';

/** What a page may ask of the host: method name to parameters and result. */
export type Requests = Record<string, { params: unknown; result: unknown }>;

export type ToHost = { kind: 'request'; id: number; method: string; params: unknown };
export type ToPage =
  | { kind: 'response'; id: number; ok: true; result: unknown }
  | { kind: 'response'; id: number; ok: false; error: ErrorText }
  | { kind: 'event'; name: string; data: unknown };

/** The host's side of a contract: one function for each request. */
export type Handlers<R extends Requests> = {
  [M in keyof R]: (params: R[M]['params']) => Promise<R[M]['result']> | R[M]['result'];
};

/** The page's side: `await host.openReport({ … })`. */
export type Client<R extends Requests> = { [M in keyof R]: (params: R[M]['params']) => Promise<R[M]['result']> };
