/** What the page beside the form holds: pictures of pages, and the marks on them. */

import type { PageMap, ShownState, SubjectState } from '../../protocol/evaluationPage';
import type { PlacedElement } from '../../protocol/workerMessages';
import { ask, redraw } from '../shared/draw';
import { editProblem, newProblem, problemText } from './changes';
import { type Mark, markOf, namesOf, pointers, type Shape } from './marks';
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
/** The marks of each problem with which a picture was attached to it last. */
const attached = new Map<string, readonly Mark[]>();
/** What marks wrote into the fields of a problem, so that what a person writes there stays. */
const written = new Map<string, Partial<Record<'element' | 'selector' | 'viewport', string>>>();
/** The longest text of a place. Characters; the contract of the page refuses longer ones. */
const LONGEST = 2_000;
/** Pages of which a picture was taken by itself, or tried. */
const tried = new Set<string>();
let isTaking = false;

export const pane = {
  isOpen: false,
  shows: undefined as ShownState | undefined,
  formFactor: 'mobile' as Taken['formFactor'],
  /** Index of the element under the pointer or chosen by keyboard. */
  at: -1,
  filter: '',
  isSearching: false,
  tool: 'box' as Shape,
  /** Whether the picture is as large as the page, and scrolled, in place of as wide as there is room. */
  isFullSize: false,
  /** The mark that is being drawn. */
  drawing: undefined as Mark | undefined,
  /** Whether a person brings the page to a state in a browser now. */
  isByHand: false,
  /** The picture that would be attached, to look at first. */
  preview: undefined as { problem: string; count: number; data: string; marks: readonly Mark[] } | undefined,
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
  if (subject && !takenOf(subject) && shownNow(subject) !== 'hand') void takePicture(subject);
}

/** Takes a picture of the next page as it opens, once, while pictures stand beside the form. */
export function showNext(): void {
  const subject = subjectNow();
  if (!pane.isOpen || !subject || takenOf(subject) || tried.has(keyOf(subject))) return;
  if (subject.shows.length > 0 && shownNow(subject) === 'open') void takePicture(subject);
}

export function closePane(): void {
  pane.isOpen = false;
  pane.preview = undefined;
  redraw();
}

export async function takePicture(subject: SubjectState): Promise<void> {
  if (isTaking) return; // a browser is open already
  isTaking = true;
  const [shows, formFactor, key] = [shownNow(subject), pane.formFactor, keyOf(subject)];
  tried.add(key);
  pane.isByHand = shows === 'hand';
  const doing = pane.isByHand ? 'The page is open in a browser.' : 'Taking a picture of the page…';
  const map = await ask(() => host.map({ ...named(subject), formFactor, shows }), doing);
  pane.isByHand = false;
  isTaking = false;
  redraw();
  if (!map) return;
  const before = taken.get(key)?.map;
  taken.delete(key);
  taken.set(key, { map, shows, formFactor });
  for (const old of [...taken.keys()].slice(0, -KEPT)) taken.delete(old);
  if (before) placeAnew(before, map);
  Object.assign(pane, { at: -1, drawing: undefined, filter: '', tool: 'box' });
  redraw();
}

/** Marks of elements go to where these are on a new picture; what was drawn by hand stays with the old one. */
function placeAnew(before: PageMap, map: PageMap): void {
  for (const [problem, all] of marks) {
    const next = all.map((mark) => {
      const element =
        mark.map === before ? map.elements.find((one) => one.selector === mark.element?.selector) : undefined;
      return element ? markOf(mark.shape, element, map) : mark;
    });
    if (isAttached(problem)) attached.set(problem, next);
    marks.set(problem, next);
  }
}

/** The problem that marks belong to: the one in hand, else the last one here; undefined for a new one. */
export function markedProblem(subject: SubjectState): string | undefined {
  const found = answerOf(subject, ui.item).findings ?? [];
  return ui.problem !== undefined && found.includes(ui.problem) ? ui.problem : found.at(-1);
}

