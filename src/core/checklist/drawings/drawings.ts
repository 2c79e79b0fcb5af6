import { builtInChecklists } from '../builtInChecklists';
import { cognitiveWalkthrough } from './cognitiveWalkthrough';
import { deceptivePatterns } from './deceptivePatterns';
import { formsCheckout } from './formsCheckout';
import { iso9241110 } from './iso9241110';
import { journeyCx } from './journeyCx';
import { nielsen10 } from './nielsen10';
import type { DrawnItem, Scene } from './scene';
import { wcagOperable } from './wcagOperable';
import { wcagPerceivable } from './wcagPerceivable';
import { wcagUnderstandable } from './wcagUnderstandable';

/** The drawings of the built-in checklists' items, by the id of the checklist and of the item. */
export const drawnItems: Readonly<Record<string, Readonly<Record<string, DrawnItem>>>> = {
  'nielsen-10': nielsen10,
  'iso-9241-110': iso9241110,
  'cognitive-walkthrough': cognitiveWalkthrough,
  'forms-checkout': formsCheckout,
  'journey-cx': journeyCx,
  'deceptive-patterns': deceptivePatterns,
  'wcag22-aa': { ...wcagPerceivable, ...wcagOperable, ...wcagUnderstandable },
};

/** The items without drawings, and why. */
export const undrawnItems: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'wcag22-aa': {
    '2.3.1': 'The examples differ in how often they flash in a second, which a still picture cannot show.',
  },
};

/**
 * The drawing of each example, by the words of the example. An item of a checklist of one's own that kept the words of
 * a built-in one has its drawing too; other words have none, since the drawing would show something else.
 */
export function drawnExamples(): Record<string, Scene> {
  const pairs = builtInChecklists.flatMap(({ id, items }) =>
    items.flatMap((item) => {
      const drawn = drawnItems[id]?.[item.id];
      return drawn ? [[item.good, drawn.good] as const, [item.bad, drawn.bad] as const] : [];
    }),
  );
  return Object.fromEntries(pairs);
}
