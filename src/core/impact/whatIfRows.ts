import { figureText } from '../metrics/metricText';
import { counted } from '../text/counted';
import type { Estimate } from './effectEstimates';
import { byGrade, type Grade, gradeWord } from './grades';
import type { ImpactLink } from './impactCatalogue';
import type { ImpactData } from './impactData';
import type { ImpactPath } from './impactPaths';
import { estimateText } from './impactText';
import type { ImpactValue } from './impactValue';
import { type ImpactView, whatIf } from './impactView';
import { inOwnNumbers, type OwnNumbers } from './ownMoney';

/** What one change would mean for an outcome, or why nothing is computed for some. */
export interface WhatIfRow {
  /** The outcomes; several where nothing is computed for one reason. */
  outcomes: string[];
  grade: Grade;
  /** The study, where there is one for all of the outcomes. */
  link: ImpactLink | undefined;
  /** The range that the study gives; undefined where nothing is computed. */
  says: string | undefined;
  /** Why nothing is computed, in one sentence. */
  why: string | undefined;
  own: OwnNumbers | undefined;
}

/** What a value is changed to. */
interface Change {
  value: ImpactValue;
  /** In the metric's unit; times in milliseconds. */
  to: number;
}

interface Known {
  view: ImpactView;
  data: ImpactData;
  links: ReadonlyMap<string, ImpactLink>;
}

/** What a wished value would mean for each outcome that a study joins with the metric; the computed first. */
export function whatIfRows({ value, to }: Change, known: Known): { rows: WhatIfRow[]; assumptions: string[] } {
  const { view, data, links } = known;
  const paths = view.paths.filter(({ ux, links: found }) => ux === value.metric && found.length > 0);
  const question = { target: value.target ?? '', metric: value.metric, to };
  const answer = whatIf({ ...view, values: [value], paths }, question);
  const estimates = new Map(answer?.estimates.map((one) => [one.link, one]));
  const rows = paths.flatMap((path): WhatIfRow[] => {
    const ofPath = path.computable.flatMap((id) => estimates.get(id) ?? []);
    const estimate = ofPath.find((one) => !('outside' in one)) ?? ofPath[0];
    const link = links.get(estimate?.link ?? path.links[0] ?? '');
    if (!link) return [];
    const about = { outcomes: [path.cx], grade: link.grade, link };
    if (!estimate || 'outside' in estimate)
      return [{ ...about, says: undefined, why: whyNone(path, estimate, { value, to }), own: undefined }];
    const own = inOwnNumbers(estimate, data, value.target);
    return [{ ...about, says: estimateText(estimate), why: undefined, own }];
  });
  return { rows: together(rows), assumptions: answer?.assumptions ?? [] };
}

/** The computed rows, then the others, those with one reason as one; the best evidence first. */
function together(rows: readonly WhatIfRow[]): WhatIfRow[] {
  const isCausal = ({ grade }: WhatIfRow) => gradeWord(grade) === 'causal';
  const [computed, others] = [rows.filter(({ says }) => says), rows.filter(({ says }) => !says)];
  const keyOf = (row: WhatIfRow) => `${row.why}\n${isCausal(row) ? row.link?.study.title : ''}`;
  const groups = [...Map.groupBy(others, keyOf).values()].flatMap((same): WhatIfRow[] => {
    const [first] = same.toSorted(byGrade);
    if (!first) return [];
    const isOne = same.length === 1 || isCausal(first);
    const outcomes = same.flatMap((row) => row.outcomes);
    return [{ ...first, outcomes, link: isOne ? first.link : undefined }];
  });
  return [...computed, ...groups.sort(byGrade)];
}

/** Whose experience a study tells: `At others: Farfetch (2022), product pages of a luxury shop, size not published` */
export function whoseText({ study }: ImpactLink): string {
  const { org, year, sample, context } = study;
  const who = `${org ?? study.title}${year ? ` (${year})` : ''}`;
  return [`At others: ${who}`, context, sample ?? 'size not published'].filter(Boolean).join(', ');
}

/** A value of the metric, on another page, for which a study does compute something. */
export function elsewhere(values: readonly ImpactValue[], to: number, known: Known): ImpactValue | undefined {
  return values.find((value) => whatIfRows({ value, to }, known).rows.some(({ says }) => says !== undefined));
}

/** Why nothing is computed of a relation, in one sentence. */
function whyNone(path: ImpactPath, estimate: Estimate | undefined, { value, to }: Change): string {
  if (estimate && 'outside' in estimate) {
    const text = (of: number) => figureText(of, value.unit);
    const said = estimate.outside.charAt(0).toUpperCase() + estimate.outside.slice(1);
    return `${said}; yours would go from ${text(value.value)} to ${text(to)}.`;
  }
  const { links, counterEvidence, grade } = path;
  if (counterEvidence.length > 0) {
    const all = counted(links.length + counterEvidence.length, 'study', 'studies');
    return `Studies disagree: ${counterEvidence.length} of ${all} found no such relation.`;
  }
  const kind = gradeWord(grade);
  if (kind === 'causal') return 'The study gives what happened there once, and no rule for other values.';
  if (kind === 'survey') return 'People said so; nobody measured by how much.';
  if (kind === 'opinion') return 'It is an opinion; nobody measured it.';
  return 'Studies saw both move together, which does not say that one moves the other.';
}
