import { mean } from '../statistics/intervals';
import { rate } from './formulas';
import {
  type Compute,
  ERRING,
  type GroupFigure,
  meanFigure,
  NO_TASK,
  type Notice,
  numbers,
  PER_ATTEMPT,
  peopleOf,
  rateFigure,
  rounded,
  timeFigure,
  UNASSISTED,
  type Values,
  WAITING,
} from './groupFigures';
import { endedRows, walkFigures } from './walkFigures';

/** Gives each task its own figures, since tasks differ in length and difficulty. */
export const sessionFigures: Compute = (rows, facts, notice) => {
  const tasks = Map.groupBy(rows, ({ task }) => task);
  if (tasks.size < 2) return taskFigures(rows, facts, notice);
  return [...tasks].flatMap(([task, of]) =>
    taskFigures(of, facts, notice).map((figure) => ({
      ...figure,
      variant: [task ?? NO_TASK, figure.variant].filter(Boolean).join(', '),
    })),
  );
};

const taskFigures: Compute = (all, facts, notice) => {
  const rows = endedRows(all);
  const tried = rows.filter((row) => row.success !== undefined);
  const won = tried.filter((row) => row.success === true);
  const lost = tried.filter((row) => row.success === false);
  if (tried.length < all.length)
    notice(`${all.length - tried.length} attempts do not say whether they succeeded: no time or rate counts them.`);
  if (rows.some(({ deadClicks, rageClicks }) => Number(deadClicks ?? 0) + Number(rageClicks ?? 0) > 0))
    notice('Dead and rage clicks stay in the table: no metric counts them.');
  const of = (field: string, among: readonly Values[]) => among.filter((row) => typeof row[field] === 'number');
  const times = (rows: readonly Values[], variant?: string) => timeFigure(rows, 'seconds', notice, { variant });
  const among = (used: readonly Values[], figures: GroupFigure[]) =>
    figures.map((figure) => ({ ...figure, people: peopleOf(used) }));
  const counted = of('errors', rows).filter((row) => row.participant !== undefined);
  const people = Map.groupBy(counted, ({ participant }) => participant);
  const erring = [...people.values()].filter((attempts) => attempts.some((row) => Number(row.errors) > 0)).length;
  const helped = of('assists', tried);
  const unhelped = helped.filter(({ success, assists }) => success === true && assists === 0);
  const perAttempt = { variant: PER_ATTEMPT, unit: PER_ATTEMPT, interval: undefined };
  return [
    ...among(tried, rateFigure('task_completion_rate', rate(won.length, tried.length))),
    ...among(helped, rateFigure('task_completion_rate', rate(unhelped.length, helped.length), { variant: UNASSISTED })),
    ...times(won),
    ...times(lost, 'failed attempts'),
    ...waitingFigure(won, notice),
    ...among(of('errors', rows), meanFigure('error_rate', numbers(rows, 'errors'), notice, perAttempt)),
    ...rateFigure('error_rate', rate(erring, people.size), { variant: ERRING, unit: '%' }),
    ...among(of('clicks', won), meanFigure('clicks_to_completion', numbers(won, 'clicks'), notice)),
    ...among(of('seq', rows), meanFigure('seq', numbers(rows, 'seq'), notice)),
    ...walkFigures(rows, facts, notice),
  ];
};

/**
 * The seconds that successful attempts spent waiting for the machine: their mean, and in the parts the mean of their
 * task time, so that a sentence such as "of 171 s, 19 s were waiting" takes both numbers from the same attempts. The
 * time on task itself is a geometric mean, which a mean of waiting is no part of.
 */
function waitingFigure(won: readonly Values[], notice: Notice): GroupFigure[] {
  const both = won.filter(({ seconds, machineSeconds }) => Number(seconds) > 0 && typeof machineSeconds === 'number');
  const whole = mean(numbers(both, 'seconds'));
  if (whole === undefined) return [];
  const parts = { seconds: rounded(whole) };
  return meanFigure('time_on_task', numbers(both, 'machineSeconds'), notice, { variant: WAITING, parts }).map(
    (figure) => ({ ...figure, people: peopleOf(both) }),
  );
}
