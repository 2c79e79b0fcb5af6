/** One mark of a drawing. `look` names the colours, which the page's style sheet takes from the theme. */
export type Shape =
  | { is: 'rect'; x: number; y: number; width: number; height: number; radius: number; look: string }
  | { is: 'text'; x: number; y: number; text: string; size: number; isBold: boolean; look: string }
  | { is: 'path'; x: number; y: number; d: string; scale: number; look: string };

/** Marks with the room that they take, and what they say in words. */
export interface Box {
  width: number;
  height: number;
  shapes: Shape[];
  said: string[];
}

/** What a box is drawn for: the most width that it may take, and which of the two examples it belongs to. */
export interface Place {
  most: number;
  side: 'good' | 'bad';
}

export const rect = (look: string, x: number, y: number, width: number, height: number, radius = 0): Shape => ({
  is: 'rect',
  x,
  y,
  width,
  height,
  radius,
  look,
});
export const path = (look: string, x: number, y: number, d: string, scale = 1): Shape => ({
  is: 'path',
  x,
  y,
  d,
  scale,
  look,
});
/** @param y of its base line */
export const line = (look: string, x: number, y: number, text: string, size: number, isBold = false): Shape => ({
  is: 'text',
  x,
  y,
  text,
  size,
  isBold,
  look,
});

const shifted = ({ shapes }: Box, x: number, y: number): Shape[] =>
  shapes.map((shape) => ({ ...shape, x: shape.x + x, y: shape.y + y }));

/** A box with room around it. */
export function padded(box: Box, left: number, top: number, right = left, bottom = top): Box {
  const size = { width: box.width + left + right, height: box.height + top + bottom };
  return { ...size, shapes: shifted(box, left, top), said: box.said };
}

/** Boxes below each other. */
export function stacked(boxes: readonly Box[], gap: number): Box {
  const all: Box = { width: 0, height: 0, shapes: [], said: [] };
  for (const [at, box] of boxes.entries()) {
    const y = all.height + (at === 0 ? 0 : gap);
    all.shapes.push(...shifted(box, 0, y));
    all.said.push(...box.said);
    all.height = y + box.height;
    all.width = Math.max(all.width, box.width);
  }
  return all;
}

/** Boxes beside each other. @param last moves the last box so far to the right */
export function inRow(boxes: readonly Box[], gap: number, align: 'top' | 'middle', last = 0): Box {
  const height = Math.max(0, ...boxes.map((box) => box.height));
  const all: Box = { width: 0, height, shapes: [], said: [] };
  for (const [at, box] of boxes.entries()) {
    const x = all.width + (at === 0 ? 0 : gap) + (at > 0 && at === boxes.length - 1 ? last : 0);
    all.shapes.push(...shifted(box, x, align === 'top' ? 0 : (height - box.height) / 2));
    all.said.push(...box.said);
    all.width = x + box.width;
  }
  return all;
}