/** The marks of a problem on a picture. */
export function marksOf(problem: string | undefined, map: PageMap): readonly Mark[] {
  const all = (problem !== undefined && marks.get(problem)) || [];
  return all.filter((mark) => mark.map === map);
}

/**
 * Adds a mark to the problem in hand; begins one where there is none.
 * @returns the problem that was begun
 */
export function addMark(subject: SubjectState, mark: Mark): string | undefined {
  if (!isOpen()) return undefined;
  const known = markedProblem(subject);
  const problem = known ?? newProblem(subject);
  setMarks(problem, [...(marks.get(problem) ?? []), mark]);
  if (mark.shape === 'cover') pane.tool = 'box'; // one seldom covers a second thing
  return known === undefined ? problem : undefined;
}

/** Marks an element, or takes its mark away. @returns as {@link addMark} */
export function markElement(subject: SubjectState, map: PageMap, element: PlacedElement): string | undefined {
  const problem = markedProblem(subject);
  const before = marksOf(problem, map).find((mark) => mark.element?.selector === element.selector);
  if (before && problem !== undefined) {
    removeMark(problem, before);
    return undefined;
  }
  return addMark(subject, markOf(pane.tool, element, map));
}

export function removeMark(problem: string, mark: Mark): void {
  setMarks(
    problem,
    (marks.get(problem) ?? []).filter((other) => other !== mark),
  );
}

/** Whether a picture with the marks that a problem has now is attached to it. */
export function isAttached(problem: string): boolean {
  return attached.get(problem) === marks.get(problem);
}

/** Keeps that a picture with these marks is attached to a problem. */
export function rememberAttached(problem: string, shown: readonly Mark[]): void {
  attached.set(problem, shown);
}

/** Keeps that a picture was taken away from a problem. */
export function forgetAttached(problem: string): void {
  attached.delete(problem);
}

/** All marks of a problem, also those on earlier pictures. */
export function allMarks(problem: string): readonly Mark[] {
  return marks.get(problem) ?? [];
}

/** Whether anything is marked on a picture. */
export function isMarked(map: PageMap): boolean {
  return [...marks.values()].some((all) => all.some((mark) => mark.map === map));
}

/** The problems with marks that nobody else will see, since no picture with them is attached. */
export function unattached(): string[] {
  return [...marks].flatMap(([problem, all]) => (pointers(all).length > 0 && !isAttached(problem) ? [problem] : []));
}

/** Keeps the marks of a problem, and writes the places that they name into it. */
function setMarks(problem: string, next: readonly Mark[]): void {
  marks.set(problem, [...next]);
  const elements = pointers(next).flatMap(({ element }) => element ?? []);
  const { viewport } = next.at(-1)?.map ?? {};
  const named = {
    element: joined(namesOf(next), '; '),
    selector: joined(
      elements.map(({ selector }) => selector),
      ', ',
    ),
    viewport: viewport && elements.length > 0 ? `${viewport.width}x${viewport.height}` : '',
  };
  const before = written.get(problem) ?? {};
  written.set(problem, named);
  const where = problemText(problem).where ?? {};
  const free = (['element', 'selector', 'viewport'] as const).filter(
    (field) => (where[field] || '') === '' || where[field] === before[field],
  );
  editProblem(problem, { where: Object.fromEntries(free.map((field) => [field, named[field]])) });
}

/** Texts one after the other, as many as there is room for. */
function joined(texts: readonly string[], between: string): string {
  return texts.reduce((all, text) => {
    const more = all === '' ? text : all + between + text;
    return more.length > LONGEST ? all : more;
  }, '');
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
  // of elements that say the same, the one inside says it in fewer words
  const rank = ({ element: { name, width, height } }: (typeof found)[number]) =>
    name.startsWith('Area') ? 1_000 + width * height : pane.filter === '' ? 0 : name.length;
  return found.sort((a, b) => rank(a) - rank(b));
}

/** Leaves the elements that were looked for, and the one that was chosen. */
export function forgetSearch(): void {
  Object.assign(pane, { filter: '', at: -1 });
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
