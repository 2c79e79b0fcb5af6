import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../../src/core/record/canonicalText';
import { parseRecord } from '../../../../src/core/record/parseRecord';
import { type AuditRecord, emptyRecord } from '../../../../src/core/record/record';
import { attempts } from '../../../patience';

const example = readFileSync(path.join(import.meta.dirname, 'example-record.txt'), 'utf8');

/** The same value with the keys of every object in another order; `seed` decides which. */
function shuffled(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((entry) => shuffled(entry, seed));
  if (typeof value !== 'object' || value === null) return value;
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, entry]) => ({ key, entry: shuffled(entry, seed), at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ key, entry }) => [key, entry]),
  );
}

describe('the canonical text of a record', () => {
  it('gives back the bytes of the documented example', () => {
    const { record, problems } = parseRecord(example);
    expect(problems).toEqual([]);
    expect(canonicalText(record)).toBe(example);
  });

  it('is the same in whatever order the keys were written', () => {
    for (let seed = 1; seed <= attempts(25, 5_000); seed += 1) {
      const text = JSON.stringify(shuffled(JSON.parse(example), seed));
      expect(canonicalText(parseRecord(text).record)).toBe(example);
    }
  });

  it('is the same with other white space, CRLF and a byte order mark', () => {
    expect(canonicalText(parseRecord(JSON.stringify(JSON.parse(example), null, 7)).record)).toBe(example);
    expect(canonicalText(parseRecord(`\uFEFF${example.replaceAll('\n', '\r\n')}`).record)).toBe(example);
  });

  it('keeps unknown fields at every level, after the known ones and sorted', () => {
    const record = JSON.parse(example);
    const unknown = () => ({ zeta: [1, { b: null, a: 'x' }], alpha: { toString: { constructor: 1 }, on: true } });
    const finding = record.findings['checkout/nielsen-10/H01/7k3q9d'];
    const automated = record.findings['checkout/lighthouse/image-alt'];
    const evaluation = record.evaluations['checkout/nielsen-10/ana'];
    const places = [
      record,
      record.targets.checkout,
      record.targets['insurance-claim'],
      evaluation,
      evaluation.state,
      evaluation.answers.H01,
      finding,
      finding.state,
      finding.ratings.ana,
      finding.where,
      finding.cx,
      automated.occurrences['4c1f0a9e'],
    ];
    for (const place of places) Object.assign(place, unknown());
    const text = canonicalText(parseRecord(JSON.stringify(record)).record);
    expect(JSON.parse(text)).toEqual(record);
    expect(canonicalText(parseRecord(text).record)).toBe(text);
    expect(text.match(/"alpha": /g)).toHaveLength(places.length);
    for (const line of text.split('\n')) {
      if (line.includes('"zeta"') && line.includes('"alpha"'))
        expect(line.indexOf('"alpha"')).toBeLessThan(line.indexOf('"zeta"'));
    }
  });

  it('keeps unknown fields whose names every object inherits', () => {
    const record = JSON.parse(example);
    const finding = record.findings['checkout/lighthouse/image-alt'];
    finding.constructor = { valueOf: { a: 1 } };
    finding.toString = { b: 2 };
    record.targets.checkout.hasOwnProperty = { c: 3 };
    record.valueOf = { d: { toString: 1 } };
    const text = canonicalText(parseRecord(JSON.stringify(record)).record);
    expect(JSON.parse(text)).toEqual(record);
  });

  it('has each login on a line of its own, before the targets, and none where there is none', () => {
    const login = { check: { signedOut: { heading: 'Sign in' }, url: 'https://a.example/' }, by: 'hand' };
    const record = { ...emptyRecord(), logins: { b: login, a: { by: 'hand' } } };
    expect(canonicalText(record).split('\n').slice(1, 7)).toEqual([
      '  "schemaVersion": 1,',
      '  "logins": {',
      '    "a": { "by": "hand" },',
      '    "b": { "by": "hand", "check": { "url": "https://a.example/", "signedOut": { "heading": "Sign in" } } }',
      '  },',
      '  "targets": {},',
    ]);
    expect(parseRecord(canonicalText(record)).record).toEqual(record);
    expect(canonicalText(emptyRecord())).not.toContain('logins');
  });

  it('puts what is decided of a finding on one line that names it, and its id last', () => {
    const id = 'checkout/nielsen-10/H01/7k3q9d';
    const lines = canonicalText(parseRecord(example).record)
      .split('\n')
      .map((line) => line.trim());
    const start = lines.indexOf(`${JSON.stringify(id)}: {`);
    const end = lines.findIndex((line, index) => index > start && line.startsWith('}'));
    const entry = lines.slice(start + 1, end);
    expect(entry.at(-1)).toBe(`"id": ${JSON.stringify(id)}`);
    expect(entry.filter((line) => line.includes('"state"'))).toEqual([
      `"state": { "of": ${JSON.stringify(id)}, "status": "accepted", "by": "cleo", "on": "2026-11-21", "reason": "payment rewrite ships in December", "until": "2027-01-15" },`,
    ]);
  });

  it('gives back a state as it was, without the id that its line repeats', () => {
    expect(parseRecord(example).record.findings['checkout/lighthouse/image-alt']?.state).toEqual({
      status: 'open',
      severity: 3,
      seenIn: ['deployed/mobile', 'local/mobile'],
    });
  });

  it('changes one line when a finding is decided on', () => {
    const { record } = parseRecord(example);
    const decided = structuredClone(record);
    const finding = decided.findings['checkout/lighthouse/image-alt'];
    if (finding)
      finding.state = {
        ...finding.state,
        status: 'accepted',
        by: 'bo',
        on: '2026-11-22',
        reason: 'decorative',
        upTo: 2,
      };
    const [before, after] = [example.split('\n'), canonicalText(decided).split('\n')];
    expect(after).toHaveLength(before.length);
    expect(after.filter((line, index) => line !== before[index])).toEqual([
      '      "state": { "of": "checkout/lighthouse/image-alt", "status": "accepted", "severity": 3, "by": "bo", "on": "2026-11-22", "reason": "decorative", "upTo": 2, "seenIn": ["deployed/mobile", "local/mobile"] },',
    ]);
  });

  it('sorts entries by code unit, so that it does not depend on a language', () => {
    const record: AuditRecord = emptyRecord();
    for (const slug of ['zebra', 'a.b', 'a-b', 'ab', 'a1', 'a'])
      record.targets[slug] = { kind: 'page', path: `/${slug}` };
    expect(Object.keys(JSON.parse(canonicalText(record)).targets)).toEqual(['a', 'a-b', 'a.b', 'a1', 'ab', 'zebra']);
  });

  it('leaves out what is undefined and writes text beyond ASCII as it is', () => {
    const record: AuditRecord = {
      ...emptyRecord(),
      targets: { home: { kind: 'page', path: '/', serve: undefined, name: 'Größe — 寸法' } },
    };
    expect(canonicalText(record)).toBe(
      '{\n  "schemaVersion": 1,\n  "targets": {\n    "home": { "kind": "page", "path": "/", "name": "Größe — 寸法" }\n  },\n  "evaluations": {},\n  "findings": {}\n}\n',
    );
  });
});

describe('characters that are not seen', () => {
  it('are escapes in the text, and the same again when it is read', () => {
    const title = 'pay\u202elap\u200b \u2066x\u0085 👩‍💻';
    const record = { ...emptyRecord(), targets: { home: { kind: 'page', path: '/', title } } };
    const text = canonicalText(record);
    expect(text).toContain('pay\\u202elap\\u200b \\u2066x\\u0085 👩‍💻');
    expect(parseRecord(text).record.targets.home).toEqual(record.targets.home);
    expect(canonicalText(parseRecord(text).record)).toBe(text);
  });
});
