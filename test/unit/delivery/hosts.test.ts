import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StandIn } from './standIn';
import { annotation, delivering, folder, githubEnv, MARK, verdict } from './support';

let api: StandIn;
beforeEach(async () => {
  api = await new StandIn().start();
});
afterEach(() => api.stop());

const written = '### UX Audit: 1 new major problem';
const issue = {
  url: 'http://localhost:3000/checkout',
  code: 'label',
  message: 'Form elements must have labels',
  selector: '#card',
  context: '<input id="card">',
};

describe('GitLab', () => {
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    api.writesAs = { author: '501', isBot: true };
    api.me = '501';
    env = {
      GITLAB_CI: 'true',
      CI_API_V4_URL: `${api.url}/api/v4`,
      CI_PROJECT_DIR: folder(),
      CI_PROJECT_ID: '99',
      CI_MERGE_REQUEST_PROJECT_ID: '12',
      CI_MERGE_REQUEST_PROJECT_URL: 'https://gitlab.test/o/r',
      CI_MERGE_REQUEST_IID: '7',
      UX_AUDIT_GITLAB_TOKEN: 'a-planted-secret',
      CI_JOB_TOKEN: 'the-token-of-the-job',
    };
  });
  const file = (name: string) => path.join(env.CI_PROJECT_DIR ?? '', name);

  it('gets one note, in the project of the merge request, found over pages and updated', async () => {
    const note = async (comment?: string) => (await delivering(verdict(comment ? { comment } : {}), env)).at('note');
    expect(await note()).toMatchObject({
      outcome: 'written',
      url: 'https://gitlab.test/o/r/-/merge_requests/7#note_1000',
    });
    const [own] = api.comments.splice(0);
    for (let n = 0; n < 150; n += 1) api.keep(`Note ${n}`, { author: '3', isBot: false });
    api.comments.push(own as (typeof api.comments)[0]);
    expect(await note()).toMatchObject({ outcome: 'unchanged' });
    expect(await note(`${MARK}\nAll is well.`)).toMatchObject({ outcome: 'updated' });
    expect(api.comments).toHaveLength(151);
    expect(api.asked.every(({ authorization }) => authorization === 'Bearer a-planted-secret')).toBe(true);
  });

  it("leaves another's note alone that begins with the mark", async () => {
    const copied = api.keep(`${MARK}\nCopied.`, { author: '3' });
    expect((await delivering(verdict(), env)).at('note')).toMatchObject({ outcome: 'written' });
    expect(copied.body).toBe(`${MARK}\nCopied.`);
  });

  it('gets no commands in a note', async () => {
    await delivering(verdict({ comment: `${MARK}\nText\n/merge\n  /assign @ana\na /b` }), env);
    expect(api.comments[0]?.body).toBe(`${MARK}\nText\n&#47;merge\n  &#47;assign @ana\na /b`);
  });

  it('gets no note with the token of the job, and its reports all the same', async () => {
    const { UX_AUDIT_GITLAB_TOKEN: _, ...tokenless } = env;
    const { delivered, at } = await delivering(verdict({ annotations: [annotation()] }), tokenless);
    expect(delivered.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'left out']);
    expect(at('note')?.why).toMatch(/token of the job may not write notes: make a project access token/);
    expect(api.asked).toEqual([]);
  });

  it('reads a report of code quality in which no two fingerprints are equal', async () => {
    const all = [annotation(), annotation({ line: 0, severity: undefined, file: './index.html' }), annotation()];
    await delivering(verdict({ annotations: all }), env);
    const report = JSON.parse(readFileSync(file('gl-code-quality-report.json'), 'utf8'));
    expect(report[0]).toEqual({
      description: 'Card number has no label: A field without a label.',
      check_name: 'label',
      fingerprint: 'f1',
      severity: 'major',
      location: { path: 'src/CardForm.tsx', lines: { begin: 31 } },
    });
    expect(report[1].location).toEqual({ path: 'index.html', lines: { begin: 1 } });
    expect(new Set(report.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(3);
    // the same in the next run
    await delivering(verdict({ annotations: all }), env);
    expect(JSON.parse(readFileSync(file('gl-code-quality-report.json'), 'utf8'))).toEqual(report);
  });

  it("reads an accessibility report in pa11y-ci's shape", async () => {
    await delivering(verdict({ accessibility: [issue, { ...issue, code: 'image-alt' }, { ...issue, url: '' }] }), env);
    const report = JSON.parse(readFileSync(file('gl-accessibility.json'), 'utf8'));
    expect(report).toMatchObject({ total: 2, passes: 0, errors: 3 });
    expect(Object.keys(report.results)).toEqual([issue.url, 'unknown']);
    expect(report.results[issue.url][0]).toMatchObject({
      type: 'error',
      code: 'label',
      selector: '#card',
      context: issue.context,
      message: issue.message,
    });
  });

  it('gets its reports where a branch put a link, and what the link leads to stays', async () => {
    const outside = path.join(mkdtempSync(path.join(os.tmpdir(), 'ux-audit-outside-')), 'kept.txt');
    writeFileSync(outside, 'kept');
    symlinkSync(outside, file('gl-accessibility.json'));
    await delivering(verdict(), env);
    expect(readFileSync(outside, 'utf8')).toBe('kept');
    expect(JSON.parse(readFileSync(file('gl-accessibility.json'), 'utf8'))).toMatchObject({ errors: 0 });
  });
});

