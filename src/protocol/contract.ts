import * as z from 'zod/mini';
import { type ErrorText, errorText, HumanError } from '../core/errors';

/** One request of a page: the schema of its parameters, which the host checks, and the type of its answer. */
export class Request<Params, Answer = void> {
  declare readonly answer: Answer;

  constructor(readonly params: z.ZodMiniType<Params>) {}

  /** Sets the type of the answer. */
  answering<Type>(): Request<Params, Type> {
    return this as unknown as Request<Params, Type>;
  }
}

/** A request with these parameters and no others. */
export function request<Shape extends z.core.$ZodShape>(shape: Shape) {
  return new Request(z.strictObject(shape));
}

/** A request without parameters. */
export const bareRequest = new Request<null>(z.null());

/** The requests of one kind of page, by method name. Its host answers no others. */
// biome-ignore lint/suspicious/noExplicitAny: only `any` accepts requests of every type
export type Contract = Readonly<Record<string, Request<any, any>>>;

type ParamsOf<R extends Contract[string]> = z.infer<R['params']>;
type AnswerOf<R extends Contract[string]> = R['answer'];

/** The host's side of a contract: one function for each request. */
export type Handlers<C extends Contract> = {
  [M in keyof C]: (params: ParamsOf<C[M]>) => Promise<AnswerOf<C[M]>> | AnswerOf<C[M]>;
};

/** The page's side of a contract: `await host.openReport({ … })`. */
export type Client<C extends Contract> = {
  [M in keyof C]: (...params: ParamsOf<C[M]> extends null ? [] : [params: ParamsOf<C[M]>]) => Promise<AnswerOf<C[M]>>;
};

export type ToHost = { kind: 'request'; id: number; method: string; params: unknown };
export type Response =
  | { kind: 'response'; id: number; ok: true; result: unknown }
  | { kind: 'response'; id: number; ok: false; error: ErrorText };
export type ToPage = Response | { kind: 'event'; name: string; data: unknown };

/**
 * Answers a message of a page. The handler of a request gets only what the contract's schema parsed; any other request
 * is answered with an error.
 * @returns undefined when the message is not a request
 */
export async function answerMessage<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  message: ToHost,
): Promise<Response | undefined> {
  if (message?.kind !== 'request' || typeof message.id !== 'number') return undefined;
  const { id, method, params } = message;
  try {
    const read = Object.hasOwn(contract, method) ? contract[method]?.params.safeParse(params) : undefined;
    if (!read?.success) {
      throw new HumanError('internal', 'request-refused', {
        what: `The page asked for something unknown (${String(method).slice(0, 40)}).`,
        next: 'Close it and open it again.',
      });
    }
    const result = await handlers[method as keyof C](read.data);
    return { kind: 'response', id, ok: true, result: result ?? null };
  } catch (error) {
    return { kind: 'response', id, ok: false, error: errorText(error) };
  }
}
