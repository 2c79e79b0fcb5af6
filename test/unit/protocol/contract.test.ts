import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { HumanError } from '../../../src/core/errors';
import { answerMessage, bareRequest, type Handlers, request } from '../../../src/protocol/contract';
import { evaluationContract } from '../../../src/protocol/evaluationPage';
import { findingContract } from '../../../src/protocol/findingPage';
import { impactContract } from '../../../src/protocol/impactPage';
import { resultContract } from '../../../src/protocol/resultPage';

const contract = {
  add: request({ a: z.number(), b: z._default(z.number(), 1) }).answering<number>(),
  close: bareRequest,
  fail: bareRequest,
};
const given: unknown[] = [];
const handlers: Handlers<typeof contract> = {
  add: (params) => {
    given.push(params);
    return params.a + params.b;
  },
  close: () => {},
  fail: () => {
    throw new HumanError('usage', 'no', { what: 'No.', next: 'Do something else.' });
  },
};
const ask = (method: string, params: unknown) =>
  answerMessage(contract, handlers, { kind: 'request', id: 7, method, params });

describe('a request of a page', () => {
  it('is answered with what its handler returns', async () => {
    expect(await ask('add', { a: 1, b: 2 })).toEqual({ kind: 'response', id: 7, ok: true, result: 3 });
    expect(await ask('close', null)).toEqual({ kind: 'response', id: 7, ok: true, result: null });
  });

  it('reaches its handler as the contract reads it, not as the page sent it', async () => {
    given.length = 0;
    await ask('add', { a: 1 });
    expect(given).toEqual([{ a: 1, b: 1 }]);
  });

  it('is refused with keys, types or methods that the contract does not know, and reaches no handler', async () => {
    given.length = 0;
    for (const [method, params] of [
      ['add', { a: 1, b: 2, command: 'workbench.action.quit' }],
      ['add', { a: '1', b: 2 }],
      ['close', {}],
      ['toString', null],
      ['constructor', null],
    ] as const) {
      expect(await ask(method, params), method).toMatchObject({ ok: false, error: { code: 'request-refused' } });
    }
    expect(given).toEqual([]);
  });

  it('that fails is answered with what happened and what to do next', async () => {
    expect(await ask('fail', null)).toMatchObject({ ok: false, error: { message: 'No.', next: 'Do something else.' } });
  });

  it('is nothing where the message is none', async () => {
    for (const message of [null, 'x', { kind: 'event' }, { kind: 'request', id: 'x', method: 'add' }])
      expect(await answerMessage(contract, handlers, message as never)).toBeUndefined();
  });
});

describe('the contracts of the pages', () => {
  const contracts = { evaluationContract, findingContract, impactContract, resultContract };

  it('take no key that they do not name, in whatever object', () => {
    const loose: string[] = [];
    const visit = (name: string, schema: unknown): void => {
      const { def } = (schema as z.core.$ZodType)._zod as unknown as {
        def: { type: string } & Record<string, unknown>;
      };
      if (def.type === 'object') {
        if ((def.catchall as z.core.$ZodType | undefined)?._zod.def.type !== 'never') loose.push(name);
        for (const [key, part] of Object.entries(def.shape as object)) visit(`${name}.${key}`, part);
      }
      for (const part of [def.innerType, def.element, def.valueType]) if (part) visit(name, part);
    };
    for (const [name, requests] of Object.entries(contracts))
      for (const [method, { params }] of Object.entries(requests)) visit(`${name}.${method}`, params);
    expect(loose).toEqual([]);
  });

  it('begin with the whole state', () => {
    for (const each of Object.values(contracts)) expect(each.ready.params.safeParse(null).success).toBe(true);
  });
});
