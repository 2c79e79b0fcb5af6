import { applyAudit } from '../core/audit/applyAudit';
import { type AuditResult, auditResults } from '../core/audit/auditResults';
import { type Measurement, newest } from '../core/audit/measurement';
import { occurrencesOf } from '../core/audit/occurrences';
import { isElsewhere } from '../core/audit/proof';
import { cancelled, type HumanError, toHumanError, usageError } from '../core/errors';
import { findingNamed } from '../core/record/listFindings';
import { countOf } from '../core/record/places';
import type { AuditRecord, Finding } from '../core/record/record';
import { storableUrl } from '../core/record/targets';
import type { AuditEngine } from '../engine/auditEngine';
import type { Checked, CheckOptions } from '../protocol/workerMessages';
import { type AuditPlan, endsAll, ensureAnswer, type FormFactor } from './auditPages';
import { auditOf } from './knownPlaces';
import { localDate } from './localDate';
import { Logins } from './logins';
import { environmentRank, type PlannedPage, planTarget } from './planPages';
import { Sites } from './sites';
import type { Workspace } from './workspace';

/** What became of a finding, as far as a check of its page tells. */
export interface CheckedFinding {
  id: string;
  result: 'fixed' | 'open' | 'not-checked';
  /** At how many places it still is, the most of all form factors; 0 when it is about the whole page. */
  places: number;
  /** Why it was not checked and what to do; of a finding that is gone here, where the record has it still. */
  reason?: string;
}

/** Findings of one page in one environment and form factor. */
export interface PageCheck {
  page: PlannedPage;
  formFactor: FormFactor;
  findings: { id: string; audit: string }[];
}

export interface CheckPlan {
  ids: readonly string[];
  checks: PageCheck[];
  /** Why findings cannot be checked, by id. */
  left: ReadonlyMap<string, string>;
}

export interface CheckProgress {
  page: PlannedPage;
  formFactor: FormFactor;
  /** Finished checks of pages, of `total`. */
  done: number;
  total: number;
  phase: 'serve' | 'preflight' | 'waiting' | 'gather' | 'record';
}

type Settings = 'configPath' | 'ignoreCertificateErrors' | 'ignoreStatusCode' | 'skipPreflight' | 'credentials';

export interface CheckFindingsOptions extends Pick<AuditPlan, Settings> {
  workspace: Workspace;
  engine: AuditEngine;
  plan: CheckPlan;
  signal?: AbortSignal | undefined;
  onProgress?: (progress: CheckProgress) => void;
  now?: () => Date;
}

/** What one check of a page says of a finding. */
interface Said {
  result: CheckedFinding['result'];
  places: number;
  reason?: string;
}

/**
 * Groups findings by page, environment and form factor. A finding is looked for in one environment: that of the newest
 * measurement on this machine, else the first of local, deployed and others; and in each form factor in which the
 * record has it there.
 * @param latest the newest measurement of each page, environment and form factor
 * @param environment where to look instead
 * @throws HumanError `finding-unknown`, `finding-invalid`
 */
export function planChecks(
  record: AuditRecord,
  latest: readonly Measurement[],
  ids: readonly string[],
  environment?: string,
): CheckPlan {
  const left = new Map<string, string>();
  const checks = new Map<string, PageCheck>();
  const unique = [...new Set(ids)];
  for (const id of unique) {
    const finding = findingNamed(record, id);
    try {
      const audit = automaticAudit(finding);
      const where = environment ?? environmentFor(finding, latest);
      const page = planTarget(record.targets, finding.target, where);
      for (const formFactor of formFactorsFor(finding, page.environment)) {
        const key = JSON.stringify([page.target, page.environment, formFactor]);
        const check = checks.get(key) ?? { page, formFactor, findings: [] };
        check.findings.push({ id, audit });
        checks.set(key, check);
      }
    } catch (thrown) {
      left.set(id, reasonOf(toHumanError(thrown)));
    }
  }
  return { ids: unique, checks: [...checks.values()], left };
}

const reasonOf = ({ message, next }: HumanError): string => `${message} ${next}`;

