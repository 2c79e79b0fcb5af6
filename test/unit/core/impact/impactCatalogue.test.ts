import { describe, expect, it } from 'vitest';
import { benchmarks } from '../../../../src/core/impact/benchmarks';
import { computableLinks } from '../../../../src/core/impact/effectEstimates';
import { byGrade, evidenceWord, type Grade, grades, lineOf } from '../../../../src/core/impact/grades';
import { links } from '../../../../src/core/impact/impactCatalogue';
import { metrics } from '../../../../src/core/metrics/metrics';

const ids = new Set(metrics.map(({ id }) => id));
/** Everything of the catalogue that people read. */
const sentences = [
  ...metrics.flatMap(({ name, definition, pitfalls, thresholds }) => [
    name,
    definition,
    ...pitfalls,
    thresholds?.note ?? '',
  ]),
  ...links.flatMap(({ finding, basis, design, caveats, study }) => [
    finding,
    basis ?? '',
    design,
    caveats,
    study.sample ?? '',
    study.context ?? '',
  ]),
  ...benchmarks.map(({ text }) => text),
];

describe('the catalogue of evidence', () => {
  it('has 88 metrics and 135 links, each named once', () => {
    expect([metrics.length, ids.size]).toEqual([88, 88]);
    expect([
      metrics.filter(({ kind }) => kind === 'ux').length,
      metrics.filter(({ kind }) => kind === 'cx').length,
    ]).toEqual([40, 48]);
    expect([links.length, new Set(links.map(({ id }) => id)).size]).toEqual([135, 135]);
    expect(new Set(benchmarks.map(({ id }) => id)).size).toBe(benchmarks.length);
  });

  it('joins only metrics that it has, each link with its study, grade and caveat', () => {
    for (const { id, ux, cx, study, grade, finding, caveats } of links) {
      expect(ids.has(ux) && ids.has(cx), id).toBe(true);
      expect(study.title, id).toBeTruthy();
      expect(study.url, id).toMatch(/^https?:\/\//);
      expect(grades, id).toContain(grade);
      expect(finding && caveats, id).toBeTruthy();
    }
  });

  it('counts its grades and what may be done with them as they were read', () => {
    const count = (of: (link: (typeof links)[number]) => string) => {
      const counts: Record<string, number> = {};
      for (const link of links) counts[of(link)] = (counts[of(link)] ?? 0) + 1;
      return counts;
    };
    expect(count(({ grade }) => grade)).toEqual({
      A1: 6,
      A2: 11,
      A3: 6,
      B1: 46,
      B2: 11,
      B3: 28,
      C1: 9,
      C2: 13,
      D1: 5,
    });
    expect(count(({ apply }) => apply)).toEqual({ dose: 7, show: 118, never: 10 });
  });

  it('computes exactly the links that may be computed, about the metrics they are about', () => {
    const doses = links.filter(({ apply }) => apply === 'dose');
    expect(Object.fromEntries(doses.map(({ id, ux }) => [id, ux]))).toEqual(computableLinks);
  });

  it('has every link at a metric that the map shows, so that none is out of reach', () => {
    const onMap = new Set(
      metrics.filter(({ obtained, stages: of }) => obtained.length > 0 && of.length > 0).map(({ id }) => id),
    );
    expect(links.filter(({ ux, cx }) => !onMap.has(ux) && !onMap.has(cx)).map(({ id }) => id)).toEqual([]);
  });

  it('says caused only of experiments', () => {
    const wrong = links.filter(
      ({ grade, finding }) => !grade.startsWith('A') && /\b(cause[sd]?|led to|lead to|because of)\b/i.test(finding),
    );
    expect(wrong.map(({ id, finding }) => `${id}: ${finding}`)).toEqual([]);
  });

  it('calls no change of a form evidence of what errors cause', () => {
    expect(links.find(({ id }) => id === 'USE-C02')).toMatchObject({ grade: 'B3', apply: 'show' });
  });

  it('names the original of each study, and the copy that was read where that is another page', () => {
    const copies = /scien\.cx|stemmetje|file-hippo|legitclickmedia|paperexplained|studylib|scribd|pdfslide|cur\.at/;
    const second = /sharanyan|scinapse|WPOStats|blob\/[0-9a-f]+\/src\/site/;
    for (const { id, study, tier } of links) {
      expect(study.url, id).not.toMatch(copies);
      expect(study.url, id).not.toMatch(second);
      expect(['primary', 'primary mirrored', 'secondary'], id).toContain(tier);
      if (study.readAt === undefined) continue;
      expect(study.readAt, id).toMatch(/^https?:\/\//);
      expect(study.readAt, id).not.toBe(study.url);
    }
    expect(links.filter(({ study }) => study.readAt !== undefined).length).toBeGreaterThan(90);
  });

  it('lets a single case without a comparison outrank no survey, and draws it dotted', () => {
    const rebuild = links.find(({ id }) => id === 'A11Y-F02');
    const survey = links.find(({ id }) => id === 'A11Y-S01');
    expect([rebuild?.grade, survey?.grade]).toEqual(['B3', 'C2']);
    expect(['B3', 'C2', 'D1', 'B2', 'C1'].map((grade) => ({ grade }) as { grade: Grade }).sort(byGrade)).toEqual(
      ['B2', 'C1', 'C2', 'B3', 'D1'].map((grade) => ({ grade })),
    );
    expect([lineOf('B2'), lineOf('B3'), evidenceWord('B2'), evidenceWord('B3')]).toEqual([
      'dashed',
      'dotted',
      'observed together',
      'one case',
    ]);
  });

  it('ships none of the claims that nobody could verify', () => {
    const claims: [string, RegExp][] = [
      ['Amazon, 100 ms and 1 % of sales', /amazon[^.]*100 ms[^.]*1\s?%/i],
      ['Google, 500 ms and 20 % of traffic', /google[^.]*500 ms[^.]*20\s?%/i],
      ['Aberdeen, 7 % conversion for a second', /aberdeen/i],
      ['Bing, 100 ms and 0.6 % of revenue', /0\.6\s?% (of )?revenue/i],
      ['Hotstar and 100 % card views', /hotstar[^.]*100\s?%/i],
      ['Nestlé and 82 % more clicks', /nestl[eé][^.]*82\s?%/i],
      ['a point of satisfaction and 55 million', /\$55M|11\.5\s?% ROI/i],
      ['5 % retention and 25 to 95 % profit', /25[^.]{0,12}95\s?%[^.]*profit/i],
      ['NPS leaders grow twice as fast', /leaders grow (2x|twice)/i],
      ['one dollar in UX returns a hundred', /\$1[^.]{0,20}\$100|\+?400\s?% conversion/i],
      ['the 300 million dollar button', /300[- ]million[^.]*button|\$12\s?M field/i],
      ['75 % judge credibility by design', /75\s?%[^.]*(judge|credib)/i],
      ['automation finds 57 % of issues', /57\s?% of (issues|accessibility)/i],
      ['Mozilla, 15.4 % downloads', /15\.4\s?%/],
      ['7 % per second', /7\s?% per second/i],
    ];
    const found = claims.flatMap(([claim, pattern]) =>
      sentences.filter((text) => pattern.test(text)).map((text) => `${claim}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});
