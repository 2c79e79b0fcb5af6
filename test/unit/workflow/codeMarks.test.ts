import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditRecord, emptyRecord, findingSchema } from '../../../src/core/record/record';
import { codeMarks } from '../../../src/workflow/codeMarks';
import { Workspace } from '../../../src/workflow/workspace';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'marks-'));
  mkdirSync(path.join(root, 'site'));
  const html =
    '<!doctype html>\n<html lang="en">\n<body>\n  <img id="lamp" src="lamp.svg">\n  <img id="logo" src="logo.svg">\n</body>\n</html>\n';
  writeFileSync(path.join(root, 'site/index.html'), html);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const place = (id: string) => ({ selector: `body > img#${id}`, snippet: `<img id="${id}" src="${id}.svg">` });

function record(change: object = {}): AuditRecord {
  const id = 'home/lighthouse/image-alt';
  const occurrences = { aaaaaaaa: place('lamp'), bbbbbbbb: place('logo'), cccccccc: place('gone') };
  const rule = 'lighthouse/image-alt';
  const state = { status: 'open', severity: 3 };
  const finding = findingSchema.parse({
    kind: 'automated',
    rule,
    title: 'x',
    target: 'home',
    state,
    occurrences,
    id,
    ...change,
  });
  const home = { kind: 'page', path: '/', serve: { folder: 'site' } };
  return { ...emptyRecord(), targets: { home }, findings: { [id]: finding } };
}

const marksOf = (of: AuditRecord) => codeMarks(new Workspace(root), { record: of, invalid: new Set() }, []);

describe('marks in the code', () => {
  it('stand where the places of open findings are written now, with what is wrong', async () => {
    const marks = await marksOf(record());
    expect(
      marks.map(({ position, length, message, occurrence }) => ({ ...position, length, message, occurrence })),
    ).toEqual([
      {
        file: 'site/index.html',
        line: 4,
        column: 3,
        by: 'exact',
        length: 4,
        message: 'Image without alt text',
        occurrence: 'aaaaaaaa',
      },
      {
        file: 'site/index.html',
        line: 5,
        column: 3,
        by: 'exact',
        length: 4,
        message: 'Image without alt text',
        occurrence: 'bbbbbbbb',
      },
    ]);
  });

  it('leave out what is decided, the finding or one of its places', async () => {
    expect(await marksOf(record({ state: { status: 'accepted', by: 'ana', on: '2026-01-01', reason: 'x' } }))).toEqual(
      [],
    );
    const decided = { status: 'accepted', by: 'ana', on: '2026-01-01', reason: 'x' };
    const one = record({ occurrences: { aaaaaaaa: { ...place('lamp'), decided }, bbbbbbbb: place('logo') } });
    expect((await marksOf(one)).map(({ occurrence }) => occurrence)).toEqual(['bbbbbbbb']);
  });

  it('follow the file as it changes', async () => {
    writeFileSync(
      path.join(root, 'site/index.html'),
      `<!doctype html>\n<html><body>\n\n\n<img id="lamp" src="lamp.svg"></body></html>`,
    );
    expect((await marksOf(record())).map(({ position }) => position.line)).toEqual([5]);
  });
});
