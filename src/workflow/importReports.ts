import { applyAudit, type FindingChange, type UndecidedAudit, undecidedAudits } from '../core/audit/applyAudit';
import { type AuditResult, auditResults } from '../core/audit/auditResults';
import { type AxeResult, axeAuditResults, undecidedRules } from '../core/audit/importAxe';
import type { ReportSlice } from '../core/audit/lighthouseReport';
import { type NotMeasured, notMeasured } from '../core/audit/notMeasured';
import { HumanError } from '../core/errors';
import {
  addressOfTarget,
  addressText,
  isSameAddress,
  normalizePath,
  type PageAddress,
  pageAddress,
} from '../core/record/pageAddress';
import { type AuditRecord, findingSchema, type Target } from '../core/record/record';
import { environmentOf, pageSpeedOf, slugError, storableUrl } from '../core/record/targets';
import { median } from '../core/statistics/spread';
import { localDate } from './localDate';
import { planUrl } from './planPages';
import { type FormFactor, type Report, readReports } from './readReports';
import type { Workspace } from './workspace';

export interface ImportOptions {
  workspace: Workspace;
  files: readonly string[];
  /** The target of all files; without it, each report's address decides. */
  target?: string | undefined;
  /** The environment of all files; without it, each report's address decides. */
  environment?: string | undefined;
  /** The form factor of axe-core results, which do not state it; desktop when left out. */
  formFactor?: FormFactor | undefined;
  now?: () => Date;
}

/** One report of a file, and the target that got its findings. */
export interface ImportedReport {
  tool: 'lighthouse' | 'axe';
  /** As it may be stored. Missing when an axe-core result does not name its page. */
  url?: string;
  target: string;
  environment: string;
  formFactor: FormFactor;
  /** The day it was made, YYYY-MM-DD. */
  day: string;
}

/** The reports of one file, and the errors of those that could not be imported. */
export interface ImportedFile {
  file: string;
  reports: ImportedReport[];
  /** What of it was not taken, and what to do. */
  notices: string[];
  errors: HumanError[];
}

/** Reports that counted as one audit, and what they changed in the record. */
export interface ImportedSet extends Omit<ImportedReport, 'url'> {
  reports: number;
  changes: FindingChange[];
  /** What no report says anything of, so that its findings stay as they are. */
  notMeasured: NotMeasured[];
  /** What these reports leave undecided, so that its findings stay as they are. */
  undecided: UndecidedAudit[];
  /** Whether no rule is listed as passed, so that nothing could be closed. */
  closesNothing: boolean;
  /** Findings left unchanged because the record holds something newer. */
  outdated: string[];
}

export interface ImportResult {
  files: ImportedFile[];
  sets: ImportedSet[];
  /** Targets that the import added. */
  newTargets: string[];
  written: boolean;
}

interface Read extends Report {
  file: ImportedFile;
}

interface OpenSet extends Pick<ImportedSet, Exclude<keyof ImportedReport, 'url'>> {
  reads: Read[];
}

/**
 * Imports Lighthouse reports and axe-core results into the record, in one write. Reports of the same page, tool,
 * environment, form factor and day count as the runs of one audit; those of PageSpeed Insights have an environment of
 * their own. Days are applied in order. A report never overrules
 * what the record learned later. A file that cannot be read does not stop the others.
 * @throws HumanError `target-invalid`, `environment-invalid`, `pages-differ`, or of kind `record`
 */
