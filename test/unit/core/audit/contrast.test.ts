import { describe, expect, it } from 'vitest';
import { contrastIn, contrastRatio } from '../../../../src/core/audit/contrast';

const sentence = (foreground: string, background: string, ratio: number, needed = 4.5) =>
  `Element has insufficient color contrast of ${ratio} (foreground color: ${foreground}, background color: ` +
  `${background}, font size: 9.0pt (12px), font weight: bold). Expected contrast ratio of ${needed}:1`;

describe('the contrast of a text', () => {
  it('is the ratio of WCAG', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2); // the known grey that just fails
    expect(contrastRatio('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it('is read from the sentence of axe-core, with the smallest change that passes', () => {
    expect(contrastIn(sentence('#8a8a8a', '#ffffff', 3.45))).toEqual({
      foreground: '#8a8a8a',
      background: '#ffffff',
      ratio: 3.45,
      needed: 4.5,
      nearest: { of: 'text', color: '#767676', ratio: 4.54 },
    });
    const white = contrastIn(sentence('#ffffff', '#e74a3b', 3.85));
    expect(white?.nearest.of).toBe('background');
  });

  it('offers no colour that fails', () => {
    let seed = 7;
    const channel = () => {
      seed = (seed * 48271) % 2147483647;
      return (seed % 256).toString(16).padStart(2, '0');
    };
    for (let round = 0; round < 300; round += 1) {
      const [text, behind] = [`#${channel()}${channel()}${channel()}`, `#${channel()}${channel()}${channel()}`];
      const needed = round % 2 ? 4.5 : 3;
      const found = contrastIn(sentence(text, behind, 1.5, needed));
      if (!found) throw new Error(`${text} on ${behind}: nothing passes`);
      const { of, color } = found.nearest;
      expect(of === 'text' ? contrastRatio(color, behind) : contrastRatio(text, color)).toBeGreaterThanOrEqual(needed);
      expect(found.nearest.ratio).toBeGreaterThanOrEqual(needed);
    }
  });

  it('is unknown for any other sentence', () => {
    expect(contrastIn('Element does not have an alt attribute')).toBeUndefined();
    expect(contrastIn(`contrast of 2 (${'('.repeat(5_000)}`)).toBeUndefined();
  });
});
