import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { inertJson, inertLine } from '../core/text/inertText';
import type { AccessibilityIssue, Annotation, Verdict } from './verdict';

/** What GitLab reads; the names of its documentation's examples. */
export const codeQualityFile = 'gl-code-quality-report.json';
export const accessibilityFile = 'gl-accessibility.json';

/** Worst first, so that a place with few seats has the worst; else as they come. */
export function worstFirst(annotations: readonly Annotation[]): Annotation[] {
  const levels = ['notice', 'warning', 'error'];
  const rank = ({ level, severity }: Annotation) => levels.indexOf(level) * 10 + (severity ?? 0);
  return annotations.toSorted((one, other) => rank(other) - rank(one));
}

/** Annotations whose fingerprints are all different: GitLab and Bitbucket show only one of two that are equal. */
export function distinct(annotations: readonly Annotation[]): Annotation[] {
  const seen = new Map<string, number>();
  return annotations.map((annotation) => {
    const { fingerprint, rule, file, line } = annotation;
    const own = fingerprint || digest(`${rule}\n${file}\n${line}`);
    const before = seen.get(own) ?? 0;
    seen.set(own, before + 1);
    return { ...annotation, fingerprint: before === 0 ? own : digest(`${own}\n${before}`) };
  });
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const bySeverity = ['info', 'info', 'minor', 'major', 'critical'] as const;
const byLevel = { error: 'major', warning: 'minor', notice: 'info' } as const;

/** GitLab's report of code quality: Code Climate's format, as far as GitLab reads it. */
export function codeQualityReport(annotations: readonly Annotation[]): string {
  const entries = distinct(annotations).map(({ file, line, level, title, message, fingerprint, rule, severity }) => ({
    description: inertLine(message ? `${title}: ${message}` : title),
    check_name: rule,
    fingerprint,
    severity: (severity !== undefined && bySeverity[severity]) || byLevel[level],
    location: { path: file.replace(/^\.\//, ''), lines: { begin: Math.max(1, line) } },
  }));
  return `${inertJson(entries, 2)}\n`;
}

/** GitLab's accessibility report, in the shape of pa11y-ci's `--json`. An address must not be empty. */
export function accessibilityReport(issues: readonly AccessibilityIssue[]): string {
  const byUrl = Map.groupBy(issues, ({ url }) => url || 'unknown');
  const results = Object.fromEntries(
    [...byUrl].map(([url, of]) => [
      url,
      of.map(({ code, message, selector, context }) => ({
        code,
        type: 'error',
        typeCode: 1,
        message,
        context,
        selector,
        runner: 'axe',
        runnerExtras: {},
      })),
    ]),
  );
  return `${inertJson({ total: byUrl.size, passes: 0, errors: issues.length, results }, 2)}\n`;
}

/** What a script may read of a verdict. */
export function summaryJson({ failed, summaryTitle, annotations, accessibility }: Verdict): string {
  return `${inertJson({ failed, title: summaryTitle, annotations, accessibility }, 2)}\n`;
}

/** Writes a file anew. A branch may have put a link in its place, which is removed and not followed. */
export async function writeFresh(file: string, text: string): Promise<string> {
  await rm(file, { force: true });
  await writeFile(file, text, { flag: 'wx' });
  return file;
}
