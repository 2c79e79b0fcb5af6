import { describe, expect, it } from 'vitest';
import { attachmentEnding, imageType, MAX_ATTACHMENT } from '../../../../src/core/record/attachments';

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const sized = (bytes: number, start: number[]) => {
  const all = new Uint8Array(bytes);
  all.set(start);
  return all;
};

describe('an image as an attachment', () => {
  it('is known by its first bytes, whatever its name says', () => {
    expect(attachmentEnding(Uint8Array.from(png), 'a.jpg')).toBe('.png');
    expect(attachmentEnding(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]), 'a.png')).toBe('.jpg');
    expect(imageType(new TextEncoder().encode('<svg onload="x()">'))).toBeUndefined();
  });

  it('is refused by name when it is none, or weighs too much', () => {
    expect(() => attachmentEnding(new TextEncoder().encode('<html>'), 'shot.png')).toThrow(
      /shot\.png is neither a PNG nor a JPEG/,
    );
    expect(() => attachmentEnding(new Uint8Array(), 'empty.png')).toThrow(/neither/);
    expect(() => attachmentEnding(sized(50 * 1024 * 1024, png), 'big.png')).toThrow(/big\.png has 51200 KB; .* 300 KB/);
    expect(attachmentEnding(sized(MAX_ATTACHMENT, png))).toBe('.png');
  });
});
