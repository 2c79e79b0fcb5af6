/** What the bench uses of the product's sources; bundled by bundles.mjs. */
export { AuditEngine } from '../../src/engine/auditEngine';
export { canSandbox } from '../../src/engine/browsers/findBrowser';
export { auditPages } from '../../src/workflow/auditPages';
export { Workspace } from '../../src/workflow/workspace';
