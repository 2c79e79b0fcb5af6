import { describe, expect, it } from 'vitest';
import { applyAudit, undecidedAudits } from '../../../../src/core/audit/applyAudit';
import { auditResults } from '../../../../src/core/audit/auditResults';
import { isDisturbed, undecidedLines } from '../../../../src/core/audit/clockAudits';
import type { ReportSlice } from '../../../../src/core/audit/lighthouseReport';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord } from '../../../../src/core/record/record';
import { attempts } from '../../../patience';
import { seeded } from '../record/randomEdits';
import { audit, elements, report } from './build';

const metrics = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
  'interactive',
  'max-potential-fid',
];
const timed = ['render-blocking-insight', 'bootup-time', 'server-response-time', 'font-display-insight', 'bf-cache'];
const constant = { 'image-alt': 0, label: 1, 'unused-javascript': 0, 'cache-insight': 0, 'total-byte-weight': 1 };

/** One run of an unchanged page: what a clock decides has its own score each time, the rest the same. */
function runOf(scoreOf: (id: string) => number): ReportSlice {
  const of = (id: string, score: number, mode: string) =>
    audit(id, {
      score,
      mode,
      numericValue: score * 5_000.123,
      displayValue: `${score} s`,
      savings: { LCP: score * 100 },
      title: `${id} ${score < 0.9 ? 'fails' : 'passes'}`,
      items: score < 0.9 ? elements('a', ...(id in constant ? [] : [`late-${score}`])) : [],
    });
  const audits = [
    ...metrics.map((id) => of(id, scoreOf(id), 'numeric')),
    ...timed.map((id) => of(id, Math.round(scoreOf(id)), 'metricSavings')),
    ...Object.entries(constant).map(([id, score]) => ({ ...of(id, score, 'binary'), savings: undefined })),
  ] as ReportSlice['audits'];
  const refs = (...ids: string[]) => ids.map((id) => ({ id, weight: 3 }));
  const categories = [
    { id: 'accessibility', title: 'Accessibility', score: 0.5, refs: refs('image-alt', 'label') },
    {
      id: 'performance',
      title: 'Performance',
      score: scoreOf('performance'),
      refs: refs(...metrics, ...timed, 'unused-javascript', 'cache-insight', 'total-byte-weight'),
    },
  ];
  return report(audits, { categories });
}

interface AuditOfRuns {
  runs: ReportSlice[];
  foreignLoad: (number | null)[];
}

function audited({ runs, foreignLoad }: AuditOfRuns) {
  return {
    target: 'checkout',
    environment: 'local',
    formFactor: 'mobile' as const,
    results: auditResults(runs, runs.length >> 1, foreignLoad.map(isDisturbed)),
    today: '2026-11-21',
  };
}

const auditedOnce = (record: AuditRecord, one: AuditOfRuns) => applyAudit(record, audited(one)).record;

/** Whether three undisturbed runs of a set, at the least, say the same of an audit. */
function agree({ runs, foreignLoad }: AuditOfRuns, id: string): boolean {
  const scores = runs.flatMap((run, number) =>
    (foreignLoad[number] ?? 0) > 0.2 ? [] : [run.audits.find((one) => one.id === id)?.score ?? 0],
  );
  const isMetric = metrics.includes(id);
  return (
    scores.length >= 3 &&
    (scores.every((score) => score >= 0.9) || scores.every((score) => score < (isMetric ? 0.5 : 0.9)))
  );
}

