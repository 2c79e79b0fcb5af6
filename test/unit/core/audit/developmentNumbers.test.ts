import { describe, expect, it } from 'vitest';
import { resultsThatCount } from '../../../../src/core/audit/auditResults';
import { incomparable } from '../../../../src/core/audit/compareMeasurements';
import { forHistory, measurementSchema } from '../../../../src/core/audit/measurement';
import { auditTable } from '../../../../src/core/report/auditTable';
import { measurement, result } from './build';

const development = { tool: 'Vite', because: "Vite's development server: the page loads /@vite/client" };
const categories = [
  { id: 'performance', title: 'Performance', score: 0.5, refs: [{ id: 'unused-javascript', weight: 0 }] },
  { id: 'accessibility', title: 'Accessibility', score: 0.5, refs: [{ id: 'image-alt', weight: 3 }] },
];
const results = [result({ id: 'unused-javascript' }), result({ id: 'image-alt' }), result({ id: 'cache-insight' })];
const count = (isDevelopment: boolean, isOwnServer: boolean) =>
  resultsThatCount(results, { categories }, { isDevelopment, isOwnServer }).map(
    ({ id, outcome }) => `${id} ${outcome}`,
  );

describe('the load numbers of a development build', () => {
  const scores = { performance: { title: 'Performance', spread: null }, seo: { title: 'SEO', spread: null } };
  const built = measurement({ development, scores, savings: { 'unused-javascript': 300 } });

  it('are not in the history, so that nothing can compare or claim them', () => {
    const kept = forHistory(built);
    expect([kept.metrics, Object.keys(kept.scores), kept.savings]).toEqual([{}, ['seo'], undefined]);
    expect(measurementSchema.parse(JSON.parse(JSON.stringify(kept))).development).toEqual(development);
    expect(forHistory(measurement())).toEqual(measurement());
  });

  it('are compared with nothing, on either side', () => {
    expect(incomparable(built, measurement())).toBe('a development build');
    expect(incomparable(measurement(), built)).toBe('a development build');
  });

  it('make and close no finding', () => {
    expect(count(true, false)).toEqual(['image-alt failing', 'cache-insight failing']);
    expect(count(false, false)).toHaveLength(3);
  });

  it('are named as such in the table of an audit', () => {
    const text = auditTable([built]);
    expect(text).toContain('checkout (development)');
    expect(text).toContain('the page loads /@vite/client. Its load numbers are not those that visitors get');
  });
});

describe('what the server of UX Audit sends', () => {
  it('is no finding about the page', () => {
    expect(count(false, true)).toEqual([
      'unused-javascript failing',
      'image-alt failing',
      'cache-insight not applicable',
    ]);
  });
});
