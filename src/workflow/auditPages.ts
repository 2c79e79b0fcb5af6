import { rm } from 'node:fs/promises';
import { applyAudit, type FindingChange } from '../core/audit/applyAudit';
import { auditResults } from '../core/audit/auditResults';
import { incomparable } from '../core/audit/compareMeasurements';
import type { ReportSlice } from '../core/audit/lighthouseReport';
import { type Measurement, measure } from '../core/audit/measurement';
import { cancelled, type HumanError, toHumanError } from '../core/errors';
import type { AuditRecord, Target } from '../core/record/record';
import { storableUrl } from '../core/record/targets';
import type { AuditEngine, AuditProgress } from '../engine/auditEngine';
import { preflight } from '../engine/servers/preflight';
import type { AuditOptions } from '../protocol/workerMessages';
import { localDate } from './localDate';
import type { PlannedPage } from './planPages';
import { Sites } from './sites';
import type { Workspace } from './workspace';

export type FormFactor = AuditOptions['formFactor'];

/** What to audit, and how. */
export interface AuditPlan extends Omit<AuditOptions, 'url' | 'formFactor' | 'headers' | 'cookies'> {
  pages: PlannedPage[];
  formFactors: FormFactor[];
  skipPreflight?: boolean | undefined;
  /** Keep a browser ready for a while after the last page, for a person who audits again. */
  keepWarm?: boolean | undefined;
  /** Whether findings and targets are written to the record, and the runs kept. */
  record: boolean;
  /** Headers and cookies for requests to one origin; values come from the environment or a secret store. */
  credentials?: (origin: string) => Promise<Pick<AuditOptions, 'headers' | 'cookies'>>;
}

/** Where the whole plan stands. */
export interface PlanProgress extends Omit<AuditProgress, 'phase'> {
  page: PlannedPage;
  formFactor: FormFactor;
  /** Sets of runs finished, and in all. */
  done: number;
  total: number;
  phase: AuditProgress['phase'] | 'serve' | 'preflight' | 'record';
}

/** What became of one page in one form factor. */
export interface PageOutcome {
  page: PlannedPage;
  formFactor: FormFactor;
  measurement?: Measurement;
  report?: ReportSlice;
  /** The measurement before this one that may be compared with it. */
  previous?: Measurement;
  changes: FindingChange[];
  /** Why there is no measurement, or why it could not be recorded. */
  error?: HumanError;
}

export interface AuditPagesOptions {
  workspace: Workspace;
  engine: AuditEngine;
  plan: AuditPlan;
  signal?: AbortSignal;
  onProgress?: (progress: PlanProgress) => void;
  onOutcome?: (outcome: PageOutcome) => void;
  log?: (line: string) => void;
  /** Waited for before the record is written. */
  beforeRecord?: () => Promise<void>;
  now?: () => Date;
}

/**
 * Audits pages one after the other and records what was found. A page that cannot be audited does not stop the others.
 *
 * @throws HumanError when nothing can be audited at all: cancelled, no browser, or a record that must not be written to
 */
export async function auditPages(options: AuditPagesOptions): Promise<PageOutcome[]> {
  const { workspace, plan, signal } = options;
  if (plan.record) await workspace.record.read(); // said before the work, not after it
  const sites = new Sites(workspace.paths.root, { signal, log: options.log });
  const sets = plan.pages.flatMap((page) => plan.formFactors.map((formFactor) => ({ page, formFactor })));
  const outcomes: PageOutcome[] = [];
  try {
    for (const [done, set] of sets.entries()) {
      if (signal?.aborted) throw cancelled();
      const report = (phase: PlanProgress['phase'], progress?: AuditProgress) =>
        options.onProgress?.({
          run: 1,
          runs: plan.runs,
          repeated: false,
          ...progress,
          ...set,
          phase,
          done,
          total: sets.length,
        });
      let outcome: PageOutcome;
      try {
        const anotherFollows = plan.keepWarm === true || done < sets.length - 1;
        outcome = await auditOne(options, set, sites, anotherFollows, report);
      } catch (thrown) {
        const error = toHumanError(thrown);
        if (error.kind === 'cancelled' || (error.kind === 'environment' && !ofOnePage(error))) throw error;
        outcome = { ...set, changes: [], error };
      }
      outcomes.push(outcome);
      options.onOutcome?.(outcome);
    }
  } finally {
    await sites.stop();
  }
  return outcomes;
}