export async function importReports(options: ImportOptions): Promise<ImportResult> {
  const { workspace, files, target, environment, formFactor, now = () => new Date() } = options;
  checkName('target', target);
  checkName('environment', environment);
  const { settings } = (await workspace.record.read()).record; // throws before the work, not after it
  const ignored = settings?.ignoredParameters;
  const reads: Read[] = [];
  const result: ImportResult = { files: [], sets: [], newTargets: [], written: false };
  for (const name of files) {
    const found = await readReports(name, { formFactor, isNamed: target !== undefined, ignored, now: now() });
    const file: ImportedFile = { file: name, reports: [], notices: found.notices, errors: found.errors };
    result.files.push(file);
    reads.push(...found.reports.map((report) => ({ ...report, file })));
  }
  if (target !== undefined) checkOnePage(reads, ignored);
  reads.sort((a, b) => a.at - b.at);
  const { written } = await workspace.record.update((record) => applied(record, unique(reads), options, result));
  result.written = written;
  return result;
}

function checkName(what: 'target' | 'environment', name: string | undefined): void {
  const error = name === undefined ? undefined : slugError(name);
  if (error) {
    throw new HumanError('usage', `${what}-invalid`, {
      what: `"${name}" cannot be the name of ${what === 'target' ? 'a target' : 'an environment'}.`,
      next: error,
    });
  }
}

function checkOnePage(reads: readonly Read[], ignored: readonly string[] | undefined): void {
  const paths = new Set(
    reads.flatMap(({ url }) => {
      if (url === undefined) return [];
      const address = pageAddress(url, ignored);
      return [addressText({ ...address, path: normalizePath(address.path) })];
    }),
  );
  if (paths.size <= 1) return;
  throw new HumanError('usage', 'pages-differ', {
    what: `The files are about ${paths.size} pages, but a target is one page.`,
    next: 'Leave --target out, or import the files of each page on their own.',
  });
}

/** Drops reports that occur twice, also in different files. */
function unique(reads: readonly Read[]): Read[] {
  const seen = new Set<string>();
  return reads.filter((read) => {
    const { tool } = read.content;
    const key = JSON.stringify(tool === 'axe' ? read.content : [tool, read.url, read.formFactor, read.content]);
    return seen.size !== seen.add(key).size;
  });
}

function applied(
  before: AuditRecord,
  reads: readonly Read[],
  options: ImportOptions,
  result: ImportResult,
): AuditRecord {
  let record = before;
  const sets = new Map<string, OpenSet>();
  for (const read of reads) {
    const placed = placedIn(record, read, options);
    if (!Object.hasOwn(record.targets, placed.target)) result.newTargets.push(placed.target);
    record = placed.record;
    const { target, environment } = placed;
    const { formFactor, content } = read;
    const { tool } = content;
    const day = localDate(new Date(read.at));
    read.file.reports.push({
      tool,
      ...(read.url !== undefined && { url: storableUrl(read.url) }),
      target,
      environment,
      formFactor,
      day,
    });
    const key = [day, target, environment, formFactor, tool].join('\n');
    const set = sets.get(key) ?? { tool, target, environment, formFactor, day, reads: [] };
    set.reads.push(read);
    sets.set(key, set);
  }
  for (const { reads: same, ...set } of sets.values()) {
    const { results: all, notMeasured } = resultsOf(same);
    const seen = `${set.environment}/${set.formFactor}`;
    const idOf = ({ id }: AuditResult) => `${set.target}/${set.tool}/${id}`;
    const outdated = all.filter((one) => knowsNewer(record, idOf(one), seen, set.day));
    const audited = { ...set, results: all.filter((one) => !outdated.includes(one)), today: set.day };
    const undecided = undecidedAudits(record, audited);
    const applied = applyAudit(record, audited);
    record = applied.record;
    result.sets.push({
      ...set,
      reports: same.length,
      changes: applied.changes,
      notMeasured,
      undecided,
      closesNothing: !all.some(({ outcome, undecided }) => outcome !== 'failing' && !undecided),
      outdated: outdated.map(idOf),
    });
  }
  return record;
}

const auditId = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;

