import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../src/core/outcomes/figures';
import { readFigures } from '../../../src/workflow/importFigures';

/*
 * Every figure of an import, computed anew from the raw rows by code that shares nothing with the product: plain loops,
 * and Student's t by integrating its density.
 */

type Row = Record<string, string>;

/** Whole numbers from `min` to `max`, the same on every run (xorshift). */
let state = 2_463_534_242;
function random(min: number, max: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return min + ((state >>> 0) % (max - min + 1));
}

const rowsOf = (count: number, row: (index: number) => Record<string, unknown>): Row[] =>
  Array.from({ length: count }, (_, index) =>
    Object.fromEntries(Object.entries(row(index)).map(([key, value]) => [key, String(value)])),
  );

async function figuresOf(rows: readonly Row[], choice: Parameters<typeof readFigures>[2] | object = {}) {
  const headers = Object.keys(rows[0] ?? {});
  const text = [headers.join(), ...rows.map((row) => headers.map((header) => row[header] ?? '').join())].join('\n');
  const bytes = new TextEncoder().encode(`${text}\n`);
  const result = await readFigures(bytes, 'table.csv', { on: '2026-11-22', ...choice });
  expect(result.questions).toEqual([]);
  return result.figures;
}

/** Numbers of a column, without the rows that leave it empty. */
function column(rows: readonly Row[], name: string): number[] {
  const found: number[] = [];
  for (const row of rows) if (row[name] !== undefined && row[name] !== '') found.push(Number(row[name]));
  return found;
}

