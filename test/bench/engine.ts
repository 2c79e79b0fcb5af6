/** What the bench uses of the product's sources; bundled by bundles.mjs. */
export { neighbours, replay } from '../../src/core/verdict/calibration';
export { compareRows } from '../../src/core/verdict/pageComparison';
export { AuditEngine } from '../../src/engine/auditEngine';
export { canSandbox } from '../../src/engine/browsers/findBrowser';
export { auditPages } from '../../src/workflow/auditPages';
export { comparePages } from '../../src/workflow/comparePages';
export { Workspace } from '../../src/workflow/workspace';
