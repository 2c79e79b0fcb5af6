import { describe, expect, it } from 'vitest';
import { askedOf } from '../../../../src/core/evaluation/asked';
import { fixFirst } from '../../../../src/core/impact/fixFirst';
import { links } from '../../../../src/core/impact/impactCatalogue';
import { type ImpactData, impactData } from '../../../../src/core/impact/impactData';
import { impactView } from '../../../../src/core/impact/impactView';
import { askedText, touchpointsOf } from '../../../../src/core/impact/touchpoints';
import { metrics } from '../../../../src/core/metrics/metrics';
import type { AuditRecord } from '../../../../src/core/record/record';
import { evaluated, record } from '../evaluation/build';
import { data, figure, today } from './build';

const nps = figure({ metric: 'nps', target: 'hotline', value: 12, n: 40, parts: undefined });
const shop = (): AuditRecord => ({
  ...record(),
  targets: {
    ...record().targets,
    hotline: { kind: 'touchpoint', channel: 'phone', stage: 'retention', owner: 'ana', title: 'The hotline' },
    letter: { kind: 'touchpoint', channel: 'letter' },
  },
});
const dataOf = (of: AuditRecord, figures: ImpactData['figures'] = []) =>
  impactData({
    title: 'shop',
    today,
    figures,
    faults: [],
    parsed: { record: of, invalid: new Set() },
    measurements: [],
    baseline: undefined,
    committed: [],
    metricsOf: () => [],
  });
const groupsOf = (given: ImpactData) => {
  const view = impactView(given, { links, metrics });
  return touchpointsOf({ data: given, view, ranked: fixFirst(given.findings, []) });
};

describe('journeys and touchpoints', () => {
  it('stand by stage, each with owner, figures, findings of people, and what is not known', () => {
    const { record: after } = evaluated(shop(), 'ana', ['pass', 'fail'], {
      target: 'hotline',
      problems: { A02: ['Nobody answers'] },
    });
    const groups = groupsOf(dataOf(after, [nps]));
    expect(groups.map(({ stage, touchpoints }) => [stage, touchpoints.map(({ target }) => target)])).toEqual([
      ['retention', ['hotline']],
      [undefined, ['claim', 'letter']],
    ]);
    const [hotline] = groups[0]?.touchpoints ?? [];
    expect(hotline).toMatchObject({ title: 'The hotline', what: 'phone', owner: 'ana', missing: [] });
    expect(hotline?.values.map(({ metric, value }) => [metric, value])).toEqual([['nps', 12]]);
    expect(hotline?.findings.map(({ title, stage }) => [title, stage])).toEqual([['Nobody answers', 'retention']]);
    expect(hotline?.asked.map(askedText)).toEqual(['house-rules: 1 of 2 questions passed, 1 failed (1 evaluator)']);
    const [claim, letter] = groups[1]?.touchpoints ?? [];
    expect([claim?.isJourney, letter?.isJourney]).toEqual([true, false]);
    expect(claim?.what).toBe('journey of 2 steps');
    expect(letter?.missing).toEqual(['a figure', 'a submitted evaluation', 'an owner']);
  });

  it('hold a page only where the team says to which stage it belongs', () => {
    const page = { slug: 'checkout', kind: 'page', isDeployed: false };
    expect(groupsOf(data({ targets: [page] }))).toEqual([]);
    expect(groupsOf(data({ targets: [{ ...page, stage: 'no-stage' }] }))).toEqual([]);
    const [group] = groupsOf(data({ targets: [{ ...page, stage: 'purchase' }] }));
    expect([group?.stage, group?.touchpoints[0]?.values]).toEqual(['purchase', []]);
  });

  it('say of answers at steps in how many of them something failed', () => {
    const { record: one, id } = evaluated(shop(), 'ana', ['pass', 'fail'], { target: 'hotline' });
    const evaluation = one.evaluations[id];
    const verdicts = { 'CW1@find': 'pass', 'CW2@find': 'fail', 'CW1@claim': 'pass', 'CW2@claim': 'pass' } as const;
    const answers = Object.fromEntries(Object.entries(verdicts).map(([key, verdict]) => [key, { verdict }]));
    const evaluations = { [id]: { ...evaluation, answers } } as AuditRecord['evaluations'];
    expect(askedOf({ ...one, evaluations }, 'hotline').map(askedText)).toEqual([
      'house-rules: 3 of 4 questions passed, 1 failed in 1 of 2 steps (1 evaluator)',
    ]);
  });

  it('say nothing of answers while somebody still gives theirs, and take of each person the last', () => {
    const { record: one } = evaluated(shop(), 'ana', ['fail', 'fail'], { target: 'hotline' });
    const { record: again } = evaluated(one, 'ana', ['pass', 'fail'], { target: 'hotline' });
    const { record: two } = evaluated(again, 'ben', ['fail'], { target: 'hotline' });
    expect(askedOf(two, 'hotline')).toEqual([{ checklist: 'house-rules', people: 2, of: 2, failed: 2 }]);
    expect(askedOf(again, 'hotline')).toEqual([{ checklist: 'house-rules', people: 1, of: 2, failed: 1 }]);
    const { record: open } = evaluated(again, 'ben', ['fail'], { target: 'hotline', submit: false });
    expect(askedOf(open, 'hotline')).toEqual([]);
    const missingOf = (of: AuditRecord) =>
      groupsOf(dataOf(of)).flatMap(({ touchpoints }) => touchpoints.find(({ target }) => target === 'hotline') ?? [])[0]
        ?.missing;
    expect(missingOf(open)).toContain('what house-rules found (an evaluation is still open)');
    expect(missingOf(open)).not.toContain('a submitted evaluation');
    expect(missingOf(again)).toEqual(['a figure']);
  });
});
