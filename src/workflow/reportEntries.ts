import { isViolationList, looksLikeAxe } from '../core/audit/importAxe';
import { axeOfPa11y, isPa11yList } from '../core/audit/importPa11y';
import { inertLine } from '../core/text/inertText';

/** One report of a file. */
export interface ReportEntry {
  /** Where it is in the file, such as ` (entry 2)`; empty when it is the whole. */
  place: string;
  value: unknown;
  /** Whether PageSpeed Insights made it, on machines of its own. */
  isPageSpeed?: true;
  /** What of it is not taken, and what to do. */
  notice?: string;
}

type Fields = Record<string, unknown>;

/** Fields in which programs keep the reports of others. */
const wrappers = ['results', 'result', 'findings', 'axeResults', 'axe', 'lighthouse', 'report', 'data'];
/** How many wrappers may lie around a report. */
const MAX_WRAPPERS = 4;

/** The reports of a file: one, a list, the steps of a user flow, or those inside another program's output. */
export function reportEntries(value: unknown, place = '', wrapped = 0): ReportEntry[] {
  if (isViolationList(value)) return [{ place, value: { violations: value } }];
  if (isPa11yList(value)) return pa11yEntries(value, place);
  if (Array.isArray(value)) {
    if (!value.some((entry) => holdsReport(entry, wrapped))) return [{ place, value }];
    const of = (index: number) => (value.length > 1 ? `${place} (entry ${index + 1})` : place);
    return value.flatMap((entry, index) => reportEntries(entry, of(index), wrapped));
  }
  if (typeof value !== 'object' || value === null || isReport(value)) return [{ place, value }];
  const fields = value as Fields;
  if (isFlow(fields)) return fields.steps.flatMap((step, index) => stepEntries(step, `${place} (step ${index + 1}`));
  if ('lhr' in fields) return [{ place, value: fields.lhr }]; // the result of Lighthouse's Node module
  if ('lighthouseResult' in fields) return [pageSpeedEntry(fields, place)];
  const pages = pa11yPages(fields.results);
  if (pages) return pages.flatMap(([url, issues]) => pa11yEntries(issues, `${place} (${inertLine(url)})`, url));
  const inner = wrappers.find((name) => holdsReport(fields[name], wrapped + 1));
  return inner === undefined ? [{ place, value }] : reportEntries(fields[inner], place, wrapped + 1);
}

function isReport(value: object): boolean {
  return 'lighthouseVersion' in value || looksLikeAxe(value);
}

function holdsReport(value: unknown, wrapped: number): boolean {
  if (wrapped > MAX_WRAPPERS || typeof value !== 'object' || value === null) return false;
  if (isViolationList(value) || isPa11yList(value) || isReport(value)) return true;
  if (Array.isArray(value)) return value.some((entry) => holdsReport(entry, wrapped + 1));
  if (isFlow(value as Fields) || 'lhr' in value || 'lighthouseResult' in value) return true;
  return wrappers.some((name) => holdsReport((value as Fields)[name], wrapped + 1));
}

function isFlow(fields: Fields): fields is Fields & { steps: Fields[] } {
  const { steps } = fields;
  return Array.isArray(steps) && steps.some((step) => typeof step === 'object' && step !== null && 'lhr' in step);
}

function stepEntries({ lhr, name }: Fields, place: string): ReportEntry[] {
  const named = typeof name === 'string' ? `, "${inertLine(name).slice(0, 60)}"` : '';
  return [{ place: `${place}${named})`, value: lhr }];
}

function pageSpeedEntry({ lighthouseResult, loadingExperience, originLoadingExperience }: Fields, place: string) {
  const hasField = [loadingExperience, originLoadingExperience].some(
    (visits) => Object.keys((visits as Fields | undefined)?.metrics ?? {}).length > 0,
  );
  return {
    place,
    value: lighthouseResult,
    isPageSpeed: true as const,
    ...(hasField && {
      notice:
        'The field data of real visits was not taken, since the file does not say of which days it is. ' +
        'Ask for it with its period: ux-audit outcomes field TARGET',
    }),
  };
}

/** The pages of pa11y-ci: issues by address. */
function pa11yPages(results: unknown): [url: string, issues: unknown[]][] | undefined {
  if (typeof results !== 'object' || results === null || Array.isArray(results)) return undefined;
  const pages = Object.entries(results).filter((page): page is [string, unknown[]] => Array.isArray(page[1]));
  return pages.length > 0 && pages.every(([url]) => /^https?:/.test(url)) ? pages : undefined;
}

function pa11yEntries(issues: readonly unknown[], place: string, url?: string): ReportEntry[] {
  if (issues.length === 0) return [];
  const { result, others } = axeOfPa11y(issues, url);
  if (!isPa11yList(issues) || others === issues.length) return [{ place, value: issues }];
  const notice = `${others} issues of other runners than axe were not taken: only rules of axe-core can be imported.`;
  return [{ place, value: result, ...(others > 0 && { notice }) }];
}
