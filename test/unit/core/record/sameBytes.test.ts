import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { mergeRecords } from '../../../../src/core/record/mergeRecords';
import { randomEdits, randomRecord, seeded } from './randomEdits';

// The hash is that of version 0.1.0. Another one means that every record in use changes at its next write.
it('writes 500 records, edited and merged, in the same bytes as version 0.1.0', () => {
  const hash = createHash('sha256');
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = seeded(seed);
    const base = randomRecord(random, 12);
    const ours = randomEdits(base, random, 8);
    const theirs = randomEdits(base, random, 8);
    for (const record of [base, ours, theirs, mergeRecords(base, ours, theirs).record]) {
      hash.update(canonicalText(record));
    }
  }
  expect(hash.digest('hex')).toBe('6cf8905b8360b421422121965a20f57d721bde8b29e5ce6b6f84bb765d0d3cde');
});
