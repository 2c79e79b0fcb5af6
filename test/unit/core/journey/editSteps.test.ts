import { describe, expect, it } from 'vitest';
import { actionsOf, actionText, type EditedStep, editedSteps, withSteps } from '../../../../src/core/journey/editSteps';
import { isMarker, journeySteps, type Recording } from '../../../../src/core/journey/recording';
import { click, marker, recording } from './build';

const unmarked: Recording = { ...recording, steps: recording.steps.filter((action) => !isMarker(action)) };

/** Whole numbers below `below`, the same on every run. */
let state = 362_436_069;
function random(below: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

describe('editing the steps of a recording', () => {
  it('changes nothing when nothing was edited', () => {
    expect(withSteps(recording, editedSteps(recording))).toEqual(recording);
  });

  it('keeps every action with all its fields in its order, whatever becomes of the steps', () => {
    for (let time = 0; time < 300; time += 1) {
      const of = time % 2 === 0 ? recording : unmarked;
      const count = 1 + random(5);
      const places = Array.from({ length: count - 1 }, () => random(actionsOf(of).length + 1)).sort((a, b) => a - b);
      const steps = [0, ...places].map(
        (from, index): EditedStep => ({ name: `Step ${index}`, stage: '', expect: index % 2 ? '#x' : '', from }),
      );
      const edited = withSteps(of, steps);
      expect(actionsOf(edited)).toEqual(actionsOf(of));
      expect(edited.steps.filter(isMarker)).toHaveLength(count);
      expect(journeySteps(edited).map(({ name }) => name)).toEqual(steps.map(({ name }) => name));
      expect({ ...edited, steps: [] }).toEqual({ ...of, steps: [] });
    }
  });

  it('writes name, stage and expectation, and keeps what else a marker holds', () => {
    const [cart, address, pay] = editedSteps(recording) as [EditedStep, EditedStep, EditedStep];
    expect(pay.expect).toBe('main >>> #receipt');
    const edited = withSteps(recording, [
      { ...cart, stage: '' },
      { ...address, name: ' Where to ', expect: '' },
      { ...pay, stage: 'retention' },
    ]);
    expect(edited.steps.filter(isMarker).map(({ parameters }) => parameters)).toEqual([
      { name: 'Cart' },
      { name: 'Where to', stage: 'purchase' },
      { name: 'Pay', stage: 'retention', expect: ['main', '#receipt'], own: 'kept' },
    ]);
  });

  it('merges by leaving a beginning out, splits by adding one, and moves one', () => {
    const [cart, address, pay] = editedSteps(recording) as [EditedStep, EditedStep, EditedStep];
    const merged = withSteps(recording, [cart, pay]);
    expect(journeySteps(merged).map(({ name, actions }) => [name, actions.length])).toEqual([
      ['Cart', 4],
      ['Pay', 2],
    ]);
    const split = withSteps(recording, [cart, address, { ...address, name: 'Go on', from: 4, marker: undefined }, pay]);
    expect(journeySteps(split).map(({ name, actions }) => [name, actions.length])).toEqual([
      ['Cart', 2],
      ['Address', 1],
      ['Go on', 1],
      ['Pay', 2],
    ]);
    const moved = withSteps(recording, [cart, { ...address, from: 2 }, pay]);
    expect(journeySteps(moved).map(({ actions }) => actions.length)).toEqual([1, 3, 2]);
  });

  it('gives a recording without markers those that its navigations and assertions make', () => {
    const steps = [
      { type: 'navigate', url: 'http://localhost/' },
      { ...click('Buy'), assertedEvents: [{ type: 'navigation' }] },
      { type: 'waitForElement', selectors: [['#form']] },
      click('Send'),
      { type: 'waitForElement', selectors: ['#gone'], visible: false },
    ];
    const made = editedSteps({ title: 'T', steps });
    expect(made.map(({ name, expect: seen, from }) => [name, seen, from])).toEqual([
      ['Buy', '#form', 0],
      ['Send', '', 3],
    ]);
    const edited = withSteps({ title: 'T', steps }, made);
    expect(journeySteps(edited).map(({ name, actions }) => [name, actions.length])).toEqual([
      ['Buy', 3],
      ['Send', 2],
    ]);
  });

  it.each<[string, (steps: EditedStep[]) => EditedStep[], RegExp]>([
    ['no step', () => [], /needs a step/],
    ['a name of blanks', ([one]) => [{ ...(one as EditedStep), name: ' ' }], /has no name/],
    ['a long name', ([one]) => [{ ...(one as EditedStep), name: 'x'.repeat(61) }], /longer than 60/],
    ['a name twice', ([one, two]) => [one, { ...two, name: 'Cart' }] as EditedStep[], /Two steps are called “Cart”/],
    ['a beginning before the last', ([a, b, c]) => [a, { ...b, from: 9 }, c] as EditedStep[], /does not begin after/],
    ['a first step later on', ([one]) => [{ ...(one as EditedStep), from: 1 }], /does not begin after/],
  ])('refuses %s', (_, change, message) => {
    expect(() => withSteps(recording, change(editedSteps(recording)))).toThrow(message);
  });

  it('says actions in words, without what hides in them', () => {
    expect(actionText(click('Pay now'))).toBe('click “Pay now”');
    expect(actionText({ type: 'setViewport', width: 412, height: 823 })).toBe('window of 412×823');
    expect(actionText({ type: 'change', selectors: ['#card'], value: 'secret' })).toBe('fill “#card”');
    expect(actionText(click('a\u202eb\n'))).not.toMatch(/[\u202e\n]/);
  });

  it('leaves the marker of a first step where it stands', () => {
    const [first] = withSteps(unmarked, [{ name: 'All', stage: '', expect: '', from: 0 }]).steps;
    expect(first).toEqual(marker('All'));
  });
});
