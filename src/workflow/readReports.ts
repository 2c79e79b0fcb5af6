import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { $ZodError } from 'zod/v4/core';
import { type AxeResult, axeResultSchema, looksLikeAxe } from '../core/audit/importAxe';
import { pageFault } from '../core/audit/lighthouseErrors';
import { type ReportSlice, sliceReport } from '../core/audit/lighthouseReport';
import { isSamePage } from '../core/audit/redirect';
import { HumanError, toHumanError } from '../core/errors';
import { storableUrl } from '../core/record/targets';

export type FormFactor = 'mobile' | 'desktop';

/** A report that was read from a file. */
export interface Report {
  url?: string;
  /** When it was made. Milliseconds since 1970. */
  at: number;
  formFactor: FormFactor;
  content: { tool: 'lighthouse'; slice: ReportSlice } | { tool: 'axe'; result: AxeResult };
}

interface ReadOptions {
  /** The form factor of axe-core results, which do not state it; desktop when left out. */
  formFactor?: FormFactor | undefined;
  /** Whether a person named the target. Otherwise each report has to name its page. */
  isNamed: boolean;
  now: Date;
}

/** Reads the Lighthouse reports and axe-core results of a file. Returns errors and never throws. */
export async function readReports(
  file: string,
  options: ReadOptions,
): Promise<{ reports: Report[]; errors: HumanError[] }> {
  const reports: Report[] = [];
  const errors: HumanError[] = [];
  try {
    for (const [place, value] of entriesOf(await jsonOf(file))) {
      try {
        reports.push(readReport(value, options));
      } catch (error) {
        const { kind, code, message, next } = toHumanError(error);
        errors.push(new HumanError(kind, code, { what: `${path.basename(file)}${place}: ${message}`, next }));
      }
    }
  } catch (error) {
    errors.push(toHumanError(error));
  }
  return { reports, errors };
}

function reportError(code: string, what: string, next: string, cause?: unknown): HumanError {
  return new HumanError('page', code, { what, next }, { cause });
}

async function jsonOf(file: string): Promise<unknown> {
  const name = path.basename(file);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'there is no such file'
        : (error as NodeJS.ErrnoException).code === 'EISDIR'
          ? 'it is a folder'
          : (error as Error).message;
    throw reportError('report-unreadable', `${name} could not be read: ${reason}.`, 'Check the path.', error);
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw reportError(
      'report-not-json',
      `${name} is not JSON.`,
      'Give Lighthouse reports saved as JSON (--output=json) or axe-core results.',
      error,
    );
  }
}

/** The reports of a file with their positions: one, a list, or one inside the output of the program that made it. */
function entriesOf(value: unknown): [place: string, value: unknown][] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((entry, index) => [list.length > 1 ? ` (entry ${index + 1})` : '', unwrapped(entry)]);
}

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('lhr' in value) return value.lhr; // the result of Lighthouse's Node module
  return 'lighthouseResult' in value ? value.lighthouseResult : value; // PageSpeed Insights
}

function readReport(value: unknown, { formFactor: assumed, isNamed, now }: ReadOptions): Report {
  if (typeof value === 'object' && value !== null && 'lighthouseVersion' in value) {
    const slice = strictly('a Lighthouse report', 'Lighthouse 10 to 13 can be read.', () => sliceReport(value));
    const url = webAddress(slice.requestedUrl);
    const finalUrl = webAddress(slice.finalUrl);
    if (slice.runtimeError) throw pageFault(slice.runtimeError.code, slice.runtimeError.message, storableUrl(finalUrl));
    if (!isNamed && !isSamePage(url, finalUrl)) {
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
  if (looksLikeAxe(value)) {
    const result = strictly('an axe-core result', 'Save what axe.run returns, as JSON.', () =>
      axeResultSchema.parse(value),
    );
    if (result.url === undefined && !isNamed) {
      throw reportError('report-without-page', 'The axe-core result does not name its page.', 'Name it with --target.');
    }
    const url = result.url === undefined ? undefined : webAddress(result.url);
    return {
      ...(url !== undefined && { url }),
      at: timeOf(result.timestamp, now),
      formFactor: assumed ?? 'desktop',
      content: { tool: 'axe', result },
    };
  }
  throw reportError(
    'report-unknown',
    'This is neither a Lighthouse report nor an axe-core result.',
    'Give Lighthouse reports saved as JSON (--output=json) or axe-core results.',
  );
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

/** When a report was made. A missing or future time counts as now. */
function timeOf(text: string | undefined, now: Date): number {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? now.getTime() : Math.min(time, now.getTime());
}
