import os from 'node:os';
import path from 'node:path';
import { applyAudit } from '../core/audit/applyAudit';
import { type AuditResult, auditResults, resultsThatCount } from '../core/audit/auditResults';
import { isDisturbed, isOfTimes } from '../core/audit/clockAudits';
import type { ReportSlice } from '../core/audit/lighthouseReport';
import { notMeasured, notMeasuredLines } from '../core/audit/notMeasured';
import { auditDetails } from '../core/audit/reportDetails';
import { requestPaths } from '../core/audit/requests';
import { pageGroups } from '../core/discovery/pageGroups';
import { isAttachment } from '../core/record/attachments';
import { gatesOf } from '../core/record/gateSettings';
import { listFindings } from '../core/record/listFindings';
import type { ParsedRecord } from '../core/record/parseRecord';
import type { AuditRecord } from '../core/record/record';
import { submittedEvaluations } from '../core/report/evaluationFacts';
import { problemAnchors } from '../core/report/findingsMarkdown';
import { diffRecords, type FindingDifference, newEvaluations } from '../core/report/recordDiff';
import { gateReasons, openBudgets } from '../core/review/gate';
import type { AccessibilityIssue, Bench, Calibration, CodeLine, Review, ReviewedPage } from '../core/review/review';
import { compareRows } from '../core/verdict/pageComparison';
import { Git } from '../storage/git';
import { WorkspaceFiles } from '../storage/workspaceFiles';
import { codeLines, withLines } from './codeLines';
import type { PageRuns, VersionRuns } from './comparePages';
import type { OpenSide } from './compareSides';
import { freshnessOf } from './evaluations';
import { auditOf } from './knownPlaces';
import { elementsOf } from './placeSources';
import { referencesOf } from './references';
import type { Side } from './runVersion';
import { sourcesOf } from './sources';
import { validateRecord } from './validateRecord';
import type { Workspace } from './workspace';

/** The sides of a change, with the runs of its pages. */
export interface Change {
  base: Pick<OpenSide, 'version' | 'record' | 'unread'>;
  head: Pick<OpenSide, 'version' | 'record'>;
  runs: readonly PageRuns[];
  /** The categories that were audited; all when left out. */
  categories?: readonly string[] | undefined;
  /** The pages as planned, which the record need not know. */
  targets: AuditRecord['targets'];
  calibration?: Calibration | undefined;
  /** YYYY-MM-DD */
  today: string;
}

/**
 * What a change did. Both records are looked at as they would be if their pages had been audited just now, so that a
 * finding that was there before is not new, and one that nobody recorded is. Writes nothing.
 */
export async function reviewChange(workspace: Workspace, change: Change): Promise<Review> {
  const { base, head, runs, categories, calibration, today } = change;
  const before = { ...base.record, record: audited(base.record.record, 'base', change) };
  const after = {
    ...head.record,
    record: audited(withMeasured(head.record.record, before.record, change), 'head', change),
  };
  const pages = await Promise.all(reviewedPages(runs).map((page) => withTags(workspace, page, after, change)));
  const differences = diffRecords(before, after).filter(isOfBoth(runs)).filter(isOfAudited(change));
  const { problems } = await validateRecord(workspace, today);
  const facts = {
    pages,
    differences,
    after,
    // what ran out is a reason of its own
    faults: problems
      .filter(({ ranOut }) => !ranOut)
      .map(({ line, key, message }) => `the record, line ${line}: ${key}: ${message}`),
    evaluations: await evaluationsMissing(workspace, after),
    today,
  };
  return {
    base: base.version,
    head: head.version,
    categories,
    pages,
    differences,
    evaluations: newEvaluations(before, after),
    lines: await linesOf(workspace, withTargets(after, change), differences, runs),
    pictures: await picturesOf(workspace, after),
    anchors: problemAnchors(head.record),
    accessibility: isAccessTold(runs) ? runs.flatMap(accessibilityOf) : undefined,
    gate: gateReasons(head.record.record.settings?.gate, facts),
    openBudgets: isOfTimes(categories) ? openBudgets(head.record.record.settings?.gate, facts) : [],
    notMeasured: runs.flatMap((run) => notMeasuredIn(run, { base: base.version.name, head: head.version.name })),
    unread: base.unread,
    bench: benchOf(runs),
    calibration,
  };
}

