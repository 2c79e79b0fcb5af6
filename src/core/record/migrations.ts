import { SCHEMA_VERSION } from './record';

type Migration = (record: Record<string, unknown>) => Record<string, unknown>;

/** `migrations[n]` turns a record of version n into one of version n + 1. */
const migrations: Record<number, Migration> = {};

/**
 * Migrates an older record to the present version in memory. The file changes only with the next real change.
 * @throws Error when a step is missing, which a test of the chain rules out.
 */
export function migrate(
  value: Record<string, unknown>,
  steps: Record<number, Migration> = migrations,
  to = SCHEMA_VERSION,
): Record<string, unknown> {
  let record = value;
  for (let version = record.schemaVersion as number; version < to; version += 1) {
    const step = steps[version];
    if (!step) throw new Error(`no migration from schemaVersion ${version}`);
    record = { ...step(record), schemaVersion: version + 1 };
  }
  return record;
}
