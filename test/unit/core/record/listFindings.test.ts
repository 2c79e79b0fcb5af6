import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FindingFilter, listFindings } from '../../../../src/core/record/listFindings';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { severityOf } from '../../../../src/core/record/severity';

const example = readFileSync(path.join(import.meta.dirname, 'example-record.txt'), 'utf8');
const [imageAlt, progress, letter] = [
  'checkout/lighthouse/image-alt',
  'checkout/nielsen-10/H01/7k3q9d',
  'insurance-claim/journey-cx/J04/2m8x4v',
];
const ids = (filter: FindingFilter) => listFindings(parseRecord(example), filter).map(({ id }) => id);

describe('listing findings', () => {
  it('gives all of them, worst first, then by id', () => {
    expect(ids({})).toEqual([imageAlt, progress, letter]);
    const milder = example.replace('"status": "open", "severity": 3', '"status": "open", "severity": 1');
    expect(listFindings(parseRecord(milder)).map(({ id }) => id)).toEqual([progress, letter, imageAlt]);
  });

  it('filters by target, rule, status, severity and text', () => {
    expect(ids({ target: 'insurance-claim' })).toEqual([letter]);
    expect(ids({ rule: 'lighthouse/image-alt' })).toEqual([imageAlt]);
    expect(ids({ statuses: ['open', 'reopened'] })).toEqual([imageAlt, letter]);
    expect(ids({ severity: 4 })).toEqual([]);
    expect(ids({ text: 'PRESSED AGAIN' })).toEqual([progress]);
    expect(ids({ text: 'claim', statuses: ['open'] })).toEqual([]);
  });

  it('takes the mean of the raters where nobody decided', () => {
    const finding = parseRecord(example).record.findings[progress as string];
    expect(finding && severityOf(finding)).toBe(3);
    expect(finding && severityOf({ ...finding, ratings: {} })).toBeUndefined();
  });

  it('leaves out entries that cannot be understood', () => {
    const broken = example.replace('"status": "open", "severity": 3', '"status": "open", "severity": 9');
    expect(listFindings(parseRecord(broken)).map(({ id }) => id)).toEqual([progress, letter]);
  });
});
