import { describe, expect, it } from 'vitest';
import { builtInChecklists } from '../../../../src/core/checklist/builtInChecklists';
import type { Checklist } from '../../../../src/core/checklist/checklist';
import { parseEarl, worstAnswers } from '../../../../src/core/evaluation/earlImport';
import { wcag20Ids } from '../../../../src/core/evaluation/wcag20Ids';

const wcag = builtInChecklists.find(({ id }) => id === 'wcag22-aa') as Checklist;
const home = { id: 'https://shop.example/', title: 'Home', description: 'https://shop.example/' };
const assertion = (test: unknown, outcome: unknown, subject: unknown = home.id) => ({
  type: 'Assertion',
  subject,
  test,
  result: { type: 'TestResult', outcome },
});
const reportOf = (auditSample: unknown, structuredSample: unknown = [home]) => ({
  '@context': { earl: 'http://www.w3.org/ns/earl#' },
  type: 'Evaluation',
  defineScope: { scope: { id: '_:site', type: ['TestSubject', 'Website'], title: 'https://shop.example/' } },
  selectSample: { structuredSample, randomSample: [] },
  auditSample,
});
/** The answers of the only page of a report, as `1.1.1 fail`. */
const answersOf = (value: unknown) => {
  const { samples = [] } = parseEarl(value, wcag) ?? {};
  expect(samples).toHaveLength(1);
  return samples[0]?.answers.map(({ item, verdict }) => `${item} ${verdict}`);
};

