import { rm } from 'node:fs/promises';
import { applyAudit, type FindingChange, type UndecidedAudit, undecidedAudits } from '../core/audit/applyAudit';
import { type AuditResult, auditResults, resultsThatCount } from '../core/audit/auditResults';
import { isAtRest, isDisturbed } from '../core/audit/clockAudits';
import { incomparable } from '../core/audit/compareMeasurements';
import type { ReportSlice } from '../core/audit/lighthouseReport';
import { type Measurement, measure } from '../core/audit/measurement';
import { type NotMeasured, notMeasured } from '../core/audit/notMeasured';
import { inShard, type Shard } from '../core/audit/shards';
import { cancelled, type HumanError, toHumanError } from '../core/errors';
import type { ExpectedPage } from '../core/record/logins';
import type { AuditRecord, Target } from '../core/record/record';
import { storableUrl } from '../core/record/targets';
import type { AuditEngine, AuditProgress } from '../engine/auditEngine';
import { answersNode } from '../engine/servers/preflight';
import type { AtRest } from '../engine/sideBySide';
import type { AuditOptions, Sent, VisitOptions } from '../protocol/workerMessages';
import { allAtRest } from './allAtRest';
import { localDate } from './localDate';
import { type Credentials, Logins } from './logins';
import type { PlannedPage } from './planPages';
import { sentAhead } from './sentAhead';
import { Sites } from './sites';
import type { Workspace } from './workspace';

export type FormFactor = AuditOptions['formFactor'];

/** What to audit, and how. */
export interface AuditPlan extends Omit<AuditOptions, 'url' | 'formFactor' | keyof Sent> {
  pages: PlannedPage[];
  formFactors: FormFactor[];
  skipPreflight?: boolean | undefined;
  /** The part of the sets that this machine does; all when left out. */
  shard?: Shard | undefined;
  /** Whether a browser stays ready for a while after the last page, for the next audit. */
  keepWarm?: boolean | undefined;
  /** Whether to write findings and targets to the record, and to keep the runs. */
  record: boolean;
  /** Whether the runs are left out of what this machine keeps, such as those that nobody asked for just now. */
  forgetRuns?: boolean | undefined;
  /** Headers and cookies for requests to one origin, from the environment or a secret store. */
  credentials?: Credentials;
  /** Whether pages behind a login are audited as everybody sees them. */
  asNobody?: boolean | undefined;
}

/** How far the plan is. */
export interface PlanProgress extends Omit<AuditProgress, 'phase'> {
  page: PlannedPage;
  formFactor: FormFactor;
  /** Finished sets of runs, of `total`. */
  done: number;
  total: number;
  /** Whether other pages are audited at the same time. */
  isBeside?: true;
  phase: AuditProgress['phase'] | 'serve' | 'preflight' | 'record';
}

/** What auditing one page in one form factor gave. */
export interface PageResult {
  page: PlannedPage;
  formFactor: FormFactor;
  /** Whether the runs are kept on this machine, so that a page can show them. */
  isKept?: true;
  measurement?: Measurement;
  report?: ReportSlice;
  /** What may change the record. */
  results?: AuditResult[];
  /** What no run could measure. */
  notMeasured: NotMeasured[];
  /** What these runs leave undecided, so that its findings stay as they are. */
  undecided: UndecidedAudit[];
  /** The last earlier measurement that may be compared with this one. */
  previous?: Measurement;
  changes: FindingChange[];
  /** Why there is no measurement, or why it was not recorded. */
  error?: HumanError;
}

/** What audits pages: browsers of this machine, or a service. */
export interface PageEngine extends Pick<AuditEngine, 'audit' | 'visit' | 'signIn' | 'look'> {
  /** Left out where pages are audited one after the other. */
  atRest?: AuditEngine['atRest'];
}

export interface AuditPagesOptions {
  workspace: Workspace;
  engine: PageEngine;
  plan: AuditPlan;
  signal?: AbortSignal;
  onProgress?: (progress: PlanProgress) => void;
  onResult?: (result: PageResult) => void;
  /** Runs before the audits when their results cannot be recorded; they are measured all the same. */
  onUnwritable?: (error: HumanError) => void;
  log?: (line: string) => void;
  /** Runs before the record is written. */
  beforeRecord?: () => Promise<void>;
  now?: () => Date;
}

/**
 * Audits pages one after the other and records what they found. A page that fails does not stop the others.
 *
 * @throws HumanError when no page can be audited: cancelled, no browser, or a record that cannot be read
 */
