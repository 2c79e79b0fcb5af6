import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isHumanError } from '../../../src/core/errors';
import { canonicalText } from '../../../src/core/record/canonicalText';
import { emptyRecord } from '../../../src/core/record/record';
import { createChecklist } from '../../../src/workflow/checklists';
import { writeExport } from '../../../src/workflow/exportRecord';
import { Workspace } from '../../../src/workflow/workspace';
import { attempts } from '../../patience';
import { measurement, report } from '../core/audit/build';
import { temporaryFolder } from './support';

const REPOSITORIES = attempts(60, 500);

/** Everything that is written into a workspace, and names that a fixed temporary or lock file could have. */
const written = [
  'ux-audit',
  'ux-audit/findings.json',
  'ux-audit/findings.json.tmp',
  'ux-audit/findings.json.lock',
  'ux-audit/findings.json.lock.tmp',
  'ux-audit/findings.json.orig',
  'ux-audit/findings.md',
  'ux-audit/findings.md.tmp',
  'ux-audit/outcomes.json',
  'ux-audit/outcomes.json.tmp',
  'ux-audit/outcomes.json.lock',
  'ux-audit/measurements.json',
  'ux-audit/proposals.json',
  'ux-audit/proposals.json.lock',
  'ux-audit/.gitignore',
  'ux-audit/.gitattributes',
  'ux-audit/runs',
  'ux-audit/runs/home',
  'ux-audit/runs/history.jsonl',
  'ux-audit/runs/history.jsonl.lock',
  'ux-audit/evidence',
  'ux-audit/evidence/b5bb9d8014a0.png',
  'ux-audit/checklists',
  'ux-audit/checklists/house-rules.json',
  'reports',
  'reports/ux.html',
  'reports/ux.html.tmp',
  'reports/ux.html.lock',
];

/** Where a link may lead, relative to the folder that holds the workspace. */
const leads = [
  'outside/shell-start-up',
  'outside/findings.json',
  'outside/findings.md',
  'outside/missing.json',
  'outside/missing/folder',
  'outside',
  'outside/runs',
  'outside/by-link',
  'workspace/../outside/findings.md',
  'workspace/.git/hooks/pre-commit',
  'workspace/.git/hooks',
  'workspace/.git/config.json',
  'workspace/ux-audit/findings.json', // a loop for the record itself
  '.',
];

/** Numbers from 0 to below `size` that are the same in each run (a linear congruential generator). */
function numbers(seed: number): (size: number) => number {
  let state = seed;
  return (size) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * size);
  };
}

/** A folder with `outside`, which nothing may write to, and `workspace`, with links at written paths. */
function hostileRepository(seed: number): { folder: string; links: string[] } {
  const folder = temporaryFolder();
  const next = numbers(seed);
  for (const name of ['outside/runs/home', 'outside/folder', 'workspace/.git/hooks'])
    mkdirSync(path.join(folder, name), { recursive: true });
  for (const name of ['shell-start-up', 'findings.md', 'runs/history.jsonl', 'runs/home/2020-01-01T00.tmp'])
    writeFileSync(path.join(folder, 'outside', name), 'kept\n');
  writeFileSync(path.join(folder, 'outside/findings.json'), canonicalText(emptyRecord()));
  writeFileSync(path.join(folder, 'workspace/.git/config.json'), canonicalText(emptyRecord()));
  writeFileSync(path.join(folder, 'workspace/.git/hooks/pre-commit'), 'kept\n', { mode: 0o755 });
  symlinkSync('folder', path.join(folder, 'outside/by-link'));
  const links: string[] = [];
  // every path and every lead comes first in some repository; further links are chosen at random
  for (let count = 0; count <= next(4); count += 1) {
    const at = count === 0 ? seed % written.length : next(written.length);
    const lead = count === 0 ? (seed + Math.floor(seed / written.length)) % leads.length : next(leads.length);
    const link = path.join(folder, 'workspace', written[at] as string);
    const target = path.join(folder, leads[lead] as string);
    try {
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(next(2) === 0 ? target : path.relative(path.dirname(link), target), link);
      links.push(`${written[at]} -> ${leads[lead]}`);
    } catch {
      // another link of this repository is there already, or leads its folder elsewhere
    }
  }
  return { folder, links };
}

/** The names and contents of a folder, links as they are. */
function contentOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const file = path.join(folder, name);
      return `${name} ${lstatSync(file).isFile() ? readFileSync(file, 'utf8') : ''}`;
    });
}

/** Writes everything that the editor and the terminal write. @returns the error of each write, if any */
async function writeAll(folder: string): Promise<unknown[]> {
  const root = path.join(folder, 'workspace');
  const workspace = new Workspace(root);
  const home = { kind: 'page', path: '/' };
  const whole = path.join(folder, 'lighthouse.json');
  writeFileSync(whole, '{}');
  const text = await workspace.record.text().catch(() => '');
  const writes = [
    () => workspace.record.update((record) => ({ ...record, targets: { ...record.targets, home } })),
    () => workspace.record.replace(text, emptyRecord()),
    () => workspace.outcomes.update((figures) => ({ ...figures })),
    () => workspace.baseline.update((baseline) => ({ ...baseline })),
    () => workspace.proposals.update((proposals) => ({ ...proposals })),
    () => workspace.runs.add({ measurement: measurement({ target: 'home' }), report: report([]) }, [whole]),
    () => workspace.addAttachment(Buffer.from('foo\n'), '.png'),
    () => createChecklist(workspace, 'House rules'),
    () => writeExport(workspace, path.join(root, 'reports/ux.html'), '<!DOCTYPE html>'),
  ];
  const errors: unknown[] = [];
  for (const write of writes) {
    const error = await write().then(
      (result) => (typeof result === 'object' && 'warning' in result ? result.warning : undefined),
      (thrown: unknown) => thrown,
    );
    errors.push(error);
  }
  return errors;
}

it(`writes nothing outside ${REPOSITORIES} hostile workspaces, and says why`, async () => {
  const counts = { links: 0, written: 0, refused: 0 };
  const codes = new Set<string>();
  for (let seed = 0; seed < REPOSITORIES; seed += 1) {
    const { folder, links } = hostileRepository(seed);
    const kept = ['outside', 'workspace/.git'].map((name) => path.join(folder, name));
    const before = kept.map(contentOf);
    const errors = await writeAll(folder);
    expect(kept.map(contentOf), links.join('; ')).toEqual(before);
    for (const error of errors) {
      if (error === undefined) counts.written += 1;
      else {
        if (!isHumanError(error)) throw error;
        counts.refused += 1;
        codes.add(error.code);
      }
    }
    counts.links += links.length;
  }
  console.log(`hostile workspaces: ${REPOSITORIES}, ${JSON.stringify(counts)}, refused as ${[...codes].join(', ')}`);
  expect(counts.refused).toBeGreaterThan(REPOSITORIES / 2);
  expect(counts.written).toBeGreaterThan(REPOSITORIES);
  expect(codes).toContain('write-outside');
});
