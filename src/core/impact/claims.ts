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

/**
 * One claim for each definition of a UX metric that has a value and a study, best evidence first. Claims quote and
 * compute nothing. A value from too few answers makes no claim.
 */
export function claimsOf(view: ImpactView, links: ReadonlyMap<string, ImpactLink>): Claim[] {
  const known = new Map(view.metrics.map((metric) => [metric.id, metric]));
  const enough = view.values.filter(({ state }) => state !== 'too few');
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