describe('Bitbucket', () => {
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    api.writesAs = { author: '{5}', isBot: true };
    env = {
      BITBUCKET_BUILD_NUMBER: '4',
      BITBUCKET_WORKSPACE: 'w',
      BITBUCKET_REPO_SLUG: 'r',
      BITBUCKET_COMMIT: 'abc123',
      BITBUCKET_PR_ID: '7',
      UX_AUDIT_BITBUCKET_PROXY: api.url,
      UX_AUDIT_BITBUCKET_API: `${api.url}/2.0`,
    };
  });

  it('gets a report without a token, through the proxy of Pipelines', async () => {
    const long = annotation({ message: 'x'.repeat(700), severity: 4 });
    const { at } = await delivering(verdict({ annotations: [annotation(), long] }), env);
    expect(at('Code Insights')).toEqual({ place: 'Code Insights on Bitbucket', outcome: 'written' });
    expect(api.reports.get('ux-audit')).toMatchObject({ result: 'FAILED', details: '1 new major problem' });
    expect(api.annotations.map(({ severity }) => severity)).toEqual(['CRITICAL', 'HIGH']);
    expect(api.annotations[0]?.summary).toHaveLength(450);
    expect(new Set(api.annotations.map((one) => one.external_id)).size).toBe(2);
    expect(api.asked[0]?.url).toBe('http://api.bitbucket.org/2.0/repositories/w/r/commit/abc123/reports/ux-audit');
    expect(api.asked.some(({ authorization }) => authorization)).toBe(false);
    expect(at('comment')?.why).toMatch(/make a repository access token/);
  });

  it('gets the worst thousand annotations, a hundred at once, and those of the run before are gone', async () => {
    const all = Array.from({ length: 1004 }, (_, n) => annotation({ fingerprint: `f${n}` }));
    for (const _ of [1, 2]) {
      const { at } = await delivering(verdict({ annotations: all }), env);
      expect(at('Code Insights')?.why).toMatch(/4 more/);
      expect(api.annotations).toHaveLength(1000);
    }
    await delivering(verdict({ failed: false }), env);
    expect(api.annotations).toEqual([]);
    expect(api.reports.get('ux-audit')).toMatchObject({ result: 'PASSED' });
  });

  it('gets one comment with a token, found over pages, in Markdown without HTML', async () => {
    env.UX_AUDIT_BITBUCKET_TOKEN = 'a-planted-secret';
    for (let n = 0; n < 120; n += 1) api.keep(`Comment ${n}`, { author: '{3}', isBot: false });
    const comment = `${written}\n\n<details><summary>Numbers</summary>\n\n| a | b<br>c&nbsp;d |\n|:--|:--|\n</details>\n<sub>&lt;script&gt; &#64;ana</sub>`;
    const run = async () => (await delivering(verdict({ comment }), env)).at('comment');
    expect(await run()).toMatchObject({ outcome: 'written' });
    expect(await run()).toMatchObject({ outcome: 'unchanged' });
    expect(api.comments).toHaveLength(121);
    const { body = '' } = api.comments.at(-1) ?? {};
    expect(body.startsWith(`[//]: # (ux-audit)\n\n${written}\n`)).toBe(true);
    expect(body).toContain('**Numbers**\n\n| a | b · c\u00a0d |');
    expect(body).toContain('<\u200bscript>\u200b @\u200bana');
    expect(body).not.toMatch(/<\/?[a-z]|<!--|&[a-z#]/);
  });

  it('gets a comment that is not too long', async () => {
    env.UX_AUDIT_BITBUCKET_TOKEN = 'a-planted-secret';
    const comment = `${MARK}\n${'one more line\n'.repeat(4000)}`;
    expect((await delivering(verdict({ comment }), env)).at('comment')).toMatchObject({ outcome: 'written' });
    expect(api.comments[0]?.body).toMatch(/\*\*Cut here:\*\*.*bitbucket\.org\/w\/r\/pipelines\/results\/4/);
  });

  it('says what to do where the proxy is not', async () => {
    const gone = await new StandIn().start();
    await gone.stop();
    const { at } = await delivering(verdict(), { ...env, UX_AUDIT_BITBUCKET_PROXY: gone.url });
    expect(at('Code Insights')?.why).toMatch(/did not answer \(ECONNREFUSED\)\. The proxy of Pipelines/);
  });
});

