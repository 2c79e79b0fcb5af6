import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { adviceFor } from '../advice/advice';
import { isAttachment } from '../record/attachments';
import { byCodeUnit } from '../record/canonicalText';
import { listFindings, openFirst } from '../record/listFindings';
import type { ParsedRecord } from '../record/parseRecord';
import { placesOf } from '../record/places';
import { type AuditRecord, type Finding, isDecided } from '../record/record';
import { severityOf } from '../record/severity';
import { markdownLine } from '../text/escape';
import { inertLine } from '../text/inertText';
import { adviceLines, adviceMarkdown } from './adviceText';
import { isPublic } from './evaluationFacts';
import { severitySentence, stateSentence } from './findingSentences';

type Level = 'error' | 'warning' | 'note';

interface Message {
  text: string;
}

interface PhysicalLocation {
  artifactLocation: { uri: string; uriBaseId: typeof ROOT };
  region: { startLine: number; startColumn?: number };
}

interface SarifLocation {
  physicalLocation: PhysicalLocation;
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
  partialFingerprints: { 'uxAuditId/v1': string; primaryLocationLineHash: string };
  baselineState: 'new' | 'unchanged' | 'absent';
  suppressions: { kind: 'external'; status: 'accepted'; justification?: string }[];
  attachments?: { artifactLocation: { uri: string } }[];
  properties: Record<string, unknown>;
}

interface SarifRule {
  id: string;
  name: string;
  shortDescription: Message;
  /** What the tool calls it, where `shortDescription` is ours. */
  fullDescription: Message;
  help: { text: string; markdown: string };
  helpUri?: string;
}

/** The parts of a SARIF 2.1.0 log that an export writes. */
export interface SarifLog {
  $schema: string;
  version: '2.1.0';
  runs: {
    tool: { driver: { name: string; fullName: string; semanticVersion: string; rules: SarifRule[] } };
    /** Tells the records of one repository apart; GitHub calls it a category. */
    automationDetails: { id: string };
    invocations: {
      executionSuccessful: true;
      toolExecutionNotifications?: { level: 'warning'; message: Message }[];
    }[];
    originalUriBaseIds: Record<typeof ROOT, { description: Message }>;
    columnKind: 'utf16CodeUnits';
    results: SarifResult[];
  }[];
}

