import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditRecord, emptyRecord } from '../../../src/core/record/record';
import { planReview, type ReviewPlan, sendForReview } from '../../../src/workflow/sendForReview';
import { Workspace } from '../../../src/workflow/workspace';
import { evaluated } from '../core/evaluation/build';

const targets: AuditRecord['targets'] = {
  checkout: { kind: 'page', path: '/checkout.html' },
  home: { kind: 'page', path: '/' },
};

let folder: string;
let root: string;
let team: string;
let workspace: Workspace;
let record: AuditRecord;
let id: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'send-'));
  [root, team] = [path.join(folder, 'here'), path.join(folder, 'team.git')];
  mkdirSync(root);
  workspace = new Workspace(root);
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@localhost');
  git('commit', '-qm', 'first', '--allow-empty');
  execFileSync('git', ['init', '-q', '--bare', team]);
  git('remote', 'add', 'origin', team);
  git('push', '-q', '-u', 'origin', 'main');
  ({ record, id } = evaluated({ ...emptyRecord(), targets }, 'ana', ['fail'], { problems: { A01: ['It breaks'] } }));
  await workspace.record.update(() => record);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...given: string[]): string {
  return execFileSync('git', given, { cwd: root, encoding: 'utf8' }).trim();
}

/** What the team's copy of the project has. */
function teamGit(...given: string[]): string {
  return execFileSync('git', given, { cwd: team, encoding: 'utf8' }).trim();
}

const plan = async () => (await planReview(workspace, record, [id])) as ReviewPlan;
const send = async () => sendForReview(workspace, await plan());

function hook(where: string, name: string, text: string): void {
  const file = path.join(where, 'hooks', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "${text}" >&2\nexit 1\n`);
  chmodSync(file, 0o755);
}

describe('sending an evaluation for review', () => {
  it('begins a branch from the base, commits what belongs together, and pushes it', async () => {
    const branch = 'ux/house-rules-checkout-ana';
    expect(await plan()).toMatchObject({
      branch: 'main',
      newBranch: branch,
      page: undefined,
      remote: { name: 'origin' },
    });
    const { commit, failure } = await send();
    expect(failure).toBeUndefined();
    expect([teamGit('rev-parse', branch), git('branch', '--show-current')]).toEqual([commit, branch]);
    expect(git('rev-parse', '--abbrev-ref', '@{upstream}')).toBe(`origin/${branch}`);
    expect(teamGit('rev-parse', 'main')).toBe(git('rev-parse', 'main'));
    expect(await plan()).toMatchObject({ files: [], newBranch: undefined, isUnsent: false });
  });

  it('sends what was committed on the base by hand, from a branch of its own', async () => {
    git('add', '-A');
    git('commit', '-qm', 'by hand');
    expect(await plan()).toMatchObject({ files: [], isUnsent: true, newBranch: 'ux/house-rules-checkout-ana' });
    const { branch, failure } = await send();
    expect([branch, failure]).toEqual(['ux/house-rules-checkout-ana', undefined]);
    expect(teamGit('rev-parse', branch)).toBe(git('rev-parse', 'main'));
    expect(await plan()).toMatchObject({ files: [], isUnsent: false });
  });

  it('goes on on the branch that is there, and begins no second one', async () => {
    await send();
    const changed = evaluated(record, 'ana', ['pass'], { target: 'home' });
    await workspace.record.update(() => changed.record);
    const more = (await planReview(workspace, changed.record, [changed.id])) as ReviewPlan;
    expect(more.newBranch).toBeUndefined();
    const { commit, branch } = await sendForReview(workspace, more);
    expect(teamGit('rev-parse', branch)).toBe(commit);
  });

  it('says what else goes along: commits that the team does not have', async () => {
    git('commit', '-q', '--allow-empty', '-m', 'an experiment');
    expect((await plan()).alongside).toEqual(['an experiment']);
    await send();
    expect((await plan()).alongside).toEqual([]);
  });

  it('takes a free name where the branch is there already, here or with the team', async () => {
    git('branch', 'ux/house-rules-checkout-ana');
    expect((await plan()).newBranch).toBe('ux/house-rules-checkout-ana-2');
  });

  it('opens the page of the host, and tells it by the branch', async () => {
    git('remote', 'set-url', 'origin', 'git@github.com:acme/shop.git');
    const sent = await sendForReview(workspace, await plan(), async () => {});
    expect(sent.page).toBe('https://github.com/acme/shop/compare/main...ux/house-rules-checkout-ana?expand=1');
  });

  it('keeps the commit where nothing can be sent, and sends it the next time', async () => {
    git('remote', 'set-url', 'origin', 'http://127.0.0.1:9/acme/shop.git');
    const { commit, branch, failure, page } = await send();
    expect([failure?.code, failure?.message, page]).toEqual([
      'not-sent-offline',
      '127.0.0.1/acme/shop could not be reached.',
      undefined,
    ]);
    expect(git('rev-parse', branch)).toBe(commit);
    git('remote', 'set-url', 'origin', team);
    expect(await plan()).toMatchObject({ files: [], isUnsent: true });
    expect(await send()).toMatchObject({ commit: undefined, failure: undefined });
    expect(teamGit('rev-parse', branch)).toBe(commit);
  });

  it('says what to do where no remote is set up', async () => {
    git('remote', 'remove', 'origin');
    expect((await plan()).remote).toBeUndefined();
    const { commit, failure } = await send();
    expect([commit === undefined, failure?.code]).toEqual([false, 'not-sent-nowhere']);
  });

  it('says that a check stopped it, with what the check said', async () => {
    hook(team, 'pre-receive', 'no pictures here');
    const { failure } = await send();
    expect(failure?.code).toBe('not-sent-checked');
    expect(String(failure?.cause)).toMatch(/declined|no pictures here/);
  });

  it('says that others were faster', async () => {
    await send();
    const branch = git('branch', '--show-current');
    git('commit', '-q', '--allow-empty', '--amend', '-m', 'another');
    expect((await sendForReview(workspace, { ...(await plan()) })).failure?.code).toBe('not-sent-behind');
    expect(teamGit('log', '-1', '--format=%s', branch)).toContain('UX evaluation');
  });

  it('changes nothing where a check of this machine refuses the commit', async () => {
    hook(path.join(root, '.git'), 'pre-commit', 'the house says no');
    await expect(send()).rejects.toThrow(/the house says no/);
    expect([git('branch', '--show-current'), git('branch', '--list', 'ux/*')]).toEqual(['main', '']);
  });
});
