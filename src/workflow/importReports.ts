import { applyAudit, type FindingChange } from '../core/audit/applyAudit';
import { type AuditResult, auditResults } from '../core/audit/auditResults';
import { type AxeResult, axeAuditResults } from '../core/audit/importAxe';
import type { ReportSlice } from '../core/audit/lighthouseReport';
import { HumanError } from '../core/errors';
import { type AuditRecord, findingSchema, type Target } from '../core/record/record';
import { environmentOf, normalizePath, slugError, storableUrl } from '../core/record/targets';
import { median } from '../core/statistics/spread';
import { localDate } from './localDate';
import { planUrl } from './planPages';
import { type FormFactor, type Report, readReports } from './readReports';
import type { Workspace } from './workspace';

export interface ImportOptions {
  workspace: Workspace;
  files: readonly string[];
  /** The target that all files are about; otherwise each report's address tells. */
  target?: string | undefined;
  /** The environment of the evidence; otherwise each report's address tells. */
  environment?: string | undefined;
  /** What axe-core results were taken on, as they do not say; desktop when left out. */
  formFactor?: FormFactor | undefined;
  now?: () => Date;
}

/** One report of a file and where its findings went. */
export interface ImportedReport {
  tool: 'lighthouse' | 'axe';
  /** Without query and fragment; missing where an axe-core result does not name its page. */
  url?: string;
  target: string;
  environment: string;
  formFactor: FormFactor;
  /** The day it was made, YYYY-MM-DD. */
  day: string;
}

/** What became of one file: its reports, and what could not be imported of it. */
export interface ImportedFile {
  file: string;
  reports: ImportedReport[];
  errors: HumanError[];
}

/** Reports that counted together, and what they did to the record. */
export interface ImportedSet extends Omit<ImportedReport, 'url'> {
  reports: number;
  changes: FindingChange[];
  /** Findings left as they are because the record knows something newer. */
  outdated: string[];
}

export interface ImportOutcome {
  files: ImportedFile[];
  sets: ImportedSet[];
  /** Targets that the record did not have before. */
  newTargets: string[];
  written: boolean;
}

/** A report and the file that it came from. */
interface Read extends Report {
  file: ImportedFile;
}

interface OpenSet extends Omit<ImportedSet, 'reports' | 'changes' | 'outdated'> {
  reads: Read[];
}

/**
 * Brings Lighthouse reports and axe-core results into the record, in one change of it. Reports of one page, tool,
 * environment, form factor and day count together, as the runs of an audit do; days are applied in their order. A
 * report never overrules what the record learned later. A file that cannot be read stops none of the others.
 *
 * @throws HumanError `target-invalid`, `environment-invalid`, `pages-differ`, or of kind `record`
 */
export async function importReports(options: ImportOptions): Promise<ImportOutcome> {
  const { workspace, files, target, environment, formFactor, now = () => new Date() } = options;
  checkName('target', target);
  checkName('environment', environment);
  await workspace.record.read(); // said before the work, not after it
  const reads: Read[] = [];
  const outcome: ImportOutcome = { files: [], sets: [], newTargets: [], written: false };
  for (const name of files) {
    const found = await readReports(name, { formFactor, isNamed: target !== undefined, now: now() });
    const file: ImportedFile = { file: name, reports: [], errors: found.errors };
    outcome.files.push(file);
    reads.push(...found.reports.map((report) => ({ ...report, file })));
  }
  if (target !== undefined) checkOnePage(reads);
  reads.sort((a, b) => a.at - b.at);
  const { written } = await workspace.record.update((record) => applied(record, unique(reads), options, outcome));
  outcome.written = written;
  return outcome;
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

function checkOnePage(reads: readonly Read[]): void {
  const paths = new Set(reads.flatMap(({ url }) => (url === undefined ? [] : [normalizePath(new URL(url).pathname)])));
  if (paths.size <= 1) return;
  throw new HumanError('usage', 'pages-differ', {
    what: `The files are about ${paths.size} pages, but a target is one page.`,
    next: 'Leave --target out, or import the files of each page on their own.',
  });
}

/** Each report once, though it may be in several files. */
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
  outcome: ImportOutcome,
): AuditRecord {
  let record = before;
  const sets = new Map<string, OpenSet>();
  for (const read of reads) {
    const placed = placedIn(record, read, options);
    if (!Object.hasOwn(record.targets, placed.target)) outcome.newTargets.push(placed.target);
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
    const all = resultsOf(same);
    const seen = `${set.environment}/${set.formFactor}`;
    const idOf = ({ id }: AuditResult) => `${set.target}/${set.tool}/${id}`;
    const outdated = all.filter((result) => knowsNewer(record, idOf(result), seen, set.day));
    const applied = applyAudit(record, {
      target: set.target,
      environment: set.environment,
      formFactor: set.formFactor,
      tool: set.tool,
      results: all.filter((result) => !outdated.includes(result)),
      today: set.day,
    });
    record = applied.record;
    outcome.sets.push({ ...set, reports: same.length, changes: applied.changes, outdated: outdated.map(idOf) });
  }
  return record;
}

