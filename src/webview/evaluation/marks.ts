/** Marks on the picture of a page: boxes and arrows that point at problems, and covers over what is private. */

import { nothing, svg, type TemplateResult } from 'lit-html';
import type { PageMap } from '../../protocol/evaluationPage';
import type { PlacedElement } from '../../protocol/workerMessages';
import { dataUrlOf } from '../shared/pastedImages';

export const shapes = ['box', 'arrow', 'cover'] as const;
export type Shape = (typeof shapes)[number];

/** A mark; an arrow goes from the first corner to the second. CSS pixels of the page. */
export interface Mark {
  shape: Shape;
  from: Point;
  to: Point;
  /** The element that it marks. */
  element?: PlacedElement | undefined;
  /** The picture on which it was drawn. */
  map: PageMap;
}

export interface Point {
  x: number;
  y: number;
}

const COLOUR = '#d6006c';
const COVER = '#777';
/**
 * The widths of lines, the length of an arrow at an element, of its head, and the size of numbers. CSS pixels of a
 * phone's page.
 */
const LINE = 3;
const REACH = 70;
const HEAD = 14;
/** Between an element and its box, so that the box hides nothing of it. */
const GAP = 5;
const DIGIT = 11;
const FONT = 14;

/** How much larger marks are than on a phone's page, since people see a wide page smaller. */
export const sizeOn = ({ width }: Pick<PageMap, 'width'>) => (width > 700 ? 2 : 1);

