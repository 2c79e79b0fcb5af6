import { describe, expect, it } from 'vitest';
import { cutComment, isMarked } from '../../../src/delivery/comment';
import { MARK } from './support';

describe('the mark', () => {
  it('is the first line, however the line ends', () => {
    expect(isMarked(`${MARK}\r\nText`)).toBe(true);
    expect(isMarked(MARK)).toBe(true);
    expect(isMarked('[//]: # (ux-audit)\n\nText')).toBe(true);
    expect(isMarked(`\n${MARK}`)).toBe(false);
    expect(isMarked(`    Text ${MARK}`)).toBe(false);
  });
});

describe('a comment that is too long', () => {
  const cut = (text: string, limit: number) => cutComment(`${MARK}\n${text}`, limit, 'https://ci.test/1');

  it('stays as it is up to the limit', () => {
    const text = 'x'.repeat(100);
    expect(cut(text, MARK.length + 101)).toBe(`${MARK}\n${text}`);
    expect(cut(text, MARK.length + 100)).toMatch(/\*\*Cut here:/);
  });

  it('is never longer than the limit, keeps the mark, and closes what it opened, wherever it is cut', () => {
    const text = `# Title\n<details><summary>One</summary>\n<details><summary>Two</summary>\n\n| a | b |\n|---|---|\n| \`<details>\` | 2 |\n</details>\n\n\`\`\`html\n<table>\n<p>\n\`\`\`\n</details>\nMore\n${'text\n'.repeat(80)}`;
    for (let limit = 230; limit < 420; limit += 1) {
      const short = cut(text, limit);
      expect(short.length).toBeLessThanOrEqual(limit);
      expect(short.split('\n')[0]).toBe(MARK);
      expect(short).toMatch(/\n\n\*\*Cut here:\*\*[^\n]*\(https:\/\/ci\.test\/1\)\.$/);
      const outside = short.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
      expect(outside).not.toContain('```');
      expect(outside.match(/<details>/g)?.length).toBe(outside.match(/<\/details>/g)?.length);
      // a table's head comes with its rule
      expect(short).not.toMatch(/\| a \| b \|\n(?!\|---)/);
    }
  });

  it('keeps only the mark and the last line of a text in one line', () => {
    expect(cut('x'.repeat(900), 300).split('\n').filter(Boolean)).toHaveLength(2);
  });
});
