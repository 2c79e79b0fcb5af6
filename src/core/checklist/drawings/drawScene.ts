import { drawStack } from './parts';
import type { Panel, Scene } from './scene';
import { type Box, inRow, line, type Place, padded, path, rect, type Shape, stacked } from './shapes';
import { textWidth } from './textWidth';

/** A drawing: its marks, its size, and what it shows in words. */
export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
  label: string;
}

/** The width of every drawing. */
export const WIDTH = 240;
const ARROW = 15;
const GAP = 7;
/** The widths of a phone beside phones, and beside what is wider. */
const PHONE = 118;
const PHONE_BESIDE = 92;

/** Puts an example together. */
export function drawScene({ panels, isSequence }: Scene, side: Place['side']): Drawing {
  const gap = isSequence ? ARROW : GAP;
  const free = WIDTH - 2 - gap * (panels.length - 1);
  const phones = panels.filter(({ is }) => is === 'phone').length;
  const share = free / panels.length;
  const phone = Math.min(phones === panels.length ? PHONE : PHONE_BESIDE, share);
  const wide = phones === panels.length ? phone : (free - phones * phone) / (panels.length - phones);
  const widthOf = ({ is }: Panel) => (is === 'phone' ? phone : wide);
  const inners = panels.map((panel) => drawStack(panel.parts, { most: widthOf(panel) - 2 * insets[panel.is], side }));
  const highest = Math.max(...inners.map((box, at) => box.height + headOf(panels[at] as Panel)));
  const hasWhen = panels.some(({ when }) => when !== undefined);
  const boxes = panels.map((panel, at) => {
    const told = hasWhen ? { ...panel, when: panel.when ?? '' } : panel;
    return drawPanel(told, inners[at] as Box, widthOf(panel), highest);
  });
  const whole = inRow(boxes, gap, 'top');
  const left = (WIDTH - whole.width) / 2;
  const { shapes, height } = padded(whole, left, 1);
  let x = left;
  for (const [at, { width }] of boxes.entries()) {
    x += width;
    if (isSequence && at < boxes.length - 1)
      shapes.push(path('stroke', x + 2, height / 2 - 5.5, 'M1 6H10M7 3 10 6 7 9', 0.95));
    x += gap;
  }
  const said = panels.map((panel, at) => panelWords(panel, inners[at] as Box));
  return { width: WIDTH, height: Math.ceil(height), shapes, label: said.join(isSequence ? '; then ' : '; beside it ') };
}

/** Room at the left and right inside of a panel. */
const insets: Record<Panel['is'], number> = { page: 8, phone: 8, turned: 14, paper: 9, bare: 0 };

const headOf = ({ is, name }: Panel): number => (is === 'page' ? 13 : name ? 14 : 0);

function drawPanel(panel: Panel, inner: Box, width: number, highest: number): Box {
  const { is, name, when } = panel;
  const inset = insets[is];
  const top = headOf(panel) + (is === 'bare' ? 0 : 7);
  const bottom = highest - inner.height - headOf(panel) + (is === 'bare' ? 0 : 8);
  const contents = padded(inner, inset, top, width - inset - inner.width, bottom);
  const frame = frames[is](width, contents.height);
  const label = name
    ? [line('quiet', is === 'page' ? 27 : inset, is === 'page' ? 9.8 : 13, name, 8.5, is !== 'page')]
    : [];
  const box = { ...contents, shapes: [...frame, ...label, ...contents.shapes] };
  if (when === undefined) return box;
  const above = line('ink', (width - textWidth(when, { size: 9, isBold: true })) / 2, 8.5, when, 9, true);
  return stacked([{ width, height: 11, shapes: [above], said: [] }, box], 2);
}

const frames: Record<Panel['is'], (width: number, height: number) => Shape[]> = {
  page: (width, height) => [
    rect('frame', 0, 0, width, height, 4),
    rect('rule', 0, 13, width, 0.7),
    ...[7, 13, 19].map((x) => rect('dot', x - 1.7, 4.8, 3.4, 3.4, 1.7)),
  ],
  phone: (width, height) => [
    rect('phone', 0.5, 0.5, width - 1, height - 1, 10),
    rect('dot', width / 2 - 9, 3, 18, 2, 1),
  ],
  turned: (width, height) => [
    rect('phone', 0.5, 0.5, width - 1, height - 1, 10),
    rect('dot', 4, height / 2 - 9, 2, 18, 1),
  ],
  paper: (width, height) => [
    path('sheet', 0, 0, `M0 0H${width - 10}L${width} 10V${height}H0ZM${width - 10} 0V10H${width}`),
  ],
  bare: () => [],
};

const kinds: Record<Panel['is'], string> = {
  page: 'page',
  phone: 'phone',
  turned: 'phone held sideways',
  paper: 'paper',
  bare: '',
};

function panelWords({ is, name, when }: Panel, { said }: Box): string {
  const head = [when, `${kinds[is]}${name ? ` “${name}”` : ''}`].filter(Boolean).join(', ');
  const contents = said.join(', ');
  return head === '' ? contents : contents === '' ? head : `${head}: ${contents}`;
}
