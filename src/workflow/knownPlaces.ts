import { type Measurement, newest } from '../core/audit/measurement';
import {
  type AuditDetails,
  auditDetails,
  type PagePicture,
  pagePicture,
  type WholeReport,
  wholeReportSchema,
} from '../core/audit/reportDetails';
import { type RequestTime, requestTimes } from '../core/audit/requests';
import type { Finding } from '../core/record/record';
import type { Workspace } from './workspace';

/** What the newest runs of a page on this machine know of a finding. */
export interface KnownPlaces extends AuditDetails {
  run: Pick<Measurement, 'id' | 'at' | 'environment' | 'formFactor' | 'runs' | 'throttlingMethod' | 'metrics'>;
  picture?: PagePicture;
  /** When the requests that the tables name were under way, by address. */
  times: ReadonlyMap<string, RequestTime>;
}

/** The Lighthouse audit that a finding comes from, if any. */
export function auditOf({ rule }: Pick<Finding, 'rule'>): string | undefined {
  return /^lighthouse\/(.+)$/.exec(rule)?.[1];
}

/**
 * Reads from the newest report of a finding's page what Lighthouse found: the elements with their reasons, the tables,
 * and the picture of the page. Prefers the environments and form factors in which the finding was seen.
 * @param latest the newest measurement of each page, environment and form factor
 * @returns undefined when no report of this machine says anything about it
 */
export async function knownPlaces(
  { runs }: Pick<Workspace, 'runs'>,
  latest: readonly Measurement[],
  finding: Pick<Finding, 'rule' | 'target' | 'state'>,
): Promise<KnownPlaces | undefined> {
  const audit = auditOf(finding);
  const newestRun = newestRunOf(latest, finding);
  if (audit === undefined || !newestRun) return undefined;
  const found = await placesIn(runs, newestRun, audit);
  if (found) return found;
  // an audit of some categories alone says nothing of the others, which an earlier one did
  const { target, id, environment, formFactor } = newestRun;
  const alike = (await runs.ids(target)).filter((one) => one !== id && one.endsWith(`-${environment}-${formFactor}`));
  for (const earlier of alike.reverse().slice(0, EARLIER)) {
    const run = (await runs.read(target, earlier))?.measurement;
    const places = run && (await placesIn(runs, run, audit));
    if (places) return places;
  }
  return undefined;
}

/** So many earlier sets of runs are looked at. */
const EARLIER = 4;

async function placesIn(
  runs: Pick<Workspace, 'runs'>['runs'],
  run: Measurement,
  audit: string,
): Promise<KnownPlaces | undefined> {
  const read = (index: number) => wholeReport({ runs }, run.target, run.id, index);
  // the first run has the picture of the page, the representative one the numbers that are shown elsewhere
  const first = await read(0);
  const pictured = first && auditDetails(first, audit);
  if (first && pictured && (run.representative === 0 || pictured.places.length > 0)) return known(run, pictured, first);
  const shown = await read(run.representative);
  const details = shown && auditDetails(shown, audit);
  return details && known(run, details, shown);
}

/** The newest measurement of a finding's page, if possible where the finding was seen. */
export function newestRunOf(
  latest: readonly Measurement[],
  { target, state }: Pick<Finding, 'target' | 'state'>,
): Measurement | undefined {
  const ofPage = latest.filter((run) => run.target === target);
  const seen = ofPage.filter(({ environment, formFactor }) => state.seenIn?.includes(`${environment}/${formFactor}`));
  return newest(seen.length > 0 ? seen : ofPage);
}

/**
 * The whole report of one run of a set, as far as it can be read.
 * @param index counts from 0; the first run has the picture of the page
 */
export async function wholeReport(
  { runs }: Pick<Workspace, 'runs'>,
  target: string,
  runId: string,
  index: number,
): Promise<WholeReport | undefined> {
  const read = lastRead.get(runs) ?? new Map<string, WholeReport>();
  lastRead.set(runs, read);
  const key = JSON.stringify([runId, target, index]);
  const known = read.get(key);
  if (known) return known;
  const text = await runs.report(target, runId, index);
  const report = text === undefined ? undefined : parsed(text);
  if (!report) return undefined;
  read.set(key, report);
  for (const old of [...read.keys()].slice(0, -REMEMBERED)) read.delete(old);
  return report;
}

/** Reports never change once they are kept, and pages ask for the same ones again and again. */
const lastRead = new WeakMap<object, Map<string, WholeReport>>();
const REMEMBERED = 4;

function parsed(text: string): WholeReport | undefined {
  try {
    return wholeReportSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function known(run: Measurement, details: AuditDetails, report: WholeReport): KnownPlaces {
  const picture = details.places.some(({ box }) => box) ? pagePicture(report) : undefined;
  return { ...details, run, times: timesIn(details, report), ...(picture && { picture }) };
}

function timesIn({ tables }: AuditDetails, report: WholeReport): Map<string, RequestTime> {
  const cells = tables.flatMap(({ rows }) => rows.flat());
  const named = new Set(cells.flatMap((cell) => (cell?.kind === 'address' ? [cell.url] : [])));
  return named.size === 0 ? new Map() : new Map([...requestTimes(report)].filter(([url]) => named.has(url)));
}
