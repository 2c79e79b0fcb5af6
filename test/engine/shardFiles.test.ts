// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { canonicalText } from '../../src/core/record/canonicalText';
import { parseRecord } from '../../src/core/record/parseRecord';
import { emptyRecord } from '../../src/core/record/record';
import { inHeadlessShell } from './headlessShell';
import { cli, Place, page, repository } from './support';

inHeadlessShell();

/** One job of a service: what it calls, and the variables that the service gives it. */
interface Job {
  words: string[];
  env: Record<string, string>;
}

/** What a service runs side by side, and then once. */
interface Service {
  audits: Job[];
  merge: Job;
}

// biome-ignore lint/suspicious/noExplicitAny: the shapes of three services
const parsed = (file: string): any[] =>
  parseAllDocuments(readFileSync(path.join(repository, 'media/ci', file), 'utf8'), { uniqueKeys: true }).map(
    (document) => {
      expect([...document.errors, ...document.warnings]).toEqual([]);
      return document.toJS();
    },
  );
const { version } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));

/** The words after `ux-audit` in the one line that calls it. */
function callOf(lines: (string | undefined)[]): string[] {
  const calls = lines.filter((line) => line?.startsWith('npx ')) as string[];
  expect(calls.map((line) => line.split(' ').slice(0, 3))).toEqual([['npx', '--yes', `ux-audit@${version}`]]);
  return (calls[0] as string)
    .replace(/ \$\{\{/g, ' ${{')
    .split(/ (?![^{]*\}\})/)
    .slice(3);
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const services: Record<string, () => Service> = {
  github() {
    const [{ jobs, permissions }] = parsed('github-shards.yml');
    expect(permissions).toEqual({ contents: 'read' });
    const { matrix, 'fail-fast': stopsAll } = jobs.audit.strategy;
    expect([stopsAll, jobs.merge.needs, jobs.merge.if]).toEqual([false, 'audit', '${{ !cancelled() }}']);
    const runs = (job: { steps: { run?: string }[] }) => callOf(job.steps.map(({ run }) => run));
    const audits = (matrix.shard as number[]).map((shard) => ({
      env: {},
      words: runs(jobs.audit).map((word) =>
        word.replace('${{ matrix.shard }}', `${shard}`).replace('${{ strategy.job-total }}', `${matrix.shard.length}`),
      ),
    }));
    return { audits, merge: { words: runs(jobs.merge), env: {} } };
  },
  gitlab() {
    const [jobs] = parsed('gitlab-shards.yml');
    const { parallel, script, artifacts } = jobs['ux-audit'];
    expect([artifacts.when, artifacts.paths, jobs['ux-audit-merge'].needs]).toEqual([
      'always',
      ['measured'],
      ['ux-audit'],
    ]);
    const audits = numbers(parallel).map((index) => ({
      env: { CI_NODE_INDEX: `${index + 1}`, CI_NODE_TOTAL: `${parallel}` },
      words: callOf(script),
    }));
    return { audits, merge: { words: callOf(jobs['ux-audit-merge'].script), env: {} } };
  },
  kubernetes() {
    const [indexed, merging] = parsed('kubernetes-shards.yml');
    const { completions, parallelism, completionMode, template } = indexed.spec;
    const [container] = template.spec.containers;
    const [{ mountPath }] = container.volumeMounts;
    expect([completionMode, parallelism, container.env]).toEqual([
      'Indexed',
      completions,
      [{ name: 'UX_AUDIT_SHARDS', value: `${completions}` }],
    ]);
    expect(container.command.at(-1)).toBe(mountPath);
    const inClaim = (command: string[]) => command.slice(2).map((word) => (word === mountPath ? 'measured' : word));
    const audits = numbers(completions).map((index) => ({
      env: { JOB_COMPLETION_INDEX: `${index}`, UX_AUDIT_SHARDS: `${completions}` },
      words: inClaim(container.command),
    }));
    const { command } = merging.spec.template.spec.containers[0];
    return { audits, merge: { words: inClaim(command), env: {} } };
  },
};

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

const git = (...args: string[]) => execFileSync('git', args, { cwd: place.workspace, stdio: 'pipe' });

describe.each(Object.keys(services))('the example for %s', (name) => {
  it('writes the record once, and names shards that are missing, double, or of something else', async () => {
    const targets = Object.fromEntries(
      ['a', 'b', 'c'].map((slug) => [slug, { kind: 'page', path: `/${slug}.html`, serve: { folder: 'site' } }]),
    );
    for (const slug of Object.keys(targets)) place.write(`site/${slug}.html`, page(slug));
    place.write('ux-audit/findings.json', canonicalText({ ...emptyRecord(), targets }));
    place.write('.gitignore', 'measured\nkept\nother\n');
    git('init', '-q');
    git('add', '-A');
    git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'first');

    const { audits, merge } = (services[name] as () => Service)();
    const run = ({ words, env }: Job, ...more: string[]) =>
      cli(place, [...words, ...more, '--only', 'accessibility', '-q'], { env });
    const merging = () => cli(place, merge.words, { env: merge.env });
    const measured = (...names: string[]) => path.join(place.workspace, 'measured', ...names);
    const [first, second] = audits as [Job, Job];
    expect(audits).toHaveLength(4); // one more than there are pages

    expect((await run(first)).code).toBe(0);
    const missing = await merging();
    expect([missing.code, missing.stdout]).toEqual([4, expect.stringContaining('Missing: shard 2, shard 3, shard 4.')]);
    for (const job of audits.slice(1)) expect((await run(job)).code).toBe(0);

    mkdirSync(measured('again'));
    cpSync(measured('shard-2-of-4.json'), measured('again', 'shard-2-of-4.json'));
    const double = await merging();
    expect([double.code, double.stderr]).toEqual([2, expect.stringContaining('Shard 2 of 4 is there twice')]);
    rmSync(measured('again'), { recursive: true });

    cpSync(measured('shard-2-of-4.json'), path.join(place.workspace, 'kept'));
    expect((await run(second, '--allow-error-pages')).code).toBe(0);
    const other = await merging();
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('their options differ')]);
    cpSync(path.join(place.workspace, 'kept'), measured('shard-2-of-4.json'));

    const { code, stdout } = await merging();
    expect([code, stdout]).toEqual([0, expect.stringContaining('4 shards of 4: 3 sets of runs.')]);
    const { findings } = parseRecord(place.recordText() ?? '').record;
    expect(Object.keys(targets).map((slug) => findings[`${slug}/lighthouse/image-alt`]?.state.status)).toEqual([
      'open',
      'open',
      'open',
    ]);
  });
});
