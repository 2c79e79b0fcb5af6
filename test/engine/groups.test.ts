import { utimesSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/record/canonicalText';
import { emptyRecord } from '../../src/core/record/record';
import { inHeadlessShell } from './headlessShell';
import { cli, Place, page } from './support';

inHeadlessShell();

let place: Place;

beforeEach(() => {
  place = new Place().enter();
});

afterEach(async () => {
  try {
    await place.isClean();
  } finally {
    await place.leave();
  }
});

it('audits the pages of a group, those that changed, or both, and checks what is open in a group', async () => {
  const target = (path: string) => ({
    kind: 'page',
    path,
    serve: { folder: 'site' },
    sources: [`site${path}`],
  });
  const targets = {
    desk: target('/product/desk.html'),
    help: target('/help.html'),
    lamp: target('/product/lamp.html'),
  };
  const [desk, help, lamp] = Object.values(targets).map(({ path }) => place.write(`site${path}`, page(path))) as [
    string,
    string,
    string,
  ];
  place.write(
    'ux-audit/findings.json',
    canonicalText({ ...emptyRecord(), targets, settings: { groups: { '/product/*': { gate: { new: 1 } } } } }),
  );
  const audited = async (...options: string[]) => {
    const result = await cli(place, ['audit', ...options, '--only', 'accessibility', '-y', '-q', '--json']);
    expect([result.code, result.stderr]).toEqual([0, '']);
    return JSON.parse(result.stdout).pages.map((one: { target: string }) => one.target);
  };
  const touch = (file: string) => utimesSync(file, new Date(), new Date(Date.now() + 60_000));
  expect(await audited('--group', '/product/*')).toEqual(['desk', 'lamp']);
  expect(await audited('--changed')).toEqual(['help']); // never measured
  expect(await audited('--changed')).toEqual([]);
  touch(help);
  touch(lamp);
  expect(await audited('--changed', '--group', '/product/*')).toEqual(['lamp']);
  touch(desk);

  const unknown = await cli(place, ['audit', '--group', '/shop/*', '-y']);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/group \/shop\/\*.*\n.*\/product\/\*/)]);
  const both = await cli(place, ['audit', 'lamp', '--changed', '-y']);
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--group and --changed choose among')]);

  const checked = await cli(place, ['findings', 'check', '--group', '/product/*', '-y', '-q', '--json']);
  expect(checked.code).toBe(1);
  expect(JSON.parse(checked.stdout).checked.map(({ id }: { id: string }) => id)).toEqual([
    'desk/lighthouse/image-alt',
    'lamp/lighthouse/image-alt',
  ]);
});
