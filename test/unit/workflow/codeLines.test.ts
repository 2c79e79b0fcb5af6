import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newestMeasurements } from '../../../src/core/audit/measurement';
import { keyOfItem } from '../../../src/core/audit/occurrences';
import { type AuditRecord, emptyRecord, type Finding, findingSchema } from '../../../src/core/record/record';
import { codeMarks } from '../../../src/workflow/codeMarks';
import { findingPlaces } from '../../../src/workflow/findingPlaces';
import { Workspace } from '../../../src/workflow/workspace';
import { measurement, report } from '../core/audit/build';

const page = 'http://127.0.0.1:41873/';
const url = `${page}app.js`;
const key = keyOfItem({ url });
const id = 'home/lighthouse/errors-in-console';

let root: string;
let workspace: Workspace;
beforeEach(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'lines-'));
  workspace = new Workspace(root);
  mkdirSync(path.join(root, 'site'));
  const file = path.join(root, 'site/app.js');
  writeFileSync(file, 'first();\nsecond();\n');
  utimesSync(file, 0, 0);
  const at = (line: number, column: number) => ({ type: 'source-location', url, urlProvider: 'network', line, column });
  const items = [
    { sourceLocation: at(0, 5), description: 'ReferenceError: first is not defined' },
    { sourceLocation: at(1, 0), description: 'ReferenceError: second is not defined' },
    { sourceLocation: at(1, 0), description: 'ReferenceError: second is not defined' },
    { sourceLocation: { ...at(0, 0), url: `${page}gone.js` }, description: 'Failed to load resource' },
  ];
  const headings = [
    { key: 'sourceLocation', valueType: 'source-location', label: 'Source' },
    { key: 'description', valueType: 'code', label: 'Description' },
  ];
  const details = { type: 'table', headings, items };
  const whole = { finalDisplayedUrl: page, audits: { 'errors-in-console': { title: 'x', details } } };
  const kept = path.join(root, 'report.json');
  writeFileSync(kept, JSON.stringify(whole));
  await workspace.runs.add({ measurement: measurement({ target: 'home' }), report: report([]) }, [kept]);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function recordWith(change: object = {}): { record: AuditRecord; finding: Finding } {
  const finding = findingSchema.parse({
    kind: 'automated',
    rule: 'lighthouse/errors-in-console',
    title: 'x',
    target: 'home',
    state: { status: 'open', severity: 2 },
    occurrences: { [key]: { url: '/app.js', n: 3, ...change } },
    id,
  });
  const home = { kind: 'page', path: '/', serve: { folder: 'site' } };
  return { record: { ...emptyRecord(), targets: { home }, findings: { [id]: finding } }, finding };
}

describe('a finding about scripts', () => {
  it('has the lines that the newest report names, each once, at its file', async () => {
    const { record, finding } = recordWith();
    const latest = newestMeasurements(await workspace.runs.measurements());
    const { places, tables } = await findingPlaces(workspace, record, latest, finding);
    const [first, second] = [
      { file: 'site/app.js', line: 1, column: 6, by: 'exact' },
      { file: 'site/app.js', line: 2, column: 1, by: 'exact' },
    ];
    expect(places).toEqual([{ target: 'home', key, url: '/app.js', n: 3, source: first, others: [second] }]);
    const sources = tables[0]?.rows.map(([cell]) => (cell?.kind === 'address' ? cell.source : undefined));
    expect(sources).toEqual([first, second, second, undefined]);
  });

  it('marks these lines with what is wrong there, unless its place is decided', async () => {
    const latest = newestMeasurements(await workspace.runs.measurements());
    const marksOf = ({ record }: { record: AuditRecord }) =>
      codeMarks(workspace, { record, invalid: new Set() }, latest);
    const marks = await marksOf(recordWith());
    expect(marks.map(({ position, occurrence, message }) => ({ line: position.line, occurrence, message }))).toEqual([
      { line: 1, occurrence: key, message: expect.stringContaining('first is not defined') },
      { line: 2, occurrence: key, message: expect.stringContaining('second is not defined') },
    ]);
    const decided = { status: 'accepted', by: 'ana', on: '2026-01-01', reason: 'x' };
    expect(await marksOf(recordWith({ decided }))).toEqual([]);
  });

  it('is a guess once the file has changed, and marks nothing then', async () => {
    writeFileSync(path.join(root, 'site/app.js'), '\nfirst();\nsecond();\n');
    utimesSync(path.join(root, 'site/app.js'), new Date('2026-11-22'), new Date('2026-11-22'));
    const { record, finding } = recordWith();
    const latest = newestMeasurements(await workspace.runs.measurements());
    expect((await findingPlaces(workspace, record, latest, finding)).places[0]?.source?.by).toBe('guess');
    expect(await codeMarks(workspace, { record, invalid: new Set() }, latest)).toEqual([]);
  });
});
