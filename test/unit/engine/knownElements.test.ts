import { describe, expect, it } from 'vitest';
import { readTrail } from '../../../src/core/sources/digests';
import type { PageReading } from '../../../src/engine/worker/inPage';
import { knownElements } from '../../../src/engine/worker/knownElements';
import type { ReadPage } from '../../../src/engine/worker/pageReader';

const nothing: PageReading = { nodes: [], sources: [], stacks: [], urls: [], globals: [], marks: [] };
const page = (given: Partial<ReadPage>): ReadPage => ({ ...nothing, maps: new Map(), ...given });
const report = (...paths: string[]) => ({
  audits: { a: { details: { items: paths.map((path) => ({ node: { type: 'node', path, snippet: '<a>' } })) } } },
});

describe('what is known of the elements that a report names', () => {
  const nodes: PageReading['nodes'] = [
    [-1, '1,HTML', 0, 'html', 'Html'],
    [0, '1,BODY', 1, 'body', 'Body'],
    [1, '0,A', 0, 'same', 'one'],
    [1, '2,A', 1, 'same', 'two'],
  ];

  it('is what is around each, and where the build says that it is written', () => {
    const sources = [
      { node: 3, file: '/src/A.vue' },
      { node: 2, file: '/src/B.jsx', line: 3, column: 4 },
    ];
    const known = knownElements(page({ nodes, sources }), report('1,HTML,1,BODY,2,A', '1,HTML,1,BODY,0,A'));
    expect(known).toEqual({
      '1,HTML,1,BODY,2,A': { trail: '.two.1 body.Body.1 html.Html.0', source: { file: '/src/A.vue', by: 'framework' } },
      '1,HTML,1,BODY,0,A': {
        trail: '.one.0 body.Body.1 html.Html.0',
        source: { file: '/src/B.jsx', line: 3, column: 4, by: 'framework' },
      },
    });
    expect(readTrail(known['1,HTML,1,BODY,0,A']?.trail ?? '')[0]).toEqual({ whole: '', bare: 'one', index: 0 });
  });

  it('is nothing of elements that were not read', () => {
    expect(knownElements(page({ nodes }), report('1,HTML,0,HEAD', '', '1', '1,HTML,1,BODY,0,B'))).toEqual({});
    expect(knownElements(page({}), report('1,HTML'))).toEqual({});
  });

  it('is what the server sent, where the page has removed it', () => {
    const html =
      '<html><body>\n<a data-astro-source-file="/src/x.astro" data-astro-source-loc="8:6">x</a></body></html>';
    const sent = {
      audits: { a: { details: { type: 'node', path: '1,HTML,1,BODY,0,A', snippet: '<a>', nodeLabel: 'x' } } },
    };
    expect(knownElements(page({ nodes, html }), sent)['1,HTML,1,BODY,0,A']?.source).toEqual({
      file: '/src/x.astro',
      line: 8,
      column: 6,
      by: 'framework',
    });
  });

  it('ends for a page that lies about its tree', () => {
    const loop: PageReading['nodes'] = [
      [1, '0,A', 0, 'a', 'a'],
      [0, '0,B', 0, 'b', 'b'],
      [7, '0,C', 0, 'c', 'c'],
      [-1, '0,D', 0, 'd', 'd'],
    ];
    const sources = [{ node: 3, stacks: [9] }];
    expect(Object.keys(knownElements(page({ nodes: loop, sources }), report('0,A', '0,B', '0,C', '0,D')))).toEqual([
      '0,D',
    ]);
  });
});
