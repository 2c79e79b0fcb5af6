import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditSlice } from '../../../src/core/audit/lighthouseReport';
import { measure, type RunSet } from '../../../src/core/audit/measurement';
import { HumanError } from '../../../src/core/errors';
import { canonicalText } from '../../../src/core/record/canonicalText';
import { type AuditRecord, emptyRecord, type Finding } from '../../../src/core/record/record';
import type { PageRuns, VersionRuns } from '../../../src/workflow/comparePages';
import { reviewChange } from '../../../src/workflow/reviewChange';
import { Workspace } from '../../../src/workflow/workspace';
import { audit, elements, report } from '../core/audit/build';

const failing = () => audit('image-alt', { score: 0, items: elements('plant') });
const targets: AuditRecord['targets'] = { home: { kind: 'page', path: '/', serve: { folder: 'site' } } };

let folder: string;
let workspace: Workspace;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'review-test-'));
  workspace = new Workspace(folder);
  mkdirSync(path.join(folder, 'ux-audit'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What one run of a version of the page found. */
function version(audits: AuditSlice[], formFactor: 'mobile' | 'desktop', change: Partial<RunSet> = {}): VersionRuns {
  const set: RunSet = {
    browser: 'Chrome 156.0.8078.79',
    slices: [report(audits, { formFactor })],
    representative: 0,
    benchmarkIndex: { value: 1000, measuredAt: '2026-11-21T10:00:00.000Z' },
    foreignLoad: [0],
    noisy: false,
    ...change,
  };
  const address = 'http://localhost:3000/';
  const about = { id: '1', target: 'home', environment: 'local', at: '2026-11-21T10:00:00.000Z' };
  return {
    set,
    report: undefined,
    measurement: measure(set, { ...about, requestedUrl: address, finalUrl: address }),
  };
}

function runs(formFactor: 'mobile' | 'desktop', change: Partial<PageRuns>): PageRuns {
  const page = { target: 'home', environment: 'local', formFactor, base: 'http://a/', head: 'http://b/' };
  return { page: { ...page, isOwnServer: true }, pairs: { first: [], fresh: [] }, ...change };
}

async function reviewed(pages: PageRuns[], findings: AuditRecord['findings'] = {}) {
  writeFileSync(workspace.paths.record, canonicalText({ ...emptyRecord(), targets, findings }));
  const record = await workspace.record.read();
  const side = (name: string) => ({ version: { name }, record });
  return await reviewChange(workspace, {
    base: side('main'),
    head: side('branch'),
    runs: pages,
    targets,
    today: '2026-11-28',
  });
}

const changes = ({ differences }: Awaited<ReturnType<typeof reviewed>>) =>
  differences.map(({ change, id }) => `${change} ${id}`);

describe('what a change did', () => {
  it('is what only one of two audited versions shows', async () => {
    const added = runs('mobile', {
      base: version([audit('image-alt')], 'mobile'),
      head: version([failing()], 'mobile'),
    });
    expect(changes(await reviewed([added]))).toEqual(['new home/lighthouse/image-alt']);
    const gone = runs('mobile', {
      base: version([failing()], 'mobile'),
      head: version([audit('image-alt')], 'mobile'),
    });
    expect(changes(await reviewed([gone]))).toEqual(['fixed home/lighthouse/image-alt']);
  });

  it('is nothing of an audit that one version could not measure, and fails where that is the version after', async () => {
    const broken = audit('image-alt', { score: null, mode: 'error', error: 'axe-core failed.' });
    const refs = [{ id: 'image-alt', weight: 3 }];
    const access = { id: 'accessibility', title: 'Accessibility', score: null, refs };
    const slices = [report([broken], { formFactor: 'mobile', categories: [access] })];
    const untold = version([], 'mobile', { slices });
    const told = version([failing()], 'mobile');
    const before = await reviewed([runs('mobile', { base: untold, head: told })]);
    expect(changes(before)).toEqual([]);
    expect(before.notMeasured).toEqual(['home, mobile, main: the score of Accessibility, image-alt: axe-core failed']);
    expect(before.gate).toEqual([]);
    expect(before.accessibility).toHaveLength(1);
    const after = await reviewed([runs('mobile', { base: told, head: untold })]);
    expect(changes(after)).toEqual([]);
    expect(after.gate).toMatchObject([{ rule: 'failed', text: expect.stringContaining('axe-core failed') }]);
    expect(after.accessibility).toBeUndefined();
    expect((await reviewed([runs('mobile', { base: untold, head: untold })])).gate).toEqual([]);
    const added = runs('mobile', { head: untold, incomparable: 'the page is new' });
    expect((await reviewed([added])).gate).toEqual([]);
  });

  it('is nothing of an audit that the runs of one version leave undecided', async () => {
    const lcp = (score: number) => {
      const refs = [{ id: 'largest-contentful-paint', weight: 25 }];
      const load = { id: 'performance', title: 'Performance', score, refs };
      const slow = audit('largest-contentful-paint', { score, mode: 'numeric' });
      return report([slow], { formFactor: 'mobile', categories: [load] });
    };
    const three = [lcp(0.1), lcp(0.1), lcp(0.1)];
    const head = version([], 'mobile', { slices: three, foreignLoad: [0, 0, 0] });
    const of = (foreignLoad: number[]) => version([], 'mobile', { slices: three, foreignLoad });
    const good = version([], 'mobile', { slices: [lcp(1), lcp(1), lcp(1)], foreignLoad: [0, 0, 0] });
    expect(changes(await reviewed([runs('mobile', { base: of([0.9, 0, 0]), head })]))).toEqual([]);
    expect(changes(await reviewed([runs('mobile', { base: good, head })]))).toEqual([
      'new home/lighthouse/largest-contentful-paint',
    ]);
  });

  it('is nothing where one version alone leads to another page, such as a login', async () => {
    const login = { redirectedTo: 'http://localhost:3000/login' };
    const base = version([audit('image-alt')], 'mobile', login);
    const page = runs('mobile', { base, head: version([failing()], 'mobile'), incomparable: 'a redirect' });
    expect(changes(await reviewed([page]))).toEqual([]);
  });

  it('is told for the form factor that could be audited, though the other could not', async () => {
    const error = { side: 'head' as const, error: new HumanError('page', 'x', { what: 'It failed.', next: 'Try.' }) };
    const both = { base: version([audit('image-alt')], 'desktop'), head: version([failing()], 'desktop') };
    const review = await reviewed([runs('mobile', { error }), runs('desktop', both)]);
    expect(changes(review)).toEqual(['new home/lighthouse/image-alt']);
    expect(review.gate.map(({ rule }) => rule)).toEqual(['failed']);
    expect(changes(await reviewed([runs('mobile', { error })]))).toEqual([]);
  });

  it('counts an acceptance that ran out once, as that and not as a fault of the record', async () => {
    const accepted: Finding = {
      kind: 'heuristic',
      rule: 'nielsen-10/H01',
      title: 'Slow',
      target: 'home',
      state: { status: 'accepted', by: 'ana', on: '2026-01-01', until: '2026-02-01', reason: 'later' },
      id: 'home/nielsen-10/H01/7k3q9d',
    };
    const { gate } = await reviewed([], { [accepted.id]: accepted });
    expect(gate.map(({ rule }) => rule)).toEqual(['expired']);
  });
});
