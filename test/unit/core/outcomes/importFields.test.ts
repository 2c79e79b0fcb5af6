import { describe, expect, it } from 'vitest';
import { definitionOf, metricOf } from '../../../../src/core/metrics/metrics';
import {
  importFields,
  personalHeaderReason,
  personalValueReason,
  recogniseColumns,
  recogniseKind,
} from '../../../../src/core/outcomes/importFields';

describe('columns', () => {
  it('are recognised by what people call them, each field once', () => {
    expect(
      recogniseColumns(['Date', 'Likelihood to recommend', 'SUS Q1', 'sus_2', 'NPS', 'Comment'], 'survey'),
    ).toEqual({
      Date: 'date',
      'Likelihood to recommend': 'nps',
      'SUS Q1': 'sus1',
      sus_2: 'sus2',
    });
  });

  it('tell what a table is about', () => {
    expect(recogniseKind(['month', 'visits', 'bounces'])).toBe('analytics');
    expect(recogniseKind(['date', 'nps', 'csat'])).toBe('survey');
    expect(recogniseKind(['task', 'success', 'seconds'])).toBe('sessions');
    expect(recogniseKind(['month', 'start', 'new', 'lost'])).toBe('customers');
    expect(recogniseKind(['date', 'colour'])).toBeUndefined();
  });
});

describe('the answers to a question whose mean is a figure', () => {
  it.each([
    ['seq', 'seq', undefined],
    ['ces1', 'ces', '1.0'],
    ['ces2', 'ces', '2.0'],
    ['asq1', 'asq', undefined],
  ])('%s are on the scale of its definition', (id, metric, variant) => {
    const field = importFields.survey.find((one) => one.id === id);
    const known = metricOf(metric);
    expect(known && definitionOf(known, variant).scale).toMatchObject({ min: field?.min, max: field?.max });
  });
});

describe('columns that tell who somebody is', () => {
  it.each(['Name', 'first name', 'E-Mail', 'email address', 'Phone', 'user_id', 'customerId', 'IP', 'ID', 'UUID'])(
    '%s is refused by its header',
    (header) => {
      expect(personalHeaderReason(header)).toBeDefined();
    },
  );

  it.each([
    'ana@example.org',
    '5e8d3c0a-1c2b-4d3e-8f90-0a1b2c3d4e5f',
    '+49 30 1234567',
    '030 123456',
    '01 23 45 67 89',
  ])('%s is refused by its content', (value) => {
    expect(personalValueReason(value)).toBeDefined();
  });

  it.each(['bidirectional', 'paid', 'visits', 'order_value', 'success'])('%s is an ordinary column', (header) => {
    expect(personalHeaderReason(header)).toBeUndefined();
  });

  it.each([
    'P7',
    '2026-01-31',
    '41872',
    '01/02/2026',
    '01-02-2026',
    '04-05-26',
    '04/05/26',
    '4.50',
    'Buy the lamp as a guest',
  ])('%s is an ordinary value', (value) => {
    expect(personalValueReason(value)).toBeUndefined();
  });
});
