import { FEW } from '../outcomes/few';
import { counted } from '../text/counted';
import { byGrade, placeOfGrade } from './grades';
import type { ImpactLink } from './impactCatalogue';
import { detailText, valueText } from './impactText';
import type { ImpactValue } from './impactValue';
import { type ImpactView, worstFirst } from './impactView';

/** What a decision maker may hear about one metric. */
export interface Claim {
  /** The worst value. */
  value: ImpactValue;
  /** Other values of the same metric: on other targets, environments or form factors. */
  others: number;
  /** The team's own value with its facts. */
  own: string;
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

/**
 * One claim for each definition of a UX metric that has a value and a study, best evidence first. Claims quote and
 * compute nothing. {@link whyNoClaim} says which values make none.
 */
export function claimsOf(view: ImpactView, links: ReadonlyMap<string, ImpactLink>): Claim[] {
  const known = new Map(view.metrics.map((metric) => [metric.id, metric]));
  const enough = view.values.filter((value) => whyNoClaim(value) === undefined);
  const definitions = Map.groupBy(enough, ({ metric, variant, unit, basis }) =>
    [metric, variant, unit, basis].join('\n'),
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
    if (!value || studies.length + against.length === 0) return [];
    const name = `${known.get(id)?.name ?? id} of ${value.target ?? 'the product'}`;
    return [
      {
        value,
        others: values.length - 1,
        own: `${name}: ${valueText(value)} (${detailText(value)}).`,
        studies: studies.sort((a, b) => byGrade(a.link, b.link)).slice(0, STUDIES_SHOWN),
        against,
      },
    ];
  });
  const place = ({ studies }: Claim) => placeOfGrade(studies[0]?.link.grade);
  return claims.sort((a, b) => place(a) - place(b));
}