/** The record as it would be if the pages of a side had been audited just now. */
function audited(record: AuditRecord, side: Side, { runs, today }: Change): AuditRecord {
  return runs.reduce((known, { page, [side]: version, base, head, error }) => {
    // a side alone would make all that it shows new, or fixed
    const isElsewhere = [base, head].some((one) => one?.measurement.redirectedTo !== undefined);
    if (!version || error || isElsewhere || (!base !== !head && side === 'base')) return known;
    const other = side === 'base' ? head : base;
    const untold = new Set(other && untoldIn(other, page));
    const results = resultsOf(version, page).filter(({ id }) => !untold.has(id));
    const { target, environment, formFactor } = page;
    return applyAudit(known, { target, environment, formFactor, results, today }).record;
  }, record);
}

function resultsOf({ set }: VersionRuns, { isOwnServer }: PageRuns['page']): AuditResult[] {
  const isDevelopment = set.development !== undefined;
  const all = auditResults(set.slices, 0, set.foreignLoad.map(isDisturbed));
  return resultsThatCount(all, set.slices[0] as ReportSlice, { isDevelopment, isOwnServer });
}

/** The audits that a version's runs could not measure or leave undecided: what the other shows of them is no change. */
function untoldIn(version: VersionRuns, page: PageRuns['page']): string[] {
  const undecided = resultsOf(version, page).filter((result) => result.undecided);
  return [...notMeasured(version.set.slices), ...undecided].map(({ id }) => id);
}

/** What the runs of a page could not measure, a line for each version and reason. */
function notMeasuredIn({ page, error, ...sides }: PageRuns, names: Record<Side, string>): string[] {
  if (error || page.journey) return [];
  return (['base', 'head'] as const).flatMap((side) => {
    const lines = notMeasuredLines(notMeasured(sides[side]?.set.slices ?? []));
    return lines.map((line) => withoutStop(`${page.target}, ${page.formFactor}, ${names[side]}: ${line}`));
  });
}

const withoutStop = (text: string) => text.replace(/\.$/, '');

/** The categories that failed in the version after alone. */
function lostIn({ page, base, head }: PageRuns): string[] {
  if (!base || !head || page.journey) return [];
  const failed = ({ set }: VersionRuns) => notMeasured(set.slices).filter(({ kind }) => kind === 'category');
  const before = new Set(failed(base).map(({ id }) => id));
  return failed(head).flatMap(({ id, title, reason }) => (before.has(id) ? [] : [withoutStop(`${title}: ${reason}`)]));
}

/** Whether each page of the version after has its accessibility measured: a report without it would read as mended. */
function isAccessTold(runs: readonly PageRuns[]): boolean {
  const pages = runs.filter(({ page }) => !page.journey);
  const isTold = ({ head }: PageRuns) =>
    head?.set.slices[0]?.categories.some(({ id, score }) => id === 'accessibility' && score !== null) ?? false;
  return pages.length > 0 && pages.every(isTold);
}

/** A record with what only the audit of the version before found, so that it can be fixed in the version after. */
function withMeasured(record: AuditRecord, before: AuditRecord, { base }: Change): AuditRecord {
  const measured = Object.entries(before.findings).filter(
    ([id]) => !Object.hasOwn(base.record.record.findings, id) && !Object.hasOwn(record.findings, id),
  );
  return { ...record, findings: { ...record.findings, ...Object.fromEntries(measured) } };
}

function withTargets(parsed: ParsedRecord, { targets }: Change): ParsedRecord {
  return { ...parsed, record: { ...parsed.record, targets: { ...targets, ...parsed.record.targets } } };
}

/** Leaves out what only seems to change since one side of its page could not be audited. */
function isOfBoth(runs: readonly PageRuns[]): (difference: FindingDifference) => boolean {
  const isFailed = (of: readonly PageRuns[]) => of.every(({ error }) => error !== undefined);
  const byTarget = Map.groupBy(runs, ({ page }) => page.target);
  const failed = new Set([...byTarget].filter(([, of]) => isFailed(of)).map(([target]) => target));
  return ({ target, id, change }) => !failed.has(target) || change === 'decided' || !id.includes('/lighthouse/');
}

