import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { $ZodError } from 'zod/v4/core';
import { type AxeResult, axeResultSchema, looksLikeAxe } from '../core/audit/importAxe';
import { pageFault } from '../core/audit/lighthouseErrors';
import { type ReportSlice, sliceReport } from '../core/audit/lighthouseReport';
import { isSamePage } from '../core/audit/redirect';
import { HumanError, toHumanError } from '../core/errors';
import { storableUrl } from '../core/record/targets';
import { inertLine } from '../core/text/inertText';
import { formatOfJson } from './fileFormats';
import { readJson } from './readJson';
import { type ReportEntry, reportEntries } from './reportEntries';

export type FormFactor = 'mobile' | 'desktop';

/** A report that was read from a file. */
export interface Report {
  url?: string;
  /** When it was made. Milliseconds since 1970. */
  at: number;
  formFactor: FormFactor;
  /** Whether PageSpeed Insights made it, on machines of its own. */
  isPageSpeed?: true;
  content: { tool: 'lighthouse'; slice: ReportSlice } | { tool: 'axe'; result: AxeResult };
}

interface ReadOptions {
  /** The form factor of axe-core results, which do not state it; desktop when left out. */
  formFactor?: FormFactor | undefined;
  /** Whether a person named the target. Otherwise each report has to name its page. */
  isNamed: boolean;
  /** Query parameters that do not make another page. */
  ignored?: readonly string[] | undefined;
  now: Date;
}

/**
 * Reads the Lighthouse reports and axe-core results of a file. Returns errors and never throws; notices say what of a
 * report was not taken.
 */
export async function readReports(
  file: string,
  options: ReadOptions,
): Promise<{ reports: Report[]; notices: string[]; errors: HumanError[] }> {
  const reports: Report[] = [];
  const notices: string[] = [];
  const errors: HumanError[] = [];
  const name = path.basename(file);
  try {
    const entries = reportEntries(await jsonOf(file));
    if (entries.length === 0) throw unknownReport([]);
    for (const entry of entries) {
      try {
        reports.push(readReport(entry, options));
        if (entry.notice !== undefined) notices.push(`${name}${entry.place}: ${entry.notice}`);
      } catch (error) {
        errors.push(reworded(error, (message) => `${name}${entry.place}: ${message}`));
      }
    }
  } catch (error) {
    errors.push(toHumanError(error));
  }
  return { reports, notices, errors };
}

/** The same error with another text. */
function reworded(error: unknown, text: (message: string) => string): HumanError {
  const { kind, code, message, next } = toHumanError(error);
  return new HumanError(kind, code, { what: text(message), next }, { cause: error });
}

function reportError(code: string, what: string, next: string, cause?: unknown): HumanError {
  return new HumanError('page', code, { what, next }, { cause });
}

const wanted = 'Give Lighthouse reports saved as JSON (--output=json) or axe-core results.';

function unknownReport(value: unknown): HumanError {
  const { name, next } = formatOfJson(value, wanted);
  const what = `This is neither a Lighthouse report nor an axe-core result; it looks like ${name}.`;
  return reportError('report-unknown', what, next);
}

async function jsonOf(file: string): Promise<unknown> {
  const name = path.basename(file);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'there is no such file'
        : (error as NodeJS.ErrnoException).code === 'EISDIR'
          ? 'it is a folder'
          : (error as Error).message;
    throw reportError('report-unreadable', `${name} could not be read: ${reason}.`, 'Check the path.', error);
  }
  return readJson(bytes, name, { kind: 'page', code: 'report-not-json', next: wanted });
}

function readReport({ value, isPageSpeed }: ReportEntry, options: ReadOptions): Report {
  if (typeof value === 'object' && value !== null && 'lighthouseVersion' in value) {
    const isTrimmed = (value as { configSettings?: { channel?: unknown } }).configSettings?.channel === 'lr';
    return { ...lighthouseReport(value, options), ...((isPageSpeed || isTrimmed) && { isPageSpeed: true }) };
  }
  if (looksLikeAxe(value)) return axeReport(value, options);
  throw unknownReport(value);
}

const newer = 'Audit the page again with Lighthouse 10 or later (ux-audit audit ADDRESS), or import such a report.';

