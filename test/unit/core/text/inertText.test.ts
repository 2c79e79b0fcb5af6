import { describe, expect, it } from 'vitest';
import { inertLine, withoutCommands } from '../../../../src/core/text/inertText';

describe('text from a page on a terminal', () => {
  it('is one line', () => {
    expect(inertLine('  one\ntwo\r\n\tthree\u2028four ')).toBe('one two three four');
  });

  it('shows what would steer the terminal as escapes', () => {
    expect(inertLine('\u001b[2J\u009b31m\u0000\u007f')).toBe('\\u001b[2J\\u009b31m\\u0000\\u007f');
  });

  it('shows what would reorder the text around it as escapes', () => {
    expect(inertLine('abc\u202Egnp.exe\u2066\u061C')).toBe('abc\\u202egnp.exe\\u2066\\u061c');
  });

  it('shows what would not be seen at all', () => {
    expect(inertLine('pay\u200bpal\u00ad \u{E0041}\u3164')).toBe('pay\\u200bpal\\u00ad \\udb40\\udc41\\u3164');
    expect(inertLine('a\u200db')).toBe('a\\u200db');
  });

  it('is no command to the agent of a job', () => {
    expect(inertLine('a ##[add-mask]e ##vso[task.setvariable variable=X]y')).toBe(
      'a # #[add-mask]e # #vso[task.setvariable variable=X]y',
    );
    expect(inertLine('## Heading #1')).toBe('## Heading #1');
    const value = { title: '##[add-mask]e' };
    const json = withoutCommands(JSON.stringify(value), '\\u0023\\u0023');
    expect([json.includes('##'), JSON.parse(json)]).toEqual([false, value]);
  });

  it('is otherwise as it was', () => {
    for (const text of ['', 'Größe — 寸法 👍🏽', '👩‍💻 ❤️ 1️⃣', 'می‌خواهم', '| `code` <b>&amp;</b>'])
      expect(inertLine(text)).toBe(text);
  });
});
