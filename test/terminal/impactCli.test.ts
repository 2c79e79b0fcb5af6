import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Measurement } from '../../src/core/audit/measurement';
import { canonicalText } from '../../src/core/record/canonicalText';
import { emptyRecord } from '../../src/core/record/record';
import { cli, Place } from '../engine/support';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

const spread = (median: number) => ({
  median,
  min: median - 50,
  max: median + 50,
  n: 3,
  samples: [median - 50, median, median + 50],
});
const measurement = (lcp: number, change: Partial<Measurement> = {}): Measurement => ({
  id: `2026-11-22T10-00-00-${lcp}`,
  kind: 'lab',
  target: 'checkout',
  environment: 'local',
  formFactor: 'mobile',
  at: new Date().toISOString(),
  requestedUrl: 'http://localhost/checkout',
  finalUrl: 'http://localhost/checkout',
  runs: 3,
  representative: 1,
  metrics: { 'largest-contentful-paint': { ...spread(lcp), score: 0.4 } },
  scores: { performance: { title: 'Performance', spread: { ...spread(0.5), min: 0.4, max: 0.6 } } },
  lighthouseVersion: '13.5.0',
  browser: 'Chrome 156.0.0.0',
  throttlingMethod: 'simulate',
  throttling: { cpuSlowdownMultiplier: 4 },
  benchmarkIndex: { value: 1500, measuredAt: '2026-11-22T09:00:00.000Z' },
  foreignLoad: [0, 0, 0],
  noisy: false,
  warnings: [],
  ...change,
});
const file = (name: string) => path.join(place.workspace, 'ux-audit', name);
function measured(...measurements: Measurement[]): void {
  mkdirSync(file('runs'), { recursive: true });
  writeFileSync(file('runs/history.jsonl'), measurements.map((one) => `${JSON.stringify(one)}\n`).join(''));
}
function table(name: string, text: string): string {
  const full = path.join(place.workspace, name);
  writeFileSync(full, text);
  return full;
}
const json = async (...args: string[]) => JSON.parse((await cli(place, [...args, '--json'])).stdout);

beforeEach(() => {
  const target = {
    kind: 'page',
    path: '/checkout',
    origins: { deployed: 'https://shop.example', local: 'http://localhost' },
  };
  place.writeRecord(canonicalText({ ...emptyRecord(), targets: { checkout: target } }));
});

