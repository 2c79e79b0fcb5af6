import { describe, expect, it } from 'vitest';
import { migrate } from '../../../../src/core/record/migrations';
import { SCHEMA_VERSION } from '../../../../src/core/record/record';

describe('migrating an older record', () => {
  it('has a step from every version that was ever written', () => {
    for (let version = 1; version <= SCHEMA_VERSION; version += 1) {
      expect(migrate({ schemaVersion: version, targets: {}, evaluations: {}, findings: {} }).schemaVersion).toBe(
        SCHEMA_VERSION,
      );
    }
  });

  it('takes one step after the other and leaves the given record as it was', () => {
    const steps = {
      1: (record: Record<string, unknown>) => ({ ...record, two: 'added' }),
      2: ({ two, ...record }: Record<string, unknown>) => ({ ...record, three: `${two} and renamed` }),
    };
    const old = { schemaVersion: 1, kept: true };
    expect(migrate(old, steps, 3)).toEqual({ schemaVersion: 3, kept: true, three: 'added and renamed' });
    expect(migrate({ schemaVersion: 2, two: 'given' }, steps, 3)).toEqual({
      schemaVersion: 3,
      three: 'given and renamed',
    });
    expect(old).toEqual({ schemaVersion: 1, kept: true });
  });

  it('returns a record of the present version untouched', () => {
    const record = { schemaVersion: SCHEMA_VERSION };
    expect(migrate(record)).toBe(record);
  });

  it('refuses when a step is missing', () => {
    expect(() => migrate({ schemaVersion: 1 }, {}, 2)).toThrow('no migration from schemaVersion 1');
  });
});
