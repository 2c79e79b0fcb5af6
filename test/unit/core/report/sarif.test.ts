import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { emptyRecord, type Finding, type FindingState } from '../../../../src/core/record/record';
import { recordSarif, type SarifOptions } from '../../../../src/core/report/sarif';
import { active, finding, hostile, hostileFinding, recordOf } from './hostile';

const reference = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
// the schema names draft 4, of which it uses nothing that later drafts read differently
const { $schema: _draft, id: _id, ...rules } = schema;
const validate = new Ajv({
  strict: false,
  unicodeRegExp: false,
  allErrors: true,
  formats: { 'uri-reference': reference, uri: /^[a-z]+:/, 'date-time': true },
}).compile(rules);

const options = { version: '1.2.3', record: 'shop/ux-audit/findings.json' };

function sarifOf(findings: Finding[], sources?: SarifOptions['sources'], parsed = recordOf(findings)) {
  const log = recordSarif(parsed, { ...options, ...(sources && { sources }) });
  validate(JSON.parse(JSON.stringify(log)));
  expect(validate.errors ?? []).toEqual([]);
  const [run] = log.runs;
  if (!run) throw new Error('no run');
  return { driver: run.tool.driver, results: run.results, invocations: run.invocations };
}

const resultWith = (state: FindingState, fields: Partial<Finding> = {}) =>
  sarifOf([finding({ ...fields, state })]).results[0];

