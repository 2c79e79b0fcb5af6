import { describe, expect, it } from 'vitest';
import { applyAudit } from '../../../../src/core/audit/applyAudit';
import type { AuditResult } from '../../../../src/core/audit/auditResults';
import { occurrencesOf } from '../../../../src/core/audit/occurrences';
import { decideEverywhere, decidePlaces, type Verdict } from '../../../../src/core/record/decisions';
import { mergeRecords } from '../../../../src/core/record/mergeRecords';
import { type AuditRecord, emptyRecord } from '../../../../src/core/record/record';
import { changesBetween, undone } from '../../../../src/core/record/undo';

const rule = 'lighthouse/image-alt';
const accept: Verdict = { do: 'accept', by: 'ana', on: '2026-01-10', reason: 'redrawn in spring' };
const items = (...names: string[]) =>
  names.map((name) => ({ selector: `img.${name}`, snippet: `<img class="${name}">` }));
const keyOf = (name: string) => [...occurrencesOf(items(name)).keys()][0] as string;

function result(names: string[], id = 'image-alt'): AuditResult {
  const outcome = names.length > 0 ? 'failing' : 'passing';
  return { id, title: 'Images lack text', outcome, severity: 3, items: items(...names), replaces: [] } as AuditResult;
}

function audited(record: AuditRecord, target: string, names: string[], today = '2026-01-11'): AuditRecord {
  const page = { target, environment: 'local', formFactor: 'mobile' as const, results: [result(names)], today };
  return applyAudit(record, page).record;
}

const stateOf = (record: AuditRecord, target: string) => record.findings[`${target}/${rule}`]?.state;

describe('a decision about a rule on every page', () => {
  const two = audited(audited(emptyRecord(), 'home', ['a']), 'cart', ['a', 'b']);
  const decided = decideEverywhere(two, rule, accept);

  it('decides the findings that are there, and those of pages audited later', () => {
    expect(stateOf(decided, 'home')).toMatchObject({ status: 'accepted', by: 'ana', reason: 'redrawn in spring' });
    expect(stateOf(decided, 'cart')?.status).toBe('accepted');
    const later = audited(decided, 'shop', ['c']);
    expect(stateOf(later, 'shop')).toMatchObject({ status: 'accepted', by: 'ana', on: '2026-01-10', severity: 3 });
  });

  it('holds no longer than its day', () => {
    const short = decideEverywhere(two, rule, { ...accept, until: '2026-01-15' });
    expect(stateOf(audited(short, 'shop', ['c'], '2026-01-15'), 'shop')?.status).toBe('accepted');
    expect(stateOf(audited(short, 'shop', ['c'], '2026-01-16'), 'shop')?.status).toBe('open');
  });

  it('ends when it is opened again', () => {
    const again = decideEverywhere(decided, rule, {
      do: 'reopen',
      by: 'bo',
      on: '2026-01-12',
      reason: 'spring is over',
    });
    expect(again.settings).toBeUndefined();
    expect(stateOf(again, 'home')?.status).toBe('reopened');
    expect(stateOf(audited(again, 'shop', ['c']), 'shop')?.status).toBe('open');
  });

  it('merges as a whole: nobody’s name stands with another’s reason', () => {
    const theirs = decideEverywhere(two, rule, { ...accept, by: 'bo', reason: 'a logo' });
    const { questions, record } = mergeRecords(two, decided, theirs);
    expect(questions.map(({ path }) => path.join(' '))).toContain(`settings decisions ${rule}`);
    expect(record.settings?.decisions?.[rule]).toMatchObject({ by: 'ana', reason: 'redrawn in spring' });
  });
});

