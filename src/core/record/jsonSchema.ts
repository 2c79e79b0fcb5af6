import * as z from 'zod/mini';
import { recordSchema } from './record';

/** The JSON Schema (draft-07) of the record, for completion and checks while somebody edits the file by hand. */
export function recordJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(recordSchema, { target: 'draft-07', io: 'input' }),
    title: 'UX Audit record',
    description: 'Targets, evaluations and findings of UX Audit. Usually written by the tools; see README.',
  };
}
