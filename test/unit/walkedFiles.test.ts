import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyRecord } from '../../src/core/record/record';
import { applyWalked, readWalked } from '../../src/workflow/walkedFiles';
import { Workspace } from '../../src/workflow/workspace';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'walked-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const walked = (target: string, more: object = {}) => ({
  format: 'ux-audit/walked',
  version: 1,
  commit: null,
  journeys: [target],
  formFactor: 'desktop',
  today: '2026-11-28',
  run: {
    id: 'x',
    target,
    environment: 'local',
    at: '2026-11-28T00:00:00.000Z',
    browser: 'Chromium 1',
    viewport: { width: 1, height: 1 },
    tellsSoftNavigations: false,
    runner: 'recording',
    walks: [],
  },
  reports: [],
  ...more,
});

function write(name: string, text: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), JSON.stringify(text));
}

describe('walks of other machines', () => {
  it('are read whatever their journey is called', async () => {
    write('walked-checkout.v2-local-desktop.json', walked('checkout.v2'));
    expect((await readWalked([folder])).map(({ run }) => run.target)).toEqual(['checkout.v2']);
  });

  it.each([
    ['a report that is none', { reports: [{ step: 'Pay', report: {} }] }],
    [
      'an audit whose name leads elsewhere',
      {
        reports: [
          {
            step: 'Pay',
            report: { categories: [], audits: [{ id: '../x', title: '', mode: 'binary', score: 0, items: [] }] },
          },
        ],
      },
    ],
    ['a journey whose name leads elsewhere', { run: { ...walked('a').run, target: '../x' } }],
  ])('are refused by name with %s', async (_, more) => {
    write('walked-order-local-desktop.json', walked('order', more));
    await expect(readWalked([folder])).rejects.toMatchObject({
      code: 'shard-unreadable',
      message: expect.stringContaining('walked-order-local-desktop.json'),
    });
  });

  it('leave nothing behind where the record has no such journey', async () => {
    const workspace = new Workspace(folder);
    await workspace.record.update(() => emptyRecord());
    write('walked-order-local-desktop.json', walked('order'));
    const [file] = await readWalked([folder]);
    if (!file) throw new Error('it was not read');
    await expect(applyWalked(workspace, file)).rejects.toMatchObject({ code: 'walked-unknown' });
    expect(await workspace.journeys.runs()).toEqual([]);
  });
});
