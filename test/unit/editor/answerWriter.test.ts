import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AnswerVerdict, setAnswer, submitEvaluation } from '../../../src/core/evaluation/evaluation';
import { AnswerWriter } from '../../../src/editor/evaluation/answerWriter';
import { Workspace } from '../../../src/workflow/workspace';
import { evaluated, on, record } from '../core/evaluation/build';

let root: string;
let workspace: Workspace;
let writer: AnswerWriter;
const begun = evaluated(record(), 'ana', [], { submit: false });
const other = evaluated(begun.record, 'ana', [], { submit: false, target: 'home' });

beforeEach(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'writer-'));
  workspace = new Workspace(root);
  mkdirSync(path.dirname(workspace.paths.record), { recursive: true });
  await workspace.record.update(() => other.record);
  writer = new AnswerWriter((change) => workspace.record.update(change));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const give = (item: string, verdict: AnswerVerdict, id = begun.id) =>
  writer.add(`${id} ${item}`, (before) => setAnswer(before, id, item, { verdict }));
const answers = async (id = begun.id) => (await workspace.record.read()).record.evaluations[id]?.answers;

describe('answers that are given one after the other', () => {
  it('are on disk once they are acknowledged, of each field the newest', async () => {
    await Promise.all([give('A01', 'pass'), give('A02', 'pass'), give('A01', 'unsure')]);
    expect(await answers()).toEqual({ A01: { verdict: 'unsure' }, A02: { verdict: 'pass' } });
    expect(writer.unsaved).toBe(0);
  });

  it('are kept while the record cannot be written, shown over it, and written later', async () => {
    const good = readFileSync(workspace.paths.record, 'utf8');
    const { record: shown } = await workspace.record.read();
    writeFileSync(workspace.paths.record, good.slice(0, -20));
    const given = give('A01', 'pass');
    await expect(given).rejects.toMatchObject({ code: 'record-truncated' });
    expect(writer.unsaved).toBe(1);
    expect(writer.over(shown).evaluations[begun.id]?.answers).toEqual({ A01: { verdict: 'pass' } });
    writeFileSync(workspace.paths.record, good);
    await writer.flush();
    expect(writer.unsaved).toBe(0);
    expect(await answers()).toEqual({ A01: { verdict: 'pass' } });
  });

  it('are refused one by one, by those who gave them, and are not tried again', async () => {
    await workspace.record.update((before) => submitEvaluation(before, begun.id, { on }));
    const [refused, taken] = await Promise.allSettled([give('A01', 'fail'), give('A01', 'pass', other.id)]);
    expect(refused).toMatchObject({
      reason: { code: 'not-taken', message: 'This evaluation was submitted, so its answers stand.' },
    });
    expect(taken).toMatchObject({ status: 'fulfilled' });
    expect(await answers(other.id)).toEqual({ A01: { verdict: 'pass' } });
    expect(writer.unsaved).toBe(0);
  });
});
