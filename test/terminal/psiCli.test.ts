import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRecord } from '../../src/core/record/parseRecord';
import { isPublicHost } from '../../src/core/record/targets';
import { cli, Place } from '../engine/support';

const KEY = 'a-key-of-mine';
const url = 'https://shop.example/checkout';

let place: Place;
let server: http.Server;
const asked: URL[] = [];
/** What the stand-in answers next. */
let answer: (asked: URL) => { status: number; body: unknown };

beforeEach(async () => {
  place = new Place();
  asked.length = 0;
  answer = () => ({ status: 200, body: answerOf() });
  server = http.createServer((request, response) => {
    const at = new URL(request.url ?? '', 'http://psi');
    asked.push(at);
    const { status, body } = answer(at);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.close();
  await place.leave();
});

const audit = (id: string, score: number | null, more: object = {}) => ({
  ...{ id, title: `The title of ${id}`, description: '', score, scoreDisplayMode: 'binary' },
  ...more,
});

/** An answer in the form of runPagespeed, version 5. */
function answerOf({ finalUrl = url, runtimeError }: { finalUrl?: string; runtimeError?: object } = {}) {
  const visits = (lcp: number) => ({
    LARGEST_CONTENTFUL_PAINT_MS: { percentile: lcp, distributions: [], category: 'SLOW' },
    CUMULATIVE_LAYOUT_SHIFT_SCORE: { percentile: 15, distributions: [], category: 'AVERAGE' },
    INTERACTION_TO_NEXT_PAINT: { percentile: 180, distributions: [], category: 'FAST' },
  });
  return {
    kind: 'pagespeedonline#result',
    id: url,
    loadingExperience: { id: url, metrics: visits(4100), overall_category: 'SLOW' },
    originLoadingExperience: { id: 'https://shop.example', metrics: visits(2600), overall_category: 'AVERAGE' },
    lighthouseResult: {
      requestedUrl: url,
      finalUrl,
      finalDisplayedUrl: finalUrl,
      lighthouseVersion: '13.5.0',
      fetchTime: '2026-11-28T10:00:00.000Z',
      environment: { hostUserAgent: 'Mozilla/5.0 HeadlessChrome/146.0.7680.177 Safari/537.36', benchmarkIndex: 900 },
      configSettings: { formFactor: 'mobile', emulatedFormFactor: 'mobile', locale: 'en-US', channel: 'lr' },
      ...(runtimeError && { runtimeError }),
      categories: {
        accessibility: {
          ...{ id: 'accessibility', title: 'Accessibility', score: 0.8 },
          auditRefs: [{ id: 'image-alt', weight: 10 }],
        },
      },
      audits: {
        'image-alt': audit('image-alt', 0, {
          details: { items: [{ node: { type: 'node', selector: 'img.lamp', snippet: '<img class="lamp">' } }] },
        }),
        'largest-contentful-paint': audit('largest-contentful-paint', 0.4, { numericValue: 4200 }),
      },
    },
  };
}

function psi(args: string[] = [], key: string = KEY) {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pagespeedonline/v5/runPagespeed`;
  const env = { PAGESPEED_API_KEY: key, UX_AUDIT_PSI_ENDPOINT: endpoint };
  return cli(place, ['audit', ...(args.length > 0 ? args : [url, '-y']), '--runner', 'psi', '-q'], { env });
}

const file = (name: string) => path.join(place.workspace, 'ux-audit', name);

describe('audit --runner psi', () => {
  it('asks nothing without a key, without consent, or about what is not public', async () => {
    for (const [run, said] of [
      [() => psi([], ''), /PAGESPEED_API_KEY is not set/],
      [() => psi([url]), /nobody has allowed it.*shop\.example.*Google/],
      [() => psi(['http://localhost:3000/', '-y']), /localhost:3000 is not public/],
      [() => psi(['http://192.168.1.4/', '-y']), /is not public/],
      [() => psi([url, '-y', '-n', '3']), /does not know --runs/],
      [() => psi([url, '-y', '--only', 'agentic-browsing']), /does not know --only/],
    ] as const) {
      const { code, stderr } = await run();
      expect([code, stderr]).toEqual([2, expect.stringMatching(said)]);
    }
    expect(asked).toEqual([]);
    expect(existsSync(file('findings.json'))).toBe(false);
  });

  it('records in an environment of its own, with the visits of page and origin, and keeps the key to itself', async () => {
    const { code, stdout, stderr } = await psi([url, '-y', '--only', 'accessibility,best-practices']);
    expect([code, stderr]).toEqual([0, expect.stringContaining('figures of real visits kept')]);
    expect(asked.map(({ pathname, searchParams }) => [pathname, ...searchParams])).toEqual([
      [
        '/pagespeedonline/v5/runPagespeed',
        ...[
          ['url', url],
          ['strategy', 'mobile'],
          ['key', KEY],
          ['category', 'ACCESSIBILITY'],
          ['category', 'BEST_PRACTICES'],
        ],
      ],
    ]);
    const { record } = parseRecord(readFileSync(file('findings.json'), 'utf8'));
    expect(record.targets.checkout).toMatchObject({ origins: { deployed: 'https://shop.example' } });
    expect(record.findings['checkout/lighthouse/image-alt']?.state).toMatchObject({
      status: 'open',
      seenIn: ['deployed-pagespeed/mobile'],
    });
    const measured = readFileSync(file('runs/history.jsonl'), 'utf8');
    expect(JSON.parse(measured)).toMatchObject({
      environment: 'deployed-pagespeed',
      browser: 'Chrome 146.0.7680.177, by PageSpeed Insights',
      benchmarkIndex: { value: 900 },
    });
    const outcomes = readFileSync(file('outcomes.json'), 'utf8');
    const figures = JSON.parse((await cli(place, ['outcomes', 'list', '--json'])).stdout);
    expect(figures).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ metric: 'lcp', value: 4100, basis: 'field', variant: 'url, mobile' }),
        expect.objectContaining({ metric: 'lcp', value: 2600, variant: 'origin, mobile' }),
        expect.objectContaining({ metric: 'cls', value: 0.15, variant: 'url, mobile', target: 'checkout' }),
      ]),
    );
    for (const text of [stdout, stderr, measured, outcomes, readFileSync(file('findings.json'), 'utf8')])
      expect(text).not.toContain(KEY);
  });

  it('takes no numbers of the origin for those of the page', async () => {
    const whole = answerOf();
    const fallback = { ...whole.loadingExperience, origin_fallback: true };
    answer = () => ({ status: 200, body: { ...whole, loadingExperience: fallback } });
    expect((await psi()).code).toBe(0);
    const figures = JSON.parse((await cli(place, ['outcomes', 'list', '--json'])).stdout) as { variant: string }[];
    expect(new Set(figures.map(({ variant }) => variant))).toEqual(new Set(['origin, mobile']));
  });

  it('keeps a page apart that redirected, and says so', async () => {
    answer = () => ({ status: 200, body: answerOf({ finalUrl: 'https://shop.example/login' }) });
    const { code, stdout } = await psi();
    expect([code, stdout]).toEqual([4, expect.stringContaining('redirected to https://shop.example/login')]);
  });

  const refused = (code: number, message: string, reason?: string) => ({
    error: { code, message, errors: [{ message, domain: 'global', ...(reason && { reason }) }] },
  });
  it.each([
    [400, refused(400, 'API key not valid. Please pass a valid API key.', 'badRequest'), 3, /refused the key \(400\)/],
    [
      403,
      refused(403, 'PageSpeed Insights API has not been used in project 1'),
      3,
      /refused the key \(403\).*project 1/,
    ],
    [
      400,
      refused(400, 'Invalid value at url', 'invalid'),
      4,
      /could not audit .*checkout \(400\): Invalid value at url/,
    ],
    [429, refused(429, `Quota exceeded for 'Queries per day', key ${KEY}`), 3, /no more questions.*Queries per day.*…/],
    [
      500,
      refused(500, 'Lighthouse returned error: FAILED_DOCUMENT_REQUEST. (Details: net::ERR_X)', 'lighthouseError'),
      4,
      /could not audit .*checkout \(500\): Lighthouse returned error: FAILED_DOCUMENT_REQUEST/,
    ],
    [500, '<html>\u001b[31mOops</html>', 3, /is out of order \(500\): status 500/],
    [200, { kind: 'pagespeedonline#result' }, 3, /answered something unexpected/],
  ])('tells of an answer with status %i: %j', async (status, body, code, said) => {
    answer = () => ({ status, body });
    const result = await psi();
    expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(said)]);
    expect(result.stderr).not.toContain(KEY);
    expect(existsSync(file('findings.json'))).toBe(false);
  });

  it('asks no further page with a key that is refused', async () => {
    answer = () => ({ status: 403, body: refused(403, 'Not enabled') });
    expect((await psi([url, 'https://shop.example/home', '-y'])).code).toBe(3);
    expect(asked).toHaveLength(1);
  });

  it('keeps what was audited before the quota ended', async () => {
    answer = () =>
      asked.length === 1 ? { status: 200, body: answerOf() } : { status: 429, body: refused(429, 'Quota exceeded') };
    const { code, stderr } = await psi([url, 'https://shop.example/home', '-y']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('Quota exceeded')]);
    const { record } = parseRecord(readFileSync(file('findings.json'), 'utf8'));
    expect(Object.keys(record.targets)).toEqual(['checkout']);
    expect(readFileSync(file('outcomes.json'), 'utf8')).toContain('PageSpeed Insights');
  });
});

it('knows which hosts machines elsewhere can open', () => {
  const open = ['shop.example', '8.8.8.8', '172.32.0.1', '[2606:4700::1]'];
  const own = [
    ...['localhost', 'shop.local', 'intranet', 'a.internal', '10.0.0.1', '172.16.0.1', '100.64.0.1', '169.254.1.1'],
    ...['[::1]', '[fd00::1]', '[fe80::1]', '0.0.0.0', 'shop.localhost'],
  ];
  expect(open.filter((host) => !isPublicHost(host))).toEqual([]);
  expect(own.filter((host) => isPublicHost(host))).toEqual([]);
});
