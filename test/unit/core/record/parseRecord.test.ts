import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/core/errors';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { emptyRecord } from '../../../../src/core/record/record';

const example = readFileSync(path.join(import.meta.dirname, 'example-record.txt'), 'utf8');
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

function faultOf(text: string): HumanError {
  try {
    parseRecord(text);
  } catch (error) {
    if (error instanceof HumanError) return error;
    throw error;
  }
  throw new Error('the text was accepted');
}

/** The example with the text of one line replaced. */
function edited(part: string, replacement: string): string {
  expect(example).toContain(part);
  return example.replace(part, () => replacement);
}

/** What a text holds, without the id that each state line repeats. */
function contentOf(text: string): unknown {
  return JSON.parse(text, function (this: Record<string, unknown>, key, value) {
    return key === 'of' && 'status' in this ? undefined : value;
  });
}

describe('a record that can be read', () => {
  it('is empty when the file is empty or only white space', () => {
    for (const text of ['', '\n', ' \r\n\t', '\uFEFF']) expect(parseRecord(text).record).toEqual(emptyRecord());
  });

  it('has every entry of the file', () => {
    const { record, problems, invalid } = parseRecord(example);
    expect(record).toEqual(contentOf(example));
    expect([problems, [...invalid]]).toEqual([[], []]);
  });

  it('knows the line on which each entry begins', () => {
    const { lineOf: known } = parseRecord(example);
    for (const key of [
      'insurance-claim',
      'checkout/nielsen-10/ana',
      'checkout/lighthouse/image-alt',
      'insurance-claim/journey-cx/J04/2m8x4v',
    ]) {
      expect(known.get(key)).toBe(lineOf(example, `"${key}": {`));
    }
  });

  it('counts the same lines with CRLF and a byte order mark', () => {
    const windows = `\uFEFF${example.replaceAll('\n', '\r\n')}`;
    expect(parseRecord(windows)).toEqual(parseRecord(example));
  });

  it('may lack sections', () => {
    expect(parseRecord('{"schemaVersion": 1}').record).toEqual(emptyRecord());
  });

  it('keeps words of a status it does not know', () => {
    const { record, problems } = parseRecord(edited('"status": "reopened"', '"status": "parked"'));
    expect(problems).toEqual([]);
    expect(record.findings['insurance-claim/journey-cx/J04/2m8x4v']?.state.status).toBe('parked');
  });
});

describe('an entry that cannot be understood', () => {
  const cases: { name: string; part: string; replacement: string; key: string; message: RegExp }[] = [
    {
      name: 'a severity outside the scale',
      part: '"status": "open", "severity": 3',
      replacement: '"status": "open", "severity": 9',
      key: 'checkout/lighthouse/image-alt',
      message: /^state\.severity: /,
    },
    {
      name: 'a date that is not one',
      part: '"firstSeen": "2026-09-14"',
      replacement: '"firstSeen": "last week"',
      key: 'insurance-claim/journey-cx/J04/2m8x4v',
      message: /^firstSeen: .*2026-01-31/,
    },
    {
      name: 'an id that differs from its key',
      part: '"id": "checkout/lighthouse/image-alt"',
      replacement: '"id": "checkout/lighthouse/image"',
      key: 'checkout/lighthouse/image-alt',
      message: /its "id" line says "checkout\/lighthouse\/image"/,
    },
    {
      name: 'an origin with a path',
      part: '"deployed": "https://shop.example"',
      replacement: '"deployed": "https://shop.example/checkout"',
      key: 'checkout',
      message: /^origins\.deployed: .*without a path/,
    },
  ];
  for (const { name, part, replacement, key, message } of cases) {
    it(`is named with its line, kept verbatim and does not hide the others: ${name}`, () => {
      const text = edited(part, replacement);
      const { record, problems, invalid } = parseRecord(text);
      expect(record).toEqual(contentOf(text));
      expect([...invalid]).toEqual([key]);
      expect(problems).toEqual([{ line: lineOf(text, `"${key}": {`), key, message: expect.stringMatching(message) }]);
    });
  }

  it('is named when it belongs to a target that is not there, and stays usable', () => {
    const text = edited('"target": "insurance-claim"', '"target": "insurance"');
    const { problems, invalid } = parseRecord(text);
    expect([...invalid]).toEqual([]);
    expect(problems).toEqual([
      {
        line: lineOf(text, '"insurance-claim/journey-cx/J04/2m8x4v": {'),
        key: 'insurance-claim/journey-cx/J04/2m8x4v',
        message: 'target "insurance" is not among the targets',
      },
    ]);
  });

  it('is named when it is a login, or a target whose login is not there, and hides nothing', () => {
    const good = { by: 'recording', url: 'https://shop.example/login' };
    const logins = { customer: good, Clerk: good, other: { by: 'script' }, far: { by: 'hand', url: 'file:///x' } };
    const targets = { account: { kind: 'page', path: '/', login: 'gone' }, pay: { kind: 'page', login: 'customer' } };
    const { record, problems, invalid } = parseRecord(JSON.stringify({ schemaVersion: 1, logins, targets }));
    expect(problems.map(({ key }) => key).sort()).toEqual(['account', 'logins.Clerk', 'logins.far', 'logins.other']);
    const text = `{ "schemaVersion": 1,\n"logins": {\n"pay": { "by": 5 } },\n"targets": { "pay": { "kind": "page" } } }`;
    expect(parseRecord(text).problems).toMatchObject([{ key: 'logins.pay', line: 3 }]);
    expect(record).toMatchObject({ logins, targets });
    expect([...invalid]).toEqual([]);
    expect(parseRecord(JSON.stringify({ schemaVersion: 1, logins: [], targets: {} })).problems).toHaveLength(1);
  });

  it('names each setting that is wrong, with its line and what is expected', () => {
    const text = `{
      "schemaVersion": 1,
      "settings": {
        "build": "npm run build",
        "gate": { "budget": { "lcp": 2500, "bytes": 1 }, "new": 9, "later": 1 },
        "groups": { "/shop/*": { "gate": { "worse": "no" } } }
      }
    }`;
    expect(parseRecord(text).problems).toEqual([
      { line: 5, key: 'settings.gate', message: expect.stringMatching(/^budget: .*"lcp"/) },
      { line: 5, key: 'settings.gate', message: expect.stringMatching(/^new: .*4/) },
      { line: 6, key: 'settings.groups', message: expect.stringMatching(/^\/shop\/\*\.gate\.worse: .*boolean/) },
    ]);
  });

  it('does not find targets that every object inherits', () => {
    const { problems } = parseRecord(edited('"target": "insurance-claim"', '"target": "constructor"'));
    expect(problems.map(({ message }) => message)).toEqual(['target "constructor" is not among the targets']);
  });

  it('comes in the order of the file with the other problems', () => {
    const text = edited('"firstSeen": "2026-09-14"', '"firstSeen": 1').replace(
      '"kind": "journey", "steps"',
      '"kind": 5, "steps"',
    );
    const lines = parseRecord(text).problems.map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(lines).toHaveLength(2);
  });
});