/**
 * Leaves out what only the records say of audits that were not asked for: no page was looked at for them. What people
 * decided stays.
 */
function isOfAudited({ categories, runs }: Change): (difference: FindingDifference) => boolean {
  if (categories === undefined) return () => true;
  const slices = runs.flatMap(({ base, head }) => [base, head].flatMap((side) => side?.set.slices ?? []));
  const refs = slices.flatMap((slice) => slice.categories.flatMap((category) => category.refs));
  const rules = new Set(refs.map(({ id }) => `lighthouse/${id}`));
  return ({ problem, change }) => change === 'decided' || !problem.startsWith('lighthouse/') || rules.has(problem);
}

function reviewedPages(runs: readonly PageRuns[]): ReviewedPage[] {
  const rows = compareRows(runs.map(({ pairs }) => pairs));
  return runs.map((run, index): ReviewedPage => {
    const { page, pairs, base, head, incomparable, error } = run;
    const lost = lostIn(run);
    const { target, formFactor, journey } = page;
    const all = [...pairs.first, ...pairs.fresh];
    const known = new Set(base?.report && requestPaths(base.report));
    return {
      target,
      formFactor,
      ...(journey && { isJourney: true }),
      rows: incomparable === undefined && !error ? (rows[index] ?? []) : [],
      pairs: all.length,
      disturbed: all.flatMap((pair) => [pair.base, pair.head]).filter((run) => run.isDisturbed).length,
      ...(incomparable !== undefined && { incomparable }),
      ...(lost.length > 0 && { lost }),
      ...(error && { error: { side: error.side, what: error.error.message, next: error.error.next } }),
      newRequests: base && head?.report ? requestPaths(head.report).filter((path) => !known.has(path)) : [],
    };
  });
}

/** Looks in the file of a slower page for the tags that ask for what only the version after loads. */
async function withTags(
  { paths }: Workspace,
  page: ReviewedPage,
  { record }: ParsedRecord,
  { targets }: Change,
): Promise<ReviewedPage> {
  const all = { ...targets, ...record.targets };
  const target = Object.hasOwn(all, page.target) ? all[page.target] : undefined;
  if (!target || page.newRequests.length === 0) return page;
  const git = await Git.of(paths.root);
  const urls = new Map(page.newRequests.map((path) => [`http://localhost${path}`, path]));
  const found = await referencesOf(new WorkspaceFiles(paths.root), target, undefined, [...urls.keys()]);
  const askedAt = new Map<string, CodeLine>();
  for (const [url, { position }] of found) {
    const file = git ? await git.relative(path.join(paths.root, position.file)) : position.file;
    askedAt.set(urls.get(url) as string, { file, line: position.line });
  }
  return { ...page, askedAt };
}

/** The evaluations that the settings of the record demand, and that are missing or stale. */
async function evaluationsMissing(workspace: Workspace, after: ParsedRecord): Promise<string[]> {
  const { targets } = after.record;
  const { gate: ofAll, groups } = gatesOf(after.record.settings);
  const submitted = submittedEvaluations(after);
  const missing: string[] = [];
  const groupOf = pageGroups(after.record);
  const gateOf = (name: string) => groups.get(groupOf.get(name) ?? '');
  const demanded = [
    ...(ofAll.evaluations ?? []).map((one) => ({
      ...one,
      names: Object.keys(targets).filter((name) => gateOf(name)?.evaluations === undefined),
    })),
    ...[...groups].flatMap(([group, gate]) =>
      (gate.evaluations ?? []).map((one) => ({
        ...one,
        names: [...groupOf].flatMap(([name, own]) => (own === group ? [name] : [])),
        group,
      })),
    ),
  ];
  for (const { checklist, target, names, ...of } of demanded) {
    const named = (name: string) => ('group' in of ? `${name} (group ${of.group})` : name);
    for (const name of target === undefined ? names : [target]) {
      const made = submitted.filter(
        ({ evaluation }) =>
          evaluation.target === name && evaluation.checklist.split('@')[0] === checklist.split('@')[0],
      );
      if (made.length === 0) missing.push(`${named(name)} was not evaluated with ${checklist}`);
      const fresh = await Promise.all(made.map(({ evaluation }) => freshnessOf(workspace, after.record, evaluation)));
      if (made.length > 0 && fresh.every(({ state }) => state === 'stale'))
        missing.push(`the evaluation of ${named(name)} with ${checklist} is stale: ${fresh[0]?.why}`);
    }
  }
  return missing;
}