function average(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

/** The value that 97.5 % of Student's t lie below, by Simpson's rule and halving. */
function studentT(degrees: number): number {
  const density = (t: number) => (1 + (t * t) / degrees) ** (-(degrees + 1) / 2);
  const area = (to: number) => {
    const steps = 4000;
    let total = density(0) + density(to);
    for (let step = 1; step < steps; step += 1) total += density((to * step) / steps) * (step % 2 === 1 ? 4 : 2);
    return (total * to) / steps / 3;
  };
  // the whole density, by t = tan(u), which makes the tail finite
  const half = (() => {
    const steps = 20_000;
    let total = 0;
    for (let step = 0; step < steps; step += 1) {
      const u = ((step + 0.5) / steps) * (Math.PI / 2);
      total += density(Math.tan(u)) / Math.cos(u) ** 2;
    }
    return (total * Math.PI) / 2 / steps;
  })();
  let [low, high] = [0, 100];
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (area(middle) / half < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function meanWithInterval(values: readonly number[], [min, max]: [number, number]) {
  const middle = average(values);
  let squares = 0;
  for (const value of values) squares += (value - middle) * (value - middle);
  const margin = studentT(values.length - 1) * Math.sqrt(squares / (values.length - 1) / values.length);
  return {
    value: middle,
    n: values.length,
    low: Math.max(min, middle - margin),
    high: Math.min(max, middle + margin),
  };
}

/** A share in percent with the interval of Agresti and Coull. */
function share(x: number, n: number) {
  const z = 1.96;
  const trials = n + z * z;
  const middle = (x + (z * z) / 2) / trials;
  const margin = z * Math.sqrt((middle * (1 - middle)) / trials);
  return {
    value: (100 * x) / n,
    n,
    low: 100 * Math.max(0, middle - margin),
    high: 100 * Math.min(1, middle + margin),
  };
}

type Expected = { metric: string; variant?: string; value: number; n?: number; low?: number; high?: number };

/** Compares all figures of an import with all that are expected, none left over. */
function same(figures: readonly Figure[], expected: readonly Expected[]): void {
  const nameOf = ({ metric, variant = '' }: Pick<Figure, 'metric' | 'variant'>) => `${metric}:${variant}`;
  expect(figures.map(nameOf).sort()).toEqual(expected.map(nameOf).sort());
  for (const one of expected) {
    const figure = figures.find((other) => nameOf(other) === nameOf(one));
    for (const key of ['value', 'low', 'high'] as const) {
      const [is, should] = [figure?.[key], one[key]];
      if (should === undefined) expect(is, `${nameOf(one)} ${key}`).toBeUndefined();
      else expect(is, `${nameOf(one)} ${key}`).toBeCloseTo(should, 2);
    }
    expect(figure?.n, `${nameOf(one)} n`).toBe(one.n);
  }
}

describe('figures computed anew from the raw rows', () => {
  it('survey: NPS, CSAT, CES 1.0 and 2.0, SEQ, SUS, UMUX-Lite, ASQ, SUPR-Q, each with gaps of its own', async () => {
    const maybe = (value: number) => (random(1, 6) === 1 ? '' : value);
    const items = (name: string, count: number, most: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, item) => [`${name}${item + 1}`, maybe(random(1, most))]));
    const rows = rowsOf(200, () => ({
      date: `2026-05-${String(random(1, 28)).padStart(2, '0')}`,
      nps: maybe(random(0, 10)),
      csat: maybe(random(1, 5)),
      ces2: maybe(random(1, 7)),
      ces1: maybe(random(1, 5)),
      seq: maybe(random(1, 7)),
      ...items('sus', 10, 5),
      ...items('umux', 2, 7),
      ...items('asq', 3, 7),
      ...items('suprq', 7, 5),
      suprq8: maybe(random(0, 10)),
    }));
    const points = column(rows, 'nps').map((rating) => (rating > 8 ? 100 : rating < 7 ? -100 : 0));
    const satisfied = column(rows, 'csat');
    const [sus, umux, asq, suprq]: number[][] = [[], [], [], []];
    for (const row of rows) {
      const answers = (name: string, count: number) =>
        Array.from({ length: count }, (_, item) => row[`${name}${item + 1}`] ?? '');
      const of = (name: string, count: number) => answers(name, count).map(Number);
      if (!answers('sus', 10).includes('')) {
        const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0] = of('sus', 10);
        sus?.push(2.5 * (a + c + e + g + i - 5 + (25 - b - d - f - h - j)));
      }
      if (!answers('umux', 2).includes('')) {
        const [a = 0, b = 0] = of('umux', 2);
        umux?.push(((a + b - 2) / 12) * 100);
      }
      const given = answers('asq', 3).filter((answer) => answer !== '');
      if (given.length > 0) asq?.push(average(given.map(Number)));
      if (!answers('suprq', 8).includes('')) {
        const all = of('suprq', 8);
        suprq?.push((all.slice(0, 7).reduce((a, b) => a + b) + (all[7] ?? 0) / 2) / 8);
      }
    }
    const figures = await figuresOf(rows, { columns: { asq1: 'asq1', asq2: 'asq2', asq3: 'asq3' } });
    same(figures, [
      { metric: 'nps', ...meanWithInterval(points, [-100, 100]) },
      { metric: 'csat', ...share(satisfied.filter((rating) => rating > 3).length, satisfied.length) },
      { metric: 'ces', variant: '2.0', ...meanWithInterval(column(rows, 'ces2'), [1, 7]) },
      { metric: 'ces', variant: '1.0', ...meanWithInterval(column(rows, 'ces1'), [1, 5]) },
      { metric: 'seq', ...meanWithInterval(column(rows, 'seq'), [1, 7]) },
      { metric: 'sus', ...meanWithInterval(sus ?? [], [0, 100]) },
      { metric: 'umux_lite', ...meanWithInterval(umux ?? [], [0, 100]) },
      { metric: 'asq', ...meanWithInterval(asq ?? [], [1, 7]) },
      { metric: 'suprq', ...meanWithInterval(suprq ?? [], [1, 5]) },
    ]);
    const most = column(rows, 'ces2').filter((rating) => rating > 4).length;
    expect(figures.find(({ variant }) => variant === '2.0')?.parts).toEqual({ atLeast5: most });
    expect(figures.find(({ metric }) => metric === 'nps')?.parts).toEqual({
      promoters: points.filter((point) => point === 100).length,
      passives: points.filter((point) => point === 0).length,
      detractors: points.filter((point) => point === -100).length,
    });
  });

  it('survey: ASQ turned round, and CSAT of the two best answers on other scales', async () => {
    const rows = rowsOf(60, () => ({
      date: '2026-05-01',
      csat: random(1, 7),
      asq1: random(1, 7),
      asq2: random(1, 7),
      asq3: random(1, 7),
    }));
    const best = column(rows, 'csat').filter((rating) => rating === 6 || rating === 7).length;
    const asq = rows.map((row) => 8 - (Number(row.asq1) + Number(row.asq2) + Number(row.asq3)) / 3);
    const columns = { asq1: 'asqReversed1', asq2: 'asqReversed2', asq3: 'asqReversed3' };
    same(await figuresOf(rows, { columns, scales: { csat: [1, 7] } }), [
      { metric: 'csat', variant: '1 to 7', ...share(best, 60) },
      { metric: 'asq', ...meanWithInterval(asq, [1, 7]) },
    ]);
  });

  it('sessions: success, times of successes and failures, errors, clicks and ease', async () => {
    const rows = rowsOf(90, (index) => ({
      date: '2026-05-01',
      participant: `P${index % 30}`,
      success: random(1, 3) > 1 ? 'yes' : 'no',
      seconds: random(20, 400),
      clicks: random(3, 30),
      errors: random(1, 4) === 1 ? random(1, 5) : 0,
      seq: random(1, 7),
    }));
    const [won, lost] = ['yes', 'no'].map((word) => rows.filter(({ success }) => success === word)) as [Row[], Row[]];
    const geometric = (times: readonly number[]) => {
      const { value, n, low, high } = meanWithInterval(times.map(Math.log), [-99, 99]);
      return { value: Math.exp(value), n, low: Math.exp(low), high: Math.exp(high) };
    };
    const erring = new Set(rows.filter(({ errors }) => errors !== '0').map(({ participant }) => participant));
    const figures = await figuresOf(rows);
    same(figures, [
      { metric: 'task_completion_rate', ...share(won.length, 90) },
      { metric: 'time_on_task', ...geometric(column(won, 'seconds')) },
      { metric: 'time_on_task', variant: 'failed attempts', ...geometric(column(lost, 'seconds')) },
      { metric: 'error_rate', variant: 'errors per attempt', value: average(column(rows, 'errors')), n: 90 },
      { metric: 'error_rate', variant: 'participants with an error', ...share(erring.size, 30) },
      { metric: 'clicks_to_completion', ...meanWithInterval(column(won, 'clicks'), [0, 1e9]) },
      { metric: 'seq', ...meanWithInterval(column(rows, 'seq'), [1, 7]) },
    ]);
    const sorted = column(won, 'seconds').sort((a, b) => a - b);
    const middle =
      ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
    expect(figures.find(({ metric, variant }) => metric === 'time_on_task' && !variant)?.parts).toEqual({
      median: middle,
    });
  });

  it('analytics: rates of all days of the month, order value by orders, revenue', async () => {
    const rows = rowsOf(28, (index) => {
      const [visits, users, started] = [random(800, 1200), random(300, 400), random(100, 200)];
      return {
        date: `2026-05-${String(index + 1).padStart(2, '0')}`,
        visits,
        bounces: random(100, 400),
        exits: random(100, 700),
        conversions: random(5, 60),
        orderValue: `${random(30, 80)}.${random(10, 99)}`,
        revenue: `${random(1000, 5000)}.50`,
        signups: random(1, 40),
        users,
        newUsers: random(10, 100),
        activeUsers: random(100, 300),
        started,
        finished: random(10, 90),
      };
    });
    const total = (name: string) => column(rows, name).reduce((a, b) => a + b, 0);
    let worth = 0;
    for (const row of rows) worth += Number(row.orderValue) * Number(row.conversions);
    const rateOf = (part: string, whole: string) => share(total(part), total(whole));
    same(await figuresOf(rows, { kind: 'analytics', currency: 'EUR' }), [
      { metric: 'bounce_rate', ...rateOf('bounces', 'visits') },
      { metric: 'exit_rate', ...rateOf('exits', 'visits') },
      { metric: 'conversion_rate', ...rateOf('conversions', 'visits') },
      { metric: 'signup_rate', ...rateOf('signups', 'visits') },
      { metric: 'adoption_rate', variant: 'new of all users', ...rateOf('newUsers', 'users') },
      { metric: 'adoption_rate', variant: 'active of all users', ...rateOf('activeUsers', 'users') },
      { metric: 'abandonment_rate', ...share(total('started') - total('finished'), total('started')) },
      { metric: 'aov', value: worth / total('conversions'), n: total('conversions') },
      { metric: 'revenue', value: total('revenue') },
    ]);
  });

  it('customers: retention, churn, reasons and lifetime value', async () => {
    const rows = rowsOf(1, () => ({
      month: '2026-05',
      start: 1978,
      new: 69,
      lost: 52,
      reasons: 'price=18; hard to use=13; moved=4; other=17',
      margin: '12.46',
    }));
    const figures = await figuresOf(rows, { currency: 'EUR', discount: 0.8 });
    // the margins of kept customers, discounted, added up until nothing comes
    let worth = 0;
    for (let period = 1; period < 5000; period += 1) worth += (12.46 * (1926 / 1978) ** period) / 1.008 ** period;
    same(figures, [
      { metric: 'retention_rate', ...share(1926, 1978) },
      { metric: 'churn_rate', ...share(52, 1978) },
      { metric: 'churn_reasons', value: 52 },
      { metric: 'clv', value: worth },
    ]);
    expect(figures.find(({ metric }) => metric === 'churn_reasons')?.parts).toEqual({
      price: 18,
      'hard to use': 13,
      other: 21,
    });
  });
});
