import { adviceFor } from '../advice/advice';
import { isAttachment } from '../record/attachments';
import { byCodeUnit } from '../record/canonicalText';
import { listFindings } from '../record/listFindings';
import type { ParsedRecord } from '../record/parseRecord';
import { placesOf } from '../record/places';
import type { AuditRecord, Finding } from '../record/record';
import { severityOf } from '../record/severity';
import { inertLine } from '../text/inertText';
import { adviceLines, adviceMarkdown } from './adviceText';
import { isPublic } from './evaluationFacts';
import { severitySentence, stateSentence } from './findingSentences';

type Level = 'error' | 'warning' | 'note';

interface Message {
  text: string;
}

interface SarifLocation {
  physicalLocation: { artifactLocation: { uri: string } };
  logicalLocations?: { name: string; fullyQualifiedName: string; kind: string }[];
  message?: Message;
}

interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  kind: 'fail';
  level: Level;
  message: Message;
  locations: SarifLocation[];
  occurrenceCount?: number;
  partialFingerprints: { 'uxAuditId/v1': string };
  baselineState: 'new' | 'unchanged' | 'absent';
  suppressions: { kind: 'external'; status: 'accepted'; justification?: string }[];
  attachments?: { artifactLocation: { uri: string } }[];
  properties: Record<string, unknown>;
}

interface SarifRule {
  id: string;
  shortDescription: Message;
  /** What the tool calls it, where `shortDescription` is ours. */
  fullDescription?: Message;
  help?: { text: string; markdown: string };
  helpUri?: string;
}

/** The parts of a SARIF 2.1.0 log that an export writes. */
export interface SarifLog {
  $schema: string;
  version: '2.1.0';
  runs: {
    tool: { driver: { name: string; semanticVersion: string; rules: SarifRule[] } };
    columnKind: 'utf16CodeUnits';
    results: SarifResult[];
  }[];
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * Escapes text for a SARIF message: one inert line without placeholders (`{0}`) and embedded links (`[a](b)`), see
 * "message object" in the specification.
 */
function messageText(text: string): string {
  return inertLine(text).replaceAll('](', '] (').replace(/[{}]/g, '$&$&');
}

/** A page as a relative reference, which cannot name another host: its path, or the name of a target without one. */
function uriOf(record: AuditRecord, slug: string): string {
  const target = Object.hasOwn(record.targets, slug) ? record.targets[slug] : undefined;
  return asReference(typeof target?.path === 'string' ? `/${target.path.replace(/^[/\\]+/, '')}` : slug);
}

function asReference(path: string): string {
  return inertLine(path)
    .toWellFormed()
    .replace(/%(?![0-9a-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]/gi, (character) => encodeURIComponent(character));
}

function levelOf(finding: Finding): Level {
  const severity = severityOf(finding);
  if (severity === undefined) return 'warning'; // SARIF's default level
  const rounded = Math.round(severity);
  return rounded >= 3 ? 'error' : rounded === 2 ? 'warning' : 'note';
}

function logical(name: string, kind: string): Pick<SarifLocation, 'logicalLocations'> {
  const text = inertLine(name);
  return text === '' ? {} : { logicalLocations: [{ name: text, fullyQualifiedName: text, kind }] };
}

/** The locations of a finding; the whole page when it names no place. */
function locationsOf(finding: Finding, uri: string): SarifLocation[] {
  const physicalLocation = { artifactLocation: { uri } };
  const places = Object.values(finding.occurrences ?? {}).map(({ selector, snippet, url, label }): SarifLocation => {
    const named =
      selector !== undefined
        ? logical(selector, 'element')
        : url !== undefined
          ? logical(url, 'resource')
          : label !== undefined
            ? logical(label, 'object')
            : {};
    return { physicalLocation, ...named, ...(snippet !== undefined && { message: { text: messageText(snippet) } }) };
  });
  if (places.length > 0) return places;
  const { selector, element, step } = (finding.where ?? {}) as Record<string, unknown>;
  if (typeof selector === 'string') return [{ physicalLocation, ...logical(selector, 'element') }];
  if (typeof element === 'string') return [{ physicalLocation, ...logical(element, 'element') }];
  if (typeof step === 'string') return [{ physicalLocation, ...logical(step, 'step') }];
  return [{ physicalLocation }];
}

function suppressionsOf(finding: Finding): SarifResult['suppressions'] {
  const { status, reason, by, until } = finding.state;
  if (status !== 'accepted' && status !== 'false-positive') return [];
  const words = [
    status === 'false-positive' ? 'Not a problem' : 'Accepted',
    by ? ` by ${by}` : '',
    until ? ` until ${until}` : '',
    reason ? `: ${reason}` : '',
  ].join('');
  return [{ kind: 'external', status: 'accepted', justification: inertLine(words) }];
}

const baselines: Record<string, SarifResult['baselineState']> = { fixed: 'absent', reopened: 'new' };

function resultOf(finding: Finding, record: AuditRecord, ruleIndex: number): SarifResult {
  const { state, cx } = finding;
  const places = placesOf(finding);
  const severity = severityOf(finding);
  const parts = [finding.title, finding.note, finding.recommendation && `To do: ${finding.recommendation}`];
  const attachments = (finding.evidence ?? []).filter(isAttachment);
  const facts: Record<string, string | number | undefined> = {
    target: finding.target,
    findingKind: finding.kind,
    status: state.status,
    statusText: stateSentence(finding),
    severity,
    severityText: severitySentence(finding),
    owner: state.owner,
    stage: cx?.stage,
    impact: cx?.impact,
    firstSeen: finding.firstSeen,
    fixedOn: state.fixedOn,
  };
  const properties: Record<string, unknown> = Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? inertLine(value) : value]],
    ),
  );
  if (state.seenIn?.length) properties.seenIn = state.seenIn.map(inertLine);
  return {
    ruleId: inertLine(finding.rule),
    ruleIndex,
    kind: 'fail',
    level: levelOf(finding),
    message: { text: parts.flatMap((part) => (part ? [messageText(part)] : [])).join('\n\n') || finding.id },
    locations: locationsOf(finding, uriOf(record, finding.target)),
    ...(places > 0 && { occurrenceCount: places }),
    partialFingerprints: { 'uxAuditId/v1': finding.id },
    baselineState: baselines[state.status] ?? 'unchanged',
    suppressions: suppressionsOf(finding),
    ...(attachments.length > 0 && { attachments: attachments.map((uri) => ({ artifactLocation: { uri } })) }),
    properties,
  };
}

