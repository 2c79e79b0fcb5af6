import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../../src/core/audit/measurement';
import { emptyRecord, type Finding } from '../../../src/core/record/record';
import { machineState } from '../../../src/workflow/machineResults';

const rules = ['lighthouse/image-alt', 'lighthouse/color-contrast'];
const run = (id: string, target = 'home') => ({ id, target }) as Measurement;
const record = (status: string, rule = 'lighthouse/image-alt') => {
  const id = `home/${rule}`;
  const finding: Finding = { kind: 'automated', rule, title: 'x', target: 'home', state: { status }, id };
  return { record: { ...emptyRecord(), findings: { [id]: finding } } };
};
const stateOf = (of = record('open'), latest = [run('1')]) => machineState(of, latest, 'home', rules);

describe('the state of what machines say of a target', () => {
  it('is the same while nothing about it changes', () => {
    expect(stateOf(record('open'), [run('1'), run('7', 'checkout')])).toBe(stateOf());
  });

  it('changes with an audit and with a decision about what bears on the checklist', () => {
    const states = [
      stateOf(),
      stateOf(record('open'), [run('2')]),
      stateOf(record('fixed')),
      stateOf(record('open', 'lighthouse/color-contrast')),
    ];
    expect(new Set(states).size).toBe(4);
    expect(stateOf(record('open', 'lighthouse/viewport'))).toBe(stateOf({ record: emptyRecord() }));
  });
});
