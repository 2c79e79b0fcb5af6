import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Target } from '../../../src/core/record/record';
import { changedPages } from '../../../src/workflow/changedPages';
import { measurement } from '../core/audit/build';

let root: string;
const audited = new Date('2026-11-20T10:00:00Z');
const before = new Date('2026-11-19T10:00:00Z');
const after = new Date('2026-11-21T10:00:00Z');

function file(name: string, at: Date): void {
  const full = path.join(root, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, name);
  utimesSync(full, at, at);
}

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'changed-'));
  file('site/home.html', before);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const served: Target = { kind: 'page', path: '/home.html', serve: { folder: 'site' } };
const changed = (targets: Record<string, Target>, names = Object.keys(targets)) =>
  changedPages(
    root,
    { targets },
    names.map((target) => measurement({ target, at: audited.toISOString() })),
  );

describe('pages whose sources changed', () => {
  it('are those with a newer file in the folder that they are served from', async () => {
    expect(await changed({ home: served })).toEqual([]);
    file('site/css/deep/a.css', after);
    expect(await changed({ home: served })).toEqual(['home']);
  });

  it('are told by the files that the target names, where it names some', async () => {
    file('site/other.html', after);
    expect(await changed({ home: { ...served, sources: ['site/home.html'] } })).toEqual([]);
    expect(await changed({ home: { ...served, sources: ['site/other.html'] } })).toEqual(['home']);
  });

  it('include those that were never measured here, and no journey', async () => {
    const order: Target = { kind: 'journey', steps: ['Pay'] };
    expect(await changed({ home: served, order }, [])).toEqual(['home']);
  });

  it('leave out pages of which nothing tells, files outside the workspace, and packages', async () => {
    const elsewhere: Target = { kind: 'page', path: '/', origins: { deployed: 'https://shop.example' } };
    file('site/node_modules/x/index.js', after);
    symlinkSync(os.tmpdir(), path.join(root, 'site/link'));
    const outside: Target = { ...elsewhere, sources: ['../'] };
    expect(await changed({ elsewhere, outside, home: served })).toEqual([]);
  });
});
