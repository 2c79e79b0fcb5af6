import { describe, expect, it } from 'vitest';
import { requestPaths } from '../../../../src/core/audit/requests';
import { runNumbers } from '../../../../src/core/audit/runNumbers';

const request = (url: string, statusCode: number, transferSize: number) => ({ url, statusCode, transferSize });
const report = {
  audits: {
    'largest-contentful-paint': { numericValue: 2638.4 },
    'cumulative-layout-shift': { numericValue: 0 },
    'network-requests': {
      details: {
        items: [
          request('http://localhost:1/index.html', 200, 7000),
          request('http://localhost:1/assets/index-B3kd9_a2.js?v=1', 200, 20_000),
          request('http://localhost:1/assets/index-B3kd9_a2.js?v=2', 200, 20_000),
          request('http://localhost:1/gone.js', 404, 300),
          request('http://localhost:1/blocked.css', -1, 0),
          request('data:image/gif;base64,AAAA', 200, 0),
        ],
      },
    },
    'dom-size-insight': { details: { debugData: { totalElements: 852 } } },
    'unused-css-rules': { details: { items: [{ wastedBytes: 1000 }] } },
    'unused-javascript': { details: { items: [{ wastedBytes: 500 }, {}] } },
  },
};

describe('the numbers of a run', () => {
  it('are timings, bytes, answered requests, elements and unused code', () => {
    expect(runNumbers(report)).toEqual({
      'largest-contentful-paint': 2638.4,
      'cumulative-layout-shift': 0,
      bytes: 47_300,
      requests: 4,
      elements: 852,
      'unused-bytes': 1500,
    });
  });

  it('lack what the report does not have, and are never 0 for it', () => {
    expect(runNumbers({ audits: { 'unused-css-rules': { score: null } } })).toEqual({});
    expect(runNumbers({ audits: { 'speed-index': { errorMessage: 'NO_FCP' } } })).toEqual({});
    expect(runNumbers('no report')).toEqual({});
  });
});

describe('the addresses that a page asks for', () => {
  it('are without origin, query and the digests of a build', () => {
    expect(requestPaths(report)).toEqual(['/index.html', '/assets/index-*.js']);
  });
});
