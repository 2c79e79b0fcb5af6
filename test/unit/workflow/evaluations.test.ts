import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { submitEvaluation } from '../../../src/core/evaluation/evaluation';
import { type AuditRecord, emptyRecord } from '../../../src/core/record/record';
import { beginEvaluations, freshnessOf, presentSources, targetsToBegin } from '../../../src/workflow/evaluations';
import { evaluationText, importEvaluationFile, newestEvaluations } from '../../../src/workflow/exchangeEvaluations';
import { myWork } from '../../../src/workflow/myWork';
import { planShare, share } from '../../../src/workflow/shareEvaluations';
import { Workspace } from '../../../src/workflow/workspace';
import { checklist, evaluated, on } from '../core/evaluation/build';

let root: string;
let workspace: Workspace;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'evaluations-'));
  workspace = new Workspace(root);
  write('site/checkout.html', '<p>Pay</p>');
  write('src/other.ts', '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function git(...given: string[]): string {
  return execFileSync('git', given, { cwd: root, encoding: 'utf8' });
}

function repository(): void {
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@localhost');
  git('add', '-A');
  git('commit', '-qm', 'first');
}

const targets: AuditRecord['targets'] = {
  checkout: { kind: 'page', path: '/checkout.html', serve: { folder: 'site' } },
  deployed: { kind: 'page', path: '/x', origins: { deployed: 'https://shop.example' } },
  declared: { kind: 'page', path: '/y', sources: ['src'] },
};

async function submitted(target: string) {
  const { record, id } = evaluated({ ...emptyRecord(), targets }, 'ana', ['pass'], { target, submit: false });
  const { commit, uncommitted } = await presentSources(workspace, record, [target]);
  const after = submitEvaluation(record, id, { on, commit, uncommitted: uncommitted.has(target) });
  return { record: after, id, evaluation: after.evaluations[id] as never };
}

describe('beginning an evaluation', () => {
  const ana = { targets: ['checkout', 'declared'], checklist: checklist.id, evaluator: 'ana' };
  const begin = () => beginEvaluations(workspace, ana, on);
  const file = `ux-audit/checklists/${checklist.id}.json`;
  beforeEach(() => workspace.record.update((record) => ({ ...record, targets })));

  it('begins what is not there, and leaves what is as it is', async () => {
    write(file, JSON.stringify(checklist));
    const before = evaluated({ ...emptyRecord(), targets }, 'ana', ['pass']);
    await workspace.record.update(() => before.record);
    expect(targetsToBegin(before.record, ana)).toEqual(['declared']);
    await begin();
    const { record } = await workspace.record.read();
    expect(Object.keys(record.evaluations)).toEqual(['checkout/house-rules/ana', 'declared/house-rules/ana']);
    expect(record.evaluations[before.id]).toEqual(before.record.evaluations[before.id]);
    expect(targetsToBegin(record, ana)).toEqual([]);
  });

  it('needs a checklist that can be read; what was answered with it does not', async () => {
    await expect(begin()).rejects.toThrow(/no checklist "house-rules"/);
    write(file, '{ "schemaVersion": 1,');
    await expect(begin()).rejects.toThrow(/house-rules\.json, line 1: this is not valid JSON/);
    const { record } = evaluated({ ...emptyRecord(), targets }, 'ana', ['unsure']);
    expect(targetsToBegin(record, { ...ana, targets: ['checkout'] })).toEqual([]);
    const table = await evaluationText(
      workspace,
      record,
      { checklist: ana.checklist, evaluations: newestEvaluations(record, { ...ana, targets: ['checkout'] }) },
      'csv',
      { date: on },
    );
    expect(table).toContain('"A01","","unsure"');
  });
});

describe('what waits for a person', () => {
  const workFor = async (record: AuditRecord, me: string) => {
    await workspace.record.update(() => record);
    return myWork({ workspace, parsed: await workspace.record.read() }, me);
  };

  it('is to evaluate again once files of the page changed, where git may be asked', async () => {
    write(`ux-audit/checklists/${checklist.id}.json`, JSON.stringify(checklist));
    repository();
    const { record } = await submitted('checkout');
    const { turns, titles } = await workFor(record, 'ana');
    expect(turns).toEqual([]);
    expect(titles.get(checklist.id)).toBe(checklist.title);
    write('site/checkout.html', '<p>Pay now</p>');
    const [turn] = (await workFor(record, 'ana')).turns;
    expect(turn).toMatchObject({ kind: 'again', why: [expect.stringContaining('site/checkout.html')] });
    workspace.asksGit = false; // as in an untrusted workspace
    expect((await workFor(record, 'ana')).turns).toEqual([]);
    expect((await workFor(record, 'bo')).turns).toMatchObject([{ kind: 'join' }]);
  });
});

