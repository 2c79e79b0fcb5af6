import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../src/core/outcomes/figures';
import { type ImportChoice, readFigures } from '../../../src/workflow/importFigures';

/*
 * What people did at the steps of a journey, computed anew from scripted attempts by plain loops.
 */

const steps = ['Cart', 'Address', 'Pay', 'Receipt'];
const journeys = { checkout: steps };

/** Whole numbers from `min` to `max`, the same on every run. */
let state = 88_172_645;
function random(min: number, max: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return min + ((state >>> 0) % (max - min + 1));
}

interface Attempt {
  participant: string;
  success: 'yes' | 'no';
  seconds: number;
  assists: number;
  machine_seconds: number;
  abandoned_at: string;
  /** By step, as far as the attempt came. */
  times: number[];
  errors: number[];
}

function attempt(person: number): Attempt {
  const last = random(1, 10) > 7 ? random(0, 2) : 3;
  const times = steps.slice(0, last + 1).map(() => random(5, 90));
  const errors = times.map(() => (random(1, 4) === 1 ? random(1, 3) : 0));
  return {
    participant: `P${person}`,
    success: last === 3 ? 'yes' : 'no',
    seconds: times.reduce((a, b) => a + b, 0),
    assists: random(1, 5) === 1 ? random(1, 2) : 0,
    machine_seconds: random(1, 5),
    abandoned_at: last === 3 ? '' : (steps[last] ?? ''),
    times,
    errors,
  };
}

const cell = (values: readonly number[]) => values.map((value, at) => `${steps[at]}=${value}`).join('; ');
const columns: Record<string, (one: Attempt) => string | number> = {
  date: () => '2026-09-10',
  participant: ({ participant }) => participant,
  success: ({ success }) => success,
  seconds: ({ seconds }) => seconds,
  assists: ({ assists }) => assists,
  abandoned_at: ({ abandoned_at }) => abandoned_at,
  dead_clicks: () => 2,
  rage_clicks: () => 0,
  machine_seconds: ({ machine_seconds }) => machine_seconds,
  away_seconds: () => 400,
  step_seconds: ({ times }) => cell(times),
  step_errors: ({ errors }) => cell(errors),
};

async function figuresOf(attempts: readonly Attempt[], choice: Partial<ImportChoice> = {}, without: string[] = []) {
  const used = Object.entries(columns).filter(([name]) => !without.includes(name));
  const rows = attempts.map((one) => used.map(([, of]) => of(one)).join(','));
  const text = [used.map(([name]) => name).join(','), ...rows].join('\n');
  const given = { on: '2026-11-22', target: 'checkout', journeys, ...choice };
  return readFigures(new TextEncoder().encode(text), 'sessions.csv', given);
}
const find = (figures: readonly Figure[], metric: string, like: Partial<Figure>) =>
  figures.find(
    (one) => one.metric === metric && one.step === like.step && one.variant === like.variant && one.n !== undefined,
  );

describe('the steps of task sessions, computed anew from scripted attempts', () => {
  const attempts = Array.from({ length: 60 }, (_, index) => attempt(index % 40));

  it('tell who reached them and gave up, their times, errors and how many people erred', async () => {
    const { figures, questions, bad } = await figuresOf(attempts);
    expect([questions, bad]).toEqual([[], 0]);
    for (const [at, step] of steps.entries()) {
      let [reached, stopped, sumOfLogs, times, errors] = [0, 0, 0, 0, 0];
      const people = new Set<string>();
      const erring = new Set<string>();
      for (const one of attempts) {
        if (one.times.length <= at) continue;
        reached += 1;
        people.add(one.participant);
        errors += one.errors[at] ?? 0;
        if ((one.errors[at] ?? 0) > 0) erring.add(one.participant);
        if (one.abandoned_at === step) stopped += 1;
        if (one.success !== 'yes') continue;
        times += 1;
        sumOfLogs += Math.log(one.times[at] ?? 1);
      }
      expect(find(figures, 'abandonment_rate', { step })).toMatchObject({
        target: 'checkout',
        n: reached,
        parts: { x: stopped, n: reached },
      });
      expect(find(figures, 'abandonment_rate', { step })?.value).toBeCloseTo((100 * stopped) / reached, 3);
      expect(find(figures, 'time_on_task', { step })?.n).toBe(times);
      expect(find(figures, 'time_on_task', { step })?.value).toBeCloseTo(Math.exp(sumOfLogs / times), 3);
      expect(find(figures, 'error_rate', { step, variant: 'errors per attempt' })?.value).toBeCloseTo(
        errors / reached,
        3,
      );
      expect(find(figures, 'error_rate', { step, variant: 'participants with an error' })?.parts).toEqual({
        x: erring.size,
        n: people.size,
      });
    }
  });

  it('leave the figures of the whole journey as they are, and add who needed no help and who waited', async () => {
    const { figures } = await figuresOf(attempts);
    const won = attempts.filter(({ success }) => success === 'yes');
    const alone = won.filter(({ assists }) => assists === 0).length;
    expect(find(figures, 'task_completion_rate', {})?.parts).toEqual({ x: won.length, n: 60 });
    expect(find(figures, 'task_completion_rate', { variant: 'unassisted' })?.parts).toEqual({ x: alone, n: 60 });
    let [waited, took, logs] = [0, 0, 0];
    for (const { machine_seconds, seconds } of won) {
      waited += machine_seconds;
      took += seconds;
      logs += Math.log(seconds); // not a second of the 400 away
    }
    const waiting = find(figures, 'time_on_task', { variant: 'waiting' });
    expect(waiting?.value).toBeCloseTo(waited / won.length, 3);
    expect(waiting?.parts?.seconds).toBeCloseTo(took / won.length, 3);
    expect(find(figures, 'time_on_task', {})?.value).toBeCloseTo(Math.exp(logs / won.length), 2);
  });

  it('are told by the order of the journey where no times are given', async () => {
    const timed = await figuresOf(attempts);
    const { figures, notices } = await figuresOf(attempts, {}, ['step_seconds', 'step_errors']);
    expect(notices).toEqual(['Dead and rage clicks stay in the table: no metric counts them.']);
    for (const step of steps)
      expect(find(figures, 'abandonment_rate', { step })?.parts).toEqual(
        find(timed.figures, 'abandonment_rate', { step })?.parts,
      );
  });

  it('count nobody of whom it is not known what they reached', async () => {
    const { figures, notices } = await figuresOf(attempts, { journeys: {} }, ['step_seconds', 'step_errors']);
    expect(figures.filter(({ step }) => step !== undefined)).toEqual([]);
    expect(notices.join(' ')).toContain('60 attempts did not tell which steps they reached');
  });

  it('need the journey that they are of', async () => {
    const { figures, notices } = await figuresOf(attempts, { target: undefined });
    expect(figures.filter(({ step }) => step !== undefined)).toEqual([]);
    expect(notices).toContain('What happened at steps was left out: it needs the journey that they are of.');
  });

  it('tell no drop-off when attempts failed and nobody says where they ended', async () => {
    const { figures } = await figuresOf(attempts, {}, ['abandoned_at']);
    const reached = attempts.filter(({ times }) => times.length > 2).length;
    expect(figures.filter(({ metric, step }) => metric === 'abandonment_rate' && step === 'Pay')).toMatchObject([
      { variant: 'reached the step', value: reached, n: reached },
    ]);
  });
});

