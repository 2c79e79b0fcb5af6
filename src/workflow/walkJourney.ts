import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FindingChange } from '../core/audit/applyAudit';
import { isDisturbed } from '../core/audit/clockAudits';
import { cancelled, type HumanError } from '../core/errors';
import { formFactorOf } from '../core/journey/addresses';
import type { JourneyRun } from '../core/journey/journeyRun';
import type { Recording } from '../core/journey/recording';
import { withSecrets } from '../core/journey/secrets';
import { inertLine } from '../core/text/inertText';
import type { AuditEngine } from '../engine/auditEngine';
import type { Sent, Walk } from '../protocol/workerMessages';
import { localDate } from './localDate';
import { type Credentials, Logins } from './logins';
import type { PlannedPage } from './planPages';
import { Sites } from './sites';
import { applyWalked, type Walked } from './walkedFiles';
import { walkOnce } from './walkOnce';
import type { Workspace } from './workspace';

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
  credentials?: Credentials;
  ignoreCertificateErrors?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: (progress: WalkProgress) => void;
  log?: (line: string) => void;
  /** Runs before the record is written. */
  beforeRecord?: () => Promise<void>;
}

/** What walking a journey gave. */
export interface WalkedResult {
  walked: Walked;
  changes: FindingChange[];
  /** Why the record was not written as it should be. */
  warning?: HumanError | undefined;
}

/**
 * Walks a journey several times, each in a fresh browser, and records which steps cannot be completed. A failed step is
 * no error of the walk.
 * @throws HumanError why the site does not start, no browser is there, a variable is missing; `cancelled`
 */
export async function walkJourney(options: WalkJourneyOptions): Promise<WalkedResult> {
  const { workspace, page, signal, log } = options;
  withSecrets(options.recording, options.environment); // throws before a site is started
  const sites = new Sites(workspace.paths.root, { signal, log });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-walk-'));
  const started = new Date();
  try {
    options.onProgress?.({ walk: 1, walks: options.walks, isAudit: false });
    const url = await sites.urlOf(page);
    const sent = await new Logins(options).ofChecked(page, new URL(url).origin);
    const walkAgain = walker(options, url, folder, sent);
    const walks: Walk[] = [];
    let repeats = REPEATS;
    while (walks.length < options.walks) {
      const walk = await walkAgain(walks.length + 1, false);
      const isLate = isDisturbed(walk.foreignLoad) && repeats > 0;
      if (isLate) repeats -= 1;
      else walks.push(walk);
    }
    const audited = options.audits ? await walkAgain(options.walks + 1, true) : undefined;
    const run = runOf(page, started, walks, options);
    const walked = await walkedOf(options, run, started, [...walks, ...(audited ? [audited] : [])]);
    if (!options.record) return { walked, changes: [] };
    return { walked, ...(await applyWalked(workspace, walked, options.beforeRecord)) };
  } finally {
    await sites.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function walker(options: WalkJourneyOptions, url: string, folder: string, sent: Sent) {
  const { workspace, engine, recording, environment, signal, onProgress, ignoreCertificateErrors } = options;
  return async (walk: number, isAudit: boolean): Promise<Walk> => {
    if (signal?.aborted) throw cancelled();
    const where = { walk, walks: options.walks, isAudit };
    onProgress?.(where);
    const { record } = await workspace.record.read().catch(() => ({ record: undefined }));
    return walkOnce({
      ...{ engine, recording, environment, url, folder, signal, ignoreCertificateErrors },
      sent,
      mask: record?.settings?.mask ?? [],
      name: `walk-${walk}`,
      audits: isAudit,
      onStep: (step) => onProgress?.({ ...where, step }),
    });
  };
}

function runOf(
  page: PlannedPage,
  started: Date,
  walks: readonly Walk[],
  { recording }: WalkJourneyOptions,
): JourneyRun {
  const [first] = walks as [Walk];
  return {
    id: `${started.toISOString().replace(/[:.]/g, '-')}-${page.environment}-${formFactorOf(recording)}`,
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

async function walkedOf(
  { recording }: WalkJourneyOptions,
  run: JourneyRun,
  started: Date,
  walks: readonly Walk[],
): Promise<Walked> {
  const taken = walks.find(({ picture }) => picture !== undefined)?.picture;
  return {
    run,
    formFactor: formFactorOf(recording),
    today: localDate(started),
    reports: walks.flatMap(({ reports }) => reports),
    ...(taken !== undefined && { picture: (await readFile(taken)).toString('base64') }),
  };
}

/** Where a walk is, in words. */
export function walkText({ walk, walks, step, isAudit }: WalkProgress): string {
  const which = isAudit ? 'Auditing the steps' : walks > 1 ? `Walk ${walk} of ${walks}` : 'Walking';
  return step === undefined ? `${which}: opening` : `${which}: ${inertLine(step)}`;
}
