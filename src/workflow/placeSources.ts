import type { Measurement } from '../core/audit/measurement';
import type { ReportedPlace } from '../core/audit/reportDetails';
import type { AuditRecord, Finding } from '../core/record/record';
import type { SourcePosition } from '../core/sources/sources';
import { type CodeLine, codeLines, withLines } from './codeLines';
import { type KnownPlaces, knownPlaces } from './knownPlaces';
import { sourcesOf } from './sources';
import type { Workspace } from './workspace';

/** A place of a finding with its line in the workspace. */
export interface TracedPlace {
  place: ReportedPlace;
  /** Undefined where no line is likely. */
  position: SourcePosition | undefined;
}

/** The elements of a finding, as the newest report knows them, and those that only the record knows. */
export function elementsOf(finding: Pick<Finding, 'occurrences'>, known: readonly ReportedPlace[]): ReportedPlace[] {
  const places = new Map(known.map((place) => [place.key, place]));
  for (const [key, { selector, snippet }] of Object.entries(finding.occurrences ?? {})) {
    if (places.has(key) || (selector === undefined && snippet === undefined)) continue;
    const element = { ...(selector !== undefined && { selector }), ...(snippet !== undefined && { snippet }) };
    places.set(key, { key, reasons: [], ...element });
  }
  return [...places.values()];
}

/**
 * Where the places of a finding are written in the workspace, as its files are now, and what the report knows.
 * @returns places are elements, lines are of scripts and styles
 */
export async function tracedPlaces(
  workspace: Workspace,
  { targets }: Pick<AuditRecord, 'targets'>,
  latest: readonly Measurement[],
  finding: Finding,
): Promise<{ known: KnownPlaces | undefined; places: Map<string, TracedPlace>; lines: CodeLine[] }> {
  const target = Object.hasOwn(targets, finding.target) ? targets[finding.target] : undefined;
  const read = await knownPlaces(workspace, latest, finding);
  const known =
    read && target ? { ...read, tables: await withLines(workspace, target, { ...read, ...read.run }) } : read;
  const places = elementsOf(finding, known?.places ?? []);
  const positions = target && places.length > 0 ? await sourcesOf(workspace, target, places) : [];
  return {
    known,
    places: new Map(places.map((place, index) => [place.key, { place, position: positions[index] }])),
    lines: codeLines(known?.tables ?? []),
  };
}
