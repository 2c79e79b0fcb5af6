import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/record/canonicalText';
import { type AuditRecord, emptyRecord, type Finding } from '../../src/core/record/record';
import { cli, Place, repository } from '../engine/support';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

function git(...given: string[]): string {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...author, ...given], { cwd: place.workspace, encoding: 'utf8' });
}

function finding(audit: string, state: Partial<Finding['state']> = {}): Finding {
  return {
    kind: 'automated',
    rule: `lighthouse/${audit}`,
    title: `Title of ${audit}`,
    target: 'home',
    state: { status: 'open', severity: 2, seenIn: ['local/mobile'], ...state },
    firstSeen: '2026-11-01',
    id: `home/lighthouse/${audit}`,
  };
}

function recordOf(...findings: Finding[]): AuditRecord {
  return {
    ...emptyRecord(),
    targets: { home: { kind: 'page', path: '/' } },
    findings: Object.fromEntries(findings.map((one) => [one.id, one])),
  };
}

const write = (...findings: Finding[]) => place.writeRecord(canonicalText(recordOf(...findings)));
const read = () => JSON.parse(place.recordText() ?? '{}') as AuditRecord;
const stateOf = (id: string) => read().findings[id]?.state;
const json = async (...args: string[]) => JSON.parse((await cli(place, [...args, '--json'])).stdout);
const alt = 'home/lighthouse/image-alt';

describe('ux-audit findings remark', () => {
  const id = 'home/nielsen-10/H01/abc123';
  const evaluationBy = (evaluator: string, status: string) => ({
    checklist: 'nielsen-10@1',
    target: 'home',
    evaluator,
    state: { status, on: '2026-11-20' },
    answers: { H01: { verdict: 'fail', findings: [id] } },
    id: `home/nielsen-10/${evaluator}`,
  });
  const said = (handle: string) => cli(place, ['findings', 'show', id, '--as', handle]);

  it('adds to the discussion of a problem, which who still evaluates neither reads nor joins', async () => {
    const problem: Finding = {
      ...finding('x'),
      kind: 'heuristic',
      rule: 'nielsen-10/H01',
      id,
      state: { status: 'open' },
    };
    const evaluations = Object.fromEntries(
      [evaluationBy('ana', 'submitted'), evaluationBy('bo', 'draft')].map((one) => [one.id, one]),
    );
    place.writeRecord(canonicalText({ ...recordOf(problem), evaluations }));
    const early = await cli(place, ['findings', 'remark', id, 'Me first', '--by', 'bo']);
    expect([early.code, early.stderr]).toEqual([2, expect.stringContaining('until you have submitted')]);
    const added = await cli(place, ['findings', 'remark', id, 'Not on my phone', '--by', 'ana']);
    expect([added.code, added.stdout]).toEqual([0, `remark: ${id}\n`]);
    expect(Object.values(read().findings[id]?.remarks ?? {})).toEqual([
      { by: 'ana', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), text: 'Not on my phone' },
    ]);
    expect((await said('ana')).stdout).toMatch(/remark +ana, \d{4}-\d\d-\d\d: Not on my phone/);
    expect((await said('bo')).stdout).not.toContain('Not on my phone');
    for (const args of [['show', id], ['list']]) {
      expect(JSON.stringify(await json('findings', ...args, '--as', 'bo'))).not.toContain('Not on my phone');
      expect(JSON.stringify(await json('findings', ...args, '--as', 'ana'))).toContain('Not on my phone');
    }
    const back = (by: string) => cli(place, ['findings', 'remark', id, '--take-back', '--by', by]);
    expect((await back('cleo')).stderr).toContain('cleo has made no such remark');
    expect((await back('ana')).code).toBe(0);
    expect(read().findings[id]?.remarks).toBeUndefined();
  });
});

