import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { Finding, FindingState } from '../../../../src/core/record/record';
import { recordSarif } from '../../../../src/core/report/sarif';
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

function sarifOf(findings: Finding[], target?: Parameters<typeof recordOf>[1]) {
  const log = recordSarif(recordOf(findings, target), { version: '1.2.3' });
  validate(JSON.parse(JSON.stringify(log)));
  expect(validate.errors ?? []).toEqual([]);
  const [run] = log.runs;
  if (!run) throw new Error('no run');
  return { driver: run.tool.driver, results: run.results };
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
      { id: 'nielsen-10/H01', shortDescription: { text: 'nielsen-10/H01' } },
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
          physicalLocation: { artifactLocation: { uri: '/checkout' } },
          logicalLocations: [{ name: 'main > img', kind: 'element' }],
        },
        { logicalLocations: [{ name: '/a.js', kind: 'resource' }] },
      ],
      properties: { target: 'checkout', status: 'open', severity: 3, seenIn: ['local/mobile'] },
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

  it('gives every page a reference below no other host', () => {
    const uriOf = (path: string) =>
      sarifOf([finding()], { kind: 'page', path }).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri ??
      '';
    for (const path of ['//evil.example/x', '/\\evil.example', '/a b/ü%zz', `/${hostile}`, '/\ud800']) {
      expect(uriOf(path)).toMatch(/^\/[^/]/);
      expect(new URL(uriOf(path), 'https://shop.example').host).toBe('shop.example');
    }
    expect(uriOf('/')).toBe('/');
    expect(uriOf('/caf%C3%A9/a b')).toBe('/caf%C3%A9/a%20b');
    const journey = sarifOf([finding()], { kind: 'journey', steps: ['find'] });
    expect(journey.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('checkout');
  });

  it('would not pass with a field that SARIF does not know', () => {
    const log = recordSarif(recordOf([finding()]), { version: '1.2.3' });
    expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ message: { text: 'a' }, level: 'bad' }] }] })).toBe(
      false,
    );
  });

  it('leaves out what failed validation', () => {
    expect(sarifOf([{ ...finding(), title: 7 } as unknown as Finding]).results).toEqual([]);
  });
});