function lighthouseReport(value: object, { isNamed, ignored, now }: ReadOptions): Report {
  const { lighthouseVersion, gatherMode } = value as { lighthouseVersion?: unknown; gatherMode?: unknown };
  if (Number.parseInt(String(lighthouseVersion), 10) < 10) {
    const version = inertLine(String(lighthouseVersion)).slice(0, 20);
    throw reportError('report-old', `This is a report of Lighthouse ${version}, which is too old to be read.`, newer);
  }
  if (gatherMode === 'timespan' || gatherMode === 'snapshot') {
    const why =
      gatherMode === 'timespan'
        ? 'a stretch of time and does not load the page'
        : 'one moment after earlier steps, so it would close and reopen what loading the page shows';
    const next = 'Only steps that navigate are imported. Record what this one shows as a finding of a person.';
    throw reportError('report-not-navigation', `A ${gatherMode} is about ${why}; it was left out.`, next);
  }
  throwRuntimeError(value);
  const slice = strictly('a Lighthouse report', 'Lighthouse 10 to 13 can be read.', () => sliceReport(value));
  const url = webAddress(slice.requestedUrl);
  const finalUrl = webAddress(slice.finalUrl);
  if (!isNamed && !isSamePage(url, finalUrl, ignored)) {
    throw reportError(
      'report-redirected',
      `The browser was sent from ${storableUrl(url)} to ${storableUrl(finalUrl)}, so the report is about another ` +
        'page.',
      'Say which page it is with --target, or leave it out.',
    );
  }
  const { formFactor } = slice;
  const at = timeOf(slice.fetchTime, now);
  return { url, at, formFactor, content: { tool: 'lighthouse', slice: { ...slice, filmstrip: [] } } };
}

/** Throws the error of a report that Lighthouse made without measuring the page; much of it may then be missing. */
function throwRuntimeError(value: object): void {
  const { requestedUrl, finalDisplayedUrl, runtimeError } = value as Record<string, unknown>;
  if (typeof runtimeError !== 'object' || runtimeError === null) return;
  const { code, message } = runtimeError as Record<string, unknown>;
  if (code === 'NO_ERROR') return;
  const address = [requestedUrl, finalDisplayedUrl].find(
    (url) => /^https?:/.test(String(url)) && URL.canParse(String(url)),
  );
  const said = inertLine(String(message ?? code)).slice(0, 300);
  const fault = pageFault(String(code), said, address === undefined ? 'the page' : storableUrl(String(address)));
  throw fault.code === 'page-failed' ? fault : reworded(fault, (text) => `${text} Lighthouse says: ${said}`);
}

function axeReport(value: unknown, { formFactor = 'desktop', isNamed, now }: ReadOptions): Report {
  const result = strictly('an axe-core result', 'Save what axe.run returns, as JSON.', () =>
    axeResultSchema.parse(value),
  );
  if (result.url === undefined && !isNamed) {
    throw reportError('report-without-page', 'The axe-core result does not name its page.', 'Name it with --target.');
  }
  return {
    ...(result.url !== undefined && { url: webAddress(result.url) }),
    at: timeOf(result.timestamp, now),
    formFactor,
    content: { tool: 'axe', result },
  };
}

function strictly<T>(what: string, next: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof $ZodError)) throw error;
    const [issue] = error.issues;
    const where = issue?.path.map(String).join('.') || 'the whole';
    throw reportError('report-invalid', `It should be ${what}, but "${where}" is missing or wrong.`, next, error);
  }
}

/** @throws HumanError when it is not an http or https address */
function webAddress(text: string): string {
  const url = URL.parse(text);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url.href;
  throw reportError(
    'report-address',
    `The report is about "${text.slice(0, 100)}", which is not the address of a web page.`,
    'Only reports of http and https pages can be imported.',
  );
}

/** Before it neither tool existed. */
const EARLIEST = Date.UTC(2015, 0);

/** When a report was made. A missing or impossible time counts as now. */
function timeOf(text: string | undefined, now: Date): number {
  const time = Date.parse(text ?? '');
  return time >= EARLIEST ? Math.min(time, now.getTime()) : now.getTime();
}
