import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checklist } from '../../../src/core/checklist/checklist';
import { emptyChecklist } from '../../../src/core/checklist/editChecklist';
import { type AuditRecord, emptyRecord } from '../../../src/core/record/record';
import { listChecklists } from '../../../src/workflow/checklists';
import {
  copyChecklist,
  editChecklist,
  type OwnChecklist,
  pastedFor,
  takeBack,
} from '../../../src/workflow/editChecklist';
import { checklistPage } from '../../../src/workflow/webviewStates/checklistPage';
import { Workspace } from '../../../src/workflow/workspace';

let root: string;
let workspace: Workspace;
const file = () => path.join(root, 'ux-audit/checklists/house-rules.json');
const text = () => readFileSync(file(), 'utf8');
const items = (...ids: string[]) => ids.map((id) => ({ id, title: `Title ${id}`, question: `Is ${id} so?` }));
const checklist = (more: object = {}) => ({
  ...emptyChecklist('house-rules', 'House rules'),
  items: items('A', 'B'),
  ...more,
});
const own = (more: Partial<OwnChecklist> = {}) => ({
  workspace,
  id: 'house-rules',
  record: emptyRecord(),
  ...more,
});
const answered = (item: string): AuditRecord => ({
  ...emptyRecord(),
  targets: { home: { kind: 'page' } },
  evaluations: {
    'home/house-rules/ana': {
      id: 'home/house-rules/ana',
      checklist: 'house-rules@1',
      target: 'home',
      evaluator: 'ana',
      state: { status: 'draft', on: '2026-01-01' },
      answers: { [item]: { verdict: 'pass' } },
    },
  },
});
const git = (...given: string[]) => execFileSync('git', given, { cwd: root });

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'checklist-'));
  workspace = new Workspace(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(value: unknown): void {
  mkdirSync(path.dirname(file()), { recursive: true });
  writeFileSync(file(), typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
}

describe('a change of a checklist', () => {
  it('is written whole, in the layout of the file, and leaves nothing beside it', async () => {
    write(JSON.stringify(checklist({ ours: [1] }), null, '\t').replaceAll('\n', '\r\n'));
    await editChecklist(own(), { do: 'change', id: 'A', field: 'good', text: 'Fine', was: '' });
    const expected = checklist({ ours: [1], items: [{ ...items('A')[0], good: 'Fine' }, ...items('B')] });
    expect(text()).toBe(`${JSON.stringify(expected, null, '\t')}\n`.replaceAll('\n', '\r\n'));
    expect(readdirSync(path.dirname(file()))).toEqual(['house-rules.json']);
  });

  it('is made in the file as it is now, so that others’ changes stay', async () => {
    write(checklist());
    write(checklist({ items: items('A', 'B', 'C') }));
    await editChecklist(own(), { do: 'move', id: 'B', after: null });
    expect(JSON.parse(text()).items).toEqual(items('B', 'A', 'C'));
  });

  it('begins the file with the first item, and not before', async () => {
    const begun = emptyChecklist('house-rules', 'House rules');
    const titled = await editChecklist(own({ begun }), {
      do: 'about',
      field: 'title',
      text: 'Ours',
      was: 'House rules',
    });
    expect(existsSync(file())).toBe(false);
    const first = { title: 'Price first', question: 'Is it?' };
    await editChecklist(own({ begun: titled.checklist }), { do: 'add', items: [first], after: null });
    expect(JSON.parse(text())).toMatchObject({ title: 'Ours', version: 1, items: [{ id: 'PriceFirst', ...first }] });
    expect((await listChecklists(workspace)).at(-1)?.checklist?.items).toHaveLength(1);
  });

  it('never touches a file that cannot be read, or one that is gone', async () => {
    write('{ "id": "house-rules", oops');
    const edit = { do: 'remove', id: 'A' } as const;
    await expect(editChecklist(own(), edit)).rejects.toThrow(/house-rules\.json, line 1/);
    expect(text()).toBe('{ "id": "house-rules", oops');
    rmSync(file());
    await expect(editChecklist(own(), edit)).rejects.toThrow(/no longer there, so nothing was written/);
    expect(existsSync(file())).toBe(false);
  });

  it('that would make a file nobody can read is refused', async () => {
    write(checklist());
    const before = text();
    const many = Array.from({ length: 150 }, (_, at) => ({ title: `T${at}`, question: `${at}${'?'.repeat(480)}` }));
    await expect(editChecklist(own(), { do: 'add', items: many, after: 'B' })).rejects.toThrow(/64 KB/);
    expect(text()).toBe(before);
  });

  it('begins a version and keeps items once the file is committed, an answer is there, or git may not be asked', async () => {
    const version = async (record?: AuditRecord) => {
      write(checklist());
      const added = { title: 'More', question: 'More?' };
      await editChecklist(own({ record: record ?? emptyRecord() }), { do: 'add', items: [added], after: 'B' });
      return JSON.parse(text()).version;
    };
    expect(await version()).toBe(1);
    expect(await version(answered('A'))).toBe(2);
    workspace.asksGit = false;
    expect(await version()).toBe(1);
    const opened = checklist() as Checklist;
    const added = await editChecklist(own({ opened }), {
      do: 'add',
      items: [{ title: 'D', question: 'D?' }],
      after: 'B',
    });
    expect(added.checklist.version).toBe(2);
    workspace.asksGit = true;
    git('init', '-q', '-b', 'main');
    write(checklist());
    git('add', '-A');
    git('-c', 'user.name=T', '-c', 'user.email=t@localhost', 'commit', '-qm', 'first');
    expect(await version()).toBe(2);
    expect((await editChecklist(own(), { do: 'remove', id: 'A' })).said).toMatch(/retired/);
    expect((await editChecklist(own(), { do: 'remove', id: 'More' })).said).toMatch(/deleted/);
  });
});

describe('taking a change back', () => {
  it('gives the same bytes as before, or no file where there was none', async () => {
    write(checklist());
    const before = text();
    const removed = await editChecklist(own(), { do: 'remove', id: 'A' });
    await takeBack(own(), removed);
    expect(text()).toBe(before);
    rmSync(file());
    const begun = emptyChecklist('house-rules', 'House rules');
    const first = { title: 'Price first', question: 'Is it?' };
    await takeBack(own(), await editChecklist(own({ begun }), { do: 'add', items: [first], after: null }));
    expect(existsSync(file())).toBe(false);
  });

  it('is refused when the file changed, and when an answer would lose its item', async () => {
    write(checklist());
    const added = await editChecklist(own(), { do: 'add', items: [{ title: 'C', question: 'C?' }], after: 'B' });
    await expect(takeBack(own({ record: answered('C') }), added)).rejects.toThrow(/cannot be taken back/);
    write(checklist());
    const change = {
      do: 'change',
      id: 'A',
      field: 'question',
      text: 'Y?',
      was: items('A')[0]?.question ?? '',
    } as const;
    const changed = await editChecklist(own(), change);
    await expect(takeBack(own({ record: answered('A') }), changed)).rejects.toThrow(/cannot be taken back/);
    write(checklist({ title: 'Theirs' }));
    await expect(takeBack(own(), added)).rejects.toThrow(/changed meanwhile, so nothing was taken back/);
    expect(JSON.parse(text()).title).toBe('Theirs');
  });
});

describe('the page of a checklist', () => {
  it('tells what may be deleted, what was answered, and what begins a version', async () => {
    write(checklist({ items: [...items('A'), { ...items('B')[0], retired: true, replacedBy: 'A' }] }));
    expect(await checklistPage(own({ record: answered('A') }), (file) => file)).toMatchObject({
      file: 'ux-audit/checklists/house-rules.json',
      isWritten: true,
      isInUse: true,
      evaluations: 1,
      items: [
        { id: 'A', isRetired: false, mustStay: true, isAnswered: true },
        { id: 'B', isRetired: true, mustStay: false, isAnswered: false, replacedBy: 'A' },
      ],
    });
    expect(await checklistPage({ ...own(), id: 'absent' }, (file) => file)).toBeUndefined();
  });
});

describe('a checklist from other sources', () => {
  it('copies a built-in one under a name of its own', async () => {
    await copyChecklist(workspace, 'nielsen-10', 'House rules');
    const copy = JSON.parse(text());
    expect(copy).toMatchObject({ id: 'house-rules', title: 'House rules', version: 1 });
    expect(copy.items).toHaveLength(10);
    await expect(copyChecklist(workspace, 'nielsen-10', 'House Rules')).rejects.toThrow(/already/);
    await expect(copyChecklist(workspace, 'nielsen-10', 'Nielsen 10')).rejects.toThrow(/among the built-in ones/);
  });

  it('reads a table beside what is there', async () => {
    write(checklist());
    const table = await pastedFor(own(), { text: 'Is it new?\nIs A so?', columns: null });
    expect(table.items).toEqual([{ title: 'Is it new', question: 'Is it new?' }]);
    expect(table.bad).toMatchObject([{ row: 2 }]);
    expect(text()).toBe(`${JSON.stringify(checklist(), null, 2)}\n`);
  });
});
