import type { fromJsonSchema } from '@modelcontextprotocol/server';
import * as z from 'zod/mini';
import type { AuditEngine } from '../engine/auditEngine';
import type { PlannedPage } from '../workflow/planPages';
import type { Workspace } from '../workflow/workspace';
import type { ToolAnswer } from './answer';

/** What the tools work with. */
export interface AgentHost {
  /** Of UX Audit. */
  version: string;
  workspace: Workspace;
  /** The engine, which is started when the first tool needs it. */
  engine(): Promise<AuditEngine>;
  /** Refuses pages whose commands no person has allowed before. @throws HumanError */
  ensureAllowed(pages: readonly PlannedPage[]): Promise<void>;
  /** The settings of pages that a person gave when starting the server. */
  settings: { ignoreCertificateErrors?: boolean | undefined };
}

/** One call of a tool. */
export interface Call {
  signal: AbortSignal;
  /** Tells the client how far the work is, if it asked for that. */
  progress(message: string, done: number, total: number): void;
  /** How the agent calls itself. */
  client: string | undefined;
}

export interface Tool<Input extends z.ZodMiniType = z.ZodMiniType> {
  name: string;
  title: string;
  description: string;
  input: Input;
  /** Whether it changes nothing, not even the record. */
  isReadOnly: boolean;
  run(host: AgentHost, input: z.output<Input>, call: Call): Promise<ToolAnswer>;
}

/** A tool whose `run` gets what its `input` describes. */
export const tool = <Input extends z.ZodMiniType>(definition: Tool<Input>): Tool => definition as unknown as Tool;

export const cursor = z.optional(
  z.string().check(z.regex(/^\d{1,6}$/), z.describe('`more` of the last answer, to go on from there')),
);
export const text = (most: number, description: string) =>
  z.string().check(z.minLength(1), z.maxLength(most), z.describe(description));

/**
 * A schema as the protocol's package takes it. It announces JSON Schema draft-07, since there are editors that drop
 * tools with a later one.
 */
export function inputSchema<Input extends z.ZodMiniType>(schema: Input) {
  const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as Record<string, unknown>;
  const standard = schema['~standard'];
  const jsonSchema = { input: () => json, output: () => json };
  const made = { '~standard': { version: 1, vendor: 'ux-audit', validate: standard.validate, jsonSchema } };
  return made as unknown as ReturnType<typeof fromJsonSchema<z.output<Input>>>;
}
