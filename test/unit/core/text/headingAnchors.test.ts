import { describe, expect, it } from 'vitest';
import { HeadingAnchors } from '../../../../src/core/text/headingAnchors';

describe('the anchor of a heading', () => {
  it('is that of GitHub: lower case, hyphens for spaces, no punctuation', () => {
    const anchors = new HeadingAnchors();
    expect(anchors.anchorOf('Contrast too low')).toBe('contrast-too-low');
    expect(anchors.anchorOf('The “card” form: what is wrong?')).toBe('the-card-form-what-is-wrong');
    expect(anchors.anchorOf('Größe_1 – kurz')).toBe('größe_1--kurz');
    expect(anchors.anchorOf('???')).toBe('');
  });

  it('is counted from the second of the same on', () => {
    const anchors = new HeadingAnchors();
    expect(['Fixed', 'fixed', 'Fixed!'].map((text) => anchors.anchorOf(text))).toEqual(['fixed', 'fixed-1', 'fixed-2']);
  });
});