describe('a file that must not be written to', () => {
  it('has conflict markers of git, diff3 or jj, and is named with the line of the first', () => {
    const at = (line: number, ...markers: string[]) =>
      example
        .split('\n')
        .toSpliced(line - 1, 0, ...markers)
        .join('\n');
    const conflicts = [
      at(7, '<<<<<<< HEAD', '=======', '>>>>>>> feature'),
      at(7, '<<<<<<< ours', '||||||| 4f2c9d1', '=======', '>>>>>>> theirs'),
      at(
        7,
        '<<<<<<< Conflict 1 of 1',
        '%%%%%%% Changes from base to side #1',
        '+++++++ Contents of side #2',
        '>>>>>>> Conflict 1 of 1 ends',
      ),
      at(7, '=======').replaceAll('\n', '\r\n'),
    ];
    for (const text of conflicts) {
      const { kind, code, message, next } = faultOf(text);
      expect([kind, code]).toEqual(['record', 'record-conflict']);
      expect(message).toBe('findings.json has an unresolved merge conflict at line 7.');
      expect(next).toMatch(/merge/i);
    }
  });

  it('is cut off, wherever that is', () => {
    const whole = example.trimEnd().length;
    for (let length = 1; length < whole; length += 1) {
      const text = example.slice(0, length);
      const { code, message } = faultOf(text);
      const line = text.trimEnd().split('\n').length;
      expect([length, code, message]).toEqual([
        length,
        'record-truncated',
        `findings.json ends too early, at line ${line}: the file is cut off.`,
      ]);
    }
  });

  it('is not JSON, and is named with the line', () => {
    const cases: [text: string, part: string][] = [
      [edited('"kind": "journey",\n', '"kind": "journey"\n'), '"rule": "journey-cx/J04"'],
      [edited('"evaluator": "ana",\n', '"evaluator": ana,\n'), '"evaluator"'],
      [edited('  "findings": {\n', '  // findings\n  "findings": {\n'), '// findings'],
    ];
    for (const [text, part] of cases) {
      const { code, message } = faultOf(text);
      expect(code).toBe('record-invalid');
      expect(message).toContain(`at line ${lineOf(text, part)} `);
    }
  });

  it('has a comma too many before its last brace, which is not being cut off', () => {
    expect(faultOf('{\n  "schemaVersion": 1,\n}\n')).toMatchObject({
      code: 'record-invalid',
      message: expect.stringContaining('line 3'),
    });
  });

  it('has one key twice, and is named with the line of the second', () => {
    const text = edited('  "findings": {\n', '  "findings": {\n    "checkout/lighthouse/image-alt": {},\n');
    const second = text.split('\n').findLastIndex((line) => line.includes('"checkout/lighthouse/image-alt": {')) + 1;
    const { code, message, next } = faultOf(text);
    expect([code, message]).toEqual([
      'record-duplicate-key',
      `findings.json has the key "checkout/lighthouse/image-alt" twice in one place, again at line ${second}.`,
    ]);
    expect(next).toContain('Keep one');
    expect(faultOf(edited('"severity": 3,', '"severity": 3, "status": "fixed",')).code).toBe('record-duplicate-key');
  });

  it('has one key twice in two spellings', () => {
    const text = edited('  "findings": {\n', '  "findings": {\n    "checkout/lighthouse/im\\u0061ge-alt": {},\n');
    expect(faultOf(text).code).toBe('record-duplicate-key');
  });

  it('may have the same key in different places', () => {
    expect(() => parseRecord(example)).not.toThrow();
  });

  it('was written by a newer version', () => {
    const { code, message, next } = faultOf(edited('"schemaVersion": 1', '"schemaVersion": 7'));
    expect(code).toBe('record-newer');
    expect(message).toContain('schemaVersion 7');
    expect(next).toContain('Update UX Audit');
  });

  it('is something else', () => {
    for (const text of [
      '{}',
      '[]',
      '42',
      '"text"',
      'null',
      '{"schemaVersion": "1"}',
      '{"schemaVersion": 0}',
      '{"schemaVersion": 1.5}',
    ]) {
      const { code, next } = faultOf(text);
      expect([text, code]).toEqual([text, 'record-foreign']);
      expect(next).toContain('uxAudit.findingsFile');
    }
  });

  it('has a section that is not an object', () => {
    expect(faultOf('{"schemaVersion": 1, "findings": []}')).toMatchObject({ kind: 'record', code: 'record-invalid' });
  });
});
