import { expect, it } from 'vitest';
import { metricFacts } from '../../../../src/core/audit/metricFacts';
import type { Finding } from '../../../../src/core/record/record';
import { measurement } from './build';

function finding(audit: string, ...seenIn: string[]): Finding {
  const id = `checkout/lighthouse/${audit}`;
  const state = { status: 'open', seenIn };
  return { kind: 'automated', rule: `lighthouse/${audit}`, title: 'a metric', target: 'checkout', state, id };
}

it('tells the value and the limit of a metric wherever it was seen', () => {
  const seen = ['deployed/desktop', 'local/mobile'];
  expect(metricFacts(finding('largest-contentful-paint', ...seen), [measurement()])).toEqual([
    'deployed/desktop: not measured on this machine; poor above 2.4 s',
    'local/mobile: 3.9 s (3.8 s–4.2 s, n = 3) on 2026-11-21; poor above 4.0 s',
  ]);
  expect(metricFacts(finding('cumulative-layout-shift', 'local/mobile'), [])).toEqual([
    'local/mobile: not measured on this machine; poor above 0.25',
  ]);
});

it('takes no value of another page, and tells nothing of other findings', () => {
  const other = measurement({ target: 'home' });
  expect(metricFacts(finding('total-blocking-time', 'local/desktop'), [other])[0]).toMatch(/not measured.*350 ms$/);
  expect(metricFacts(finding('render-blocking-insight', 'local/mobile'), [measurement()])).toEqual([]);
  expect(metricFacts(finding('largest-contentful-paint'), [measurement()])).toEqual([]);
});
