import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { shortTitle } from '../../core/advice/advice';
import { savingsOf } from '../../core/audit/measurement';
import { metricFacts } from '../../core/audit/metricFacts';
import { toHumanError } from '../../core/errors';
import { shownTo } from '../../core/evaluation/discussion';
import { hiddenFindings, hidesRemarks } from '../../core/evaluation/visibility';
import { labMetrics } from '../../core/metrics/pageMetrics';
import { standingDecision } from '../../core/record/decisions';
import { listFindings } from '../../core/record/listFindings';
import { openPlacesOf } from '../../core/record/places';
import { problemOf, problemsOf } from '../../core/record/problems';
import { type Finding, isOpen, type Occurrence, type Target } from '../../core/record/record';
import { titleOf } from '../../core/record/targets';
import type { FindingPageState, ShownComments, ShownPlace, ShownProblem, ShownRun } from '../../protocol/findingPage';
import { WorkspaceFiles } from '../../storage/workspaceFiles';
import { withLines } from '../codeLines';
import { listComments } from '../comments';
import { auditOf, type KnownPlaces, knownPlaces, newestRunOf } from '../knownPlaces';
import { today } from '../localDate';
import { headFix, placeFix } from '../placeFix';
import { knownUrl } from '../planPages';
import { type Reference, referencesOf } from '../references';
import { sourcesOf } from '../sources';
import { attachmentUrls, type FileUrl, type OpenRecord, readableFinding } from './openRecord';

/**
 * The state of the page about a problem, with one of its findings in view.
 * @param id the finding in view
 * @param options `dist` is the folder of the built program, which holds Lighthouse's explanations; `me` is the handle
 *   of who looks, so that problems of evaluations in progress stay hidden; `place` is the place to show first
 */
export async function findingPage(
  open: OpenRecord,
  id: string,
  options: { fileUrl: FileUrl; dist: string; me?: string | undefined; place?: string | undefined },
): Promise<FindingPageState> {
  const recorded = readableFinding(open.parsed, id);
  const finding = recorded ? shownTo(open.parsed.record, { handle: options.me })(recorded) : null;
  const audit = finding ? auditOf(finding) : undefined;
  const alike = finding ? findingsAlike(open, finding, options.me) : [];
  const known = finding ? await knownPlaces(open.workspace, open.latest, finding) : undefined;
  const page = finding ? targetOf(open, finding) : undefined;
  const head =
    finding && page ? await headFix(new WorkspaceFiles(open.workspace.paths.root), page, finding) : undefined;
  return {
    id,
    finding,
    problem: finding ? problemShown(open, alike) : null,
    places: finding ? await withPositions(open, page, finding, placesShown(finding, known, alike)) : [],
    said: finding?.kind === 'reported' ? await commentsShown(open, finding) : null,
    place: options.place ?? null,
    run: known && finding ? await runShown(known, open, page, finding) : null,
    headFix: head?.title ?? null,
    explanation: audit === undefined ? '' : await explanationOf(options.dist, audit),
    savings: finding && audit !== undefined ? await savingsShown(open, finding, audit, known) : [],
    measured: finding ? metricFacts(finding, open.latest) : [],
    url: finding ? knownUrl(open.parsed.record.targets, finding.target, environmentOf(finding)) : null,
    discussion: finding ? discussionOf(open, finding, options.me) : null,
    me: options.me ?? null,
    attachments: await attachmentUrls(open, finding ? [finding] : [], options.fileUrl),
    isOfJourney: page?.kind === 'journey',
    stale: open.error?.message ?? null,
  };
}

function discussionOf(
  { parsed }: OpenRecord,
  finding: Finding,
  me: string | undefined,
): FindingPageState['discussion'] {
  if (finding.kind === 'automated') return null;
  return hidesRemarks(parsed.record, { handle: me })(finding) ? 'closed' : 'open';
}

