import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/record/canonicalText';
import { parseRecord } from '../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord, type Finding } from '../../src/core/record/record';
import { findingsMarkdown } from '../../src/core/report/findingsMarkdown';
import { cli, Place } from '../engine/support';

let place: Place;
/** A home without anybody's settings of git. */
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  place = new Place();
  const home = path.join(place.root, 'home');
  mkdirSync(home);
  writeFileSync(
    path.join(home, '.gitconfig'),
    '[user]\nname = Test\nemail = test@localhost\n[init]\ndefaultBranch = main\n',
  );
  env = { HOME: home, XDG_CONFIG_HOME: home, GIT_CONFIG_NOSYSTEM: '1', GIT_EDITOR: 'true' };
});
afterEach(() => place.leave());

const options = (folder?: string) => ({
  cwd: path.resolve(place.workspace, folder ?? '.'),
  env: { ...process.env, ...env },
  encoding: 'utf8' as const,
});
const git = (...given: string[]) => execFileSync('git', given, { ...options(), stdio: ['ignore', 'pipe', 'pipe'] });
/** Runs git where it may end with a conflict. */
const tryGit = (...given: string[]) => spawnSync('git', given, options());
const ux = async (...args: string[]) => cli(place, args, { env });

function finding(audit: string, state: Partial<Finding['state']> = {}): Finding {
  return {
    kind: 'automated',
    rule: `lighthouse/${audit}`,
    title: `Title of ${audit}`,
    target: 'home',
    state: { status: 'open', severity: 2, seenIn: ['local/mobile'], ...state },
    firstSeen: '2026-11-01',
    id: `home/lighthouse/${audit}`,
  };
}

function textOf(...findings: Finding[]): string {
  return canonicalText({
    ...emptyRecord(),
    targets: { home: { kind: 'page', path: '/' } },
    findings: Object.fromEntries(findings.map((one) => [one.id, one])),
  });
}

const markdown = 'ux-audit/findings.md';
const readText = (name: string) => readFileSync(path.join(place.workspace, name), 'utf8');
const markdownOf = (text: string) => findingsMarkdown(parseRecord(text));
function write(...findings: Finding[]): void {
  place.writeRecord(textOf(...findings));
  place.write(markdown, markdownOf(textOf(...findings)));
}
const idsOf = (text = place.recordText() ?? '') =>
  Object.keys((JSON.parse(text) as AuditRecord).findings).map((id) => id.split('/')[2]);

function commit(subject: string, ...findings: Finding[]): void {
  write(...findings);
  git('add', '-A');
  git('commit', '-qm', subject);
}
const accepted = (by: string, reason: string) => finding('label', { status: 'accepted', by, on: '2026-11-20', reason });

/** A repository with a record at main. */
function repository(...findings: Finding[]): void {
  git('init', '-q');
  commit('first', ...findings);
}
/** The branches main and work, which both changed the record since they parted; main is checked out. */
function branches(base: Finding[], main: Finding[], work: Finding[]): void {
  repository(...base);
  git('switch', '-qc', 'work');
  commit('what work found', ...work);
  git('switch', '-q', 'main');
  commit('what main found', ...main);
}

