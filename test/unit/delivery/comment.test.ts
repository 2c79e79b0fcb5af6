import { describe, expect, it } from 'vitest';
import { cutComment, folderForMark, marked, markedFolder, withoutHtml } from '../../../src/delivery/comment';
import { MARK } from './support';

describe('the mark', () => {
  it('is the first line, however the line ends', () => {
    expect(markedFolder(`${MARK}\r\nText`)).toBe('');
    expect(markedFolder(MARK)).toBe('');
    expect(markedFolder('[//]: # (ux-audit)\n\nText')).toBe('');
    expect(markedFolder(`\n${MARK}`)).toBeUndefined();
    expect(markedFolder(`    Text ${MARK}`)).toBeUndefined();
  });

  it.each(['', 'apps/shop', 'a b/c--d', '--><script>/x', 'läden (alt)/100%', '-'])(
    'names the folder of its workspace, and nothing ends it before: %j',
    (folder) => {
      const name = folderForMark(folder);
      expect(decodeURIComponent(name)).toBe(folder);
      const text = marked('Text', name);
      expect(text.split('\n')[0]).toMatch(/^<!-- ux-audit( (?:(?!--|[<>()]).)+)? -->$/);
      expect(markedFolder(text)).toBe(name);
      expect(markedFolder(withoutHtml(text))).toBe(name);
      expect(withoutHtml(text)).not.toContain('<!--');
      expect(marked(text, 'elsewhere')).toBe(text);
    },
  );
});

it('tells workspaces with long names apart', () => {
  const long = 'läden/'.repeat(60);
  const [one, other] = [folderForMark(`${long}a`), folderForMark(`${long}b`)];
  expect(one).not.toBe(other);
  for (const name of [one, other]) expect(markedFolder(marked('Text', name))).toBe(name);
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
