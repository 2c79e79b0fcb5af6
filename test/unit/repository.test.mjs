import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { changesOf } from '../../.ci/release.mjs';
import { bundledPackages } from '../../.ci/sbom.mjs';
import { chosenGroups, groups } from '../../.ci/stages.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json'));

/** Files below a folder whose names have this ending, as paths from the root folder. */
function files(folder, ending) {
  return readdirSync(path.join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(folder, name));
}

describe.each(files('.github', '.yml'))('%s', (file) => {
  it('is YAML without a mistake, each key once', () => {
    const { errors, warnings } = parseDocument(read(file), { prettyErrors: true });
    expect([...errors, ...warnings].map(({ message }) => message)).toEqual([]);
  });
});

describe.each(files('.github/workflows', '.yml'))('%s', (file) => {
  const { jobs, permissions } = parseDocument(read(file)).toJS();
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('may by itself only read, and no job runs for ever', () => {
    expect(permissions).toEqual({ contents: 'read' });
    for (const [name, job] of Object.entries(jobs)) expect(job['timeout-minutes'], name).toBeGreaterThan(0);
  });

  it('needs only jobs that there are', () => {
    for (const { needs } of Object.values(jobs)) if (needs) expect(Object.keys(jobs)).toContain(needs);
  });

  it('takes every action in a version', () => {
    for (const { uses, run } of steps) {
      expect(uses ?? run).toBeTruthy();
      if (uses) expect(uses).toMatch(/@v\d+$/);
    }
  });

  it('runs scripts and stages that there are', () => {
    const lines = steps.flatMap(({ run }) => run?.split('\n') ?? []);
    for (const line of lines) {
      const script = /^npm run (\S+)/.exec(line)?.[1];
      if (script) expect(scripts).toHaveProperty([script]);
    }
    const inMatrix = Object.values(jobs).flatMap(({ strategy }) => strategy?.matrix.include ?? []);
    const named = [
      ...lines.flatMap((line) => /^npm test -- ([a-z -]+)$/.exec(line)?.[1].split(' ') ?? []),
      ...inMatrix.flatMap(({ stages }) => stages?.split(' ').filter(Boolean) ?? []),
    ];
    expect(() => chosenGroups(named)).not.toThrow();
  });
});

describe('the stages of npm test', () => {
  it('need only what an earlier group has done', () => {
    const done = [];
    for (const group of groups) {
      for (const { name, needs = [] } of group) expect(done, name).toEqual(expect.arrayContaining(needs));
      done.push(...group.map(({ name }) => name));
    }
  });

  it('have budgets of at most twenty minutes in all', () => {
    const longest = groups.map((group) => Math.max(...group.map(({ budget }) => budget)));
    expect(longest.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThanOrEqual(20 * 60);
  });

  it('come with all that they need when one is named, and a name that is none is told', () => {
    const names = (...given) => chosenGroups(given).map((group) => group.map(({ name }) => name));
    expect(names('e2e')).toEqual([['build'], ['package'], ['e2e']]);
    expect(() => names('e3e')).toThrow(/no stage named e3e: choose from types, /);
  });
});

describe('Markdown for readers of the repository', () => {
  const pages = [...files('docs', '.md'), ...readdirSync(root).filter((name) => name.endsWith('.md'))];

  it.each(pages)('%s leads only to files that there are', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link);
    const gone = links.filter((link) => !existsSync(path.join(root, path.dirname(page), link)));
    expect(gone).toEqual([]);
  });
});

describe('a release', () => {
  it('takes its notes from the part of the changelog that is about its version', () => {
    const changelog =
      '# Changelog\n\n## Unreleased\n\n- New.\n\n## [0.2.0] - 2026-12-01\n\n- Two.\n\n## 0.1.0\n\n- One.\n';
    expect(changesOf(changelog, 'Unreleased')).toBe('- New.');
    expect(changesOf(changelog, '0.2.0')).toBe('- Two.');
    expect(changesOf(changelog, '0.1.0')).toBe('- One.');
    expect(changesOf(changelog, '0.1')).toBeUndefined();
  });

  it('lists as its materials what the notices of the build name', () => {
    const notices = '# Notices\n\n## lit-html 3.3.3 (BSD-3-Clause)\n\n```\n## 2 Terms\n```\n\n## @a/b 1.0.0 (MIT)\n';
    expect([...bundledPackages(notices)]).toEqual(['lit-html@3.3.3', '@a/b@1.0.0']);
  });
});
