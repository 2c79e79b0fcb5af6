import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { patchOf, rangeOf } from '../../../../src/core/text/patch';

describe('a range of a text', () => {
  const text = 'one\r\ntwo\nthree';

  it('goes by lines and columns, to the end of the last line without a column', () => {
    const piece = (...args: [number, number, number, number?]) => {
      const { from, to } = rangeOf(text, { line: args[0], column: args[1] }, { line: args[2], column: args[3] });
      return text.slice(from, to);
    };
    expect([piece(1, 1, 1), piece(1, 2, 2, 2), piece(3, 1, 3), piece(2, 4, 2)]).toEqual([
      'one',
      'ne\r\nt',
      'three',
      '',
    ]);
  });

  it.each([
    [4, 1, 4, 1],
    [1, 5, 1, 5],
    [2, 3, 2, 2],
    [1, 1, 9, 1],
  ])('is refused where the text has none: %d:%d to %d:%d', (line, column, endLine, endColumn) => {
    expect(() => rangeOf(text, { line, column }, { line: endLine, column: endColumn })).toThrow('has no range');
  });
});

describe('a patch', () => {
  const lines = (n: number, end = '\n') =>
    Array.from({ length: n }, (_, index) => `line ${index + 1}`).join('\n') + end;
  const cases: [string, string, number, number, string][] = [
    ['in the middle', lines(20), 70, 80, 'x\ny'],
    ['at the beginning', lines(20), 0, 0, 'new\n'],
    ['at the end, without a line end', lines(9, ''), 60, 62, 'x'],
    ['of the last line end', lines(3, ''), 20, 20, '\n'],
    ['of everything', lines(3), 0, 21, 'x\n'],
    ['to nothing', lines(3), 0, 21, ''],
    ['from nothing', '', 0, 0, 'x\n'],
    ['of lines that end with CRLF', lines(9).replaceAll('\n', '\r\n'), 10, 14, 'x'],
  ];

  it.each(cases)('is one that git applies: %s', (_, before, from, to, replacement) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'patch-'));
    try {
      const file = path.join(folder, 'a.txt');
      writeFileSync(file, before);
      const patch = patchOf('a.txt', before, { from, to }, replacement);
      execFileSync('git', ['apply', '--whitespace=nowarn'], { cwd: folder, input: patch });
      expect(readFileSync(file, 'utf8')).toBe(before.slice(0, from) + replacement + before.slice(to));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is empty when nothing changes', () => {
    expect(patchOf('a.txt', 'one\n', { from: 0, to: 3 }, 'one')).toBe('');
  });
});