/** The Lighthouse audit that decides a finding. @throws HumanError `not-automatic` */
function automaticAudit(finding: Finding): string {
  const audit = auditOf(finding);
  if (audit !== undefined && finding.kind === 'automated') return audit;
  if (finding.kind === 'automated') {
    const next = 'Import a new report of it: ux-audit import FILE';
    throw usageError('not-automatic', 'A report of another tool brought it.', next);
  }
  const next = `Look at the page, then say so: ux-audit findings fix ${finding.id}`;
  throw usageError('not-automatic', 'A person found it.', next);
}

/** `local/mobile` in parts. A form factor that nobody knows counts as mobile, as in an audit without one. */
function seenIn({ state }: Pick<Finding, 'state'>): { environment: string; formFactor: FormFactor }[] {
  return (state.seenIn ?? []).map((seen) => {
    const [environment = '', formFactor] = seen.split('/');
    return { environment, formFactor: formFactor === 'desktop' ? 'desktop' : 'mobile' };
  });
}

function environmentFor(finding: Finding, latest: readonly Measurement[]): string | undefined {
  const known = seenIn(finding);
  const ofPage = latest.filter(
    ({ target, environment }) =>
      target === finding.target && (known.length === 0 || known.some((seen) => seen.environment === environment)),
  );
  const [first] = known.sort((a, b) => environmentRank(a.environment) - environmentRank(b.environment));
  return newest(ofPage)?.environment ?? first?.environment;
}

function formFactorsFor(finding: Finding, environment: string): FormFactor[] {
  const known = seenIn(finding);
  if (known.length === 0) return ['mobile'];
  const here = known.filter((seen) => seen.environment === environment);
  if (here.length > 0) return here.map(({ formFactor }) => formFactor);
  const where = finding.state.seenIn?.join(', ');
  throw usageError('not-seen-there', `The record has it for ${where}, not for ${environment}.`, 'Check it there.');
}

/**
 * Asks pages again only what decides findings, and records the answers of these alone. Nothing is measured: the history
 * of the runs stays, and so does all else of the record. A page that fails does not stop the others.
 * @returns what became of each finding, in the order of the plan
 * @throws HumanError when no page can be checked: cancelled, no browser, or a record that cannot be written
 */
export async function checkFindings(options: CheckFindingsOptions): Promise<CheckedFinding[]> {
  const { workspace, plan, signal, onProgress } = options;
  const said = new Map<string, Said[]>();
  const sites = new Sites(workspace.paths.root, { signal });
  const { engine, credentials, ignoreCertificateErrors } = options;
  const logins = new Logins({ workspace, engine, credentials, ignoreCertificateErrors, signal });
  try {
    for (const [done, check] of plan.checks.entries()) {
      if (signal?.aborted) throw cancelled();
      const { page, formFactor } = check;
      const report = (phase: CheckProgress['phase']) =>
        onProgress?.({ page, formFactor, done, total: plan.checks.length, phase });
      for (const [id, one] of await checkPage(options, check, { sites, logins }, report))
        said.set(id, [...(said.get(id) ?? []), one]);
    }
  } finally {
    await sites.stop();
  }
  const { record } = await workspace.record.read();
  return plan.ids.map((id) => summed(id, said.get(id) ?? [], plan.left.get(id), record));
}

/** What is to say of the findings of a plan without asking any page. */
export function notChecked({ left }: CheckPlan): CheckedFinding[] {
  return [...left].map(([id, reason]) => ({ id, result: 'not-checked', places: 0, reason }));
}

