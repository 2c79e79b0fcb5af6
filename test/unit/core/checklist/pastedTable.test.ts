import { describe, expect, it } from 'vitest';
import { badRowText, readPastedTable, tableSummary } from '../../../../src/core/checklist/pastedTable';

const known = { ids: new Set(['H01']), questions: ['Is the price shown?'] };
const read = (text: string) => readPastedTable(text, known);
const lines = (...rows: string[]) => rows.join('\n');

describe('a table pasted from a spreadsheet', () => {
  it('is read by its headings, whatever their order and spelling', () => {
    const table = read(
      lines(
        'Category\tSeverity\tHow to check?\tCheck\tHeuristic\tOwner\tAt hand',
        'Layout\t3 - major\tLook\tIs one button primary?\tOne primary action\tBo\tphone, test account',
        'Words\tminor\t\tAre labels short?\tShort labels\tAna',
      ),
    );
    expect(table.columns.map(({ field }) => field)).toEqual([
      'group',
      'defaultSeverity',
      'howToCheck',
      'question',
      'title',
      '',
      'needs',
    ]);
    expect(table.columns[5]).toEqual({ heading: 'Owner', sample: 'Bo', field: '' });
    expect(table.bad).toEqual([]);
    expect(table.items).toEqual([
      {
        title: 'One primary action',
        question: 'Is one button primary?',
        howToCheck: 'Look',
        needs: 'phone, test account',
        group: 'Layout',
        defaultSeverity: '3',
      },
      { title: 'Short labels', question: 'Are labels short?', group: 'Words', defaultSeverity: '2' },
    ]);
  });

  it('is read without headings: title and question, or questions alone with titles of their words', () => {
    expect(read('Labels\tAre labels short?\nFocus\tCan you see it?').items).toEqual([
      { title: 'Labels', question: 'Are labels short?' },
      { title: 'Focus', question: 'Can you see it?' },
    ]);
    const long = 'Can people undo, cancel or leave each action here without losing anything else that they typed?';
    expect(read(`Are labels short, and clear?\r\n${long}\r\n`).items).toEqual([
      { title: 'Are labels short, and clear', question: 'Are labels short, and clear?' },
      { title: 'Can people undo, cancel or leave each action here without…', question: long },
    ]);
  });

  it('may be CSV with quotes, line breaks and semicolons', () => {
    const comma = read('title,question,steps\r\nLabels,"Short, and ""clear""?","1. Look\n2. Count"\r\n');
    expect(comma.items).toEqual([
      { title: 'Labels', question: 'Short, and "clear"?', howToCheck: '1. Look\n2. Count' },
    ]);
    expect(read('Labels;Short?\nFocus;Seen?').items).toHaveLength(2);
  });

  it('names each bad row by its number, says what to do, and takes the others', () => {
    const table = read(
      lines(
        'id\ttitle\tquestion\tseverity',
        'A1\tFine\tIs it fine?\t2',
        'A2\tNo question\t\t',
        'A3\tBad page\t\t7',
        'A1\tSame id\tIs it the same id?\t',
        'A 5\tBad id\tIs it a bad id?\t',
        '\tAgain\tis it FINE\t',
        '\tKnown\tIs the price shown?\t',
        'H01\tUsed\tWas it used?\t',
        '\t\t\t',
        `\tLong\t${'x'.repeat(501)}\t`,
      ),
    );
    expect(table.items).toEqual([{ id: 'A1', title: 'Fine', question: 'Is it fine?', defaultSeverity: '2' }]);
    expect(table.bad.map(badRowText)).toEqual([
      'Row 3: it has no question. Write one, or leave the row out.',
      'Row 4: it has no question. Write one, or leave the row out.',
      'Row 5: the id “A1” is used already. Write another, or leave the cell empty: an id is made of the title.',
      expect.stringMatching(/^Row 6: the id “A 5” is not a letter/),
      'Row 7: it asks the same as row 2. Write another question, or leave the row out.',
      'Row 8: it asks the same as an item of the checklist. Write another question, or leave the row out.',
      expect.stringMatching(/^Row 9: the id “H01” is used already/),
      'Row 11: Question has 501 characters; there is room for 500. Correct the cell, or leave the row out.',
    ]);
    expect(tableSummary(table)).toBe('1 item, 8 rows left out');
  });

  it('keeps a row whose severity is none of the scale, without it, and says so', () => {
    const table = read(
      lines(
        'title\tquestion\tseverity',
        'Price\tIs it seen?\tHigh',
        'Focus\tIs it shown?\t3',
        'Undo\tCan people undo?\t7',
        'Words\tAre they plain?\t',
        'Help\tIs there any?\tHigh',
      ),
    );
    expect(table.items).toEqual([
      { title: 'Price', question: 'Is it seen?' },
      { title: 'Focus', question: 'Is it shown?', defaultSeverity: '3' },
      { title: 'Undo', question: 'Can people undo?' },
      { title: 'Words', question: 'Are they plain?' },
      { title: 'Help', question: 'Is there any?' },
    ]);
    expect(table.bad).toEqual([]);
    expect(table.unread).toEqual([
      { cell: 'High', rows: [2, 6] },
      { cell: '7', rows: [4] },
    ]);
  });

  it('is read as a person says, column by column', () => {
    const text = 'Bo\tAre labels short?\nAna\tIs focus seen?';
    expect(readPastedTable(text, known, ['', 'question']).items).toEqual([
      { title: 'Are labels short', question: 'Are labels short?' },
      { title: 'Is focus seen', question: 'Is focus seen?' },
    ]);
  });

  it('says what is wrong with it as a whole', () => {
    expect(() => read(' \n\t\n')).toThrow(/Nothing was pasted/);
    expect(() => read('a\t"b\nc\td')).toThrow(/Row \d: a quotation mark is not closed/);
    expect(() => read('Is it so?\n'.repeat(201))).toThrow(/201 rows, and a checklist has at most 200/);
  });
});
