import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord } from '../../../../src/core/record/record';
import { renameTarget } from '../../../../src/core/record/renameTarget';
import { diffRecords } from '../../../../src/core/report/recordDiff';

const finding = (id: string, target: string) => ({
  kind: 'automated',
  rule: 'lighthouse/image-alt',
  title: 'Images lack a text',
  target,
  state: { status: 'accepted', by: 'ana', reason: 'later', severity: 2 },
  id,
});

const record: AuditRecord = {
  ...emptyRecord(),
  targets: { pay: { kind: 'page', path: '/pay' }, 'pay-later': { kind: 'page', path: '/later' } },
  findings: {
    'pay/lighthouse/image-alt': finding('pay/lighthouse/image-alt', 'pay'),
    'pay-later/lighthouse/image-alt': finding('pay-later/lighthouse/image-alt', 'pay-later'),
  },
  evaluations: {
    'pay/nielsen-10/ana': {
      checklist: 'nielsen-10@1',
      target: 'pay',
      evaluator: 'ana',
      state: { status: 'draft' },
      answers: { H01: { verdict: 'fail', findings: ['pay/lighthouse/image-alt'] }, H02: { verdict: 'pass' } },
      id: 'pay/nielsen-10/ana',
    },
  },
};

describe('a target with another name', () => {
  const renamed = renameTarget(record, 'pay', 'checkout');

  it('takes its findings and evaluations along, with what was decided', () => {
    expect(Object.keys(renamed.targets)).toEqual(['pay-later', 'checkout']);
    expect(renamed.findings['checkout/lighthouse/image-alt']).toEqual({
      ...finding('checkout/lighthouse/image-alt', 'checkout'),
      formerIds: ['pay/lighthouse/image-alt'],
    });
    expect(renamed.evaluations['checkout/nielsen-10/ana']).toMatchObject({
      target: 'checkout',
      id: 'checkout/nielsen-10/ana',
      answers: { H01: { findings: ['checkout/lighthouse/image-alt'] }, H02: { verdict: 'pass' } },
    });
    expect(Object.keys(renamed.findings)).toHaveLength(2);
    expect(Object.keys(renamed.evaluations)).toHaveLength(1);
  });

  it('leaves a target alone whose name begins alike', () => {
    const id = 'pay-later/lighthouse/image-alt';
    expect(renamed.findings[id]).toBe(record.findings[id]);
  });

  it('is a valid record, in which nothing is new, worse or fixed', () => {
    const { problems } = parseRecord(canonicalText(renamed));
    expect(problems).toEqual([]);
    const differences = diffRecords(parseRecord(canonicalText(record)), parseRecord(canonicalText(renamed)));
    expect(differences).toEqual([]);
  });

  it('needs a name that is free and can be one', () => {
    expect(() => renameTarget(record, 'gone', 'x')).toThrow('There is no target "gone"');
    expect(() => renameTarget(record, 'pay', 'pay-later')).toThrow('already');
    expect(() => renameTarget(record, 'pay', 'Not A Name')).toThrow('cannot be the name');
  });
});