describe('ux-audit outcomes', () => {
  it('keep a funnel of a tool by the steps of its journey, and list them', async () => {
    const journey = { kind: 'journey' as const, steps: ['Cart', 'Address', 'Pay', 'Receipt'] };
    writeFileSync(file('findings.json'), canonicalText({ ...emptyRecord(), targets: { checkout: journey } }));
    const funnel = path.resolve(import.meta.dirname, '../fixtures/funnels/ga4-exploration.csv');
    const done = await cli(place, ['outcomes', 'import', funnel, '--preset', 'ga4', '--target', 'checkout']);
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('by order: "view_cart" is Cart');
    expect(done.stdout).toContain('checkout/abandonment_rate@Pay/2026-09-01..2026-09-30 = 25.9001, n 6166');
    const { stdout } = await cli(place, ['outcomes', 'steps', 'checkout']);
    expect(stdout).toContain('ga4-exploration.csv (2026-09-01 to 2026-09-30)');
    expect(stdout).toMatch(/^ {2}Pay: 6166 reached it, 1597 stopped there \(25\.9 %, [\d.]+ to [\d.]+ %\)$/m);
    expect((await cli(place, ['outcomes', 'list'])).stdout).toMatch(
      /abandonment_rate:reached the step@Receipt.* {2}4569/,
    );
    expect(await json('outcomes', 'steps', 'checkout')).toMatchObject([
      { source: 'ga4-exploration.csv', steps: [{ name: 'Cart', stopped: 4830 }, {}, {}, { name: 'Receipt' }] },
    ]);
    expect((await cli(place, ['outcomes', 'steps', 'signup'])).stderr).toContain(
      'Journeys with figures of steps: checkout',
    );
    expect((await cli(place, ['outcomes', 'import', funnel, '--preset', 'matomo'])).stderr).toContain('Known layouts:');
  });

  it('keeps figures of groups apart: imported, typed, listed, removed', async () => {
    const rows = [...Array(5).fill('2026-09-01,9,buyers'), ...Array(6).fill('2026-09-01,3,users')];
    const done = await cli(place, ['outcomes', 'import', table('nps.csv', `date,nps,segment\n${rows.join('\n')}\n`)]);
    expect(done.stdout).toContain('*/nps[buyers]/2026-09-01..2026-09-30 = 100, n 5');
    expect(done.stdout).toContain('none of all people together: leave the column out to get those');
    const day = ['--from', '2026-09-01', '--to', '2026-09-30', '--source', 'by phone'];
    expect((await cli(place, ['outcomes', 'add', 'nps=20', '--n', '50', '--segment', 'guests', ...day])).code).toBe(0);
    const { stdout } = await cli(place, ['outcomes', 'list']);
    for (const one of ['imported, buyers', 'imported, users', 'entered, guests']) expect(stdout).toContain(one);
    const figures: { key: string; segment: string }[] = await json('outcomes', 'list');
    expect(figures.map(({ segment }) => segment)).toEqual(['buyers', 'guests', 'users']);
    const ofGuests: { segment?: string }[] = (await json('impact', '--segment', 'guests')).values;
    expect(ofGuests.map(({ segment }) => segment)).toEqual(['guests']);
    const unknown = await cli(place, ['impact', '--segment', 'staff']);
    expect(unknown.stderr).toContain('No figure is about "staff"');
    expect(unknown.stderr).toContain('Known: buyers, guests, users.');
    expect((await cli(place, ['impact'])).stdout).toContain('NPS®, guests; 2 other groups');
    const people = Array.from({ length: 13 }, (_, index) => `2026-09-01,9,person ${index}`).join('\n');
    const asked = await cli(place, ['outcomes', 'import', table('people.csv', `date,nps,segment\n${people}\n`)]);
    expect(asked.code).toBe(2);
    expect(asked.stdout).toContain('--drop segment');
    const all = await cli(place, [
      'outcomes',
      'import',
      table('people.csv', `date,nps,segment\n${people}\n`),
      '--drop',
      'segment',
    ]);
    expect(all.stdout).toContain('*/nps/2026-09-01..2026-09-30 = 100, n 13');
    expect((await cli(place, ['outcomes', 'remove', '*/nps[guests]/2026-09-01..2026-09-30'])).code).toBe(0);
  });

  it('imports a template as it is, lists its figures, and takes one out again', async () => {
    const { stdout } = await cli(place, ['outcomes', 'template', 'analytics']);
    const done = await cli(place, ['outcomes', 'import', table('shop.csv', stdout), '--currency', 'EUR']);
    expect(done).toMatchObject({ code: 0 });
    expect(done.stdout).toContain('12 rows taken, 0 left out');
    const figures: { key: string; metric: string }[] = await json('outcomes', 'list');
    const key = '*/aov/2026-09-01..2026-09-30';
    expect(figures.find((figure) => figure.key === key)).toMatchObject({ unit: 'EUR', basis: 'imported' });
    expect((await cli(place, ['outcomes', 'remove', key])).code).toBe(0);
    expect((await json('outcomes', 'list')).map((figure: { key: string }) => figure.key)).not.toContain(key);
  });

  it('asks about cells that it cannot read, in text that a terminal does not act upon, and writes nothing', async () => {
    const good = Array.from({ length: 6 }, (_, index) => `2026-09-0${index + 1},9`).join('\n');
    const bad = table('nps.csv', `date,nps\n${good}\n2026-09-08,\u001b[31m11\n`);
    const asked = await cli(place, ['outcomes', 'import', bad]);
    expect(asked.code).toBe(2);
    expect(asked.stdout).toContain('row 8, nps');
    expect(asked.stdout).toContain('--leave-out nps');
    expect(asked.stdout).not.toContain('\u001b');
    expect(existsSync(file('outcomes.json'))).toBe(false);
    const done = await cli(place, ['outcomes', 'import', bad, '--leave-out', 'nps']);
    expect(done).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 cell could not be read and was left out'),
    });
    expect(JSON.parse(readFileSync(file('outcomes.json'), 'utf8')).values['*/nps/2026-09-01..2026-09-30'].n).toBe(6);
  });

  it('takes the answers to its questions as options', async () => {
    const sessions = ['yes', 'yes', 'yes', 'no', 'Partial', 'Partial'].map((word) => `2026-09-01,${word}`).join('\n');
    const lab = table('lab.csv', `date,success\n${sessions}\n`);
    expect((await cli(place, ['outcomes', 'import', lab])).stdout).toContain('--answer success:Partial=VALUE');
    const done = await cli(place, ['outcomes', 'import', lab, '--answer', 'success:Partial=no', '--json']);
    expect(JSON.parse(done.stdout)).toMatchObject({ questions: [], outcomes: [{ value: 50, n: 6 }] });
    const seven = table('csat.csv', `date,csat\n${[7, 7, 6, 5, 4].map((one) => `2026-09-01,${one}`).join('\n')}\n`);
    expect((await cli(place, ['outcomes', 'import', seven])).code).toBe(2);
    const scaled = await cli(place, ['outcomes', 'import', seven, '--scale', 'csat=1-7', '--json']);
    expect(JSON.parse(scaled.stdout).outcomes).toMatchObject([{ metric: 'csat', variant: '1 to 7', value: 60, n: 5 }]);
    for (const wrong of [
      ['--scale', 'csat'],
      ['--scale', 'csat=few'],
      ['--answer', 'csat=2'],
      ['--leave-out', 'nps'],
    ])
      expect((await cli(place, ['outcomes', 'import', seven, ...wrong])).code, wrong.join(' ')).toBe(2);
  });

  it('writes nothing of a table with personal columns, of a dry run, or of one without a good row', async () => {
    const rows = Array(5).fill('2026-09-01,9,Ana').join('\n');
    const people = table('people.csv', `date,nps,Name\n${rows}\n`);
    const refused = await cli(place, ['outcomes', 'import', people]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('"Name"');
    await cli(place, ['outcomes', 'import', people, '--drop', 'Name', '--dry-run']);
    expect((await cli(place, ['outcomes', 'import', table('none.csv', 'date,nps\n2026-09-01,77\n')])).code).toBe(2);
    expect(existsSync(file('outcomes.json'))).toBe(false);
    expect((await cli(place, ['outcomes', 'import', people, '--drop', 'Name'])).code).toBe(0);
    expect(readFileSync(file('outcomes.json'), 'utf8')).not.toContain('Ana');
  });

  it('takes a typed figure, and refuses an impossible one', async () => {
    const add = (...given: string[]) =>
      cli(place, ['outcomes', 'add', ...given, '--from', '2026-07-01', '--to', '2026-09-30', '--source', 'survey']);
    expect((await add('nps=12', '--n', '412')).code).toBe(0);
    expect((await add('nps=120')).code).toBe(2);
    expect(await add('ces=6.5', '--variant', '1.0')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Its scale is 1 to 5 points.'),
    });
    expect((await add('ces=4', '--variant', '1.0', '--high', '7')).code).toBe(2);
    expect((await add('lcp=2000')).stderr).toContain('measured, not typed');
    expect(await json('outcomes', 'list')).toMatchObject([{ value: 12, n: 412, basis: 'entered', source: 'survey' }]);
  });

  it('shows no figure that cannot be, and says which it is', async () => {
    const kept = { from: '2026-07-01', to: '2026-09-30', basis: 'entered', source: 'survey', on: '2026-10-01' };
    const values = {
      '*/ces:1.0/2026-07-01..2026-09-30': { metric: 'ces', variant: '1.0', value: 6.5, ...kept },
      '*/nps/2026-07-01..2026-09-30': { metric: 'nps', value: 12, n: 412, ...kept },
      '*/nps/2026-07-01..2026-09-30 (app)': { metric: 'nps', value: 30, n: 300, ...kept, source: 'app' },
    };
    writeFileSync(file('outcomes.json'), JSON.stringify({ schemaVersion: 1, values }));
    const { stdout } = await cli(place, ['impact', '--all']);
    expect(stdout).toContain(
      'outcomes.json, */ces:1.0/2026-07-01..2026-09-30: Customer Effort Score (1.0) cannot be 6.5',
    );
    expect(stdout).not.toContain('Customer Effort Score 6.5');
    expect(stdout).toMatch(/\+12 .*survey[\s\S]*\+30 .*app/);
    expect((await cli(place, ['outcomes', 'list'])).stdout).toContain('cannot be: Customer Effort Score (1.0)');
    expect((await cli(place, ['outcomes', 'remove', '*/nps/2026-07-01..2026-09-30 (app)'])).code).toBe(0);
  });

  it('asks for field data only with a key of one’s own, and records them as field data', async () => {
    const answer = {
      record: {
        key: { url: 'https://shop.example/checkout' },
        metrics: { largest_contentful_paint: { percentiles: { p75: 4100 } } },
        collectionPeriod: {
          firstDate: { year: 2026, month: 10, day: 24 },
          lastDate: { year: 2026, month: 11, day: 20 },
        },
      },
    };
    const asked: string[] = [];
    const server = http.createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      const without = await cli(place, ['outcomes', 'field', 'checkout'], {
        env: { UX_AUDIT_CRUX_ENDPOINT: endpoint, CRUX_API_KEY: '' },
      });
      expect(without).toMatchObject({ code: 2 });
      expect(asked).toEqual([]);
      const env = { env: { UX_AUDIT_CRUX_ENDPOINT: endpoint, CRUX_API_KEY: 'mine' } };
      expect((await cli(place, ['outcomes', 'field', 'checkout'], env)).code).toBe(0);
      expect(asked).toEqual(['/?key=mine']);
      expect(await json('outcomes', 'list')).toMatchObject([
        { metric: 'lcp', value: 4100, basis: 'field', variant: 'url, mobile' },
      ]);
      expect(readFileSync(file('outcomes.json'), 'utf8')).not.toContain('mine');
    } finally {
      server.close();
    }
  });
});

