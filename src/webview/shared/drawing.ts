import { nothing, svg, type TemplateResult } from 'lit-html';
import { drawScene } from '../../core/checklist/drawings/drawScene';
import type { Scene } from '../../core/checklist/drawings/scene';
import type { Shape } from '../../core/checklist/drawings/shapes';
import { redraw } from './draw';
import { html } from './html';

/** The drawings of examples, by the words of the example; empty until the host has sent them. */
let scenes: Record<string, Scene> = {};
const drawn = new Map<string, TemplateResult>();

/** Asks the host for the drawings, and draws the page again. Without them it still has the examples in words. */
export async function loadDrawings(request: () => Promise<Record<string, Scene>>): Promise<void> {
  scenes = (await request().catch(() => undefined)) ?? {};
  redraw();
}

/** The drawing of an example; nothing of one that has none. */
export function drawingOf(example: string, side: 'good' | 'bad'): TemplateResult | typeof nothing {
  const scene = Object.hasOwn(scenes, example) ? scenes[example] : undefined;
  if (!scene) return nothing;
  const known = drawn.get(example);
  if (known) return known;
  const { width, height, shapes, label } = drawScene(scene, side);
  const made = html`<svg class="drawing" viewBox="0 0 ${width} ${height}" role="img" aria-label="Drawing: ${label}">
    ${shapes.map(shapeOf)}
  </svg>`;
  drawn.set(example, made);
  return made;
}

const rounded = (value: number) => Math.round(value * 10) / 10;

function shapeOf(shape: Shape): TemplateResult {
  const [x, y] = [rounded(shape.x), rounded(shape.y)];
  if (shape.is === 'rect') {
    const [width, height] = [rounded(shape.width), rounded(shape.height)];
    return svg`<rect class=${shape.look} x=${x} y=${y} width=${width} height=${height} rx=${shape.radius} />`;
  }
  if (shape.is === 'text') {
    const { look, size, isBold, text } = shape;
    const weight = isBold ? 'bold' : 'normal';
    return svg`<text class=${look} x=${x} y=${y} font-size=${size} font-weight=${weight}>${text}</text>`;
  }
  return svg`<path class=${shape.look} d=${shape.d} transform="translate(${x} ${y}) scale(${shape.scale})" />`;
}
