/** What the page beside the form holds: pictures of pages, and the marks on them. */

import type { PageMap, ShownState, SubjectState } from '../../protocol/evaluationPage';
import type { PlacedElement } from '../../protocol/workerMessages';
import { ask, redraw, request } from '../shared/draw';
import { editProblem, newProblem, problemText } from './changes';
import { type Mark, markOf, pointers, type Shape, sizeOn } from './marks';
import { answerOf, host, isOpen, named, subjectNow, ui } from './ui';

/** A picture as it was taken. */
export interface Taken {
  map: PageMap;
  shows: ShownState;
  formFactor: 'mobile' | 'desktop';
}

/** The most pictures that are kept, the newest ones. */
const KEPT = 6;
const taken = new Map<string, Taken>();
/** The marks on the picture, by problem. */
const marks = new Map<string, Mark[]>();
/** What marks wrote into the fields of a problem, so that what a person writes there stays. */
const written = new Map<string, { element: string; selector: string }>();

export const pane = {
  isOpen: false,
  shows: undefined as ShownState | undefined,
  formFactor: 'mobile' as Taken['formFactor'],
  /** Index of the element under the pointer or chosen by keyboard. */
  at: -1,
  filter: '',
  isSearching: false,
  tool: 'box' as Shape,
  /** The mark that is being drawn. */
  drawing: undefined as Mark | undefined,
  /** Whether a person brings the page to a state in a browser now. */
  isByHand: false,
  /** The problem that a picture was attached to last, until its marks change. */
  attachedTo: '',
  /** The picture that would be attached, to look at first. */
  preview: undefined as { problem: string; data: string } | undefined,
};

function keyOf(subject: SubjectState): string {
  return JSON.stringify([subject.target, subject.step ?? null]);
}

export function takenOf(subject: SubjectState): Taken | undefined {
  return taken.get(keyOf(subject));
}

/** The state of a page that is shown unless a person chooses another. */
export function shownNow(subject: SubjectState): ShownState {
  return pane.shows && subject.shows.includes(pane.shows) ? pane.shows : (subject.shows[0] ?? 'open');
}

/** Opens the page beside the form; takes a picture where there is none yet. */
export function openPane(): void {
  const subject = subjectNow();
  if (subject?.shows.length === 0) return;
  pane.isOpen = true;
  redraw();
  if (subject && !takenOf(subject)) void takePicture(subject);
}

/** Takes a picture of the page that is shown now, while pictures stand beside the form. */
export function showNext(): void {
  const subject = subjectNow();
  const canBeTaken = pane.isOpen && request.doing === '' && subject && subject.shows.length > 0;
  if (canBeTaken && !takenOf(subject) && shownNow(subject) !== 'hand') void takePicture(subject);
}

export function closePane(): void {
  pane.isOpen = false;
  pane.preview = undefined;
  redraw();
}

export async function takePicture(subject: SubjectState): Promise<void> {
  const [shows, formFactor] = [shownNow(subject), pane.formFactor];
  pane.isByHand = shows === 'hand';
  const doing = pane.isByHand ? 'The page is open in a browser.' : 'Taking a picture of the page…';
  const map = await ask(() => host.map({ ...named(subject), formFactor, shows }), doing);
  pane.isByHand = false;
  redraw();
  if (!map) return;
  const key = keyOf(subject);
  taken.delete(key);
  taken.set(key, { map, shows, formFactor });
  for (const old of [...taken.keys()].slice(0, -KEPT)) taken.delete(old);
  Object.assign(pane, { at: -1, drawing: undefined, filter: '', tool: 'box' });
  redraw();
}

/** The problem that marks belong to: the one in hand, else the last one here; undefined for a new one. */
export function markedProblem(subject: SubjectState): string | undefined {
  const found = answerOf(subject, ui.item).findings ?? [];
  return ui.problem !== undefined && found.includes(ui.problem) ? ui.problem : found.at(-1);
}

export function marksOf(problem: string | undefined): readonly Mark[] {
  return (problem !== undefined && marks.get(problem)) || [];
}

/**
 * Adds a mark to the problem in hand; begins one where there is none.
 * @returns the problem that was begun
 */
export function addMark(subject: SubjectState, mark: Mark): string | undefined {
  if (!isOpen()) return undefined;
  const known = markedProblem(subject);
  const problem = known ?? newProblem(subject);
  setMarks(problem, [...marksOf(problem), mark]);
  return known === undefined ? problem : undefined;
}

/** Marks an element, or takes its mark away. @returns as {@link addMark} */
export function markElement(subject: SubjectState, element: PlacedElement): string | undefined {
  const problem = markedProblem(subject);
  const before = marksOf(problem).find((mark) => mark.element?.selector === element.selector);
  if (before && problem !== undefined) {
    removeMark(problem, before);
    return undefined;
  }
  const size = sizeOn(takenOf(subject)?.map ?? { width: 0 });
  const shape = pane.tool === 'cover' ? 'box' : pane.tool; // what is covered is dragged over
  return addMark(subject, markOf(shape, element, size));
}

export function removeMark(problem: string, mark: Mark): void {
  setMarks(
    problem,
    marksOf(problem).filter((other) => other !== mark),
  );
}

/** Keeps the marks of a problem, and writes the places that they name into it. */
function setMarks(problem: string, next: readonly Mark[]): void {
  marks.set(problem, [...next]);
  pane.attachedTo = '';
  const elements = pointers(next).flatMap(({ element }) => element ?? []);
  const named = {
    element: elements.map(({ name }) => name).join('; '),
    selector: elements.map(({ selector }) => selector).join(', '),
  };
  const before = written.get(problem);
  written.set(problem, named);
  const where = problemText(problem).where ?? {};
  const isFree = (field: 'element' | 'selector') => !where[field] || where[field] === before?.[field];
  const { viewport } = takenOf(subjectNow() as SubjectState)?.map ?? {};
  editProblem(problem, {
    where: {
      ...(isFree('element') && { element: named.element }),
      ...(isFree('selector') && { selector: named.selector }),
      ...(viewport && { viewport: `${viewport.width}x${viewport.height}` }),
    },
  });
}

/**
 * The elements that the search finds, with their indexes: first those that are something by themselves, then the areas
 * around them, the smallest first.
 */
export function foundElements({ elements }: PageMap): { element: PlacedElement; index: number }[] {
  const words = pane.filter.toLowerCase().split(/\s+/);
  const found = elements.flatMap((element, index) => {
    const text = `${element.name} ${element.selector}`.toLowerCase();
    return words.every((word) => text.includes(word)) ? [{ element, index }] : [];
  });
  const rank = ({ element }: (typeof found)[number]) =>
    element.name.startsWith('Area') ? element.width * element.height : 0;
  return found.sort((a, b) => rank(a) - rank(b));
}

/** The smallest element at a point of the page; -1 for none. */
export function elementAt({ elements }: PageMap, { x, y }: { x: number; y: number }): number {
  let [best, area] = [-1, Number.POSITIVE_INFINITY];
  for (const [index, element] of elements.entries()) {
    const isInside =
      x >= element.x && x <= element.x + element.width && y >= element.y && y <= element.y + element.height;
    const size = element.width * element.height;
    if (isInside && size <= area) [best, area] = [index, size];
  }
  return best;
}
