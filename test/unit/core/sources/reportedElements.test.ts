import { describe, expect, it } from 'vitest';
import { reportedElements } from '../../../../src/core/sources/reportedElements';

const node = (path: string) => ({ type: 'node', path, selector: 'a', snippet: '<a>', nodeLabel: 'x', lhId: '1' });
const items = [{ node: node('1,HTML'), subItems: { items: [{ relatedNode: node('2,A') }] } }, { url: 'a.js' }];
const source = { file: '/src/App.jsx', line: 3, column: 5, by: 'source-map' };

describe('the elements of a report', () => {
  it('are those of its details, with what is known of their sources', () => {
    const report = {
      audits: { 'link-name': { details: { type: 'table', items } }, other: { details: { items: [node('3,B')] } } },
      uxAudit: { elements: { '2,A': { trail: 'a.b.0', source } } },
    };
    expect(reportedElements(report, 'link-name')).toEqual([
      { path: '1,HTML', selector: 'a', snippet: '<a>', nodeLabel: 'x' },
      { path: '2,A', selector: 'a', snippet: '<a>', nodeLabel: 'x', trail: 'a.b.0', source },
    ]);
    expect(reportedElements(report)).toHaveLength(3);
  });

  it('are none of what is no report', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`);
    const audits = [null, { a: null }, { a: { details: deep } }].map((one) => ({ audits: one }));
    for (const value of [undefined, null, 1, 'x', [], {}, ...audits]) expect(reportedElements(value)).toEqual([]);
  });

  it('are read without what cannot be', () => {
    const broken = { type: 'node', path: 1, selector: ['a'], snippet: '<a>', nodeLabel: null };
    const report = { audits: { a: { details: { items: [broken] } } }, uxAudit: { elements: { '1': { source: 'x' } } } };
    expect(reportedElements(report)).toEqual([{ snippet: '<a>' }]);
  });
});