/** A mark around an element, or an arrow at it that stays on the page. */
export function markOf(shape: Shape, element: PlacedElement, map: PageMap): Mark {
  const size = sizeOn(map);
  const { x, y, width, height } = element;
  const gap = size * GAP;
  if (shape !== 'arrow') {
    const from = { x: x - gap, y: y - gap };
    return { shape, element, map, from, to: { x: x + width + gap, y: y + height + gap } };
  }
  const to = { x: x + width / 2, y: y + height / 2 };
  const reach = size * REACH;
  const aside = to.x > reach ? -reach : reach;
  return { shape, element, map, from: { x: to.x + aside, y: Math.max(size * HEAD, to.y - reach) }, to };
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export function boxOf({ from, to }: Pick<Mark, 'from' | 'to'>): Box {
  const [left, top] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  return { left, top, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
}

/** What marked elements are called. What an element says stays out where a cover lies over it. */
export function namesOf(marks: readonly Mark[]): string[] {
  const covers = marks.filter(({ shape }) => shape === 'cover');
  return pointers(marks).flatMap(({ element, map }) => {
    if (!element) return [];
    const { x: left, y: top, width, height } = element;
    const isCovered = covers.some((cover) => cover.map === map && overlap(boxOf(cover), { left, top, width, height }));
    return [isCovered ? element.name.replace(/ “.*$/s, '') : element.name];
  });
}

function overlap(a: Box, b: Box): boolean {
  const isAcross = a.left < b.left + b.width && b.left < a.left + a.width;
  return isAcross && a.top < b.top + b.height && b.top < a.top + a.height;
}

/** The corners of an arrow's head. */
function headOf({ from, to }: Mark, size: number): Point[] {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const corner = (turn: number) => ({
    x: to.x - size * HEAD * Math.cos(angle + turn),
    y: to.y - size * HEAD * Math.sin(angle + turn),
  });
  return [to, corner(Math.PI / 7), corner(-Math.PI / 7)];
}

/** Where the number of a mark stands. */
function numberAt({ shape, from, to }: Mark, size: number): Point {
  if (shape === 'arrow') return from;
  const { left, top } = boxOf({ from, to });
  return { x: Math.max(size * DIGIT, left), y: Math.max(size * DIGIT, top) };
}

/** The marks that point at something, which are numbered where there are several. */
export function pointers(marks: readonly Mark[]): Mark[] {
  return marks.filter(({ shape }) => shape !== 'cover');
}

/** The marks as they lie over the picture. */
export function drawnMarks(marks: readonly Mark[], size: number): TemplateResult {
  const numbered = pointers(marks);
  return svg`${marks.map((mark) => {
    const number = numbered.length > 1 ? numbered.indexOf(mark) + 1 : 0;
    return svg`<g class=${mark.shape}>${shapeOf(mark, size)}${number > 0 ? numberOf(mark, number, size) : nothing}</g>`;
  })}`;
}

function shapeOf(mark: Mark, size: number): TemplateResult {
  const { left, top, width, height } = boxOf(mark);
  if (mark.shape !== 'arrow') return svg`<rect x=${left} y=${top} width=${width} height=${height} />`;
  const points = headOf(mark, size).map(({ x, y }) => `${x},${y}`);
  return svg`<line x1=${mark.from.x} y1=${mark.from.y} x2=${mark.to.x} y2=${mark.to.y} />
    <polygon points=${points.join(' ')} />`;
}

function numberOf(mark: Mark, number: number, size: number): TemplateResult {
  const { x, y } = numberAt(mark, size);
  return svg`<circle cx=${x} cy=${y} r=${size * DIGIT} />
    <text x=${x} y=${y} dy="0.35em" font-size=${size * FONT}>${number}</text>`;
}

/** Around marks so much of the page is attached, at least so much, and at most. CSS pixels. */
const AROUND = 90;
const LEAST = 420;
const MOST = 2_400;
/** The tallest picture; of marks that are farther apart it is made smaller. Pixels. */
const TALLEST = 1_200;

/** The part of the page that is attached: as wide as the page, around the marks or what is in sight. */
export function attachedPart(map: PageMap, marks: readonly Mark[], inSight: { top: number; height: number }) {
  const boxes = pointers(marks).map(boxOf);
  const [first, last] =
    boxes.length === 0
      ? [inSight.top, inSight.top + inSight.height]
      : [
          Math.min(...boxes.map(({ top }) => top)) - AROUND,
          Math.max(...boxes.map(({ top, height }) => top + height)) + AROUND,
        ];
  const height = Math.min(map.shownTo, Math.max(LEAST, Math.min(MOST, last - first)));
  const wanted = last - first > MOST ? first : (first + last) / 2 - height / 2;
  const top = Math.max(0, Math.min(wanted, map.shownTo - height));
  return { top: Math.round(top), height: Math.round(height) };
}

/**
 * The picture that is attached: a part of the page with its marks, as a data URL.
 * @param images the slices' images, in their order
 * @throws Error for people, when it cannot be made small enough
 */
export async function pictureWith(
  map: PageMap,
  images: readonly CanvasImageSource[],
  marks: readonly Mark[],
  part: { top: number; height: number },
): Promise<string> {
  const scale = Math.min(1, TALLEST / part.height);
  const canvas = new OffscreenCanvas(Math.round(map.width * scale), Math.round(part.height * scale));
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.scale(scale, scale);
  context.translate(0, -part.top);
  for (const [index, { top, height }] of map.slices.entries()) {
    const image = images[index];
    if (image && top + height > part.top && top < part.top + part.height)
      context.drawImage(image, 0, top, map.width, height);
  }
  const numbered = pointers(marks);
  const size = sizeOn(map);
  for (const mark of marks) paint(context, mark, numbered.length > 1 ? numbered.indexOf(mark) + 1 : 0, size);
  return dataUrlOf(await canvas.convertToBlob({ type: 'image/png' }), 'The picture');
}

function paint(context: OffscreenCanvasRenderingContext2D, mark: Mark, number: number, size: number): void {
  const { left, top, width, height } = boxOf(mark);
  if (mark.shape === 'cover') {
    context.fillStyle = COVER;
    context.fillRect(left, top, width, height);
    return;
  }
  // a light line below, so that the mark is seen on every page
  for (const [style, extra] of [['#fff', 3] as const, [COLOUR, 0] as const]) {
    Object.assign(context, { strokeStyle: style, fillStyle: style, lineWidth: size * LINE + extra, lineJoin: 'round' });
    context.beginPath();
    if (mark.shape === 'box') {
      context.rect(left, top, width, height);
    } else {
      context.moveTo(mark.from.x, mark.from.y);
      context.lineTo(mark.to.x, mark.to.y);
    }
    context.stroke();
    if (mark.shape === 'arrow') {
      context.beginPath();
      for (const { x, y } of headOf(mark, size)) context.lineTo(x, y);
      context.closePath();
      context.fill();
      if (extra > 0) context.stroke();
    }
  }
  if (number === 0) return;
  const at = numberAt(mark, size);
  Object.assign(context, { fillStyle: COLOUR, strokeStyle: '#fff', lineWidth: 2 });
  context.beginPath();
  context.arc(at.x, at.y, size * DIGIT, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  Object.assign(context, { fillStyle: '#fff', font: `bold ${size * FONT}px sans-serif` });
  Object.assign(context, { textAlign: 'center', textBaseline: 'middle' });
  context.fillText(String(number), at.x, at.y + 1);
}
