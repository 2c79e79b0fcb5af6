import { describe, expect, it } from 'vitest';
import { auditTable, formatLabMetric, formatScore, textTable } from '../../../../src/core/report/auditTable';
import { measurement } from '../audit/build';

describe('a table as plain text', () => {
  it('is as wide as its widest cells, numbers to the right', () => {
    expect(
      textTable(
        ['page', 'n'],
        [
          ['home', '7'],
          ['a-long-name', '1000'],
        ],
      ),
    ).toBe(['page            n', '-----------  ----', 'home            7', 'a-long-name  1000'].join('\n'));
  });
});

describe('the result of an audit in the terminal', () => {
  it('has a row for each page, the range of the runs and what the numbers are', () => {
    expect(auditTable([measurement(), measurement({ target: 'home', formFactor: 'desktop' })])).toBe(
      [
        'page                 as  runs  Perf                     LCP',
        '--------  -------------  ----  ----  ----------------------',
        'checkout   local/mobile     3    62  3.9 s (3.8 s–4.2 s) !!',
        'home      local/desktop     3    62  3.9 s (3.8 s–4.2 s) !!',
        '',
        "Lab data, simulated load. Medians with the range of the runs. ! needs improvement, !! poor, by Lighthouse's thresholds.",
        'Lighthouse 13.5.0, Chrome 156.0.8078.79, simulate throttling, benchmark index 998.',
      ].join('\n'),
    );
  });

  it('says where the load was not measured, and names no speed of the machine then', () => {
    const { benchmarkIndex: _, ...kept } = measurement({ runs: 1, metrics: {} });
    const scores = { accessibility: { title: 'Accessibility', spread: kept.scores.performance?.spread ?? null } };
    expect(
      auditTable([{ ...kept, scores }])
        .split('\n')
        .slice(4),
    ).toEqual(['The load was not measured.', 'Lighthouse 13.5.0, Chrome 156.0.8078.79.']);
  });

  it('keeps the column of a category that could not be measured', () => {
    const scores = { ...measurement().scores, accessibility: { title: 'Accessibility', spread: null } };
    const [head, , row] = auditTable([measurement({ scores })]).split('\n');
    expect([head, row]).toEqual([expect.stringMatching(/Perf +A11y +LCP/), expect.stringMatching(/ 62 +– +3\.9 s/)]);
  });

  it('says that one run has no spread', () => {
    const spread = { median: 1234, min: 1234, max: 1234, n: 1, samples: [1234] };
    const text = auditTable([
      measurement({ runs: 1, metrics: { 'largest-contentful-paint': { ...spread, score: 0.95 } } }),
    ]);
    expect(text).toContain('of one run each: no spread known');
    expect(text).toMatch(/ 1\.2 s\n/);
  });

  it('marks runs that other programs disturbed, and pages that led elsewhere', () => {
    const text = auditTable([measurement({ noisy: true, redirectedTo: 'http://localhost:3000/login' })]);
    expect(text).toMatch(/^checkout \(redirected\) +local\/mobile +3~/m);
    expect(text).toContain('~ other programs disturbed the run');
  });

  it('shows a dash, not 0, for what was not measured', () => {
    const none = measurement({
      metrics: { 'largest-contentful-paint': null },
      scores: { performance: { title: 'Performance', spread: null } },
    });
    expect(auditTable([measurement(), none])).toMatch(/local\/mobile +3 +– +–$/m);
    expect(formatLabMetric(none, 'largest-contentful-paint')).toBe('–');
    expect(auditTable([])).toBe('No page was measured.');
  });

  it('says what Lighthouse warns of, for each page', () => {
    const warned = measurement({ target: 'stream', warnings: ['The page loaded\u001b too slowly.'] });
    expect(auditTable([measurement({ target: 'home' }), warned])).toMatch(
      /^Lighthouse warns of stream as mobile: The page loaded\\u001b too slowly\.$/m,
    );
  });

  it('cannot be steered by names in the record', () => {
    expect(auditTable([measurement({ target: 'a\u001b[31mb\nc' })])).toMatch(/^a\\u001b\[31mb c /m);
  });

  it('shows scores as Lighthouse does', () => {
    expect([0, 0.494, 0.495, 1].map(formatScore)).toEqual(['0', '49', '50', '100']);
  });
});
