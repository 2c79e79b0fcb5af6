import { describe, expect, it } from 'vitest';
import { readAnswer, readYesNo, scaleOfHeader, wordsOfColumn } from '../../../../src/core/outcomes/answers';
import { readDuration, unitOfHeader } from '../../../../src/core/outcomes/durations';

describe('an answer on a scale', () => {
  const words = new Map([
    ['not at all likely', 0],
    ['extremely likely', 10],
  ]);
  const read = (text: string, scale: readonly [number, number] = [0, 10]) => readAnswer(text, { scale, words });

  it.each([
    ['9', 9],
    ['9.0', 9],
    ['10 - Extremely likely', 10],
    ['Extremely likely - 10', 10],
    ['Extremely likely (10)', 10],
    ['(10) Extremely likely', 10],
    ['0 = Not at all likely', 0],
    ['9/10', 9],
    ['9 out of 10', 9],
    ['9 von 10', 9],
    ['Extremely likely', 10],
    ['7 – fairly likely', 7],
  ])('%s', (text, value) => {
    expect(read(text)).toBe(value);
  });

  it('may be stars', () => {
    expect([read('★★★★', [1, 5]), read('4 stars', [1, 5]), read('⭐⭐⭐⭐⭐', [1, 5]), read('★★★☆☆', [1, 5])]).toEqual([
      4, 4, 5, 3,
    ]);
  });

  it.each([
    ['11', 'is not from 0 to 10'],
    ['-1', 'is not from 0 to 10'],
    ['4.5', 'is no whole number'],
    ['4/5', 'is not from 0 to 10'],
    ['0 - Extremely likely', 'says 0, and its words say 10'],
    ['quite', 'is no answer that is known'],
    ['9 of 12 people', 'is no answer that is known'],
  ])('%s is refused', (text, why) => {
    expect(read(text)).toBe(why);
  });
});

describe('the words of a column', () => {
  const of = (
    about: 'agreement' | 'satisfaction' | 'likelihood',
    scale: readonly [number, number],
    ...texts: string[]
  ) => texts.map((text) => wordsOfColumn(texts, about, scale).get(text.toLowerCase()));

  it('are answers of the published scale that has them all', () => {
    expect(of('agreement', [1, 5], 'Strongly agree', 'Disagree', 'Neutral')).toEqual([5, 2, 3]);
    expect(of('agreement', [1, 7], 'Strongly agree', 'Agree', 'Somewhat agree')).toEqual([7, 6, 5]);
    expect(of('satisfaction', [1, 5], 'Very satisfied', 'Dissatisfied')).toEqual([5, 2]);
    expect(of('satisfaction', [1, 5], 'Sehr zufrieden', 'Unzufrieden')).toEqual([5, 2]);
    expect(of('satisfaction', [1, 5], 'Très satisfait', 'Insatisfait')).toEqual([5, 2]);
    expect(of('likelihood', [0, 10], 'Extremely likely', 'Not at all likely')).toEqual([10, 0]);
  });

  it('are not read where they may be those of a shorter scale, of a longer one, or of none', () => {
    expect(of('agreement', [1, 7], 'Strongly agree', 'Agree', 'Disagree')).toEqual(Array(3).fill(undefined));
    expect(of('agreement', [1, 5], 'Agree', 'Somewhat agree')).toEqual([undefined, undefined]);
    expect(of('satisfaction', [1, 7], 'Very satisfied')).toEqual([undefined]);
    expect(of('satisfaction', [1, 5], 'Very satisfied', 'Delighted')).toEqual([undefined, undefined]);
  });
});

it('the scale of a question is read from its header', () => {
  expect(scaleOfHeader('Satisfaction (1-7)')).toEqual([1, 7]);
  expect(scaleOfHeader('Zufriedenheit [1 bis 5]')).toEqual([1, 5]);
  expect(scaleOfHeader('NPS 0–10')).toEqual([0, 10]);
  expect(['csat', 'SUS 1', 'Q1', 'Step 2-3', '2026-05-01'].map(scaleOfHeader)).toEqual(Array(5).fill(undefined));
});

it('success is read in the words of tools and languages, and partly is not guessed', () => {
  const yes = [
    'Success',
    'Direct success',
    'Indirect success',
    'indirect_success',
    'WAHR',
    'Oui',
    'sí',
    'да',
    '✓',
    '是',
  ];
  const no = ['Gave up', 'Direct fail', 'FALSCH', 'Non', 'нет', 'abandoned', 'Not completed'];
  expect(yes.map(readYesNo)).toEqual(yes.map(() => true));
  expect(no.map(readYesNo)).toEqual(no.map(() => false));
  expect(['Partial', 'Partial success', 'x', 'skipped', 'with help', '2'].map(readYesNo)).toEqual(
    Array(6).fill(undefined),
  );
});

describe('a duration', () => {
  it.each([
    ['1:20', 80],
    ['00:01:20', 80],
    ['1:00:05', 3605],
    ['01:20.5', 80.5],
    ['1m 20s', 80],
    ['1 min 20 sec', 80],
    ['1 minute and 20 seconds', 80],
    ['1 Min. 20 Sek.', 80],
    ['PT1M20S', 80],
    ['1,5 min', 90],
    ['80 s', 80],
    ['80s', 80],
    ['1′20″', 80],
    ['850 ms', 0.85],
    ['1h 2m', 3720],
  ])('%s', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });

  it('is not read from other texts', () => {
    expect(['80', '1:75', '1:61:00', 'fast', '3 apples', '5 m/s', ''].map(readDuration)).toEqual(
      Array(7).fill(undefined),
    );
  });

  it('has the unit of its header', () => {
    expect(['Time (min)', 'duration_ms', 'Zeit in Minuten', 'Time [s]', 'Time on task'].map(unitOfHeader)).toEqual([
      60, 0.001, 60, 1, 1,
    ]);
  });
});
