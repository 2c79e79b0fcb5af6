import type { Finding, Occurrence } from './record';

/** The number of places, repeated ones included. */
export function countOf(occurrences: Iterable<Occurrence>): number {
  let count = 0;
  for (const { n } of occurrences) count += n ?? 1;
  return count;
}

/** The number of places of a finding; 0 when it is about the whole page. */
export function placesOf({ occurrences, state }: Pick<Finding, 'occurrences' | 'state'>): number {
  return countOf(Object.values(occurrences ?? {})) + (state.more ?? 0);
}

/** The number of places that nobody has decided about by themselves; 0 when the finding is about the whole page. */
export function openPlacesOf({ occurrences, state }: Pick<Finding, 'occurrences' | 'state'>): number {
  const left = Object.values(occurrences ?? {}).filter(({ decided }) => decided === undefined);
  return countOf(left) + (state.more ?? 0);
}
