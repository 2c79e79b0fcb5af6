import { counted } from '../text/counted';
import type { Turn, Wait, Work } from './work';

/** Whether a turn is something that was begun, so that it counts as a reminder. */
export function isDue({ kind }: Pick<Turn, 'kind'>): boolean {
  return kind !== 'again' && kind !== 'join';
}

/** What is to do: `3 of 10 items left`. */
export function leftText({ kind, left, of }: Pick<Turn, 'kind' | 'left' | 'of'>): string {
  const part = of > left ? `${left} of ${counted(of, 'problem')}` : counted(left, 'problem');
  switch (kind) {
    case 'answer':
      if (of === 0) return 'begun; its checklist cannot be read';
      return left === 0
        ? `all ${counted(of, 'item')} answered, to be submitted`
        : `${left} of ${counted(of, 'item')} left`;
    case 'rate':
      return `${part} to rate`;
    case 'agree':
      return `raters differ on ${part}`;
    case 'again':
      return `${left === 0 ? 'no item' : counted(left, 'item')} failed last time`;
    case 'join':
      return 'not evaluated by you';
  }
}

/** The button that does it. */
export function actionText({ kind, left, of, round }: Pick<Turn, 'kind' | 'left' | 'of' | 'round'>): string {
  const isFull = left === 0 && of > 0;
  const answer = isFull ? 'Check and Submit' : 'Go On';
  return { answer, rate: 'Rate', agree: 'Compare Ratings', again: `Begin Round ${round}`, join: 'Evaluate It Too' }[
    kind
  ];
}

/** `ben waits for you`, `ben and cleo wait for you`; empty when nobody does. */
export function waitingText(handles: readonly string[]): string {
  if (handles.length === 0) return '';
  return `${listed(handles)} ${handles.length === 1 ? 'waits' : 'wait'} for you`;
}

/** `ben has not submitted yet` */
export function waitText({ handle, what }: Wait): string {
  return `${handle} ${what === 'answers' ? 'has not submitted yet' : 'has problems to rate'}`;
}

/** `3 things are open for you` */
export const dueText = (count: number) => `${counted(count, 'thing is', 'things are')} open for you`;

/** What of one's work the team does not have, and what it has. */
interface Sendings {
  unsent?: readonly unknown[];
  sent?: readonly unknown[];
  /** Of which nothing tells whether the team has it. */
  unclear?: readonly unknown[];
}

/** How things stand in two sentences, the first of them strong. */
export function standingText({ turns, waits, unsent = [], sent = [], unclear = [] }: Work & Sendings): {
  strong: string;
  rest: string;
} {
  const due = turns.filter(isDue);
  const people = [...new Set(due.flatMap(({ waiting }) => waiting))].sort();
  const waiting = [...new Set(waits.map(({ handle }) => handle))].sort();
  const stale = turns.filter(({ kind }) => kind === 'again').length;
  const notSent =
    unsent.length > 0 ? `${counted(unsent.length, 'evaluation is', 'evaluations are')} not sent yet.` : '';
  const rest = [
    people.length > 0 ? `${waitingText(people)}.` : '',
    due.length === 0 && waiting.length > 0 ? `You wait for ${listed(waiting)}.` : '',
    due.length > 0 ? notSent : '',
    stale > 0 ? `${counted(stale, 'evaluation is', 'evaluations are')} stale.` : '',
  ];
  if (due.length > 0) return { strong: `${dueText(due.length)}.`, rest: rest.filter(Boolean).join(' ') };
  const hasAll = sent.length > 0 && unclear.length === 0;
  const all = hasAll ? 'Your team has all that you submitted.' : 'Nothing is open for you.';
  return { strong: notSent || all, rest: rest.filter(Boolean).join(' ') };
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