describe.skipIf(process.platform === 'win32')('a repository that git does not read', () => {
  const isRoot = process.getuid?.() === 0;

  it.runIf(isRoot)('is said to be of another owner, with the command that trusts it', async () => {
    repository(finding('label'));
    for (const folder of ['.', '.git']) chownSync(path.join(place.workspace, folder), 4321, 4321);
    const refused = await ux('diff', 'main');
    expect([refused.code, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toContain('another user owns it (dubious ownership)');
    expect(refused.stderr).toContain(`git config --global --add safe.directory ${place.workspace}`);
    expect(refused.stderr).not.toContain('git init');
    git('config', '--global', '--add', 'safe.directory', place.workspace);
    expect((await ux('diff', 'main')).code).toBe(0);
  });

  it.each(['diff', 'merge', 'merge --switch-on-driver'])(
    'has a dead link: %s gives the reason of git',
    async (args) => {
      write(finding('label'));
      place.write('.git', 'gitdir: /nowhere/worktrees/shop\n');
      const refused = await ux(...args.split(' '));
      expect([refused.code, refused.stdout]).toEqual([3, '']);
      expect(refused.stderr).toContain('not a git repository: /nowhere/worktrees/shop');
      expect(refused.stderr).not.toContain('git init');
    },
  );

  it('is not one: git init is the advice', async () => {
    write(finding('label'));
    const refused = await ux('diff');
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/is not in a git repository[\s\S]*git init/),
    ]);
  });

  it('has no git to read it', async () => {
    repository(finding('label'));
    env.PATH = path.join(place.root, 'home');
    const refused = await ux('diff', 'main');
    expect([refused.code, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toMatch(/git is not installed[\s\S]*Install git/);
    expect((await ux('findings')).code).toBe(0);
  });
});

describe('a lock or a file in git’s way', () => {
  it.each([
    ['config.lock', () => place.write('.git/config.lock', '')],
    ['info', () => place.write('.git/info', '')],
  ])('(%s) is named when the driver is switched on', async (name, block) => {
    repository(finding('label'));
    if (name === 'info') rmSync(path.join(place.workspace, '.git/info'), { recursive: true });
    block();
    const refused = await ux('merge', '--switch-on-driver');
    expect([refused.code, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toContain(name);
    expect(refused.stderr).toMatch(/try again/);
  });
});

describe('ux-audit diff', () => {
  it('says that the base has no record, and that there is none here', async () => {
    git('init', '-q');
    git('commit', '-qm', 'empty', '--allow-empty');
    git('switch', '-qc', 'work');
    write(finding('label'), finding('image-alt'));
    const found = await ux('diff', 'main');
    expect([found.code, found.stderr]).toEqual([0, '']);
    expect(found.stdout).toMatch(/main \(\w{10}, .*\) has no record at ux-audit\/findings\.json, so all .* is new/);
    expect(found.stdout).toContain('2 new');
    expect((await ux('diff', 'main', '--md')).stdout).toContain('has no record at');
    git('add', '-A');
    git('commit', '-qm', 'found');
    git('switch', '-qc', 'later');
    git('rm', '-rq', 'ux-audit');
    const gone = await ux('diff', 'work');
    expect([gone.code, gone.stderr]).toEqual([0, '']);
    expect(gone.stdout).toMatch(/There is no record at ux-audit\/findings\.json here[\s\S]*2 problems removed/);
    expect((await ux('diff', 'main')).stdout).toContain('nor this folder has a record');
  });

  it('names the fetch that brings what a shallow clone lacks, and never takes another base', async () => {
    repository(finding('label'));
    git('switch', '-qc', 'work');
    for (const audit of ['a', 'b', 'c']) commit(audit, finding('label'), finding(audit));
    git('switch', '-q', 'main');
    commit('main', finding('label'), finding('meta'));
    const clone = (...given: string[]) => {
      rmSync(path.join(place.workspace, 'clone'), { recursive: true, force: true });
      git('clone', '-q', ...given, `file://${place.workspace}`, 'clone');
    };
    const diff = (base: string) => ux('diff', base, '-w', 'clone');
    clone('--depth=1', '--branch=work');
    const unknown = await diff('origin/main');
    const fetch = 'git fetch --unshallow origin main:refs/remotes/origin/main';
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining(fetch)]);
    expect((await ux('diff', '-w', 'clone')).stderr).toContain(fetch);
    clone('--depth=2', '--no-single-branch', '--branch=work');
    const lacking = await diff('origin/main');
    expect([lacking.code, lacking.stdout]).toEqual([2, '']);
    expect(lacking.stderr).toMatch(/shallow[\s\S]*git fetch --unshallow .*--deepen/);
    execFileSync('git', ['fetch', '-q', '--unshallow'], options('clone'));
    const whole = await diff('origin/main');
    expect([whole.code, whole.stderr]).toEqual([0, '']);
    expect(whole.stdout).toContain('1 new');
  });

  it('takes no older base in a shallow clone than there is', async () => {
    // work grew from main and merged an older branch, by which a cut history still reaches an older commit
    repository(finding('label'));
    git('branch', 'old');
    commit('base', finding('label'), finding('base'));
    git('switch', '-qc', 'work');
    for (const audit of ['a', 'b', 'c', 'd']) commit(audit, finding('label'), finding('base'), finding(audit));
    git('merge', '-q', '-s', 'ours', '--no-edit', 'old');
    git('switch', '-q', 'old');
    git('commit', '-q', '--allow-empty', '-m', 'old');
    git('switch', '-q', 'work');
    git('merge', '-q', '-s', 'ours', '--no-edit', 'old');
    git('clone', '-q', '--depth=3', '--no-single-branch', '--branch=work', `file://${place.workspace}`, 'clone');
    expect(spawnSync('git', ['merge-base', 'origin/main', 'HEAD'], options('clone')).status).toBe(0);
    const lacking = await ux('diff', 'origin/main', '-w', 'clone');
    expect([lacking.code, lacking.stderr]).toEqual([2, expect.stringContaining('git fetch --unshallow')]);
  });

  it('names branches that have nothing in common', async () => {
    repository(finding('label'));
    git('switch', '-q', '--orphan', 'alone');
    write(finding('label'));
    expect((await ux('diff', 'main')).stderr).toContain('no commit yet');
    commit('alone', finding('label'));
    const refused = await ux('diff', 'main');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('no commit in common')]);
  });
});