describe('a decision about one place', () => {
  const found = audited(emptyRecord(), 'home', ['a', 'b']);
  const id = `home/${rule}`;
  const one = decidePlaces(found, id, [keyOf('a')], accept);

  it('leaves the finding open for its other places, and stays when the page is audited again', () => {
    expect(stateOf(one, 'home')?.status).toBe('open');
    const again = audited(one, 'home', ['a', 'b']);
    expect(again.findings[id]?.occurrences?.[keyOf('a')]?.decided).toMatchObject({ status: 'accepted', by: 'ana' });
    expect(again.findings[id]?.occurrences?.[keyOf('b')]?.decided).toBeUndefined();
  });

  it('decides the finding with its last place, until there is another', () => {
    const both = decidePlaces(one, id, [keyOf('b')], accept);
    expect(stateOf(both, 'home')).toMatchObject({ status: 'accepted', upTo: 2 });
    expect(stateOf(audited(one, 'home', ['a']), 'home')).toMatchObject({ status: 'accepted', upTo: 1 });
    expect(stateOf(audited(both, 'home', ['a', 'b', 'c']), 'home')?.status).toBe('reopened');
  });

  it('opens the finding again with a place that nobody decided, whatever the decision was', () => {
    const single = audited(emptyRecord(), 'home', ['a']);
    const wrong = decidePlaces(single, id, [keyOf('a')], { ...accept, do: 'false-positive' });
    expect(stateOf(wrong, 'home')?.status).toBe('false-positive');
    const more = audited(wrong, 'home', ['a', 'b', 'c']);
    expect(stateOf(more, 'home')?.status).toBe('reopened');
    expect(Object.keys(more.findings[id]?.occurrences ?? {})).toHaveLength(3);
    const other = audited(decidePlaces(single, id, [keyOf('a')], accept), 'home', ['z']);
    expect(stateOf(other, 'home')?.status).toBe('reopened');
    const same = audited(wrong, 'home', ['a']);
    expect(stateOf(same, 'home')).toMatchObject({ status: 'false-positive', by: 'ana' });
  });

  it('opens the finding again when the decision about one of its places has ended', () => {
    const short = decidePlaces(found, id, [keyOf('a')], { ...accept, until: '2026-01-20' });
    const both = decidePlaces(short, id, [keyOf('b')], accept);
    expect(stateOf(both, 'home')?.status).toBe('accepted');
    expect(stateOf(audited(both, 'home', ['a', 'b'], '2026-03-01'), 'home')?.status).toBe('reopened');
  });

  it('ends after its day', () => {
    const short = decidePlaces(found, id, [keyOf('a')], { ...accept, until: '2026-01-12' });
    const later = audited(short, 'home', ['a', 'b'], '2026-01-13');
    expect(later.findings[id]?.occurrences?.[keyOf('a')]?.decided).toBeUndefined();
  });

  it('names a place that the finding does not have', () => {
    expect(() => decidePlaces(found, id, ['ffffffff'], accept)).toThrow('has no place "ffffffff"');
  });

  it('survives a merge with an audit of the other side, and asks when two people differ', () => {
    const audit = audited(found, 'home', ['a', 'b', 'b']);
    expect(mergeRecords(found, one, audit)).toMatchObject({ questions: [] });
    expect(mergeRecords(found, audit, one).record.findings[id]?.occurrences?.[keyOf('a')]?.decided).toBeDefined();
    const other = decidePlaces(found, id, [keyOf('a')], { ...accept, by: 'bo', do: 'false-positive' });
    expect(mergeRecords(found, one, other).questions).toMatchObject([{ fact: 'decision' }]);
  });
});

describe('taking an action back', () => {
  const before = audited(audited(emptyRecord(), 'home', ['a']), 'cart', ['a']);
  const after = decideEverywhere(before, rule, accept);
  const changes = changesBetween(before, after);

  it('restores each entry and the settings', () => {
    expect(changes.entries.map(({ key }) => key)).toEqual([`home/${rule}`, `cart/${rule}`]);
    expect(undone(after, changes)).toEqual({ record: before, kept: [] });
  });

  it('leaves what somebody changed since', () => {
    const since = audited(after, 'cart', ['a', 'b']);
    const { record, kept } = undone(since, changes);
    expect(kept).toEqual([`cart/${rule}`]);
    expect([stateOf(record, 'home')?.status, stateOf(record, 'cart')?.status]).toEqual(['open', 'accepted']);
  });
});
