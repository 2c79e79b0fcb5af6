import { expect, it } from 'vitest';
import { isAtRest } from '../../../../src/core/audit/clockAudits';

it('takes an audit for one at rest only where no category, known or not, may be about the load', () => {
  expect(isAtRest({ categories: ['accessibility'] })).toBe(true);
  expect(isAtRest({ categories: ['seo', 'best-practices', 'accessibility'] })).toBe(true);
  expect(isAtRest({ categories: ['accessibility', 'performance'] })).toBe(false);
  expect(isAtRest({ categories: ['agentic-browsing'] })).toBe(false); // has layout shifts
  expect(isAtRest({ categories: ['accessibility'], configPath: 'own.js' })).toBe(false);
  expect([isAtRest({}), isAtRest({ categories: [] })]).toEqual([false, false]); // all of them
});
