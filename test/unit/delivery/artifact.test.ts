import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeArtifact } from '../../../src/delivery/deliver';
import { StandIn } from './standIn';
import { annotation, delivering, folder, githubEnv, MARK, verdict } from './support';

const sha = 'a'.repeat(40);
const run = (change = {}) => ({
  workflow_run: {
    event: 'pull_request',
    head_sha: sha,
    head_branch: 'fix',
    head_repository: { owner: { login: 'forker' } },
    html_url: 'https://github.test/o/r/actions/runs/54',
    // what an attacker cannot set, and what is not looked at
    pull_requests: [],
    ...change,
  },
});
const pull = (change = {}) => ({
  number: 7,
  state: 'open',
  head: { sha },
  base: { repo: { full_name: 'o/r' } },
  label: 'forker:fix',
  ...change,
});

let api: StandIn;
let env: NodeJS.ProcessEnv;
let artifact: string;
beforeEach(async () => {
  api = await new StandIn().start();
  api.pulls = [pull()];
  env = githubEnv(api.url, run());
  artifact = folder();
  await writeArtifact(verdict(), artifact);
});
afterEach(() => api.stop());

const deliverIt = async () => (await delivering(artifact, env)).delivered[0];
const hostile = (text: string) => writeFileSync(path.join(artifact, 'comment.md'), text);

describe('an artifact', () => {
  it('has four files, of which the comment begins with the mark', async () => {
    const made = path.join(folder(), 'new', 'folder');
    const files = await writeArtifact(verdict({ comment: 'Text', annotations: [annotation()] }), made);
    expect(files).toEqual(
      ['comment.md', 'summary.json', 'gl-code-quality-report.json', 'gl-accessibility.json'].map((name) =>
        path.join(made, name),
      ),
    );
    expect(readFileSync(path.join(made, 'comment.md'), 'utf8')).toBe(`${MARK}\nText\n`);
    expect(JSON.parse(readFileSync(path.join(made, 'summary.json'), 'utf8'))).toMatchObject({
      failed: true,
      title: '1 new major problem',
      annotations: [{ file: 'src/CardForm.tsx', line: 31 }],
    });
  });

  it('that cannot be written is an error that says so', async () => {
    const file = path.join(folder(), 'a file');
    writeFileSync(file, '');
    await expect(writeArtifact(verdict(), file)).rejects.toMatchObject({
      name: 'HumanError',
      code: 'artifact-not-written',
    });
  });
});

describe('the artifact of a fork', () => {
  it('becomes the comment of the pull request that the API knows by the commit', async () => {
    expect(await deliverIt()).toMatchObject({ outcome: 'written' });
    expect(api.comments.map(({ body }) => body.trimEnd())).toEqual([`${MARK}\n### UX Audit: 1 new major problem`]);
    expect(await deliverIt()).toMatchObject({ outcome: 'unchanged' });
  });

  it('is delivered by the branch of the fork where the API of commits knows nothing', async () => {
    api.pulls = [pull({ fromFork: true })];
    expect(await deliverIt()).toMatchObject({ outcome: 'written' });
    expect(api.asked.find(({ url }) => url.includes('head='))?.url).toContain('head=forker%3Afix');
  });

  it.each([
    ['the pull request has moved on', [pull({ fromFork: true, head: { sha: 'b'.repeat(40) } })], /newer run/],
    ['it is closed', [pull({ state: 'closed' })], /No open pull request/],
    ['it is one of another repository', [pull({ base: { repo: { full_name: 'forker/r' } } })], /No open pull request/],
    ['two have the commit', [pull(), pull({ number: 8 })], /Pull requests 7 and 8/],
  ])('is left out when %s', async (_, pulls, why) => {
    api.pulls = pulls;
    expect(await deliverIt()).toMatchObject({ outcome: 'left out', why: expect.stringMatching(why) });
    expect(api.writes).toEqual([]);
  });

  it.each([
    ['a push', run({ event: 'push' })],
    ['no run', { pull_request: { number: 7 } }],
    ['a commit that is none', run({ head_sha: '../../issues/1' })],
  ])('is left out after %s, and nothing is asked', async (_, event) => {
    env = githubEnv(api.url, event);
    expect((await deliverIt())?.why).toMatch(/not started by the end of one for a pull request/);
    expect(api.asked).toEqual([]);
  });

  it('is left out elsewhere than on GitHub', async () => {
    env = { GITLAB_CI: 'true' };
    expect(await deliverIt()).toMatchObject({ outcome: 'left out' });
  });

  it('cannot name the pull request, whatever files it has', async () => {
    writeFileSync(path.join(artifact, 'summary.json'), JSON.stringify({ pull_request: 1, number: 1, failed: false }));
    writeFileSync(path.join(artifact, 'pr.txt'), '1');
    mkdirSync(path.join(artifact, '.github'));
    await deliverIt();
    expect(api.writes.map(({ url }) => url)).toEqual(['/repos/o/r/issues/7/comments']);
  });

  it('is not read through a link, from a folder or from a pipe', async () => {
    const outside = path.join(folder(), 'secret.txt');
    writeFileSync(outside, 'a file of the machine');
    for (const make of [
      (file: string) => symlinkSync(outside, file),
      (file: string) => mkdirSync(file),
      ...(process.platform === 'win32' ? [] : [(file: string) => execFileSync('mkfifo', [file])]),
    ]) {
      artifact = folder();
      make(path.join(artifact, 'comment.md'));
      expect((await deliverIt())?.why).toMatch(/not in the artifact as a regular file/);
    }
    expect(readdirSync(folder())).toEqual([]);
    expect(api.writes).toEqual([]);
  });

  it('is not read to its end when that is far', async () => {
    hostile(`${MARK}\n${'@everyone read this\n'.repeat(100_000)}`);
    expect(await deliverIt()).toMatchObject({ outcome: 'written' });
    const { body = '' } = api.comments[0] ?? {};
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body).toMatch(/\*\*Cut here:\*\*.*https:\/\/github\.test\/o\/r\/actions\/runs\/54/);
    expect(body).not.toMatch(/@\w/);
  });

  it('says nothing but text', async () => {
    hostile('<script>alert(1)</script>\n@ana see #12 and ![x](https://evil.test/track.png)\n<!-- hidden -->');
    await deliverIt();
    expect(api.comments[0]?.body).toBe(
      `${MARK}\n&lt;script&gt;alert(1)&lt;/script&gt;\n@&#8203;ana see #&#8203;12 and &#8203;x&#8203;\n&lt;!-- hidden --&gt;`,
    );
  });

  it('is no comment of ours in which the mark comes twice', async () => {
    hostile(`${MARK}\n${MARK}\n### Hello`);
    await deliverIt();
    expect(api.comments[0]?.body.split(MARK)).toHaveLength(2);
  });
});
