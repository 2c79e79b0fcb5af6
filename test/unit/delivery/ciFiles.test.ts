// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows and of shells
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { knownCommands, refusedOf, wordsOf } from './commandLines';
import { StandIn } from './standIn';
import { folder, githubEnv, MARK } from './support';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const { name, version } = JSON.parse(read('package.json')) as { name: string; version: string };
// those of shards run in test/engine/shardFiles.test.ts
const copies = readdirSync(path.join(root, 'media/ci'))
  .filter((file) => !file.includes('shards'))
  .map((file) => `media/ci/${file}`);
const files = [...copies, 'action.yml', 'templates/ux-audit/template.yml'];

type Step = Record<string, unknown> & { env?: Record<string, string> };
// biome-ignore lint/suspicious/noExplicitAny: the shapes of four hosts
const parsed = (file: string): any[] => parseAllDocuments(read(file)).map((document) => document.toJS());
const stepsOf = (file: string): Step[] => {
  const [first, second] = parsed(file);
  if (file === 'action.yml') return first.runs.steps;
  if (second) return second['ux-audit'].script.map((script: string) => ({ script }));
  if (first.pipelines)
    return first.pipelines['pull-requests']['**'][0].step.script.map((script: string) => ({ script }));
  return Object.values(first.jobs as Record<string, { steps: Step[] }>).flatMap(({ steps }) => steps);
};
const shellOf = ({ run, bash, script }: Step) => (run ?? bash ?? script) as string | undefined;

/** The lines of a file that call `ux-audit`, as the words after its name. */
const callsOf = (file: string): string[][] =>
  stepsOf(file)
    .flatMap((step) => shellOf(step)?.split('\n') ?? [])
    .filter((line) => line.startsWith('npx '))
    .map((line) => wordsOf(line).slice(3));

describe.each(files)('%s', (file) => {
  it('is YAML without a mistake, each key once', () => {
    const wrong = parseAllDocuments(read(file), { prettyErrors: true }).flatMap(({ errors, warnings }) => [
      ...errors,
      ...warnings,
    ]);
    expect(wrong.map(({ message }) => message)).toEqual([]);
  });

  it('calls this version of the package, with what it takes', () => {
    const lines = stepsOf(file).flatMap((step) => shellOf(step)?.split('\n') ?? []);
    const packages = lines.filter((line) => line.startsWith('npx ')).map((line) => wordsOf(line)[2]);
    expect(packages).toEqual([file === 'action.yml' ? '$package' : `${name}@${version}`]);
    for (const words of callsOf(file)) expect(refusedOf(words, knownCommands)).toEqual([]);
  });

  it('takes actions of GitHub alone, in the versions of our own workflows', () => {
    const own = read('.github/workflows/ci.yml') + read('.github/workflows/release.yml');
    for (const { uses } of stepsOf(file)) {
      if (!uses) continue;
      expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
      expect(own).toContain(`uses: ${uses}`);
    }
  });
});

describe('the check of command lines', () => {
  it.each([
    [['audit', '--all'], ['audit']],
    [['ci', 'main', 'other'], ['other']],
    [
      ['ci', '--server', 'dist'],
      ['--server', 'dist'],
    ],
    [['ci', '--serve', '--yes'], ['--serve without a value']],
    [['ci', 'deliver', 'folder', '--yes'], ['--yes']],
    [['ci', 'main', '--serve', 'dist', '--yes'], []],
  ])('refuses of %j: %j', (words, refused) => {
    // an option that is not known may take the word after it, which then counts as an argument
    expect(refusedOf(words, knownCommands)).toEqual(refused.filter((word) => word !== 'dist'));
  });

  it('reads quotes as a shell does', () => {
    expect(wordsOf('npx ci "a b" $X ${Y:+"$Y"} "${Z[@]}" --b "c && d"')).toEqual([
      'npx',
      'ci',
      'a b',
      '$X',
      '${Y:+"$Y"}',
      '${Z[@]}',
      '--b',
      'c && d',
    ]);
  });
});

describe('workflows on GitHub', () => {
  it.each(copies.filter((file) => file.includes('github')))('%s may by itself only read, and ends', (file) => {
    const [{ permissions, jobs }] = parsed(file);
    expect(permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(jobs as Record<string, Record<string, number>>))
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    expect(read(file)).not.toContain('pull_request_target:');
  });

  it('that comment for a fork check out nothing and follow the one that runs it', () => {
    const [first] = parsed('media/ci/github-pull-request.yml');
    const [second] = parsed('media/ci/github-forks-comment.yml');
    expect(second.on.workflow_run.workflows).toEqual([first.name]);
    expect(JSON.stringify(second)).not.toContain('actions/checkout');
    const artifacts = [...first.jobs['ux-audit'].steps, ...second.jobs.comment.steps].filter(({ uses }) =>
      /load-artifact/.test(uses),
    );
    expect(artifacts.map((step) => step.with.name)).toEqual(['ux-audit', 'ux-audit']);
  });

  it('put nothing into a shell but variables', () => {
    for (const file of files.filter((one) => one.includes('github') || one === 'action.yml'))
      for (const { run } of stepsOf(file)) expect(run ?? '').not.toContain('${{');
  });
});

