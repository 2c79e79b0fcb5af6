import { expect, it } from 'vitest';
import { requestTimes } from '../../../../src/core/audit/requests';

const reportOf = (items: unknown) => ({ audits: { 'network-requests': { details: { items } } } });

it('tells when the requests of a run were under way, the first of each address', () => {
  const item = (url: string, networkRequestTime: number, networkEndTime: number) => ({
    url,
    networkRequestTime,
    networkEndTime,
  });
  const items = [
    item('/a', 5, 90),
    item('/a', 95, 99),
    item('/b', -1, 20),
    item('/c', 30, 10),
    { url: '/e' },
    item('/d', 0, 0),
  ];
  expect([...requestTimes(reportOf(items))]).toEqual([
    ['/a', { from: 5, to: 90 }],
    ['/d', { from: 0, to: 0 }],
  ]);
});

it('tells nothing of a report without such times', () => {
  for (const items of [undefined, 7, [{ url: '/a' }]]) expect(requestTimes(reportOf(items)).size).toBe(0);
  expect(requestTimes({ audits: {} }).size).toBe(0);
});
