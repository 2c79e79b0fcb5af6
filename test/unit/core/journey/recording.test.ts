import { describe, expect, it } from 'vitest';
import { atOrigin, formFactorOf, viewportOf } from '../../../../src/core/journey/addresses';
import { keystrokeSeconds, OPERATORS, shortestPath } from '../../../../src/core/journey/counts';
import { type Action, journeySteps, type Recording, readRecording } from '../../../../src/core/journey/recording';

const marker = (name: string, more: object = {}): Action => ({
  type: 'customStep',
  name: 'ux-audit/step',
  parameters: { name, ...more },
});
const click = (label: string, isLeaving = false): Action => ({
  type: 'click',
  selectors: [[`aria/${label}`], ['#x']],
  ...(isLeaving && { assertedEvents: [{ type: 'navigation' }] }),
});
const change = (label: string, value: string): Action => ({ type: 'change', selectors: [`aria/${label}`], value });
const open: Action = { type: 'navigate', url: 'http://localhost:3000/cart?x=1' };
const recording = (...steps: Action[]): Recording => ({ title: 'Order', steps });
const named = (...steps: Action[]) =>
  journeySteps(recording(...steps)).map(({ name, actions }) => [name, actions.length]);

describe('the steps of a journey', () => {
  it('begin at markers; what stands before the first belongs to it', () => {
    const steps = journeySteps(
      recording(
        { type: 'setViewport', width: 1, height: 1 },
        open,
        marker('Cart', { stage: 'purchase', expect: '#form' }),
        click('Check out', true),
        marker('Pay'),
        click('Pay'),
      ),
    );
    expect(
      steps.map(({ name, stage, expect: end, actions }) => [name, stage, end, actions.map(({ type }) => type)]),
    ).toEqual([
      ['Cart', 'purchase', '#form', ['navigate', 'click']],
      ['Pay', undefined, undefined, ['click']],
    ]);
  });

  it('without markers end with what leads elsewhere, named after what was clicked last', () => {
    expect(
      named(open, click('Check out', true), change('Name', 'A'), click('Continue', true), click('Pay now')),
    ).toEqual([
      ['Check out', 2],
      ['Continue', 2],
      ['Pay now', 1],
    ]);
    expect(
      named(
        open,
        { type: 'keyDown', key: 'Enter', assertedEvents: [{ type: 'navigation' }] },
        { type: 'keyUp', key: 'Enter' },
        click('A'),
      ),
    ).toEqual([
      ['cart', 3],
      ['A', 1],
    ]);
  });

  it('without markers end with an assertion, which says when', () => {
    const wait: Action = { type: 'waitForElement', selectors: ['#done'] };
    const steps = journeySteps(recording(open, click('A'), wait, click('B', true), wait, click('C')));
    expect(steps.map(({ name, assertion }) => [name, assertion?.type])).toEqual([
      ['A', 'waitForElement'],
      ['B', 'waitForElement'],
      ['C', undefined],
    ]);
  });

  it('have names of their own', () => {
    expect(named(open, click('Next', true), click('Next', true)).map(([name]) => name)).toEqual(['Next', 'Next 2']);
  });
});

describe('a recording', () => {
  it('stays as it lies there, with fields that nobody knows', () => {
    const text = JSON.stringify({ later: 1, title: 'x', steps: [{ odd: true, ...open }] });
    expect(JSON.stringify(readRecording(text, 'x.json'))).toBe(text);
  });

  it.each([
    ['{', 'x.json is not valid JSON'],
    ['{"title":"x","steps":[{"type":"navigate","url":"file:///etc/passwd"}]}', 'steps.0 opens no web address'],
    ['{"title":"x"}', 'x.json is no recording: at steps'],
    ['{"title":"x","steps":[]}', 'at steps'],
    ['{"title":"x","steps":[{"type":"click","selectors":5}]}', 'at steps.0.selectors'],
    [
      '{"title":"x","steps":[{"type":"customStep","name":"ux-audit/step","parameters":{}}]}',
      'begins at steps.0 is wrong (name',
    ],
    [
      '{"title":"x","steps":[{"type":"customStep","name":"ux-audit/step","parameters":{"name":"a","stage":"later"}}]}',
      'wrong (stage',
    ],
  ])('that is wrong is refused with its place: %s', (text, message) => {
    expect(() => readRecording(text, 'x.json')).toThrow(message);
  });

  it('moves to another origin with its windows, and leaves other origins', () => {
    const moved = atOrigin(
      recording(
        open,
        { type: 'click', target: 'http://localhost:3000/b' },
        { type: 'navigate', url: 'https://pay.example/' },
      ),
      'https://shop.example',
    );
    expect(moved.steps.map(({ url, target }) => url ?? target)).toEqual([
      'https://shop.example/cart?x=1',
      'https://shop.example/b',
      'https://pay.example/',
    ]);
  });

  it('says its window and device', () => {
    const phone = recording({
      type: 'setViewport',
      width: 412,
      height: 823,
      isMobile: true,
      hasTouch: true,
      deviceScaleFactor: 2,
    });
    expect(viewportOf(phone)).toEqual({
      width: 412,
      height: 823,
      isMobile: true,
      hasTouch: true,
      deviceScaleFactor: 2,
    });
    expect([formFactorOf(phone), formFactorOf(recording(open))]).toEqual(['mobile', 'desktop']);
  });
});

describe('what a step asks of a person at least', () => {
  const step = {
    actions: [open, click('Name'), change('Name', 'Ada'), { type: 'keyDown', key: 'Tab' }, click('Go', true)],
  };

  it('is counted from the recording', () => {
    expect(shortestPath(step)).toEqual({ clicks: 2, keys: 4, fields: 1, pageLoads: 2 });
  });

  it('counts a secret as one key, since its length is not kept', () => {
    expect(shortestPath({ actions: [change('Password', `\${env:P}`)] }).keys).toBe(1);
  });

  it('takes the time of its operators by the Keystroke-Level Model', () => {
    const { K, P, B, H, M } = OPERATORS;
    // think, point, press; hands to the keys, think, three keys, Tab; hands back, think, point, press
    const expected = M + P + 2 * B + (H + M + 3 * K) + K + (H + M + P + 2 * B);
    expect(keystrokeSeconds(step)).toBeCloseTo(expected, 10);
  });
});
