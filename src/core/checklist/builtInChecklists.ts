import cognitiveWalkthrough from './builtIn/cognitive-walkthrough.json';
import deceptivePatterns from './builtIn/deceptive-patterns.json';
import formsCheckout from './builtIn/forms-checkout.json';
import iso9241 from './builtIn/iso-9241-110.json';
import journeyCx from './builtIn/journey-cx.json';
import nielsen10 from './builtIn/nielsen-10.json';
import wcag22 from './builtIn/wcag22-aa.json';
import type { Checklist } from './checklist';

/** The checklists that come with UX Audit, the suggested one first. Titles name published sets; the texts are ours. */
export const builtInChecklists = [
  nielsen10,
  iso9241,
  cognitiveWalkthrough,
  formsCheckout,
  journeyCx,
  deceptivePatterns,
  wcag22,
] as readonly unknown[] as readonly Checklist[];
