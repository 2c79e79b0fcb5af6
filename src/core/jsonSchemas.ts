import * as z from 'zod/mini';
import { baselineSchema } from './audit/baseline';
import { checklistSchema } from './checklist/checklist';
import { recordingSchema } from './journey/recording';
import { tasksSchema } from './journey/tasks';
import { figuresSchema } from './outcomes/figures';
import { recordSchema } from './record/record';

const files = {
  findings: {
    schema: recordSchema,
    title: 'UX Audit record',
    description: 'Targets, evaluations and findings of UX Audit. Usually written by the tools; see README.',
  },
  checklist: {
    schema: checklistSchema,
    title: 'UX Audit checklist',
    description: 'A checklist of your own, in ux-audit/checklists/<id>.json.',
  },
  journey: {
    schema: recordingSchema,
    title: 'UX Audit journey',
    description: 'A recording of the Recorder of Chrome DevTools, in ux-audit/journeys/<name>.json.',
  },
  tasks: {
    schema: tasksSchema,
    title: 'UX Audit task',
    description: 'What people are asked to do in a task session, in ux-audit/journeys/<name>.tasks.json.',
  },
  outcomes: {
    schema: figuresSchema,
    title: 'UX Audit outcomes',
    description: 'Figures about what customers do and say. Usually written by an import; see README.',
  },
  measurements: {
    schema: baselineSchema,
    title: 'UX Audit baseline',
    description: 'The measurements that a team compares with. Written by "baseline record"; see README.',
  },
} as const;

/** Names of the JSON Schemas that are shipped as media/schemas/<name>.schema.json. */
export const jsonSchemaNames = Object.keys(files) as (keyof typeof files)[];

/** The JSON Schema (draft-07) of a committed file, for completion and checks in an editor. */
export function jsonSchemaOf(name: keyof typeof files): Record<string, unknown> {
  const { schema, title, description } = files[name];
  return { ...z.toJSONSchema(schema, { target: 'draft-07', io: 'input' }), title, description };
}