describe('ux-audit baseline', () => {
  it('records the newest measurement and says what changed since', async () => {
    measured(measurement(3000));
    expect((await cli(place, ['baseline', 'record'])).code).toBe(0);
    const bytes = readFileSync(file('measurements.json'), 'utf8');
    expect((await cli(place, ['baseline', 'record'])).stdout).toContain('Nothing changed');
    expect(readFileSync(file('measurements.json'), 'utf8')).toBe(bytes);
    measured(measurement(3000), measurement(2500));
    expect((await cli(place, ['baseline', 'compare', '--md'])).stdout).toContain('### Against the baseline: 1 better');
    measured(measurement(2500, { lighthouseVersion: '14.0.0' }));
    expect((await cli(place, ['baseline', 'compare'])).stdout).toContain(
      'not comparable, another major version of Lighthouse',
    );
  });

  it('shows what earlier versions of a committed baseline said, also to somebody who measured nothing', async () => {
    const git = (...given: string[]) =>
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...given], {
        cwd: place.workspace,
      });
    git('init', '-q');
    for (const lcp of [4000, 3000]) {
      measured(measurement(lcp, { at: `2026-11-2${5 - lcp / 1000}T10:00:00.000Z` }));
      await cli(place, ['baseline', 'record']);
      git('add', '-A', '--', 'ux-audit/measurements.json');
      git('commit', '-qm', `baseline of ${lcp}`);
    }
    rmSync(file('runs'), { recursive: true });
    const page = path.join(place.workspace, 'impact.html');
    await cli(place, ['impact', '--html', page]);
    const [, data = ''] =
      /<script type="application\/json" id="impact-data">(.*?)<\/script>/s.exec(readFileSync(page, 'utf8')) ?? [];
    expect(
      JSON.parse(data).runs.map(({ values, isCommitted }: { values: { lcp: number[] }; isCommitted: boolean }) => [
        values.lcp[0],
        isCommitted,
      ]),
    ).toEqual([
      [4000, true],
      [3000, true],
    ]);
    expect((await cli(place, ['impact', '--all'])).stdout).toContain('committed baseline');
  });

  it('names commits on a page that may go to anybody by their hash alone', async () => {
    const git = (...given: string[]) =>
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...given], {
        cwd: place.workspace,
      });
    measured(measurement(4000));
    git('init', '-q');
    writeFileSync(path.join(place.workspace, 'page.html'), 'faster');
    git('add', '-A', '--', 'page.html');
    git('commit', '-qm', 'drop the plan for Acme');
    const page = path.join(place.workspace, 'impact.html');
    await cli(place, ['impact', '--html', page]);
    const text = readFileSync(page, 'utf8');
    expect(text).not.toContain('the plan for Acme');
    expect(text).toMatch(/"events":\s*\[\{"at":"[\d-]+","kind":"commit","text":"[0-9a-f]{7,}"\}\]/);
  });

  it('says what to do where there is nothing to record or compare', async () => {
    expect(await cli(place, ['baseline', 'record'])).toMatchObject({ code: 2 });
    expect((await cli(place, ['baseline', 'compare'])).stderr).toContain('baseline record');
  });
});

