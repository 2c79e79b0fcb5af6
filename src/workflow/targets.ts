import type { AuditRecord, Target } from '../core/record/record';
import type { PlannedPage } from './planPages';
import type { Workspace } from './workspace';

/** The record with a target, whose known fields stay as they are. */
function withTarget(record: AuditRecord, slug: string, given: Target): AuditRecord {
  return { ...record, targets: { ...record.targets, [slug]: { ...given, ...record.targets[slug] } } };
}

/** Makes pages targets of the record. */
export async function addPages(workspace: Workspace, plan: (record: AuditRecord) => PlannedPage[]): Promise<void> {
  await workspace.record.update((record) =>
    plan(record).reduce((result, { target, learn }) => withTarget(result, target, { kind: 'page', ...learn }), record),
  );
}

/** Makes a journey with these steps a target of the record. */
export async function addJourney(workspace: Workspace, slug: string, steps: string[]): Promise<void> {
  await workspace.record.update((record) => withTarget(record, slug, { kind: 'journey', steps }));
}
