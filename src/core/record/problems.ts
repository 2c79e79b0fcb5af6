import { byCodeUnit } from './canonicalText';
import { openPlacesOf } from './places';
import { type Finding, isOpen } from './record';
import { severityOf, severityText } from './severity';

/** What is wrong, on all pages where it is: the automated findings of one rule, or one problem that a person found. */
export interface Problem {
  /** The rule of automated findings; the id of a finding that a person made. */
  key: string;
  /** In the order of {@link problemsOf}, so the page to look at first comes first. */
  findings: Finding[];
  /** The worst, 0 to 4; undefined when nobody rated it. */
  severity: number | undefined;
  /** Targets with the problem. */
  pages: number;
  /** Places on all of them; 0 when it is about whole pages. */
  places: number;
  /** What Lighthouse estimates a fix to save on the page where that is most. Milliseconds; 0 without an estimate. */
  saving: number;
}

/** Estimated savings of a load metric by id of the finding. Milliseconds. */
export type Savings = ReadonlyMap<string, number>;

/** A place that several pages share, such as one in the header. */
export interface SharedPlace {
  key: string;
  findings: Finding[];
}

/** The key of the problem that a finding belongs to. */
export function problemOf({ kind, rule, id }: Pick<Finding, 'kind' | 'rule' | 'id'>): string {
  return kind === 'automated' ? rule : id;
}

/**
 * Groups findings into problems, what to look at first first: by severity in whole steps, then by the estimated saving,
 * then by the number of pages, then by the number of places. The tree, the pages, the terminal and the reports use this
 * order. {@link orderText} gives the reasons.
 */
export function problemsOf(findings: readonly Finding[], savings: Savings = new Map()): Problem[] {
  const groups = Map.groupBy(findings, problemOf);
  const problems = [...groups].map(([key, members]) => problemFrom(key, members, savings));
  return problems.sort((a, b) => compareFacts(a, b) || byCodeUnit(a.key, b.key));
}

function problemFrom(key: string, members: readonly Finding[], savings: Savings): Problem {
  const facts = members.map((finding) => ({ finding, ...factsOf(finding, savings) }));
  facts.sort((a, b) => compareFacts(a, b) || byCodeUnit(a.finding.id, b.finding.id));
  const severities = facts.flatMap(({ severity }) => (severity === undefined ? [] : [severity]));
  return {
    key,
    findings: facts.map(({ finding }) => finding),
    severity: severities.length > 0 ? Math.max(...severities) : undefined,
    pages: new Set(members.map(({ target }) => target)).size,
    places: facts.reduce((sum, { places }) => sum + places, 0),
    saving: Math.max(...facts.map(({ saving }) => saving)),
  };
}

/** What decides where a problem stands. */
export type Facts = Pick<Problem, 'severity' | 'saving' | 'pages' | 'places'>;

function factsOf(finding: Finding, savings: Savings): Facts {
  const places = openPlacesOf(finding);
  return { severity: severityOf(finding), saving: savings.get(finding.id) ?? 0, pages: 1, places };
}

/** The order of {@link problemsOf}: below 0 when `a` comes first. */
export function compareFacts(a: Facts, b: Facts): number {
  return step(b) - step(a) || b.saving - a.saving || b.pages - a.pages || b.places - a.places;
}

/** Severity as a whole number; what nobody rated comes last. */
function step({ severity }: Facts): number {
  return severity === undefined ? -1 : Math.round(severity);
}

/** Why a problem stands where it does: `major (3 of 4); saves about 1,100 ms; 7 pages; 41 places`. */
export function orderText({ severity, saving, pages, places }: Facts): string {
  return [
    severityText(severity),
    ...(saving > 0 ? [`saves about ${Math.round(saving).toLocaleString('en')} ms`] : []),
    `${pages} ${pages === 1 ? 'page' : 'pages'}`,
    ...(places > 0 ? [`${places} ${places === 1 ? 'place' : 'places'}`] : []),
  ].join('; ');
}

/** The places that at least two of the problem's pages share, the most shared first. */
export function sharedPlaces({ findings }: Pick<Problem, 'findings'>): SharedPlace[] {
  const byKey = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const key of Object.keys(finding.occurrences ?? {})) byKey.set(key, [...(byKey.get(key) ?? []), finding]);
  }
  return [...byKey]
    .map(([key, sharing]) => ({ key, findings: sharing }))
    .filter(({ findings: sharing }) => new Set(sharing.map(({ target }) => target)).size > 1)
    .sort((a, b) => b.findings.length - a.findings.length || byCodeUnit(a.key, b.key));
}

/** Whether anybody still has to do something about a problem. */
export function isOpenProblem({ findings }: Pick<Problem, 'findings'>): boolean {
  return findings.some(isOpen);
}