describe('a WCAG-EM report', () => {
  const failed = assertion({ id: 'WCAG22:non-text-content' }, { id: 'earl:failed' });

  it.each([
    ['one page in place of a list', reportOf([failed], home)],
    ['one assertion in place of a list', reportOf(failed)],
    ['sets and lists of JSON-LD', reportOf({ '@set': [failed] }, { '@list': [home] })],
  ])('is read with %s', (_, value) => expect(answersOf(value)).toEqual(['1.1.1 fail']));

  it.each([
    ['earl:failed'],
    ['http://www.w3.org/ns/earl#failed'],
    ['failed'],
    ['earl:fail'],
    [{ id: 'earl:failed', type: ['OutcomeValue', 'Fail'] }],
    [{ '@id': 'http://www.w3.org/ns/earl#failed' }],
    [{ type: ['OutcomeValue', 'Fail'] }],
    [{ '@type': 'http://www.w3.org/ns/earl#Fail' }],
    [['earl:failed']],
  ])('knows the outcome %j', (outcome) => {
    expect(answersOf(reportOf([assertion('WCAG22:non-text-content', outcome)]))).toEqual(['1.1.1 fail']);
  });

  it.each([
    ['passed', 'pass'],
    ['inapplicable', 'n/a'],
    ['cantTell', 'unsure'],
  ])('takes %s for %s', (outcome, verdict) => {
    expect(answersOf(reportOf([assertion('WCAG22:reflow', `earl:${outcome}`)]))).toEqual([`1.4.10 ${verdict}`]);
  });

  it.each([
    ['WCAG20:text-equiv-all', '1.1.1'],
    ['wcag20:visual-audio-contrast-contrast', '1.4.3'],
    ['http://www.w3.org/TR/WCAG20/#navigation-mechanisms-title', '2.4.2'],
    ['http://www.w3.org/TR/UNDERSTANDING-WCAG20/ensure-compat-rsv.html', '4.1.2'],
    ['https://www.w3.org/WAI/WCAG20/quickref/#qr-text-equiv-all', '1.1.1'],
    ['WCAG21:non-text-content', '1.1.1'],
    ['WCAG2:non-text-content', '1.1.1'],
    ['http://www.w3.org/TR/WCAG22/#reflow', '1.4.10'],
    ['https://www.w3.org/WAI/WCAG22/Understanding/page-titled', '2.4.2'],
    ['https://www.w3.org/WAI/WCAG22/Understanding/page-titled.html', '2.4.2'],
    ['1.4.11', '1.4.11'],
    [{ title: '2.4.7 Focus Visible' }, '2.4.7'],
    [{ title: 'Focus Visible' }, '2.4.7'],
  ])('knows the criterion %j', (test, item) => {
    expect(answersOf(reportOf([assertion(test, 'earl:passed')]))).toEqual([`${item} pass`]);
  });

  it('knows each criterion of WCAG 2.0 that is left by its name there', () => {
    expect(Object.keys(wcag20Ids).filter((id) => wcag.items.some((item) => item.id === id))).toHaveLength(37);
    expect(new Set(Object.values(wcag20Ids)).size).toBe(37);
  });

  it('lists what it leaves out, with the reason', () => {
    const { samples, leftOut, untested } =
      parseEarl(
        reportOf([
          assertion('WCAG22:reflow', 'earl:failed', { id: '_:site' }),
          assertion('WCAG22:keyboard', 'earl:passed', { type: 'Website', title: 'https://shop.example/' }),
          assertion('WCAG22:sign-language-prerecorded', 'earl:failed'),
          assertion('WCAG20:ensure-compat-parses', 'earl:passed'),
          assertion('WCAG22:page-titled', 'earl:superb'),
          assertion('WCAG22:page-titled', 'earl:untested'),
          assertion('WCAG22:focus-order', 'earl:failed', '_:unknown'),
          { type: 'Assertion', subject: home.id, result: { outcome: 'earl:failed' } },
        ]),
        wcag,
      ) ?? {};
    expect([samples, untested]).toEqual([[{ title: 'Home', url: home.id, answers: [] }], 1]);
    const of = wcag.title;
    expect(leftOut).toEqual([
      { why: expect.stringContaining('the whole site'), what: ['1.4.10 fail', '2.1.1 pass'] },
      {
        why: `not about a criterion of ${of}`,
        what: ['WCAG22:sign-language-prerecorded', 'WCAG20:ensure-compat-parses', 'one without a test'],
      },
      { why: 'without an outcome of EARL', what: ['2.4.2'] },
      { why: expect.stringContaining('does not describe'), what: ['2.4.3 fail'] },
    ]);
  });

  it('keeps the worst of several results with its notes', () => {
    const answers = [
      { item: '1.1.1', verdict: 'pass', note: 'fine' },
      { item: '1.1.1', verdict: 'fail', note: 'the logo' },
      { item: '1.1.1', verdict: 'fail', note: 'the map' },
      { item: '2.4.2', verdict: 'n/a' },
    ] as const;
    expect(worstAnswers(answers)).toEqual([
      { item: '1.1.1', verdict: 'fail', note: 'the logo\nthe map' },
      { item: '2.4.2', verdict: 'n/a' },
    ]);
  });

  it('of the tool of version 1 is read: parts of an assertion, and samples with pages', () => {
    const part = (subject: string[], outcome: string) => ({
      type: 'Assertion',
      subject,
      result: { outcome, description: outcome === 'earl:failed' ? 'the logo' : '' },
      testcase: 'WCAG2:non-text-content',
    });
    const value = {
      '@graph': [
        {
          '@context': {
            structuredSample: 'step3a',
            webpage: 'WCAG2:dfn-web-page-s',
            conformanceTarget: { id: 'step1b', type: 'id' }, // which JSON-LD does not allow
          },
          type: 'Evaluation',
          evaluationScope: {
            website: { id: '_:website', siteName: 'Shop', siteScope: 'All of https://shop.example/' },
          },
          auditResult: [
            {
              ...assertion('WCAG2:non-text-content', 'earl:failed', '_:website'),
              hasPart: [part(['_:struct_0'], 'earl:passed'), part(['_:rand_0', '_:struct_1'], 'earl:failed')],
            },
            { ...assertion('WCAG2:keyboard', 'earl:untested', '_:website'), hasPart: [] },
          ],
          structuredSample: {
            webpage: [
              { type: 'webpage', id: '_:struct_0', description: 'https://shop.example/', handle: 'page1' },
              { type: 'webpage', id: '_:struct_1', title: 'Cart', source: 'https://shop.example/cart' },
            ],
          },
          randomSample: { webpage: { id: '_:rand_0', title: 'Pay' } },
        },
        { id: '_:evaluator', type: 'Person', name: 'Ana' },
      ],
    };
    const answer = { item: '1.1.1', verdict: 'fail', note: 'the logo' };
    expect(parseEarl(value, wcag)).toEqual({
      samples: [
        { title: 'page1', url: 'https://shop.example/', answers: [{ item: '1.1.1', verdict: 'pass' }] },
        { title: 'Cart', url: 'https://shop.example/cart', answers: [answer] },
        { title: 'Pay', answers: [answer] },
      ],
      leftOut: [{ why: expect.stringContaining('the whole site'), what: ['1.1.1 fail'] }],
      untested: 1,
    });
  });
});