describe('Azure DevOps', () => {
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    api.writesAs = { author: 'b-5', isBot: true };
    api.me = 'b-5';
    env = {
      TF_BUILD: 'True',
      SYSTEM_COLLECTIONURI: `${api.url}/org/`,
      SYSTEM_TEAMPROJECT: 'shop',
      BUILD_REPOSITORY_ID: 'g',
      BUILD_REPOSITORY_PROVIDER: 'TfsGit',
      BUILD_BUILDID: '9',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
      SYSTEM_ACCESSTOKEN: 'a-planted-secret',
      AGENT_TEMPDIRECTORY: folder(),
    };
  });

  it('gets one thread, updated in place', async () => {
    api.keep('A thread of a person', { author: 'p-1' });
    api.keep(`${MARK}\nCopied by a person.`, { author: 'p-1' });
    const run = async (comment?: string) => (await delivering(verdict(comment ? { comment } : {}), env)).at('thread');
    expect(await run()).toMatchObject({ outcome: 'written' });
    expect(await run()).toMatchObject({ outcome: 'unchanged' });
    expect(await run(`${MARK}\nAll is well.`)).toMatchObject({ outcome: 'updated' });
    expect(api.comments.map(({ body }) => body)).toEqual([
      'A thread of a person',
      `${MARK}\nCopied by a person.`,
      `${MARK}\nAll is well.`,
    ]);
    expect(api.writes[0]?.body).toMatchObject({ status: 'closed' });
  });

  it('gets a summary and issues of the job without a token', async () => {
    env.SYSTEM_ACCESSTOKEN = '$(System.AccessToken)'; // what an unknown variable becomes
    const hostile = annotation({ file: 'a;b].tsx', title: '100 %', message: 'One\n##vso[task.complete]' });
    const { printed, at } = await delivering(verdict({ annotations: [hostile] }), env);
    expect(printed[0]).toBe(
      '##vso[task.logissue type=error;sourcepath=a%3Bb%5D.tsx;linenumber=31;code=label]100 %AZP25: One # #vso[task.complete]',
    );
    const file = /^##vso\[task\.uploadsummary\](.+)$/.exec(printed[1] ?? '')?.[1] ?? '';
    expect(path.isAbsolute(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(`${MARK}\n${written}\n`);
    expect(at('thread')?.why).toMatch(/no token.*System\.AccessToken.*Contribute to pull requests/);
    expect(api.asked).toEqual([]);
  });

  it('says what to do where the build service may not comment, or its token is not known', async () => {
    api.faults.push({ on: /^POST/, status: 403, body: { message: 'TF401027: You need the Git permission' } });
    expect((await delivering(verdict(), env)).at('thread')?.why).toMatch(/TF401027.*Contribute to pull requests/);
    api.faults.push({ on: /^GET/, status: 203 });
    expect((await delivering(verdict(), env)).at('thread')?.why).toMatch(/401.*Contribute to pull requests/);
  });

  it('is not asked about a repository that is elsewhere', async () => {
    const { at } = await delivering(verdict(), { ...env, BUILD_REPOSITORY_PROVIDER: 'GitHub' });
    expect(at('thread')?.why).toMatch(/not in Azure Repos/);
  });
});

