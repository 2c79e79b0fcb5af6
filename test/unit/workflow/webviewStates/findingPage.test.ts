import { expect, it } from 'vitest';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { readableFinding } from '../../../../src/workflow/webviewStates/openRecord';
import { randomRecord, seeded } from '../../core/record/randomEdits';

it('shows no finding whose entry names another: a decision on its page would be about that one', () => {
  const text = canonicalText(randomRecord(seeded(3), 12));
  const [id = ''] = Object.keys(JSON.parse(text).findings);
  const whole = parseRecord(text, 'findings.json');
  expect(readableFinding(whole, id)?.id).toBe(id);
  const copied = parseRecord(text.replace(`"id": "${id}"`, '"id": "home/lighthouse/other"'), 'findings.json');
  expect(copied.record.findings[id]).toBeDefined();
  expect(readableFinding(copied, id)).toBeUndefined();
});
