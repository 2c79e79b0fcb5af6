import path from 'node:path';
import { atOrigin, viewportOf } from '../core/journey/addresses';
import { journeySteps, type Recording } from '../core/journey/recording';
import { withSecrets } from '../core/journey/secrets';
import type { AuditEngine } from '../engine/auditEngine';
import type { Sent, Walk } from '../protocol/workerMessages';

/** How long an action may take, where the recording does not say. Milliseconds. */
export const WITHIN = 15_000;

export interface WalkOnceOptions {
  engine: AuditEngine;
  recording: Recording;
  /** The values for `${env:NAME}`. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The address at which the journey begins. */
  url: string;
  /** Headers and cookies for its origin. */
  sent?: Sent | undefined;
  ignoreCertificateErrors?: boolean | undefined;
  /** Elements to paint over on a picture. */
  mask: string[];
  /** Where the picture of a failed step is written, and its name. */
  folder: string;
  name: string;
  audits?: boolean | undefined;
  /** Whether is looked at what each action uses and where it leads. */
  inspects?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onStep?: ((step: string) => void) | undefined;
}

/**
 * Walks a journey once at an address. What the page says back never repeats the secrets that were entered.
 * @throws HumanError `variable-missing`, and as AuditEngine.walk
 */
export async function walkOnce(options: WalkOnceOptions): Promise<Walk> {
  const { engine, recording, environment, url, signal, onStep } = options;
  const filled = atOrigin(withSecrets(recording, environment), new URL(url).origin);
  const walked = await engine.walk(
    {
      url,
      steps: journeySteps(filled),
      viewport: viewportOf(recording),
      within: Math.max(recording.timeout ?? WITHIN, WITHIN),
      audits: options.audits,
      inspects: options.inspects,
      picture: path.join(options.folder, options.name),
      mask: options.mask,
      ignoreCertificateErrors: options.ignoreCertificateErrors,
      ...options.sent,
    },
    { signal, onStep },
  );
  const secrets = secretValues(recording, environment);
  return { ...walked, steps: walked.steps.map((step) => withoutValues(step, secrets)) };
}

/** What must not be repeated: the values of the environment variables that a recording names. */
export function secretValues(recording: Recording, environment: WalkOnceOptions['environment']): string[] {
  const named = recording.steps.flatMap(({ value = '' }) => [...value.matchAll(/\$\{env:(\w+)\}/g)]);
  return named.flatMap(([, name = '']) => environment[name] || []);
}

/** A step whose messages of the page do not repeat what was entered. */
function withoutValues<Step extends { errors: string[]; why?: string | undefined }>(
  step: Step,
  secrets: string[],
): Step {
  const clean = (text: string) => secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);
  const why = step.why === undefined ? undefined : clean(step.why);
  return { ...step, errors: step.errors.map(clean), ...(why !== undefined && { why }) };
}
