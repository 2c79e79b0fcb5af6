import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportOptions, importReports } from '../../../src/workflow/importReports';
import { Workspace } from '../../../src/workflow/workspace';

let folder: string;
let workspace: Workspace;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'import-test-'));
  workspace = new Workspace(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (day: number) => `2026-11-${day}T10:00:00.000Z`;

/** A Lighthouse report whose audit `image-alt` has this score. */
function lighthouse(score: number, fields: Record<string, unknown> = {}) {
  return {
    lighthouseVersion: '13.5.0',
    requestedUrl: 'https://shop.example/checkout?session=secret',
    finalDisplayedUrl: 'https://shop.example/checkout?session=secret',
    fetchTime: at(20),
    environment: { benchmarkIndex: 1000 },
    configSettings: { formFactor: 'mobile', throttlingMethod: 'simulate' },
    categories: {
      accessibility: {
        id: 'accessibility',
        title: 'Accessibility',
        score,
        auditRefs: [{ id: 'image-alt', weight: 10 }],
      },
    },
    audits: {
      'image-alt': {
        id: 'image-alt',
        title: 'Image elements do not have [alt] attributes',
        score,
        scoreDisplayMode: 'binary',
        details: { items: [{ node: { type: 'node', selector: 'main > img', snippet: '<img src="/a.png">' } }] },
      },
    },
    ...fields,
  };
}

function axe(fields: Record<string, unknown> = {}) {
  return {
    testEngine: { name: 'axe-core', version: '4.14.1' },
    url: 'https://shop.example/checkout',
    timestamp: at(20),
    violations: [
      { id: 'label', impact: 'serious', help: 'Inputs have labels', nodes: [{ target: ['#q'], html: '<input>' }] },
    ],
    passes: [],
    ...fields,
  };
}

function file(name: string, value: unknown): string {
  const full = path.join(folder, name);
  writeFileSync(full, typeof value === 'string' ? value : JSON.stringify(value));
  return full;
}

const importing = (files: string[], options: Partial<ImportOptions> = {}) =>
  importReports({ workspace, files, now: () => new Date('2026-11-22T12:00:00'), ...options });
const recorded = async () => (await workspace.record.read()).record;
const stateOf = async (id: string) => (await recorded()).findings[id]?.state;
const ID = 'checkout/lighthouse/image-alt';

describe('importing reports', () => {
  it('records findings of Lighthouse and axe by page and environment', async () => {
    const outcome = await importing([file('lh.json', lighthouse(0)), file('axe.json', axe())]);
    expect(outcome).toMatchObject({
      written: true,
      newTargets: ['checkout'],
      files: [
        {
          reports: [
            { tool: 'lighthouse', url: 'https://shop.example/checkout', target: 'checkout', environment: 'deployed' },
          ],
          errors: [],
        },
        { reports: [{ tool: 'axe', target: 'checkout', formFactor: 'desktop', day: '2026-11-20' }], errors: [] },
      ],
    });
    const record = await recorded();
    expect(record.targets).toEqual({
      checkout: { kind: 'page', path: '/checkout', origins: { deployed: 'https://shop.example' } },
    });
    expect(record.findings[ID]).toMatchObject({
      firstSeen: '2026-11-20',
      state: { status: 'open', severity: 3, seenIn: ['deployed/mobile'] },
    });
    expect(record.findings['checkout/axe/label']?.state.seenIn).toEqual(['deployed/desktop']);
    expect(readFileSync(workspace.paths.record, 'utf8')).not.toContain('secret');
  });

  it('leaves the bytes unchanged the second time, whatever the order and however often', async () => {
    const files = [
      file('a.json', lighthouse(0)),
      file('b.json', [lighthouse(0, { fetchTime: at(21) })]),
      file('c.json', axe()),
    ];
    await importing(files);
    const before = readFileSync(workspace.paths.record, 'utf8');
    const { mtimeMs } = statSync(workspace.paths.record);
    for (const again of [files, [...files].reverse(), [...files, ...files]]) {
      expect(await importing(again)).toMatchObject({ written: false, newTargets: [] });
    }
    expect(readFileSync(workspace.paths.record, 'utf8')).toBe(before);
    expect(statSync(workspace.paths.record).mtimeMs).toBe(mtimeMs);
  });

  it('reads lists and the wrappers of other programs', async () => {
    const other = { requestedUrl: 'https://shop.example/', finalDisplayedUrl: 'https://shop.example/' };
    const outcome = await importing([
      file('list.json', [lighthouse(0), { lhr: lighthouse(0, other) }, axe()]),
      file('psi.json', { lighthouseResult: lighthouse(0, { ...other, fetchTime: at(21) }) }),
    ]);
    expect(outcome.files.flatMap(({ errors }) => errors)).toEqual([]);
    expect(Object.keys((await recorded()).findings).sort()).toEqual([
      'checkout/axe/label',
      ID,
      'home/lighthouse/image-alt',
    ]);
  });

  it('keeps pages apart that differ in their query or their route', async () => {
    const of = (address: string, score: number, day: number) =>
      lighthouse(score, { requestedUrl: address, finalDisplayedUrl: address, fetchTime: at(day) });
    await importing([
      file('home.json', of('https://app.example/#/home', 0, 19)),
      file('cart.json', of('https://app.example/#/cart', 1, 20)),
      file('one.json', of('https://app.example/index.php?page=home', 0, 19)),
      file('two.json', of('https://app.example/index.php?page=cart&utm_source=x', 1, 20)),
    ]);
    const { targets, findings } = await recorded();
    expect(Object.keys(targets).sort()).toEqual(['cart', 'home', 'index-php-page-cart', 'index-php-page-home']);
    const open = Object.values(findings).map(({ target, state }) => `${target} ${state.status}`);
    expect(open.sort()).toEqual(['home open', 'index-php-page-home open']);
  });

  it.each([
    ['React', 'radix-:r80:', 'radix-:r76:'],
    ['MUI', 'mui-90248', 'mui-68731'],
    ['a hash', 'input-5c783410', 'input-6e2b36fe'],
  ])('writes nothing when only an id that is made anew differs: %s', async (_, before, after) => {
    const of = (id: string, day: number) => {
      const report = lighthouse(0, { fetchTime: at(day) });
      const node = { type: 'node', selector: `main > div#${id} > img`, snippet: `<img id="${id}" src="/a.png">` };
      report.audits['image-alt'].details.items = [{ node }];
      return report;
    };
    await importing([file('a.json', of(before, 19))]);
    const text = readFileSync(workspace.paths.record, 'utf8');
    expect(await importing([file('b.json', of(after, 20))])).toMatchObject({ written: false });
    expect(readFileSync(workspace.paths.record, 'utf8')).toBe(text);
  });

  it('takes the median of the reports of one page, form factor and day', async () => {
    const run = (minute: number, score: number) =>
      file(`${minute}.json`, lighthouse(score, { fetchTime: `2026-11-20T10:0${minute}:00.000Z` }));
    const files = [run(1, 0), run(2, 1), run(3, 1)];
    expect((await importing(files)).sets).toMatchObject([{ reports: 3, changes: [] }]);
    expect((await recorded()).findings).toEqual({});
    expect((await importing([run(4, 0), run(5, 0), ...files.slice(0, 2)])).sets).toMatchObject([
      { reports: 4, changes: [{ id: ID, change: 'new' }] },
    ]);
  });

  it('lets three reports of a day that agree decide what a clock decides', async () => {
    const load = (minute: number, score: number, day = 20) => {
      const ids = ['largest-contentful-paint', 'first-contentful-paint', 'unused-javascript'];
      const audits = ids.map((id) => [id, { id, title: id, score, scoreDisplayMode: 'numeric' }]);
      const auditRefs = ids.map((id) => ({ id, weight: 10 }));
      return file(
        `${day}-${minute}.json`,
        lighthouse(score, {
          fetchTime: `2026-11-${day}T10:0${minute}:00.000Z`,
          categories: { performance: { id: 'performance', title: 'Performance', score, auditRefs } },
          audits: Object.fromEntries(audits),
        }),
      );
    };
    const [exact, timed] = ['unused-javascript', 'largest-contentful-paint'].map((id) => `checkout/lighthouse/${id}`);
    const undecided = [{ id: 'largest-contentful-paint', title: 'largest-contentful-paint', moreRuns: 2 }];
    const one = await importing([load(1, 0.1)]);
    expect(one.sets).toMatchObject([{ changes: [{ id: exact, change: 'new' }], undecided }]);
    const three = [load(1, 0.1), load(2, 0.3), load(3, 0.2)];
    expect((await importing(three)).sets).toMatchObject([{ changes: [{ id: timed, change: 'new' }], undecided: [] }]);
    expect(Object.keys((await recorded()).findings).sort()).toEqual([timed, exact]);
    expect(await importing(three)).toMatchObject({ written: false });
    const [fast] = (await importing([load(1, 1, 21)])).sets;
    expect(fast).toMatchObject({ changes: [{ id: exact, change: 'fixed' }], undecided });
    const isFast = await importing([load(1, 1, 22), load(2, 0.95, 22), load(3, 0.9, 22)]);
    expect(isFast.sets).toMatchObject([{ changes: [{ id: timed, change: 'fixed' }] }]);
  });

  it('applies days in their order and lets no old report overrule a newer one', async () => {
    const bad = file('bad.json', lighthouse(0));
    const good = file('good.json', lighthouse(1, { fetchTime: at(21) }));
    await importing([good, bad]);
    expect(await stateOf(ID)).toMatchObject({ status: 'fixed', fixedOn: '2026-11-21' });
    const again = await importing([bad]);
    expect(again).toMatchObject({ written: false, sets: [{ changes: [], outdated: [ID] }] });
    await importing([file('worse.json', lighthouse(0, { fetchTime: at(22) }))], { now: () => new Date(at(23)) });
    expect(await stateOf(ID)).toMatchObject({ status: 'reopened', on: '2026-11-22' });
    expect(await importing([good])).toMatchObject({ written: false });
  });

  it('names a file that is not a report, and imports the others', async () => {
    const outcome = await importing([
      file('notes.json', '{"a": 1}'),
      file('text.json', 'hello'),
      path.join(folder, 'missing.json'),
      file('old.json', { ...lighthouse(0), finalDisplayedUrl: undefined }),
      file('mixed.json', [axe(), { violations: 'none' }]),
      file('elsewhere.json', lighthouse(0, { finalDisplayedUrl: 'https://shop.example/login' })),
      file('failed.json', lighthouse(0, { runtimeError: { code: 'NO_FCP', message: 'nothing' } })),
      file('script.json', axe({ url: 'javascript:alert(1)' })),
      file('nowhere.json', axe({ url: undefined })),
      file('good.json', lighthouse(0)),
    ]);
    const messages = outcome.files.flatMap(({ errors }) => errors.map(({ code, message }) => [code, message]));
    expect(messages).toEqual([
      ['report-unknown', expect.stringMatching(/^notes\.json: .*neither/)],
      ['report-not-json', 'text.json is not valid JSON; it looks like plain text.'],
      ['report-unreadable', 'missing.json could not be read: there is no such file.'],
      ['report-invalid', expect.stringMatching(/^old\.json: .*"finalDisplayedUrl"/)],
      ['report-invalid', expect.stringMatching(/^mixed\.json \(entry 2\): .*"violations"/)],
      ['report-redirected', expect.stringMatching(/^elsewhere\.json: .*\/login/)],
      ['nothing-painted', expect.stringMatching(/^failed\.json: /)],
      ['report-address', expect.stringMatching(/^script\.json: /)],
      ['report-without-page', expect.stringMatching(/^nowhere\.json: /)],
    ]);
    expect(Object.keys((await recorded()).findings).sort()).toEqual(['checkout/axe/label', ID]);
  });

  it('writes nothing when nothing could be read', async () => {
    expect(await importing([file('text.json', 'hello')])).toMatchObject({ written: false, sets: [] });
    expect(await workspace.record.exists()).toBe(false);
  });

  it('follows the person who names target, environment and form factor', async () => {
    const options = { target: 'pay', environment: 'staging', formFactor: 'mobile' } as const;
    await importing([file('axe.json', axe()), file('bare.json', axe({ url: undefined }))], options);
    expect(await recorded()).toMatchObject({
      targets: { pay: { path: '/checkout', origins: { staging: 'https://shop.example' } } },
      findings: { 'pay/axe/label': { state: { seenIn: ['staging/mobile'] } } },
    });
    await expect(importing([file('axe.json', axe())], { target: 'Not A Slug' })).rejects.toMatchObject({
      code: 'target-invalid',
    });
    await expect(importing([file('axe.json', axe())], { environment: 'a/b' })).rejects.toMatchObject({
      code: 'environment-invalid',
    });
    const two = [file('axe.json', axe()), file('home.json', axe({ url: 'https://shop.example/' }))];
    await expect(importing(two, { target: 'pay' })).rejects.toMatchObject({ code: 'pages-differ' });
  });

  it('does not touch a record it cannot read', async () => {
    const lh = file('lh.json', lighthouse(0));
    await importing([lh]);
    writeFileSync(workspace.paths.record, '{"schemaVersion": 1, ');
    await expect(importing([lh])).rejects.toMatchObject({ kind: 'record', code: 'record-truncated' });
    expect(readFileSync(workspace.paths.record, 'utf8')).toBe('{"schemaVersion": 1, ');
  });
});