const auditId = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;

function resultsOf(reads: readonly Read[]): AuditResult[] {
  const slices: ReportSlice[] = [];
  const axe: AxeResult[] = [];
  for (const { content } of reads) {
    if (content.tool === 'axe') axe.push(content.result);
    else slices.push(content.slice);
  }
  const results = slices.length > 0 ? auditResults(slices, representativeOf(slices)) : axeAuditResults(axe);
  return results.filter(({ id }) => auditId.test(id)); // others cannot be part of a finding's id
}

/** The run in the middle by performance score; the first where there is none. */
function representativeOf(slices: readonly ReportSlice[]): number {
  const scores = slices.map(({ categories }) => categories.find(({ id }) => id === 'performance')?.score ?? null);
  const middle = median(scores.filter((score) => score !== null));
  if (middle === undefined) return 0;
  const distances = scores.map((score) => (score === null ? Number.POSITIVE_INFINITY : Math.abs(score - middle)));
  return distances.indexOf(Math.min(...distances));
}

/** Whether a finding was decided by evidence, or first seen there, after this day. */
function knowsNewer(record: AuditRecord, id: string, seen: string, day: string): boolean {
  const parsed = findingSchema.safeParse(Object.hasOwn(record.findings, id) ? record.findings[id] : undefined);
  if (!parsed.success) return false;
  const { state, firstSeen } = parsed.data;
  if (state.status === 'fixed') return state.fixedOn !== undefined && state.fixedOn > day;
  if (state.status === 'reopened' && state.on !== undefined && state.on > day) return true;
  return firstSeen !== undefined && firstSeen > day && (state.seenIn?.includes(seen) ?? false);
}

/** Where a report belongs, and the record with its target. */
function placedIn(
  record: AuditRecord,
  { url }: Read,
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
  const { page } = planUrl(record.targets, url, { target: options.target, environment });
  const known = Object.hasOwn(record.targets, page.target) ? record.targets[page.target] : undefined;
  return {
    record: withTarget(record, page.target, known, page.learn ?? {}),
    target: page.target,
    environment: page.environment,
  };
}

/** A known origin is never replaced: a port may just have moved. A journey and a page elsewhere learn nothing. */
function withTarget(record: AuditRecord, slug: string, known: Target | undefined, learn: Partial<Target>): AuditRecord {
  if (known && known.kind !== 'page') return record;
  if (known?.path !== undefined && normalizePath(known.path) !== normalizePath(learn.path ?? '/')) return record;
  const learned = { kind: 'page', ...learn, ...known, origins: { ...learn.origins, ...known?.origins } } as Target;
  if (known && JSON.stringify(learned) === JSON.stringify(known)) return record;
  return { ...record, targets: { ...record.targets, [slug]: learned } };
}

/** For a target that a person named: the environment whose origin the address has. */
function knownEnvironment(record: AuditRecord, target: string | undefined, url: string): string | undefined {
  if (target === undefined) return undefined;
  const origins = Object.hasOwn(record.targets, target) ? record.targets[target]?.origins : undefined;
  const { origin } = new URL(url);
  return Object.entries(origins ?? {}).find(([, value]) => value === origin)?.[0] ?? environmentOf(url);
}
