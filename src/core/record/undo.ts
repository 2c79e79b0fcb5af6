import { sameJson } from './mergeRecords';
import type { AuditRecord } from './record';

/** What one action changed in the record, entry by entry, so that it can be taken back. */
export interface Undo {
  entries: { section: 'targets' | 'evaluations' | 'findings'; key: string; before: unknown; after: unknown }[];
  settings: { before: unknown; after: unknown } | undefined;
}

const sections = ['targets', 'evaluations', 'findings'] as const;

/** What changed between two states of a record. */
export function changesBetween(before: AuditRecord, after: AuditRecord): Undo {
  const entries = sections.flatMap((section) => {
    const [old, now] = [before[section], after[section]] as Record<string, unknown>[];
    const keys = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})]);
    return [...keys]
      .filter((key) => !sameJson(old?.[key], now?.[key]))
      .map((key) => ({ section, key, before: old?.[key], after: now?.[key] }));
  });
  const isSame = sameJson(before.settings, after.settings);
  return { entries, settings: isSame ? undefined : { before: before.settings, after: after.settings } };
}

/**
 * Takes an action back. An entry that somebody changed since stays as it is.
 * @returns the record, and the keys of the entries that stay
 */
export function undone(record: AuditRecord, undo: Undo): { record: AuditRecord; kept: string[] } {
  const next = { ...record, targets: { ...record.targets }, evaluations: { ...record.evaluations } };
  next.findings = { ...record.findings };
  const kept: string[] = [];
  for (const { section, key, before, after } of undo.entries) {
    const entries = next[section] as Record<string, unknown>;
    if (!sameJson(entries[key], after)) kept.push(key);
    else if (before === undefined) delete entries[key];
    else entries[key] = before;
  }
  if (undo.settings) {
    if (!sameJson(next.settings, undo.settings.after)) kept.push('settings');
    else if (undo.settings.before === undefined) delete next.settings;
    else next.settings = undo.settings.before as NonNullable<AuditRecord['settings']>;
  }
  return { record: next, kept };
}
