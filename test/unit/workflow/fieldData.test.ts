import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FieldRequest, fieldData } from '../../../src/workflow/fieldData';

/** What the API answers, in the shape that its documentation shows. */
const answer = (key: object) => ({
  record: {
    key: { formFactor: 'PHONE', ...key },
    metrics: {
      largest_contentful_paint: { histogram: [{ start: 0, end: 2500, density: 0.7 }], percentiles: { p75: 2863 } },
      cumulative_layout_shift: { histogram: [], percentiles: { p75: '0.12' } },
      interaction_to_next_paint: { percentiles: { p75: 180 } },
      form_factors: { fractions: { phone: 1 } },
      navigation_types: { fractions: { navigate: 0.9 } },
    },
    collectionPeriod: {
      firstDate: { year: 2026, month: 10, day: 24 },
      lastDate: { year: 2026, month: 11, day: 20 },
    },
  },
});

let server: http.Server;
let endpoint: string;
let status: number;
let asked: { url: string | undefined; body: string }[];
let body: unknown;

beforeEach(async () => {
  asked = [];
  status = 200;
  body = undefined;
  server = http.createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push({ url: request.url, body: text });
    const { url, origin } = JSON.parse(text) as { url?: string; origin?: string };
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(
        JSON.stringify(
          status === 200 ? (body ?? answer(url === undefined ? { origin } : { url })) : { error: { code: status } },
        ),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/records:queryRecord`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const ask = (change: Partial<FieldRequest> = {}) =>
  fieldData({
    url: 'https://shop.example/checkout?coupon=secret#top',
    key: 'a key/with+signs',
    scope: 'url',
    formFactor: 'PHONE',
    target: 'checkout',
    on: '2026-11-22',
    endpoint,
    ...change,
  });

describe('field data of the Chrome UX Report', () => {
  it('are 75th percentiles of real visits, labelled with what they are about', async () => {
    const figures = await ask();
    expect(figures).toEqual([
      {
        metric: 'lcp',
        target: 'checkout',
        variant: 'url, mobile',
        from: '2026-10-24',
        to: '2026-11-20',
        value: 2863,
        basis: 'field',
        source: 'Chrome UX Report, https://shop.example/checkout',
        on: '2026-11-22',
      },
      expect.objectContaining({ metric: 'cls', value: 0.12 }),
      expect.objectContaining({ metric: 'inp', value: 180 }),
      expect.objectContaining({ metric: 'cwv_pass', value: 0 }),
    ]);
    expect(figures[0]).not.toHaveProperty('n');
  });

  it('are asked for with the address alone, without its query', async () => {
    await ask();
    expect(asked).toEqual([
      {
        url: '/v1/records:queryRecord?key=a%20key%2Fwith%2Bsigns',
        body: JSON.stringify({ url: 'https://shop.example/checkout', formFactor: 'PHONE' }),
      },
    ]);
  });

  it('of an origin say so, and are never asked for in place of a page', async () => {
    status = 404;
    await expect(ask()).rejects.toMatchObject({ kind: 'page', code: 'field-none' });
    expect(asked).toHaveLength(1);
    status = 200;
    const [figure] = await ask({ scope: 'origin', formFactor: 'DESKTOP' });
    expect(figure).toMatchObject({ variant: 'origin, desktop', source: 'Chrome UX Report, https://shop.example' });
  });

  it.each([
    [400, 'field-key'],
    [403, 'field-key'],
    [429, 'field-limit'],
    [500, 'field-answer'],
  ])('an answer of %i is told with what to do', async (code, fault) => {
    status = code;
    await expect(ask()).rejects.toMatchObject({ code: fault });
  });

  it('an answer that is no record, a local address and a dead server are told apart', async () => {
    body = { surprise: true };
    await expect(ask()).rejects.toMatchObject({ code: 'field-answer' });
    await expect(ask({ url: 'http://localhost:3000/' })).rejects.toMatchObject({ code: 'field-local' });
    await expect(ask({ endpoint: 'http://127.0.0.1:1/' })).rejects.toMatchObject({ code: 'field-unreachable' });
  });
});