describe('what is not sent yet', () => {
  const workOf = async (me: string) => myWork({ workspace, parsed: await workspace.record.read() }, me);
  const unsentOf = async (me: string) => (await workOf(me)).unsent;
  const commitAll = () => {
    git('add', '-A');
    git('commit', '-q', '-m', 'Evaluate');
  };

  it('is what somebody submitted and the team does not have, as it is now', async () => {
    write(`ux-audit/checklists/${checklist.id}.json`, JSON.stringify(checklist));
    repository();
    git('init', '-q', '--bare', '.git/team');
    git('remote', 'add', 'origin', path.join(root, '.git/team'));
    git('push', '-q', '-u', 'origin', 'HEAD');
    const { record, id } = await submitted('checkout');
    await workspace.record.update(() => record);
    const unsent = [{ target: 'checkout', checklist: checklist.id }];
    expect(await unsentOf('ana')).toEqual(unsent);
    expect(await unsentOf('bo')).toEqual([]);
    commitAll();
    expect(await unsentOf('ana')).toEqual(unsent);
    expect((await workOf('ana')).sent).toEqual([]);
    git('push', '-q');
    expect(await workOf('ana')).toMatchObject({ unsent: [], sent: unsent });
    expect((await workOf('bo')).sent).toEqual([]);
    const changed = { ...record.evaluations[id], context: 'on a train' } as never;
    await workspace.record.update((now) => ({ ...now, evaluations: { [id]: changed } }));
    expect(await unsentOf('ana')).toEqual(unsent);
    workspace.asksGit = false; // as in an untrusted workspace
    expect(await workOf('ana')).toMatchObject({ unsent: [], sent: [], unclear: unsent });
  });

  it('is unclear where there is no git', async () => {
    write(`ux-audit/checklists/${checklist.id}.json`, JSON.stringify(checklist));
    const { record } = await submitted('checkout');
    await workspace.record.update(() => record);
    const unclear = [{ target: 'checkout', checklist: checklist.id }];
    expect(await workOf('ana')).toMatchObject({ unsent: [], sent: [], unclear });
    expect(await workOf('bo')).toMatchObject({ unsent: [], sent: [], unclear: [] });
  });
});

describe('importing an evaluation', () => {
  const given = { targets: ['checkout'], checklist: 'nielsen-10', evaluator: 'bo', on, suffixOf: () => 'abcdef' };
  const load = (text: string, change = {}) =>
    importEvaluationFile(workspace, new TextEncoder().encode(text), 'x', { ...given, ...change });
  const evaluations = async () => (await workspace.record.read()).record.evaluations;
  beforeEach(() => workspace.record.update((record) => ({ ...record, targets })));

  it('begins a draft only for something to put into it', async () => {
    expect(await load('item,verdict,evaluator\nH01,pass,ana\n')).toMatchObject({ answers: 0, faults: [{ row: 2 }] });
    expect(await evaluations()).toEqual({});
    expect(await load('item,verdict,evaluator\nH01,pass,bo\n')).toMatchObject({ answers: 1, faults: [] });
    expect(Object.keys(await evaluations())).toEqual(['checkout/nielsen-10/bo']);
  });
});

describe('importing a WCAG-EM report', () => {
  it('takes its only page also where the address cannot be read', async () => {
    await workspace.record.update((record) => ({ ...record, targets }));
    const report = {
      selectSample: { structuredSample: [{ id: '_:1', title: 'Start', description: 'http://localhost:PORT/' }] },
      auditSample: [{ subject: '_:1', test: 'WCAG22:page-titled', result: { outcome: 'earl:passed' } }],
    };
    const given = { targets: ['checkout'], checklist: 'wcag22-aa', evaluator: 'bo', on, suffixOf: () => 'abcdef' };
    const bytes = new TextEncoder().encode(JSON.stringify(report));
    expect(await importEvaluationFile(workspace, bytes, 'x', given)).toMatchObject({ answers: 1, faults: [] });
  });
});