async function checkPage(
  {
    workspace,
    engine,
    signal,
    credentials: _,
    skipPreflight,
    now = () => new Date(),
    ...settings
  }: CheckFindingsOptions,
  { page, formFactor, findings }: PageCheck,
  { sites, logins }: { sites: Sites; logins: Logins },
  report: (phase: CheckProgress['phase']) => void,
): Promise<Map<string, Said>> {
  const { configPath, ignoreCertificateErrors, ignoreStatusCode } = settings;
  let answer: Checked;
  try {
    if (page.serve) report('serve');
    const url = await sites.urlOf(page);
    const audits = [...new Set(findings.map(({ audit }) => audit))];
    const how = { url, formFactor, audits, configPath, ignoreCertificateErrors, ignoreStatusCode };
    answer = await logins.around(page, new URL(url).origin, async (sent) => {
      const request: CheckOptions = { ...how, ...sent };
      if (!skipPreflight) {
        report('preflight');
        await ensureAnswer(engine, request, signal);
      }
      report('gather');
      return engine.check(request, {
        signal,
        onProgress: ({ phase }) => report(phase === 'waiting' ? phase : 'gather'),
      });
    });
    const { record } = await workspace.record.read();
    ensureSamePage(url, answer, record, page.target);
  } catch (thrown) {
    const error = toHumanError(thrown);
    if (endsAll(error) || error.kind === 'record') throw error;
    return new Map(findings.map(({ id }) => [id, { result: 'not-checked', places: 0, reason: reasonOf(error) }]));
  }
  const results = new Map(answer.report ? auditResults([answer.report], 0).map((one) => [one.id, one]) : []);
  report('record');
  await workspace.record.update((record) =>
    withResults(record, results, { page, formFactor, findings }, localDate(now())),
  );
  return new Map(findings.map(({ id, audit }) => [id, saidOf(audit, results.get(audit), answer, page.target)]));
}

/** @throws HumanError of kind `page` when the page sent the browser to another one */
function ensureSamePage(url: string, { report }: Checked, { settings, targets }: AuditRecord, target: string): void {
  const is = targets[target]?.is;
  if (!report || !isElsewhere(url, report.finalUrl, { is }, settings?.ignoredParameters)) return;
  const what = `The page redirected to ${storableUrl(report.finalUrl)}.`;
  throw usageError('redirected', what, 'Sign in or correct the address, then check again.');
}

/** The record with the answers to the findings of a check, and with nothing else. */
function withResults(
  record: AuditRecord,
  results: ReadonlyMap<string, AuditResult>,
  { page: { target, environment }, formFactor, findings }: PageCheck,
  today: string,
): AuditRecord {
  const asked = findings.filter(({ id }) => Object.hasOwn(record.findings, id));
  // an older name of an audit is another finding
  const own = asked.flatMap(({ audit }) => results.get(audit) ?? []).map((result) => ({ ...result, replaces: [] }));
  const { record: next } = applyAudit(record, { target, environment, formFactor, results: own, today });
  const changed = asked.map(({ id }) => [id, next.findings[id]]).filter(([, finding]) => finding !== undefined);
  return { ...record, findings: { ...record.findings, ...Object.fromEntries(changed) } };
}

function saidOf(
  audit: string,
  result: AuditResult | undefined,
  { report, ofLoad, unknown }: Checked,
  target: string,
): Said {
  const next = `Audit the page: ux-audit audit ${target}`;
  const left = (reason: string): Said => ({ result: 'not-checked', places: 0, reason: `${reason} ${next}` });
  if (ofLoad.includes(audit) || result?.undecided)
    return left('It is about the load of the page, which a check does not measure.');
  if (unknown.includes(audit)) return left(`This Lighthouse has no audit "${audit}".`);
  if (!result) {
    const error = report?.audits.find(({ id }) => id === audit)?.error;
    return left(`Lighthouse could not tell${error === undefined ? '' : `: ${error}`}.`);
  }
  if (result.outcome !== 'failing') return { result: 'fixed', places: 0 };
  return { result: 'open', places: countOf(occurrencesOf(result.items).values()) };
}

/** One answer of those in all form factors: fixed only where it is gone in each. */
function summed(
  id: string,
  said: readonly Said[],
  left: string | undefined,
  { findings }: AuditRecord,
): CheckedFinding {
  const open = said.filter(({ result }) => result === 'open');
  if (open.length > 0) return { id, result: 'open', places: Math.max(...open.map(({ places }) => places)) };
  const reason = left ?? said.find(({ result }) => result === 'not-checked')?.reason;
  if (reason !== undefined) return { id, result: 'not-checked', places: 0, reason };
  const elsewhere = findings[id]?.state.seenIn ?? [];
  const still = `It is gone here; the record still has it for ${elsewhere.join(', ')}.`;
  return { id, result: 'fixed', places: 0, ...(elsewhere.length > 0 && { reason: still }) };
}
