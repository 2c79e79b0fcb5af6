import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInChecklists } from '../../../../src/core/checklist/builtInChecklists';
import { drawnExamples, drawnItems, undrawnItems } from '../../../../src/core/checklist/drawings/drawings';
import { drawScene, WIDTH } from '../../../../src/core/checklist/drawings/drawScene';
import type { Shape } from '../../../../src/core/checklist/drawings/shapes';
import { textWidth } from '../../../../src/core/checklist/drawings/textWidth';

const widthOf = ({ text, size, isBold, look }: Extract<Shape, { is: 'text' }>) =>
  textWidth(text, { size, isBold, isCode: look === 'code' });

const sides = ['good', 'bad'] as const;
const drawings = Object.entries(drawnItems).flatMap(([checklist, items]) =>
  Object.entries(items).flatMap(([item, pair]) =>
    sides.map((side) => ({ name: `${checklist} ${item} ${side}`, drawing: drawScene(pair[side], side) })),
  ),
);

describe('the drawings of the built-in checklists', () => {
  it('are there for both examples of each item, or a reason why not', () => {
    for (const { id, items } of builtInChecklists) {
      const named = [...Object.keys(drawnItems[id] ?? {}), ...Object.keys(undrawnItems[id] ?? {})];
      expect(named.sort(), id).toEqual(items.map((item) => item.id).sort());
    }
    for (const reason of Object.values(undrawnItems).flatMap((items) => Object.values(items))) {
      expect(reason).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  it('are found by the words of their examples, and no two examples share words', () => {
    expect(Object.keys(drawnExamples()).length).toBe(drawings.length);
  });

  it('say in words what they show', () => {
    for (const { name, drawing } of drawings) {
      expect(drawing.label, name).toMatch(/[a-z]{3}/);
      expect(drawing.label, name).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  it('show good and bad differently', () => {
    for (const [checklist, items] of Object.entries(drawnItems)) {
      for (const [item, { good, bad }] of Object.entries(items)) expect(good, `${checklist} ${item}`).not.toEqual(bad);
    }
  });

  it('have every mark and every text inside of their size', () => {
    const outside = drawings.flatMap(({ name, drawing: { shapes, width, height } }) =>
      shapes.flatMap((shape) => {
        const [right, bottom, what] =
          shape.is === 'rect'
            ? [shape.x + shape.width, shape.y + shape.height, shape.look]
            : shape.is === 'text'
              ? [shape.x + widthOf(shape), shape.y, shape.text]
              : [shape.x, shape.y, shape.look];
        const isIn = shape.x >= -1 && right <= width + 1 && shape.y >= -1 && bottom <= height + 1;
        return isIn || shape.look === 'cover' ? [] : [`${name}: ${what}`];
      }),
    );
    expect(outside).toEqual([]);
    expect(
      drawings.filter(({ drawing }) => drawing.width !== WIDTH || drawing.height > 165).map(({ name }) => name),
    ).toEqual([]);
  });

  it('have no text that runs out of what it stands in', () => {
    const crossing = drawings.flatMap(({ name, drawing: { shapes } }) => {
      const rooms = shapes.filter(
        (shape) => shape.is === 'rect' && shape.height > 10 && !shape.look.startsWith('here'),
      );
      return shapes.flatMap((shape) => {
        if (shape.is !== 'text') return [];
        const right = shape.x + widthOf(shape);
        const crossed = rooms.find(
          (room) =>
            room.is === 'rect' &&
            shape.x >= room.x &&
            shape.x < room.x + room.width &&
            shape.y > room.y + 2 &&
            shape.y < room.y + room.height &&
            right > room.x + room.width + 1,
        );
        return crossed ? [`${name}: ${shape.text} in ${crossed.look}`] : [];
      });
    });
    expect(crossing).toEqual([]);
  });

  it('take every colour from the theme', () => {
    const css = readFileSync(path.resolve(import.meta.dirname, '../../../../src/webview/shared/drawing.css'), 'utf8');
    expect(css.match(/#[0-9a-f]{3,8}\b|\brgb|\bhsl|: (black|white|red|green)\b/gi)).toBeNull();
    for (const { name, drawing } of drawings) {
      for (const { look } of drawing.shapes) {
        expect(look === 'ink' || new RegExp(`\\.${look}\\b`).test(css), `${name}: ${look}`).toBe(true);
      }
    }
  });
});
