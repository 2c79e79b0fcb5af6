import { rename } from 'node:fs/promises';
import { type HumanError, toHumanError, usageError } from '../core/errors';
import { firstUrl } from '../core/journey/addresses';
import type { JourneyRun } from '../core/journey/journeyRun';
import { type JourneyStep, journeySteps, type Recording, readRecording } from '../core/journey/recording';
import { withoutSecrets } from '../core/journey/secrets';
import type { AuditRecord, Serve, Target } from '../core/record/record';
import { slugPattern } from '../core/record/schemaParts';
import { environmentOf, slugError, storableUrl, usableTargets } from '../core/record/targets';
import { slugOf } from '../core/text/slug';
import { environmentRank, type PlannedPage } from './planPages';
import type { Workspace } from './workspace';

/** A journey of the record, or a recording that lies beside it. */
export interface ListedJourney {
  name: string;
  target: Target | undefined;
  recording: Recording | undefined;
  /** Of its recording; those that people named where it has none. */
  steps: JourneyStep[];
  /** Its newest run on this machine. */
  run: JourneyRun | undefined;
  /** Why its recording cannot be used. */
  error: HumanError | undefined;
}

/** The journeys of a workspace, by name. */
export async function listJourneys(workspace: Workspace): Promise<ListedJourney[]> {
  const { record } = await workspace.record.read();
  const recorded = new Set(await workspace.journeys.names());
  const runs = await workspace.journeys.runs();
  const targets = usableTargets(record.targets);
  const journeys = Object.keys(targets).filter((name) => targets[name]?.kind === 'journey');
  const names = [...new Set([...journeys, ...recorded])].sort();
  return Promise.all(
    names.map(async (name): Promise<ListedJourney> => {
      const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
      const run = runs.findLast((one) => one.target === name);
      const named = (target?.steps ?? []).map((step) => ({ name: step, actions: [] }));
      const plain = { name, target, run, recording: undefined, steps: named, error: undefined };
      if (!recorded.has(name)) return plain;
      try {
        const recording = await workspace.journeys.recording(name);
        return { ...plain, recording, steps: journeySteps(recording) };
      } catch (error) {
        return { ...plain, error: toHumanError(error) };
      }
    }),
  );
}

function noAddress(recording: string): HumanError {
  const what = `${recording} opens no web address, so nobody can walk it.`;
  return usageError('recording-empty', what, 'Record it again from the first page on.');
}

/** What an import of a recording is to become. */
export interface JourneyImport {
  /** The content of the file. */
  text: string;
  /** Its name, for messages. */
  file: string;
  /** The name of the journey; made of the recording's title when left out. */
  name?: string | undefined;
  /** Where the recorded address is: local, deployed, or a name of one's own. */
  environment?: string | undefined;
  serve?: Serve | undefined;
  /** Whether a journey of that name gets this recording instead of its own. */
  replaces?: boolean | undefined;
}

/** What an import of a recording did. */
export interface ImportedJourney {
  name: string;
  steps: JourneyStep[];
  /** The environment variables that now stand for what was secret. */
  variables: { name: string; field: string }[];
}

/**
 * Refuses a name that a recording cannot have.
 * @param replaces whether a journey of that name gets another recording
 * @throws HumanError `slug-invalid`, `target-taken`, `journey-taken`
 */
export async function checkNewJourney(workspace: Workspace, name: string, replaces = false): Promise<void> {
  const fault = slugError(name);
  if (fault)
    throw usageError('slug-invalid', `"${name}" cannot be a name. ${fault}`, 'Name the journey, such as checkout.');
  const { record } = await workspace.record.read();
  const known = Object.hasOwn(record.targets, name) ? record.targets[name] : undefined;
  if (known && known.kind !== 'journey')
    throw usageError('target-taken', `"${name}" is the name of a ${known.kind}.`, 'Choose another name.');
  if (!replaces && (await workspace.journeys.names()).includes(name))
    throw usageError('journey-taken', `The journey "${name}" has a recording already.`, 'Replace it with --replace.');
}

/**
 * Keeps a recording of the Recorder of Chrome DevTools as a journey of the record. Secrets become references to
 * environment variables; all else stays as it was recorded.
 * @throws HumanError `recording-invalid`, `recording-empty`, `slug-invalid`, `target-taken`, `journey-taken`
 */
