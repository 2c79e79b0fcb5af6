import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSet } from '../../../src/core/audit/measurement';
import { HumanError } from '../../../src/core/errors';
import { compareRows } from '../../../src/core/verdict/pageComparison';
import type { AuditEngine } from '../../../src/engine/auditEngine';
import { comparePages, type PageRuns } from '../../../src/workflow/comparePages';
import { report } from '../core/audit/build';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'compare-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a run of an address gives: Total Blocking Time in milliseconds, and the share that other programs had. */
type Runs = (url: string, nth: number) => { blocked: number; foreignLoad?: number };

/** An engine that has these runs to tell of, and the addresses in the order in which it was asked. */
function telling(runs: Runs): { engine: AuditEngine; asked: string[] } {
  const asked: string[] = [];
  const audit: AuditEngine['audit'] = async ({ url }) => {
    const { blocked, foreignLoad = 0 } = runs(url, asked.filter((each) => each === url).length);
    asked.push(url);
    const file = path.join(folder, `${asked.length}.json`);
    writeFileSync(file, JSON.stringify({ audits: { 'total-blocking-time': { numericValue: blocked } } }));
    const set: RunSet = {
      browser: 'Chrome 156.0.8078.79',
      slices: [report([])],
      representative: 0,
      benchmarkIndex: { value: 1000, measuredAt: '2026-11-21T10:00:00.000Z' },
      foreignLoad: [foreignLoad],
      noisy: false,
    };
    return { set, reports: [file] };
  };
  return { engine: { audit } as Pick<AuditEngine, 'audit'> as AuditEngine, asked };
}

const page = (target: string) => ({
  ...{ target, environment: 'local', formFactor: 'mobile' as const, isOwnServer: true },
  ...{ base: `http://base/${target}`, head: `http://head/${target}` },
});

async function compared(runs: Runs, targets = ['home']) {
  const { engine, asked } = telling(runs);
  const pages = await comparePages({ engine, pages: targets.map(page), settings: {}, skipPreflight: true });
  return { pages, asked };
}

const blockingOf = (pages: PageRuns[], index = 0) =>
  compareRows(pages.map(({ pairs }) => pairs))[index]?.find(({ number }) => number.id === 'total-blocking-time');

/** Runs differ by a few milliseconds from one to the next, as they do. */
const around = (blocked: number, nth: number) => blocked + ((nth * 7) % 5);

describe('comparing pages', () => {
  it('confirms by fresh runs that a page became slower, and makes no more than that takes', async () => {
    const { pages, asked } = await compared((url, nth) => ({ blocked: around(url.includes('head') ? 480 : 80, nth) }));
    expect(blockingOf(pages)).toMatchObject({ verdict: 'worse', confirmed: true });
    expect(pages[0]?.pairs.fresh.length).toBeGreaterThan(0);
    expect(asked).toHaveLength(20); // five pairs, and five fresh ones
  });

  it('runs the versions in turn: before, after, after, before', async () => {
    const { asked } = await compared((_, nth) => ({ blocked: around(80, nth) }));
    expect(asked.slice(0, 4).map((url) => url.slice(7, 11))).toEqual(['base', 'head', 'head', 'base']);
  });

  it('is done with a page that did not change after a few pairs, none of them fresh', async () => {
    const { pages, asked } = await compared((_, nth) => ({ blocked: around(80, nth) }));
    expect(blockingOf(pages)?.verdict).toBe('same');
    expect(pages[0]?.pairs).toMatchObject({ fresh: [] });
    expect(asked).toHaveLength(6);
  });

  it('ends where every run is disturbed, and reads no time from them', async () => {
    const { pages, asked } = await compared((url) => ({ blocked: url.includes('head') ? 480 : 80, foreignLoad: 0.9 }));
    expect(blockingOf(pages)).toMatchObject({ verdict: 'unknown', base: [], head: [] });
    expect(asked).toHaveLength(20);
  });

  it('goes on with the other pages where one fails', async () => {
    const broken = new HumanError('page', 'no-paint', { what: 'The page paints nothing.', next: 'Open it.' });
    const { pages } = await compared(
      (url, nth) => {
        if (url === 'http://head/broken') throw broken;
        return { blocked: around(80, nth) };
      },
      ['broken', 'home'],
    );
    expect(pages[0]?.error).toEqual({ side: 'head', error: broken });
    expect(pages[1]?.pairs.first.length).toBeGreaterThan(1);
  });
});
