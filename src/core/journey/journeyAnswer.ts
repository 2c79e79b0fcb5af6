import { numberText } from '../metrics/metricText';
import type { StepNumbers } from '../outcomes/stepFigures';
import { type KnownJourney, secondsText } from './journeyFacts';
import { totalWaiting } from './journeyRun';

/** The answer in a sentence or two: the first part is the answer, the second what stands beside it. */
export interface Answer {
  strong: string;
  rest: string;
}

/** The step at which most is lost, and by what. */
export interface Worst {
  name: string;
  /** Its place, from 0. */
  index: number;
  /** `cannot be completed` by machine, `loses most` people, or `waits longest` for the machine. */
  mark: 'cannot be completed' | 'loses most' | 'waits longest';
}

/** The one that has most, and clearly so; undefined for a tie or none. */
export function onlyMost<T>(all: readonly T[], amount: (one: T) => number | undefined): T | undefined {
  const known = all.filter((one) => (amount(one) ?? 0) > 0).sort((a, b) => (amount(b) ?? 0) - (amount(a) ?? 0));
  const [first, second] = known;
  return first !== undefined && (second === undefined || amount(first) !== amount(second)) ? first : undefined;
}

/**
 * The step that waits longest: in every walk longer than any other step in any. Undefined for a journey of one step,
 * and where the waiting of a step is not known, which may be the longest.
 */
export function longestWaiting({ summaries, steps }: Pick<KnownJourney, 'summaries' | 'steps'>) {
  const known = summaries.filter(({ name }) => steps.some((step) => step.name === name));
  const most = onlyMost(known, ({ waiting }) => waiting?.median);
  const isClear = known.every((one) => one === most || (one.waiting && one.waiting.max < (most?.waiting?.min ?? 0)));
  return isClear && steps.length > 1 && known.length === steps.length ? most : undefined;
}

/**
 * The step at which most stop. Undefined for a tie, and where it is not known of a step how many stop there, which may
 * be the most; at the last step that may be unknown, since who comes there has arrived.
 */
export function mostStops(known: Pick<KnownJourney, 'people' | 'steps'>): StepNumbers | undefined {
  const own = stops(known);
  const isKnown = ({ name }: { name: string }) => own.some((one) => one.name === name && one.stopped !== undefined);
  const isWhole = known.steps.length > 1 && known.steps.slice(0, -1).every(isKnown);
  return isWhole ? onlyMost(own, ({ stopped }) => stopped) : undefined;
}

/** Steps of the journey at which people stopped, by number; those that a table alone names are left out. */
function stops({ people }: Pick<KnownJourney, 'people'>): StepNumbers[] {
  return (people?.steps ?? []).filter(({ isOfJourney }) => isOfJourney);
}

/** Which step loses most: one that nobody can complete before one where people stop, and that before waiting. */
export function worstOf(known: KnownJourney): Worst | null {
  const place = (name: string | undefined) => known.steps.findIndex((step) => step.name === name);
  const broken = known.summaries.find((one) => one.reached < one.tried && place(one.name) >= 0);
  if (broken) return { name: broken.name, index: place(broken.name), mark: 'cannot be completed' };
  const lost = mostStops(known);
  if (lost) return { name: lost.name, index: place(lost.name), mark: 'loses most' };
  const waits = longestWaiting(known);
  return waits ? { name: waits.name, index: place(waits.name), mark: 'waits longest' } : null;
}

/**
 * Composes the answer by rules, so that each clause can be traced to its number. Two facts of one step stand side by
 * side; none is called the cause of the other.
 */
export function answerOf(known: KnownJourney & { worst: Worst | null }): Answer {
  const { worst, summaries } = known;
  const people = peopleSentence(known);
  const broken = worst?.mark === 'cannot be completed' ? summaries.find(({ name }) => name === worst.name) : undefined;
  if (broken) {
    const { name, tried, reached, why } = broken;
    const often = tried > 1 ? ` in ${tried - reached} of ${tried} walks` : '';
    const reason = why === undefined ? '' : `${why.replace(/[.\s]+$/, '')}.`;
    return {
      strong: `The machine cannot complete “${name}”${often}.`,
      rest: [reason, people].filter(Boolean).join(' '),
    };
  }
  const machine = machineSentence(known);
  if (people) return { strong: people, rest: besideOf(known, machine) };
  if (machine) return { strong: machine, rest: '' };
  return { strong: 'Nothing is known of this journey yet.', rest: nextOf(known) };
}