function targetOf({ parsed }: OpenRecord, { target }: Finding): Target | undefined {
  const { targets } = parsed.record;
  return Object.hasOwn(targets, target) ? targets[target] : undefined;
}

/** The findings of the same problem: those that are still open like it, or decided like it. */
function findingsAlike({ parsed }: OpenRecord, finding: Finding, me: string | undefined): Finding[] {
  const key = problemOf(finding);
  const hidden = hiddenFindings(parsed.record, { handle: me });
  const all = listFindings(parsed, { rule: finding.rule }).filter(
    (other) => problemOf(other) === key && !hidden.has(other.id),
  );
  const alike = all.filter((other) => isOpen(other) === isOpen(finding));
  return alike.some(({ id }) => id === finding.id) ? alike : [...alike, finding];
}

function problemShown({ parsed, latest }: OpenRecord, alike: readonly Finding[]): ShownProblem | null {
  const [problem] = problemsOf(alike, savingsOf(latest));
  const [first] = problem?.findings ?? [];
  if (!problem || !first) return null;
  return {
    title: shortTitle(first),
    severity: problem.severity ?? null,
    places: problem.places,
    pages: problem.findings.map((finding) => ({
      id: finding.id,
      title: titleOf(parsed.record.targets, finding.target),
      places: openPlacesOf(finding),
      status: finding.state.status,
    })),
    everywhere: standingDecision(parsed.record, first.rule, today()) ?? null,
  };
}

/** The places of the newest report, then those that only the record knows. */
function placesShown(finding: Finding, known: KnownPlaces | undefined, alike: readonly Finding[]): ShownPlace[] {
  const recorded = finding.occurrences ?? {};
  const others = alike.filter(({ id }) => id !== finding.id);
  const factsOf = (key: string) => {
    const occurrence = Object.hasOwn(recorded, key) ? recorded[key] : undefined;
    const sharedBy = 1 + others.filter(({ occurrences = {} }) => Object.hasOwn(occurrences, key)).length;
    const { decided, n } = occurrence ?? {};
    return { isRecorded: occurrence !== undefined, sharedBy, ...(decided && { decided }), ...(n && { n }) };
  };
  const all = known?.places ?? [];
  const recordsNone = !Object.values(recorded).some(({ selector }) => selector !== undefined);
  // a check since the report may have found fewer
  const still = finding.state.more || recordsNone ? all : all.filter(({ key }) => Object.hasOwn(recorded, key));
  const reported = new Map(still.map((place) => [place.key, place]));
  // the tables of the report have the resources with more about them
  const isInTables = (occurrence: Occurrence) => occurrence.selector === undefined && (known?.tables.length ?? 0) > 0;
  // a report with more places than the record keeps has the recorded ones too, though by other keys
  const areReported = finding.state.more && all.length > 0 && !all.some(({ key }) => Object.hasOwn(recorded, key));
  const onlyRecorded = Object.entries(areReported ? {} : recorded).filter(
    ([key, occurrence]) => !reported.has(key) && !isInTables(occurrence),
  );
  return [
    ...[...reported.values()].map((place) => ({ ...place, ...factsOf(place.key) })),
    ...onlyRecorded.map(([key, { selector, snippet, url, label }]) => ({
      key,
      reasons: [],
      ...(selector !== undefined && { selector }),
      ...(snippet !== undefined && { snippet }),
      ...(url !== undefined && { url }),
      ...(label !== undefined && { label }),
      ...factsOf(key),
    })),
  ];
}

/** So many comments are shown. */
const MAX_COMMENTS = 100;

/** The comments of a problem that are on this machine. */
async function commentsShown({ workspace, parsed }: OpenRecord, { id }: Finding): Promise<ShownComments> {
  try {
    const all = (await listComments(workspace, parsed.record)).filter(({ finding }) => finding === id);
    const texts = all.slice(0, MAX_COMMENTS).map(({ text, date, segment, source }) => ({
      text,
      ...(date && { date }),
      ...(segment && { segment }),
      source,
    }));
    return { texts, here: all.length, error: null };
  } catch (error) {
    const { message, next } = toHumanError(error);
    return { texts: [], here: 0, error: `${message} ${next}` };
  }
}

