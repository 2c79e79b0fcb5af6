import { describe, expect, it } from 'vitest';
import { importFields } from '../../../../src/core/outcomes/importFields';
import { instrumentIds, instruments, questionText } from '../../../../src/core/survey/instruments';
import { readSurveyAnswer, surveyHeader, surveyRow } from '../../../../src/core/survey/surveyAnswer';

const form = { id: 'nps', scale: [0, 10], fields: ['nps'] } as const;
const answer = {
  survey: 'nps',
  id: 'a'.repeat(32),
  date: '2026-11-20',
  target: '',
  segment: '',
  values: [9],
  comment: '',
};

describe('the instruments', () => {
  it.each(instrumentIds)('%s asks what an import reads, on the same scale', (id) => {
    const { questions, scale, metric } = instruments[id];
    for (const { field } of questions) {
      const read = importFields.survey.find((one) => one.id === field);
      expect({ metric: read?.metric, scale: [read?.min, read?.max] }).toEqual({ metric, scale: [...scale] });
    }
  });

  it('ask about the name that a team gives, whatever it is made of', () => {
    const [question] = instruments.ces.questions;
    expect(question && questionText(question, 'aCME $& Co')).toBe('ACME $& Co made it easy for me to handle my issue.');
  });
});

describe('an answer', () => {
  it('is a row whose text no spreadsheet computes, on one line', () => {
    const row = surveyRow({ ...answer, segment: '=1+1', comment: '  @SUM(A1)\n"; -2' });
    expect(row).toBe(`"${answer.id}","2026-11-20","","'=1+1",9,"'@SUM(A1) ""; -2"`);
    expect(surveyHeader(form)).toBe('"ux_audit_answer","date","target","segment","nps (0-10)","comment"');
  });

  it.each([
    ['a value off the scale', { values: [11] }],
    ['half a value', { values: [1.5] }],
    ['a value as text', { values: ['9'] }],
    ['too few values', { values: [] }],
    ['another survey', { survey: 'csat' }],
    ['an id of another form', { id: '=cmd()' }],
    ['no date', { date: 'today' }],
    ['a comment that is too long', { comment: 'x'.repeat(1001) }],
    ['a segment that is no text', { segment: { toString: 'x' } }],
  ])('is refused with %s', (_, change) => {
    expect(readSurveyAnswer(answer, form)).toEqual(answer);
    expect(readSurveyAnswer({ ...answer, ...change }, form)).toBeUndefined();
  });

  it('keeps nothing that a page sends besides', () => {
    expect(readSurveyAnswer({ ...answer, email: 'ana@example.com' }, form)).toEqual(answer);
  });
});
