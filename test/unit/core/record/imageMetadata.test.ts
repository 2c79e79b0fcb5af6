import { describe, expect, it } from 'vitest';
import { withoutMetadata } from '../../../../src/core/record/imageMetadata';

const bytesOf = (text: string) => [...text].map((one) => one.charCodeAt(0));
const chunk = (type: string, data: number[] = []) => [0, 0, 0, data.length, ...bytesOf(type), ...data, 1, 2, 3, 4];
const png = (...chunks: number[][]) => Uint8Array.of(0x89, ...bytesOf('PNG\r\n\x1a\n'), ...chunks.flat());
const [head, data, end] = [chunk('IHDR', [1]), chunk('IDAT', [7, 7]), chunk('IEND')];

const segment = (marker: number, content: number[]) => [0xff, marker, 0, content.length + 2, ...content];
const scan = [...segment(0xda, [1]), 5, 0xff, 0, 6, 0xff, 0xd0, 7];
const jpeg = (...parts: number[][]) => Uint8Array.of(0xff, 0xd8, ...parts.flat());
const finish = [0xff, 0xd9];
const jfif = segment(0xe0, bytesOf('JFIF\0'));
const adobe = segment(0xee, bytesOf('Adobe\0'));
/** Exif with an orientation and a place, in either order of bytes. */
function exif(orientation: number, isLittle: boolean): number[] {
  const two = (n: number) => (isLittle ? [n & 255, n >> 8] : [n >> 8, n & 255]);
  const four = (n: number) => (isLittle ? [...two(n), 0, 0] : [0, 0, ...two(n)]);
  const tiff = [...bytesOf(isLittle ? 'II' : 'MM'), ...two(42), ...four(8), ...two(2)];
  const place = [...two(0x010f), ...two(2), ...four(4), ...bytesOf('Home')];
  const turned = [...two(ORIENTATION), ...two(3), ...four(1), ...two(orientation), 0, 0];
  return segment(0xe1, [...bytesOf('Exif\0\0'), ...tiff, ...place, ...turned, ...four(0)]);
}
const ORIENTATION = 0x0112;

describe('an image that is attached', () => {
  it('keeps its pixels and colours as PNG, and nothing that is not to be seen', () => {
    const colours = chunk('gAMA', [0, 1]);
    const left = withoutMetadata(png(head, chunk('tEXt', [65]), chunk('eXIf', [1]), colours, data, end, [9, 9]));
    expect([...left]).toEqual([...png(head, colours, data, end)]);
  });

  it('keeps its pixels and colours as JPEG, and nothing that is not to be seen', () => {
    const preview = segment(0xe2, bytesOf('MPF\0'));
    const profile = segment(0xe2, bytesOf('ICC_PROFILE\0'));
    const comment = segment(0xfe, bytesOf('by Ana'));
    const tables = segment(0xc4, [1, 2]);
    const all = jpeg(jfif, exif(1, true), preview, profile, adobe, comment, tables, scan, comment, scan, finish, [9]);
    expect([...withoutMetadata(all)]).toEqual([...jpeg(jfif, profile, adobe, tables, scan, scan, finish)]);
  });

  it.each([true, false])('stays the right way up (bytes in little order: %s)', (isLittle) => {
    const left = withoutMetadata(jpeg(exif(6, isLittle), scan, finish));
    expect(String.fromCharCode(...left)).not.toContain('Home');
    const again = withoutMetadata(left);
    expect([...again]).toEqual([...left]);
    expect(left.length).toBe(jpeg(scan, finish).length + 36);
    expect([...left].slice(22, 32)).toEqual([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]);
  });

  it('is the same bytes when there is nothing of that, or it is built otherwise', () => {
    const plain = [
      png(head, data, end),
      jpeg(jfif, scan, finish),
      png(head, data),
      png(head, [0, 9, 9, 9, ...bytesOf('IDAT')]),
      jpeg(jfif, [1, 2, 3]),
      jpeg(scan),
      Uint8Array.of(0xff, 0xd8, 0xff),
    ];
    for (const bytes of plain) expect(withoutMetadata(bytes)).toBe(bytes);
  });
});
