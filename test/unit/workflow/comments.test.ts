import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mergeProblems } from '../../../src/core/evaluation/mergeProblems';
import { mergeRecords } from '../../../src/core/record/mergeRecords';
import { emptyRecord } from '../../../src/core/record/record';
import { groupComments, importComments, listComments, ungroupComments } from '../../../src/workflow/comments';
import { exportText } from '../../../src/workflow/exportRecord';
import { readImpact } from '../../../src/workflow/impact';
import { renameEverywhere } from '../../../src/workflow/targets';
import { findingPage } from '../../../src/workflow/webviewStates/findingPage';
import { Workspace } from '../../../src/workflow/workspace';

let root: string;
let workspace: Workspace;
beforeEach(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-comments-'));
  workspace = new Workspace(root);
  await workspace.record.update(() => ({
    ...emptyRecord(),
    targets: { checkout: { kind: 'page', path: '/checkout' }, home: { kind: 'page', path: '/' } },
  }));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const take = (text: string, name = 'reviews.csv', options = {}) =>
  importComments(workspace, bytes(text), name, options);
const texts = async () => (await listComments(workspace)).map(({ text }) => text);
const ids = async () => (await listComments(workspace)).map(({ id }) => id);
const problem = { title: 'Paying is hard to find', target: 'checkout' };
const findings = async () => Object.values((await workspace.record.read()).record.findings);
const answer = (n: number) => n.toString(16).padStart(32, '0');

describe('importing comments', () => {
  it('reads the column of comments with date, page and group, and leaves every other column', async () => {
    const table = 'name,date,page,segment,comment\nAna,2026-09-01,checkout,buyers,"Where, do I\npay?"\nBo,,,,n/a\n';
    expect(await take(table)).toEqual({ added: 1, known: 0, empty: 1, column: 'comment' });
    expect(await listComments(workspace)).toMatchObject([
      { text: 'Where, do I pay?', date: '2026-09-01', target: 'checkout', segment: 'buyers', source: 'reviews.csv' },
    ]);
    expect(readFileSync(workspace.paths.comments, 'utf8')).not.toContain('Ana');
  });

  it('takes the same file twice once, and two people who wrote the same twice', async () => {
    const table = 'date,comment\n2026-09-01,too slow\n2026-09-01,too slow\n';
    expect(await take(table)).toMatchObject({ added: 2 });
    expect(await take(table)).toMatchObject({ added: 0, known: 2 });
    expect(await take(`${table}2026-09-02,too slow\n`)).toMatchObject({ added: 1, known: 2 });
  });

  it('reads a table of one column, a text file, and a column that is named', async () => {
    await take('Comment\n"Slow, and ugly"\nNice\n');
    await take('First line\n\nSecond, line\n', 'notes.txt');
    await take('date,What now?\n2026-09-01,Named\n', 'c.csv', { column: 'What now?' });
    expect((await texts()).sort()).toEqual(['First line', 'Named', 'Nice', 'Second, line', 'Slow, and ugly']);
  });

  it.each([
    ['a,b\n1,2\n', {}, 'column-missing'],
    ['date,comment\n2026-09-01,\n', {}, 'comments-none'],
    ['date,comment\n2026-09-01,x\n', { column: 'other' }, 'column-missing'],
  ])('refuses %j', async (table, options, code) => {
    await expect(take(table, 'a.csv', options)).rejects.toMatchObject({ code });
  });

  it('keeps hostile texts as inert text, and long ones short', async () => {
    await take(`date,comment\n2026-09-01,"=cmd()\u001b[31m\u202e<script>"\n2026-09-02,${'long '.repeat(1000)}\n`);
    const [long = '', hostile = ''] = await texts();
    expect(hostile).toBe('=cmd()\\u001b[31m\\u202e<script>');
    expect(long.length).toBeLessThanOrEqual(2000);
  });

  it('keeps texts out of git, also where people’s own .gitignore does not know the folder', async () => {
    execFileSync('git', ['init', '-q', root]);
    writeFileSync(path.join(root, 'ux-audit', '.gitignore'), 'runs/\n');
    mkdirSync(workspace.paths.answers);
    await take('date,comment\n2026-09-01,secret\n');
    const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' });
    expect(git('status', '--porcelain', '-uall')).not.toContain('comments.json');
    git('add', '-f', workspace.paths.comments);
    await expect(take('date,comment\n2026-09-02,more\n')).rejects.toMatchObject({ code: 'answers-committed' });
  });
});

describe('answers of the survey kit', () => {
  const kit = (...comments: string[]) => {
    mkdirSync(workspace.paths.answers, { recursive: true });
    const rows = comments.map((text, n) => `${answer(n + 1)},2026-09-01,checkout,buyer,9,"${text}"`);
    const table = `ux_audit_answer,date,target,segment,nps (0-10),comment\n${rows.join('\n')}\n`;
    writeFileSync(path.join(workspace.paths.answers, 'nps.csv'), table);
    return table;
  };

  it('are a source without an import, and are not doubled by one', async () => {
    const table = kit('Too slow', '', 'Fine');
    expect((await texts()).sort()).toEqual(['Fine', 'Too slow']);
    expect(await take(table)).toMatchObject({ added: 0, known: 2 });
    const [first = ''] = await ids();
    expect(await groupComments(workspace, problem, [first])).toMatchObject({ added: 1, comments: 1 });
    expect((await listComments(workspace)).filter(({ finding }) => finding)).toHaveLength(1);
  });
});

describe('grouping comments', () => {
  beforeEach(() =>
    take('date,comment\n2026-09-04,I could not find where to pay\n2026-09-03,pay?\n2026-09-02,no way to pay\n'),
  );

  it('makes a finding of kind reported with a count, and no text in the record', async () => {
    const [a = '', b = ''] = await ids();
    const done = await groupComments(workspace, { ...problem, stage: 'purchase', severity: 3 }, [a, b, a]);
    expect(done).toMatchObject({ added: 2, comments: 2, status: 'open' });
    expect(done.id).toMatch(/^checkout\/customers\/comments\/[0-9a-z]{6}$/);
    expect(await findings()).toMatchObject([
      { kind: 'reported', title: problem.title, comments: 2, cx: { stage: 'purchase' }, state: { severity: 3 } },
    ]);
    for (const file of ['findings.json', 'findings.md'])
      expect(readFileSync(path.join(root, 'ux-audit', file), 'utf8')).not.toContain('could not find');
    expect(readFileSync(path.join(root, 'ux-audit', 'findings.md'), 'utf8')).toContain('said by customers, 2 comments');
  });

  it('extends the problem of the same title and page, counts a comment once, and moves it to another', async () => {
    const [a = '', b = '', c = ''] = await ids();
    const first = await groupComments(workspace, problem, [a, b]);
    const again = await groupComments(workspace, { ...problem, title: ' paying is HARD to find' }, [b, c]);
    expect(again).toMatchObject({ id: first.id, added: 1, comments: 3 });
    const other = await groupComments(workspace, { title: 'Prices hide', target: 'home' }, [a]);
    expect(other).toMatchObject({ added: 1, comments: 1 });
    expect((await findings()).map(({ comments }) => comments).sort()).toEqual([1, 2]);
  });

  it('is undone whole', async () => {
    const all = await ids();
    await groupComments(workspace, problem, all);
    expect(await ungroupComments(workspace, all)).toBe(3);
    expect(await findings()).toEqual([]);
    expect((await listComments(workspace)).every(({ finding }) => finding === undefined)).toBe(true);
  });

  it.each([
    [{ ...problem, target: 'nowhere' }, 'target-unknown'],
    [{ ...problem, title: ' ' }, 'title-invalid'],
    [{ ...problem, stage: 'paying' }, 'stage-invalid'],
    [{ ...problem, severity: 5 }, 'severity-invalid'],
    [{ ...problem, title: 'They say: I could not find  where to PAY' }, 'comment-quoted'],
  ])('refuses %j and writes nothing', async (given, code) => {
    await expect(groupComments(workspace, given, await ids())).rejects.toMatchObject({ code });
    expect(await findings()).toEqual([]);
  });

  it('refuses comments that are not here, or none', async () => {
    await expect(groupComments(workspace, problem, ['0000000000'])).rejects.toMatchObject({ code: 'comment-unknown' });
    await expect(groupComments(workspace, problem, [])).rejects.toMatchObject({ code: 'comments-chosen' });
  });

  it('shows their texts on the page of the problem on this machine, and no export has them', async () => {
    const [a = '', b = ''] = await ids();
    const { id } = await groupComments(workspace, problem, [a, b]);
    const parsed = await workspace.record.read();
    const open = { workspace, parsed, error: undefined, latest: [] };
    const page = (one: string) => findingPage(open, one, { fileUrl: (file) => file, dist: root });
    const said = (await page(id)).said;
    const all = new Map((await listComments(workspace)).map((one) => [one.id, one.text]));
    expect(said?.texts.map(({ text }) => text).sort()).toEqual([all.get(a), all.get(b)].sort());
    expect(said).toMatchObject({ here: 2, error: null });
    expect([...all.values()].join()).toContain('could not find');
    const about = { title: 'shop', madeOn: '2026-11-22', version: '1.0.0' };
    for (const format of ['sarif', 'csv', 'html'] as const)
      expect(await exportText(workspace, parsed, format, about)).not.toContain('could not find');
    const impact = await readImpact(workspace, { today: '2026-11-22', dist: root });
    expect(JSON.stringify(impact)).not.toContain('could not find');
    writeFileSync(workspace.paths.comments, '<<<<<<< HEAD');
    expect((await page(id)).said).toMatchObject({
      texts: [],
      here: 0,
      error: expect.stringContaining('comments.json'),
    });
  });

  it('finds the comments of a problem whose page got another name', async () => {
    const { id } = await groupComments(workspace, problem, await ids());
    await renameEverywhere(workspace, 'checkout', 'pay');
    const renamed = id.replace('checkout', 'pay');
    expect((await listComments(workspace)).map(({ finding }) => finding)).toEqual([renamed, renamed, renamed]);
  });

  it('adds up what two machines grouped, and what two merged problems had', async () => {
    const [a = '', b = ''] = await ids();
    const one = await groupComments(workspace, problem, [a]);
    const two = await groupComments(workspace, { title: 'Other', target: 'checkout' }, [b]);
    const { record } = await workspace.record.read();
    expect(mergeProblems(record, one.id, two.id).findings[one.id]?.comments).toBe(2);
    const with1 = (comments: number) => {
      const finding = record.findings[one.id];
      return { ...record, findings: finding ? { [one.id]: { ...finding, comments } } : {} };
    };
    const merged = mergeRecords(with1(5), with1(8), with1(7));
    expect(merged.record.findings[one.id]?.comments).toBe(10);
  });
});
