import { describe, expect, it } from 'vitest';
import { keystrokeSeconds } from '../../../../src/core/journey/counts';
import { journeyView, type StepView } from '../../../../src/core/journey/journeyView';
import type { Figure } from '../../../../src/core/outcomes/figures';
import { attemptsOf, dataOf, figuresOf, finding, names, runOf, walked } from './build';

const rowOf = (step: StepView | undefined, kind: string) => step?.rows.find((row) => row.kind === kind);
const middle = (values: number[]) => values.toSorted((a, b) => a - b)[(values.length - 1) / 2] ?? Number.NaN;

describe('the view of a journey with people and machine', () => {
  const attempts = attemptsOf(17, [0, 0, 2, 2, 2, 2, 2]);
  const waits = [
    [2_100, 1_800, 11_000],
    [2_000, 1_900, 10_400],
    [2_300, 1_700, 11_300],
  ];

  it('says the numbers that plain loops count in the raw rows', async () => {
    const view = journeyView(dataOf({ figures: await figuresOf(attempts), runs: [runOf(waits)] }));
    for (const [at, step] of view.steps.entries()) {
      let [come, stop, errors] = [0, 0, 0];
      const erring = new Set<string>();
      for (const one of attempts) {
        if (one.times.length <= at) continue;
        come += 1;
        if (!one.success && one.times.length - 1 === at) stop += 1;
        errors += one.errors[at] ?? 0;
        if ((one.errors[at] ?? 0) > 0) erring.add(one.participant);
      }
      expect(rowOf(step, 'reach')).toMatchObject({ value: String(come), detail: `of ${attempts.length}` });
      expect(rowOf(step, 'stop')).toMatchObject({ value: String(stop), detail: `of ${come}` });
      expect(rowOf(step, 'err')).toMatchObject({
        value: String(errors),
        detail: `by ${erring.size || 'any'} of ${come} people`,
      });
      const seconds = waits.map((walk) => (walk[at] ?? 0) / 1000);
      expect(rowOf(step, 'wait')).toMatchObject({
        value: `${middle(seconds).toFixed(1)} s`,
        detail: `${Math.min(...seconds).toFixed(1)}–${Math.max(...seconds).toFixed(1)}, n 3`,
      });
      const times = attempts.filter(({ success }) => success).map((one) => one.times[at] ?? 0);
      const geometric = Math.exp(times.reduce((sum, time) => sum + Math.log(time), 0) / times.length);
      expect(rowOf(step, 'take')?.value).toBe(`${Math.round(geometric)} s`);
      expect(rowOf(step, 'take')?.detail).toContain('n 17');
    }
  });

  it('answers with both, side by side, and calls neither the cause of the other', async () => {
    const { answer, worst, facts } = journeyView(dataOf({ figures: await figuresOf(attempts), runs: [runOf(waits)] }));
    expect(answer.strong).toBe('17 of 24 people finish. 5 of the 7 who stop, stop at “Pay”.');
    const erring = attempts.filter((one) => (one.errors[2] ?? 0) > 0).length;
    expect(answer.rest).toBe(
      `There, the machine keeps a person waiting 11.0 of 14.9 s, and ${erring} of 22 people make errors.`,
    );
    expect(answer.rest).not.toMatch(/because|cause|so that|due/i);
    expect(worst).toEqual({ name: 'Pay', index: 2, mark: 'loses most' });
    expect(facts.map(({ label, value }) => `${label} ${value}`).slice(0, 2)).toEqual([
      'Finish 71 %',
      'Machine waits 14.9 s',
    ]);
    expect(facts[0]?.detail).toMatch(/^\d+–\d+ %, n 24 people, imported$/);
    expect(facts[1]?.detail).toBe('14.3–15.3 s, n 3, lab');
  });

  it('says waiting of task time from the same attempts', async () => {
    const won = attempts.filter(({ success }) => success);
    const mean = (values: number[]) => Math.round(values.reduce((a, b) => a + b, 0) / values.length);
    const whole = mean(won.map(({ times }) => times.reduce((a, b) => a + b, 0)));
    const part = won.reduce((sum, { machine }) => sum + machine, 0) / won.length;
    const { facts } = journeyView(dataOf({ figures: await figuresOf(attempts) }));
    const fact = facts.find(({ label }) => label === 'Of');
    expect(fact?.value).toBe(`${whole} s, ${Number(part.toFixed(1))} s were waiting`);
    expect(fact?.detail).toBe('means of the same 17 attempts that succeeded, imported');
  });

  it('calls attempts attempts when a person made several', async () => {
    const twice = attempts.map((one, index) => ({ ...one, participant: `P${index % 20}` }));
    expect(journeyView(dataOf({ figures: await figuresOf(twice) })).answer.strong).toMatch(/^17 of 24 attempts finish/);
  });

  it('names no step when as many stop at several, and says so', async () => {
    const tied = journeyView(dataOf({ figures: await figuresOf(attemptsOf(17, [0, 0, 2, 2])) }));
    expect(tied.answer.strong).toBe('17 of 21 people finish. As many stop at “Cart” as at “Pay”: 2 each.');
    expect(tied.worst).toBeNull();
    expect(tied.steps.every((step) => step.mark === null && !rowOf(step, 'stop')?.isMost)).toBe(true);
  });

  it('tells rounds apart only where their intervals do', async () => {
    const since = async (done: number) => {
      const [early, late] = [
        await figuresOf(attemptsOf(20 - done, Array(done + 4).fill(1), 1), {
          source: 'round-1.csv',
          date: '2026-09-01',
        }),
        await figuresOf(attemptsOf(17, [0, 0, 2, 2, 2, 2, 2])),
      ];
      const { facts } = journeyView(dataOf({ figures: [...early, ...late] }));
      return facts.find(({ label }) => label === 'Since the last round:');
    };
    expect(await since(4)).toMatchObject({ value: 'cannot tell' });
    expect((await since(4))?.detail).toMatch(/^67 % \(n 24\) to 30 Sep; these show only changes of about \d\d points$/);
    expect(await since(15)).toMatchObject({ value: 'better' });
  });

  it('keeps sources apart, and shows the one that was chosen', async () => {
    const funnel = (step: string, n: number, x: number): Figure => ({
      metric: 'abandonment_rate',
      target: 'checkout',
      step,
      from: '2026-11-01',
      to: '2026-11-27',
      value: (x / n) * 100,
      n,
      parts: { x, n },
      basis: 'imported',
      source: 'ga4.csv',
      on: '2026-11-28',
    });
    const figures = [...(await figuresOf(attempts)), funnel('Cart', 1000, 600), funnel('Elsewhere', 5, 1)];
    const own = journeyView(dataOf({ figures }));
    expect(own.sources.map(({ label }) => label)).toEqual([
      'sessions.csv, 1 Nov to 30 Nov',
      'ga4.csv, 1 Nov to 27 Nov',
    ]);
    expect(rowOf(own.steps[0], 'reach')?.value).toBe('24');
    expect(own.others).toEqual([]);
    const other = journeyView(dataOf({ figures }), own.sources[1]?.key);
    expect(rowOf(other.steps[0], 'reach')?.value).toBe('1000');
    expect(rowOf(other.steps[1], 'reach')).toMatchObject({ value: '–', detail: 'not known' });
    expect(other.others).toEqual(['Elsewhere']);
    expect(other.answer.strong).toBe('600 of 1000 stop at “Cart”; of other steps that is not known.');
  });
});

