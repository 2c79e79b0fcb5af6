import { icons } from './icons';
import type { Part } from './scene';
import { type Box, inRow, type Place, padded, path, rect, stacked } from './shapes';
import {
  centred,
  drawBars,
  drawBubble,
  drawButton,
  drawCut,
  drawField,
  drawMessage,
  drawPicture,
  drawSteps,
  drawTable,
  drawTick,
  empty,
  iconBox,
  type Named,
  on,
  type PartOf,
  words,
} from './things';

type Draw<Name extends Named['is']> = (part: PartOf<Name>, place: Place) => Box;

/** Between two parts. */
const GAP = 5;

const isGap = (part: Part) => typeof part !== 'string' && part.is === 'gap';

function drawCard({ parts, isStrong }: PartOf<'card'>, { most, side }: Place): Box {
  const inner = drawStack(parts, { most: most - 12, side });
  if (inner.said.length === 0) inner.said.push(parts.some(isGap) ? 'an empty box' : 'a box of text');
  return on(padded(inner, 6, 5, most - 6 - inner.width, 5), isStrong ? 'dialog' : 'card', 3);
}

export function drawStack(parts: readonly Part[], place: Place): Box {
  return stacked(
    parts.map((part) => drawPart(part, place)),
    GAP,
  );
}

const natural: readonly Named['is'][] = ['text', 'button', 'cut', 'tick', 'icon', 'key', 'here', 'pointer', 'ring'];
const isNatural = (part: Part): boolean => {
  if (typeof part === 'string') return true;
  if (part.is === 'here' || part.is === 'pointer' || part.is === 'ring') return isNatural(part.part);
  return natural.includes(part.is);
};

/** Texts and buttons take what they need, and the other parts share what is left. */
function drawRow({ parts, isSpread }: PartOf<'row'>, { most, side }: Place): Box {
  let left = most - GAP * (parts.length - 1);
  const boxes: (Box | undefined)[] = parts.map((part) => {
    if (!isNatural(part)) return undefined;
    const box = drawPart(part, { most: Math.max(20, left), side });
    left -= box.width;
    return box;
  });
  const others = boxes.filter((box) => box === undefined).length;
  const drawn = boxes.map((box, at) => box ?? drawPart(parts[at] as Part, { most: left / others, side }));
  return inRow(drawn, GAP, 'middle', isSpread && others === 0 ? Math.max(0, left) : 0);
}

/** Parts of the same width; frames are made as high as the highest. */
function drawColumns({ parts }: PartOf<'columns'>, { most, side }: Place): Box {
  const width = (most - 6 * (parts.length - 1)) / parts.length;
  const boxes = parts.map((part) => drawPart(part, { most: width, side }));
  const height = Math.max(...boxes.map((box) => box.height));
  const even = boxes.map((box) => {
    const [first, ...others] = box.shapes;
    const isFrame = first?.is === 'rect' && ['card', 'dialog'].includes(first.look);
    const shapes = isFrame ? [{ ...first, height }, ...others] : box.shapes;
    return { ...box, width, height: isFrame ? height : box.height, shapes };
  });
  return inRow(even, 6, 'top');
}

/** Says something of the first thing. */
const told = (what: string, [first = 'an empty place', ...others]: readonly string[]): string[] => [
  `${what} ${first}`,
  ...others,
];

/** What stands above lies on the end of what is below. */
function drawOver({ below, above }: PartOf<'over'>, place: Place): Box {
  const under = drawPart(below, place);
  const upper = drawPart(above, place);
  const moved = padded(upper, (place.most - upper.width) / 2, Math.max(0, under.height - upper.height));
  return {
    width: place.most,
    height: Math.max(under.height, upper.height),
    shapes: [...under.shapes, ...moved.shapes],
    said: [...under.said, ...told('lying on it:', upper.said)],
  };
}

/** A ring around what the example is about, with the sign of its side. */
function drawHere({ part }: PartOf<'here'>, { most, side }: Place): Box {
  const inner = drawPart(part, { most: most - 13, side });
  const box = padded(inner, 4, 7, 9, 4);
  const [width, height] = [inner.width + 8, inner.height + 8];
  const sign = path('stroke-sign', width - 4, 0.5, icons[side === 'good' ? 'check' : 'cross'], 0.7);
  return {
    ...box,
    said: told(side === 'good' ? 'marked as good:' : 'marked as bad:', inner.said),
    shapes: [
      ...box.shapes,
      rect(`here-${side}`, 0.5, 3.5, width, height, 4),
      rect(`sign-${side}`, width - 5.5, -0.7, 11, 11, 5.5),
      sign,
    ],
  };
}

const pointers = {
  mouse: 'M0 0V11L2.8 8.6 4.6 12.6 6.4 11.8 4.6 7.8H8.4Z',
  finger:
    'M3 0C4 0 4.4 1 4.4 1.6V6L9 7.2C10.2 7.6 10.4 8.4 10 10L9.4 13H3.4L.6 8.6C0 7.4 1 6.8 1.6 7.4V1.6C1.6 1 2 0 3 0Z',
};

function drawPointer({ part, form }: PartOf<'pointer'>, place: Place): Box {
  const inner = drawPart(part, { ...place, most: place.most - 5 });
  const x = Math.max(2, inner.width - 6);
  const hand = path('pointer', x, inner.height - 6, pointers[form]);
  const said = told(form === 'mouse' ? 'the pointer on' : 'a finger on', inner.said);
  return { width: inner.width + 5, height: inner.height + 7, shapes: [...inner.shapes, hand], said };
}

function drawRing({ part }: PartOf<'ring'>, { most, side }: Place): Box {
  const inner = drawPart(part, { most: most - 8, side });
  const box = padded(inner, 4, 4);
  const ring = rect('focus', 1.5, 1.5, box.width - 3, box.height - 3, 4);
  return { ...box, shapes: [...box.shapes, ring], said: told('with the focus:', inner.said) };
}

const draws: { [Name in Named['is']]: Draw<Name> } = {
  text: ({ text, look }, { most }) => words(text, most, look),
  bars: drawBars,
  button: drawButton,
  cut: drawCut,
  field: drawField,
  tick: drawTick,
  message: drawMessage,
  card: drawCard,
  stack: ({ parts }, place) => drawStack(parts, place),
  row: drawRow,
  columns: drawColumns,
  picture: drawPicture,
  table: drawTable,
  icon: ({ name }) => iconBox(name),
  bubble: drawBubble,
  steps: drawSteps,
  key: ({ text }, { most }) => {
    const label = words(text, most - 10);
    return { ...on(padded(centred(label, Math.max(12, label.width)), 4, 2), 'key', 3), said: [`key ${text}`] };
  },
  gap: ({ height }) => ({ ...empty, height }),
  over: drawOver,
  here: drawHere,
  pointer: drawPointer,
  ring: drawRing,
};

/** Draws one part. */
export function drawPart(part: Part, place: Place): Box {
  if (typeof part === 'string') return words(part, place.most);
  return (draws[part.is] as Draw<typeof part.is>)(part as never, place);
}