describe('the record as SARIF', () => {
  it('is valid when there is nothing', () => {
    expect(sarifOf([])).toMatchObject({
      driver: { name: 'UX Audit', semanticVersion: '1.2.3', rules: [] },
      results: [],
    });
  });

  it('names each rule once, and each result by page and element', () => {
    const { driver, results } = sarifOf([
      finding({
        occurrences: {
          a: { selector: 'main > img', snippet: '<img src="/a.png">', n: 3 },
          b: { url: '/a.js' },
        },
        state: { status: 'open', severity: 3, seenIn: ['local/mobile'], more: 2 },
      }),
      finding({ id: 'checkout/lighthouse/other', title: 'Other' }),
      finding({ kind: 'heuristic', rule: 'nielsen-10/H01', id: 'checkout/nielsen-10/H01/7k3q9d', title: 'Slow' }),
    ]);
    expect(driver.rules).toEqual([
      expect.objectContaining({ id: 'lighthouse/image-alt', shortDescription: { text: 'Image without alt text' } }),
      expect.objectContaining({
        id: 'nielsen-10/H01',
        name: 'Nielsen10H01',
        shortDescription: { text: 'nielsen-10/H01' },
        help: expect.objectContaining({ text: expect.stringContaining('nielsen-10/H01') }),
      }),
    ]);
    expect(results.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex])).toEqual([
      ['lighthouse/image-alt', 0],
      ['lighthouse/image-alt', 0],
      ['nielsen-10/H01', 1],
    ]);
    expect(results[0]).toMatchObject({
      kind: 'fail',
      level: 'error',
      occurrenceCount: 6,
      partialFingerprints: { 'uxAuditId/v1': 'checkout/lighthouse/image-alt' },
      locations: [
        {
          logicalLocations: [{ name: 'main > img', kind: 'element' }],
        },
        { logicalLocations: [{ name: '/a.js', kind: 'resource' }] },
      ],
      properties: { target: 'checkout', page: '/checkout', status: 'open', severity: 3, seenIn: ['local/mobile'] },
    });
  });

  it('says of each rule why it matters and what to do, with the title of the tool in full', () => {
    const [rule] = sarifOf([finding({ rule: 'axe/color-contrast', title: 'Contrast {0} [a](b)' })]).driver.rules;
    expect(rule).toMatchObject({
      shortDescription: { text: 'Contrast too low' },
      fullDescription: { text: 'Contrast {{0}} [a] (b)' },
      helpUri: expect.stringMatching(/^https:/),
    });
    const { text = '', markdown = '' } = rule?.help ?? {};
    for (const part of ['4.5:1', '.hint { color: #999;', 'WCAG 2.2 1.4.3 Contrast (Minimum), AA']) {
      expect(text).toContain(part);
      expect(markdown).toContain(part);
    }
    expect(markdown).toMatch(/\n\n1\. .*\n2\. [\s\S]*```css\n/);
    expect(markdown).toContain('](https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html)');
  });

  it('maps severity to a level', () => {
    const levels = [4, 3, 2, 1, 0, undefined].map((severity) => resultWith({ status: 'open', severity })?.level);
    expect(levels).toEqual(['error', 'error', 'warning', 'note', 'note', 'warning']);
    expect(resultWith({ status: 'open' }, { ratings: { ana: { severity: 3 }, bo: { severity: 2 } } })?.level).toBe(
      'error',
    );
  });

  it('maps the status', () => {
    const decision = { by: 'cleo', on: '2026-11-20', reason: 'rewrite in December' };
    const shown = (state: FindingState) => {
      const { baselineState, suppressions } = resultWith(state) ?? {};
      return { baselineState, suppressions };
    };
    expect(shown({ status: 'open' })).toEqual({ baselineState: 'unchanged', suppressions: [] });
    expect(shown({ status: 'reopened' })).toEqual({ baselineState: 'new', suppressions: [] });
    expect(shown({ status: 'fixed', fixedOn: '2026-11-20' })).toEqual({ baselineState: 'absent', suppressions: [] });
    expect(shown({ status: 'accepted', until: '2027-01-15', ...decision })).toEqual({
      baselineState: 'unchanged',
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'Accepted by cleo until 2027-01-15: rewrite in December',
        },
      ],
    });
    expect(shown({ status: 'false-positive', ...decision }).suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'Not a problem by cleo: rewrite in December' },
    ]);
    expect(shown({ status: 'someday' })).toEqual({ baselineState: 'unchanged', suppressions: [] });
  });

  it('keeps hostile text inert', () => {
    const log = sarifOf([hostileFinding]);
    const text = JSON.stringify(log);
    expect(text).not.toMatch(active);
    expect(text).not.toMatch(/(?<!\\)\\[urtbf]/); // a character of that kind; an escape that is shown has two
    expect(log.results[0]?.message.text).not.toContain('](');
    expect(log.results[0]?.message.text).toContain('{{0}}');
    expect(log.results[0]?.attachments).toBeUndefined();
    expect(log.driver.rules[0]?.shortDescription.text.length).toBeGreaterThan(0);
  });

  it('stands on the line of its entry in the record where no source line is known', () => {
    const findings = [finding(), finding({ id: 'checkout/lighthouse/other' })];
    const text = canonicalText({
      ...emptyRecord(),
      targets: { checkout: { kind: 'page', path: '/checkout' } },
      findings: Object.fromEntries(findings.map((one) => [one.id, one])),
    });
    const { results } = sarifOf(findings, undefined, parseRecord(text));
    for (const { locations, partialFingerprints } of results) {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
      expect(artifactLocation).toEqual({ uri: 'shop/ux-audit/findings.json', uriBaseId: '%SRCROOT%' });
      expect(text.split('\n')[(region?.startLine ?? 0) - 1]).toContain(`"${partialFingerprints['uxAuditId/v1']}": {`);
    }
  });

  it('stands on each source line that is known, with the places that are written there', () => {
    const image = finding({
      occurrences: { a: { selector: 'p:nth-child(1)' }, b: { selector: 'p:nth-child(2)', n: 3 }, c: { selector: 'i' } },
      state: { status: 'open', severity: 3, more: 2 },
    });
    const card = { file: 'src/Card List.tsx', line: 12, column: 5 };
    const sources = new Map([
      [
        image.id,
        new Map([
          ['a', card],
          ['b', card],
        ]),
      ],
    ]);
    const { results } = sarifOf([image], sources);
    expect(results.map(({ locations, occurrenceCount }) => [locations.length, occurrenceCount])).toEqual([
      [2, 4],
      [1, 1],
    ]);
    expect(results[0]?.locations[1]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'src/Card%20List.tsx', uriBaseId: '%SRCROOT%' },
      region: { startLine: 12, startColumn: 5 },
    });
    expect(results[1]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('shop/ux-audit/findings.json');
    const hashes = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(new Set(hashes).size).toBe(2);
    const moved = new Map([
      [
        image.id,
        new Map([
          ['a', { ...card, line: 40 }],
          ['b', { ...card, line: 40 }],
        ]),
      ],
    ]);
    expect(sarifOf([image], moved).results[0]?.partialFingerprints).toEqual(results[0]?.partialFingerprints);
    expect(hashes[0]).toMatch(/^[0-9a-f]{16}:1$/);
  });

  it('begins with what is open, the worst first', () => {
    const of = (name: string, state: FindingState) => finding({ id: `checkout/lighthouse/${name}`, state });
    const { results } = sarifOf([
      of('a', { status: 'fixed', severity: 4 }),
      of('b', { status: 'accepted', severity: 4 }),
      of('c', { status: 'open', severity: 1 }),
      of('d', { status: 'reopened', severity: 3 }),
    ]);
    expect(results.map(({ partialFingerprints }) => partialFingerprints['uxAuditId/v1'].at(-1))).toEqual([...'dcba']);
  });

  it('says when there are more results than GitHub shows, and holds no more than it takes', () => {
    const many = (number: number) =>
      Array.from({ length: number }, (_, index) => finding({ id: `checkout/lighthouse/rule-${index}` }));
    const noticeOf = (findings: Finding[]) => {
      const [run] = recordSarif(recordOf(findings), options).runs;
      return {
        number: run?.results.length,
        notice: run?.invocations[0]?.toolExecutionNotifications?.[0]?.message.text,
      };
    };
    expect(noticeOf(many(5_000))).toEqual({ number: 5_000, notice: undefined });
    expect(noticeOf(many(5_001))).toEqual({
      number: 5_001,
      notice: 'There are 5001 results, the worst first. GitHub shows the first 5000 of a run.',
    });
    const { number, notice } = noticeOf(many(25_001));
    expect(number).toBe(25_000);
    expect(notice).toContain('Only the first 25000 are in this file');
  });

  it('names files below no other host, whatever they are called', () => {
    const uriOf = (file: string) =>
      sarifOf(
        [finding({ occurrences: { a: { selector: 'p' } } })],
        new Map([['checkout/lighthouse/image-alt', new Map([['a', { file, line: 1 }]])]]),
      ).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri ?? '';
    for (const file of ['//evil.example/x', '\\\\evil.example', 'javascript:alert(1)', 'a b/ü%zz', hostile, '\ud800']) {
      expect(new URL(uriOf(file), 'https://shop.example').host).toBe('shop.example');
    }
    expect(uriOf('caf%C3%A9/a b.html')).toBe('caf%C3%A9/a%20b.html');
  });

  it('would not pass with a field that SARIF does not know', () => {
    const log = recordSarif(recordOf([finding()]), options);
    expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ message: { text: 'a' }, level: 'bad' }] }] })).toBe(
      false,
    );
  });

  it('leaves out what failed validation', () => {
    expect(sarifOf([{ ...finding(), title: 7 } as unknown as Finding]).results).toEqual([]);
  });
});
