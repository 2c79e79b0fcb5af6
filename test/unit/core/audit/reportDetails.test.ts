import { describe, expect, it } from 'vitest';
import { keyOfItem } from '../../../../src/core/audit/occurrences';
import { auditDetails, pagePicture, reasonsOf, wholeReportSchema } from '../../../../src/core/audit/reportDetails';

const node = {
  type: 'node',
  lhId: '1-7-SPAN',
  path: '1,HTML,1,BODY,0,SPAN',
  selector: 'body > span.badge',
  snippet: '<span class="badge">',
  nodeLabel: '3+',
  boundingRect: { top: 1, bottom: 2, left: 1, right: 2, width: 1, height: 1 },
  explanation:
    'Fix all of the following:\n  It is in the tab order\n\nFix any of the following:\n  It has no text\n  It has no title',
};
const table = (keys: [string, string][], items: unknown[]) => ({
  type: 'table',
  headings: keys.map(([key, valueType]) => ({ key, valueType, label: key })),
  items,
});
const report = (audits: Record<string, unknown>) =>
  wholeReportSchema.parse({
    finalDisplayedUrl: 'http://localhost:3000/shop',
    entities: [{ name: 'Google Fonts', origins: ['https://fonts.googleapis.com'] }],
    fullPageScreenshot: {
      screenshot: { data: 'data:image/webp;base64,AAAA', width: 412, height: 900 },
      nodes: { '1-7-SPAN': { id: '', left: 10, top: 20, width: 30, height: 40, bottom: 60, right: 40 } },
    },
    audits: Object.fromEntries(
      Object.entries(audits).map(([id, details]) => [id, { id, title: `Title of ${id}`, details }]),
    ),
  });

