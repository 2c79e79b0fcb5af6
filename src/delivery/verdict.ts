/** A place in a file that a verdict points at. */
export interface Annotation {
  /** relative to the repository, with forward slashes */
  file: string;
  /** from 1 */
  line: number;
  level: 'error' | 'warning' | 'notice';
  title: string;
  message: string;
  /** the same for the same problem in every run */
  fingerprint: string;
  rule: string;
  /** 0 to 4, Nielsen's scale */
  severity: number | undefined;
}

/** One problem of accessibility on one page, as GitLab's accessibility report has it. */
export interface AccessibilityIssue {
  url: string;
  code: string;
  message: string;
  selector: string;
  context: string;
}

/** What is delivered. Only its texts are looked at, and what they say is not. */
export interface Verdict {
  /** Markdown; its first line is the hidden mark `<!-- ux-audit -->`, and is added where it lacks */
  comment: string;
  failed: boolean;
  annotations: Annotation[];
  accessibility: AccessibilityIssue[];
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
