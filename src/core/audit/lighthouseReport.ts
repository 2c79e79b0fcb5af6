import * as z from 'zod/mini';
import { timeNames } from '../metrics/pageMetrics';

/** 0 to 1; null when Lighthouse gives none. */
const score = z._default(z.nullable(z.number().check(z.gte(0), z.lte(1))), null);
const filmstrip = z.object({ items: z.array(z.object({ timing: z.number(), data: z.string() })) });
const robotsLines = z.object({ items: z.array(z.object({ line: z.optional(z.string()) })) });
/** The first item of Lighthouse's audit `metrics`: every time that it computed, by its own name. Milliseconds. */
const timesSchema = z.object({ items: z.tuple([z.record(z.string(), z.unknown())], z.unknown()) });
const node = z.object({ type: z.literal('node'), selector: z.optional(z.string()), snippet: z.optional(z.string()) });

/** The parts of a Lighthouse result (LHR, Lighthouse 10 to 13) that are read. */
export const lighthouseReportSchema = z.object({
  lighthouseVersion: z.string(),
  requestedUrl: z.optional(z.string()),
  mainDocumentUrl: z.optional(z.string()),
  finalDisplayedUrl: z.string(),
  fetchTime: z.string(),
  runtimeError: z.optional(z.object({ code: z.string(), message: z.string() })),
  runWarnings: z._default(z.array(z.string()), []),
  environment: z._default(z.object({ benchmarkIndex: z.optional(z.number()) }), {}),
  configSettings: z.object({
    formFactor: z.enum(['mobile', 'desktop']),
    /** PageSpeed Insights leaves it out. */
    throttlingMethod: z.optional(z.string()),
    throttling: z._default(z.record(z.string(), z.number()), {}),
  }),
  categories: z.record(
    z.string(),
    z.object({
      id: z.string(),
      title: z.string(),
      score,
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number(), group: z.optional(z.string()) })),
    }),
  ),
  audits: z.record(
    z.string(),
    z.object({
      id: z.string(),
      title: z.string(),
      description: z._default(z.string(), ''),
      score,
      scoreDisplayMode: z.string(),
      /** Why Lighthouse could not measure it. */
      errorMessage: z.optional(z.string()),
      numericValue: z.optional(z.number()),
      displayValue: z.optional(z.string()),
      metricSavings: z.optional(z.record(z.string(), z.number())),
      replacesAudits: z.optional(z.array(z.string())),
      details: z.optional(z.unknown()),
    }),
  ),
});
type LighthouseResult = z.infer<typeof lighthouseReportSchema>;

/** One element or resource that an audit names. */
export interface AuditItem {
  selector?: string;
  snippet?: string;
  url?: string;
  label?: string;
}

/** One audit of one run. Scores are 0 to 1; `null` when Lighthouse gives none. */
export interface AuditSlice {
  id: string;
  title: string;
  description: string;
  score: number | null;
  mode: string;
  /** Why Lighthouse could not measure it. */
  error?: string;
  numericValue?: number;
  displayValue?: string;
  /** Savings that Lighthouse simulates, by metric acronym. Milliseconds; CLS has no unit. */
  savings?: Record<string, number>;
  replaces?: string[];
  items: AuditItem[];
}

/** The part of one run's report that crosses process boundaries. */
export interface ReportSlice {
  lighthouseVersion: string;
  requestedUrl: string;
  finalUrl: string;
  fetchTime: string;
  formFactor: 'mobile' | 'desktop';
  throttlingMethod?: string;
  throttling: Record<string, number>;
  benchmarkIndex?: number;
  runtimeError?: { code: string; message: string };
  warnings: string[];
  categories: {
    id: string;
    title: string;
    score: number | null;
    refs: { id: string; weight: number; group?: string }[];
  }[];
  audits: AuditSlice[];
  /** Times that no audit of their own reports, by Lighthouse's name, such as `observedLoad`. Milliseconds. */
  times?: Record<string, number>;
  /** Screenshots of the load as data URLs, with their times. Milliseconds since navigation. */
  filmstrip: { timing: number; data: string }[];
}