export async function importJourney(workspace: Workspace, given: JourneyImport): Promise<ImportedJourney> {
  const read = readRecording(given.text, given.file);
  const name = given.name ?? slugOf(read.title);
  await checkNewJourney(workspace, name, given.replaces);
  const opened = firstUrl(read);
  if (!opened) throw noAddress(given.file);
  const { recording, variables } = withoutSecrets(read, name);
  const steps = journeySteps(recording);
  await workspace.journeys.write(name, recording);
  await learnJourney(workspace, name, recording, given);
  return { name, steps, variables };
}

/** Tells the record the steps of a journey and where it begins. What people said of it stays. */
export async function learnJourney(
  workspace: Workspace,
  name: string,
  recording: Recording,
  { environment, serve }: Pick<JourneyImport, 'environment' | 'serve'> = {},
): Promise<void> {
  const opened = firstUrl(recording);
  const steps = journeySteps(recording);
  await workspace.record.update((record) => {
    const { [name]: before } = record.targets;
    const own = serve ?? before?.serve ?? servedLike(record, opened);
    const where = environment ?? (opened && environmentOf(opened.href));
    const origin = opened && new URL(storableUrl(opened.href)).origin;
    const origins = own || !where || !origin ? before?.origins : { [where]: origin, ...before?.origins };
    const stage = before?.stage ?? steps.find((step) => step.stage !== undefined)?.stage;
    const target: Target = {
      kind: 'journey',
      ...before,
      steps: steps.map((step) => step.name),
      ...(own && { serve: own }),
      ...(origins && { origins }),
      ...(stage && { stage }),
    };
    return { ...record, targets: { ...record.targets, [name]: target } };
  });
}

/** How the page at which a journey begins is served, where the record has such a page. */
function servedLike({ targets }: AuditRecord, opened: URL | undefined): Serve | undefined {
  if (!opened || environmentOf(opened.href) !== 'local') return undefined;
  const pages = Object.values(targets).filter(({ kind, serve }) => kind === 'page' && serve !== undefined);
  return pages.find(({ path }) => path === opened.pathname)?.serve;
}

/**
 * Where a journey is walked in an environment; without one, in its first.
 * @throws HumanError `journey-unknown`, `environment-unknown`
 */
export function planJourney(
  { targets }: Pick<AuditRecord, 'targets'>,
  name: string,
  recording: Recording,
  environment?: string,
): PlannedPage {
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (target?.kind !== 'journey' || !slugPattern.test(name)) {
    const known = Object.keys(targets).filter((one) => targets[one]?.kind === 'journey');
    const next =
      known.length > 0
        ? `Known journeys: ${known.slice(0, 10).join(', ')}.`
        : 'Import one: ux-audit journey import FILE';
    throw usageError('journey-unknown', `There is no journey "${name}" in the record.`, next);
  }
  const opened = firstUrl(recording);
  if (!opened) throw noAddress(`The recording of "${name}"`);
  const address = `${opened.pathname}${opened.search}${opened.hash}`;
  const { origins = {}, serve } = target;
  const first = Object.keys(origins).sort((a, b) => environmentRank(a) - environmentRank(b))[0];
  const wanted = environment ?? (serve ? 'local' : first);
  const planned = { target: name, isFromRecord: true as const, journey: recording };
  if (wanted === 'local' && serve)
    return { ...planned, environment: 'local', url: `http://localhost${address}`, serve };
  const origin = wanted === undefined ? undefined : origins[wanted];
  if (wanted === undefined || origin === undefined) {
    const known = [...(serve ? ['local'] : []), ...Object.keys(origins)].join(', ') || 'none';
    throw usageError(
      'environment-unknown',
      `The journey "${name}" has no address for ${wanted ?? 'any environment'} (known: ${known}).`,
      `Give it one: ux-audit target set ${name} --environment ${wanted ?? 'local'} --url https://…`,
    );
  }
  return { ...planned, environment: wanted, url: `${origin}${address}` };
}

/** Checks that a journey can get a name: no recording of another may bear it. @throws HumanError `journey-taken` */
export async function ensureJourneyFree(workspace: Workspace, name: string): Promise<void> {
  if (!(await workspace.journeys.names()).includes(name)) return;
  const what = `A recording lies at ${workspace.journeys.file(name)} already.`;
  throw usageError('journey-taken', what, 'Choose another name, or move that file.');
}

/** Gives a journey's recording, its tasks and its runs another name. */
export async function renameJourneyFiles(workspace: Workspace, from: string, to: string): Promise<void> {
  const [old, made] = [workspace.journeys.file(from), workspace.journeys.file(to)];
  for (const ending of ['.json', '.tasks.json'])
    await rename(withEnding(old, ending), withEnding(made, ending)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  await workspace.journeys.rename(from, to);
}

const withEnding = (file: string, ending: string) => file.replace(/\.json$/, ending);
