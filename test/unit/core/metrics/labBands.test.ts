import { describe, expect, it } from 'vitest';
import { labBands } from '../../../../src/core/metrics/labBands';

const audits = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
];

describe('the bands of load metrics', () => {
  it.each(audits)('are those by which the installed Lighthouse scores %s', async (id) => {
    const { default: audit } = await import(`lighthouse/core/audits/metrics/${id}.js`);
    const options = audit.defaultOptions;
    for (const formFactor of ['mobile', 'desktop'] as const) {
      const { p10, median } = options[formFactor]?.scoring ?? options;
      expect(labBands(id, formFactor)).toEqual({ good: p10, poor: median });
    }
  });
});