/** Viewers show help as it is, so braces of code in it are not doubled as those of messages are. */
function ruleOf(id: string, text: string): SarifRule {
  const advice = adviceFor(id);
  if (!advice) return { id, shortDescription: { text } };
  const { title, standard, more } = advice;
  const uri = (more ?? standard)?.url;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text },
    help: { text: adviceLines(advice).join('\n'), markdown: adviceMarkdown(advice) },
    ...(uri !== undefined && { helpUri: uri }),
  };
}

/**
 * The record as SARIF 2.1.0, for tools that collect results: one run, the findings sorted by id. A page has no file, so
 * a result's location is the path of its page, with elements or requests as logical locations. Accepted findings and
 * those that are no problem are suppressed with their reason. In `baselineState`, fixed findings are absent and
 * reopened ones new. An unrated finding is a warning. Findings of drafts are left out.
 */
export function recordSarif(
  parsed: Pick<ParsedRecord, 'record' | 'invalid'>,
  { version }: { version: string },
): SarifLog {
  const findings = listFindings(parsed)
    .filter(isPublic(parsed.record))
    .sort((a, b) => byCodeUnit(a.id, b.id));
  const descriptions = new Map<string, string>();
  for (const { kind, rule, title } of findings) {
    const id = inertLine(rule);
    // a problem has a title of its own; its rule has none
    if (!descriptions.has(id)) descriptions.set(id, (kind === 'automated' && messageText(title)) || messageText(id));
  }
  const rules = [...descriptions].sort(([a], [b]) => byCodeUnit(a, b));
  const indexes = new Map(rules.map(([id], index) => [id, index]));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'UX Audit',
            semanticVersion: version,
            rules: rules.map(([id, text]) => ruleOf(id, text)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) =>
          resultOf(finding, parsed.record, indexes.get(inertLine(finding.rule)) as number),
        ),
      },
    ],
  };
}