describe('whether an evaluation is stale', () => {
  it('is told by the files its target is served from, committed or not', async () => {
    repository();
    const { record, evaluation } = await submitted('checkout');
    expect(await freshnessOf(workspace, record, evaluation)).toMatchObject({ state: 'current' });
    write('src/other.ts', 'changed');
    expect(await freshnessOf(workspace, record, evaluation)).toMatchObject({ state: 'current' });
    write('site/checkout.html', '<p>Pay now</p>');
    expect(await freshnessOf(workspace, record, evaluation)).toMatchObject({
      state: 'stale',
      why: expect.stringContaining('site/checkout.html'),
    });
    git('commit', '-qam', 'second');
    expect(await freshnessOf(workspace, record, evaluation)).toMatchObject({ state: 'stale' });
  });

  it('is told by the sources a target names', async () => {
    repository();
    const { record, evaluation } = await submitted('declared');
    write('site/checkout.html', 'changed');
    expect(await freshnessOf(workspace, record, evaluation)).toMatchObject({ state: 'current' });
    write('src/other.ts', 'changed');
    expect(await freshnessOf(workspace, record, evaluation)).toMatchObject({ state: 'stale' });
  });

  it('is told by new files too, unless they are ignored', async () => {
    repository();
    const { record, evaluation } = await submitted('checkout');
    write('.gitignore', 'site/*.map\n');
    write('site/checkout.map', '{}');
    expect(await freshnessOf(workspace, record, evaluation)).toMatchObject({ state: 'current' });
    write('site/pay.js', '');
    expect(await freshnessOf(workspace, record, evaluation)).toMatchObject({
      state: 'stale',
      why: expect.stringContaining('1 file of site changed'),
    });
  });

  it('is not told where git knows no file of the target', async () => {
    write('.gitignore', 'src\n');
    repository();
    const ignored = await submitted('declared');
    const why = expect.stringContaining('git knows no file of');
    expect(await freshnessOf(workspace, ignored.record, ignored.evaluation)).toMatchObject({ state: 'unknown', why });
    const mistyped = { ...ignored.record, targets: { declared: { kind: 'page', sources: ['scr/checkout'] } } };
    expect(await freshnessOf(workspace, mistyped, ignored.evaluation)).toMatchObject({ state: 'unknown', why });
  });

  it('is not told where the files had changes beyond the commit when it was submitted', async () => {
    repository();
    write('site/checkout.html', '<p>Pay later</p>');
    const clean = await submitted('declared');
    expect(clean.record.evaluations['declared/house-rules/ana']?.state).not.toHaveProperty('uncommitted');
    const { record, evaluation } = await submitted('checkout');
    expect(record.evaluations['checkout/house-rules/ana']?.state.uncommitted).toBe(true);
    expect(await freshnessOf(workspace, record, evaluation)).toMatchObject({
      state: 'unknown',
      why: expect.stringContaining('not committed when it was submitted'),
    });
  });

  it('is never guessed: it says why it cannot be told', async () => {
    const without = await submitted('checkout');
    expect(await freshnessOf(workspace, without.record, without.evaluation)).toMatchObject({
      state: 'unknown',
      why: expect.stringContaining('no commit'),
    });
    repository();
    const deployed = await submitted('deployed');
    expect(await freshnessOf(workspace, deployed.record, deployed.evaluation)).toMatchObject({
      state: 'unknown',
      why: expect.stringContaining('which files it is made of'),
    });
    const { record, evaluation } = await submitted('checkout');
    const rebased = { ...(evaluation as object), state: { status: 'submitted', on, commit: '0123456789' } } as never;
    expect(await freshnessOf(workspace, record, rebased)).toMatchObject({
      state: 'unknown',
      why: expect.stringContaining('not in this repository'),
    });
  });
});

