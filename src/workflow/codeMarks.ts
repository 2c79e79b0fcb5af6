import { shortTitle } from '../core/advice/advice';
import type { Measurement } from '../core/audit/measurement';
import { auditDetails, type ReportedPlace } from '../core/audit/reportDetails';
import { listFindings } from '../core/record/listFindings';
import type { ParsedRecord } from '../core/record/parseRecord';
import { type Finding, openStatuses } from '../core/record/record';
import { severityOf } from '../core/record/severity';
import { readOpeningTag } from '../core/sources/openingTag';
import type { SourcePosition } from '../core/sources/sources';
import { shortened } from '../core/text/shortened';
import { type CodeLine, codeLines, withLines } from './codeLines';
import { auditOf, newestRunOf, wholeReport } from './knownPlaces';
import { elementsOf } from './placeSources';
import { sourcesOf } from './sources';
import type { Workspace } from './workspace';

/** A line of the workspace at which an open finding has a place. */
export interface CodeMark {
  position: SourcePosition;
  /** Characters from the position on: the opening bracket and the name of the element. */
  length: number;
  finding: string;
  occurrence: string;
  rule: string;
  /** What is wrong there, in one sentence without a full stop. */
  message: string;
  severity: number | undefined;
}

/**
 * The lines at which open findings have places, as the files are now. Guesses are left out, and so are places that were
 * decided by themselves.
 * @param asksServer as in CodeSources
 */
export async function codeMarks(
  workspace: Workspace,
  parsed: Pick<ParsedRecord, 'record' | 'invalid'>,
  latest: readonly Measurement[],
  isShown: (finding: Finding) => boolean = () => true,
  asksServer = false,
): Promise<CodeMark[]> {
  const open = listFindings(parsed, { statuses: openStatuses }).filter(isShown);
  const byPage = Map.groupBy(open, ({ target }) => target);
  const marks: CodeMark[] = [];
  for (const [name, findings] of byPage) {
    const { targets } = parsed.record;
    const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
    if (!target) continue;
    const reported = await Promise.all(findings.map((finding) => reportedOf(workspace, latest, finding)));
    const places = reported.flatMap(({ finding, details }) =>
      elementsOf(finding, details?.places ?? []).flatMap((place) =>
        isOpenPlace(finding, place.key) ? [{ finding, place }] : [],
      ),
    );
    const positions = await sourcesOf(
      workspace,
      target,
      places.map(({ place }) => place),
    );
    marks.push(...places.flatMap(({ finding, place }, index) => markOf(finding, place, positions[index]) ?? []));
    for (const { finding, details } of reported) {
      if (!details) continue;
      const lines = codeLines(await withLines(workspace, target, details, asksServer));
      marks.push(...lines.flatMap((line) => markOfLine(finding, line) ?? []));
    }
  }
  return marks;
}

/** What the newest report says of a finding. */
async function reportedOf(workspace: Workspace, latest: readonly Measurement[], finding: Finding) {
  const run = newestRunOf(latest, finding);
  const report = run && (await wholeReport(workspace, run.target, run.id, 0));
  const audit = auditOf(finding);
  const details = report && audit !== undefined ? auditDetails(report, audit) : undefined;
  return { finding, details: details && run && { ...details, at: run.at } };
}

const isOpenPlace = ({ occurrences }: Finding, key: string) => occurrences?.[key]?.decided === undefined;

function markOfLine(finding: Finding, { key, position, text }: CodeLine): CodeMark | undefined {
  if (position.by === 'guess' || !isOpenPlace(finding, key)) return undefined;
  return {
    position,
    length: 1,
    finding: finding.id,
    occurrence: key,
    rule: finding.rule,
    message: [shortTitle(finding), ...(text ? [shortened(text, 120)] : [])].join(': '),
    severity: severityOf(finding),
  };
}

function markOf(finding: Finding, place: ReportedPlace, position: SourcePosition | undefined): CodeMark | undefined {
  if (!position || position.by === 'guess') return undefined;
  const tag = place.snippet === undefined ? undefined : readOpeningTag(place.snippet)?.tag;
  return {
    position,
    length: (tag?.length ?? 0) + 1,
    finding: finding.id,
    occurrence: place.key,
    rule: finding.rule,
    message: sentenceOf(finding, place),
    severity: severityOf(finding),
  };
}

function sentenceOf(finding: Finding, { contrast, reasons }: ReportedPlace): string {
  const title = shortTitle(finding);
  if (contrast) return `${title}: ${contrast.ratio.toFixed(2)} : 1, needs ${contrast.needed} : 1`;
  const sentences = reasons.flatMap((group) => group.sentences);
  const [only] = sentences;
  return sentences.length === 1 && only ? `${title}: ${only}` : title;
}