/** Where the findings of differences stand: their source where it is known exactly, else their entry in the record. */
async function linesOf(
  workspace: Workspace,
  after: ParsedRecord,
  differences: readonly FindingDifference[],
  runs: readonly PageRuns[],
): Promise<Review['lines']> {
  const lines = new Map<string, CodeLine & { isSource: boolean }>();
  const git = await Git.of(workspace.paths.root);
  const record = git ? await git.relative(workspace.paths.record) : undefined;
  for (const { id, target } of differences) {
    const source = await sourceLine(workspace, after, id, runs);
    // one that nobody recorded has no entry yet, its page has
    const entry = after.lineOf.get(id) ?? after.lineOf.get(target);
    const file = source && (git ? await git.relative(path.join(workspace.paths.root, source.file)) : source.file);
    if (source && file !== undefined) lines.set(id, { file, line: source.line, isSource: true });
    else if (record !== undefined && entry !== undefined) lines.set(id, { file: record, line: entry, isSource: false });
  }
  return lines;
}

async function picturesOf({ paths }: Workspace, after: ParsedRecord): Promise<Review['pictures']> {
  const git = await Git.of(paths.root);
  if (!git) return new Map();
  const folder = path.posix.dirname(await git.relative(paths.record));
  return new Map(
    listFindings(after).flatMap(({ id, evidence = [] }): [string, string][] => {
      const first = evidence.find(isAttachment);
      return first === undefined ? [] : [[id, path.posix.join(folder, first)]];
    }),
  );
}

async function sourceLine(
  workspace: Workspace,
  { record }: ParsedRecord,
  id: string,
  runs: readonly PageRuns[],
): Promise<CodeLine | undefined> {
  const finding = record.findings[id];
  const audit = finding && auditOf(finding);
  const target = finding && Object.hasOwn(record.targets, finding.target) ? record.targets[finding.target] : undefined;
  const { report, measurement } = runs.find(({ page }) => page.target === finding?.target)?.head ?? {};
  if (!finding || audit === undefined || !target || !report || !measurement) return undefined;
  const details = auditDetails(report, audit);
  const places = elementsOf(finding, details?.places ?? []);
  const elements = await sourcesOf(workspace, target, places);
  const tables = details ? await withLines(workspace, target, { ...details, at: measurement.at }, false) : [];
  const positions = [...elements, ...codeLines(tables).map(({ position }) => position)];
  const exact = positions.find((position) => position !== undefined && position.by !== 'guess');
  return exact && { file: exact.file, line: exact.line };
}

/** The elements on which accessibility audits of the version after fail. */
function accessibilityOf({ head }: PageRuns): AccessibilityIssue[] {
  const slice = head?.set.slices[0];
  if (!slice || !head) return [];
  const audits = new Set(slice.categories.find(({ id }) => id === 'accessibility')?.refs.map(({ id }) => id));
  return slice.audits
    .filter(({ id, score }) => audits.has(id) && score !== null && score < 1)
    .flatMap(({ id: code, title: message, items }) =>
      items.map(({ selector = '', snippet: context = '' }) => ({
        url: head.measurement.finalUrl,
        ...{ code, message, selector, context },
      })),
    );
}

function benchOf(runs: readonly PageRuns[]): Bench | undefined {
  const version: VersionRuns | undefined = runs.flatMap(({ head }) => head ?? [])[0];
  if (!version) return undefined;
  const { lighthouseVersion: lighthouse, browser, at } = version.measurement;
  return { machine: `${os.type()}, ${os.cpus().length} cores`, lighthouse, browser, at };
}