describe('a token', () => {
  const secret = 'a-planted-secret';
  const hosts: [string, (url: string) => NodeJS.ProcessEnv][] = [
    ['GitHub', (url) => ({ ...githubEnv(url), GITHUB_TOKEN: secret })],
    ['GitLab', (url) => ({ GITLAB_CI: 'true', CI_API_V4_URL: `${url}/api/v4`, CI_PROJECT_DIR: folder(), CI_PROJECT_ID: '12', CI_MERGE_REQUEST_IID: '7', GITLAB_TOKEN: secret })], // biome-ignore format: a table
    ['Bitbucket', (url) => ({ BITBUCKET_BUILD_NUMBER: '4', BITBUCKET_WORKSPACE: 'w', BITBUCKET_REPO_SLUG: 'r', BITBUCKET_COMMIT: 'a', BITBUCKET_PR_ID: '7', UX_AUDIT_BITBUCKET_PROXY: url, UX_AUDIT_BITBUCKET_API: `${url}/2.0`, BITBUCKET_TOKEN: secret })], // biome-ignore format: a table
    ['Azure DevOps', (url) => ({ TF_BUILD: 'True', SYSTEM_COLLECTIONURI: `${url}/org/`, SYSTEM_TEAMPROJECT: 'shop', BUILD_REPOSITORY_ID: 'g', SYSTEM_PULLREQUEST_PULLREQUESTID: '7', SYSTEM_ACCESSTOKEN: secret, AGENT_TEMPDIRECTORY: folder() })], // biome-ignore format: a table
  ];

  it.each(hosts)('of %s is in no output and no file, also when the host repeats it', async (_, envOf) => {
    api.faults.push({ status: 400, body: { message: `Bad credentials: Bearer ${secret}` }, times: 100 });
    const env = envOf(api.url);
    const { delivered, printed } = await delivering(verdict({ annotations: [annotation()] }), env);
    const folders = [env.CI_PROJECT_DIR, env.AGENT_TEMPDIRECTORY, env.GITHUB_STEP_SUMMARY && path.dirname(env.GITHUB_STEP_SUMMARY)]; // biome-ignore format: a list
    for (const made of folders.filter((one) => one !== undefined))
      for (const name of readdirSync(made)) expect(readFileSync(path.join(made, name), 'utf8')).not.toContain(secret);
    expect(delivered.some(({ why }) => why?.includes('Bad credentials: Bearer ***'))).toBe(true);
    expect(JSON.stringify([delivered, printed])).not.toContain(secret);
  });

  it.each(hosts)('of %s that cannot be sent is not told', async (_, envOf) => {
    const env = Object.fromEntries(
      Object.entries(envOf(api.url)).map(([name, value]) => [name, value === secret ? `${secret}\nsecond` : value]),
    );
    const { delivered, printed } = await delivering(verdict(), env);
    expect(delivered.at(-1)?.why).toMatch(/was not asked: the token/);
    expect(JSON.stringify([delivered, printed])).not.toContain(secret);
  });
});
