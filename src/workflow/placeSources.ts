import type { Measurement } from '../core/audit/measurement';
import type { AuditRecord, Finding } from '../core/record/record';
import type { ReportedElement, SourcePosition } from '../core/sources/sources';
import { knownPlaces } from './knownPlaces';
import { sourcesOf } from './sources';
import type { Workspace } from './workspace';

/** The places of a finding that a report or the record knows, by key. */
function elementsOf(
  finding: Finding,
  known: readonly ({ key: string } & ReportedElement)[],
): Map<string, ReportedElement> {
  const recorded = Object.entries(finding.occurrences ?? {}).flatMap(([key, { selector, snippet }]) =>
    selector === undefined && snippet === undefined
      ? []
      : [[key, { ...(selector !== undefined && { selector }), ...(snippet !== undefined && { snippet }) }] as const],
  );
  return new Map<string, ReportedElement>([...recorded, ...known.map((place) => [place.key, place] as const)]);
}

/**
 * Where the places of a finding are written in the workspace as its files are now, by key of the place.
 * @param only the key of the only place that is wanted
 */
export async function sourcesOfFinding(
  workspace: Workspace,
  { targets }: Pick<AuditRecord, 'targets'>,
  latest: readonly Measurement[],
  finding: Finding,
  only?: string,
): Promise<Map<string, SourcePosition>> {
  const target = Object.hasOwn(targets, finding.target) ? targets[finding.target] : undefined;
  if (!target) return new Map();
  const known = await knownPlaces(workspace, latest, finding);
  const all = [...elementsOf(finding, known?.places ?? [])].filter(([key]) => only === undefined || key === only);
  const positions = await sourcesOf(
    workspace,
    target,
    all.map(([, element]) => element),
  );
  return new Map(all.flatMap(([key], index) => (positions[index] ? [[key, positions[index]] as const] : [])));
}
