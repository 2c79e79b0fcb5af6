import type { ErrorText } from '../../core/errors';
import type { Client, Contract, ToHost, ToPage } from '../../protocol/contract';

declare function acquireVsCodeApi(): {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** What the host could not do, with what to do next. */
export class HostError extends Error {
  constructor(readonly text: ErrorText) {
    super(`${text.message} ${text.next}`);
  }
}

/** A page's connection to its host. */
export interface Connection<C extends Contract, Events> {
  /** Requests as async functions. */
  host: Client<C>;
  /** Listens to an event of the host. */
  on<Name extends keyof Events & string>(name: Name, listen: (data: Events[Name]) => void): void;
  /** Plain data that VS Code keeps for the page over a reload of the window. */
  kept: { get(): unknown; set(state: unknown): void };
}

/** Connects a page to its host. Call it once. */
export function connect<C extends Contract, Events>(): Connection<C, Events> {
  const vscode = acquireVsCodeApi();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, (data: never) => void>();
  let nextId = 1;
  window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    if (data.kind === 'event') {
      listeners.get(data.name)?.(data.data as never);
      return;
    }
    if (data.kind !== 'response') return;
    const request = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.ok) request?.resolve(data.result);
    else request?.reject(new HostError(data.error));
  });
  const host = new Proxy({} as Client<C>, {
    get:
      (_, method: string) =>
      (params: unknown = null) =>
        new Promise((resolve, reject) => {
          const id = nextId++;
          waiting.set(id, { resolve, reject });
          vscode.postMessage({ kind: 'request', id, method, params });
        }),
  });
  return {
    host,
    on: (name, listen) => void listeners.set(name, listen as (data: never) => void),
    kept: { get: () => vscode.getState(), set: (state) => vscode.setState(state) },
  };
}
