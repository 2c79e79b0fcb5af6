import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportOptions, importReports } from '../../../src/workflow/importReports';
import { Workspace } from '../../../src/workflow/workspace';

let folder: string;
let workspace: Workspace;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'read-test-'));
  workspace = new Workspace(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const page = 'https://shop.example/';
const lighthouse = (fields: object = {}) => ({
  lighthouseVersion: '12.6.0',
  requestedUrl: page,
  finalDisplayedUrl: page,
  fetchTime: '2026-05-01T10:00:00.000Z',
  environment: { benchmarkIndex: 400 },
  configSettings: { formFactor: 'mobile', throttlingMethod: 'simulate' },
  categories: {
    accessibility: {
      id: 'accessibility',
      title: 'Accessibility',
      score: 0.9,
      auditRefs: [
        { id: 'image-alt', weight: 10 },
        { id: 'label', weight: 7 },
      ],
    },
  },
  audits: { 'image-alt': audit('image-alt', 0), label: audit('label', 1) },
  ...fields,
});
const audit = (id: string, score: number) => ({
  id,
  title: `Title of ${id}`,
  score,
  scoreDisplayMode: 'binary',
  details: { items: [{ node: { type: 'node', selector: `main > .${id}` } }] },
});
const failed = (id: string) => ({
  id,
  title: `Title of ${id}`,
  score: null,
  scoreDisplayMode: 'error',
  errorMessage: 'Required Accessibility gatherer did not run.',
});
const violation = (id: string) => ({ id, impact: 'critical', help: `Help of ${id}`, nodes: [{ target: ['img'] }] });
const axe = (fields: object = {}) => ({
  testEngine: { name: 'axe-core', version: '4.8.2' },
  url: page,
  timestamp: '2026-05-01T10:00:00.000Z',
  violations: [violation('image-alt')],
  passes: [violation('label')],
  incomplete: [],
  inapplicable: [],
  ...fields,
});

async function importing(content: unknown, options: Partial<ImportOptions> = {}, name = 'file.json') {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
  const result = await importReports({ workspace, files: [file], now: () => new Date('2026-06-01'), ...options });
  const [{ errors, notices }] = result.files as [(typeof result.files)[0]];
  return {
    ...result,
    notices,
    errors: errors.map(({ code, message, next }) => ({ code, text: `${message} ${next}` })),
  };
}
const stateOf = async (id: string) => (await workspace.record.read()).record.findings[id]?.state;
const findings = async () => Object.keys((await workspace.record.read()).record.findings).sort();

describe('a Lighthouse report', () => {
  it.each([
    ['UTF-16, little end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 without a byte order mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-16 without a mark, big end first', (text: string) => Buffer.from(text, 'utf16le').swap16()],
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ])('is read in %s', async (_, encoded) => {
    expect((await importing(encoded(JSON.stringify(lighthouse())))).errors).toEqual([]);
    expect(await findings()).toEqual(['home/lighthouse/image-alt']);
  });

  it('is read with null for what is absent, and without what says nothing of the page', async () => {
    const nulls = { runtimeError: null, runWarnings: null, environment: null, mainDocumentUrl: null };
    const { errors } = await importing(lighthouse({ ...nulls, i18n: null }));
    expect(errors).toEqual([]);
    expect(await findings()).toEqual(['home/lighthouse/image-alt']);
  });

  it.each([
    ['chrome-error://chromewebdata/', 'FAILED_DOCUMENT_REQUEST', 'document-failed'],
    ['', 'NO_FCP', 'nothing-painted'],
    [page, 'SOMETHING_NEW', 'page-failed'],
  ])('of a page that did not load (%s) gives its own reason', async (finalDisplayedUrl, code, expected) => {
    const runtimeError = { code, message: 'Details: net::ERR_CONNECTION_REFUSED' };
    const { errors, written } = await importing({
      lighthouseVersion: '12.6.0',
      requestedUrl: page,
      finalDisplayedUrl,
      runtimeError,
    });
    expect(errors).toEqual([{ code: expected, text: expect.stringContaining('net::ERR_CONNECTION_REFUSED') }]);
    expect(written).toBe(false);
  });

  it('that is too old is named by its version', async () => {
    const { errors } = await importing(lighthouse({ lighthouseVersion: '9.6.8', finalDisplayedUrl: undefined }));
    expect(errors).toEqual([
      { code: 'report-old', text: expect.stringMatching(/Lighthouse 9\.6\.8.*Lighthouse 10 or later/) },
    ]);
  });

  it.each(['1e400', '7', '-1'])('with the score %s is refused', async (score) => {
    const text = JSON.stringify(lighthouse({ audits: { 'image-alt': { ...audit('image-alt', 0), score: 0.125 } } }));
    const { errors } = await importing(text.replace('0.125', score));
    expect(errors).toEqual([{ code: 'report-invalid', text: expect.stringContaining('audits.image-alt.score') }]);
  });
});

describe('what could not be measured', () => {
  it('is said with its reason and closes nothing', async () => {
    await importing(lighthouse());
    const later = { fetchTime: '2026-05-02T10:00:00.000Z' };
    const { sets, errors } = await importing(
      lighthouse({ ...later, audits: { 'image-alt': failed('image-alt'), label: audit('label', 1) } }),
    );
    expect(errors).toEqual([]);
    const reason = 'Required Accessibility gatherer did not run.';
    expect(sets).toMatchObject([{ changes: [], notMeasured: [{ kind: 'audit', id: 'image-alt', reason }] }]);
    expect(await stateOf('home/lighthouse/image-alt')).toMatchObject({ status: 'open' });
  });

  it('includes a category without a score', async () => {
    const categories = { accessibility: { ...lighthouse().categories.accessibility, score: null } };
    const { sets } = await importing(lighthouse({ categories }));
    const reason = 'the report gives it no score';
    expect(sets[0]?.notMeasured).toEqual([{ kind: 'category', id: 'accessibility', title: 'Accessibility', reason }]);
    expect(await findings()).toEqual(['home/lighthouse/image-alt']);
  });

  it('includes rules that axe-core could not decide', async () => {
    const { sets } = await importing(axe({ incomplete: [violation('color-contrast'), violation('image-alt')] }));
    expect(sets[0]?.notMeasured.map(({ id }) => id)).toEqual(['color-contrast']);
  });
});

describe('an answer of PageSpeed Insights', () => {
  const trimmed = lighthouse({ configSettings: { formFactor: 'mobile', channel: 'lr' } });
  const visits = { metrics: { LARGEST_CONTENTFUL_PAINT_MS: { percentile: 2400 } } };

  it('never mixes with runs of other machines of the same day', async () => {
    await importing(lighthouse());
    const { sets, errors } = await importing({ kind: 'pagespeedonline#result', lighthouseResult: trimmed });
    expect(errors).toEqual([]);
    expect(sets).toMatchObject([{ target: 'home', environment: 'deployed-pagespeed', reports: 1 }]);
    const state = { seenIn: ['deployed-pagespeed/mobile', 'deployed/mobile'] };
    expect(await stateOf('home/lighthouse/image-alt')).toMatchObject(state);
    const passing = lighthouse({
      fetchTime: '2026-05-02T10:00:00.000Z',
      audits: { 'image-alt': audit('image-alt', 1) },
    });
    await importing({ lighthouseResult: passing }, { environment: 'deployed' });
    expect(await stateOf('home/lighthouse/image-alt')).toMatchObject({ status: 'open', seenIn: ['deployed/mobile'] });
    expect((await workspace.record.read()).record.targets.home?.origins).toEqual({ deployed: 'https://shop.example' });
  });

  it('is known by itself when only its report was saved', async () => {
    expect((await importing(trimmed)).sets).toMatchObject([{ environment: 'deployed-pagespeed' }]);
  });

  it('has field data that states no period, which is said', async () => {
    const { notices } = await importing({ lighthouseResult: trimmed, loadingExperience: visits });
    expect(notices).toEqual([expect.stringMatching(/^file\.json: .*field data.*ux-audit outcomes field/)]);
    expect((await importing({ lighthouseResult: trimmed, loadingExperience: { initial_url: page } })).notices).toEqual(
      [],
    );
  });
});

describe('a user flow of Lighthouse', () => {
  it('gives the steps that navigate, and names the others', async () => {
    const step = (gatherMode: string, url = page) => ({
      name: `Step ${gatherMode}`,
      lhr: lighthouse({ gatherMode, requestedUrl: url, finalDisplayedUrl: url }),
    });
    const cart = step('navigation', 'https://shop.example/cart');
    const { sets, errors } = await importing({
      name: 'Checkout',
      steps: [step('navigation'), step('snapshot'), step('timespan'), cart],
    });
    expect(sets.map(({ target }) => target)).toEqual(['home', 'cart']);
    expect(errors).toMatchObject([
      {
        code: 'report-not-navigation',
        text: expect.stringMatching(/\(step 2, "Step snapshot"\): A snapshot .*left out/),
      },
      {
        code: 'report-not-navigation',
        text: expect.stringMatching(/\(step 3, "Step timespan"\): A timespan .*left out/),
      },
    ]);
  });
});

describe('results of axe-core', () => {
  it.each([
    ['null for absent lists', axe({ passes: null, incomplete: null, inapplicable: null }), {}],
    [
      'null for absent parts of a place',
      axe({ violations: [{ ...violation('image-alt'), nodes: [{ html: null, target: ['img'] }, null] }] }),
      {},
    ],
    ['null for absent places', axe({ violations: [{ ...violation('image-alt'), nodes: null }] }), {}],
    ['a place that is a text', axe({ violations: [{ ...violation('image-alt'), nodes: [{ target: 'img' }] }] }), {}],
    ['no address, with a target', axe({ url: null }), { target: 'home' }],
    ['a list of violations alone, with a target', [violation('image-alt')], { target: 'home' }],
    ['results in a list of another program', { results: [axe()] }, {}],
    ['findings of axe DevTools', { name: 'scan', id: '1', findings: axe() }, {}],
    ['a wrapper in a wrapper', { result: { status: 'done', results: axe() } }, {}],
  ])('are read with %s', async (_, content, options) => {
    expect((await importing(content, options)).errors).toEqual([]);
    expect(await findings()).toEqual(['home/axe/image-alt']);
  });

  it('that list no rule as passed close no finding, and that is said', async () => {
    await importing(axe());
    const later = { timestamp: '2026-05-02T10:00:00.000Z' };
    const { sets } = await importing(axe({ ...later, violations: [violation('label')], passes: null }));
    expect(sets).toMatchObject([{ closesNothing: true }]);
    expect(await stateOf('home/axe/image-alt')).toMatchObject({ status: 'open' });
    expect((await importing(axe())).sets).toMatchObject([{ closesNothing: false }]);
  });
});

describe('results of pa11y', () => {
  const issue = (fields: object = {}) => ({
    code: 'image-alt',
    type: 'error',
    message: 'Images must have alternative text',
    context: '<img>',
    selector: 'main > img',
    runner: 'axe',
    runnerExtras: { impact: 'critical', help: 'Images must have alternative text' },
    ...fields,
  });
  const sniffed = issue({ code: 'WCAG2AA.Principle1.Guideline1_1.1_1_1.H37', runner: 'htmlcs', runnerExtras: {} });

  it('by axe-core are results of axe-core', async () => {
    const { errors, notices, sets } = await importing({
      total: 1,
      results: { [page]: [issue(), sniffed], 'https://shop.example/b': [] },
    });
    expect(errors).toEqual([]);
    expect(notices).toEqual([expect.stringContaining('1 issues of other runners')]);
    expect(sets).toMatchObject([{ target: 'home', closesNothing: true }]);
    const { record } = await workspace.record.read();
    expect(record.findings['home/axe/image-alt']).toMatchObject({ state: { severity: 3 } });
  });

  it.each([
    ['by HTML_CodeSniffer are named', [sniffed], /HTML_CodeSniffer.*--runner axe/],
    ['of a page that failed are named', { results: { [page]: [{ message: 'timed out' }] } }, /report-unknown|neither/],
    ['of no page are named', { results: { [page]: [] } }, /an empty list/],
  ])('%s', async (_, content, text) => {
    expect((await importing(content, { target: 'home' })).errors).toMatchObject([
      { text: expect.stringMatching(text) },
    ]);
    expect(await findings()).toEqual([]);
  });
});

describe('a file that holds no report', () => {
  const html = '<!--\n@license\n-->\n<!doctype html>\n<html><head><title>Lighthouse Report</title></head></html>';
  it.each([
    [
      'a combined report of Accessibility Insights',
      { axeVersion: '4', results: { resultsByRule: { failed: [] } } },
      /Accessibility Insights.*axe\.run/,
    ],
    ['SARIF', { version: '2.1.0', runs: [] }, /SARIF.*report behind it/],
    ['WCAG-EM', { '@context': {}, auditSample: [] }, /ux-audit evaluation import/],
    ['IBM Equal Access', { results: [{ ruleId: 'img_alt_valid', reasonId: 'fail' }] }, /IBM Equal Access.*axe\.run/],
    ['the links of Lighthouse CI', { [page]: 'https://storage.example/r.html' }, /Lighthouse CI.*lhr-/],
    ['the manifest of Lighthouse CI', [{ url: page, jsonPath: 'lhr-1.json' }], /manifest.*jsonPath/],
    ['an error of a service', { error: { code: 429, message: 'Quota exceeded' } }, /Quota exceeded.*again/],
    [
      'an OpenACR report',
      'title: Shop\nproduct:\n  name: Shop\ncatalog: 2.4\nchapters:\n  a:\n',
      /OpenACR.*evaluation import/,
    ],
    ['EARL as RDF/XML', '<?xml version="1.0"?><rdf:RDF xmlns:earl="http://www.w3.org/ns/earl#"/>', /RDF\/XML.*JSON-LD/],
    ['Lighthouse as HTML', html, /Lighthouse report saved as HTML.*Save as JSON/],
    ['axe as HTML', '<!DOCTYPE html>\n<html><h1>axe-core report</h1></html>', /axe report saved as HTML.*JSON/],
    ['a table', 'item,verdict\n1.1.1,pass\n', /table \(CSV\).*ux-audit evaluation import/],
    ['JSON that was cut off', '{"lighthouseVersion": "12.6.0", "requ', /damaged or cut off/],
    ['nothing', '', /an empty file/],
    ['an empty list', [], /an empty list/],
    ['a number', '7', /other JSON/],
    ['5,000 levels', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, /nests more than 1000 levels/],
    [
      '500,000 levels',
      `${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}`,
      /nests more than 1000 levels|not valid JSON/,
    ],
    ['the key __proto__', '{"__proto__": {"lighthouseVersion": "12.6.0"}, "constructor": {}}', /other JSON/],
  ])('is named with what to do: %s', async (_, content, text) => {
    const { errors, written } = await importing(content);
    expect(errors).toMatchObject([
      { code: expect.not.stringMatching('unexpected'), text: expect.stringMatching(text) },
    ]);
    expect(written).toBe(false);
  });

  it('may name audits and rules like fields of every object', async () => {
    const text = JSON.stringify(lighthouse()).replaceAll('image-alt', '__proto__');
    expect((await importing(text)).errors).toEqual([]);
    expect((await importing(JSON.stringify(axe()).replaceAll('image-alt', 'constructor'))).errors).toEqual([]);
    expect(await findings()).toEqual(['home/axe/constructor']);
  });
});
