import { grades } from './grades';
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
  /** What studies found, each in its own words and with what limits it; the strongest first. */
  studies: { link: ImpactLink; cx: string }[];
  /** What studies found that speaks against a relation. */
  against: { link: ImpactLink; cx: string }[];
}

/** Studies that stand beside one claim; more are one step away. */
const STUDIES_SHOWN = 4;
const order = ['poor', 'needs improvement', 'good'];

/**
 * One claim for each UX metric, by its definitions, that has a value and any published study; the best evidence first,
 * nothing is computed. What rests on too few is claimed by nobody.
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
    const cited = (ids: readonly string[], cx: string) =>
      ids.flatMap((one) => {
        const link = links.get(one);
        return link ? [{ link, cx }] : [];
      });
    const studies = paths.flatMap((path) => cited(path.links, path.cx)).sort((a, b) => byGrade(a.link, b.link));
    const against = paths.flatMap((path) => cited(path.counterEvidence, path.cx));
    const rank = ({ verdict }: ImpactValue) => (verdict ? order.indexOf(verdict) : order.length);
    const [value] = worstFirst(values, known.get(id)).sort((x, y) => rank(x) - rank(y));
    if (!value || studies.length + against.length === 0) return [];
    const where = value.target === undefined ? 'the product' : value.target;
    return [
      {
        value,
        others: values.length - 1,
        own: `${known.get(id)?.name ?? id} of ${where}: ${valueText(value)} (${detailText(value)}).`,
        studies: studies.slice(0, STUDIES_SHOWN),
        against,
      },
    ];
  });
  return claims.sort((a, b) => place(a) - place(b));
}

function byGrade(a: ImpactLink, b: ImpactLink): number {
  return grades.indexOf(a.grade) - grades.indexOf(b.grade);
}

function place({ studies }: Claim): number {
  return studies[0] ? grades.indexOf(studies[0].link.grade) : grades.length;
}