describe('EARL on its own', () => {
  it('makes a page of each address', () => {
    const value = {
      '@graph': [
        assertion('WCAG21:non-text-content', 'earl:passed', 'https://shop.example'),
        assertion('WCAG21:reflow', 'earl:failed', { '@type': ['earl:TestSubject', 'sch:WebPage'], source: home.id }),
      ],
    };
    expect(answersOf(value)).toEqual(['1.1.1 pass', '1.4.10 fail']);
  });

  it('takes no verdict of a tool on a part of a criterion', () => {
    const rule = { '@type': 'TestCase', '@id': 'https://dequeuniversity.com/rules/axe/3.2/bypass', title: 'bypass' };
    const isPartOf = 'https://www.w3.org/TR/WCAG20/#navigation-mechanisms-skip';
    const { samples, leftOut } = parseEarl({ '@graph': [assertion({ ...rule, isPartOf }, 'earl:passed')] }, wcag) ?? {};
    expect([samples, leftOut?.[0]?.what]).toEqual([[], [rule['@id']]]);
  });

  it('is read expanded, flattened and with names of its own', () => {
    const earl = 'http://www.w3.org/ns/earl#';
    const expanded = [
      {
        '@type': [`${earl}Assertion`],
        [`${earl}subject`]: [{ '@id': home.id }],
        [`${earl}test`]: [{ '@id': 'http://www.w3.org/TR/WCAG22/#reflow' }],
        [`${earl}result`]: [
          {
            [`${earl}outcome`]: [{ '@id': `${earl}failed` }],
            'http://purl.org/dc/terms/description': [{ '@value': 'wide table' }],
          },
        ],
      },
    ];
    const answers = [{ item: '1.4.10', verdict: 'fail', note: 'wide table' }];
    expect(parseEarl(expanded, wcag)?.samples).toEqual([{ title: home.id, url: home.id, answers }]);
    const flattened = {
      '@graph': [
        {
          '@id': '_:a',
          '@type': 'earl:Assertion',
          'earl:subject': { '@id': '_:p' },
          'earl:test': { '@id': '_:t' },
          'earl:result': { '@id': '_:r' },
        },
        { '@id': '_:p', 'dct:title': 'Home', 'dct:source': home.id },
        { '@id': '_:t', 'dct:title': '1.4.10 Reflow' },
        { '@id': '_:r', 'earl:outcome': { '@id': 'earl:failed' } },
      ],
    };
    expect(answersOf(flattened)).toEqual(['1.4.10 fail']);
    const renamed = {
      '@context': { about: 'earl:subject', check: { '@id': 'earl:test' }, said: 'earl:result', how: 'earl:outcome' },
      '@type': 'Assertion',
      about: home.id,
      check: 'WCAG22:reflow',
      said: { how: 'earl:failed' },
    };
    expect(answersOf(renamed)).toEqual(['1.4.10 fail']);
  });

  it.each([
    [{ audits: {} }],
    [[]],
    ['text'],
    [7],
    [{ auditSample: [], '@context': {} }],
    [JSON.parse('{"__proto__": []}')],
  ])('is not %j', (value) => expect(parseEarl(value, wcag)).toBeUndefined());
});
