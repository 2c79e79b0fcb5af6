import { describe, expect, it } from 'vitest';
import { pageFault } from '../../../../src/core/audit/lighthouseErrors';
import { sliceReport } from '../../../../src/core/audit/lighthouseReport';

const audit = (id: string, fields: Record<string, unknown> = {}) => ({
  id,
  title: id,
  score: 0,
  scoreDisplayMode: 'binary',
  ...fields,
});

function lighthouseResult(audits: ReturnType<typeof audit>[], fields: Record<string, unknown> = {}) {
  return {
    lighthouseVersion: '13.5.0',
    requestedUrl: 'http://localhost:3000/',
    finalDisplayedUrl: 'http://localhost:3000/home',
    fetchTime: '2026-11-21T10:00:00.000Z',
    environment: { benchmarkIndex: 1000 },
    configSettings: { formFactor: 'mobile', throttlingMethod: 'simulate', throttling: { rttMs: 150 } },
    categories: {
      accessibility: {
        id: 'accessibility',
        title: 'Accessibility',
        score: 0.5,
        auditRefs: audits.map(({ id }) => ({ id, weight: 1 })),
      },
    },
    audits: Object.fromEntries(audits.map((one) => [one.id, one])),
    ...fields,
  };
}

const itemsOf = (details: unknown) => sliceReport(lighthouseResult([audit('a', { details })])).audits[0]?.items;
const node = (selector: string) => ({
  type: 'node',
  selector,
  snippet: `<p class="${selector}">`,
  nodeLabel: 'private text',
  path: '1,HTML',
});

describe('the slice of a Lighthouse result', () => {
  it('refuses what is not one', () => {
    for (const value of [null, {}, { lighthouseVersion: '13.5.0' }, lighthouseResult([], { audits: [] })])
      expect(() => sliceReport(value)).toThrow();
  });

  it('takes files that a server answers with its app for absent', () => {
    const modesOf = (lines: string[]) => {
      const items = lines.map((line, index) => ({ index: String(index + 1), line, message: 'Syntax not understood' }));
      const robots = audit('robots-txt', { details: { type: 'table', headings: [], items } });
      const { audits } = sliceReport(lighthouseResult([robots, audit('llms-txt'), audit('image-alt')]));
      return audits.map(({ mode }) => mode);
    };
    expect(modesOf(['<!DOCTYPE html>', '<html lang="en">'])).toEqual(['notApplicable', 'notApplicable', 'binary']);
    expect(modesOf(['  <head>'])).toEqual(['notApplicable', 'notApplicable', 'binary']);
    expect(modesOf(['Disalow: /'])).toEqual(['binary', 'binary', 'binary']);
    expect(modesOf([])).toEqual(['binary', 'binary', 'binary']);
  });

  it('has the numbers, the weights and the addresses', () => {
    expect(
      sliceReport(
        lighthouseResult([audit('a', { numericValue: 12, metricSavings: { LCP: 300 }, replacesAudits: ['old'] })]),
      ),
    ).toMatchObject({
      finalUrl: 'http://localhost:3000/home',
      formFactor: 'mobile',
      categories: [{ id: 'accessibility', score: 0.5, refs: [{ id: 'a', weight: 1 }] }],
      audits: [{ id: 'a', score: 0, mode: 'binary', numericValue: 12, savings: { LCP: 300 }, replaces: ['old'] }],
    });
  });

  it('has the elements of a table, and of tables within it, without the text of the page', () => {
    const details = {
      type: 'table',
      items: [{ node: node('one') }, { url: 'ignored', subItems: {}, node: node('two') }],
    };
    expect(itemsOf(details)).toEqual([
      { selector: 'one', snippet: '<p class="one">' },
      { selector: 'two', snippet: '<p class="two">' },
    ]);
    expect(
      itemsOf({
        type: 'list',
        items: [
          { type: 'table', items: [{ node: node('three') }] },
          { type: 'node', selector: 'four' },
        ],
      }),
    ).toEqual([{ selector: 'three', snippet: '<p class="three">' }, { selector: 'four' }]);
  });

  it('has the resources and the labels of other tables', () => {
    expect(
      itemsOf({
        items: [
          { url: 'http://localhost:3000/app.js' },
          { source: { type: 'source-location', url: 'http://localhost:3000/b.js' } },
          { label: 'Third party' },
        ],
      }),
    ).toEqual([
      { url: 'http://localhost:3000/app.js' },
      { url: 'http://localhost:3000/b.js' },
      { label: 'Third party' },
    ]);
  });

  it('has no places of an audit that passed, and none in details of an unknown kind', () => {
    const passed = audit('a', { score: 1, details: { items: [{ node: node('one') }] } });
    expect(sliceReport(lighthouseResult([passed])).audits[0]?.items).toEqual([]);
    for (const details of [undefined, null, 'text', 7, { items: 'none' }, { items: [null, 3] }])
      expect(itemsOf(details)).toEqual([]);
  });

  it('has the times that metrics ask for, and leaves out what was not measured', () => {
    const times = { interactive: 3100, observedLoad: 820, observedLoadTs: 5, timeToFirstByte: 'never' };
    const metrics = audit('metrics', { details: { type: 'debugdata', items: [times, { lcpInvalidated: false }] } });
    expect(sliceReport(lighthouseResult([metrics])).times).toEqual({ interactive: 3100, observedLoad: 820 });
    expect(sliceReport(lighthouseResult([audit('metrics')]))).not.toHaveProperty('times');
  });

  it('has the frames of the load', () => {
    const film = audit('screenshot-thumbnails', {
      score: null,
      details: { type: 'filmstrip', items: [{ timing: 300, data: 'data:image/webp;base64,AA', extra: 1 }] },
    });
    expect(sliceReport(lighthouseResult([film])).filmstrip).toEqual([
      { timing: 300, data: 'data:image/webp;base64,AA' },
    ]);
  });
});

describe('what Lighthouse says of a page that it could not audit', () => {
  it('becomes an error of the page with what to do next', () => {
    for (const [code, ours] of [
      ['NO_FCP', 'nothing-painted'],
      ['PROTOCOL_TIMEOUT', 'page-hung'],
      ['TARGET_CRASHED', 'page-crashed'],
      ['NOT_HTML', 'not-html'],
      ['ERRORED_DOCUMENT_REQUEST', 'error-status'],
      ['INSECURE_DOCUMENT_REQUEST', 'certificate'],
      ['CHROME_INTERSTITIAL_ERROR', 'document-failed'],
    ] as const) {
      const fault = pageFault(code, 'raw', 'http://localhost:3000/');
      expect([fault.kind, fault.code]).toEqual(['page', ours]);
      expect(fault.message).toContain('http://localhost:3000/');
      expect(fault.next).toMatch(/\.$/);
    }
  });

  it('keeps Lighthouse’s words where it is not known', () => {
    expect(pageFault('BRAND_NEW', 'it fell over', 'http://localhost:3000/')).toMatchObject({
      code: 'page-failed',
      message: 'Lighthouse could not audit http://localhost:3000/: it fell over',
    });
  });
});
