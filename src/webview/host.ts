import type { ErrorText } from '../core/errors';
import type { Client, Requests, ToHost, ToPage } from '../protocol/rpc';

declare function acquireVsCodeApi(): { postMessage(message: ToHost): void };

/** An error of the host, with what to do next. */
export class HostError extends Error {
  constructor(readonly text: ErrorText) {
    super(`${text.message} ${text.next}`);
  }
}

/** Connects a page to its host: requests as async functions, events by name. Call it once. */
export function connect<R extends Requests>(): {
  host: Client<R>;
  on(name: string, listen: (data: never) => void): void;
} {
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
  const host = new Proxy({} as Client<R>, {
    get: (_, method: string) => (params: unknown) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        vscode.postMessage({ kind: 'request', id, method, params });
      }),
  });
  return { host, on: (name, listen) => void listeners.set(name, listen) };
}
