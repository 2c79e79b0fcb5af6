import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyAudit } from '../../../../src/core/audit/applyAudit';
import type { AuditItem } from '../../../../src/core/audit/lighthouseReport';
import { newestMeasurements } from '../../../../src/core/audit/measurement';
import { emptyRecord } from '../../../../src/core/record/record';
import { findingPage } from '../../../../src/workflow/webviewStates/findingPage';
import { Workspace } from '../../../../src/workflow/workspace';
import { audit, elements, measurement, report, result } from '../../core/audit/build';

let root: string;
let workspace: Workspace;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'finding-'));
  workspace = new Workspace(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Records that `image-alt` fails at these places. */
async function record(items: AuditItem[]): Promise<void> {
  await workspace.record.update((before) => {
    const targets = { home: { kind: 'page' as const, path: '/' } };
    const audited = { target: 'home', environment: 'local', formFactor: 'mobile' as const, today: '2026-11-20' };
    return applyAudit({ ...emptyRecord(), ...before, targets }, { ...audited, results: [result({ items })] }).record;
  });
}

/** Keeps a set of runs whose whole report names these places of an audit. */
async function keep(day: string, id: string, items: AuditItem[], savings: Record<string, number> = {}): Promise<void> {
  const at = `${day}T10:00:00.000Z`;
  const rows = items.map((item) => ({ node: { type: 'node', ...item } }));
  const details = { type: 'table', headings: [{ key: 'node', valueType: 'node', label: '' }], items: rows };
  const file = path.join(root, 'report.json');
  writeFileSync(file, JSON.stringify({ finalDisplayedUrl: '', audits: { [id]: { title: id, details } } }));
  const about = {
    id: `${at.replace(/[:.]/g, '-')}-local-mobile`,
    target: 'home',
    at,
    environment: 'local',
    representative: 0,
  };
  await workspace.runs.add({ measurement: measurement(about), report: report([audit(id, { savings })]) }, [file]);
}

async function shown() {
  const latest = newestMeasurements(await workspace.runs.measurements());
  const open = { workspace, parsed: await workspace.record.read(), error: undefined, latest };
  const { places, savings } = await findingPage(open, 'home/lighthouse/image-alt', { fileUrl: String, dist: root });
  const named = places.map(({ selector, isRecorded }) => [selector?.split('.').at(-1), isRecorded]);
  return { places: named.sort(), savings };
}

describe('the places on the page of a finding', () => {
  it('are those of the report that the record has too, then those that the record alone has', async () => {
    await record(elements('a', 'b'));
    await keep('2026-11-20', 'image-alt', elements('a', 'gone'));
    expect((await shown()).places).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  it('stand once, as the record has them, when the report calls all of them otherwise', async () => {
    await record(elements('a', 'b'));
    await keep('2026-11-20', 'image-alt', elements('a1', 'b1'));
    expect((await shown()).places).toEqual([
      ['a', true],
      ['b', true],
    ]);
  });

  it('stand once when there are more than the record has, and the report calls all of them otherwise', async () => {
    const many = Array.from({ length: 22 }, (_, n) => `a${n}`);
    await record(elements(...many));
    await keep('2026-11-20', 'image-alt', elements(...many.map((name) => `${name}x`)));
    expect((await shown()).places).toHaveLength(22);
  });

  it('are all of the report when the record has none', async () => {
    await record([]);
    await keep('2026-11-20', 'image-alt', elements('a', 'b'));
    expect((await shown()).places).toEqual([
      ['a', false],
      ['b', false],
    ]);
  });

  it('come with the savings of the same run when a later one audited other categories', async () => {
    await record(elements('a'));
    await keep('2026-11-20', 'image-alt', elements('a'), { LCP: 300 });
    await keep('2026-11-21', 'meta-description', []);
    expect(await shown()).toEqual({ places: [['a', true]], savings: [{ metric: 'LCP', value: 300 }] });
  });
});