describe('ux-audit findings, reading', () => {
  it('lists findings by our short titles, and finds them by both', async () => {
    write(finding('color-contrast', { severity: 3 }), finding('rule-of-a-team', { severity: 1 }));
    expect((await cli(place, ['findings'])).stdout).toMatch(
      /^3 {2}Contrast too low\n {3}major \(3 of 4\); 1 page\n {3}home\/lighthouse\/color-contrast\n1 {2}Title of rule-of-a-team\n/,
    );
    for (const text of ['CONTRAST TOO', 'title of color']) {
      expect((await json('findings', '--text', text)).findings.map(({ id }: Finding) => id)).toEqual([
        'home/lighthouse/color-contrast',
      ]);
    }
    expect((await cli(place, ['findings', '--text', 'zebra'])).stdout).toContain('No finding matches');
  });

  it('lists each problem once for all pages, or findings by page or stage', async () => {
    const far = (audit: string, target: string, fields: Partial<Finding> = {}): Finding => ({
      ...finding(audit),
      target,
      id: `${target}/lighthouse/${audit}`,
      ...fields,
    });
    const places = { occurrences: { aa: { selector: 'img' }, bb: { selector: 'p > img', n: 2 } } };
    const found = [
      far('image-alt', 'home', places),
      far('image-alt', 'basket', { cx: { stage: 'purchase' } }),
      far('label', 'basket', { state: { status: 'open', severity: 3 } }),
    ];
    const record = recordOf(...found);
    record.targets.basket = { kind: 'page', path: '/basket' };
    place.writeRecord(canonicalText(record));
    const list = async (...flags: string[]) => (await cli(place, ['findings', ...flags])).stdout;
    expect(await list()).toBe(
      [
        ['3  Field without label', '   major (3 of 4); 1 page', '   basket/lighthouse/label'],
        ['2  Image without alt text', '   minor (2 of 4); 2 pages; 3 places', '   lighthouse/image-alt', ''],
      ]
        .flat()
        .join('\n'),
    );
    expect((await list('--by', 'page')).match(/^\S.*|\S+\/lighthouse\/\S+/gm)).toEqual([
      'basket',
      'basket/lighthouse/label',
      'basket/lighthouse/image-alt',
      'home',
      'home/lighthouse/image-alt',
    ]);
    expect((await list('--by', 'stage')).match(/^\S.*|\S+\/lighthouse\/\S+/gm)).toEqual([
      'purchase',
      'basket/lighthouse/image-alt',
      'no stage',
      'basket/lighthouse/label',
      'home/lighthouse/image-alt',
    ]);
    const { findings, byProblem, problems } = await json('findings');
    expect([findings.length, problems]).toEqual([3, []]);
    expect(byProblem[1]).toEqual({
      key: 'lighthouse/image-alt',
      title: 'Image without alt text',
      severity: 2,
      pages: 2,
      places: 3,
      saving: 0,
      ids: ['home/lighthouse/image-alt', 'basket/lighthouse/image-alt'],
    });
    const refused = await cli(place, ['findings', '--by', 'ana']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--as')]);
  });

  it('shows the places of a finding with the reasons of the newest report and their lines', async () => {
    place.write('site/index.html', '<!doctype html>\n<html lang="en">\n<body>\n  <img class="lamp" src="lamp.png">\n');
    const occurrences = { aa: { selector: 'body > img.lamp', snippet: '<img class="lamp" src="lamp.png">' } };
    const record = recordOf({ ...finding('image-alt'), occurrences });
    record.targets.home = { kind: 'page', path: '/', serve: { folder: 'site' } };
    place.writeRecord(canonicalText(record));
    const [shown] = (await json('findings', 'show', alt)).findings;
    expect(shown.state).toEqual(record.findings[alt]?.state);
    expect(shown.tables).toEqual([]);
    expect(shown.places).toEqual([
      {
        target: 'home',
        key: 'aa',
        selector: 'body > img.lamp',
        snippet: '<img class="lamp" src="lamp.png">',
        source: { file: 'site/index.html', line: 4, column: 3, by: 'exact' },
      },
    ]);
    expect((await cli(place, ['findings', 'show', alt])).stdout).toMatch(
      /where +body > img\.lamp <img class="lamp" src="lamp\.png">\n +in site\/index\.html:4:3 \(exact\)\n/,
    );
  });

  it('names the step of a journey that a finding is about', async () => {
    write({ ...finding('image-alt'), where: { step: 'Pay \u001b[2J' } });
    const { stdout } = await cli(place, ['findings', 'show', alt]);
    expect(stdout).toMatch(/^ {2}step +Pay \\u001b\[2J$/m);
  });

  it('shows why a finding matters and what to do, also as JSON', async () => {
    write(finding('color-contrast'), { ...finding('rule-of-a-team'), title: 'Ours \u001b[2J' });
    const ids = ['home/lighthouse/color-contrast', 'home/lighthouse/rule-of-a-team'];
    const { stdout } = await cli(place, ['findings', 'show', ...ids]);
    const [known = '', ours = ''] = stdout.split(/(?=^Ours)/m);
    expect(known).toMatch(/^Contrast too low\n {2}id .*\n {2}full title +Title of color-contrast\n/);
    expect(known).toMatch(/\n\n {2}Why it matters\n {4}.*\n {2}What to do\n {4}1\. .*4\.5:1.*\n {4}2\. /);
    expect(known).toMatch(/ {2}Before\n {4}\.hint \{.*\n {2}After\n {4}\.hint \{/);
    expect(known).toMatch(/ {2}Standard\n {4}WCAG 2\.2 1\.4\.3 Contrast \(Minimum\), AA\n {4}https:\/\/www\.w3\.org\//);
    expect(ours).toMatch(/^Ours \\u001b\[2J\n/);
    expect(ours).not.toMatch(/What to do|full title/);
    const { findings, advice } = await json('findings', 'show', ...ids);
    expect(findings.map(({ title }: Finding) => title)).toEqual(['Title of color-contrast', 'Ours \u001b[2J']);
    expect(Object.keys(advice)).toEqual(['lighthouse/color-contrast']);
    expect(advice['lighthouse/color-contrast']).toMatchObject({
      title: 'Contrast too low',
      why: expect.any(String),
      steps: expect.any(Array),
      code: { language: 'css' },
    });
  });
});

describe('ux-audit findings, deciding', () => {
  it('accepts several at once with a reason and an end, and says so in findings.md', async () => {
    write(finding('image-alt'), finding('color-contrast'));
    const ids = [alt, 'home/lighthouse/color-contrast'];
    const done = await cli(place, [
      'findings',
      'accept',
      ...ids,
      '--by',
      'ana',
      '--reason',
      'redrawn in spring',
      '--until',
      '2099-03-01',
    ]);
    expect([done.code, done.stderr]).toEqual([0, '']);
    for (const id of ids)
      expect(stateOf(id)).toMatchObject({
        status: 'accepted',
        by: 'ana',
        reason: 'redrawn in spring',
        until: '2099-03-01',
        severity: 2,
      });
    expect(readFileSync(path.join(place.workspace, 'ux-audit/findings.md'), 'utf8')).toContain(
      '### Contrast too low\n\n◇ **minor (2 of 4)** · accepted · home · since 1 Nov 2026\n\n> accepted by ana until 2099-03-01',
    );
  });

  it('decides about a rule now, or everywhere, and about single places, and says how many', async () => {
    const other = { ...finding('image-alt'), target: 'basket', id: 'basket/lighthouse/image-alt' };
    write(finding('image-alt'), other, { ...finding('label'), occurrences: { aa: {}, bb: {} } });
    const why = ['--by', 'ana', '--reason', 'redrawn in spring'];
    const said = async (...args: string[]) => (await cli(place, ['findings', ...args])).stdout.trim();
    expect(await said('accept', '--rule', 'lighthouse/image-alt', ...why)).toBe(
      'accept: 2 findings of lighthouse/image-alt',
    );
    expect([stateOf(alt)?.status, stateOf(other.id)?.status]).toEqual(['accepted', 'accepted']);
    expect(read().settings).toBeUndefined();
    expect(await said('reopen', '--rule', 'lighthouse/image-alt', ...why)).toContain('2 findings');
    expect(await said('false-positive', '--rule', 'lighthouse/image-alt', '--everywhere', ...why)).toBe(
      'false-positive: 2 findings of lighthouse/image-alt, and those that later audits find',
    );
    expect(read().settings?.decisions?.['lighthouse/image-alt']).toMatchObject({ status: 'false-positive', by: 'ana' });
    expect(await said('reopen', '--rule', 'lighthouse/image-alt', '--everywhere', ...why)).toContain('2 findings');
    expect(read().settings).toBeUndefined();

    const label = 'home/lighthouse/label';
    expect(await said('accept', label, '--place', 'aa', ...why)).toBe(`accept: 1 place of ${label}`);
    expect(read().findings[label]).toMatchObject({ state: { status: 'open' }, occurrences: { aa: { decided: {} } } });
    expect(await said('accept', label, '--place', 'bb', ...why)).toContain('1 place');
    expect(stateOf(label)?.status).toBe('accepted');
  });

  it.each([
    [['accept'], /--rule/],
    [['accept', alt, '--rule', 'lighthouse/image-alt'], /Leave out the ids/],
    [['accept', alt, '--everywhere'], /--rule/],
    [['accept', alt, 'home/lighthouse/label', '--place', 'aa'], /one finding/],
    [['accept', alt, '--place', 'zz'], /no place "zz"/],
    [['accept', alt, '--place', 'aa', '--up-to', '3'], /--up-to/],
    [['accept', '--rule', 'lighthouse/none'], /lighthouse\/none/],
  ])('refuses what is unclear: findings %j', async (args, says) => {
    write({ ...finding('image-alt'), occurrences: { aa: {} } });
    const before = place.recordText();
    const refused = await cli(place, ['findings', ...args, '--by', 'ana', '--reason', 'x']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(says)]);
    expect(place.recordText()).toBe(before);
  });

  it('changes all of them or none', async () => {
    write(finding('image-alt'));
    const before = place.recordText();
    const refused = await cli(place, ['findings', 'fix', alt, 'home/lighthouse/gone', '--by', 'ana']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('home/lighthouse/gone');
    expect(place.recordText()).toBe(before);
  });

  it.each([
    [['accept', alt, '--by', 'ana'], /reason/],
    [['accept', alt, '--by', 'ana', '--reason', 'x', '--until', '2020-01-01'], /past/],
    [['accept', alt, '--by', 'ana@example.org', '--reason', 'x'], /handle/],
    [['severity', '7', alt], /0 to 4/],
    [['stage', 'sunset', alt], /not a stage/],
  ])('refuses %j', async (given, what) => {
    write(finding('image-alt'));
    const before = place.recordText();
    const refused = await cli(place, ['findings', ...given]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(what);
    expect(place.recordText()).toBe(before);
  });

  it('reopens, assigns, rates, stages and notes', async () => {
    write(finding('image-alt', { status: 'fixed', fixedOn: '2026-11-02' }));
    for (const given of [
      ['reopen', alt, '--by', 'bo', '--reason', 'back again'],
      ['assign', 'web team', alt],
      ['severity', '4', alt],
      ['stage', 'purchase', alt],
      ['note', 'seen on phones', alt],
    ]) {
      const done = await cli(place, ['findings', ...given]);
      expect([given[0], done.code, done.stderr]).toEqual([given[0], 0, '']);
    }
    expect(stateOf(alt)).toMatchObject({
      status: 'reopened',
      by: 'bo',
      owner: 'web team',
      severity: 4,
      fixedOn: '2026-11-02',
    });
    expect(read().findings[alt]).toMatchObject({ cx: { stage: 'purchase' }, note: 'seen on phones' });
  });
});

describe('ux-audit diff', () => {
  beforeEach(() => {
    write(finding('image-alt'), finding('color-contrast', { severity: 1 }), finding('meta-description'));
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'first');
    git('checkout', '-qb', 'work');
    write(
      finding('image-alt', { status: 'fixed', fixedOn: '2026-11-20' }),
      finding('color-contrast', { severity: 3 }),
      finding('meta-description', { status: 'accepted', by: 'ana', on: '2026-11-20', reason: 'later' }),
      finding('document-title', { severity: 3 }),
    );
  });

  it('tells what is new, worse, fixed and decided since the branch left its base', async () => {
    const { totals, differences } = await json('diff', 'main');
    expect(totals).toBe('1 new, 1 worse, 1 fixed, 1 decided');
    expect(
      differences.map(({ change, id }: { change: string; id: string }) => `${change} ${id.split('/')[2]}`),
    ).toEqual(['new document-title', 'worse color-contrast', 'fixed image-alt', 'decided meta-description']);
    expect((await cli(place, ['diff'])).stdout).toContain('UX audit: 1 new major problem, 1 worse, 1 fixed, 1 decided');
  });

  it('stays under 40 lines of Markdown however much changed, the rest folded', async () => {
    write(...Array.from({ length: 60 }, (_, index) => finding(`audit-${index}`)));
    const { stdout } = await cli(place, ['diff', 'main', '--md']);
    const [shown] = stdout.split('<details>');
    expect(shown?.split('\n').length).toBeLessThan(40);
    expect(stdout).toMatch(/<summary>\d+ more<\/summary>/);
  });

  it('names a base that git does not know', async () => {
    const refused = await cli(place, ['diff', 'nowhere']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('"nowhere"');
  });
});

describe('ux-audit merge', () => {
  const file = (name: string, record: AuditRecord) => place.write(name, canonicalText(record));

  it('merges three files, and asks with exit code 1 where people disagree', async () => {
    file('base.json', recordOf(finding('image-alt'), finding('color-contrast')));
    file(
      'ours.json',
      recordOf(
        finding('image-alt', { status: 'accepted', by: 'ana', on: '2026-11-20', reason: 'later' }),
        finding('color-contrast'),
      ),
    );
    file(
      'theirs.json',
      recordOf(finding('image-alt'), finding('color-contrast', { owner: 'bo' }), finding('document-title')),
    );
    const done = await cli(place, ['merge', 'base.json', 'ours.json', 'theirs.json', '-o', 'out.json']);
    expect([done.code, done.stderr]).toEqual([0, '']);
    const { findings } = JSON.parse(readFileSync(path.join(place.workspace, 'out.json'), 'utf8')) as AuditRecord;
    expect(findings[alt]?.state).toMatchObject({ status: 'accepted', by: 'ana' });
    expect(findings['home/lighthouse/color-contrast']?.state.owner).toBe('bo');
    expect(findings).toHaveProperty(['home/lighthouse/document-title']);

    file(
      'theirs.json',
      recordOf(
        finding('image-alt', { status: 'false-positive', by: 'bo', on: '2026-11-20', reason: 'decorative' }),
        finding('color-contrast'),
      ),
    );
    const asked = await cli(place, ['merge', 'base.json', 'ours.json', 'theirs.json', '-o', 'out2.json', '--json']);
    expect(asked.code).toBe(1);
    expect(JSON.parse(asked.stdout).questions).toHaveLength(1);
  });
});

describe('ux-audit export and import', () => {
  it('writes HTML, CSV and SARIF that hold every finding, and keeps text inert', async () => {
    write(finding('image-alt'), { ...finding('label'), title: '<script>alert(1)</script>' });
    const done = await cli(place, ['export', '--html', 'out/a.html', '--csv', 'out/a.csv', '--sarif', 'out/a.sarif']);
    expect(done.code).toBe(0);
    const text = (name: string) => readFileSync(path.join(place.workspace, 'out', name), 'utf8');
    expect(text('a.html')).not.toContain('<script>alert');
    expect(text('a.csv').trim().split('\r\n')).toHaveLength(3);
    expect(JSON.parse(text('a.sarif')).runs[0].results).toHaveLength(2);
  });

  it('never writes an export onto the record', async () => {
    write(finding('image-alt'));
    const before = place.recordText();
    const refused = await cli(place, ['export', '--csv', 'ux-audit/findings.json']);
    expect(refused.code).toBe(2);
    expect(place.recordText()).toBe(before);
  });

  it('imports axe-core results as findings of the page they are about', async () => {
    place.writeRecord(
      canonicalText({
        ...emptyRecord(),
        targets: { home: { kind: 'page', path: '/', origins: { local: 'http://localhost:3000' } } },
      }),
    );
    place.write(
      'axe.json',
      JSON.stringify({
        testEngine: { name: 'axe-core', version: '4.14.1' },
        url: 'http://localhost:3000/',
        timestamp: '2026-11-20T10:00:00.000Z',
        violations: [
          {
            id: 'image-alt',
            impact: 'critical',
            help: 'Images must have alternative text',
            nodes: [{ html: '<img>', target: ['img'] }],
          },
        ],
        passes: [],
      }),
    );
    const done = await cli(place, ['import', 'axe.json']);
    expect([done.code, done.stderr]).toEqual([0, expect.any(String)]);
    expect(read().findings).toHaveProperty(['home/axe/image-alt']);
  });

  it('says of a report what could not be measured, and of a file what it looks like', async () => {
    const report = {
      lighthouseVersion: '12.6.0',
      finalDisplayedUrl: 'https://shop.example/',
      fetchTime: '2026-05-01T10:00:00.000Z',
      configSettings: { formFactor: 'mobile', channel: 'lr' },
      categories: { seo: { id: 'seo', title: 'SEO', score: null, auditRefs: [{ id: 'crawl', weight: 1 }] } },
      audits: { crawl: { id: 'crawl', title: 'Crawl', scoreDisplayMode: 'error', errorMessage: 'no robots.txt' } },
    };
    place.write('psi.json', JSON.stringify({ lighthouseResult: report }));
    const done = await cli(place, ['import', 'psi.json']);
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(done.stdout).toContain('home  deployed-pagespeed/mobile  lighthouse, 1 report of 2026-05-01: nothing new');
    expect(done.stdout).toContain(
      'not measured, its findings stay as they are: the score of SEO, crawl: no robots.txt',
    );
    const { sets } = await json('import', 'psi.json');
    expect(sets[0].notMeasured).toHaveLength(2);
    place.write('acr.yaml', 'title: Shop\nproduct:\n  name: Shop\ncatalog: 2.4\nchapters:\n  a:\n');
    const refused = await cli(place, ['import', 'acr.yaml']);
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('an OpenACR report (YAML)')]);
  });

  it('ends with 2 when a report holds no answer about a page, and lists what it holds', async () => {
    write();
    const site = { id: '_:site', type: ['TestSubject', 'Website'] };
    const result = { outcome: 'earl:failed' };
    const assertion = { type: 'Assertion', subject: site, test: 'WCAG22:reflow', result };
    place.write('site.json', JSON.stringify({ auditSample: assertion }));
    const args = ['evaluation', 'import', 'site.json', '--target', 'home', '--checklist', 'wcag22-aa', '--by', 'ana'];
    const done = await cli(place, args);
    expect([done.code, done.stdout]).toEqual([2, 'Imported 0 answers and 0 problems.\n']);
    expect(done.stderr).toContain('1 result about the whole site, not a page (answer each page): 1.4.10 fail');
    expect(read().evaluations).toEqual({});
  });
});

describe('ux-audit checklist', () => {
  it('begins one, checks it, and names what is wrong with it', async () => {
    expect((await cli(place, ['checklist', 'new', 'ACME house rules'])).code).toBe(0);
    const file = path.join(place.workspace, 'ux-audit/checklists/acme-house-rules.json');
    expect((await cli(place, ['checklist', 'validate'])).stdout).toContain('acme-house-rules.json: good');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"A02"', '"A01"'));
    const bad = await cli(place, ['checklist', 'validate']);
    expect(bad.code).toBe(5);
    expect(bad.stdout).toContain('two items have the id A01');
    const { checklists } = await json('checklist', 'list');
    expect(checklists).toHaveLength(8);
    expect(checklists.at(-1)).toMatchObject({ id: 'acme-house-rules', error: { code: 'checklist-invalid' } });
    expect((await cli(place, ['checklist', 'new', 'ACME house rules'])).stderr).toContain('already');
  });

  it('sees against the last commit that an item was deleted', async () => {
    await cli(place, ['checklist', 'new', 'Rules']);
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'rules');
    const file = path.join(place.workspace, 'ux-audit/checklists/rules.json');
    const checklist = JSON.parse(readFileSync(file, 'utf8'));
    checklist.items.pop();
    writeFileSync(file, JSON.stringify(checklist));
    const bad = await cli(place, ['checklist', 'validate', 'rules']);
    expect(bad.code).toBe(5);
    expect(bad.stdout).toContain('A02 was deleted; keep it with "retired": true');
  });

  it('cannot take the name of a built-in one', async () => {
    mkdirSync(path.join(place.workspace, 'ux-audit/checklists'), { recursive: true });
    writeFileSync(path.join(place.workspace, 'ux-audit/checklists/nielsen-10.json'), '{}');
    expect((await cli(place, ['checklist', 'validate'])).stdout).toContain('name of a built-in checklist');
    expect((await json('checklist', 'show', 'nielsen-10')).checklist.items).toHaveLength(10);
  });
});

describe('three evaluators on a real site of several pages', () => {
  const admin = path.join(repository, 'node_modules/startbootstrap-sb-admin-2');
  const head = 'target,item,verdict,problem,severity\n';
  /** ana and bo both see the missing feedback; ana alone sees the menu, cleo alone sees the words. */
  const tables: Record<string, string> = {
    ana: `${head}index,H01,fail,No sign that the report is being made,3\nindex,H04,fail,Two menus for the same thing,1\ntables,H01,pass,,\ntables,H07,fail,No way to jump to a row,2\n`,
    bo: `${head}index,H01,fail,The report button does nothing visible,4\nindex,H04,pass,,\ntables,H01,pass,,\ntables,H07,n/a,,\n`,
    cleo: `${head}index,H01,pass,,\nindex,H02,fail,"Words: ""Earnings (Annual)"" of what?",2\ntables,H01,unsure,,\ntables,H07,pass,,\n`,
  };

  it('end in numbers that a hand computes, and in the pull request', async () => {
    expect(existsSync(path.join(admin, 'tables.html'))).toBe(true);
    const serve = { folder: admin };
    place.writeRecord(
      canonicalText({
        ...emptyRecord(),
        targets: {
          index: { kind: 'page', path: '/index.html', serve },
          tables: { kind: 'page', path: '/tables.html', serve },
        },
      }),
    );
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'targets');
    git('checkout', '-qb', 'evaluation');
    for (const [by, table] of Object.entries(tables)) {
      place.write(`${by}.csv`, table);
      const done = await cli(place, [
        'evaluation',
        'import',
        `${by}.csv`,
        '--target',
        'index',
        'tables',
        '--checklist',
        'nielsen-10',
        '--by',
        by,
      ]);
      expect([done.code, done.stderr]).toEqual([0, '']);
    }
    const { evaluations } = await json('evaluation', 'list');
    expect(evaluations).toHaveLength(6);
    expect(evaluations[0]).toMatchObject({ id: 'index/nielsen-10/ana', status: 'draft', answered: 2, total: 10 });
    expect((await cli(place, ['evaluation', 'agreement', 'index', 'nielsen-10'])).stderr).toContain(
      'Nobody has submitted',
    );

    // what evaluators say before they submit is theirs
    const draft = 'index/nielsen-10/bo';
    const theirs = (await json('findings', 'list', '--drafts')).findings as Finding[];
    const his = theirs.find(({ title }) => title.startsWith('The report button'))?.id ?? '';
    const titles = async (...flags: string[]) =>
      ((await json('findings', 'list', ...flags)).findings as Finding[]).map(({ title }) => title);
    expect(await titles()).toEqual([]);
    const who = ([group]: string[]) => (group === 'findings' ? '--as' : '--by'); // findings list takes --by problem
    expect(await titles('--as', 'bo')).toEqual(['The report button does nothing visible']);
    for (const command of [
      ['findings', 'show', his],
      ['evaluation', 'show', draft],
      ['evaluation', 'export', draft, '--csv', '-'],
    ]) {
      for (const flags of [[], [who(command), 'ana']]) {
        const refused = await cli(place, [...command, ...flags]);
        expect([refused.code, refused.stdout]).toEqual([2, '']);
        expect(refused.stderr).toContain('--drafts');
      }
      const shown = await cli(place, [...command, who(command), 'bo']);
      expect(shown.stdout).toContain('The report button does nothing visible');
      expect((await cli(place, [...command, '--drafts'])).stdout).toBe(shown.stdout);
    }
    expect((await cli(place, ['evaluation', 'show', draft, '--by', 'bo'])).stdout).toContain('This is a draft');
    expect(readFileSync(path.join(place.workspace, 'ux-audit/findings.md'), 'utf8')).not.toContain('menus');
    expect((await json('diff', 'main')).differences).toEqual([]);

    // a report holds the reader's own draft alone, and nothing of another's
    const report = path.join(place.workspace, 'report.html');
    const reported = (...flags: string[]) =>
      cli(place, ['evaluation', 'report', 'nielsen-10', 'index', '--out', report, ...flags]);
    expect((await reported('--by', 'bo')).stdout).toContain('1 evaluation');
    expect(readFileSync(report, 'utf8')).toContain('This is a draft');
    expect(readFileSync(report, 'utf8')).toContain('The report button does nothing visible');
    for (const flags of [[], ['--by', 'ana']]) {
      const { stdout } = await reported(...flags);
      if (stdout !== '') expect(readFileSync(report, 'utf8')).not.toContain('The report button');
    }

    // submitted, and the two reports of the missing feedback made one, as the joint view does it
    const { submitEvaluation } = await import('../../src/core/evaluation/evaluation');
    const { mergeProblems } = await import('../../src/core/evaluation/mergeProblems');
    const { rateProblem } = await import('../../src/core/evaluation/problems');
    const { parseRecord } = await import('../../src/core/record/parseRecord');
    let { record } = parseRecord(place.recordText() ?? '', 'findings.json');
    // what one of them submits stays out of the others' sight until they submit too
    place.writeRecord(canonicalText(submitEvaluation(record, draft, { on: '2026-11-22' })));
    for (const command of [
      ['evaluation', 'show', draft],
      ['evaluation', 'export', draft, '--csv', '-'],
      ['evaluation', 'agreement', 'index', 'nielsen-10'],
    ]) {
      for (const flags of [[], ['--by', 'ana'], ['--json', '--by', 'ana']]) {
        const refused = await cli(place, [...command, ...flags]);
        expect([refused.code, refused.stdout.includes('The report button')]).toEqual([2, false]);
        expect(refused.stdout + refused.stderr).toContain('still a draft, so what others found is hidden');
      }
      for (const flag of [['--by', 'bo'], ['--by', 'dora'], ['--drafts']])
        expect((await cli(place, [...command, ...flag])).stdout).toContain('The report button');
    }

    // what waits for whom says how far others are, and nothing of what they found
    const work = (await cli(place, ['evaluation', 'work', '--by', 'ana'])).stdout;
    expect(work).toMatch(/^2 things are open for you\. bo waits for you\.$/m);
    expect(work).toMatch(/^> index, Nielsen's 10 usability heuristics: 8 of 10 items left; bo waits for you$/m);
    expect(work).not.toContain('report button');
    expect(await json('evaluation', 'work', '--by', 'bo')).toMatchObject({
      work: {
        turns: [{ kind: 'answer', target: 'tables' }],
        waits: [{ target: 'index', handle: 'ana', what: 'answers' }, { handle: 'cleo' }],
      },
    });
    const nobody = await cli(place, ['evaluation', 'work']);
    expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('Give --by HANDLE')]);

    for (const id of Object.keys(record.evaluations)) record = submitEvaluation(record, id, { on: '2026-11-22' });
    place.writeRecord(canonicalText(record));
    expect((await cli(place, ['evaluation', 'agreement', 'index', 'nielsen-10'])).stdout).toContain(
      'Make duplicates one first',
    );
    const byTitle = (title: string) =>
      Object.values(record.findings).find((one) => one.title.startsWith(title))?.id ?? '';
    const hers = byTitle('No sign');
    record = mergeProblems(record, hers, his);
    record = rateProblem(record, hers, 'cleo', { severity: 1 }, '2026-11-22');
    place.writeRecord(canonicalText(record));

    expect((await reported('--slides')).stdout).toContain('3 evaluations');
    expect(readFileSync(report, 'utf8').match(/class="slide"/g)).toHaveLength(4);

    const { agreement } = await json('evaluation', 'agreement', 'index', 'nielsen-10');
    // ana {feedback, menu}, bo {feedback}, cleo {words}: pairs 1/2, 0/3, 0/2
    expect(agreement.anyTwo).toEqual({ value: 0.5 / 3, pairs: 3 });
    const feedback = agreement.problems[0];
    expect(feedback).toMatchObject({
      foundBy: ['ana', 'bo'],
      severity: { mean: 8 / 3, min: 1, max: 4 },
      ratersDiffer: true,
    });
    expect(agreement.problems).toHaveLength(3);
    expect(agreement.items.find(({ key }: { key: string }) => key === 'H01')).toMatchObject({ disagree: true });
    const text = (await cli(place, ['evaluation', 'agreement', 'index', 'nielsen-10'])).stdout;
    expect(text).toContain('Any-two agreement: 17 % (mean of 3 pairs)');
    expect(text).toContain('found by 2 of 3: ana, bo');
    expect(text).toContain('severity 2.7 (1 to 4), raters differ');
    expect(text).toContain('3 find 47 % to 88 % of the problems');

    const { stdout: summary } = await cli(place, ['diff', 'main', '--md']);
    expect(summary).toContain('4 new');
    expect(summary).toContain('Evaluations submitted:');
    expect(summary).toContain('- index, by ana on 2026-11-22 with `nielsen-10@1`: 2 fail; 2 open problems');
  });
});

describe('ux-audit evaluation, while a second round is under way', () => {
  it('exports the round that was asked for, and compares the first', async () => {
    const round = (evaluator: string, status: 'draft' | 'submitted', note: string, number = 1) => ({
      checklist: 'nielsen-10@1',
      target: 'home',
      evaluator,
      state: { status, ...(status === 'submitted' && { on: '2026-11-01' }) },
      answers: { H01: { verdict: 'pass' as const, note } },
      id: `home/nielsen-10/${evaluator}${number > 1 ? `/${number}` : ''}`,
    });
    const all = [
      round('ana', 'submitted', 'first look'),
      round('ana', 'draft', 'second look', 2),
      round('bo', 'submitted', 'first look'),
    ];
    const evaluations = Object.fromEntries(all.map((one) => [one.id, one]));
    place.writeRecord(canonicalText({ ...recordOf(), evaluations }));
    const exported = await cli(place, ['evaluation', 'export', 'home/nielsen-10/ana', '--csv', '-']);
    expect([exported.code, exported.stderr]).toEqual([0, '']);
    expect(exported.stdout).toContain('first look');
    expect(exported.stdout).not.toContain('second look');
    const both = await cli(place, ['evaluation', 'export', 'home/nielsen-10/ana', '--csv', '-', '--json']);
    expect([both.code, both.stdout.includes('first look')]).toEqual([2, false]);
    expect((await json('evaluation', 'agreement', 'home', 'nielsen-10')).agreement.evaluations).toHaveLength(2);
  });
});

describe('ux-audit on an older Node', () => {
  it('says which one it needs, and loads nothing that would fail on it', () => {
    const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });";
    const script = `${older} delete Map.groupBy; await import('./dist/cli.mjs');`;
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: repository,
      encoding: 'utf8',
    });
    expect([done.status, done.stdout]).toEqual([3, '']);
    expect(done.stderr).toMatch(/^ux-audit needs Node 22\.\d+\.\d+ or newer; this is 20\.20\.2\.\n {2}Install/);
  });
});