describe('ux-audit impact', () => {
  it('computes only inside a study’s range, and money only in one’s own numbers', async () => {
    measured(measurement(4000));
    const shop = table('shop.csv', 'month,visits,conversions,order value\n2026-10,40000,800,50\n');
    await cli(place, ['outcomes', 'import', shop, '--currency', 'EUR']);
    const { whatIf, links, values, fixFirst } = await json(
      'impact',
      '--target',
      'checkout',
      '--what-if',
      'checkout:lcp=3300',
    );
    expect(values.find((value: { metric: string }) => value.metric === 'lcp')).toMatchObject({ basis: 'lab', n: 3 });
    expect(fixFirst).toEqual([]);
    const [answer] = whatIf;
    expect(answer.estimates).toContainEqual(
      expect.objectContaining({ link: 'SPD-C04', low: 1, high: 5, basis: 'published' }),
    );
    expect(answer.inOwnNumbers).toMatchObject([{ link: 'SPD-C04', money: { low: 400, high: 2000, currency: 'EUR' } }]);
    expect(answer.assumptions).toHaveLength(3);
    const ids = links.map(({ id }: { id: string }) => id);
    for (const { link } of answer.estimates) expect(ids).toContain(link);
  });

  it('writes one page, Markdown, or text, and names a file that it cannot read', async () => {
    measured(measurement(4000));
    const page = path.join(place.workspace, 'out/impact.html');
    expect((await cli(place, ['impact', '--html', page])).code).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain("default-src 'none'");
    expect((await cli(place, ['impact', '--md'])).stdout).toMatch(/^### UX impact/);
    writeFileSync(file('outcomes.json'), '{ broken');
    const { stdout, code } = await cli(place, ['impact']);
    expect(code).toBe(0);
    expect(stdout).toContain('Could not be read: outcomes.json is not valid JSON');
    expect(stdout).toContain('Checkout loads slowly');
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    expect((await cli(place, ['impact', '--all'])).stdout).toContain('Largest Contentful Paint 4.0 s');
    expect(readFileSync(file('outcomes.json'), 'utf8')).toBe('{ broken');
  });

  it('lists of the whole catalogue how each metric can be had, and which relations can be shown', async () => {
    const { metrics, links } = await json('impact', 'catalogue');
    expect([metrics.length, links.length]).toEqual([88, 135]);
    expect(metrics).toContainEqual({ id: 'tti', obtained: ['audit'] });
    for (const one of [...metrics, ...links]) expect(Object.keys(one)).toHaveLength(2);
    const { stdout } = await cli(place, ['impact', 'catalogue']);
    expect(stdout).toContain('of 135 published relations can be shown');
  });

  it.each([
    [['--target', 'nowhere'], 'There is no target'],
    [['--stage', 'buying'], 'Allowed choices are awareness, consideration'],
    [['--stage', '\u001b[31mbuying'], "argument '\\u001b[31mbuying' is invalid"],
    [['--what-if', 'nonsense'], 'is not TARGET:METRIC=VALUE'],
    [['--what-if', 'checkout:lcp=2.5'], 'Did you mean checkout:lcp=2500?'],
    [['--what-if', 'checkout:tbt=1'], 'has no measured tbt'],
  ])('%j is refused with what would be right', async (given, message) => {
    measured(measurement(4000));
    const { code, stderr } = await cli(place, ['impact', ...given]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('\u001b');
  });
});

describe('ux-audit outcomes drivers', () => {
  const answers = (rows: number) =>
    Array.from({ length: rows }, (_, index) => `2026-09-05,${index % 11},${(index * 7) % 11},"ask ana ${index}"`);

  it('says how far questions go with the outcome, and keeps no row and no text', async () => {
    const survey = table('q3.csv', ['date,nps,Delivery on time,Why', ...answers(33)].join('\n'));
    const done = await cli(place, ['outcomes', 'import', survey]);
    expect(done.stdout).toMatch(/Observed together[^\n]*no cause[^\n]*\n\s+Delivery on time: .* n 33\)/);
    const [found] = await json('outcomes', 'drivers');
    expect(found).toMatchObject({ question: 'Delivery on time', outcome: 'nps', n: 33, source: 'q3.csv' });
    const kept = readFileSync(file('outcomes.json'), 'utf8');
    expect(kept).not.toContain('ana');
    expect(kept).not.toContain('Why');
    const shown = await cli(place, ['outcomes', 'drivers']);
    expect(shown.stdout).toContain('whole product, 2026-09-01 to 2026-09-30; q3.csv');
    expect((await cli(place, ['outcomes', 'list'])).stdout).toContain('1 question compared with an outcome');
    expect((await cli(place, ['outcomes', 'remove', found.key])).code).toBe(0);
    expect(await json('outcomes', 'drivers')).toEqual([]);
  });

  it('says nothing of fewer than ten people, nor of a column that was left out', async () => {
    await cli(place, ['outcomes', 'import', table('few.csv', ['date,nps,Delivery,Why', ...answers(9)].join('\n'))]);
    expect(await json('outcomes', 'drivers')).toEqual([]);
    const survey = table('q3.csv', ['date,nps,Delivery,Why', ...answers(33)].join('\n'));
    await cli(place, ['outcomes', 'import', survey, '--drop', 'Delivery']);
    expect(await json('outcomes', 'drivers')).toEqual([]);
  });
});

describe('ux-audit outcomes reason', () => {
  const record = () => {
    const finding = (id: string) => ({
      kind: 'automated',
      rule: id.slice('checkout/'.length),
      title: id,
      target: 'checkout',
      state: { status: 'open', severity: 2 },
      id,
    });
    const ids = ['checkout/lighthouse/image-alt', 'checkout/lighthouse/meta-description'];
    const findings = Object.fromEntries(ids.map((id) => [id, finding(id)]));
    place.writeRecord(canonicalText({ ...emptyRecord(), targets: { checkout: { kind: 'page' } }, findings }));
    return ids;
  };

  it('joins reasons with findings, and fix first says so as a tie-break', async () => {
    const [first = '', second = ''] = record();
    expect((await cli(place, ['outcomes', 'reason'])).stdout).toContain('No reason for leaving is known yet');
    const customers = 'month,start,lost,reasons\n2026-09,900,60,search=14; price=40; rare=2\n';
    await cli(place, ['outcomes', 'import', table('customers.csv', customers)]);
    expect((await cli(place, ['outcomes', 'reason'])).stdout).toContain(
      'search: 14 of 56 (2026-09-01 to 2026-09-30); about no finding yet',
    );
    const ranked = async () => (await json('impact')).fixFirst.map(({ id }: { id: string }) => id);
    const before = await ranked();
    expect(before).toEqual([first, second]);
    expect((await cli(place, ['outcomes', 'reason', 'search', '--findings', second])).stdout).toContain(
      'about 1 finding',
    );
    expect(await ranked()).toEqual([second, first]);
    const { stdout } = await cli(place, ['impact']);
    expect(stdout).toContain('Fix first (among equals, what more customers left for)');
    expect(stdout).toContain('named in 14 of 56 reasons for leaving (search; 2026-09-01 to 2026-09-30)');
    expect(JSON.parse(readFileSync(file('outcomes.json'), 'utf8')).reasons.search.findings).toEqual([second]);
    await cli(place, ['outcomes', 'import', table('customers.csv', customers)]);
    expect((await json('outcomes', 'reason'))[1]).toMatchObject({ reason: 'search', findings: [second] });
    await cli(place, ['outcomes', 'reason', 'search', '--none']);
    expect(await ranked()).toEqual([first, second]);
  });

  it('refuses reasons that nobody gave, findings that are not there, and half an answer', async () => {
    record();
    await cli(place, ['outcomes', 'import', table('c.csv', 'month,start,lost,reasons\n2026-09,90,6,price=6\n')]);
    for (const [args, said] of [
      [['other', '--findings', 'checkout/lighthouse/image-alt'], 'Reasons: price.'],
      [['price', '--findings', 'nothing'], 'There is no finding "nothing"'],
      [['price'], 'Give --findings or --none.'],
    ] as const) {
      const { code, stderr } = await cli(place, ['outcomes', 'reason', ...args]);
      expect(code).toBe(2);
      expect(stderr).toContain(said);
    }
  });
});