/** What stands in for the command `ci`: delivers one verdict as it does, and writes down how it was called. */
const program = `
import { appendFileSync } from 'node:fs';
import { deliver, deliverArtifact, deliveredLine, writeArtifact } from './deliver.mjs';
const [, named, ...words] = process.argv.slice(2);
appendFileSync(process.env.CALLS, JSON.stringify([named, ...words]) + '\\n');
const verdict = { comment: '### UX Audit: all is well', failed: false, annotations: [], accessibility: [], summaryTitle: 'All is well' };
const options = { env: process.env, cwd: process.cwd(), print: console.log };
if (words[1] !== 'deliver') await writeArtifact(verdict, words[words.indexOf('--artifact') + 1]);
const delivered = words[1] === 'deliver' ? await deliverArtifact(words[2], options) : await deliver(verdict, options);
for (const one of delivered) console.log(deliveredLine(one));
`;

describe.skipIf(process.platform === 'win32')('the shell of', () => {
  let api: StandIn;
  let bin: string;
  let work: string;
  beforeAll(async () => {
    bin = folder();
    await build({
      entryPoints: [path.join(root, 'src/delivery/deliver.ts')],
      outfile: path.join(bin, 'deliver.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    writeFileSync(path.join(bin, 'program.mjs'), program);
    writeFileSync(path.join(bin, 'npx'), `#!/bin/sh\nexec "${process.execPath}" "${bin}/program.mjs" "$@"\n`);
    for (const name of ['apt-get', 'git']) writeFileSync(path.join(bin, name), '#!/bin/sh\nexit 0\n');
    for (const name of ['npx', 'apt-get', 'git']) chmodSync(path.join(bin, name), 0o755);
  });
  beforeEach(async () => {
    api = await new StandIn().start();
    work = folder();
  });
  afterEach(() => api.stop());

  /** Runs the shell of a file's steps, with what the host fills in, and gives how `ux-audit` was called. */
  async function running(file: string, env: NodeJS.ProcessEnv, filled: Record<string, string>): Promise<string[][]> {
    const fill = (text: string) =>
      Object.entries(filled).reduce((rest, [expression, value]) => rest.replaceAll(expression, value), text);
    const calls = path.join(work, 'calls');
    const lines = stepsOf(file).filter((step) => shellOf(step));
    const script = lines.map((step) => fill(shellOf(step) ?? '')).join('\n');
    const own = Object.fromEntries(
      lines.flatMap((step) => Object.entries(step.env ?? {})).map(([key, value]) => [key, fill(value)]),
    );
    await promisify(execFile)('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: work,
      env: { ...env, ...own, CALLS: calls, PATH: `${bin}:${path.dirname(process.execPath)}:${process.env.PATH}` },
    });
    return readFileSync(calls, 'utf8').trim().split('\n').map((line) => JSON.parse(line)); // biome-ignore format: short
  }

  const built = ['--build', 'npm ci && npm run build', '--serve', 'dist'];
  const said = () => api.comments.map(({ body }) => body);
  const github = (event?: unknown) => {
    const { GITHUB_TOKEN: _, ...env } = githubEnv(api.url, event);
    return { ...env, GITHUB_BASE_REF: 'main', RUNNER_TEMP: work };
  };
  const token = { '${{ github.token }}': 'a-token' };

  it('the workflow on GitHub comments and keeps the artifact', async () => {
    const calls = await running('media/ci/github-pull-request.yml', github(), token);
    const artifact = path.join(work, 'ux-audit-verdict');
    expect(calls).toEqual([[`${name}@${version}`, 'ci', 'origin/main', ...built, '--artifact', artifact, '--yes']]);
    expect(existsSync(path.join(artifact, 'comment.md'))).toBe(true);
    expect(said()).toEqual([`${MARK}\n### UX Audit: all is well`]);
  });

  it('the two workflows for a fork comment once the second one runs', async () => {
    api.faults.push({ on: /^POST/, status: 403, body: { message: 'Resource not accessible by integration' } });
    await running('media/ci/github-pull-request.yml', github(), token);
    expect(said()).toEqual([]);
    const sha = 'a'.repeat(40);
    api.pulls = [{ number: 7, state: 'open', head: { sha }, base: { repo: { full_name: 'o/r' } } }];
    const event = { workflow_run: { event: 'pull_request', head_sha: sha } };
    const calls = await running('media/ci/github-forks-comment.yml', github(event), token);
    expect(calls.at(-1)).toEqual([`${name}@${version}`, 'ci', 'deliver', path.join(work, 'ux-audit-verdict')]);
    expect(said().map((body) => body.trimEnd())).toEqual([`${MARK}\n### UX Audit: all is well`]);
  });

  it.each([
    ['', '', ['origin/main']],
    [
      'release/1',
      '--build "npm run build" --serve \'my dist\'',
      ['release/1', '--build', 'npm run build', '--serve', 'my dist'],
    ],
    ['', '--build "$(touch hacked); `touch hacked`"', ['origin/main', '--build', '$(touch hacked); `touch hacked`']],
  ])('the action with base "%s" and arguments "%s" passes on what it was given', async (base, more, words) => {
    const filled = {
      ...token,
      '${{ inputs.base }}': base,
      '${{ inputs.arguments }}': more,
      '${{ inputs.token }}': 'a-token',
    };
    const [call = []] = await running('action.yml', { ...github(), GITHUB_ACTION_PATH: root }, filled);
    expect(call.slice(0, 2)).toEqual([`${name}@${version}`, 'ci']);
    const artifact = path.join(work, 'ux-audit-verdict');
    const [first = '', ...rest] = words;
    expect(call.slice(2)).toEqual([first, '--artifact', artifact, '--yes', ...rest]);
    expect(said()).toHaveLength(1);
    expect(existsSync(path.join(work, 'hacked'))).toBe(false);
  });

  it('the component of GitLab writes the reports that it declares, and a note', async () => {
    api.me = api.writesAs.author;
    const [{ spec }, second] = parsed('templates/ux-audit/template.yml');
    const inputs = Object.entries(spec.inputs as Record<string, { default: string }>);
    const env = {
      GITLAB_CI: 'true',
      CI_API_V4_URL: `${api.url}/api/v4`,
      CI_PROJECT_DIR: work,
      CI_PROJECT_ID: '12',
      CI_MERGE_REQUEST_IID: '7',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: 'abc123',
      BASE: '',
      UX_AUDIT_GITLAB_TOKEN: 'a-token',
    };
    const filled = Object.fromEntries(inputs.map(([key, { default: value }]) => [`$[[ inputs.${key} ]]`, value]));
    const calls = await running('templates/ux-audit/template.yml', env, filled);
    const artifact = path.join(work, 'ux-audit-verdict');
    expect(calls).toEqual([[`${name}@${version}`, 'ci', 'abc123', '--artifact', artifact, '--yes', ...built]]);
    const { paths, reports } = second['ux-audit'].artifacts;
    for (const file of [...paths, ...Object.values(reports as Record<string, string>)])
      expect(existsSync(path.join(work, file)), file).toBe(true);
    expect(said()).toHaveLength(1);
  });

  it('the pipeline on Bitbucket writes a report, and a comment with a token', async () => {
    const env = {
      BITBUCKET_BUILD_NUMBER: '4',
      BITBUCKET_WORKSPACE: 'w',
      BITBUCKET_REPO_SLUG: 'r',
      BITBUCKET_COMMIT: 'abc123',
      BITBUCKET_PR_ID: '7',
      BITBUCKET_PR_DESTINATION_BRANCH: 'main',
      UX_AUDIT_BITBUCKET_PROXY: api.url,
      UX_AUDIT_BITBUCKET_API: `${api.url}/2.0`,
      UX_AUDIT_BITBUCKET_TOKEN: 'a-token',
    };
    const calls = await running('media/ci/bitbucket-pipelines.yml', env, {});
    expect(calls).toEqual([
      [`${name}@${version}`, 'ci', 'origin/main', ...built, '--artifact', 'ux-audit-verdict', '--yes'],
    ]);
    expect(api.reports.get('ux-audit')).toMatchObject({ result: 'PASSED' });
    expect(said()).toHaveLength(1);
  });

  it('the pipeline on Azure writes a thread', async () => {
    api.me = api.writesAs.author;
    mkdirSync(path.join(work, 'staging'));
    const env = {
      TF_BUILD: 'True',
      SYSTEM_COLLECTIONURI: `${api.url}/org/`,
      SYSTEM_TEAMPROJECT: 'shop',
      BUILD_REPOSITORY_ID: 'g',
      BUILD_REPOSITORY_PROVIDER: 'TfsGit',
      BUILD_ARTIFACTSTAGINGDIRECTORY: path.join(work, 'staging'),
      SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
      SYSTEM_PULLREQUEST_TARGETBRANCHNAME: 'main',
      AGENT_TEMPDIRECTORY: work,
    };
    await running('media/ci/azure-pipelines.yml', env, { '$(System.AccessToken)': 'a-token' });
    expect(api.asked[0]?.authorization).toBe('Bearer a-token');
    expect(said()).toEqual([`${MARK}\n### UX Audit: all is well`]);
  });
});
