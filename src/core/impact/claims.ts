import { labBands } from '../metrics/labBands';
import type { Metric } from '../metrics/metricSchema';
import { figureText } from '../metrics/metricText';
import { FEW } from '../outcomes/few';
import { counted } from '../text/counted';
import { dayText } from '../text/days';
import { byGrade, placeOfGrade } from './grades';
import type { ImpactLink } from './impactCatalogue';
import { citeText, valueText } from './impactText';
import type { ImpactValue } from './impactValue';
import { type ImpactView, worstFirst } from './impactView';

/** What a decision maker may hear about one metric. */
export interface Claim {
  /** The worst value. */
  value: ImpactValue;
  /** Other values of the same metric: on other targets, environments or form factors. */
  others: number;
  /** The sentence to quote: the value with its range, n and date, and the limit of good. */
  own: string;
  /** How it is known: `measured here · 3 runs · undisturbed`. */
  basis: string;
  /** What studies found, best evidence first. */
  studies: { link: ImpactLink; cx: string }[];
  /** What studies found against a relation. */
  against: { link: ImpactLink; cx: string }[];
}

/** The most studies that a claim quotes. */
const STUDIES_SHOWN = 4;
const ratings = ['poor', 'needs improvement', 'good'];

/** Values of one target that studies are about and that may not be claimed, for one reason. */
export interface Withheld {
  /** Undefined for the whole product. */
  target: string | undefined;
  /** Ids of their metrics. */
  metrics: string[];
  why: string;
}

/** Fewer runs are no claim. A rule of this tool. */
const LEAST_RUNS = 3;

/** Why a value may not be claimed, in one line; undefined when it may. */
export function whyNoClaim(value: ImpactValue): string | undefined {
  const { basis, n, noisy, development, state, metric } = value;
  if (state === 'too few') return `only ${counted(n ?? 0, 'answer')}; it takes ${FEW}`;
  if (basis === 'field') return undefined; // published without its number of visits
  if (basis !== 'lab') return n === undefined ? 'how many people it is about is not known' : undefined;
  if (development !== undefined) return `it is of a development build (${development})`;
  if (metric === 'a11y_violations') return undefined; // counted, not timed: n is its pages
  if (noisy) return 'other programs disturbed its runs';
  return (n ?? 0) < LEAST_RUNS ? `only ${counted(n ?? 0, 'run')}; it takes ${LEAST_RUNS}` : undefined;
}

/** The values that a study is about and that may not be claimed, by target and reason. */
export function withheldOf({ values, paths }: ImpactView): Withheld[] {
  const studied = new Set(paths.map(({ ux }) => ux));
  const all = values.flatMap(({ target, metric, ...value }) => {
    const why = studied.has(metric) ? whyNoClaim({ target, metric, ...value }) : undefined;
    return why === undefined ? [] : [{ target, metric, why }];
  });
  return [...Map.groupBy(all, ({ target, why }) => `${target}\n${why}`).values()].flatMap((same) => {
    const [first] = same;
    const metrics = [...new Set(same.map(({ metric }) => metric))];
    return first ? [{ target: first.target, metrics, why: first.why }] : [];
  });
}

/** The outcomes that are known and that no study joins with anything measured here. */
export function unexplained({ values, paths, metrics }: ImpactView): Metric[] {
  const joined = new Set(paths.filter(({ links }) => links.length > 0).map(({ cx }) => cx));
  const known = new Set(values.filter(({ state }) => state !== 'too few').map(({ metric }) => metric));
  return metrics.filter(({ id, kind }) => kind === 'cx' && known.has(id) && !joined.has(id) && id !== 'churn_reasons');
}

/** The sentence to quote of a value: `LCP of home is 5.3 s (5.2 s to 5.5 s, 3 runs; lab, local, mobile; …).` */
function quoteOf(value: ImpactValue, metric: Metric | undefined): string {
  const { low, high, unit, n, basis, about, at, target, spread, parts } = value;
  const text = (of: number) => figureText(of, unit);
  const isYesOrNo = unit === 'pass/fail' || unit === 'yes/no';
  const range = low === undefined || high === undefined || isYesOrNo ? [] : [`${text(low)} to ${text(high)}`];
  const interval = spread === '95 % interval' ? range.map((one) => `95 % interval ${one}`) : range;
  const of = parts?.x !== undefined && parts.n !== undefined ? `${parts.x} of ${parts.n}` : `n ${n}`;
  const counts = n === undefined ? 'n not known' : basis === 'lab' ? counted(n, nounOf(value)) : of;
  const when = basis === 'lab' ? `; ${dayText(at)}` : '';
  const facts = `${[...interval, counts].join(', ')}; ${basis}, ${about}${when}`;
  const good = goodOf(value, metric);
  const limit = good === undefined ? '' : ` ${good} counts as good.`;
  const is = isYesOrNo ? ':' : ' is';
  return `${metric?.name ?? value.metric} of ${target ?? 'the product'}${is} ${valueText(value)} (${facts}).${limit}`;
}