describe('a record that git keeps out of the folder', () => {
  const asked = [['findings'], ['validate'], ['init'], ['findings', 'reopen', 'home/lighthouse/label', '--by', 'ana']];

  it('is not begun anew in a sparse checkout', async () => {
    repository(finding('label'));
    place.write('src/page.html', '');
    git('add', 'src');
    git('commit', '-qm', 'page');
    git('sparse-checkout', 'set', 'src');
    expect(existsSync(place.record)).toBe(false);
    for (const args of asked) {
      const refused = await ux(...args);
      expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining('git sparse-checkout add ux-audit')]);
    }
    expect(existsSync(place.record)).toBe(false);
    git('sparse-checkout', 'add', 'ux-audit');
    expect((await ux('findings')).stdout).toContain('home/lighthouse/label');
  });

  it.each(['skip-worktree', 'assume-unchanged'])('is not begun anew where its flag is %s', async (flag) => {
    repository(finding('label'));
    git('update-index', `--${flag}`, 'ux-audit/findings.json');
    rmSync(place.record);
    for (const args of asked) {
      const refused = await ux(...args);
      expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining(`update-index --no-${flag}`)]);
    }
    git('update-index', `--no-${flag}`, 'ux-audit/findings.json');
    git('checkout', '-q', '--', 'ux-audit/findings.json');
    expect((await ux('findings')).stdout).toContain('home/lighthouse/label');
  });

  it('is begun anew when a person removed it, and git sees that', async () => {
    repository(finding('label'));
    rmSync(place.record);
    expect((await ux('init')).stdout).toContain('Created');
  });

  it('holds for the figures and the baseline too', async () => {
    repository(finding('label'));
    place.write('ux-audit/outcomes.json', '{ "schemaVersion": 1, "figures": {} }\n');
    git('add', '-A');
    git('commit', '-qm', 'figures');
    git('update-index', '--skip-worktree', 'ux-audit/outcomes.json');
    rmSync(path.join(place.workspace, 'ux-audit/outcomes.json'));
    const refused = await ux('outcomes', 'list');
    expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining('outcomes.json is in the repository')]);
  });
});