/** The items of an audit's details that name an element or a resource. */
function itemsOf(details: unknown): AuditItem[] {
  const found: AuditItem[] = [];
  const visit = (value: unknown, depth: number) => {
    if (depth > 6 || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const entry of value) visit(entry, depth + 1);
      return;
    }
    const object = value as Record<string, unknown>;
    const parsed = node.safeParse('node' in object ? object.node : object);
    if (parsed.success) {
      const { selector, snippet } = parsed.data;
      if (selector !== undefined || snippet !== undefined)
        found.push({ ...(selector !== undefined && { selector }), ...(snippet !== undefined && { snippet }) });
      return;
    }
    const url = urlOf(object);
    if (url !== undefined) {
      found.push({ url });
      return;
    }
    if (typeof object.sourceLocation === 'object') visit(object.sourceLocation, depth + 1);
    if ('items' in object) visit(object.items, depth + 1);
    else if (typeof object.label === 'string') found.push({ label: object.label });
    else if (typeof object.description === 'string' && typeof object.source === 'string')
      found.push({ label: object.source });
  };
  visit(details, 0);
  return found;
}

function urlOf(item: Record<string, unknown>): string | undefined {
  const value =
    item.url ??
    (typeof item.source === 'object' && item.source !== null ? (item.source as { url?: unknown }).url : undefined);
  return typeof value === 'string' && /^https?:/.test(value) ? value : undefined;
}

/** Files that audits ask for at the root of a site. */
const rootFiles = ['robots-txt', 'llms-txt'];

/**
 * The audits of files that are not there: the server answers every address with its app, as the lines show that
 * Lighthouse read as robots.txt.
 */
function absentFiles({ audits }: LighthouseResult): ReadonlySet<string> {
  const lines = robotsLines.safeParse(audits['robots-txt']?.details).data?.items ?? [];
  const isPage = lines.some(({ line }) => /^\s*<(?:!doctype\s+html|html|head|meta)\b/i.test(line ?? ''));
  return new Set(isPage ? rootFiles : []);
}

/** The times of a report that metrics ask for; undefined where none was measured. */
function timesOf({ audits }: LighthouseResult): Record<string, number> | undefined {
  const [all = {}] = timesSchema.safeParse(audits.metrics?.details).data?.items ?? [];
  const found = timeNames.flatMap((name) => {
    const time = all[name];
    return typeof time === 'number' && time >= 0 ? [[name, time] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function filmstripOf(result: LighthouseResult): ReportSlice['filmstrip'] {
  return filmstrip.safeParse(result.audits['screenshot-thumbnails']?.details).data?.items ?? [];
}

/**
 * Reads the slice of a Lighthouse result that the product uses.
 * @throws z.ZodError when the value is not a Lighthouse result.
 */
export function sliceReport(value: unknown): ReportSlice {
  const result = lighthouseReportSchema.parse(value);
  const { throttlingMethod } = result.configSettings;
  const { benchmarkIndex } = result.environment;
  const absent = absentFiles(result);
  const times = timesOf(result);
  return {
    lighthouseVersion: result.lighthouseVersion,
    requestedUrl: result.requestedUrl ?? result.finalDisplayedUrl,
    finalUrl: result.finalDisplayedUrl,
    fetchTime: result.fetchTime,
    formFactor: result.configSettings.formFactor,
    ...(throttlingMethod !== undefined && { throttlingMethod }),
    throttling: result.configSettings.throttling,
    ...(benchmarkIndex !== undefined && { benchmarkIndex }),
    ...(result.runtimeError && { runtimeError: result.runtimeError }),
    warnings: result.runWarnings,
    categories: Object.values(result.categories).map(({ id, title, score, auditRefs }) => ({
      id,
      title,
      score,
      refs: auditRefs,
    })),
    audits: Object.values(result.audits).map((audit) => ({
      id: audit.id,
      title: audit.title,
      description: audit.description,
      score: audit.score,
      mode: absent.has(audit.id) ? 'notApplicable' : audit.scoreDisplayMode,
      ...(audit.errorMessage !== undefined && { error: audit.errorMessage }),
      ...(audit.numericValue !== undefined && { numericValue: audit.numericValue }),
      ...(audit.displayValue !== undefined && { displayValue: audit.displayValue }),
      ...(audit.metricSavings && { savings: audit.metricSavings }),
      ...(audit.replacesAudits && { replaces: audit.replacesAudits }),
      items: audit.score !== null && audit.score < 1 ? itemsOf(audit.details) : [],
    })),
    ...(times && { times }),
    filmstrip: filmstripOf(result),
  };
}