const nounOf = ({ metric }: ImpactValue) => (metric === 'a11y_violations' ? 'page' : 'run');

/** The published limit of a good value: Lighthouse's for a lab value, that of real visits for field data. */
function goodOf({ basis, formFactor, unit }: ImpactValue, metric: Metric | undefined): string | undefined {
  const audit = metric?.lighthouse?.audit;
  const lab = audit === undefined ? undefined : labBands(audit, formFactor === 'desktop' ? 'desktop' : 'mobile')?.good;
  const good = basis === 'lab' ? lab : metric?.thresholds?.good;
  return good === undefined
    ? undefined
    : `${metric?.direction === 'higher' ? 'From' : 'Up to'} ${figureText(good, unit)}`;
}

function basisOf(value: ImpactValue): string {
  const { basis, n, source } = value;
  if (basis === 'lab') return `measured here · ${counted(n ?? 0, nounOf(value))} · no development build · undisturbed`;
  const who = { field: 'real visits', imported: 'your customers, from a table', entered: 'your customers, typed in' };
  return [who[basis], n === undefined ? [] : `n ${n}`, source ?? []].flat().join(' · ');
}

/** All that belongs to a claim where it is quoted: n, range and date, its source, the studies with their limits. */
export function claimText({ own, value, studies, against }: Claim, estimates: readonly string[] = []): string {
  const source = ({ finding, study }: ImpactLink) =>
    `${finding} Source: ${citeText({ study })}, ${study.url}${study.readAt ? `, read at ${study.readAt}` : ''}`;
  const from = value.basis === 'lab' ? 'Lighthouse, one machine, no real visits' : value.basis;
  return [
    own,
    `Source: ${value.source ?? from}${value.source && value.basis === 'lab' ? ', one machine, no real visits' : ''}.`,
    ...estimates,
    ...studies.map(({ link }) => `${source(link)} (${link.id}, ${link.grade}). Limits: ${link.caveats}`),
    ...against.map(({ link }) => `Against: ${source(link)} (${link.id}).`),
  ].join('\n');
}

/**
 * One claim for each definition of a metric that has a value: what is not good first, then by the best evidence, then
 * what customers said and did. Claims quote and compute nothing. {@link whyNoClaim} says which values make none.
 */
export function claimsOf(view: ImpactView, links: ReadonlyMap<string, ImpactLink>): Claim[] {
  const known = new Map(view.metrics.map((metric) => [metric.id, metric]));
  const enough = view.values.filter((value) => whyNoClaim(value) === undefined);
  const definitions = Map.groupBy(enough, ({ metric, variant, segment, unit, basis }) =>
    [metric, variant, segment, unit, basis].join('\n'),
  );
  const claims = [...definitions.values()].flatMap((values): Claim[] => {
    const id = values[0]?.metric ?? '';
    const paths = view.paths.filter(({ ux }) => ux === id);
    const cited = (of: 'links' | 'counterEvidence') =>
      paths.flatMap((path) =>
        path[of].flatMap((one) => {
          const link = links.get(one);
          return link ? [{ link, cx: path.cx }] : [];
        }),
      );
    const [studies, against] = [cited('links'), cited('counterEvidence')];
    const rank = ({ verdict }: ImpactValue) => (verdict ? ratings.indexOf(verdict) : ratings.length);
    const [value] = worstFirst(values, known.get(id)).sort((a, b) => rank(a) - rank(b));
    const isOfCustomers = known.get(id)?.kind === 'cx' && id !== 'churn_reasons';
    if (!value || (studies.length + against.length === 0 && !isOfCustomers)) return [];
    return [
      {
        value,
        others: values.length - 1,
        own: quoteOf(value, known.get(id)),
        basis: basisOf(value),
        studies: studies.sort((a, b) => byGrade(a.link, b.link)).slice(0, STUDIES_SHOWN),
        against,
      },
    ];
  });
  const place = ({ studies }: Claim) => placeOfGrade(studies[0]?.link.grade);
  const isBad = ({ value: { verdict } }: Claim) => verdict === 'poor' || verdict === 'needs improvement';
  return claims.sort((a, b) => Number(isBad(b)) - Number(isBad(a)) || place(a) - place(b));
}
