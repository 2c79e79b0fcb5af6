import type { Checklist } from '../checklist/checklist';
import { usableFinding } from '../record/listFindings';
import type { AuditRecord, Evaluation } from '../record/record';
import type { AnswerVerdict } from './evaluation';

/** Outcomes of EARL 1.0 (w3.org/TR/EARL10-Schema) for our verdicts. */
const outcomes: Record<AnswerVerdict, { id: string; type: [string, string] }> = {
  pass: { id: 'earl:passed', type: ['OutcomeValue', 'Pass'] },
  fail: { id: 'earl:failed', type: ['OutcomeValue', 'Fail'] },
  'n/a': { id: 'earl:inapplicable', type: ['OutcomeValue', 'NotApplicable'] },
  unsure: { id: 'earl:cantTell', type: ['OutcomeValue', 'CannotTell'] },
};
const untested = { id: 'earl:untested', type: ['OutcomeValue', 'NotTested'] };

/** The terms of WCAG-EM, EARL and Dublin Core that the report uses, after the WCAG-EM Report Tool's data format. */
const context = {
  reporter: 'http://github.com/w3c/wcag-em-report-tool/',
  wcagem: 'http://www.w3.org/TR/WCAG-EM/#',
  Evaluation: 'wcagem:procedure',
  defineScope: 'wcagem:step1',
  scope: 'wcagem:step1a',
  step1b: { '@id': 'wcagem:step1b', '@type': '@id' },
  conformanceTarget: 'step1b',
  exploreTarget: 'wcagem:step2',
  selectSample: 'wcagem:step3',
  structuredSample: 'wcagem:step3a',
  randomSample: 'wcagem:step3b',
  Website: 'wcagem:website',
  Webpage: 'wcagem:webpage',
  auditSample: 'wcagem:step4',
  reportFindings: 'wcagem:step5',
  evaluator: 'wcagem:evaluator',
  WCAG22: 'http://www.w3.org/TR/WCAG22/#',
  WAI: 'http://www.w3.org/WAI/',
  earl: 'http://www.w3.org/ns/earl#',
  Assertion: 'earl:Assertion',
  TestMode: 'earl:TestMode',
  TestCriterion: 'earl:TestCriterion',
  TestRequirement: 'earl:TestRequirement',
  TestSubject: 'earl:TestSubject',
  TestResult: 'earl:TestResult',
  OutcomeValue: 'earl:OutcomeValue',
  Pass: 'earl:Pass',
  Fail: 'earl:Fail',
  CannotTell: 'earl:CannotTell',
  NotApplicable: 'earl:NotApplicable',
  NotTested: 'earl:NotTested',
  assertedBy: 'earl:assertedBy',
  mode: 'earl:mode',
  result: 'earl:result',
  subject: 'earl:subject',
  test: 'earl:test',
  outcome: 'earl:outcome',
  dcterms: 'http://purl.org/dc/terms/',
  title: 'dcterms:title',
  description: 'dcterms:description',
  summary: 'dcterms:summary',
  date: 'dcterms:date',
  id: '@id',
  type: '@type',
  language: '@language',
  AA: 'WAI:WCAG2AA-Conformance',
};

/** `non-text-content`: how W3C names a criterion in URLs, from the last part of its Understanding page. */
export function criterionSlug(url: string | undefined): string | undefined {
  return /\/([a-z0-9-]+)(?:\.html)?$/.exec(url ?? '')?.[1];
}

/** One page of the sample and its evaluation. */
export interface EarlPage {
  evaluation: Evaluation;
  /** Its address, if the record has one. */
  url: string | undefined;
}

/**
 * Writes evaluations with `wcag22-aa` as the W3C's report tool does: WCAG-EM data in JSON-LD with one EARL assertion
 * for each criterion on each page. An open item is `untested`.
 */
export function earlReport(
  record: AuditRecord,
  pages: readonly EarlPage[],
  checklist: Checklist,
  { title, date }: { title: string; date: string },
): Record<string, unknown> {
  const evaluators = [...new Set(pages.map(({ evaluation }) => evaluation.evaluator))];
  const sample = pages.map(({ evaluation, url }, index) => ({
    id: `_:page_${index + 1}`,
    type: ['TestSubject', 'Webpage'],
    title: evaluation.target,
    ...(url !== undefined && { description: url }),
    date: evaluation.state.on ?? date,
  }));
  const assertions = pages.flatMap(({ evaluation }, index) =>
    checklist.items.map((item) => {
      const answer = Object.hasOwn(evaluation.answers ?? {}, item.id) ? evaluation.answers?.[item.id] : undefined;
      const outcome = answer?.verdict ? outcomes[answer.verdict as AnswerVerdict] : undefined;
      const problems = (answer?.findings ?? []).flatMap((id) => usableFinding(record, id)?.title ?? []);
      const description = [answer?.note, ...problems].filter(Boolean).join('\n');
      const day = evaluation.state.on ?? date;
      return {
        type: 'Assertion',
        date: day,
        assertedBy: evaluation.evaluator,
        mode: { type: 'TestMode', '@value': 'earl:manual' },
        subject: { id: `_:page_${index + 1}`, type: ['TestSubject', 'Webpage'] },
        test: {
          id: `WCAG22:${criterionSlug(item.url) ?? item.id}`,
          type: ['TestCriterion', 'TestRequirement'],
          title: `${item.id} ${item.title}`,
        },
        result: { type: 'TestResult', date: day, ...(description && { description }), outcome: outcome ?? untested },
      };
    }),
  );
  return {
    '@context': context,
    type: 'Evaluation',
    language: 'en',
    defineScope: {
      id: '_:defineScope',
      scope: { type: ['TestSubject', 'Website'], title, description: '' },
      conformanceTarget: 'AA',
      wcagVersion: '2.2',
    },
    exploreTarget: { id: '_:exploreTarget' },
    selectSample: { id: '_:selectSample', structuredSample: sample, randomSample: [] },
    auditSample: assertions,
    reportFindings: { evaluator: evaluators.join(', '), title, date },
  };
}
