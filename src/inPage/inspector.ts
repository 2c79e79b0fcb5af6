import type { Selector } from '../core/journey/recording';
import { hoversFor } from './hover';
import { selectorsOf, usedElement } from './selectors';

/** What is known of an element that an action uses. */
export interface Inspected {
  /** Its selectors, best first; each leads to it alone. */
  selectors: Selector[];
  /** The selectors of what the pointer has to be over so that it is visible, from outside in. */
  hovers: Selector[][];
}

/** Put into pages while a journey is checked: looks at the elements that its actions use. */
declare global {
  var uxAuditInspect: (element: Element) => Inspected;
}

globalThis.uxAuditInspect = (element) => {
  const used = usedElement(element);
  return { selectors: selectorsOf(used), hovers: hoversFor(used).map(selectorsOf) };
};
