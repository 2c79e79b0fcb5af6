import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { mergeRecords } from '../../../../src/core/record/mergeRecords';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { attempts } from '../../../patience';
import { randomEdits, randomRecord, seeded } from './randomEdits';

const PAIRS = attempts(400, 20_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-merge-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(`a text merge by git is right or a conflict, never silently wrong, in ${PAIRS} random pairs of edits`, () => {
  const files = ['ours', 'base', 'theirs'].map((name) => path.join(folder, name));
  let clean = 0;
  let conflicts = 0;
  for (let seed = 1; seed <= PAIRS; seed += 1) {
    const random = seeded(seed);
    const base = randomRecord(random, 4 + Math.floor(random() * 20));
    const [ours, theirs] = [randomEdits(base, random, 4), randomEdits(base, random, 4)];
    for (const [index, record] of [ours, base, theirs].entries())
      writeFileSync(files[index] as string, canonicalText(record));
    const { status, stdout } = spawnSync('git', ['merge-file', '-p', ...files], { encoding: 'utf8' });
    if (status !== 0) {
      conflicts += 1;
      continue;
    }
    clean += 1;
    const merged = parseRecord(stdout); // throws when it is not valid
    const { problems } = merged;
    const text = canonicalText(merged.record); // two entries added in one place may stand in another order
    const { record, questions } = mergeRecords(base, ours, theirs);
    if (problems.length > 0 || questions.length > 0 || text !== canonicalText(record)) {
      expect({ seed, problems, questions, text }).toEqual({
        seed,
        problems: [],
        questions: [],
        text: canonicalText(record),
      });
    }
  }
  expect(clean).toBeGreaterThan(PAIRS / 10);
  expect(conflicts).toBeGreaterThan(PAIRS / 10);
});
