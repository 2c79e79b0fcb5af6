import { expect, it } from 'vitest';
import { changesText } from '../../../../src/core/report/changesText';

const finding = (target: string, rule: string) => ({
  kind: 'automated',
  rule,
  title: rule,
  target,
  state: { status: 'open' },
  id: `${target}/${rule}`,
});
const findings = Object.fromEntries(
  [finding('a', 'alt'), finding('b', 'alt'), finding('b', 'label'), finding('c', 'title')].map((one) => [one.id, one]),
);

it('says how many findings changed in which way, what is new first', () => {
  const changes = [
    { id: 'c/title', change: 'fixed' },
    { id: 'a/alt', change: 'new' },
    { id: 'b/alt', change: 'new' },
  ] as const;
  expect(changesText(changes)).toBe('2 new, 1 fixed');
  expect(changesText([])).toBe('no change');
});

it('tells many findings as problems on pages, where the record is known', () => {
  const added = ['a/alt', 'b/alt', 'b/label'].map((id) => ({ id, change: 'new' as const }));
  expect(changesText([...added, { id: 'c/title', change: 'fixed' }], findings)).toBe(
    '3 new (2 problems on 2 pages), 1 fixed',
  );
  expect(changesText([{ id: 'gone', change: 'removed' }], findings)).toBe('1 removed');
});