describe('a pointer of Git LFS', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 12345\n`;

  it.each([
    ['findings.json', ['findings']],
    ['findings.json', ['init']],
    ['outcomes.json', ['outcomes', 'list']],
    ['measurements.json', ['baseline', 'compare']],
  ])('in the place of %s is named and left alone: %j', async (name, args) => {
    if (name !== 'findings.json') write(finding('label'));
    place.write(`ux-audit/${name}`, pointer);
    const refused = await ux(...args);
    expect([refused.code, refused.stderr]).toEqual([5, expect.stringMatching(/pointer of Git LFS[\s\S]*git lfs pull/)]);
    expect(readText(`ux-audit/${name}`)).toBe(pointer);
  });
});

describe('ux-audit merge', () => {
  const [label, alt, title] = [finding('label'), finding('image-alt'), finding('document-title')];
  const questions = () => branches([label], [accepted('ana', 'later')], [accepted('bo', 'not ours')]);

  it('writes findings.md anew without markers, and names what to stage', async () => {
    branches([label], [label, alt], [label, title]);
    expect(tryGit('merge', 'work').status).toBe(1);
    expect(readText(markdown)).toContain('<<<<<<<');
    const done = await ux('merge');
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(done.stdout).toContain('Next: git add ux-audit/findings.json ux-audit/findings.md');
    expect(idsOf()).toEqual(['document-title', 'image-alt', 'label']);
    expect(readText(markdown)).toBe(markdownOf(place.recordText() ?? ''));
    git('add', 'ux-audit/findings.json', markdown);
    git('commit', '-qm', 'merged');
  });

  it('mends findings.md alone when only that is in conflict', async () => {
    branches([label], [label, alt], [label, title]);
    tryGit('merge', 'work');
    place.writeRecord(textOf(label, alt, title));
    git('add', 'ux-audit/findings.json');
    const done = await ux('merge');
    expect([done.code, done.stdout]).toEqual([0, expect.stringContaining('findings.md is that of it now')]);
    expect(done.stdout).toContain('git add ux-audit/findings.json ux-audit/findings.md');
    expect(readText(markdown)).toBe(markdownOf(place.recordText() ?? ''));
    git('add', markdown);
    git('commit', '-qm', 'merged');
    expect((await ux('merge')).code).toBe(2);
  });

  it.each([
    ['merge', ['work'], 'ours (main)', 'theirs (work)'],
    ['cherry-pick', ['work'], 'ours (main)', /theirs \(commit \w+ \(what work found\)\)/],
    [
      'rebase',
      ['work'],
      'ours (work, which you rebase onto)',
      /theirs \(your commit \w+ \(what main found\) of main\)/,
    ],
  ])('names the branches and commits of a %s', async (command, args, ours, theirs) => {
    questions();
    expect(tryGit(command, ...args).status).toBe(1);
    const asked = await ux('merge');
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain(ours);
    expect(asked.stdout).toMatch(theirs);
    const [mine, other] = command === 'rebase' ? ['bo', 'ana'] : ['ana', 'bo'];
    expect(asked.stdout).toMatch(new RegExp(`ours.*"by":"${mine}".*\n.*theirs.*"by":"${other}"`));
    expect((await ux('merge', '--take', 'theirs')).code).toBe(0);
    expect(place.recordText()).toContain(`"by": "${other}"`);
  });

  it('leaves the choice to a person where one side removed the whole record', async () => {
    branches([label], [label, alt], [label, title]);
    git('switch', '-q', 'work');
    git('rm', '-rq', 'ux-audit');
    git('commit', '-qm', 'removed');
    for (const [into, from, keep] of [
      ['main', 'work', '--ours'],
      ['work', 'main', '--theirs'],
    ] as const) {
      git('switch', '-q', into);
      expect(tryGit('merge', from).status).toBe(1);
      const before = place.recordText();
      const refused = await ux('merge');
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(`git checkout ${keep}`)]);
      expect(refused.stderr).toContain('on one side (work) and changed on the other (main)');
      expect(place.recordText()).toBe(before);
      git('merge', '--abort');
    }
  });

  it('names the sides by the markers where git is in the middle of nothing that it names', async () => {
    repository(label);
    write(accepted('ana', 'later'));
    git('stash', '-q');
    commit('second', accepted('bo', 'not ours'));
    tryGit('stash', 'pop');
    expect((await ux('merge')).stdout).toMatch(/ours \(Updated upstream\)[\s\S]*theirs \(Stashed changes\)/);
  });
});

describe('findings.md in a repository whose record was begun by this version', () => {
  const [label, alt, title] = [finding('label'), finding('image-alt'), finding('document-title')];
  const attributes = () => readText('ux-audit/.gitattributes');

  async function begun(...findings: Finding[]): Promise<void> {
    git('init', '-q');
    expect((await ux('init')).code).toBe(0);
    commit('first', ...findings);
  }

  it.each([
    ['whose text git merges', [label], [label, alt], [label, title]],
    ['in which the record is in conflict', [label], [accepted('ana', 'later')], [accepted('bo', 'not ours')]],
  ])('is never in conflict on branches %s, and ux-audit merge makes it right', async (_, base, main, work) => {
    await begun(...base);
    git('switch', '-qc', 'work');
    commit('what work found', ...work);
    git('switch', '-q', 'main');
    commit('what main found', ...main);
    tryGit('merge', '--no-edit', 'work');
    expect(git('diff', '--name-only', '--diff-filter=U')).not.toContain('findings.md');
    expect(readText(markdown)).not.toMatch(/^[<=>]{7}/m);
    expect((await ux('merge', '--take', 'ours')).code).toBe(0);
    expect(readText(markdown)).toBe(markdownOf(place.recordText() ?? ''));
  });

  it('is marked as generated, and the line of a person about it stays', async () => {
    await begun(label);
    expect(git('check-attr', 'linguist-generated', 'merge', '--', markdown)).toMatch(/generated: set\n.*merge: union/);
    place.write('ux-audit/.gitattributes', 'findings.md -text\n');
    await ux('findings', 'accept', label.id, '--by', 'ana', '--reason', 'later');
    expect(attributes()).toBe('findings.md -text\n');
  });

  it.each(['init', 'findings accept home/lighthouse/label --by ana --reason later'])(
    'is named to git where an earlier version began the record: ux-audit %s',
    async (args) => {
      write(label);
      place.write('ux-audit/.gitattributes', '# ours\n*.json text eol=lf\n*.md text eol=lf');
      expect((await ux(...args.split(' '))).stderr).toBe('');
      expect(attributes()).toBe(
        '# ours\n*.json text eol=lf\n*.md text eol=lf\nfindings.md linguist-generated merge=union\n',
      );
      expect((await ux('init')).stdout).toContain('nothing was changed');
    },
  );
});

describe('the merge driver', () => {
  const [label, alt, title] = [finding('label'), finding('image-alt'), finding('document-title')];
  const switchOn = async () => expect((await ux('merge', '--switch-on-driver')).code).toBe(0);

  it.each([
    ['merge', ['merge', '--no-edit', 'work']],
    ['rebase', ['rebase', 'work']],
    ['cherry-pick', ['cherry-pick', 'work']],
  ])('ends a %s without conflict where the record has no question, in findings.md too', async (_, args) => {
    branches([label], [label, alt], [label, title]);
    await switchOn();
    const merged = tryGit(...args);
    expect([merged.status, merged.stdout + merged.stderr]).toEqual([0, expect.not.stringContaining('CONFLICT')]);
    expect(git('status', '--porcelain')).toBe('');
    expect(idsOf()).toEqual(['document-title', 'image-alt', 'label']);
    expect(readText(markdown)).not.toMatch(/^[<=>]{7}/m);
    const stale = await ux('validate');
    const isStale = readText(markdown) !== markdownOf(place.recordText() ?? '');
    expect([stale.code, stale.stdout.includes('to write it anew: ux-audit merge')]).toEqual([0, isStale]);
    if (isStale) expect((await ux('merge')).stdout).toContain(`git add ${markdown}`);
    expect(readText(markdown)).toBe(markdownOf(place.recordText() ?? ''));
    expect((await ux('validate')).stdout).not.toContain('anew');
  });

  it('keeps the remarks of two people who discussed a problem at the same time, without a conflict', async () => {
    const said = (key: string, by: string): Finding => ({
      ...label,
      remarks: { [key]: { by, at: '2026-11-23T09:30:00Z', text: `What ${by} says` } },
    });
    branches([label], [said('aaaaaa', 'ana')], [said('aaaaab', 'bo')]);
    await switchOn();
    const merged = tryGit('merge', '--no-edit', 'work');
    expect([merged.status, merged.stdout + merged.stderr]).toEqual([0, expect.not.stringContaining('CONFLICT')]);
    const { remarks = {} } = parseRecord(place.recordText() ?? '').record.findings[label.id] ?? {};
    expect(Object.values(remarks).map(({ text }) => text)).toEqual(['What ana says', 'What bo says']);
  });

  it('leaves a conflict where people disagree, and ux-audit merge ends it', async () => {
    branches([label], [accepted('ana', 'later')], [accepted('bo', 'not ours')]);
    await switchOn();
    expect(tryGit('merge', 'work').status).toBe(1);
    expect(git('diff', '--name-only', '--diff-filter=U').trim()).toBe('ux-audit/findings.json');
    expect((await ux('merge', '--take', 'theirs')).stdout).toContain(
      'git add ux-audit/findings.json ux-audit/findings.md',
    );
    expect(readText(markdown)).toContain('accepted by bo');
  });

  it.each<[string, string | Buffer]>([
    ['is not UTF-8', Buffer.from(textOf(label, title).replace('of label', 'of K\xe4se'), 'latin1')],
    ['is nested too deeply', `{ "schemaVersion": 1, "x": ${'['.repeat(5000)}${']'.repeat(5000)} }\n`],
    ['is nested more than is read', textOf(label).replace(/\}\s*$/, `, "x": ${'['.repeat(150)}${']'.repeat(150)} }`)],
    ['is no record', '["something else"]\n'],
    ['is empty', ''],
    ['is of a newer version', textOf(label, title).replace('"schemaVersion": 1', '"schemaVersion": 99')],
    ['has a NUL', `${textOf(label)}\0`],
  ])('leaves a conflict to git where a side %s, and keeps both sides', async (_, theirs) => {
    repository(label);
    git('switch', '-qc', 'work');
    writeFileSync(place.record, theirs);
    git('commit', '-qam', 'theirs');
    git('switch', '-q', 'main');
    commit('ours', label, alt);
    await switchOn();
    for (const [into, from] of [
      ['main', 'work'],
      ['work', 'main'],
    ] as const) {
      git('switch', '-q', into);
      const merged = tryGit('merge', from);
      expect([merged.status, merged.stdout]).toEqual([1, expect.stringContaining('CONFLICT')]);
      expect(
        git('ls-files', '--unmerged')
          .split('\n')
          .filter((line) => /findings\.json/.test(line)),
      ).toHaveLength(3);
      expect(git('ls-files', '--unmerged')).toMatch(/ 3\t/);
      git('merge', '--abort');
    }
  });

  it('leaves another findings.md of the repository to git', async () => {
    place.write('docs/findings.md', 'one\n');
    branches([label], [label, alt], [label, title]);
    for (const branch of ['work', 'main']) {
      git('switch', '-q', branch);
      place.write('docs/findings.md', `${branch}\n`);
      git('add', '-A');
      git('commit', '-qm', 'docs');
    }
    await switchOn();
    expect(tryGit('merge', 'work').status).toBe(1);
    expect(git('diff', '--name-only', '--diff-filter=U').trim()).toBe('docs/findings.md');
  });

  it('works where the folder has a name that git’s patterns read otherwise', async () => {
    const folder = 'a [b] c';
    mkdirSync(path.join(place.workspace, folder));
    git('init', '-q');
    const each = (subject: string, ...findings: Finding[]) => {
      place.write(`${folder}/findings.json`, textOf(...findings));
      place.write(`${folder}/findings.md`, markdownOf(textOf(...findings)));
      git('add', '-A');
      git('commit', '-qm', subject);
    };
    each('first', label);
    git('switch', '-qc', 'work');
    each('work', label, title);
    git('switch', '-q', 'main');
    each('main', label, alt);
    expect((await ux('merge', '--switch-on-driver', '--record-file', `${folder}/findings.json`)).code).toBe(0);
    expect(tryGit('merge', '--no-edit', 'work').status).toBe(0);
  });
});
