import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeAddresses, commitOf } from '../../../src/delivery/links';

const [pushed, merged] = ['4be71d0'.padEnd(40, '0'), '9a3c55e'.padEnd(40, '0')];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ux-audit-links-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What GitHub sets in a job about a pull request, or about something else. */
function github(event: unknown): NodeJS.ProcessEnv {
  const file = path.join(folder, 'event.json');
  writeFileSync(file, JSON.stringify(event));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.test',
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_SHA: merged,
    GITHUB_EVENT_PATH: file,
  };
}

describe('the commit that a job checks', () => {
  it('is the one that was pushed, where the host merges it first', async () => {
    expect(await commitOf(github({ pull_request: { head: { sha: pushed } } }))).toBe(pushed);
    const gitlab = { CI_COMMIT_SHA: merged, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: pushed };
    expect(await commitOf(gitlab)).toBe(pushed);
    expect(await commitOf({ SYSTEM_PULLREQUEST_SOURCECOMMITID: pushed, BUILD_SOURCEVERSION: merged })).toBe(pushed);
  });

  it('is the one of the job elsewhere, and none outside of one', async () => {
    expect(await commitOf(github({}))).toBe(merged);
    expect(await commitOf({ CI_COMMIT_SHA: pushed, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '' })).toBe(pushed);
    expect(await commitOf({ BITBUCKET_COMMIT: pushed })).toBe(pushed);
    expect(await commitOf({})).toBeUndefined();
  });
});

describe('the address of a file', () => {
  it('is of that commit', async () => {
    const onGithub = await codeAddresses(github({ pull_request: { head: { sha: pushed } } }));
    expect(onGithub?.page('site/a b.html', 3)).toBe(`https://github.test/o/r/blob/${pushed}/site/a%20b.html#L3`);
    const project = { CI_PROJECT_URL: 'https://gitlab.test/o/r', CI_COMMIT_SHA: merged };
    const onGitlab = await codeAddresses({ ...project, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: pushed });
    expect(onGitlab?.page('index.html')).toBe(`https://gitlab.test/o/r/-/blob/${pushed}/index.html`);
    const onBitbucket = await codeAddresses({ BITBUCKET_REPO_FULL_NAME: 'o/r', BITBUCKET_COMMIT: pushed });
    expect(onBitbucket?.page('index.html', 3)).toBe(`https://bitbucket.org/o/r/src/${pushed}/index.html#lines-3`);
    expect(await codeAddresses({ SYSTEM_PULLREQUEST_SOURCECOMMITID: pushed })).toBeUndefined();
  });
});
