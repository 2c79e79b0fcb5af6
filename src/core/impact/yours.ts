import { signedText } from '../metrics/metricText';
import { counted } from '../text/counted';
import type { ImpactData } from './impactData';
import type { ImpactFilter } from './impactFilter';
import type { ImpactPath } from './impactPaths';
import { detailText, valueText } from './impactText';
import type { ImpactView } from './impactView';
import { ownRelation } from './ownRelation';

/**
 * What the team's own numbers say of a relation: the outcome's value, and how the two went together over the months.
 * Sentences, the value first.
 */
export function yoursText(
  { ux, cx }: Pick<ImpactPath, 'ux' | 'cx'>,
  { view, data, filter }: { view: ImpactView; data: ImpactData; filter: ImpactFilter },
): string[] {
  const nameOf = (id: string) => view.metrics.find((one) => one.id === id)?.name ?? id;
  const value = view.values.find(({ metric }) => metric === cx);
  const outcome = value
    ? `${nameOf(cx)} ${valueText(value)} (${detailText(value)}).`
    : `${nameOf(cx)} is not known, so nothing is computed.`;
  return [outcome, togetherText(ownRelation(data, { ...filter, ux, cx }))];
}

function togetherText(relation: ReturnType<typeof ownRelation>): string {
  if (relation.state === 'other groups') {
    const { ux, cx } = relation.about;
    return `How the two go together cannot be told: they are of different groups of people (${ux}; ${cx}).`;
  }
  if (relation.state === 'too few') {
    const { periods, needed } = relation;
    const verb = needed === 1 ? 'is' : 'are';
    const have = counted(periods.length, 'month has', 'months have');
    return `How the two go together cannot be told: ${have} both values; ${needed} more ${verb} needed.`;
  }
  const { rho, low, high, n, about } = relation;
  const together = rho > 0 ? 'up and down together' : 'in opposite directions';
  const went = low > 0 || high < 0 ? together : 'neither together nor apart for sure';
  const interval = `95 % interval ${signedText(low)} to ${signedText(high)}`;
  return (
    `Over ${n} months the two went ${went} (${about.ux} with ${about.cx}; rank correlation ${signedText(rho)}, ` +
    `${interval}). Months differ in much else, so this is no proof that one causes the other.`
  );
}
