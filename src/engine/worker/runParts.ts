import { computeMedianRun } from 'lighthouse/core/lib/median-run.js';
import type { Phase } from '../../protocol/workerMessages';

/** The run that Lighthouse chooses; the first when performance was not audited. */
export function representativeOf(results: unknown[]): number {
  try {
    return Math.max(0, results.indexOf(computeMedianRun(results as never)));
  } catch {
    return 0;
  }
}

/** The phase that a status line of Lighthouse belongs to. */
export function phaseOf(message: string): Phase | undefined {
  if (/^Navigating to (?!about:blank)/.test(message)) return 'load';
  if (/^(Getting artifact|Get full page|Computing artifact)/i.test(message)) return 'gather';
  return undefined;
}

/** Makes `Chrome 156.0.8078.79` of `HeadlessChrome/156.0.8078.79`. */
export function productOf(version: string): string {
  return version.replace(/^Headless/, '').replace('/', ' ');
}

/** A copy of the result without the values of extra headers in a person's config, such as tokens and passwords. */
export function redacted(result: Record<string, unknown>): Record<string, unknown> {
  const settings = result.configSettings as { extraHeaders?: Record<string, string> | null };
  if (!settings.extraHeaders) return result;
  const extraHeaders = Object.fromEntries(Object.keys(settings.extraHeaders).map((name) => [name, '(not stored)']));
  return { ...result, configSettings: { ...settings, extraHeaders } };
}
