import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inHeadlessShell } from './headlessShell';
import { cli, Place, page } from './support';

inHeadlessShell();

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

const names = ['a', 'b', 'c'];
const audit = (...more: string[]) => [
  'audit',
  '--serve',
  'site',
  '-n',
  '1',
  '--only',
  'accessibility',
  '-q',
  '-y',
  ...more,
];
const out = (name: string) => path.join(place.root, name);

describe('a site audited by several machines', () => {
  it('gives the record that one machine would, whichever service runs the shards', async () => {
    mkdirSync(path.join(place.workspace, 'site'));
    for (const name of names) writeFileSync(path.join(place.workspace, 'site', `${name}.html`), page(name));
    const record = path.join(place.workspace, 'ux-audit', 'findings.json');
    expect((await cli(place, audit())).code).toBe(0);
    const one = readFileSync(record, 'utf8');
    cpSync(path.join(place.workspace, 'ux-audit'), out('kept'), { recursive: true });
    rmSync(path.join(place.workspace, 'ux-audit'), { recursive: true });

    const services = [
      { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' },
      { CIRCLE_NODE_INDEX: '1', CIRCLE_NODE_TOTAL: '3' },
      { JOB_COMPLETION_INDEX: '2', UX_AUDIT_SHARDS: '3' },
    ];
    for (const [index, env] of services.entries()) {
      const { code } = await cli(place, audit('--shard', 'auto', '--out', out(`shard-${index}`)), { env });
      expect(code).toBe(0);
    }
    expect(place.recordText()).toBeUndefined();

    const part = await cli(place, ['merge-runs', out('shard-0'), out('shard-2'), '--out', out('part')]);
    expect(part.stdout).toContain('Missing: shard 2.');
    const { code, stdout } = await cli(place, ['merge-runs', out('part'), out('shard-1')]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('3 shards of 3: 3 sets of runs.')]);
    expect(stdout).toMatch(
      /^Findings: 3 new \(1 problem on 3 pages\)\. Record: .*findings\.json\nNext: ux-audit findings$/m,
    );
    expect(readFileSync(record, 'utf8')).toBe(one);

    const twice = await cli(place, ['merge-runs', out('part'), out('shard-0')]);
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('Shard 1 of 3 is there twice: ')]);
    const nowhere = await cli(place, ['merge-runs', out('nowhere')]);
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringMatching(/The folder \S*nowhere is not there/)]);
    const alone = await cli(place, ['merge-runs', out('shard-0')]);
    expect([alone.code, alone.stdout]).toEqual([
      4,
      expect.stringContaining('their findings stay as they are: b local'),
    ]);
    expect(readFileSync(record, 'utf8')).toBe(one);
  });

  it('says what goes with what', async () => {
    expect((await cli(place, audit('--shard', '1/2'))).stderr).toContain('--shard and --out go together');
    expect((await cli(place, audit('--shard', 'auto', '--out', out('x')))).stderr).toContain(
      'does not say which shard',
    );
    writeFileSync(out('shard-1-of-2.json'), '{"format":"ux-audit/shard"}');
    expect((await cli(place, ['merge-runs', place.root])).stderr).toContain(
      'could not be read as what a machine measured',
    );
    expect((await cli(place, ['merge-runs', out('nowhere')])).code).toBe(2);
  });
});
