import { byGrade, placeOfGrade } from './grades';
import type { ImpactLink } from './impactCatalogue';
import { detailText, valueText } from './impactText';
import { type ImpactValue, type ImpactView, worstFirst } from './impactView';

/** What may be said of a metric to somebody who decides, and what may not. */
export interface Claim {
  /** The worst of the values: the one there is most to say about. */
  value: ImpactValue;
  /** Values of the same metric on other targets, environments or form factors. */
  others: number;
  /** About oneself: the value with all that belongs to it. */
  own: string;
  /** What studies found, the strongest first. */
  studies: { link: ImpactLink; cx: string }[];
  /** What studies found that speaks against a relation. */
  against: { link: ImpactLink; cx: string }[];
}

/** Studies that stand beside one claim; more are one step away. */
const STUDIES_SHOWN = 4;
const ratings = ['poor', 'needs improvement', 'good'];

/**
 * One claim for each definition of a UX metric that has a value and any published study; the best evidence first.
 * Claims quote and compute nothing. A value that rests on too few answers makes no claim.
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
