import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/record/record';
import { recordCsv } from '../../../../src/core/report/csv';
import { csvCell } from '../../../../src/core/text/csvCell';
import { active, finding, hostileFinding, recordOf } from './hostile';

/** Reads RFC 4180 strictly. */
function rowsOf(text: string): string[][] {
  expect(text).toMatch(/^(?:(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*))*\r\n)+$/);
  return text
    .slice(0, -2)
    .split('\r\n')
    .map((row) =>
      [...row.matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)].map(([, quoted, plain]) =>
        quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
      ),
    );
}

function tableOf(findings: Finding[]): Record<string, string>[] {
  const [head = [], ...rows] = rowsOf(recordCsv(recordOf(findings)));
  return rows.map((row) => {
    expect(row).toHaveLength(head.length);
    return Object.fromEntries(head.map((name, column) => [name, row[column] ?? '']));
  });
}

describe('a cell', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '"=1', '",=1', "'=1", ' =1', '＝1']) {
    it(`is no formula: ${JSON.stringify(text)}`, () => {
      const cell = csvCell(text);
      expect(cell).toMatch(/^"'/);
      expect(cell).not.toMatch(/[\t\r\n]/);
    });
  }

  it('shows what would hide before a formula', () => {
    expect(csvCell('\u200b=1')).toBe('"\\u200b=1"');
    expect(csvCell('\u202e=1')).toBe('"\\u202e=1"');
  });

  it('keeps harmless text as it is, quotes doubled', () => {
    expect(csvCell('a = "b", c')).toBe('"a = ""b"", c"');
    expect(csvCell('two\r\nlines')).toBe('"two lines"');
  });
});

describe('the record as CSV', () => {
  it('has a header row and one finding a row', () => {
    const rows = tableOf([
      finding({
        state: { status: 'accepted', by: 'cleo', on: '2026-11-20', reason: 'later', until: '2027-01-15', upTo: 4 },
        ratings: { bo: { severity: 3 }, ana: { severity: 4 } },
        occurrences: { a: { selector: 'main > img', n: 3 }, b: { url: '/a.js' } },
        evidence: ['evidence/a.png'],
      }),
    ]);
    expect(rows).toMatchObject([
      {
        id: 'checkout/lighthouse/image-alt',
        target: 'checkout',
        status: 'accepted',
        severity: '3.5',
        ratings: 'ana 4; bo 3',
        places: '4',
        where: 'main > img; /a.js',
        'decided by': 'cleo',
        until: '2027-01-15',
        'up to': '4',
        evidence: 'evidence/a.png',
      },
    ]);
  });

  it('has our short title beside that of the tool or person, in a column behind the older ones', () => {
    const rows = tableOf([
      finding(),
      finding({ id: 'checkout/nielsen-10/H01/1', rule: 'nielsen-10/H01', title: '=1+1', kind: 'heuristic' }),
    ]);
    expect(rows.map((row) => [row.title, row['short title']])).toEqual([
      ['Image elements do not have [alt] attributes', 'Image without alt text'],
      ["'=1+1", "'=1+1"],
    ]);
    expect(Object.keys(rows[0] ?? {}).slice(-3)).toEqual([
      'short title',
      'comments of customers',
      'seen with participants',
    ]);
  });

  it('is a header row alone when there is nothing', () => {
    expect(rowsOf(recordCsv(recordOf([])))).toHaveLength(1);
  });

  it('begins with a byte order mark only when asked', () => {
    expect(recordCsv(recordOf([]))).toMatch(/^"id"/);
    expect(recordCsv(recordOf([]), { byteOrderMark: true })).toMatch(/^\ufeff"id"/);
  });

  it('keeps hostile text inert, in one row', () => {
    const text = recordCsv(recordOf([hostileFinding, finding({ title: '=HYPERLINK("https://evil.example")' })]));
    expect(rowsOf(text)).toHaveLength(3);
    expect(text).not.toMatch(active);
    for (const cell of rowsOf(text).flat()) expect(cell).not.toMatch(/^["`,;|\s]*[=+\-@]/);
    expect(tableOf([finding({ title: '=1+1' })])[0]?.title).toBe("'=1+1");
  });
});