function resultsOf(reads: readonly Read[]): { results: AuditResult[]; notMeasured: NotMeasured[] } {
  const slices: ReportSlice[] = [];
  const axe: AxeResult[] = [];
  for (const { content } of reads) {
    if (content.tool === 'axe') axe.push(content.result);
    else slices.push(content.slice);
  }
  const results = slices.length > 0 ? auditResults(slices, representativeOf(slices)) : axeAuditResults(axe);
  const reason = 'axe-core could not decide it; look at it yourself';
  const undecided = undecidedRules(axe).map((rule) => ({ kind: 'audit' as const, ...rule, reason }));
  return {
    results: results.filter(({ id }) => auditId.test(id)), // the id of a finding can hold no others
    notMeasured: [...notMeasured(slices), ...undecided],
  };
}

/** The run with the median performance score; the first run where there is no score. */
function representativeOf(slices: readonly ReportSlice[]): number {
  const scores = slices.map(({ categories }) => categories.find(({ id }) => id === 'performance')?.score ?? null);
  const middle = median(scores.filter((score) => score !== null));
  if (middle === undefined) return 0;
  const distances = scores.map((score) => (score === null ? Number.POSITIVE_INFINITY : Math.abs(score - middle)));
  return distances.indexOf(Math.min(...distances));
}

/** Whether an audit changed a finding's state, or a finding was first seen in this environment, after this day. */
function knowsNewer(record: AuditRecord, id: string, seen: string, day: string): boolean {
  const parsed = findingSchema.safeParse(Object.hasOwn(record.findings, id) ? record.findings[id] : undefined);
  if (!parsed.success) return false;
  const { state, firstSeen } = parsed.data;
  if (state.status === 'fixed') return state.fixedOn !== undefined && state.fixedOn > day;
  if (state.status === 'reopened' && state.on !== undefined && state.on > day) return true;
  return firstSeen !== undefined && firstSeen > day && (state.seenIn?.includes(seen) ?? false);
}

/** The target and environment of a report, and the record with that target. */
function placedIn(
  record: AuditRecord,
  { url, isPageSpeed }: Read,
  options: ImportOptions,
): { record: AuditRecord; target: string; environment: string } {
  if (url === undefined) {
    const target = options.target as string;
    const known = Object.hasOwn(record.targets, target) ? record.targets[target] : undefined;
    const environment = options.environment ?? Object.keys(known?.origins ?? {})[0] ?? 'local';
    if (known) return { record, target, environment };
    return { record: { ...record, targets: { ...record.targets, [target]: { kind: 'page' } } }, target, environment };
  }
  const environment = options.environment ?? knownEnvironment(record, options.target, url);
  const ignored = record.settings?.ignoredParameters;
  const { page } = planUrl(record.targets, url, { target: options.target, environment, ignored });
  const known = Object.hasOwn(record.targets, page.target) ? record.targets[page.target] : undefined;
  return {
    record: withTarget(record, page.target, known, page.learn ?? {}),
    target: page.target,
    environment: isPageSpeed ? pageSpeedOf(page.environment) : page.environment,
  };
}

/** Adds an origin to a page. Leaves a known origin, a journey and a page with another path as they are. */
function withTarget(record: AuditRecord, slug: string, known: Target | undefined, learn: Partial<Target>): AuditRecord {
  if (known && known.kind !== 'page') return record;
  const address = known && addressOfTarget(known);
  if (address && !isSameAddress(address, { path: '/', ...learn } as PageAddress)) return record;
  const learned = { kind: 'page', ...learn, ...known, origins: { ...learn.origins, ...known?.origins } } as Target;
  if (known && JSON.stringify(learned) === JSON.stringify(known)) return record;
  return { ...record, targets: { ...record.targets, [slug]: learned } };
}

/** The environment of the named target that has the address's origin. */
function knownEnvironment(record: AuditRecord, target: string | undefined, url: string): string | undefined {
  if (target === undefined) return undefined;
  const origins = Object.hasOwn(record.targets, target) ? record.targets[target]?.origins : undefined;
  const { origin } = new URL(url);
  return Object.entries(origins ?? {}).find(([, value]) => value === origin)?.[0] ?? environmentOf(url);
}
