import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRecord } from '../../src/core/record/parseRecord';
import { eventually } from '../patience';
import { AgentClient } from '../terminal/agentClient';
import { inHeadlessShell } from './headlessShell';
import { Place, page, type Site, serve } from './support';

inHeadlessShell();

let place: Place;
let client: AgentClient;
const sites: Site[] = [];

beforeEach(async () => {
  place = new Place();
  client = new AgentClient(place);
  await client.open();
});

afterEach(async () => {
  await client.close();
  await Promise.all(sites.splice(0).map((site) => site.close()));
  try {
    await place.isClean();
  } finally {
    await place.leave();
  }
});

async function site(pages: Parameters<typeof serve>[0]): Promise<Site> {
  const started = await serve(pages);
  sites.push(started);
  return started;
}

const id = 'shop/lighthouse/image-alt';
const progressOf = () =>
  client.notifications.filter(({ method }) => method === 'notifications/progress').map(({ params }) => params ?? {});

describe('an agent', () => {
  it('audits a page, finds what is wrong, mends it and checks it, and hears how far the work is', async () => {
    let html = page('Shop');
    const { origin } = await site({
      '/shop': (_, response) => void response.setHeader('content-type', 'text/html').end(html),
    });
    const given = { url: `${origin}/shop`, categories: ['accessibility'] };
    const audit = await client.call('audit', given, { progressToken: 7 });
    expect([audit.isError, audit.text]).toEqual([false, expect.stringMatching(/^Audited shop \(local\)/)]);
    expect(audit.text).toMatch(/mobile, 1 run: Accessibility \d+/);
    expect(Buffer.byteLength(audit.text)).toBeLessThan(2048);
    const told = progressOf();
    expect(told.every(({ progressToken }) => progressToken === 7)).toBe(true);
    expect(told.map(({ message }) => message)).toContainEqual('shop as mobile, run 1 of 1: examining');
    const steps = told.map(({ progress }) => Number(progress));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(new Set(steps).size).toBe(steps.length);

    expect((await client.call('list_findings')).text).toContain(id);
    expect((await client.call('check_findings', { ids: [id] })).text).toContain(`still there: ${id} (1 place)`);
    html = html.replace('<img ', '<img alt="A lamp" ');
    expect((await client.call('check_findings', { ids: [id] })).text).toMatch(/^1 fixed, 0 still there/);
    expect(parseRecord(place.recordText() ?? '').record.findings[id]?.state.status).toBe('fixed');
  });

  it('can stop an audit, which then records nothing, and go on', async () => {
    let asked = 0;
    const { origin } = await site({
      '/slow': () => {
        asked += 1; // and never answered
      },
      '/shop': page('Shop'),
    });
    const request = client.begin('audit', { url: `${origin}/slow` }, { progressToken: 1 });
    await eventually(() => asked > 0, 'the page is asked for');
    client.cancel(request);
    const next = await client.call('audit', { url: `${origin}/shop`, categories: ['seo'] });
    expect(next.text).toMatch(/^Audited shop/);
    expect(Object.keys(parseRecord(place.recordText() ?? '').record.targets)).toEqual(['shop']);
  });
});