export async function auditPages(given: AuditPagesOptions): Promise<PageResult[]> {
  const { workspace, engine, signal, log } = given;
  const known = workspace.record.read();
  if (given.plan.record) {
    await known; // throws before the work, not after it
    await workspace.record.ensureWritable().catch((error) => given.onUnwritable?.(toHumanError(error)));
  }
  const ignoredParameters = await known.then(
    ({ record }) => record.settings?.ignoredParameters,
    () => undefined,
  );
  const plan = { ...given.plan, ignoredParameters };
  const options = { ...given, plan };
  const sites = new Sites(workspace.paths.root, { signal, log });
  const { credentials, asNobody, ignoreCertificateErrors } = plan;
  const logins = new Logins({ asNobody, workspace, engine, credentials, ignoreCertificateErrors, signal, log });
  const all = plan.pages.flatMap((page) => plan.formFactors.map((formFactor) => ({ page, formFactor })));
  const sets = plan.shard ? inShard(all, plan.shard) : all;
  const results: PageResult[] = [];
  let finished = 0;
  const resultOf = async (set: AuditedSet, index: number, measuring: Measuring): Promise<PageResult> => {
    if (signal?.aborted) throw cancelled();
    const report = (phase: PlanProgress['phase'], progress?: AuditProgress) =>
      options.onProgress?.({
        run: 1,
        runs: plan.runs,
        repeated: false,
        ...progress,
        ...set,
        phase,
        done: finished,
        total: sets.length,
        ...(measuring.beside && { isBeside: true }),
      });
    const anotherFollows = plan.keepWarm === true || index < sets.length - 1;
    try {
      return await auditOne(options, set, { sites, logins, anotherFollows, report, ...measuring });
    } catch (thrown) {
      const error = toHumanError(thrown);
      if (endsAll(error)) throw error;
      return { ...set, notMeasured: [], undecided: [], changes: [], error };
    } finally {
      finished += 1;
    }
  };
  const tell = (result: PageResult) => {
    results.push(result);
    options.onResult?.(result);
  };
  try {
    if (isAtRest(plan) && engine.atRest && sets.length > 0) {
      const sent = await sentAhead(sets, sites, logins);
      await atRest(
        options,
        sets,
        (set, index, measuring) => resultOf(set, index, { ...measuring, ...sent(set) }),
        tell,
      );
    } else for (const [index, set] of sets.entries()) tell(await resultOf(set, index, {}));
  } finally {
    await sites.stop();
  }
  return results;
}

type AuditedSet = Pick<PageResult, 'page' | 'formFactor'>;

/** How a page is measured beside others. */
interface Measuring {
  /** What audits a page while others may be audited too; left out where it is alone. */
  beside?: AtRest;
  /** The page before it, so that pages are recorded in their order. */
  before?: Promise<unknown>;
  /** What goes along with it; left out where that is asked when its turn has come. */
  sent?: Promise<Sent>;
}

/**
 * Audits several pages at once, since no clock decides anything of them. They are recorded in the plan's order.
 */
async function atRest(
  options: AuditPagesOptions,
  sets: readonly AuditedSet[],
  resultOf: (set: AuditedSet, index: number, measuring: Measuring) => Promise<PageResult>,
  tell: (result: PageResult) => void,
): Promise<void> {
  const { engine, signal, onProgress } = options;
  const first = sets[0] as AuditedSet;
  const onWait = (progress: AuditProgress) => onProgress?.({ ...progress, ...first, done: 0, total: sets.length });
  await allAtRest({ engine, signal, onWait }, (beside) => {
    let told: Promise<unknown> = Promise.resolve();
    return sets.flatMap((set, index) => {
      const before = told;
      const result = resultOf(set, index, { beside, before });
      told = before.catch(() => {}).then(async () => tell(await result));
      return [result, told];
    });
  });
}

/** Whether no further page can succeed after an error. */
export function endsAll({ kind, code }: HumanError): boolean {
  const isOfOnePage = code === 'browser-died' || code.startsWith('timeout-');
  return kind === 'cancelled' || (kind === 'environment' && !isOfOnePage);
}

/** Asks for a page before it is loaded for an audit. @throws HumanError why it does not answer, or `cancelled` */
export async function ensureAnswer(
  engine: Pick<AuditEngine, 'visit'>,
  options: VisitOptions,
  signal?: AbortSignal,
): Promise<void> {
  if (!(await answersNode(options.url, options, signal))) await engine.visit(options, { signal });
}