/** So many places are looked at for a fix. */
const MAX_FIXES = 100;

/** The places with their lines, and what would mend them. */
async function withPositions(
  { workspace }: OpenRecord,
  page: Target | undefined,
  finding: Finding,
  places: ShownPlace[],
): Promise<ShownPlace[]> {
  if (!page || places.length === 0) return places;
  const positions = await sourcesOf(workspace, page, places);
  const files = new WorkspaceFiles(workspace.paths.root);
  return Promise.all(
    places.map(async (place, index) => {
      const position = positions[index];
      if (!position) return place;
      const fix = index < MAX_FIXES ? await placeFix(files, page, finding, place, position) : undefined;
      return { ...place, position, ...(fix && { fix: fix.title }) };
    }),
  );
}

async function runShown(
  { run, page: address, displayValue, tables: all, times, picture }: KnownPlaces,
  { workspace }: OpenRecord,
  page: Target | undefined,
  finding: Finding,
): Promise<ShownRun> {
  const { id, at, environment, formFactor, runs, throttlingMethod } = run;
  const tables = page ? await withLines(workspace, page, { page: address, at: run.at, tables: all }) : all;
  // a table of elements alone says what the places say
  const shown = tables.filter(({ rows }) => rows.some((row) => row.some((cell) => cell && cell.kind !== 'element')));
  const urls = shown.flatMap(({ rows }) => rows.flat()).flatMap((cell) => (cell?.kind === 'address' ? [cell.url] : []));
  const files = new WorkspaceFiles(workspace.paths.root);
  const found = page ? await referencesOf(files, page, finding, urls) : new Map<string, Reference>();
  const references = Object.fromEntries(
    [...found].map(([url, { position, fix }]) => [url, { position, ...(fix && { fix: fix.title }) }]),
  );
  const about = { id, at, environment, formFactor, runs };
  return {
    ...about,
    displayValue: displayValue ?? null,
    tables: shown,
    references,
    times: Object.fromEntries(times),
    paints: paints.flatMap(({ id: audit, acronym: metric, name }) => {
      const spread = run.metrics[audit];
      return spread ? [{ metric, name, spread }] : [];
    }),
    isSimulated: throttlingMethod === 'simulate',
    picture: picture ?? null,
  };
}

/** The load metrics at which the page shows something. */
const paints = labMetrics.filter(({ acronym }) => acronym === 'FCP' || acronym === 'LCP');

/** An environment in which a finding was seen. */
function environmentOf({ state }: Finding): string | undefined {
  return state.seenIn?.[0]?.split('/')[0];
}

/** By `dist` folder, Lighthouse's explanations by audit, which esbuild.config.mjs gathers. */
const explanations = new Map<string, Promise<Record<string, string>>>();

async function explanationOf(dist: string, audit: string): Promise<string> {
  const reading =
    explanations.get(dist) ??
    readFile(path.join(dist, 'explanations.json'), 'utf8').then(
      (text) => JSON.parse(text) as Record<string, string>,
      (): Record<string, string> => ({}),
    );
  explanations.set(dist, reading);
  const all = await reading;
  return Object.hasOwn(all, audit) ? (all[audit] ?? '') : '';
}

/** What a fix would save, as the run whose places are shown estimates it, or else the newest. */
async function savingsShown(
  { workspace, latest }: OpenRecord,
  finding: Finding,
  audit: string,
  known: KnownPlaces | undefined,
): Promise<FindingPageState['savings']> {
  const run = known?.run ?? newestRunOf(latest, finding);
  const stored = run && (await workspace.runs.read(finding.target, run.id));
  const { savings = {} } = stored?.report.audits.find(({ id }) => id === audit) ?? {};
  return Object.entries(savings).flatMap(([metric, value]) => (value > 0 ? [{ metric, value }] : []));
}
