import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../../src/core/audit/measurement';
import { HumanError } from '../../../src/core/errors';
import { canonicalText } from '../../../src/core/record/canonicalText';
import { type AuditRecord, emptyRecord, type Finding } from '../../../src/core/record/record';
import type { AuditEngine } from '../../../src/engine/auditEngine';
import type { Checked, CheckOptions } from '../../../src/protocol/workerMessages';
import { checkFindings, notChecked, planChecks } from '../../../src/workflow/checkFindings';
import { Workspace } from '../../../src/workflow/workspace';
import { audit, elements, measurement, report } from '../core/audit/build';
import { temporaryFolder } from '../storage/support';

const seen = (...seenIn: string[]): Finding['state'] => ({ status: 'open', severity: 3, seenIn });

function finding(target: string, rule: string, state = seen('local/mobile'), kind = 'automated'): Finding {
  return { kind, rule, title: `Title of ${rule}`, target, state, id: `${target}/${rule}` };
}

function recordOf(...findings: Finding[]): AuditRecord {
  const origins = { local: 'http://localhost:3000', deployed: 'https://shop.example' };
  const page = (path: string) => ({ kind: 'page', path, origins });
  return {
    ...emptyRecord(),
    targets: { home: page('/'), basket: page('/basket'), way: { kind: 'journey', steps: ['a', 'b'] } },
    findings: Object.fromEntries(findings.map((one) => [one.id, one])),
  };
}

const planned = (record: AuditRecord, latest: Measurement[] = [], environment?: string) => {
  const plan = planChecks(record, latest, Object.keys(record.findings), environment);
  return plan.checks.map(({ page, formFactor, findings }) => [
    page.url,
    formFactor,
    findings.map(({ audit: one }) => one),
  ]);
};

describe('the plan of a check', () => {
  it('looks once at each page and form factor for all findings of it', () => {
    const record = recordOf(
      finding('home', 'lighthouse/image-alt', seen('local/desktop', 'local/mobile')),
      finding('home', 'lighthouse/label'),
      finding('basket', 'lighthouse/label'),
    );
    expect(planned(record)).toEqual([
      ['http://localhost:3000/', 'desktop', ['image-alt']],
      ['http://localhost:3000/', 'mobile', ['image-alt', 'label']],
      ['http://localhost:3000/basket', 'mobile', ['label']],
    ]);
  });

  it('looks where the page was measured last and the finding was seen, else locally first, or where it is told', () => {
    const record = recordOf(finding('home', 'lighthouse/label', seen('deployed/mobile', 'local/mobile')));
    const at = (environment: string, day: string) => measurement({ target: 'home', environment, at: `2026-11-${day}` });
    const urls = (...args: [Measurement[]?, string?]) => planned(record, ...args).map(([url]) => url);
    expect(urls()).toEqual(['http://localhost:3000/']);
    expect(urls([at('local', '01'), at('deployed', '02')])).toEqual(['https://shop.example/']);
    expect(urls([at('staging', '03')])).toEqual(['http://localhost:3000/']);
    expect(urls([], 'deployed')).toEqual(['https://shop.example/']);
  });

  it('says of each finding that it cannot check why, and what to do', () => {
    const record = recordOf(
      finding('home', 'axe/label'),
      finding('home', 'nielsen-10/H01', seen(), 'heuristic'),
      finding('way', 'lighthouse/label'),
      finding('home', 'lighthouse/label', seen('deployed/mobile')),
    );
    const plan = planChecks(record, [], Object.keys(record.findings), 'local');
    expect(plan.checks).toEqual([]);
    expect(notChecked(plan).map(({ reason }) => reason)).toEqual([
      expect.stringContaining('ux-audit import'),
      expect.stringContaining('ux-audit findings fix home/nielsen-10/H01'),
      expect.stringContaining('Audit one of its pages.'),
      expect.stringContaining('deployed/mobile, not for local'),
    ]);
    expect(() => planChecks(record, [], ['home/lighthouse/none'])).toThrow('home/lighthouse/none');
  });
});