function nextOf({ isRecorded, steps }: KnownJourney): string {
  const first = isRecorded
    ? 'Run it to see how long a person waits at each step.'
    : steps.length > 0
      ? 'Record it, or import a recording, so that the machine can walk it.'
      : 'Record it, or import a recording: that gives it its steps.';
  return `${first} Import a funnel or task sessions to see where people stop.`;
}

/** `17 of 24 people finish. 5 of the 7 who stop, stop at “Pay”.` */
function peopleSentence(known: KnownJourney): string {
  const { people } = known;
  const worst = mostStops(known);
  if (!people) return '';
  const { finish, who } = people;
  const group = who === undefined ? '' : ` ${who}`;
  const sentences: string[] = [];
  if (finish?.x !== undefined && finish.n !== undefined)
    sentences.push(
      finish.x === finish.n ? `All ${finish.n}${group} finish.` : `${finish.x} of ${finish.n}${group} finish.`,
    );
  else if (finish?.percent !== undefined)
    sentences.push(`${numberText(finish.percent, 0)} %${group && ` of${group}`} finish.`);
  const lost = finish?.x === undefined || finish.n === undefined ? undefined : finish.n - finish.x;
  const placed = people.steps.reduce((sum, { stopped = 0 }) => sum + stopped, 0);
  if (worst) sentences.push(stopSentence(worst, lost !== undefined && lost === placed ? lost : undefined));
  else if (lost !== undefined && lost > 0 && placed === 0)
    sentences.push('At which step the others stop is not known.');
  else if (placed > 0) sentences.push(tieSentence(stops(known)));
  return sentences.join(' ');
}

/** @param lost all who stopped, where the steps tell of each of them */
function stopSentence({ name, stopped = 0, reached }: StepNumbers, lost: number | undefined): string {
  if (lost === stopped)
    return lost === 1 ? `The one who stops, stops at “${name}”.` : `All ${lost} who stop, stop at “${name}”.`;
  if (lost !== undefined)
    return `${stopped} of the ${lost} who stop, ${stopped === 1 ? 'stops' : 'stop'} at “${name}”.`;
  const of = reached === undefined ? '' : ` of ${reached} who reach it`;
  return `Most stop at “${name}”: ${stopped}${of}.`;
}

/** Of several steps with as many stops, or of those that are known where others are not. */
function tieSentence(all: readonly StepNumbers[]): string {
  const most = Math.max(...all.map(({ stopped = 0 }) => stopped));
  const at = all.filter(({ stopped }) => stopped === most);
  const names = at.map(({ name }) => `“${name}”`);
  if (names.length > 1) return `As many stop at ${names.slice(0, -1).join(', ')} as at ${names.at(-1)}: ${most} each.`;
  const of =
    at[0]?.reached === undefined ? `${most} stop at ${names[0]}` : `${most} of ${at[0].reached} stop at ${names[0]}`;
  return `${of}; of other steps that is not known.`;
}

/** What stands beside the stops at the worst step: how long the machine waits there, and who errs there. */
function besideOf(known: KnownJourney, machine: string): string {
  const lost = mostStops(known);
  if (!lost) return machine;
  const waiting = known.summaries.find(({ name }) => name === lost.name)?.waiting;
  const total = known.run && totalWaiting(known.run);
  const { erring } = lost;
  const waits = waiting
    ? total
      ? `the machine keeps a person waiting ${(waiting.median / 1000).toFixed(1)} of ${secondsText(total.median)}`
      : `the machine keeps a person waiting ${secondsText(waiting.median)}`
    : '';
  const x = erring?.parts?.x;
  const n = erring?.n;
  const errs =
    x === undefined || n === undefined
      ? ''
      : x === 0
        ? `none of ${n} people makes an error`
        : `${x} of ${n} people make errors`;
  const there = [waits, errs].filter(Boolean).join(', and ');
  return there ? `There, ${there}.` : machine;
}

/** `A person waits 19.0 s for the machine, 11.0 s of it at “Pay”.` */
function machineSentence(known: KnownJourney): string {
  const { run } = known;
  if (!run) return '';
  const total = totalWaiting(run);
  const isWhole = known.summaries.every(({ tried, reached }) => tried > 0 && reached === tried);
  if (!total) return isWhole ? 'The machine completes every step; nothing tells how long a person waits.' : '';
  const most = longestWaiting(known);
  const where = most?.waiting ? `, ${secondsText(most.waiting.median)} of it at “${most.name}”` : '';
  return `A person waits ${secondsText(total.median)} for the machine${where}.`;
}
