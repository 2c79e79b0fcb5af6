import type { Measurement } from '../core/audit/measurement';
import type { DetailsTable, ReportedPlace } from '../core/audit/reportDetails';
import type { AuditRecord, Finding, Occurrence } from '../core/record/record';
import type { SourcePosition } from '../core/sources/sources';
import type { KnownPlaces } from './knownPlaces';
import { tracedPlaces } from './placeSources';
import type { Workspace } from './workspace';

/** A place of a finding, with all that this machine knows of it. */
export interface FindingPlace extends Pick<Occurrence, 'url' | 'label' | 'n' | 'decided'> {
  target: string;
  /** The key of the place in the record. */
  key: string;
  selector?: string;
  snippet?: string;
  /** What the newest report says of the element. */
  details?: Partial<Pick<ReportedPlace, 'nodeLabel' | 'reasons' | 'contrast'>>;
  /** The line that it is written on; left out where no line is likely. */
  source?: SourcePosition;
  /** The other lines of a script or style that the report names. */
  others?: SourcePosition[];
}

export interface FindingPlaces {
  places: FindingPlace[];
  /** Requests, files, or shares of time of the newest report. */
  tables: DetailsTable[];
  /** The runs of that report; left out where this machine has none. */
  run?: KnownPlaces['run'];
}

/** The places of a finding, of the newest report and the record, with their lines in the workspace. */
export async function findingPlaces(
  workspace: Workspace,
  record: Pick<AuditRecord, 'targets'>,
  latest: readonly Measurement[],
  finding: Finding,
): Promise<FindingPlaces> {
  const { known, places: traced, lines } = await tracedPlaces(workspace, record, latest, finding);
  const places = new Map(
    [...traced].map(([key, { place, position }]) => [key, placeOf(finding, place, position)] as const),
  );
  for (const [key, { url, label, n, decided }] of Object.entries(finding.occurrences ?? {})) {
    const recorded = { ...(url !== undefined && { url }), ...(label !== undefined && { label }) };
    const [source, ...others] = lines.flatMap((line) => (line.key === key ? [line.position] : []));
    const inCode = { ...(source && { source }), ...(others.length > 0 && { others }) };
    const of = places.get(key) ?? { target: finding.target, key, ...recorded, ...inCode };
    places.set(key, { ...of, ...(n !== undefined && { n }), ...(decided && { decided }) });
  }
  return { places: [...places.values()], tables: known?.tables ?? [], ...(known && { run: known.run }) };
}

function placeOf(
  { target }: Finding,
  { key, selector, snippet, nodeLabel, reasons, contrast }: ReportedPlace,
  source: SourcePosition | undefined,
): FindingPlace {
  const details = {
    ...(nodeLabel !== undefined && { nodeLabel }),
    ...(reasons.length > 0 && { reasons }),
    ...(contrast && { contrast }),
  };
  return {
    target,
    key,
    ...(selector !== undefined && { selector }),
    ...(snippet !== undefined && { snippet }),
    ...(Object.keys(details).length > 0 && { details }),
    ...(source && { source }),
  };
}
