import { shortTitle } from '../advice/advice';
import { listFindings } from '../record/listFindings';
import type { ParsedRecord } from '../record/parseRecord';
import { type Problem, problemOf, problemsOf } from '../record/problems';
import { type AuditRecord, type Decision, decisionSchema, type Finding, isDecided } from '../record/record';
import { severityText, severityWords } from '../record/severity';
import { counted } from '../text/counted';
import { inertLine } from '../text/inertText';
import { shortened } from '../text/shortened';
import { isPublic } from './evaluationFacts';

/** A problem as reports show it. */
export interface ReportedProblem extends Problem {
  title: string;
  /** Findings of the same problem on other pages, about which people decided. */
  decided: Finding[];
  /** The decision about its rule on every page, also on later ones. */
  everywhere: Decision | undefined;
}

/** What a record says to readers, what to look at first first. */
export interface ReportedProblems {
  /** Problems that somebody has to do something about; one of an unknown status is open, so that nobody misses it. */
  open: ReportedProblem[];
  /** Problems that are accepted or none, on all pages that have them. */
  decided: ReportedProblem[];
  fixed: ReportedProblem[];
}

const isFixed = ({ state }: Finding) => state.status === 'fixed';

/** Groups the findings of a record over pages. Leaves out those of drafts, and entries that failed validation. */
export function reportedProblems(parsed: Pick<ParsedRecord, 'record' | 'invalid'>): ReportedProblems {
  const findings = listFindings(parsed).filter(isPublic(parsed.record));
  const decided = findings.filter(isDecided);
  const open = problemsOf(findings.filter((finding) => !isDecided(finding) && !isFixed(finding)));
  const openKeys = new Set(open.map(({ key }) => key));
  const settled = decided.filter((finding) => !openKeys.has(problemOf(finding)));
  const beside = Map.groupBy(decided, problemOf);
  const reported = (problem: Problem, others: Finding[] = []) => ({
    ...problem,
    title: titleOf(problem),
    decided: others,
    everywhere: everywhereOf(parsed.record, problem),
  });
  return {
    open: open.map((problem) => reported(problem, beside.get(problem.key))),
    decided: problemsOf(settled).map((problem) => reported(problem)),
    fixed: problemsOf(findings.filter(isFixed)).map((problem) => reported(problem)),
  };
}

function everywhereOf({ settings }: AuditRecord, { key, findings: [first] }: Problem): Decision | undefined {
  const all = settings?.decisions;
  const decision = first?.kind === 'automated' && all && Object.hasOwn(all, key) ? all[key] : undefined;
  return decisionSchema.safeParse(decision).data;
}

/** The longest title that reports give in full. Characters. */
const MAX_TITLE = 200;

/** What reports call a problem: our short title, else its own. */
export function titleOf({ key, findings: [first] }: Pick<Problem, 'key' | 'findings'>): string {
  return shortened((first && inertLine(shortTitle(first))) || inertLine(key), MAX_TITLE);
}

/** A sign for a severity, beside its word: filled from 3 on. */
export function severitySign(severity: number | undefined): string {
  const step = severity === undefined ? 0 : Math.round(severity);
  return step >= 3 ? '◆' : step >= 1 ? '◇' : '○';
}

/** `◆ major (3 of 4)` */
export function signedSeverity(severity: number | undefined): string {
  return `${severitySign(severity)} ${severityText(severity)}`;
}

/** `5 major, 2 minor, 1 not rated`, the worst first. */
export function severityCounts(problems: readonly Pick<Problem, 'severity'>[]): string {
  const steps = problems.map(({ severity }) => (severity === undefined ? -1 : Math.round(severity)));
  return [4, 3, 2, 1, 0, -1]
    .map((step) => ({ word: severityWords[step] ?? 'not rated', n: steps.filter((one) => one === step).length }))
    .filter(({ n }) => n > 0)
    .map(({ word, n }) => `${n} ${word}`)
    .join(', ');
}

/** The targets of findings, in their order. */
export function pagesOf(findings: readonly Pick<Finding, 'target'>[]): string[] {
  return [...new Set(findings.map(({ target }) => target))];
}

/** `home`, `home, list`, or `7 pages` where there are more than the given number. */
export function pagesText(findings: readonly Pick<Finding, 'target'>[], most: number): string {
  const pages = pagesOf(findings);
  return pages.length > most ? counted(pages.length, 'page') : pages.map(inertLine).join(', ');
}

/** The day on which the first of some findings was seen, YYYY-MM-DD; undefined when nobody knows. */
export function firstDay(findings: readonly Pick<Finding, 'firstSeen'>[]): string | undefined {
  return findings.flatMap(({ firstSeen }) => firstSeen ?? []).sort()[0];
}
