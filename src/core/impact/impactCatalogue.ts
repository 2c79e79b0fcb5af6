import linksJson from './catalogue/links.json';
import type { Grade } from './grades';

/** One published result that links two metrics. */
export interface ImpactLink {
  id: string;
  ux: string;
  cx: string;
  direction: string;
  grade: Grade;
  strength: string;
  /** `dose`: computed inside its range (effectEstimates.ts); `show`: quoted as published; `never`: counter-evidence. */
  apply: 'dose' | 'show' | 'never';
  kind: 'ux->cx' | 'ux->ux' | 'cx->cx';
  finding: string;
  quantified: Record<string, unknown> | null;
  basis: string | null;
  study: {
    title: string;
    org: string | null;
    year: number | null;
    /** The original's address, where a source that was read names it. */
    url: string;
    /** The copy that was read, where the original could not be. */
    readAt?: string;
    sample: string | null;
    context: string | null;
  };
  design: string;
  caveats: string;
  /** What was read: the publisher's own text, that text on another host, or somebody else's report of it. */
  tier: 'primary' | 'primary mirrored' | 'secondary';
}

/** The evidence: facts and citations as published, sentences ours. */
export const links = linksJson as readonly unknown[] as readonly ImpactLink[];
