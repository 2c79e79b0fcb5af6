import type { Annotation } from '../core/review/annotations';
import type { AccessibilityIssue } from '../core/review/review';

export type { AccessibilityIssue, Annotation };

/** What is delivered. Only its texts are looked at, and what they say is not. */
export interface Verdict {
  /** Markdown; its first line is a hidden mark, such as `<!-- ux-audit -->`, which is added where it lacks */
  comment: string;
  failed: boolean;
  annotations: Annotation[];
  /** undefined where accessibility was not audited, so that no report says that all is well */
  accessibility: AccessibilityIssue[] | undefined;
  /** one line, such as `1 new major problem, 2 fixed` */
  summaryTitle: string;
}

/** What became of a verdict at one place. */
export interface Delivered {
  place: string;
  outcome: 'written' | 'updated' | 'unchanged' | 'left out';
  /** what happened and what to do, of what was left out; or what is not shown */
  why?: string;
  url?: string;
}

export interface DeliveryOptions {
  /** tells the host, the pull request and the tokens; nothing else does */
  env: NodeJS.ProcessEnv;
  cwd: string;
  fetch?: typeof fetch;
  /** gets the lines that a host reads from a job's output */
  print: (line: string) => void;
  signal?: AbortSignal;
}