describe('sharing an evaluation', () => {
  async function recorded() {
    const { record, id } = evaluated({ ...emptyRecord(), targets }, 'ana', ['fail'], {
      problems: { A01: ['It breaks'] },
    });
    write(`ux-audit/checklists/${checklist.id}.json`, JSON.stringify(checklist));
    write('ux-audit/evidence/aaaaaaaaaaaa.png', 'picture');
    write('ux-audit/evidence/bbbbbbbbbbbb.png', 'of something else');
    const [finding] = Object.values(record.findings);
    const withAttachment = {
      ...record,
      findings: { [finding?.id ?? '']: { ...finding, evidence: ['evidence/aaaaaaaaaaaa.png'] } as never },
    };
    await workspace.record.update(() => withAttachment);
    return { record: withAttachment, id, problem: finding?.id ?? '' };
  }

  it('commits the record, its evidence and its checklist, and nothing else, whatever is staged', async () => {
    repository();
    const { record, id } = await recorded();
    const [first, ...others] = checklist.items;
    const pictured = { ...checklist, items: [{ ...first, goodPicture: 'evidence/bbbbbbbbbbbb.png' }, ...others] };
    write('ux-audit/checklists/house-rules.json', JSON.stringify(pictured));
    write('ux-audit/evidence/bbbbbbbbbbbb.png', 'an example');
    write('unrelated.txt', 'x');
    git('add', 'unrelated.txt');
    const plan = await planShare(workspace, record, [id]);
    expect(plan?.files.sort()).toEqual([
      'ux-audit/.gitattributes',
      'ux-audit/.gitignore',
      'ux-audit/checklists/house-rules.json',
      'ux-audit/evidence/aaaaaaaaaaaa.png',
      'ux-audit/evidence/bbbbbbbbbbbb.png',
      'ux-audit/findings.json',
      'ux-audit/findings.md',
    ]);
    expect(plan).toMatchObject({
      branch: 'main',
      message: 'UX evaluation of checkout with house-rules by ana',
      suggestedBranch: 'ux/house-rules-checkout-ana',
    });
    const commit = await share(workspace, plan as never, 'ux/mine');
    expect(git('show', '--name-only', '--format=', commit).trim().split('\n').sort()).toEqual(plan?.files.sort());
    expect(git('branch', '--show-current').trim()).toBe('ux/mine');
    expect(git('status', '--porcelain')).toMatch(/^A {2}unrelated\.txt/m);
    expect((await planShare(workspace, record, [id]))?.files).toEqual([]);
  });

  function refuseCommits(): void {
    write('.git/hooks/pre-commit', '#!/bin/sh\necho "the house says no" >&2\nexit 1\n');
    chmodSync(path.join(root, '.git/hooks/pre-commit'), 0o755);
  }
  const shareNow = async (record: AuditRecord, id: string, branch?: string) =>
    share(workspace, (await planShare(workspace, record, [id])) as never, branch);
  const situation = () => ({
    head: git('rev-parse', '--symbolic-full-name', 'HEAD'),
    branches: git('branch', '--list', '--format=%(refname)'),
    status: git('status', '--porcelain'),
    staged: git('diff', '--cached'),
    record: readFileSync(workspace.paths.record, 'utf8'),
  });

  it.each([
    ['here', undefined],
    ['on a new branch', 'ux/mine'],
  ])('tells what git said when it could not commit %s, and leaves everything as it was', async (_, branch) => {
    repository();
    const { record, id } = await recorded();
    git('add', 'ux-audit/findings.md'); // staged by hand before
    write('ux-audit/findings.md', 'older, to be committed');
    write('unrelated.txt', 'x');
    git('add', 'unrelated.txt');
    refuseCommits();
    const before = situation();
    const failing = expect(shareNow(record, id, branch)).rejects;
    await failing.toMatchObject({
      message: expect.stringContaining('the house says no'),
      next: expect.stringContaining('Nothing was changed.'),
    });
    expect(situation()).toEqual(before);
  });

  it('leaves a branch alone that is there already', async () => {
    repository();
    git('branch', 'ux/mine');
    const { record, id } = await recorded();
    const before = situation();
    await expect(shareNow(record, id, 'ux/mine')).rejects.toThrow(/already exists/);
    expect(situation()).toEqual(before);
  });

  it('goes back to where it was where no branch is checked out', async () => {
    repository();
    git('switch', '-q', '--detach');
    const { record, id } = await recorded();
    refuseCommits();
    const before = situation();
    await expect(shareNow(record, id, 'ux/mine')).rejects.toThrow(/the house says no/);
    expect(situation()).toEqual(before);
  });

  it('takes along what the record names of others, and says what else changed in it', async () => {
    const mine = await recorded();
    repository();
    const theirs = evaluated(mine.record, 'bo', ['fail'], { problems: { A01: ['What bo found'] }, submit: false });
    const [id] = theirs.problems as [string];
    const picture = 'evidence/bbbbbbbbbbbb.png';
    const bo = theirs.record.evaluations[theirs.id];
    const automated = { ...(mine.record as AuditRecord).findings[mine.problem], kind: 'automated', rule: 'axe/label' };
    const record = {
      ...theirs.record,
      targets: { ...theirs.record.targets, checkout: { ...targets.checkout, path: '/pay' }, home: { kind: 'page' } },
      evaluations: {
        ...theirs.record.evaluations,
        'home/own-rules/bo': { ...bo, checklist: 'own-rules@1', target: 'home', answers: {}, id: 'home/own-rules/bo' },
      },
      findings: {
        ...theirs.record.findings,
        [id]: { ...theirs.record.findings[id], evidence: [picture] },
        'checkout/axe/label': { ...automated, id: 'checkout/axe/label' },
      },
    } as AuditRecord;
    write(`ux-audit/${picture}`, 'changed');
    write('ux-audit/checklists/own-rules.json', '{}');
    await workspace.record.update(() => record);
    const plan = await planShare(workspace, record, [mine.id]);
    expect(plan?.files.sort()).toEqual([
      'ux-audit/checklists/own-rules.json',
      `ux-audit/${picture}`,
      'ux-audit/findings.json',
      'ux-audit/findings.md',
    ]);
    expect(plan?.ignored).toEqual([]);
    expect(plan?.others).toEqual([
      'target home: new',
      'evaluation checkout/house-rules/bo: new',
      'evaluation home/own-rules/bo: new',
      'finding checkout/axe/label: new',
      '1 problem of other evaluators',
    ]);
    await share(workspace, plan as never);
    expect(git('status', '--porcelain')).toBe('');
    expect(await planShare(workspace, record, [mine.id])).toMatchObject({ files: [], others: [] });
  });

  it('says which files of the record git ignores, and refuses when it is the record', async () => {
    write('.gitignore', '*.png\n');
    repository();
    const { record, id } = await recorded();
    const plan = await planShare(workspace, record, [id]);
    expect(plan?.ignored).toEqual(['ux-audit/evidence/aaaaaaaaaaaa.png']);
    expect(plan?.files).not.toContain('ux-audit/evidence/aaaaaaaaaaaa.png');
    await share(workspace, plan as never);
    expect(git('status', '--porcelain')).toBe('');
    git('rm', '-rq', '--cached', 'ux-audit');
    write('.gitignore', 'ux-audit\n');
    await expect(planShare(workspace, record, [id])).rejects.toMatchObject({
      code: 'record-ignored',
      next: expect.stringContaining('git check-ignore -v ux-audit/findings.json'),
    });
  });

  it('refuses when git is told not to notice changes of the record', async () => {
    const { record, id } = await recorded();
    repository();
    git('update-index', '--assume-unchanged', 'ux-audit/findings.json');
    await expect(planShare(workspace, record, [id])).rejects.toMatchObject({
      next: expect.stringContaining('git update-index --no-assume-unchanged ux-audit/findings.json'),
    });
  });

  it('names the lock that another git left, and changes nothing', async () => {
    repository();
    const { record, id } = await recorded();
    const before = situation();
    write('.git/index.lock', '');
    await expect(shareNow(record, id)).rejects.toMatchObject({
      message: expect.stringContaining('index.lock'),
      next: expect.stringMatching(/Nothing was changed.*remove the lock that one left \(.*index\.lock\)/),
    });
    rmSync(path.join(root, '.git/index.lock'));
    expect(situation()).toEqual(before);
  });

  it('gives the reason of git where it does not read the repository', async () => {
    const { record, id } = await recorded();
    write('.git', 'gitdir: /nowhere/worktrees/shop\n');
    await expect(planShare(workspace, record, [id])).rejects.toThrow('not a git repository: /nowhere/worktrees/shop');
    const stale = await submitted('checkout');
    expect((await freshnessOf(workspace, stale.record, stale.evaluation)).why).toMatch(/no commit/);
    const noted = {
      ...(stale.evaluation as object),
      state: { status: 'submitted', on, commit: '0123456789' },
    } as never;
    expect((await freshnessOf(workspace, stale.record, noted)).why).toContain('/nowhere/worktrees/shop');
  });

  it('is not possible without a repository', async () => {
    const { record, id } = await recorded();
    expect(await planShare(workspace, record, [id])).toBeUndefined();
  });
});
