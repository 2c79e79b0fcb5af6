import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newestMeasurements } from '../../../src/core/audit/measurement';
import { knownPlaces } from '../../../src/workflow/knownPlaces';
import { Workspace } from '../../../src/workflow/workspace';
import { measurement, report } from '../core/audit/build';

let root: string;
let workspace: Workspace;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'known-'));
  workspace = new Workspace(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const finding = { rule: 'lighthouse/image-alt', target: 'home', state: { status: 'open', seenIn: ['local/mobile'] } };

/** Keeps a set of runs whose whole report has these audits, each with one element. */
async function keep(at: string, audits: string[], fields: { formFactor?: 'mobile' | 'desktop' } = {}): Promise<void> {
  const { formFactor = 'mobile' } = fields;
  const id = `${at.replace(/[:.]/g, '-')}-local-${formFactor}`;
  const node = { type: 'node', selector: `img.${at.slice(0, 10)}`, snippet: '<img>' };
  const details = { type: 'table', headings: [{ key: 'node', valueType: 'node', label: '' }], items: [{ node }] };
  const whole = {
    finalDisplayedUrl: '',
    audits: Object.fromEntries(audits.map((audit) => [audit, { title: audit, details }])),
  };
  const file = path.join(root, 'report.json');
  writeFileSync(file, JSON.stringify(whole));
  const about = { id, target: 'home', at, environment: 'local', formFactor, representative: 0 };
  await workspace.runs.add({ measurement: measurement(about), report: report([]) }, [file]);
}

async function selectors(): Promise<(string | undefined)[] | undefined> {
  const latest = newestMeasurements(await workspace.runs.measurements());
  return (await knownPlaces(workspace, latest, finding))?.places.map(({ selector }) => selector);
}

describe('what the runs of this machine know of a finding', () => {
  it('is read from the newest report, if possible of where it was seen', async () => {
    await keep('2026-11-20T10:00:00.000Z', ['image-alt']);
    await keep('2026-11-21T10:00:00.000Z', ['image-alt'], { formFactor: 'desktop' });
    expect(await selectors()).toEqual(['img.2026-11-20']);
    await keep('2026-11-22T10:00:00.000Z', ['image-alt']);
    expect(await selectors()).toEqual(['img.2026-11-22']);
  });

  it('is read from an earlier report when the newest audited other categories', async () => {
    await keep('2026-11-20T10:00:00.000Z', ['image-alt']);
    await keep('2026-11-21T10:00:00.000Z', ['meta-description']);
    expect(await selectors()).toEqual(['img.2026-11-20']);
  });

  it('is nothing without a report that has the audit', async () => {
    expect(await selectors()).toBeUndefined();
    await keep('2026-11-21T10:00:00.000Z', ['meta-description']);
    expect(await selectors()).toBeUndefined();
  });
});
