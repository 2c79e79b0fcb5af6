import { describe, expect, it } from 'vitest';
import { inertLine } from '../../../../src/core/text/inertText';

describe('text from a page on a terminal', () => {
  it('is one line', () => {
    expect(inertLine('  one\ntwo\r\n\tthree\u2028four ')).toBe('one two three four');
  });

  it('cannot steer the terminal', () => {
    expect(inertLine('\u001b[2J\u001b]0;owned\u0007title\u009b31m\u0000\u007f')).toBe('[2J]0;ownedtitle31m');
  });

  it('cannot reorder what stands around it', () => {
    expect(inertLine('abc\u202Egnp.exe\u2066\u2069\u200F\u061C')).toBe('abcgnp.exe');
  });

  it('is otherwise as it was', () => {
    for (const text of ['', 'Größe — 寸法 👍🏽', '| `code` <b>&amp;</b>']) expect(inertLine(text)).toBe(text);
  });
});
