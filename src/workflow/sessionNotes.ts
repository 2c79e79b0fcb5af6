import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { usageError } from '../core/errors';
import { problemSuffix } from '../core/evaluation/problems';
import { journeySteps } from '../core/journey/recording';
import { sessionColumns, stepInCell } from '../core/journey/sessionRow';
import { namedNumbers } from '../core/outcomes/namedNumbers';
import { attachmentEnding } from '../core/record/attachments';
import { withObservedProblem } from '../core/record/observedProblem';
import { inertLine } from '../core/text/inertText';
import type { KeptNote } from '../storage/sessionStore';
import { today } from './localDate';
import type { Workspace } from './workspace';

/** The notes of one step of a journey. */
export interface StepNotes {
  /** Undefined: after the last step. */
  step: string | undefined;
  notes: KeptNote[];
  /** For how many participants there is a note. */
  people: number;
  /** How many participants reached the step. */
  of: number;
}

/** Steps that a participant reached, as cells name them. */
interface Reached {
  participant: string;
  steps: ReadonlySet<string>;
}

/** The notes of task sessions of a journey, by step, in the journey's order. */
export async function sessionNotes(workspace: Workspace, journey: string): Promise<StepNotes[]> {
  const recording = await workspace.journeys.recording(journey);
  const order = journeySteps(recording).map(({ name }) => name);
  const notes = await notesOf(workspace, journey);
  const reached = await reachedAt(workspace, journey, notes);
  const place = (step: string | undefined) => {
    const index = step === undefined ? -1 : order.indexOf(step);
    return index < 0 ? order.length : index;
  };
  return [...Map.groupBy(notes, ({ step }) => step)]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([step, some]) => ({ step, notes: some, ...seenWith(some, reached) }));
}

export interface NotesToFinding {
  journey: string;
  /** Keys of notes. */
  keys: readonly string[];
  title: string;
  /** 0 to 4. */
  severity?: number | undefined;
  /** Whether the pictures of the notes are attached. */
  hasPictures: boolean;
}

/**
 * Makes one finding of notes of task sessions, or renews the one of that title. It names no participant.
 * @returns the finding, with how many participants it was seen, and its new attachments
 * @throws HumanError `note-unknown`, and those of {@link withObservedProblem}
 */
export async function findingOfNotes(
  workspace: Workspace,
  { journey, keys, title, severity, hasPictures }: NotesToFinding,
): Promise<{ id: string; people: number; of: number; pictures: string[] }> {
  const all = await notesOf(workspace, journey);
  const unknown = keys.find((key) => !all.some((note) => note.key === key));
  if (unknown !== undefined) {
    const next = `List them: ux-audit session notes ${journey}`;
    throw usageError('note-unknown', `There is no note "${inertLine(unknown)}" of ${journey} on this machine.`, next);
  }
  const notes = all.filter(({ key }) => keys.includes(key));
  const steps = new Set(notes.map(({ step }) => step));
  const seen = seenWith(notes, await reachedAt(workspace, journey, all));
  const pictures: string[] = [];
  for (const { picture } of hasPictures ? notes : []) {
    if (picture === undefined) continue;
    const bytes = await readFile(picture);
    pictures.push(await workspace.addAttachment(bytes, attachmentEnding(bytes, picture)));
  }
  const texts = new Set(notes.map(({ text }) => withoutParticipants(text)));
  let id = '';
  await workspace.record.update((record) => {
    const problem = {
      title: withoutParticipants(title),
      target: journey,
      severity,
      step: steps.size === 1 ? [...steps][0] : undefined,
      note: [...texts].join('\n'),
      evidence: pictures,
      seenWith: seen,
    };
    const named = withObservedProblem(record, problem, { suffix: problemSuffix(randomBytes(6)), on: today() });
    id = named.id;
    return named.record;
  });
  return { id, ...seen, pictures: [...new Set(pictures)] };
}

/** The record says nothing of single participants. */
function withoutParticipants(text: string): string {
  return inertLine(text.replace(/\bP\d{1,4}\b/g, 'a participant'));
}

async function notesOf({ sessions }: Workspace, journey: string): Promise<KeptNote[]> {
  return (await sessions.notes()).filter(({ target }) => target === journey);
}

/** With how many participants something was seen, of how many who reached one of its steps. */
function seenWith(notes: readonly KeptNote[], reached: readonly Reached[]): { people: number; of: number } {
  const people = new Set(notes.map(({ participant }) => participant));
  const steps = notes.map(({ step }) => step);
  const came = reached.filter((of) => steps.some((step) => step === undefined || of.steps.has(stepInCell(step))));
  return { people: people.size, of: new Set(came.map(({ participant }) => participant)).size };
}

/** Who reached which steps: by their attempts, and by the notes about them. */
async function reachedAt({ sessions }: Workspace, journey: string, notes: readonly KeptNote[]): Promise<Reached[]> {
  const { default: Papa } = await import('papaparse');
  const { data } = Papa.parse<string[]>((await sessions.attempts()).join('\n'));
  const cell = (row: readonly string[], column: (typeof sessionColumns)[number]) =>
    row[sessionColumns.indexOf(column)] ?? '';
  const attempts = data
    .filter((row) => cell(row, 'target') === journey)
    .map((row) => ({
      participant: cell(row, 'participant'),
      steps: new Set(namedNumbers(cell(row, 'step_seconds')).map(({ name }) => name)),
    }));
  const noted = notes.map(({ participant, step }) => ({
    participant,
    steps: new Set(step === undefined ? [] : [stepInCell(step)]),
  }));
  return [...attempts, ...noted];
}
