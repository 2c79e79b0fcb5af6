import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Evaluation } from '../../../src/core/record/record';
import { evaluationReport } from '../../../src/workflow/reportEvaluations';
import { Workspace } from '../../../src/workflow/workspace';
import { evaluated, record } from '../core/evaluation/build';

it('the report of one’s own draft shows nothing of others, whatever version of the checklist they used', async () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'report-'));
  const ana = evaluated(record(), 'ana', ['fail'], { submit: false, problems: { A01: ['Of Ana'] } });
  const ben = evaluated(ana.record, 'ben', ['fail'], { problems: { A01: ['Of Ben'] } });
  const evaluations = Object.entries(ben.record.evaluations).map(([id, one]): [string, Evaluation] =>
    id === ben.id ? [id, { ...one, checklist: 'house-rules@2' }] : [id, one],
  );
  const parsed = {
    record: { ...ben.record, evaluations: Object.fromEntries(evaluations) },
    invalid: new Set<string>(),
  };
  const about = { targets: ['checkout'], checklist: 'house-rules', reader: { handle: 'ana' }, isSlides: false };
  const { text } = await evaluationReport(new Workspace(root), parsed, about);
  rmSync(root, { recursive: true });
  expect(text).toContain('Of Ana');
  expect(text).not.toContain('Of Ben');
});