/** A line of a file in the repository. */
export interface SourceLine {
  /** From the top of the repository, with slashes. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column?: number;
}

/** What an export needs besides the record. */
export interface SarifOptions {
  /** The version of this program. */
  version: string;
  /** The path of the record from the top of the repository, with slashes. */
  record: string;
  /**
   * The lines on which places are written, as far as they are known: by id of the finding, then by key of the place.
   */
  sources?: ReadonlyMap<string, ReadonlyMap<string, SourceLine>>;
}

/** The name of the top of the repository (docs.github.com, SARIF support for code scanning). */
const ROOT = '%SRCROOT%';
/** GitHub shows so many results of a run, refuses a file with more than so many, and shows so many locations of one. */
const SHOWN = 5_000;
const ACCEPTED = 25_000;
const MAX_LOCATIONS = 100;

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * Escapes text for a SARIF message: one inert line without placeholders (`{0}`) and embedded links (`[a](b)`), see
 * "message object" in the specification.
 */
function messageText(text: string): string {
  return inertLine(text).replaceAll('](', '] (').replace(/[{}]/g, '$&$&');
}

/** A path as a relative reference, which cannot name another host or scheme. */
function asReference(path: string): string {
  return inertLine(path.replace(/^[/\\]+/, ''))
    .toWellFormed()
    .replace(/%(?![0-9a-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=@/%]/gi, (character) => encodeURIComponent(character));
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

/** Places of a finding that are written on one line; the whole page when it names no place. */
interface Spot {
  /** Keys of the places; none for the whole page. */
  keys: string[];
  at: SourceLine;
}

/** Where a finding is: the source lines that are known, and its line in the record for what has none. */
function spotsOf({ id, occurrences = {} }: Finding, sources: SarifOptions['sources'], entry: SourceLine): Spot[] {
  const known = sources?.get(id);
  const at = (key: string) => known?.get(key) ?? entry;
  const groups = Map.groupBy(Object.keys(occurrences).sort(byCodeUnit), (key) => `${at(key).line} ${at(key).file}`);
  const spots = [...groups.values()].map((keys) => ({ keys, at: at(keys[0] as string) }));
  return spots.length > 0 ? spots : [{ keys: [], at: entry }];
}

function locationsOf(finding: Finding, { keys, at }: Spot): SarifLocation[] {
  const physicalLocation: PhysicalLocation = {
    artifactLocation: { uri: asReference(at.file), uriBaseId: ROOT },
    region: { startLine: at.line, ...(at.column !== undefined && { startColumn: at.column }) },
  };
  const places = keys.slice(0, MAX_LOCATIONS).map((key): SarifLocation => {
    const { selector, snippet, url, label } = finding.occurrences?.[key] ?? {};
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

/** The same for the same places in each export, whatever lines they are on. GitHub reads a hash and a number. */
function fingerprintsOf({ id }: Finding, keys: readonly string[]): SarifResult['partialFingerprints'] {
  const hash = bytesToHex(sha256(utf8ToBytes([id, keys[0] ?? ''].join('\n')))).slice(0, 16);
  return { 'uxAuditId/v1': id, primaryLocationLineHash: `${hash}:1` };
}

function suppressionsOf(finding: Finding): SarifResult['suppressions'] {
  const { status, reason, by, until } = finding.state;
  if (!isDecided(finding)) return [];
  const words = [
    status === 'false-positive' ? 'Not a problem' : 'Accepted',
    by ? ` by ${by}` : '',
    until ? ` until ${until}` : '',
    reason ? `: ${reason}` : '',
  ].join('');
  return [{ kind: 'external', status: 'accepted', justification: inertLine(words) }];
}

const baselines: Record<string, SarifResult['baselineState']> = { fixed: 'absent', reopened: 'new' };

function resultOf(finding: Finding, record: AuditRecord, ruleIndex: number, spot: Spot, isOnly: boolean): SarifResult {
  const { state, cx } = finding;
  const places = isOnly
    ? placesOf(finding)
    : spot.keys.reduce((sum, key) => sum + (finding.occurrences?.[key]?.n ?? 1), 0);
  const severity = severityOf(finding);
  const parts = [finding.title, finding.note, finding.recommendation && `To do: ${finding.recommendation}`];
  const attachments = (finding.evidence ?? []).filter(isAttachment);
  const facts: Record<string, string | number | undefined> = {
    target: finding.target,
    page: pathOf(record, finding.target),
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
    locations: locationsOf(finding, spot),
    ...(places > 0 && { occurrenceCount: places }),
    partialFingerprints: fingerprintsOf(finding, spot.keys),
    baselineState: baselines[state.status] ?? 'unchanged',
    suppressions: suppressionsOf(finding),
    ...(attachments.length > 0 && { attachments: attachments.map((uri) => ({ artifactLocation: { uri } })) }),
    properties,
  };
}

function pathOf(record: AuditRecord, slug: string): string | undefined {
  const path = Object.hasOwn(record.targets, slug) ? record.targets[slug]?.path : undefined;
  return typeof path === 'string' ? path : undefined;
}

/** Viewers show help as it is, so braces of code in it are not doubled as those of messages are. */
function ruleOf(id: string, text: string): SarifRule {
  const advice = adviceFor(id);
  const name = nameOf(id);
  if (!advice) {
    const help = `A problem of ${id}: its findings say what to do.`;
    const message = { text };
    return {
      id,
      name,
      shortDescription: message,
      fullDescription: message,
      help: { text: help, markdown: markdownLine(help) },
    };
  }
  const { title, standard, more } = advice;
  const uri = (more ?? standard)?.url;
  return {
    id,
    name,
    shortDescription: { text: title },
    fullDescription: { text },
    help: { text: adviceLines(advice).join('\n'), markdown: adviceMarkdown(advice) },
    ...(uri !== undefined && { helpUri: uri }),
  };
}

/** `LighthouseImageAlt` for `lighthouse/image-alt`: viewers ask for a name in Pascal case. */
function nameOf(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('') || 'Problem';
}

/**
 * The record as SARIF 2.1.0, for tools that collect results: one run, the worst first. A page has no file, so a result
 * stands on the line that its places are written on, or else on the line of its entry in the record; its elements or
 * requests are logical locations. Accepted findings and those that are no problem are suppressed with their reason. In
 * `baselineState`, fixed findings are absent and reopened ones new. An unrated finding is a warning. Findings of drafts
 * are left out. A notification says when there are more results than GitHub shows.
 */
export function recordSarif(
  parsed: Pick<ParsedRecord, 'record' | 'invalid' | 'lineOf'>,
  { version, record, sources }: SarifOptions,
): SarifLog {
  const findings = openFirst(listFindings(parsed).filter(isPublic(parsed.record)));
  const descriptions = new Map<string, string>();
  for (const { kind, rule, title } of findings) {
    const id = inertLine(rule);
    // a problem has a title of its own; its rule has none
    if (!descriptions.has(id)) descriptions.set(id, (kind === 'automated' && messageText(title)) || messageText(id));
  }
  const rules = [...descriptions].sort(([a], [b]) => byCodeUnit(a, b));
  const indexes = new Map(rules.map(([id], index) => [id, index]));
  const results = findings.flatMap((finding) => {
    const spots = spotsOf(finding, sources, { file: record, line: parsed.lineOf.get(finding.id) ?? 1 });
    const ruleIndex = indexes.get(inertLine(finding.rule)) as number;
    return spots.map((spot) => resultOf(finding, parsed.record, ruleIndex, spot, spots.length === 1));
  });
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'UX Audit',
            fullName: 'UX Audit',
            semanticVersion: version,
            rules: rules.map(([id, text]) => ruleOf(id, text)),
          },
        },
        automationDetails: { id: `ux-audit/${inertLine(record)}/` },
        invocations: [
          {
            executionSuccessful: true,
            ...(results.length > SHOWN && {
              toolExecutionNotifications: [{ level: 'warning', message: { text: tooManyText(results.length) } }],
            }),
          },
        ],
        originalUriBaseIds: { [ROOT]: { description: { text: 'The top of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        results: results.slice(0, ACCEPTED),
      },
    ],
  };
}

function tooManyText(number: number): string {
  const left =
    number > ACCEPTED ? ` Only the first ${ACCEPTED} are in this file, since it refuses files with more.` : '';
  return `There are ${number} results, the worst first. GitHub shows the first ${SHOWN} of a run.${left}`;
}