describe('ten audits of an unchanged page while the load of the machine changes', () => {
  it('change a byte only where three undisturbed runs, and all of them, agree', () => {
    let decided = 0;
    for (let seed = 1; seed <= attempts(250, 2_500); seed += 1) {
      const random = seeded(seed);
      let record: AuditRecord = { ...emptyRecord(), targets: { checkout: { kind: 'page', path: '/checkout' } } };
      record = auditedOnce(record, { runs: [runOf(() => 0.7)], foreignLoad: [0] }); // what no clock decides
      expect(Object.keys(record.findings).map((id) => id.split('/').at(-1))).toEqual([
        'image-alt',
        'unused-javascript',
        'cache-insight',
      ]);
      for (let audits = 0; audits < 10; audits += 1) {
        const isBusy = random() < 0.5;
        const count = 1 + Math.floor(random() * 5);
        const one: AuditOfRuns = {
          runs: Array.from({ length: count }, () => runOf(() => Math.round(random() * 100) / 100)),
          foreignLoad: Array.from({ length: count }, () => (isBusy && random() < 0.7 ? 0.2 + random() : null)),
        };
        const text = canonicalText(record);
        const next = auditedOnce(record, one);
        const changed = Object.keys(next.findings).filter((id) => next.findings[id] !== record.findings[id]);
        for (const id of changed.map((name) => name.split('/').at(-1) ?? '')) {
          expect([...timed, ...metrics]).toContain(id);
          expect(agree(one, id)).toBe(true);
          decided += 1;
        }
        if (changed.length === 0) expect(canonicalText(next)).toBe(text);
        record = next;
      }
      const names = Object.keys(record.findings).map((id) => id.split('/').at(-1));
      for (const id of ['first-contentful-paint', 'speed-index', 'interactive', 'max-potential-fid'])
        expect(names).not.toContain(id);
      expect(canonicalText(record)).not.toMatch(/late-|\d ms|\d s"|\d{4}\.\d/);
      expect(parseRecord(canonicalText(record)).problems).toEqual([]);
    }
    expect(decided).toBeGreaterThan(0);
  });

  it('change none where each set has two runs, or one that others disturbed', () => {
    for (let seed = 1; seed <= attempts(250, 2_500); seed += 1) {
      const random = seeded(seed);
      const first = auditedOnce(emptyRecord(), { runs: [runOf(() => 0.1)], foreignLoad: [0] });
      let record = first;
      for (let audits = 0; audits < 10; audits += 1) {
        const isShort = random() < 0.5;
        const count = isShort ? 2 : 3;
        const runs = Array.from({ length: count }, () => runOf(() => random()));
        record = auditedOnce(record, { runs, foreignLoad: isShort ? [0, 0] : [0, 0.4, 0] });
      }
      expect(record).toBe(first);
    }
  });

  it('open what is always slow once, whatever the times, and close it once it is always fast', () => {
    const random = seeded(7);
    const runs = (...ranges: [number, number][]): AuditOfRuns => ({
      runs: ranges.map(([low, high]) => runOf(() => low + random() * (high - low))),
      foreignLoad: [0, 0.1, null],
    });
    const set = (low: number, high: number) => runs([low, high], [low, high], [low, high]);
    const slow = auditedOnce(emptyRecord(), set(0, 0.4));
    for (let audits = 0; audits < 10; audits += 1) expect(auditedOnce(slow, set(0, 0.4))).toBe(slow);
    for (let audits = 0; audits < 10; audits += 1)
      expect(auditedOnce(slow, runs([0, 0.4], [0.95, 1], [0, 1]))).toBe(slow);
    const fast = auditedOnce(slow, set(0.95, 1));
    for (const id of ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', ...timed]) {
      expect(slow.findings[`checkout/lighthouse/${id}`]?.state.status).toBe('open');
      expect(fast.findings[`checkout/lighthouse/${id}`]?.state.status).toBe('fixed');
    }
  });
});

describe('what is undecided', () => {
  const undecidedOf = (record: AuditRecord, one: AuditOfRuns) =>
    Object.fromEntries(undecidedAudits(record, audited(one)).map(({ id, moreRuns }) => [id, moreRuns]));
  const runs = (...scores: number[]): AuditOfRuns => ({
    runs: scores.map((score) => runOf((id) => (id === 'bootup-time' || id === 'largest-contentful-paint' ? score : 1))),
    foreignLoad: scores.map(() => 0),
  });
  const slow = auditedOnce(emptyRecord(), runs(0.1, 0.1, 0.1));

  it('is what would change the record, and how many more runs would tell', () => {
    expect(undecidedOf(emptyRecord(), runs(0.1))).toEqual({ 'bootup-time': 2, 'largest-contentful-paint': 2 });
    expect(undecidedOf(emptyRecord(), runs(0.1, 0.1))).toEqual({ 'bootup-time': 1, 'largest-contentful-paint': 1 });
    expect(undecidedOf(emptyRecord(), runs(0.1, 1, 0.1))).toEqual({ 'bootup-time': 3, 'largest-contentful-paint': 3 });
    expect(undecidedOf(slow, runs(1))).toEqual({ 'bootup-time': 2, 'largest-contentful-paint': 2 });
    expect(undecidedOf(slow, runs(0.7, 0.7, 0.7))).toEqual({ 'largest-contentful-paint': 0 });
  });

  it('is nothing where the runs say what the record says', () => {
    expect(undecidedOf(emptyRecord(), runs(1))).toEqual({});
    expect(undecidedOf(slow, runs(0.1))).toEqual({});
    expect(undecidedOf(emptyRecord(), runs(0.1, 0.1, 0.1))).toEqual({});
  });

  it('is a line that counts and names them', () => {
    const some = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({ id, moreRuns: 2 }));
    expect(undecidedLines(some)).toEqual([
      '7 load audits undecided, 2 more undisturbed runs would tell (3 in one audit): a, b, c, d, e, 2 more',
    ]);
    expect(undecidedLines([{ id: 'a', moreRuns: 1 }])).toEqual([
      '1 load audit undecided, 1 more undisturbed run would tell (3 in one audit): a',
    ]);
    expect(undecidedLines([{ id: 'a', moreRuns: 0 }])).toEqual(['1 load audit between good and poor in all runs: a']);
    expect(undecidedLines([])).toEqual([]);
  });
});
