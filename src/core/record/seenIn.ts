import { byCodeUnit } from './canonicalText';
import type { Finding, Occurrence } from './record';

/** The most occurrences of a finding in the record, which counts the others. */
export const MAX_OCCURRENCES = 20;

/** An occurrence with its own `seenIn`, as `environment/formFactor`. */
export type PlacedOccurrence = Occurrence & { seenIn: string[] };

/** Gives each occurrence its own `seenIn`, which the file omits when it equals that of the finding. */
export function spelledOut(finding: Pick<Finding, 'occurrences' | 'state'>): Map<string, PlacedOccurrence> {
  const all = finding.state.seenIn ?? [];
  const occurrences = (finding.occurrences ?? {}) as Record<string, Occurrence & { seenIn?: string[] }>;
  return new Map(
    Object.entries(occurrences).map(([key, occurrence]) => [key, { ...occurrence, seenIn: occurrence.seenIn ?? all }]),
  );
}

/** The inverse of {@link spelledOut}: occurrences as in the file, sorted, at most {@link MAX_OCCURRENCES}. */
export function packed(
  occurrences: ReadonlyMap<string, PlacedOccurrence>,
  seenIn: readonly string[],
): Finding['occurrences'] {
  const all = seenIn.join();
  const entries = [...occurrences]
    .filter(([, { seenIn: own }]) => own.length > 0 || seenIn.length === 0)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .slice(0, MAX_OCCURRENCES)
    .map(([key, { seenIn: own, ...occurrence }]) => [
      key,
      own.join() === all ? occurrence : { ...occurrence, seenIn: own },
    ]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
