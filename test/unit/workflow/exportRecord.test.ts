import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SCHEMA_VERSION } from '../../../src/core/record/record';
import type { recordSarif } from '../../../src/core/report/sarif';
import { exportText, writeExport } from '../../../src/workflow/exportRecord';
import { Workspace } from '../../../src/workflow/workspace';

const options = { title: 'Shop', madeOn: '2026-11-22', version: '1.2.3' };
const png = Buffer.from('89504e470d0a1a0a00', 'hex');

let folder: string;
let workspace: Workspace;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'export-test-'));
  workspace = new Workspace(folder);
  mkdirSync(path.join(folder, 'ux-audit/evidence'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function record(evidence: string[]): void {
  const id = 'checkout/nielsen-10/H01/7k3q9d';
  const finding = { kind: 'heuristic', rule: 'nielsen-10/H01', title: 'Slow', target: 'checkout', evidence, id };
  const value = {
    schemaVersion: SCHEMA_VERSION,
    targets: { checkout: { kind: 'page', path: '/checkout' } },
    findings: { [id]: { ...finding, state: { status: 'open' } } },
  };
  writeFileSync(workspace.paths.record, JSON.stringify(value));
}

describe('an export', () => {
  it('takes in images, and nothing else', async () => {
    const inEvidence = (name: string, bytes: Buffer | string) =>
      writeFileSync(path.join(folder, 'ux-audit/evidence', name), bytes);
    inEvidence('a.png', png);
    inEvidence('text.png', 'secret');
    writeFileSync(path.join(folder, 'outside.png'), png);
    record(['evidence/a.png', 'evidence/text.png', 'evidence/missing.png', 'evidence/../../outside.png']);
    const html = await exportText(workspace, await workspace.record.read(), 'html', options);
    expect(html.match(/<img [^>]*>/g)).toEqual([
      `<img src="data:image/png;base64,${png.toString('base64')}" alt="Image 1 of 4 of: Slow">`,
    ]);
    expect(html.match(/is not part of this report/g)).toHaveLength(3);
  });

  it('is made in each format', async () => {
    record([]);
    const parsed = await workspace.record.read();
    expect(JSON.parse(await exportText(workspace, parsed, 'sarif', options))).toMatchObject({ version: '2.1.0' });
    expect(await exportText(workspace, parsed, 'csv', { ...options, byteOrderMark: true })).toMatch(/^\ufeff"id"/);
  });

  it('leaves out what is decided and fixed where only open findings are asked for', async () => {
    const finding = (status: string, severity: number) => ({
      kind: 'heuristic',
      rule: 'acme/x',
      title: status,
      target: 'checkout',
      id: `checkout/acme/x/${status}`,
      state: { status, severity },
    });
    const all = [finding('fixed', 4), finding('accepted', 3), finding('of-a-later-version', 1), finding('open', 2)];
    const value = {
      schemaVersion: SCHEMA_VERSION,
      targets: { checkout: { kind: 'page', path: '/checkout' } },
      findings: Object.fromEntries(all.map((one) => [one.id, one])),
    };
    writeFileSync(workspace.paths.record, JSON.stringify(value));
    const parsed = await workspace.record.read();
    const statuses = async (openOnly: boolean) => {
      const log = JSON.parse(await exportText(workspace, parsed, 'sarif', { ...options, openOnly }));
      return log.runs[0].results.map(({ message }: { message: { text: string } }) => message.text.split('\n')[0]);
    };
    expect(await statuses(false)).toEqual(['open', 'of-a-later-version', 'accepted', 'fixed']);
    expect(await statuses(true)).toEqual(['open', 'of-a-later-version']);
    const rows = (await exportText(workspace, parsed, 'csv', options)).split('\r\n').slice(1, -1);
    expect(rows.map((row) => row.split(',')[0])).toEqual(
      ['open', 'of-a-later-version', 'accepted', 'fixed'].map((status) => `"checkout/acme/x/${status}"`),
    );
  });

  it('puts results of SARIF on their lines, by paths from the top of the repository', async () => {
    execFileSync('git', ['init', '-q'], { cwd: folder });
    const shop = path.join(folder, 'shop');
    cpSync(path.join(import.meta.dirname, '../../fixtures/triage'), shop, { recursive: true });
    const below = new Workspace(shop);
    const parsed = await below.record.read();
    const log = JSON.parse(await exportText(below, parsed, 'sarif', options)) as ReturnType<typeof recordSarif>;
    const lineOf = (id: string) => {
      const result = log.runs[0]?.results.find((one) => one.partialFingerprints['uxAuditId/v1'] === id);
      const { artifactLocation, region } = result?.locations[0]?.physicalLocation ?? {};
      const text = readFileSync(path.join(folder, artifactLocation?.uri ?? ''), 'utf8');
      return [artifactLocation?.uri, text.split('\n')[(region?.startLine ?? 0) - 1]?.trim()];
    };
    expect(lineOf('home/lighthouse/image-alt')).toEqual([
      'shop/site/index.html',
      '<img src="lamp.svg" width="120" height="120">',
    ]);
    const [whole] = [...parsed.lineOf.keys()].filter((id) => id.endsWith('meta-description'));
    expect(lineOf(whole ?? '')).toEqual(['shop/ux-audit/findings.json', `"${whole}": {`]);
  });

  it('is written whole, into a folder made for it, and never onto the record', async () => {
    record([]);
    const before = readFileSync(workspace.paths.record, 'utf8');
    const file = path.join(folder, 'out/deep/findings.csv');
    await writeExport(workspace, file, 'one');
    await writeExport(workspace, file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(path.dirname(file))).toEqual(['findings.csv']);
    for (const own of [workspace.paths.record, workspace.record.markdownPath]) {
      await expect(writeExport(workspace, own, 'two')).rejects.toMatchObject({ code: 'export-onto-record' });
    }
    const { record: own, outcomes } = workspace.paths;
    writeFileSync(outcomes, '{}');
    for (const [target, name] of [
      [own, 'out/findings.json'],
      [outcomes, 'out/table.json'],
      [path.dirname(own), 'folder'],
    ] as const)
      symlinkSync(target, path.join(folder, name));
    for (const link of ['out/findings.json', 'out/table.json', 'folder/findings.json'])
      await expect(writeExport(workspace, path.join(folder, link), 'two')).rejects.toMatchObject({
        code: 'export-onto-record',
      });
    expect(readFileSync(outcomes, 'utf8')).toBe('{}');
    expect(readFileSync(workspace.paths.record, 'utf8')).toBe(before);
  });
});
