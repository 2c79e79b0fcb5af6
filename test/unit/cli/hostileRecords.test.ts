import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { program } from '../../../src/cli/program';
import { attempts } from '../../patience';
import { seeded } from '../core/record/randomEdits';

let folder: string;
let file: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hostile-records-'));
  file = path.join(folder, 'ux-audit/findings.json');
  mkdirSync(path.dirname(file));
  said = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** What stands where it does not belong. */
const strange: unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  0.1,
  '',
  '../../etc/passwd',
  'a/b\\c',
  '\u202e\u0000\u001b[2J\u200b',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.example")',
  'javascript:alert(1)',
  'http://[',
  '9999-99-99',
  '\ud800',
  'x'.repeat(100_000),
  [],
  {},
  [[[]]],
  { toString: 1, constructor: null },
  { length: -1 },
];
const keys = ['__proto__', 'constructor', 'toString', '', '../x', 'a/b/c', '\u202e', 'status', 'occurrences'];

/** Every part that a record may have. */
const whole = {
  schemaVersion: 1,
  settings: { markdown: true, mask: ['.name'], metrics: { lcp: { level: 'interaction', stages: ['purchase'] } } },
  targets: {
    checkout: {
      kind: 'page',
      path: '/checkout',
      origins: { local: 'http://localhost:3000', deployed: 'https://shop.example' },
      serve: { command: 'npm run dev', url: 'http://localhost:3000/' },
      sources: ['src/checkout'],
    },
    buying: { kind: 'journey', steps: ['checkout', 'pay'] },
  },
  evaluations: Object.fromEntries(
    ['ana', 'bo'].map((evaluator) => {
      const id = `checkout/nielsen-10/${evaluator}`;
      const state = { of: id, status: 'submitted', on: '2026-11-20', commit: 'abc1234', uncommitted: true };
      const answers = {
        H01: { verdict: 'fail', note: 'No progress is shown.', findings: ['checkout/nielsen-10/H01/3fk2a9c1'] },
        H02: { verdict: 'pass', friction: 2 },
      };
      return [id, { checklist: 'nielsen-10@1', target: 'checkout', evaluator, state, answers, id }];
    }),
  ),
  findings: {
    'checkout/lighthouse/image-alt': {
      kind: 'automated',
      rule: 'lighthouse/image-alt',
      title: 'Images lack text',
      target: 'checkout',
      state: {
        of: 'checkout/lighthouse/image-alt',
        status: 'accepted',
        severity: 3,
        seenIn: ['local/mobile'],
        by: 'ana',
        on: '2026-11-20',
        reason: 'redrawn in spring',
        until: '2027-03-01',
        upTo: 4,
        owner: 'bo',
        more: 2,
      },
      occurrences: { '0a1b2c3d': { selector: 'body > img', snippet: '<img>', url: 'https://shop.example/', n: 2 } },
      note: 'Seen on staging too.',
      alsoBreaks: ['wcag/1.1.1'],
      cx: { stage: 'purchase', impact: 'high' },
      formerIds: ['checkout/lighthouse/alt'],
      firstSeen: '2026-11-02',
      id: 'checkout/lighthouse/image-alt',
    },
    'checkout/nielsen-10/H01/3fk2a9c1': {
      kind: 'heuristic',
      rule: 'nielsen-10/H01',
      title: 'No progress',
      target: 'checkout',
      state: { status: 'open', severity: 2, consensus: { severity: 2, by: 'ana', on: '2026-11-21' } },
      ratings: { ana: { severity: 3, frequency: 1, impact: 2, persistence: 0, on: '2026-11-20' }, bo: { severity: 1 } },
      where: { selector: '#pay' },
      evidence: ['evidence/0123456789ab.png'],
      id: 'checkout/nielsen-10/H01/3fk2a9c1',
    },
  },
};

/** Draws from a seed. */
function drawn(seed: number) {
  const next = seeded(seed);
  const below = (end: number) => Math.floor(next() * end);
  return { below, pick: <T>(from: readonly T[]): T => from[below(from.length)] as T };
}
type Random = ReturnType<typeof drawn>;

/** Changes one value, key or branch somewhere in a value. */
function swapped(value: unknown, random: Random): unknown {
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const visit = (holder: Record<string, unknown>) => {
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      if (typeof holder[key] === 'object' && holder[key] !== null) visit(holder[key] as Record<string, unknown>);
    }
  };
  visit(value as Record<string, unknown>);
  const { holder, key } = random.pick(places);
  const old = holder[key];
  const other = random.pick(places);
  switch (random.below(5)) {
    case 0:
      delete holder[key];
      break;
    case 1:
      holder[key] = structuredClone(other.holder[other.key]);
      break;
    case 2:
      Object.defineProperty(holder, random.pick(keys), {
        value: old,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    default:
      holder[key] = random.pick(strange);
  }
  return value;
}

/** One damaged record. */
function damaged(seed: number): Buffer {
  const random = drawn(seed);
  const bytes = Buffer.from(JSON.stringify(whole, null, 1));
  switch (random.below(8)) {
    case 0:
      return bytes.subarray(0, random.below(bytes.length));
    case 1: {
      for (let n = 0; n <= random.below(4); n += 1) {
        const at = random.below(bytes.length);
        bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
      }
      return bytes;
    }
    case 2: {
      const at = random.below(bytes.length);
      const deep = random.pick(['[', '{"a":', '"']).repeat(random.pick([50, 101, 5_000]));
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(deep), bytes.subarray(at)]);
    }
    default: {
      const record = structuredClone(whole);
      for (let n = 0; n <= random.below(5); n += 1) swapped(record, random);
      return Buffer.from(JSON.stringify(record, null, 1));
    }
  }
}

const RECORDS = attempts(40, 3_000);
const documented = [0, 1, 2, 3, 4, 5];

it(`meets ${RECORDS} damaged records without an unexpected error, and leaves them as they are`, async () => {
  const out = path.join(folder, 'out');
  const commands = [
    ['findings'],
    ['findings', '--json', 'list', '--all'],
    ['validate'],
    ['export', '--html', `${out}.html`, '--sarif', `${out}.sarif`, '--csv', `${out}.csv`],
    ['evaluation', 'list'],
    ['evaluation', 'agreement', 'checkout', 'nielsen-10'],
    ['evaluation', 'show', 'checkout/nielsen-10/ana'],
    ['evaluation', 'export', 'checkout/nielsen-10/ana', '--csv', `${out}.csv`],
    ['impact'],
    ['audit', 'checkout', '--no-record', '--header', 'X=PATH'],
    ['merge'],
    ['merge', file, file, file, '--json'],
  ];
  const counts: Record<number, number> = {};
  for (let seed = 1; seed <= RECORDS; seed += 1) {
    const bytes = damaged(seed);
    writeFileSync(file, bytes);
    for (const command of commands) {
      said.length = 0;
      const code = await program(['node', 'ux-audit', ...command, '--workspace', folder]);
      counts[code] = (counts[code] ?? 0) + 1;
      const what = `seed ${seed}: ${command.join(' ')}: ${said.join('').slice(-2_000)}`;
      expect(documented, what).toContain(code);
      expect(/\n\s+at .*:\d+:\d+/.test(said.join('')), what).toBe(false);
      expect(
        [...'\u202e\u200b\u001b'].filter((sign) => said.join('').includes(sign)),
        what,
      ).toEqual([]);
    }
    expect(readFileSync(file).equals(bytes), `seed ${seed}`).toBe(true);
  }
  vi.restoreAllMocks();
  console.log(`damaged records: ${RECORDS}, exit codes ${JSON.stringify(counts)}`);
});
