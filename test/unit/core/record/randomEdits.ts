import type { AuditRecord, Finding } from '../../../../src/core/record/record';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const whole = (random: Random, below: number) => Math.floor(random() * below);

const targets = ['basket', 'checkout', 'home'];
const rules = ['color-contrast', 'image-alt', 'label', 'link-name', 'meta-description', 'target-size'];
const people = ['ana', 'bo', 'cleo'];
const places = ['deployed/desktop', 'deployed/mobile', 'local/desktop', 'local/mobile'];
const days = ['2026-11-01', '2026-11-09', '2026-11-17'];

function randomFinding(random: Random, id: string, target: string, rule: string): Finding {
  const isHuman = rule.startsWith('nielsen');
  return {
    kind: isHuman ? 'heuristic' : 'automated',
    rule,
    title: isHuman ? `Problem ${whole(random, 99)}` : `Title of ${rule}`,
    target,
    state: {
      status: 'open',
      ...(!isHuman && { severity: 1 + whole(random, 3), seenIn: [pick(random, places)] }),
    },
    ...(isHuman
      ? {
          ratings: { [pick(random, people)]: { severity: whole(random, 5), on: pick(random, days) } },
          note: 'seen twice',
        }
      : {
          occurrences: {
            [`${whole(random, 9)}0aa11bb`]: { selector: 'main > p', snippet: `<p class="c${whole(random, 3)}">` },
          },
        }),
    firstSeen: pick(random, days),
    id,
  };
}

function newFinding(random: Random): Finding {
  const target = pick(random, targets);
  if (random() < 0.5) {
    const rule = pick(random, rules);
    return randomFinding(random, `${target}/lighthouse/${rule}`, target, `lighthouse/${rule}`);
  }
  const item = `H0${1 + whole(random, 9)}`;
  return randomFinding(
    random,
    `${target}/nielsen-10/${item}/${whole(random, 1e6).toString(36).padStart(6, '0')}`,
    target,
    `nielsen-10/${item}`,
  );
}

/** A record of some findings and evaluations. */
export function randomRecord(random: Random, findings: number): AuditRecord {
  const record: AuditRecord = { schemaVersion: 1, targets: {}, evaluations: {}, findings: {} };
  for (const target of targets)
    record.targets[target] = { kind: 'page', path: `/${target}`, origins: { local: 'http://localhost:3000' } };
  for (let count = 0; count < findings; count += 1) {
    const finding = newFinding(random);
    record.findings[finding.id] = finding;
  }
  for (const evaluator of people.slice(0, whole(random, 3))) {
    const id = `checkout/nielsen-10/${evaluator}`;
    record.evaluations[id] = {
      checklist: 'nielsen-10@1',
      target: 'checkout',
      evaluator,
      state: { status: 'draft' },
      answers: { H01: { verdict: 'pass' }, H05: { verdict: 'unsure' } },
      id,
    };
  }
  return record;
}

const decisions: ((random: Random) => Finding['state'])[] = [
  (random) => ({
    status: 'accepted',
    by: pick(random, people),
    on: pick(random, days),
    reason: `because ${whole(random, 4)}`,
  }),
  (random) => ({ status: 'false-positive', by: pick(random, people), on: pick(random, days), reason: 'not one' }),
  (random) => ({ status: 'fixed', fixedOn: pick(random, days) }),
  (random) => ({ status: 'reopened', on: pick(random, days), reason: 'expired' }),
];

/** One thing that a person or an audit does to a record. */
function edit(record: AuditRecord, random: Random): AuditRecord {
  const findings = { ...record.findings };
  const ids = Object.keys(findings);
  const choice = whole(random, 12);
  if (choice <= 2 || ids.length === 0) {
    const finding = newFinding(random);
    findings[finding.id] ??= finding;
    return { ...record, findings };
  }
  if (choice === 3) {
    const evaluations = { ...record.evaluations };
    const id = pick(
      random,
      Object.keys(evaluations).length > 0 ? Object.keys(evaluations) : ['checkout/nielsen-10/bo'],
    );
    const known = evaluations[id];
    evaluations[id] = {
      checklist: 'nielsen-10@1',
      target: 'checkout',
      evaluator: id.split('/')[2] ?? '',
      state: { status: random() < 0.3 ? 'submitted' : 'draft' },
      ...known,
      answers: {
        ...known?.answers,
        [`H0${1 + whole(random, 9)}`]: { verdict: pick(random, ['pass', 'fail', 'n/a', 'unsure']) },
      },
      id,
    };
    return { ...record, evaluations };
  }
  const id = pick(random, ids);
  const finding = findings[id] as Finding;
  if (choice === 4 && random() < 0.4) {
    delete findings[id];
    return { ...record, findings };
  }
  const { severity, owner, seenIn } = finding.state;
  const kept = { ...(severity !== undefined && { severity }), ...(owner && { owner }), ...(seenIn && { seenIn }) };
  switch (choice) {
    case 5:
    case 6:
      findings[id] = { ...finding, state: { ...kept, ...pick(random, decisions)(random) } };
      break;
    case 7:
      findings[id] = { ...finding, state: { ...finding.state, severity: whole(random, 5) } };
      break;
    case 8:
      findings[id] = {
        ...finding,
        ratings: { ...finding.ratings, [pick(random, people)]: { severity: whole(random, 5), on: pick(random, days) } },
      };
      break;
    case 9:
      findings[id] = {
        ...finding,
        state: { ...finding.state, seenIn: [...new Set([...(seenIn ?? []), pick(random, places)])].sort() },
      };
      break;
    case 10:
      findings[id] = {
        ...finding,
        occurrences: {
          ...finding.occurrences,
          [`${whole(random, 9)}1cc22dd`]: { selector: `li:nth-child(${whole(random, 4)})` },
        },
      };
      break;
    default:
      findings[id] = { ...finding, state: { ...finding.state, owner: pick(random, people) } };
  }
  return { ...record, findings };
}

/** Up to `most` edits, one after the other. */
export function randomEdits(record: AuditRecord, random: Random, most: number): AuditRecord {
  let result = record;
  for (let count = 1 + whole(random, most); count > 0; count -= 1) result = edit(result, random);
  return result;
}
