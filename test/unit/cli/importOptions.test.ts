import { describe, expect, it } from 'vitest';
import { columnAnswers, questionLines } from '../../../src/cli/importOptions';
import type { ImportQuestion } from '../../../src/core/outcomes/importQuestions';

const question = (column: string, text: string): ImportQuestion => ({
  column,
  text: 'What does it mean?',
  texts: [{ text, count: 1 }],
  dates: [],
  scales: ['1-7'],
  meanings: ['yes', 'no'],
  canLeaveOut: true,
  canDrop: true,
  isPeriod: false,
});

describe('the answer to a question of an import', () => {
  it('may hold colons: the text begins after the header', () => {
    const headers = ['date', 'Success', 'Success: all', 'x'];
    const answer = ['Success:Failed: timeout=no', 'Success: all:a=b=yes', 'x:1:30='];
    expect(columnAnswers({ answer }, headers).answers).toEqual({
      Success: { 'Failed: timeout': 'no' },
      'Success: all': { 'a=b': 'yes' },
      x: { '1:30': '' },
    });
  });

  it('about a column that is not there names it as far as the first colon', () => {
    expect(columnAnswers({ answer: ['Sucess:Failed: timeout=no'] }, ['Success']).answers).toEqual({
      Sucess: { 'Failed: timeout': 'no' },
    });
    for (const wrong of ['Success', 'Success=no', ':x=no', 'Success=a:b'])
      expect(() => columnAnswers({ answer: [wrong] }, ['Success']), wrong).toThrow('is not COLUMN:TEXT=VALUE');
  });
});

describe('the options that a question of an import suggests', () => {
  it('are quoted so that a shell runs nothing of the table', () => {
    const lines = questionLines(question("it's $(id)", '`reboot`')).join('\n');
    const shell = (text: string) => (process.platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`);
    for (const option of ['--leave-out', '--drop']) expect(lines).toContain(`${option} ${shell("it's $(id)")}`);
    expect(lines).toContain(`--scale ${shell("it's $(id)=1-7")}`);
    expect(lines).toContain(`--answer ${shell("it's $(id):`reboot`=VALUE")} (yes, no, or none)`);
    expect(questionLines(question('score', 'many')).join()).toContain('--answer score:many=VALUE');
  });
});
