import { describe, expect, it } from 'vitest';
import { auditResults } from '../../../../src/core/audit/auditResults';
import type { ReportSlice } from '../../../../src/core/audit/lighthouseReport';
import { measure } from '../../../../src/core/audit/measurement';
import { resultView } from '../../../../src/core/audit/resultView';
import { audit, report } from './build';

const categories = [
  { id: 'accessibility', title: 'Accessibility', score: 0.5, refs: [{ id: 'image-alt', weight: 3 }] },
];

/** What the page shows of runs; the report of the first is the one shown. */
function viewOf(slices: ReportSlice[], isKept = true) {
  const measurement = measure(
    {
      browser: 'Chrome 156.0.8078.79',
      slices,
      representative: 0,
      benchmarkIndex: { value: 1200, measuredAt: '2026-11-21T09:59:00.000Z' },
      foreignLoad: [0, 0, 0],
      noisy: false,
    },
    {
      id: '2026-11-21T10-00-00-000Z-local-mobile',
      target: 'checkout',
      environment: 'local',
      at: '2026-11-21T10:00:00.000Z',
      requestedUrl: 'http://localhost:3000/checkout',
      finalUrl: 'http://localhost:3000/checkout',
    },
  );
  const run = { measurement, report: slices[0] ?? report([]), ...(isKept && { results: auditResults(slices, 0) }) };
  return resultView(run, undefined, {}, []);
}

/** What the page shows to fix of three runs with these scores; the report of the first is the one shown. */
function tasksOf(scores: [number, number, number], isKept = true) {
  const slices = scores.map((score) => report([audit('image-alt', { score })], { categories }));
  return viewOf(slices, isKept).tasks.map((task) => task.audit);
}

describe('what the page of a result shows to fix', () => {
  it('is what fails by all runs, as in the record, not by the run whose report is shown', () => {
    expect(tasksOf([0, 1, 1])).toEqual([]);
    expect(tasksOf([1, 0, 0])).toEqual(['image-alt']);
  });

  it('is what fails in the report where no more was kept', () => {
    expect(tasksOf([0, 1, 1], false)).toEqual(['image-alt']);
  });

  it('says what the runs leave undecided, and still shows it as something to fix', () => {
    const performance = [
      { id: 'performance', title: 'Performance', score: 0.5, refs: [{ id: 'bootup-time', weight: 0 }] },
    ];
    const slow = report([audit('bootup-time', { score: 0.2 })], { categories: performance });
    const view = viewOf([slow]);
    expect(view.undecided).toEqual([
      '1 load audit undecided, 2 more undisturbed runs would tell (3 in one audit): bootup-time',
    ]);
    expect(view.tasks).toMatchObject([{ audit: 'bootup-time', isUndecided: true }]);
    const decided = viewOf([slow, slow, slow]);
    expect([decided.undecided, decided.tasks[0]?.isUndecided]).toEqual([[], undefined]);
  });

  it('names what no run could measure, also of runs that were kept without it', () => {
    const failed = audit('image-alt', { score: null, mode: 'error', error: 'axe-core Error: gone' });
    const slices = [report([failed], { categories: categories.map((one) => ({ ...one, score: null })) })];
    const lines = ['the score of Accessibility, image-alt: axe-core Error: gone'];
    expect(viewOf(slices).notMeasured).toEqual(lines);
    expect(viewOf(slices, false).notMeasured).toEqual(lines);
    expect(viewOf([report([audit('image-alt', { score: 1 })], { categories })]).notMeasured).toEqual([]);
  });
});