describe('what a whole report says of an audit', () => {
  it('has each element with its key in the record, its reasons and its box in the picture', () => {
    const whole = report({ 'link-name': table([['node', 'node']], [{ node }]) });
    const [place, ...others] = auditDetails(whole, 'link-name')?.places ?? [];
    expect(others).toEqual([]);
    expect(place).toMatchObject({
      key: keyOfItem({ selector: node.selector, snippet: node.snippet }),
      nodeLabel: '3+',
      path: node.path,
      reasons: [
        { mend: 'all', sentences: ['It is in the tab order'] },
        { mend: 'any', sentences: ['It has no text', 'It has no title'] },
      ],
      box: { left: 10, top: 20, width: 30, height: 40 },
    });
    expect(pagePicture(whole)).toMatchObject({ width: 412, height: 900 });
  });

  it('has no place for an element of a row within a row, which explains the row: the record has none either', () => {
    const subItemsHeading = { key: 'relatedNode', valueType: 'node' };
    const headings = [{ key: 'node', valueType: 'node', label: 'Element', subItemsHeading }];
    const behind = { ...node, path: '1,HTML,1,BODY', selector: 'body' };
    const items = [{ node, subItems: { type: 'subitems', items: [{ relatedNode: behind }] } }];
    const details = auditDetails(report({ 'color-contrast': { type: 'table', headings, items } }), 'color-contrast');
    expect(details?.places.map(({ selector }) => selector)).toEqual([node.selector]);
    const shown = details?.tables[0]?.rows.map(([cell]) => cell?.kind === 'element' && cell.place.selector);
    expect(shown).toEqual([node.selector, 'body']);
  });

  it('has what the audit knew of the element’s source', () => {
    const source = { file: '/src/App.jsx', line: 12, column: 5, by: 'framework' };
    const elements = { [node.path]: { trail: 'abc', source } };
    const whole = { ...report({ 'link-name': table([['node', 'node']], [{ node }]) }), uxAudit: { elements } };
    expect(auditDetails(whole, 'link-name')?.places[0]).toMatchObject({ trail: 'abc', source });
    const odd = { ...whole, uxAudit: { elements: { [node.path]: { source: { file: 7 } } } } };
    expect(auditDetails(odd, 'link-name')?.places[0]?.source).toBeUndefined();
  });

  it('has addresses with their host and owner, and numbers with their unit', () => {
    const items = [
      { url: 'http://localhost:3000/a.css?v=1', totalBytes: 2048, wastedMs: 120 },
      { url: 'https://fonts.googleapis.com/css', totalBytes: 0, wastedMs: 80 },
    ];
    const keys: [string, string][] = [
      ['url', 'url'],
      ['totalBytes', 'bytes'],
      ['wastedMs', 'timespanMs'],
      ['no', 'ms'],
    ];
    const whole = report({ blocking: table(keys, items) });
    const [found] = auditDetails(whole, 'blocking')?.tables ?? [];
    expect(found?.columns).toEqual([
      { label: 'url', isNumber: false },
      { label: 'totalBytes', isNumber: true },
      { label: 'wastedMs', isNumber: true },
    ]);
    expect(found?.rows).toEqual([
      [
        { kind: 'address', url: 'http://localhost:3000/a.css?v=1', host: 'localhost:3000', isOwn: true },
        { kind: 'number', value: 2048, unit: 'bytes' },
        { kind: 'number', value: 120, unit: 'ms' },
      ],
      [
        {
          kind: 'address',
          url: 'https://fonts.googleapis.com/css',
          host: 'fonts.googleapis.com',
          isOwn: false,
          owner: 'Google Fonts',
        },
        { kind: 'number', value: 0, unit: 'bytes' },
        { kind: 'number', value: 80, unit: 'ms' },
      ],
    ]);
  });

  it('has places in scripts, those in the rows within a row too, with what Lighthouse knew of their source', () => {
    const original = { file: 'src/app.ts', line: 3, column: 0 };
    const location = { type: 'source-location', url: 'http://localhost:3000/app.js', line: 0, column: 7, original };
    const headings = [
      { key: 'url', valueType: 'url', subItemsHeading: { key: 'location', valueType: 'source-location' } },
      { key: null, valueType: 'code', subItemsHeading: { key: 'signal' } },
    ];
    const items = [
      {
        url: location.url,
        subItems: { type: 'subitems', items: [{ signal: 'Array.from', location }, { links: 1 }] },
      },
      { url: { ...location, line: -1, original: { file: 7 } } },
    ];
    const whole = report({ legacy: { type: 'table', headings, items } });
    const address = { kind: 'address', url: location.url, host: 'localhost:3000', isOwn: true };
    expect(auditDetails(whole, 'legacy')?.tables[0]?.rows).toEqual([
      [address, null],
      [
        { ...address, line: 0, column: 7, original },
        { kind: 'code', text: 'Array.from' },
      ],
      [{ ...address, column: 7 }, null],
    ]);
  });

  it('reads the tables inside lists, the requests of a tree, and checklists', () => {
    const section = { type: 'list-section', title: 'Fonts', value: table([['name', 'text']], [{ name: 'Nunito' }]) };
    const chains = {
      a: { url: 'http://localhost:3000/', transferSize: 10, children: { b: { url: 'http://localhost:3000/b.js' } } },
    };
    const whole = report({
      list: { type: 'list', items: [section, node] },
      tree: { type: 'list', items: [{ type: 'list-section', value: { type: 'network-tree', chains } }] },
      checks: { type: 'checklist', items: { fast: { label: 'Server responds quickly', value: false } } },
    });
    expect(auditDetails(whole, 'list')).toMatchObject({ tables: [{ title: 'Fonts' }], places: [{ path: node.path }] });
    expect(auditDetails(whole, 'tree')?.tables[0]?.rows.map(([cell]) => cell)).toMatchObject([
      { url: 'http://localhost:3000/' },
      { url: 'http://localhost:3000/b.js' },
    ]);
    expect(auditDetails(whole, 'checks')?.tables[0]?.rows[0]?.[0]).toEqual({ kind: 'text', text: 'failed' });
  });

  it('takes a text that begins with an address for a text', () => {
    const items = [{ text: 'https://: refused by page', code: 'https://x.test failed to load', url: 'https://:' }];
    const whole = report({
      errors: table(
        [
          ['text', 'text'],
          ['code', 'code'],
          ['url', 'url'],
        ],
        items,
      ),
    });
    const [row] = auditDetails(whole, 'errors')?.tables[0]?.rows ?? [];
    expect(row?.map((cell) => cell?.kind)).toEqual(['text', 'code', 'text']);
  });

  it('takes from a malformed report what can be read, and no picture of another kind', () => {
    const whole = report({
      odd: table(
        [
          ['url', 'url'],
          ['node', 'node'],
        ],
        [{ url: 7, node: 'x' }, { url: null }],
      ),
    });
    expect(auditDetails(whole, 'odd')?.places).toEqual([]);
    expect(auditDetails(whole, 'none')).toBeUndefined();
    const svg = { screenshot: { data: 'data:image/svg+xml;base64,AA', width: 1, height: 1 }, nodes: {} };
    expect(pagePicture({ ...whole, fullPageScreenshot: svg })).toBeUndefined();
    expect(reasonsOf('no heading\n  a line')).toEqual([]);
  });
});