describe('the view of a journey that is known in part', () => {
  it('says with the machine alone where a person waits, and nothing of people', () => {
    const view = journeyView(dataOf({ runs: [runOf([[1_000, 200, 5_000]])] }));
    expect(view.answer).toEqual({ strong: 'A person waits 6.2 s for the machine, 5.0 s of it at “Pay”.', rest: '' });
    expect(view.worst?.mark).toBe('waits longest');
    expect(view.steps[0]?.rows.map(({ kind }) => kind)).toEqual(['wait']);
    expect(view.facts).toEqual([{ label: 'Machine waits', value: '6.2 s', detail: '1 walk, spread not known, lab' }]);
    expect(view.about).toContain('people: no figures');
  });

  it('names no step that waits longest when the walks do not agree', () => {
    const view = journeyView(
      dataOf({
        runs: [
          runOf([
            [1_000, 900, 100],
            [800, 1_100, 100],
            [950, 1_050, 100],
          ]),
        ],
      }),
    );
    expect(view.worst).toBeNull();
    expect(view.answer.strong).toBe('A person waits 2.0 s for the machine.');
  });

  it('names no step as the worst while another may be worse, since it is not known', () => {
    const run = runOf([[5_000, 200, 300]]);
    const unknown = walked('Address', undefined);
    const steps = run.walks[0]?.steps.with(1, unknown) ?? [];
    const view = journeyView(dataOf({ runs: [{ ...run, walks: [{ steps, disturbed: false }] }] }));
    expect(view.worst).toBeNull();
    expect(view.answer.strong).toBe('The machine completes every step; nothing tells how long a person waits.');
  });

  it('says of a step that is new since the newest run that it was not walked', () => {
    const [cart, address] = runOf([[900, 300, 100]]).walks[0]?.steps ?? [];
    const run = { ...runOf([]), walks: [{ steps: [cart, address].flatMap((step) => step ?? []), disturbed: false }] };
    const view = journeyView(dataOf({ runs: [run] }));
    expect(view.steps[2]?.state?.text).toBe('new: not walked since it was recorded');
    expect(rowOf(view.steps[2], 'wait')).toMatchObject({ value: '–', detail: 'not known' });
    expect(view.worst).toBeNull();
  });

  it('says with people alone that the machine never walked it', async () => {
    const view = journeyView(dataOf({ figures: await figuresOf(attemptsOf(8, [])) }));
    expect(view.answer).toEqual({ strong: 'All 8 people finish.', rest: '' });
    expect(view.steps.map(({ state }) => state?.text)).toEqual(names.map(() => 'never walked by machine'));
    expect(view.steps[0]?.rows.some(({ kind }) => kind === 'wait')).toBe(false);
  });

  it('says what to do with nothing', () => {
    expect(journeyView(dataOf()).answer.rest).toContain('Run it to see how long a person waits at each step.');
    const unrecorded = journeyView(dataOf({ isRecorded: false, steps: names.map((name) => ({ name, actions: [] })) }));
    expect(unrecorded.answer.rest).toContain('Record it, or import a recording');
    expect(unrecorded.steps.map(({ state }) => state?.text)).toEqual(names.map(() => 'not recorded'));
    expect(unrecorded.numbers).toEqual([]);
  });

  it('puts a step that cannot be completed before all else, and never shows its waiting as 0', async () => {
    const view = journeyView(
      dataOf({ runs: [runOf([[900, undefined, undefined]])], figures: await figuresOf(attemptsOf(8, [])) }),
    );
    expect(view.answer).toEqual({
      strong: 'The machine cannot complete “Address”.',
      rest: '“Pay now” did not appear within 15 s. All 8 people finish.',
    });
    expect(view.steps.map(({ state }) => state?.kind)).toEqual([undefined, 'failed', 'unknown']);
    expect(rowOf(view.steps[1], 'wait')).toMatchObject({ value: '–', detail: 'not completed' });
    expect(view.facts.find(({ label }) => label === 'Machine waits')?.value).toBe('not known');
  });

  it('says what the browser did not measure, and of the model that it is one', () => {
    const soft = walked('Address', 400, { vitals: [{ page: '/a', navigation: 'soft' }] });
    const run = runOf([[1_000, 400, 300]]);
    const steps = run.walks[0]?.steps.with(1, soft) ?? [];
    const view = journeyView(dataOf({ runs: [{ ...run, walks: [{ steps, disturbed: false }] }] }));
    const column = (name: string) => {
      const table = view.numbers.find(({ columns }) => columns.includes(name));
      return table?.rows[1]?.cells[table.columns.indexOf(name)]?.value;
    };
    const notes = view.numbers.flatMap((table) => table.notes).join(' ');
    expect([column('LCP'), column('CLS'), column('Pages')]).toEqual(['not measured', 'not measured', '1 soft']);
    expect([column('Clicks'), column('Keys'), column('Fields')]).toEqual(['1', '3', '1']);
    const seconds = keystrokeSeconds(dataOf().steps[1] ?? { actions: [] });
    expect(column('Acting, modelled')).toBe(`${Number(seconds.toFixed(1))} s`);
    expect(notes).toContain('±20 %, without waiting and errors: a model, nobody was timed.');
    expect(notes).toContain('does not tell soft navigations');
  });

  it('lists open findings with their step, worst first, and those of no step by themselves', () => {
    const { steps, elsewhere } = journeyView(
      dataOf({
        findings: [
          finding('a', 'Pay', { state: { status: 'open', severity: 2 } }),
          finding('b', 'Pay', { state: { status: 'open', severity: 4 } }),
          finding('c', 'Pay', { state: { status: 'fixed', severity: 4 } }),
          finding('d', 'Old name'),
          finding('e', undefined),
          finding('f', 'Pay', { target: 'home' }),
        ],
      }),
    );
    expect(steps[2]?.findings.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(elsewhere.map(({ id }) => id)).toEqual(['d', 'e']);
  });
});

describe('a run beside the one before', () => {
  const quick = Array.from({ length: 5 }, (_, index) => [1_000 + index, 500 + index, 3_000 + index]);
  const slow = Array.from({ length: 5 }, (_, index) => [1_000 + index, 500 + index, 5_000 + index]);
  const before = runOf(quick, { at: '2026-11-20T09:00:00.000Z' });

  it('says of each step worse, better or no change shown', () => {
    const view = journeyView(dataOf({ runs: [before, runOf(slow)] }));
    const waiting = view.steps.map(({ changes }) => changes.find(({ label }) => label === 'waiting')?.value);
    expect(waiting).toEqual(['no change shown', 'no change shown', 'worse by 2 s']);
    expect(view.facts.find(({ label }) => label.startsWith('Waiting since'))).toMatchObject({
      label: 'Waiting since 20 Nov:',
      value: 'worse by 2 s',
    });
  });

  it('cannot tell from one walk each', () => {
    const one = (walk: number[]) => runOf([walk]);
    const view = journeyView(dataOf({ runs: [one([1_000, 500, 900]), one([1_000, 500, 5_000])] }));
    expect(view.steps[2]?.changes[0]?.value).toBe('cannot tell');
  });

  it.each([
    ['another place', { environment: 'deployed' }],
    ['another window', { viewport: { width: 1200, height: 800 } }],
    ['another major version of the browser', { browser: 'Chrome 141.0.1' }],
    ['tests instead of the recording', { runner: 'playwright' as const }],
  ])('compares nothing with %s', (_, more) => {
    const view = journeyView(dataOf({ runs: [{ ...before, ...more }, runOf(slow)] }));
    expect(view.comparison).toBeNull();
    expect(view.facts.find(({ label }) => label === 'Since the last run:')?.value).toBe('not comparable');
  });

  it('cannot tell when a run did not come to its end', () => {
    const view = journeyView(dataOf({ runs: [before, runOf([[1_000, undefined, undefined]])] }));
    expect(view.facts.find(({ label }) => label === 'Waiting since 20 Nov:')?.value).toBe('cannot tell');
    expect(view.steps.map(({ changes }) => changes.length > 0)).toEqual([true, false, false]);
  });

  it('takes the newest earlier run that is alike', () => {
    const view = journeyView(
      dataOf({
        runs: [before, { ...runOf(slow), environment: 'deployed' }, { ...runOf(slow), browser: 'Chrome 142.7' }],
      }),
    );
    expect(view.comparison).toContain('20 Nov');
  });
});
