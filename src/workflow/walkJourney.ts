import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FindingChange } from '../core/audit/applyAudit';
import { isDisturbed } from '../core/audit/clockAudits';
import { cancelled, type HumanError } from '../core/errors';
import { atOrigin, viewportOf } from '../core/journey/addresses';
import { applyWalks } from '../core/journey/journeyFindings';
import { type JourneyRun, stepSummaries } from '../core/journey/journeyRun';
import { journeySteps, type Recording } from '../core/journey/recording';
import { withSecrets } from '../core/journey/secrets';
import { inertLine } from '../core/text/inertText';
import type { AuditEngine } from '../engine/auditEngine';
import type { Walk, WalkOptions } from '../protocol/workerMessages';
import { localDate } from './localDate';
import type { PlannedPage } from './planPages';
import { Sites } from './sites';
import type { Workspace } from './workspace';

/** How long an action may take, where the recording does not say. Milliseconds. */
export const WITHIN = 15_000;
/** How often a walk that other programs disturbed is made again, in all. */
const REPEATS = 1;

/** Where a walk is. */
export interface WalkProgress {
  walk: number;
  walks: number;
  /** The step that has begun; undefined while the site is started and the browser opens. */
  step?: string;
  /** Whether this walk is for the audit of each step's end, and not for times. */
  isAudit: boolean;
}

export interface WalkJourneyOptions {
  workspace: Workspace;
  engine: AuditEngine;
  page: PlannedPage;
  recording: Recording;
  /** How many walks give the times. */
  walks: number;
  /** Whether one more walk audits the page at the end of each step. */
  audits?: boolean | undefined;
  /** Whether findings and the run are kept. */
  record: boolean;
  /** The values for `${env:NAME}`. */
  environment: Readonly<Record<string, string | undefined>>;
  credentials?: (page: PlannedPage, origin: string) => Promise<Pick<WalkOptions, 'headers' | 'cookies'>>;
  ignoreCertificateErrors?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: (progress: WalkProgress) => void;
  log?: (line: string) => void;
  /** Runs before the record is written. */
  beforeRecord?: () => Promise<void>;
}

/** What walking a journey gave. */
export interface WalkedResult {
  run: JourneyRun;
  changes: FindingChange[];
  /** Why the record was not written as it should be. */
  warning?: HumanError;
}

/**
 * Walks a journey several times, each in a fresh browser, and records which steps cannot be completed. A failed step is
 * no error of the walk.
 * @throws HumanError why the site does not start, no browser is there, a variable is missing; `cancelled`
 */
export async function walkJourney(options: WalkJourneyOptions): Promise<WalkedResult> {
  const { workspace, page, signal, log } = options;
  const filled = withSecrets(options.recording, options.environment);
  const sites = new Sites(workspace.paths.root, { signal, log });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-walk-'));
  const started = new Date();
  try {
    options.onProgress?.({ walk: 1, walks: options.walks, isAudit: false });
    const url = await sites.urlOf(page);
    const walkOnce = walker(options, atOrigin(filled, new URL(url).origin), url, folder);
    const walks: Walk[] = [];
    let repeats = REPEATS;
    while (walks.length < options.walks) {
      const walk = await walkOnce(walks.length + 1, false);
      const isLate = isDisturbed(walk.foreignLoad) && repeats > 0;
      if (isLate) repeats -= 1;
      else walks.push(walk);
    }
    const audited = options.audits ? await walkOnce(options.walks + 1, true) : undefined;
    const run = runOf(page, started, walks, options);
    if (!options.record) return { run, changes: [] };
    return await recorded(options, run, started, [...walks, ...(audited ? [audited] : [])]);
  } finally {
    await sites.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function walker(options: WalkJourneyOptions, recording: Recording, url: string, folder: string) {
  const { workspace, engine, page, signal, onProgress, ignoreCertificateErrors, credentials } = options;
  const secrets = secretValues(options.recording, options.environment);
  return async (walk: number, isAudit: boolean): Promise<Walk> => {
    if (signal?.aborted) throw cancelled();
    const where = { walk, walks: options.walks, isAudit };
    onProgress?.(where);
    const { record } = await workspace.record.read().catch(() => ({ record: undefined }));
    const walked = await engine.walk(
      {
        url,
        steps: journeySteps(recording),
        viewport: viewportOf(recording),
        within: recording.timeout === undefined ? WITHIN : Math.max(recording.timeout, WITHIN),
        audits: isAudit,
        picture: path.join(folder, `walk-${walk}`),
        mask: record?.settings?.mask ?? [],
        ignoreCertificateErrors,
        ...(await credentials?.(page, new URL(url).origin)),
      },
      { signal, onStep: (step) => onProgress?.({ ...where, step }) },
    );
    return { ...walked, steps: walked.steps.map((step) => withoutValues(step, secrets)) };
  };
}

/** What must not be repeated: the values of the environment variables that a recording names. */
function secretValues(recording: Recording, environment: WalkJourneyOptions['environment']): string[] {
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

function runOf(
  page: PlannedPage,
  started: Date,
  walks: readonly Walk[],
  { recording }: WalkJourneyOptions,
): JourneyRun {
  const [first] = walks as [Walk];
  const device = viewportOf(recording)?.isMobile ? 'mobile' : 'desktop';
  return {
    id: `${started.toISOString().replace(/[:.]/g, '-')}-${page.environment}-${device}`,
    target: page.target,
    environment: page.environment,
    at: started.toISOString(),
    browser: first.browser,
    viewport: first.viewport,
    tellsSoftNavigations: walks.some(({ tellsSoftNavigations }) => tellsSoftNavigations),
    runner: 'recording',
    walks: walks.map(({ steps, foreignLoad }) => ({ steps, disturbed: isDisturbed(foreignLoad) })),
  };
}

async function recorded(
  { workspace, page, recording, beforeRecord }: WalkJourneyOptions,
  run: JourneyRun,
  started: Date,
  walks: readonly Walk[],
): Promise<WalkedResult> {
  await workspace.journeys.addRun(run);
  const taken = walks.find(({ picture }) => picture !== undefined)?.picture;
  const picture = taken && (await workspace.addAttachment(await readFile(taken), path.extname(taken)));
  await beforeRecord?.();
  let changes: FindingChange[] = [];
  const { warning } = await workspace.record.update((record) => {
    const applied = applyWalks(record, {
      target: page.target,
      environment: page.environment,
      formFactor: viewportOf(recording)?.isMobile ? 'mobile' : 'desktop',
      today: localDate(started),
      steps: stepSummaries(run),
      reports: walks.flatMap(({ reports }) => reports),
      picture,
    });
    changes = applied.changes;
    return applied.record;
  });
  return { run, changes, ...(warning && { warning }) };
}

/** Where a walk is, in words. */
export function walkText({ walk, walks, step, isAudit }: WalkProgress): string {
  const which = isAudit ? 'Auditing the steps' : walks > 1 ? `Walk ${walk} of ${walks}` : 'Walking';
  return step === undefined ? `${which}: opening` : `${which}: ${inertLine(step)}`;
}
