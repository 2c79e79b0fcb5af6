import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/record/canonicalText';
import { emptyRecord } from '../../src/core/record/record';
import { cli, Place } from '../engine/support';

let place: Place;
beforeEach(() => {
  place = new Place();
  const targets = { checkout: { kind: 'page', path: '/checkout' } };
  place.writeRecord(canonicalText({ ...emptyRecord(), targets }));
});
afterEach(() => place.leave());

const json = async (...args: string[]) => JSON.parse((await cli(place, [...args, '--json'])).stdout);
const reviews = () => {
  const file = path.join(place.workspace, 'reviews.csv');
  const rows = ['2026-09-03,"Where do I pay?\u001b[2J"', '2026-09-02,no way to pay', '2026-09-01,lovely'];
  writeFileSync(file, `date,comment\n${rows.join('\n')}\n`);
  return file;
};

describe('ux-audit comments', () => {
  it('imports, lists, groups, shows and ungroups, and commits no text', async () => {
    expect((await cli(place, ['comments', 'list'])).stdout).toContain('No comment yet. Begin with: ux-audit comments');
    const done = await cli(place, ['comments', 'import', reviews()]);
    expect(done.stdout).toContain('3 new comments of "comment", 0 known already');
    const listed = await cli(place, ['comments', 'list', '--text', 'PAY']);
    expect(listed.stdout).toContain('(2026-09-03) Where do I pay?\\u001b[2J');
    expect(listed.stdout).not.toContain('\u001b');
    const pay: { id: string }[] = await json('comments', 'list', '--text', 'pay');
    const ids = pay.map(({ id }) => id);
    const about = ['--problem', 'Paying is hard to find', '--target', 'checkout', '--stage', 'purchase'];
    const grouped = await cli(place, ['comments', 'group', ...ids, ...about, '--severity', '3']);
    const [, id = ''] = /2 comments grouped into (\S+), which has 2 now/.exec(grouped.stdout) ?? [];
    expect(id).toMatch(/^checkout\/customers\/comments\//);
    expect((await cli(place, ['comments', 'list'])).stdout).toContain('lovely\n1 comment, 2 more with --all');
    expect((await cli(place, ['comments', 'show', id])).stdout).toContain('2 comments, 2 of them on this machine');
    expect((await cli(place, ['findings', 'show', id])).stdout).toContain('said by customers, 2 comments');
    expect((await cli(place, ['impact'])).stdout).toContain('Customers named 1 major problem of use');
    expect((await cli(place, ['impact'])).stdout).toMatch(/Paying is hard to find.*said by customers, 2 comments/);
    expect(readFileSync(place.record, 'utf8')).not.toMatch(/Where do I|no way/);
    expect((await cli(place, ['validate'])).code).toBe(0);
    expect((await cli(place, ['comments', 'ungroup', ...ids])).stdout).toContain('2 comments ungrouped');
    expect((await cli(place, ['findings', 'show', id])).code).toBe(2);
  });

  it.each([
    [['group', '0000000000', '--problem', 'X', '--target', 'checkout'], 'There is no comment "0000000000"'],
    [['group', '0000000000', '--problem', 'X', '--target', 'checkout', '--severity', '9'], '--severity takes'],
    [['show', 'nothing'], 'There is no finding "nothing"'],
    [['import', 'nowhere.csv'], 'could not be read'],
  ])('%j is refused with what to do', async (args, said) => {
    const { code, stderr } = await cli(place, ['comments', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});
