import type { AuditRecord, Target } from '../core/record/record';
import type { PlannedPage } from './planPages';
import type { Workspace } from './workspace';

/** Adds a target to the record. Fields that it has already stay. */
function withTarget(record: AuditRecord, slug: string, given: Target): AuditRecord {
  return { ...record, targets: { ...record.targets, [slug]: { ...given, ...record.targets[slug] } } };
}

/** Adds pages to the record as targets. */
export async function addPages(workspace: Workspace, plan: (record: AuditRecord) => PlannedPage[]): Promise<void> {
  await workspace.record.update((record) =>
    plan(record).reduce((result, { target, learn }) => withTarget(result, target, { kind: 'page', ...learn }), record),
  );
}

/** Adds a journey to the record as a target. */
export async function addJourney(workspace: Workspace, slug: string, steps: string[]): Promise<void> {
  await workspace.record.update((record) => withTarget(record, slug, { kind: 'journey', steps }));
}
