import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HumanError } from '../../../src/core/errors';
import type { Figure } from '../../../src/core/outcomes/figures';
import { funnelPresets } from '../../../src/core/outcomes/funnelLayouts';
import { stepFigures } from '../../../src/core/outcomes/stepFigures';
import { type ImportChoice, previewTable, readFigures } from '../../../src/workflow/importFigures';

const fixture = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, `../../fixtures/funnels/${name}.csv`), 'utf8');
const september = { from: '2026-09-01', to: '2026-09-30' };
const journeys = { checkout: ['Cart', 'Address', 'Pay', 'Receipt'] };
const read = (text: string, choice: Partial<ImportChoice> = {}) =>
  readFigures(new TextEncoder().encode(text), 'funnel.csv', {
    on: '2026-11-22',
    target: 'checkout',
    journeys,
    ...choice,
  });
const faultOf = (work: Promise<unknown>): Promise<HumanError> =>
  work.then(
    () => Promise.reject(new Error('it went through')),
    (error: HumanError) => error,
  );

/** The lines of a fixture below its comments, cell by cell, read by nothing of the product. */
function lines(name: string): string[][] {
  return fixture(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(1)
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell.replace(/"/g, '')));
}
const number = (text: string | undefined) => Number((text ?? '').replace(',', ''));

/** `[step, reached, stopped]`; nothing of a step that only counts, as the figures say it. */
const ofSteps = (figures: readonly Figure[]) =>
  figures.flatMap(({ step, value, n, parts, variant }) =>
    step === undefined ? [] : [[step, variant === undefined ? n : value, parts?.x]],
  );
const whole = (figures: readonly Figure[]) => figures.filter(({ step }) => step === undefined);

describe('a funnel of GA4', () => {
  it('becomes the steps of the journey in order, with the period of its comments, thousands and per cent', async () => {
    const { figures, notices, questions, plan } = await read(fixture('ga4-exploration'));
    const raw = lines('ga4-exploration');
    expect(questions).toEqual([]);
    expect(plan.columns).toEqual({ Step: 'step', 'Active users': 'reached', Abandonments: 'stopped' });
    expect(ofSteps(figures)).toEqual([
      ['Cart', number(raw[0]?.[1]), number(raw[0]?.[3])],
      ['Address', number(raw[1]?.[1]), number(raw[1]?.[3])],
      ['Pay', number(raw[2]?.[1]), number(raw[2]?.[3])],
      ['Receipt', number(raw[3]?.[1]), undefined],
    ]);
    for (const { value, parts, variant } of figures.filter(({ step }) => step))
      if (variant === undefined) expect(value).toBeCloseTo((100 * (parts?.x ?? 0)) / (parts?.n ?? 1), 3);
    expect(whole(figures)).toMatchObject([
      { metric: 'abandonment_rate', target: 'checkout', ...september, parts: { x: 12480 - 4569, n: 12480 } },
    ]);
    expect(notices).toEqual([
      'The steps are those of checkout, by order: "view_cart" is Cart; "add_shipping_info" is Address; ' +
        '"add_payment_info" is Pay; "purchase" is Receipt.',
    ]);
  });

  it('is also read from the answer of its interface, by name', async () => {
    const { figures, notices } = await read(fixture('ga4-api'), { period: september });
    expect(ofSteps(figures)).toEqual(
      lines('ga4-api').map(([name = '', reached, , stopped], at) => [
        name.slice(3),
        number(reached),
        at < 3 ? number(stopped) : undefined,
      ]),
    );
    expect(notices[0]).toContain('by name: "Cart" is Cart');
  });

  it('that is broken down is left out, and says what to do; read as segments, each group has its own', async () => {
    const { figures, notices } = await read(fixture('ga4-breakdown'));
    expect(figures).toEqual([]);
    expect(notices.join(' ')).toContain('"1. view_cart" stands there several times');
    const split = await read(fixture('ga4-breakdown'), { columns: { 'Device category': 'segment' } });
    const of = (segment: string) => ofSteps(split.figures.filter((figure) => figure.segment === segment));
    expect(of('desktop')).toEqual([
      ['view_cart', 480, 192],
      ['purchase', 288, undefined],
    ]);
    expect(of('mobile')).toEqual([
      ['view_cart', 900, 540],
      ['purchase', 360, undefined],
    ]);
  });

  it('keeps of a report of events only who sent those that are steps, and no drop-off', async () => {
    const steps = { checkout: ['view_cart', 'purchase'] };
    const { figures, notices } = await read(fixture('ga4-events'), { journeys: steps });
    expect(ofSteps(figures)).toEqual([
      ['view_cart', number(lines('ga4-events')[1]?.[2]), undefined],
      ['purchase', number(lines('ga4-events')[2]?.[2]), undefined],
    ]);
    expect(whole(figures)).toEqual([]);
    expect(figures[0]).toMatchObject(september);
    expect(notices.join(' ')).toContain('Events are no funnel');
    const other = await read(fixture('ga4-events'));
    expect(other.figures).toEqual([]);
    expect(other.notices[0]).toBe(
      'No event is named like a step of checkout: give its steps the names of events, or export a funnel.',
    );
  });
});

describe('a funnel of Matomo', () => {
  it('keeps the exits that it counts; who joined later leaves no rate of the whole journey', async () => {
    const { figures, notices } = await read(fixture('matomo-flow'), { period: september });
    expect(ofSteps(figures)).toEqual(
      lines('matomo-flow').map((cells, at) => [cells[0], number(cells[4]), at < 3 ? number(cells[3]) : undefined]),
    );
    expect(whole(figures)).toEqual([]);
    expect(notices.join(' ')).toContain('More people came to "Pay" than went on from the step before');
  });
});

describe('a funnel of PostHog', () => {
  it('computes a drop-off by difference, but none before a step with more people', async () => {
    const { figures, notices } = await read(fixture('posthog-funnel'), { period: september });
    const counts = lines('posthog-funnel').map((cells) => number(cells[3]));
    expect(ofSteps(figures)).toEqual([
      ['Cart', counts[0], (counts[0] ?? 0) - (counts[1] ?? 0)],
      ['Address', counts[1], undefined],
      ['Pay', counts[2], (counts[2] ?? 0) - (counts[3] ?? 0)],
      ['Receipt', counts[3], undefined],
    ]);
    expect(whole(figures)).toEqual([]);
    expect(notices.join(' ')).toContain('More people came to "Pay"');
  });
});

describe('any funnel', () => {
  const table = (...rows: string[]) => `step,reached\n${rows.join('\n')}\n`;

  it.each(funnelPresets)('says what it needs when it is not of %s', async (preset) => {
    const error = await faultOf(read(table('Cart,90', 'Pay,40'), { preset }));
    expect(error.code).toBe('preset-other');
    expect(error.message).toContain('step, reached');
    expect(error.next).toContain('--kind funnel --map');
  });

  it.each([
    ['ga4', 'ga4-exploration'],
    ['ga4', 'ga4-events'],
    ['matomo', 'matomo-flow'],
    ['posthog', 'posthog-funnel'],
  ] as const)('of %s is recognised by itself (%s)', async (preset, name) => {
    expect((await previewTable(new TextEncoder().encode(fixture(name)), 'f.csv')).kind).toBe('funnel');
    expect((await read(fixture(name), { preset, period: september })).good).toBeGreaterThan(0);
  });

  it('needs a journey, and asks for its period', async () => {
    const error = await faultOf(read(table('Cart,90', 'Pay,40'), { target: undefined }));
    expect([error.code, error.next]).toEqual([
      'target-missing',
      'Name the journey (in the terminal: --target SLUG), or give the table a column "journey".',
    ]);
    expect((await read(table('Cart,90', 'Pay,40'))).questions).toMatchObject([{ isPeriod: true }]);
  });

  it('names the row of a bad cell, and writes nothing until a person decides', async () => {
    const { figures, faults, questions } = await read(table('Cart,90', 'Pay,many'), { period: september });
    expect(figures).toEqual([]);
    expect(faults).toEqual([{ row: 3, column: 'reached', value: 'many', fault: 'is no number' }]);
    expect(questions).toHaveLength(1);
    const gap = await read(table('Cart,90', 'Pay,'), { period: september });
    expect(gap.figures).toEqual([]);
    expect(gap.notices[0]).toContain('"Pay" lacks its step or how many reached it');
  });

  it('refuses more who stopped than were there', async () => {
    const { faults } = await read('step,reached,stopped\nCart,90,91\nPay,40,0\n', { period: september });
    expect(faults).toMatchObject([{ row: 2, column: 'stopped', fault: 'is more than reached (90)' }]);
  });

  it('leaves out a step that fewer than 5 reached, and says so', async () => {
    const { figures, notices } = await read(table('Cart,60', 'Address,9', 'Pay,4', 'Receipt,0'), { period: september });
    expect(ofSteps(figures).map(([step]) => step)).toEqual(['Cart', 'Address']);
    expect(notices.join(' ')).toMatch(/fewer than 5 people is not kept: .*Pay.*\(4\); .*Receipt.*\(0\)/);
  });

  it('keeps names that the journey does not have, and tells of each what became of it', async () => {
    const { figures, notices } = await read(table('cart,90', 'Login,80', 'pay,40'), { period: september });
    expect(ofSteps(figures).map(([step]) => step)).toEqual(['Cart', 'Login', 'Pay']);
    expect(notices[0]).toContain('"cart" is Cart; "Login" is Login; "pay" is Pay');
    const unnamed = await read(table('A,90', 'B,80'), { period: september, journeys: {} });
    expect(unnamed.notices[0]).toContain(
      'checkout has no steps in the record, so those of the file keep their names: A; B.',
    );
  });

  it('is not put in order when a name stands in another place', async () => {
    const swapped = table('Pay,90', 'Address,80', 'Cart,50', 'x,40');
    const { figures } = await read(swapped, { period: september });
    expect(ofSteps(figures).map(([step]) => step)).toEqual(['Pay', 'Address', 'Cart', 'x']);
  });

  it('gives names that no spreadsheet and no terminal takes for something else', async () => {
    const { figures } = await read(table('=HYPERLINK(1),90', '\u202Eevil,80'), { period: september, journeys: {} });
    const names = ofSteps(figures).map(([step]) => String(step));
    expect(names[0]).toBe('HYPERLINK(1)');
    expect(names[1]).not.toContain('\u202E');
  });

  it('stands beside task sessions at the same steps', async () => {
    const funnel = await read(table('Cart,90', 'Address,80', 'Pay,70', 'Receipt,60'), { period: september });
    const attempt = 'yes,Cart=20; Address=30; Pay=10; Receipt=2,2026-10-01';
    const sessions = await readFigures(
      new TextEncoder().encode(`success,step_seconds,date\n${Array(6).fill(attempt).join('\n')}\n`),
      'sessions.csv',
      { on: '2026-11-22', target: 'checkout', journeys },
    );
    const found = stepFigures([...funnel.figures, ...sessions.figures], {
      target: 'checkout',
      names: journeys.checkout,
    });
    expect(found.map(({ source, steps }) => [source, steps.map(({ reached }) => reached)])).toEqual([
      ['sessions.csv', [6, 6, 6, 6]],
      ['funnel.csv', [90, 80, 70, 60]],
    ]);
  });
});

it('the template of a funnel gives each month its own figures', async () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../media/outcomes/funnel.csv'), 'utf8');
  const raw = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const { figures } = await read(text, { target: undefined });
  for (const [from, , , step, reached, stopped] of raw) {
    const found = figures.find((figure) => figure.from === from && figure.step === step);
    const isLast = step === 'Receipt';
    expect(isLast ? found?.value : found?.parts).toEqual(
      isLast ? Number(reached) : { x: Number(stopped), n: Number(reached) },
    );
  }
  expect(whole(figures).map(({ parts }) => parts)).toEqual([
    { x: 472 - 185, n: 472 },
    { x: 498 - 222, n: 498 },
  ]);
});