interface PageWork extends Measuring {
  sites: Sites;
  logins: Logins;
  anotherFollows: boolean;
  report: (phase: PlanProgress['phase'], progress?: AuditProgress) => void;
}

async function auditOne(
  { workspace, engine, plan, signal, beforeRecord, now = () => new Date() }: AuditPagesOptions,
  { page, formFactor }: { page: PlannedPage; formFactor: FormFactor },
  { sites, logins, sent: known, anotherFollows, report, beside, before }: PageWork,
): Promise<PageResult> {
  const {
    pages,
    formFactors,
    skipPreflight,
    keepWarm,
    forgetRuns,
    record: mayRecord,
    credentials: _,
    asNobody: __,
    shard,
    ...settings
  } = plan;
  const isRecorded = mayRecord && !(await logins.isLeftOut(page));
  if (page.serve) report('serve');
  const url = await sites.urlOf(page);
  let started = now();
  let is: ExpectedPage | undefined;
  const audit = async (sent: Sent) => {
    const request: AuditOptions = { ...settings, url, formFactor, ...sent };
    const onTurn = async () => {
      if (!skipPreflight) {
        report('preflight');
        await ensureAnswer(beside ?? engine, request, signal);
      }
      started = now();
    };
    is = sent.expects?.is;
    if (!beside) await onTurn();
    const control = {
      anotherFollows,
      onTurn,
      onProgress: (progress: AuditProgress) => report(progress.phase, progress),
      ...(signal && { signal }),
    };
    return beside ? beside.audit(request, control) : engine.audit(request, control);
  };
  const { set, reports } = await (known ? known.then(audit) : logins.around(page, new URL(url).origin, audit));
  const shown = set.slices[set.representative] as ReportSlice;
  const measurement = measure(set, {
    id: `${started.toISOString().replace(/[:.]/g, '-')}-${page.environment}-${formFactor}`,
    target: page.target,
    environment: page.environment,
    at: started.toISOString(),
    requestedUrl: storableUrl(url),
    finalUrl: storableUrl(shown.finalUrl),
    is,
  });
  const all = auditResults(set.slices, set.representative, set.foreignLoad.map(isDisturbed));
  const isOwnServer = page.serve !== undefined && 'folder' in page.serve;
  const results = resultsThatCount(all, shown, { isDevelopment: set.development !== undefined, isOwnServer });
  const left = notMeasured(set.slices);
  const earlier = isRecorded ? await workspace.runs.measurements() : [];
  const previous = earlier.findLast(
    (other) => other.target === page.target && incomparable(other, measurement) === undefined,
  );
  const result: PageResult = {
    page,
    formFactor,
    measurement,
    report: shown,
    results,
    notMeasured: left,
    undecided: [],
    changes: [],
    ...(previous && { previous }),
  };
  try {
    if (!isRecorded) return result;
    report('record');
    if (!forgetRuns) {
      // what the page of a finding shows of its places (knownPlaces.ts)
      await workspace.runs.add({ measurement, report: shown, results, notMeasured: left }, reports);
      result.isKept = true;
    }
    await before?.catch(() => {}); // only now: a worker that ends takes the reports along
    if (measurement.redirectedTo === undefined) await beforeRecord?.();
    const { warning } = await workspace.record.update((record) => {
      const known = learned(record, page);
      if (measurement.redirectedTo !== undefined) return record; // another page was measured
      const { target, environment } = page;
      const audited = { target, environment, formFactor, results, today: localDate(started) };
      const { record: next, changes } = applyAudit(known, audited);
      result.changes = changes;
      result.undecided = undecidedAudits(known, audited);
      return next;
    });
    return warning ? { ...result, error: warning } : result;
  } catch (error) {
    return { ...result, changes: [], error: toHumanError(error) };
  } finally {
    await Promise.all(reports.map((file) => rm(file, { force: true })));
  }
}

/** The record with what the plan knows of its target. Never replaces a known origin, since only its port may differ. */
export function learned(record: AuditRecord, { target, learn }: PlannedPage): AuditRecord {
  if (!learn) return record;
  const known = Object.hasOwn(record.targets, target) ? record.targets[target] : undefined;
  const merged = { kind: 'page', ...learn, ...known } as Target;
  const origins = { ...learn.origins, ...known?.origins };
  if (Object.keys(origins).length > 0) merged.origins = origins;
  if (known && JSON.stringify(merged) === JSON.stringify(known)) return record;
  return { ...record, targets: { ...record.targets, [target]: merged } };
}