/** Faults of the environment after which another page may well succeed. */
function ofOnePage({ code }: HumanError): boolean {
  return code === 'browser-died' || code.startsWith('timeout-');
}

async function auditOne(
  { workspace, engine, plan, signal, beforeRecord, now = () => new Date() }: AuditPagesOptions,
  { page, formFactor }: { page: PlannedPage; formFactor: FormFactor },
  sites: Sites,
  anotherFollows: boolean,
  report: (phase: PlanProgress['phase'], progress?: AuditProgress) => void,
): Promise<PageOutcome> {
  const { pages, formFactors, skipPreflight, keepWarm, record: isRecorded, credentials, ...settings } = plan;
  if (page.serve) report('serve');
  const url = await sites.urlOf(page);
  const request: AuditOptions = { ...settings, url, formFactor, ...(await credentials?.(new URL(url).origin)) };
  if (!skipPreflight) {
    report('preflight');
    await preflight(url, { ...request, ...(signal && { signal }) });
  }
  const started = now();
  const { set, reports } = await engine.audit(request, {
    anotherFollows,
    onProgress: (progress) => report(progress.phase, progress),
    ...(signal && { signal }),
  });
  const shown = set.slices[set.representative] as ReportSlice;
  const measurement = measure(set, {
    id: `${started.toISOString().replace(/[:.]/g, '-')}-${page.environment}-${formFactor}`,
    target: page.target,
    environment: page.environment,
    at: started.toISOString(),
    requestedUrl: storableUrl(url),
    finalUrl: storableUrl(shown.finalUrl),
  });
  const earlier = isRecorded ? await workspace.runs.measurements() : [];
  const previous = earlier.findLast(
    (other) => other.target === page.target && incomparable(other, measurement) === undefined,
  );
  const outcome: PageOutcome = {
    page,
    formFactor,
    measurement,
    report: shown,
    changes: [],
    ...(previous && { previous }),
  };
  try {
    if (!isRecorded) return outcome;
    report('record');
    await workspace.runs.add({ measurement, report: shown }, reports);
    if (measurement.redirectedTo === undefined) await beforeRecord?.();
    const { warning } = await workspace.record.update((record) => {
      const known = learned(record, page);
      if (measurement.redirectedTo !== undefined) return record; // about another page
      const { record: next, changes } = applyAudit(known, {
        target: page.target,
        environment: page.environment,
        formFactor,
        results: auditResults(set.slices, set.representative),
        today: localDate(started),
      });
      outcome.changes = changes;
      return next;
    });
    return warning ? { ...outcome, error: warning } : outcome;
  } catch (error) {
    return { ...outcome, changes: [], error: toHumanError(error) };
  } finally {
    await Promise.all(reports.map((file) => rm(file, { force: true })));
  }
}

/**
 * The record with what this audit teaches about its target; a known origin is never replaced (a port may just have
 * moved).
 */
function learned(record: AuditRecord, { target, learn }: PlannedPage): AuditRecord {
  if (!learn) return record;
  const known = Object.hasOwn(record.targets, target) ? record.targets[target] : undefined;
  const merged = { kind: 'page', ...learn, ...known } as Target;
  const origins = { ...learn.origins, ...known?.origins };
  if (Object.keys(origins).length > 0) merged.origins = origins;
  if (known && JSON.stringify(merged) === JSON.stringify(known)) return record;
  return { ...record, targets: { ...record.targets, [target]: merged } };
}
