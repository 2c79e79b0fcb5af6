import { describe, expect, it } from 'vitest';
import { type Doing, doingsIn, Moderation } from '../../src/core/journey/moderation';
import type { SessionEvent } from '../../src/core/journey/sessionCount';

/** A moderation in which these things have happened, one a second, and how often it went on. */
function heard(...types: SessionEvent['type'][]): { moderation: Moderation; goneOn: () => number } {
  let gone = 0;
  const moderation = new Moderation(['Cart', 'Pay'], () => (gone += 1));
  for (const [index, type] of types.entries()) moderation.hear({ type } as SessionEvent, index * 1_000);
  return { moderation, goneOn: () => gone };
}

describe('the moderator of a task session', () => {
  it('can do in each phase what makes sense then, and nothing else', () => {
    const phases = {
      consent: heard(),
      task: heard('agreed'),
      running: heard('agreed', 'begun'),
      paused: heard('agreed', 'begun', 'paused'),
      questions: heard('agreed', 'begun', 'ended'),
    };
    for (const [phase, { moderation }] of Object.entries(phases)) expect(moderation.phase).toBe(phase);
    expect(doingsIn('consent')).toEqual([]);
    expect(doingsIn('task')).toEqual(['start', 'note']);
    expect(doingsIn('running')).toEqual(['done', 'gave up', 'error', 'assist', 'pause', 'undo', 'note']);
    expect(doingsIn('paused')).toEqual(['done', 'gave up', 'resume', 'undo', 'note']);
    expect(doingsIn('questions')).toEqual(['done', 'gave up', 'undo', 'note', 'skip']);
    expect(phases.questions.moderation.doings).toEqual(['done', 'gave up', 'note', 'skip']); // nothing to take back
    expect(doingsIn('over')).toEqual([]);
  });

  it('does not end a task that runs by starting it again', () => {
    const { moderation, goneOn } = heard('agreed', 'begun');
    expect(moderation.act('start', 3_000)).toBe(false);
    expect(moderation.act('skip', 3_000)).toBe(false);
    expect([goneOn(), moderation.phase]).toEqual([0, 'running']);
  });

  it('says how the task ended, and may correct it', () => {
    const { moderation, goneOn } = heard('agreed', 'begun');
    expect(moderation.act('gave up', 3_000)).toBe(true);
    moderation.hear({ type: 'ended' }, 3_000);
    expect(moderation.act('gave up', 4_000)).toBe(false); // it is said already
    expect([goneOn(), moderation.success, moderation.phase]).toEqual([1, false, 'questions']);
    expect(moderation.act('done', 5_000)).toBe(true); // a wrong key is corrected
    expect([goneOn(), moderation.success, moderation.phase]).toEqual([1, true, 'questions']);
  });

  it('takes back what they counted last, at its step', () => {
    const { moderation } = heard('agreed', 'begun');
    moderation.act('error', 3_000);
    moderation.hear({ type: 'reached' }, 4_000);
    moderation.act('assist', 5_000);
    for (const left of [
      { errors: 1, assists: 0 },
      { errors: 0, assists: 0 },
    ]) {
      expect(moderation.act('undo', 6_000)).toBe(true);
      const { errors, assists } = moderation.count;
      expect({ errors, assists }).toEqual(left);
    }
    expect(moderation.count.steps.map(({ errors }) => errors)).toEqual([0, 0]);
    expect(moderation.act('undo', 7_000)).toBe(false);
  });

  it('is taken at their word before the participant', () => {
    const { moderation } = heard('agreed', 'begun');
    moderation.act('gave up', 2_000);
    moderation.hear({ type: 'succeeded' }, 2_100);
    expect(moderation.success).toBe(false);
  });

  it('counts what they see, and no time while the task is paused', () => {
    const { moderation } = heard('agreed', 'begun');
    const at: [Exclude<Doing, 'note'>, number][] = [
      ['error', 2_000],
      ['pause', 3_000],
      ['error', 4_000],
      ['resume', 9_000],
      ['assist', 10_000],
    ];
    for (const [doing, when] of at) moderation.act(doing, when);
    const { active, errors, assists } = moderation.count;
    expect({ active, errors, assists }).toEqual({ active: 3_000, errors: 1, assists: 1 });
  });

  it('is asked how the task ended when the browser was closed, and may not know it', async () => {
    const { moderation, goneOn } = heard('agreed', 'begun', 'ended');
    const asked = moderation.askSuccess(new AbortController().signal);
    expect([moderation.phase, doingsIn('unsaid')]).toEqual(['unsaid', ['done', 'gave up', 'note', 'unknown']]);
    expect(moderation.act('unknown', 5_000)).toBe(true);
    await asked;
    expect([moderation.success, goneOn()]).toEqual([undefined, 0]);
  });
});
