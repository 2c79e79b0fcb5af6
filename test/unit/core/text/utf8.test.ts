import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../../../src/core/text/utf8';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('a text that is written again later', () => {
  it('is decoded whole, its byte order mark too', () => {
    const text = '\ufeff{"title": "Käse \u{1F9C0}\ufffd"}\r\n';
    expect(decodeUtf8(Buffer.from(text), 'findings.json')).toBe(text);
  });

  it.each([
    ['Latin-1', bytes('{\n  "a": "K', [0xe4], 'se"\n}\n'), 2],
    ['a character that is cut off', bytes('one\ntwo\nthree ', [0xf0, 0x9f]), 3],
    ['half a surrogate pair', bytes([0xed, 0xa0, 0x80]), 1],
    ['UTF-16', bytes([0xff, 0xfe], '{\0\n\0}\0'), 1],
  ])('is refused with its line when it is %s', (_, given, line) => {
    expect(() => decodeUtf8(given, 'findings.json')).toThrow(`findings.json:${line}: this line is not UTF-8 text.`);
  });
});