describe('steps of task sessions', () => {
  const six = (...cells: string[]) => Array.from({ length: 6 }, (_, index) => [`P${index}`, ...cells].join(','));
  const read = (header: string, rows: readonly string[]) =>
    readFigures(new TextEncoder().encode([`participant,${header}`, ...rows].join('\n')), 'sessions.csv', {
      on: '2026-11-22',
      target: 'checkout',
      journeys,
      period: { from: '2026-09-01', to: '2026-09-30' },
    });

  it('that fewer than 5 people reached are left out, however many attempts they made', async () => {
    const rows = [...six('no,Cart', 'Cart=9'), 'P1,no,Pay,Cart=4; Pay=5', 'P1,no,Pay,Cart=4; Pay=6'];
    const { figures, notices } = await read('success,abandoned_at,step_seconds', [...rows, ...rows.slice(-2)]);
    expect([...new Set(figures.flatMap(({ step }) => step ?? []))]).toEqual(['Cart']);
    expect(notices).toContain('Steps that fewer than 5 people reached are left out: Pay (1).');
  });

  it('hold no text that somebody wrote for a name', async () => {
    const note = 'gave up when the total was suddenly much more than it had been on the page before';
    const { figures, notices } = await read('success,abandoned_at,step_seconds', six('no', note, 'Cart=9'));
    expect(JSON.stringify(figures)).not.toContain('suddenly');
    expect(notices).toContain('Steps with names of more than 60 characters were left out: 1.');
  });

  it('take a dash for nobody who gave up', async () => {
    const rows = [...six('yes', '-', 'Cart=9; Pay=5'), 'P7,no,Pay,Cart=9; Pay=5'];
    const { figures, faults } = await read('success,abandoned_at,step_seconds', rows);
    expect(faults).toEqual([]);
    expect(find(figures, 'abandonment_rate', { step: 'Pay' })?.parts).toEqual({ x: 1, n: 7 });
  });

  it('take a step that somebody came back to once, with both times', async () => {
    const { figures } = await read('success,step_seconds', six('yes', 'Cart=9; Pay=1:10; cart=11'));
    expect(find(figures, 'time_on_task', { step: 'Cart' })).toMatchObject({ value: 20, n: 6 });
    expect(find(figures, 'time_on_task', { step: 'Pay' })?.value).toBe(70);
  });

  it('need a number for each name', async () => {
    const { figures, faults } = await read('success,step_seconds', six('yes', 'Cart; Pay=3'));
    expect(figures).toEqual([]);
    expect(faults[0]).toMatchObject({
      row: 2,
      column: 'step_seconds',
      fault: 'has no number for "Cart"; write it as Cart=21; Address=64',
    });
  });

  it('cannot be given up at by who succeeded, and waiting is no longer than the task', async () => {
    const { faults } = await read('success,abandoned_at,seconds,machine_seconds', six('yes', 'Pay', '9', '10'));
    expect(faults.slice(0, 2)).toMatchObject([
      { column: 'machine_seconds', fault: 'is more than seconds (9)' },
      { column: 'abandoned_at', fault: 'names where the participant gave up, who yet succeeded' },
    ]);
  });

  it('take an empty cell of errors for none only where the attempt had none at all', async () => {
    const header = 'success,errors,step_seconds,step_errors';
    const times = 'Cart=9; Pay=5';
    const none = ['P6', 'P7'].map((who) => `${who},yes,0,${times},`);
    const { figures } = await read(header, [...six('yes', '2', times, 'Pay=2'), ...none]);
    const perAttempt = { variant: 'errors per attempt' };
    expect(find(figures, 'error_rate', { step: 'Pay', ...perAttempt })).toMatchObject({ value: 1.5, n: 8 });
    const untold = await read(header, [...six('yes', '2', times, 'Pay=2'), ...none, `P8,yes,3,${times},`]);
    expect(find(untold.figures, 'error_rate', { step: 'Pay', ...perAttempt })).toMatchObject({ value: 2, n: 6 });
  });
});
