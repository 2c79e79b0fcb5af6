import type { EvaluationFacts } from '../report/evaluationFacts';
import type { FindingDifference } from '../report/recordDiff';
import { isChange } from '../verdict/judge';
import type { ComparedRow } from '../verdict/pageComparison';

/** A version of the product that is compared. */
export interface Version {
  /** As people call it: `main`, `this branch`, `deployed`, an address. */
  name: string;
  commit?: string;
}

/** A page in both versions, or a journey over several. */
export interface ReviewedPage {
  target: string;
  isJourney?: true;
  formFactor: 'mobile' | 'desktop';
  /** Empty when the versions cannot be compared. */
  rows: ComparedRow[];
  /** Pairs of runs, and how many of the runs other programs disturbed. */
  pairs: number;
  disturbed: number;
  /** Why the versions cannot be compared. */
  incomparable?: string;
  /** Why a version could not be audited, and what to do. */
  error?: { side: 'base' | 'head'; what: string; next: string };
  /** The categories that only the version after could not measure, with the reason. */
  lost?: string[];
  /** Addresses that only the version after asks for, without their origin. */
  newRequests: string[];
  /** The tags of the page's own file that ask for them, as far as they are known, by address. */
  askedAt?: ReadonlyMap<string, CodeLine>;
}

/** A line of the repository. */
export interface CodeLine {
  file: string;
  line: number;
}

/** How and where the versions were measured. */
export interface Bench {
  /** `Linux, 4 cores`; without names of people or machines. */
  machine: string;
  lighthouse: string;
  browser: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** How far the machine can be relied on, measured by comparing a version with itself. */
export interface Calibration {
  at: string;
  /** Comparisons of unchanged pages, and how many of them called one worse or better. */
  comparisons: number;
  alarms: number;
  /** The smallest shift of LCP that was seen in at least 95 % of them. Milliseconds; null when none was. */
  visible: number | null;
}

/** One reason why a pull request fails. */
export interface GateReason {
  /** As the settings of the record name it. */
  rule: 'worse' | 'budget' | 'new' | 'reopened' | 'expired' | 'open' | 'evaluations' | 'failed' | 'invalid';
  /** A sentence without a full stop. */
  text: string;
  target?: string;
  finding?: string;
}

/** One element that an accessibility audit fails on. */
export interface AccessibilityIssue {
  url: string;
  /** The audit, such as `image-alt`. */
  code: string;
  message: string;
  selector: string;
  /** The element's opening tag. */
  context: string;
}

/** What a change did: measured, recorded, and judged. */
export interface Review {
  base: Version;
  head: Version;
  /** The categories that were audited, where not all were; nothing is said of others. */
  categories?: readonly string[] | undefined;
  pages: ReviewedPage[];
  differences: FindingDifference[];
  evaluations: EvaluationFacts[];
  /** Where findings stand: their source, else their entry in the record. By id. */
  lines: ReadonlyMap<string, CodeLine & { isSource: boolean }>;
  /** The first picture that people attached to a finding, from the top of the repository. By id. */
  pictures: ReadonlyMap<string, string>;
  /** Where findings stand in findings.md, as it is in the version after. By id. */
  anchors: ReadonlyMap<string, string>;
  /**
   * What is wrong for people who depend on access, on all pages of the version after; undefined unless it was measured
   * on each of them.
   */
  accessibility: AccessibilityIssue[] | undefined;
  /** Why the gate fails; empty when it does not. */
  gate: GateReason[];
  /** Budgets that the runs leave open, a sentence each without a full stop. */
  openBudgets: string[];
  /** What the runs of a version could not measure, a sentence for each reason without a full stop. */
  notMeasured: string[];
  /** Why the record of the version before could not be read; what people recorded then shows no change. */
  unread?: string | undefined;
  bench: Bench | undefined;
  calibration: Calibration | undefined;
}

/** What people are told of first: the Core Web Vitals, as far as a lab has them, then the others as they come. */
const first = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];
const rankOf = ({ verdict, number: { id } }: ComparedRow) =>
  (verdict === 'better' ? 10 : 0) + (first.includes(id) ? first.indexOf(id) : first.length);

/** Orders changes: what got worse first, the Core Web Vitals before the others. */
export const byWeight = (a: ComparedRow, b: ComparedRow): number => rankOf(a) - rankOf(b);

/** The rows of a page that changed, by their weight. */
export function changedRows({ rows }: Pick<ReviewedPage, 'rows'>): ComparedRow[] {
  return rows.filter(({ verdict }) => isChange(verdict)).sort(byWeight);
}

/** A row as `--json` prints it, in the unit of its number. */
export interface MachineRow extends Pick<ComparedRow, 'verdict' | 'shift' | 'interval' | 'n' | 'confirmed' | 'more'> {
  target: string;
  formFactor: ReviewedPage['formFactor'];
  /** Null where the versions of the page cannot be compared at all. */
  number: string | null;
  matters: number | null;
  /** Why they cannot be compared. */
  why?: string;
}

/** The rows as `--json` prints them; one for a page that cannot be compared. */
export function rowsForMachines({ pages }: Pick<Review, 'pages'>): MachineRow[] {
  return pages.flatMap(({ target, formFactor, rows, incomparable, error }): MachineRow[] => {
    const why = incomparable ?? error?.what;
    const page = { target, formFactor };
    if (why !== undefined) {
      const none = { shift: null, interval: null, matters: null, n: 0, confirmed: false };
      return [{ ...page, number: null, verdict: 'incomparable', ...none, why }];
    }
    return rows.map(({ number, verdict, shift, interval, matters, n, confirmed, more }) => ({
      ...page,
      number: number.id,
      ...{ verdict, shift, interval, matters, n, confirmed },
      ...(more !== undefined && { more }),
    }));
  });
}
