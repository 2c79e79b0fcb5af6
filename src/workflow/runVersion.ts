import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isDisturbed } from '../core/audit/clockAudits';
import type { RunSet } from '../core/audit/measurement';
import { type WholeReport, wholeReportSchema } from '../core/audit/reportDetails';
import { runNumbers } from '../core/audit/runNumbers';
import { HumanError } from '../core/errors';
import { numbersOfWalk } from '../core/journey/comparedSteps';
import { failingTitle } from '../core/journey/journeyFindings';
import type { Recording } from '../core/journey/recording';
import type { PairedRun } from '../core/verdict/pageComparison';
import type { AuditEngine } from '../engine/auditEngine';
import type { AtRest } from '../engine/sideBySide';
import type { AuditOptions, Sent, Walk } from '../protocol/workerMessages';
import { ensureAnswer, type FormFactor } from './auditPages';
import { walkOnce } from './walkOnce';

/** One page, in its two versions. */
export interface PageToCompare {
  target: string;
  environment: string;
  formFactor: FormFactor;
  /** Address of the version before; undefined when it has no such page. */
  base: string | undefined;
  head: string;
  /** Whether UX Audit serves the files itself, so that what the server sends says nothing of the product. */
  isOwnServer: boolean;
  /** The recording, where it is a journey; each run is then a walk. */
  journey?: Recording | undefined;
}

export type Side = 'base' | 'head';

/** How runs are made. */
export interface RunOptions {
  engine: AuditEngine;
  /** What the pages are audited for; all when left out. Without performance, one pair of runs is made of each page. */
  categories?: readonly string[] | undefined;
  settings: Omit<AuditOptions, 'url' | 'formFactor' | 'runs' | 'categories' | keyof Sent>;
  skipPreflight?: boolean | undefined;
  credentials?: ((page: PageToCompare, origin: string) => Promise<Sent>) | undefined;
  /** The values for `${env:NAME}` in journeys, and what to paint over on pictures of them. */
  environment?: Readonly<Record<string, string | undefined>> | undefined;
  mask?: string[] | undefined;
  signal?: AbortSignal;
  now?: () => Date;
}

/** The runs made of a version so far. */
export interface Runs {
  sets: RunSet[];
  report: WholeReport | undefined;
  begun: Date | undefined;
}

export const noRuns = (): Runs => ({ sets: [], report: undefined, begun: undefined });

/** A page with the runs of its versions. */
export interface Versions extends Record<Side, Runs> {
  page: PageToCompare;
}

/** How a run is made beside others. */
interface Besides {
  beside: AtRest;
  /** What goes along; asked for ahead. */
  sent: Promise<Sent> | undefined;
  /** Runs once its turn has come. */
  onTurn: () => void;
}

/** Audits a version of a page once. @throws HumanError also where the version after leads to another page */
export async function oneRun(
  options: RunOptions,
  one: Versions,
  side: Side,
  { beside, sent, onTurn }: Partial<Besides> = {},
): Promise<PairedRun> {
  const { engine, categories, settings, skipPreflight, credentials, signal, now = () => new Date() } = options;
  const { page } = one;
  const runs = one[side];
  const isFirst = runs.sets.length === 0;
  const url = page[side] as string;
  const request: AuditOptions = {
    ...settings,
    categories: isFirst ? categories && [...categories] : ['performance'],
    url,
    formFactor: page.formFactor,
    runs: 1,
    ...(await (beside ? sent : credentials?.(page, new URL(url).origin))),
  };
  const prepare = async () => {
    onTurn?.();
    if (isFirst && !skipPreflight) await ensureAnswer(beside ?? engine, request, signal);
    runs.begun ??= now();
  };
  if (!beside) await prepare();
  const control = { anotherFollows: true, ...(signal && { signal }) };
  const { set, reports } = await (beside
    ? beside.audit(request, { ...control, onTurn: prepare })
    : engine.audit(request, control));
  const text = await readFile(reports[0] as string, 'utf8');
  await Promise.all(reports.map((file) => rm(file, { force: true })));
  if (side === 'head' && set.redirectedTo !== undefined) throw ledElsewhere(set.redirectedTo);
  const report: unknown = JSON.parse(text);
  runs.sets.push(set);
  if (isFirst) runs.report = wholeReportSchema.safeParse(report).data;
  return { numbers: runNumbers(report), isDisturbed: set.foreignLoad.some(isDisturbed) };
}

/** A page that leads elsewhere says nothing of itself, even where both versions do so. */
function ledElsewhere(url: string): HumanError {
  return new HumanError('page', 'led-elsewhere', {
    what: `The page led to another, ${url}, so nothing of it was compared.`,
    next: 'Where that is a login, sign in: ux-audit login. Where it is right, say so: ux-audit target confirm NAME',
  });
}

/** Walks a journey once; a walk that fails is made again before it counts as failed. */
export async function oneWalk(options: RunOptions, one: Versions, side: Side): Promise<PairedRun> {
  const { engine, settings, credentials, signal, environment = {}, mask = [], now = () => new Date() } = options;
  const { page } = one;
  const url = page[side] as string;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-walk-'));
  one[side].begun ??= now();
  try {
    const { ignoreCertificateErrors } = settings;
    const walker = { engine, environment, recording: page.journey as Recording, mask, folder, ignoreCertificateErrors };
    const sent = await credentials?.(page, new URL(url).origin);
    const walk = async () => walkOnce({ ...walker, url, sent, name: side, signal });
    const first = await walk();
    const last = failedStep(first) ? await walk() : first;
    const failed = failedStep(last);
    if (failed) {
      const next = 'Walk it yourself, or see where it stops: ux-audit journey run';
      throw new HumanError('page', 'step-failed', { what: `${failingTitle(failed.name)}. ${failed.why ?? ''}`, next });
    }
    return { numbers: numbersOfWalk(last.steps), isDisturbed: isDisturbed(last.foreignLoad) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const failedStep = ({ steps }: Pick<Walk, 'steps'>) => steps.find(({ outcome }) => outcome === 'failed');