/** A worker that answers with these audits, as far as they are asked. */
function engineSaying(audits: ReturnType<typeof audit>[], more: Partial<Checked> = {}) {
  const check = async (options: CheckOptions): Promise<Checked> => {
    const asked = audits.filter(({ id }) => options.audits.includes(id));
    return { report: report(asked, { finalUrl: options.url }), ofLoad: [], unknown: [], ...more };
  };
  return { check } as Pick<AuditEngine, 'check'> as AuditEngine;
}

async function checked(record: AuditRecord, engine: AuditEngine, ids = Object.keys(record.findings)) {
  const workspace = new Workspace(temporaryFolder());
  await workspace.record.update(() => record);
  const before = (await workspace.record.read()).record;
  const plan = planChecks(record, [], ids);
  const now = () => new Date('2026-11-28T12:00:00Z');
  const said = await checkFindings({ workspace, engine, plan, skipPreflight: true, now });
  const after = (await workspace.record.read()).record;
  const lines = new Set(canonicalText(before).split('\n'));
  const changed = canonicalText(after)
    .split('\n')
    .filter((line) => !lines.has(line));
  return { said, after, changed, history: await workspace.runs.measurements() };
}

describe('a check', () => {
  it('records a fixed finding by one line, and neither others nor a measurement', async () => {
    const fcp = finding('home', 'lighthouse/first-contentful-paint'); // which a whole audit takes out
    const record = recordOf(finding('home', 'lighthouse/image-alt'), finding('home', 'lighthouse/label'), fcp);
    const engine = engineSaying([audit('image-alt'), audit('label', { score: 0 })]);
    const { said, changed, history } = await checked(record, engine, ['home/lighthouse/image-alt']);
    expect(said).toEqual([{ id: 'home/lighthouse/image-alt', result: 'fixed', places: 0 }]);
    expect(changed).toEqual([expect.stringMatching(/"of": "home\/lighthouse\/image-alt", "status": "fixed"/)]);
    expect(history).toEqual([]);
  });

  it('counts the places where a finding still is, and keeps a decision', async () => {
    const accepted = { ...seen('local/mobile'), status: 'accepted', by: 'ana', on: '2026-11-01', reason: 'later' };
    const record = recordOf(finding('home', 'lighthouse/image-alt', accepted));
    const engine = engineSaying([audit('image-alt', { score: 0, items: elements('a', 'b') })]);
    const { said, after } = await checked(record, engine);
    expect(said).toEqual([{ id: 'home/lighthouse/image-alt', result: 'open', places: 2 }]);
    expect(after.findings['home/lighthouse/image-alt']?.state).toMatchObject({ status: 'accepted', by: 'ana' });
  });

  it('names where else the record has a finding that is gone here', async () => {
    const record = recordOf(finding('home', 'lighthouse/label', seen('deployed/mobile', 'local/mobile')));
    const { said, after } = await checked(record, engineSaying([audit('label')]));
    expect(said).toEqual([
      expect.objectContaining({ result: 'fixed', reason: expect.stringContaining('deployed/mobile') }),
    ]);
    expect(after.findings['home/lighthouse/label']?.state).toEqual(seen('deployed/mobile'));
  });

  it('decides nothing that needs the load, that Lighthouse does not know, that failed, or that is another page', async () => {
    const record = recordOf(finding('home', 'lighthouse/label'));
    const failed = audit('label', { mode: 'error', score: null, error: 'axe broke' });
    const refused = async () => {
      throw new HumanError('page', 'unreachable', { what: 'Nothing answers.', next: 'Start it.' });
    };
    const cases: [AuditEngine, string][] = [
      [engineSaying([], { ofLoad: ['label'] }), 'load of the page'],
      [engineSaying([], { unknown: ['label'] }), 'no audit "label"'],
      [engineSaying([failed]), 'axe broke'],
      [engineSaying([audit('label')], { report: report([], { finalUrl: 'http://localhost:3000/login' }) }), '/login'],
      [{ check: refused } as unknown as AuditEngine, 'Nothing answers. Start it.'],
    ];
    for (const [engine, reason] of cases) {
      const { said, changed } = await checked(record, engine);
      expect(said).toEqual([
        { id: 'home/lighthouse/label', result: 'not-checked', places: 0, reason: expect.stringContaining(reason) },
      ]);
      expect(changed).toEqual([]);
    }
  });
});
