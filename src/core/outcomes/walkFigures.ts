import { counted } from '../text/counted';
import { FEW } from './few';
import { rate } from './formulas';
import {
  ERRING,
  type GroupFigure,
  meanFigure,
  type Notice,
  numbers,
  PER_ATTEMPT,
  peopleOf,
  REACHED,
  rateFigure,
  type TableFacts,
  timeFigure,
  type Values,
} from './groupFigures';
import { namedNumbers } from './namedNumbers';
import { STEP_LENGTH, stepByName, stepName } from './stepNames';

/** An attempt as it went through the steps of a journey. */
interface Walk {
  row: Values;
  /** The steps that it came to; none: the row does not tell. */
  reached: ReadonlySet<string> | undefined;
  stoppedAt: string | undefined;
  seconds: ReadonlyMap<string, number>;
  /** None: the row does not tell where errors were made. */
  errors: ReadonlyMap<string, number> | undefined;
}

/**
 * What people did at each step of a journey: how many of the attempts that reached it gave up there, the time of the
 * successful ones, their errors, and how many people erred. A row tells what it reached by `step_seconds`, or by the
 * order of the journey's steps. A step that fewer than {@link FEW} people reached is left out.
 */
export function walkFigures(all: readonly Values[], facts: TableFacts, notice: Notice): GroupFigure[] {
  const rows = endedRows(all);
  const { target, steps = [] } = facts;
  if (!rows.some(({ abandonedAt, stepSeconds, stepErrors }) => [abandonedAt, stepSeconds, stepErrors].some(isGiven)))
    return [];
  if (!target) {
    notice('What happened at steps was left out: it needs the journey that they are of.');
    return [];
  }
  const walks = rows.map((row) => walkOf(row, steps));
  const known = walks.filter(({ reached }) => reached !== undefined);
  const untold = walks.length - known.length;
  if (untold > 0)
    notice(
      `${counted(untold, 'attempt')} did not tell which steps they reached, and count at none: give step_seconds for ` +
        'every attempt, or name the steps of the journey in the record.',
    );
  const found = new Set(known.flatMap(({ reached }) => [...(reached ?? [])]));
  const names = [...steps, ...[...found].filter((name) => !steps.includes(name))].filter((name) => found.has(name));
  const long = names.filter((name) => name.length > STEP_LENGTH);
  if (long.length > 0) notice(`Steps with names of more than ${STEP_LENGTH} characters were left out: ${long.length}.`);
  const few: string[] = [];
  const figures = names.flatMap((name) => {
    if (name.length > STEP_LENGTH) return [];
    const at = known.filter(({ reached }) => reached?.has(name));
    const people = peopleOf(at.map(({ row }) => row));
    if (people < FEW) few.push(`${name} (${people})`);
    return people < FEW ? [] : stepFigures(name, at, notice).map((figure) => ({ ...figure, step: name }));
  });
  if (few.length > 0) notice(`Steps that fewer than ${FEW} people reached are left out: ${few.join(', ')}.`);
  return figures;
}

/** The attempts without those of task sessions that were cut off, which tell nothing of what people can do. */
export function endedRows(rows: readonly Values[]): readonly Values[] {
  return rows.filter(({ success, ended }) => success !== undefined || ended === undefined);
}

const isGiven = (value: Values[string] | undefined) => value !== undefined;

/** @param steps those of the journey, in order */
function walkOf(row: Values, steps: readonly string[]): Walk {
  const nameOf = (text: string) => stepByName(text, steps) ?? stepName(text);
  const sums = (cell: Values[string] | undefined) => {
    const of = new Map<string, number>();
    for (const { name, number } of namedNumbers(String(cell ?? '')))
      of.set(nameOf(name), (of.get(nameOf(name)) ?? 0) + Number(number ?? 0)); // who comes back adds to the step
    return of;
  };
  const seconds = sums(row.stepSeconds);
  const errors = row.stepErrors === undefined ? undefined : sums(row.stepErrors);
  const stoppedAt = row.abandonedAt === undefined ? undefined : nameOf(String(row.abandonedAt));
  const named = [...seconds.keys(), ...(errors?.keys() ?? []), ...(stoppedAt === undefined ? [] : [stoppedAt])];
  const last = stoppedAt === undefined ? -1 : steps.indexOf(stoppedAt);
  const inOrder = row.success === true ? steps : steps.slice(0, last + 1);
  const isTold = seconds.size > 0 || inOrder.length > 0;
  const reached = isTold ? new Set(seconds.size > 0 ? named : [...inOrder, ...named]) : undefined;
  return { row, reached, stoppedAt, seconds, errors };
}

/** The figures of the attempts that reached a step. */
function stepFigures(step: string, at: readonly Walk[], notice: Notice): GroupFigure[] {
  const rowsOf = (walks: readonly Walk[], field: string, value: (walk: Walk) => number | undefined): Values[] =>
    walks.flatMap((walk) => {
      const number = value(walk);
      return number === undefined ? [] : [{ ...walk.row, [field]: number }];
    });
  const people = peopleOf(at.map(({ row }) => row));
  // an empty cell of abandoned_at says that nobody gave up only where somebody filled it, or all went well
  const isStopKnown = at.some(({ stoppedAt }) => stoppedAt) || at.every(({ row }) => row.success === true);
  const stopped = at.filter(({ stoppedAt }) => stoppedAt === step).length;
  const counts = isStopKnown
    ? rateFigure('abandonment_rate', rate(stopped, at.length))
    : [{ metric: 'abandonment_rate', variant: REACHED, value: at.length, n: at.length }];
  const won = at.filter(({ row }) => row.success === true);
  const times = rowsOf(won, 'time', ({ seconds }) => seconds.get(step));
  // who made no error at all made none here, unless the errors of others have no step
  const isWhole = at.every(({ row, errors }) => errors !== undefined || row.errors === 0);
  const isPlaced = at.some(({ errors }) => errors !== undefined);
  const errors = rowsOf(at, 'count', (walk) =>
    walk.errors ? (walk.errors.get(step) ?? 0) : isWhole && isPlaced ? 0 : undefined,
  );
  const byPerson = Map.groupBy(
    errors.filter(({ participant }) => participant !== undefined),
    ({ participant }) => participant,
  );
  const erring = [...byPerson.values()].filter((of) => of.some(({ count }) => Number(count) > 0)).length;
  const perAttempt = { variant: PER_ATTEMPT, unit: PER_ATTEMPT, interval: undefined };
  return [
    ...counts.map((figure) => ({ ...figure, people })),
    ...timeFigure(times, 'time', notice),
    ...meanFigure('error_rate', numbers(errors, 'count'), notice, perAttempt).map((figure) => ({
      ...figure,
      people: peopleOf(errors),
    })),
    ...rateFigure('error_rate', rate(erring, byPerson.size), { variant: ERRING, unit: '%' }),
  ];
}
