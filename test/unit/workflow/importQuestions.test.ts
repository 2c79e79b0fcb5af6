import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableChoice } from '../../../src/protocol/impactPage';
import { type ImportChoice, readFigures } from '../../../src/workflow/importFigures';
import { TableOnPage, undecided } from '../../../src/workflow/webviewStates/tableOnPage';
import { Workspace } from '../../../src/workflow/workspace';

const on = '2026-11-22';
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, choice: Partial<ImportChoice> = {}) =>
  readFigures(bytes(text), 'table.csv', { on, ...choice });
const table = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
/** One row a day of May 2026. */
const daily = (header: string, values: readonly (string | number)[]) =>
  table(
    header,
    values.map((value, index) => `2026-05-${String(index + 1).padStart(2, '0')},${value}`),
  );

describe('a column with cells that cannot be read', () => {
  it.each([
    ['off the scale', daily('date,nps', [9, 9, 9, 9, 9, 11])],
    ['words', daily('date,nps', [9, 9, 9, 9, 9, 'great'])],
    ['a reversed label', daily('date,csat', [5, 5, 5, 5, 5, '1 - Very satisfied'])],
    ['a scale of another header', daily('date,SEQ (1-5)', [5, 5, 5, 5, 5])],
    ['partly', daily('date,success', ['yes', 'yes', 'yes', 'no', 'yes', 'Partial'])],
    ['a time of words', daily('date,seconds', [10, 10, 10, 10, 10, 'long'])],
    ['thousands or a decimal', daily('month,order_value', ['"1,234"', 12.5])],
    ['more conversions than visits', table('month,visits,conversions', ['2026-05,10,11', '2026-06,100,5'])],
    ['more lost than there were', table('month,start,lost', ['2026-05,10,11'])],
    ['no customers at the start', table('month,start,lost', ['2026-05,,1', '2026-06,100,5'])],
    ['dates of two meanings', table('date,nps', Array(6).fill('3/4/2026,9'))],
    ['a month that may be a day', table('month,visits,conversions', ['Jan-26,100,5'])],
    ['a date in the future', table('date,nps', [...Array(6).fill('2026-05-01,9'), '2099-01-01,9'])],
    ['no date', table('date,nps', [...Array(6).fill('2026-05-01,9'), ',9'])],
    ['another decade', table('from,to,visits,conversions', ['2026-05-01,2099-05-31,100,5'])],
  ])('asks, and gives no figure: %s', async (_, text) => {
    const { figures, questions } = await read(text, { currency: 'EUR' });
    expect(figures).toEqual([]);
    expect(questions).toHaveLength(1);
    const [{ dates, scales, meanings, canLeaveOut, isPeriod } = {} as never] = questions;
    expect(dates.length > 0 || scales.length > 0 || meanings.length > 0 || canLeaveOut || isPeriod).toBe(true);
  });

  it('gives its figures when the cells are left out, and says how many they were', async () => {
    const { figures, notices } = await read(daily('date,nps', [9, 9, 9, 9, 9, 11, 'great']), { leaveOut: ['nps'] });
    expect(figures).toMatchObject([{ metric: 'nps', value: 100, n: 5 }]);
    expect(notices).toContain('"nps": 2 cells could not be read and were left out.');
  });

  it('gives its figures when their meaning is said', async () => {
    const text = daily('date,success', ['yes', 'yes', 'no', 'Partial', 'Partial', 'skipped']);
    const success = { Partial: 'no', skipped: '' };
    expect((await read(text, { answers: { success } })).figures).toMatchObject([{ value: 40, n: 5 }]);
    expect((await read(text, { answers: { success: { Partial: 'no', skipped: 'perhaps' } } })).questions).toHaveLength(
      1,
    );
  });

  it('can be answered where its text is long, by its beginning', async () => {
    const long = `Failed: timeout, ${'and then the page came back '.repeat(4)}`;
    const text = daily('date,success', ['yes', 'yes', 'no', 'no', `"${long}"`]);
    const [asked] = (await read(text)).questions;
    const shown = asked?.texts[0]?.text ?? '';
    expect(long.startsWith(shown)).toBe(true);
    for (const said of [shown, long]) {
      const { figures, questions } = await read(text, { answers: { success: { [said]: 'no' } } });
      expect([questions, figures]).toMatchObject([[], [{ value: 40, n: 5 }]]);
    }
  });

  it('of dates may lack some, and then its rows are given a period or left out', async () => {
    const text = table('date,nps', [...Array(6).fill('2026-05-01,9'), ',0', ',0']);
    expect((await read(text, { leaveOut: ['date'] })).figures).toMatchObject([{ value: 100, n: 6 }]);
    expect((await read(text, { leaveOut: ['date'] })).notices.join()).toContain('2 cells');
    const period = { from: '2026-05-01', to: '2026-05-31' };
    expect((await read(text, { period })).figures).toMatchObject([{ value: 50, n: 8 }]);
  });

  it('of dates follows the order that is said', async () => {
    const text = table('date,nps', Array(5).fill('3/4/2026,9'));
    expect((await read(text, { style: { dates: 'day first' } })).figures).toMatchObject([{ from: '2026-04-01' }]);
    expect((await read(text, { style: { dates: 'month first' } })).figures).toMatchObject([{ from: '2026-03-01' }]);
    const months = table('month,visits,conversions', ['Jan-26,100,5', 'Feb-26,100,6']);
    expect((await read(months, { style: { dates: 'month and year' } })).figures).toMatchObject([
      { from: '2026-01-01', value: 5 },
      { from: '2026-02-01', value: 6 },
    ]);
  });
});

describe('satisfaction from 1 to 7', () => {
  const answers = [7, 7, 7, 7, 6, 6, 4, 4, 4, 4, 5, 3];

  it('is never read as 1 to 5: the scale is asked, or read from header or answers', async () => {
    const asked = await read(daily('date,csat', answers));
    expect(asked.figures).toEqual([]);
    expect(asked.questions).toMatchObject([{ column: 'csat', scales: ['1-7', '1-10', '0-10'] }]);
    const seven = [{ metric: 'csat', variant: '1 to 7', value: 50, n: 12 }];
    expect((await read(daily('date,csat', answers), { scales: { csat: [1, 7] } })).figures).toMatchObject(seven);
    expect((await read(daily('date,CSAT (1-7)', answers))).figures).toMatchObject(seven);
    expect(
      (
        await read(
          daily(
            'date,csat',
            answers.map((one) => `${one}/7`),
          ),
        )
      ).figures,
    ).toMatchObject(seven);
  });

  it('is asked for where no answer reaches 5, and said where one does', async () => {
    const low = await read(daily('date,csat', [4, 4, 3, 2, 1]));
    expect(low).toMatchObject({ figures: [], questions: [{ scales: ['1-5', '1-7', '1-10', '0-10'] }] });
    expect((await read(daily('date,csat', [4, 4, 3, 2, 1]), { scales: { csat: [1, 5] } })).figures).toHaveLength(1);
    expect((await read(daily('date,csat', [5, 4, 3, 2, 1]))).notices.join()).toContain('read as 1 to 5');
    expect((await read(daily('date,csat', Array(5).fill('Satisfied')))).figures).toMatchObject([{ value: 100 }]);
    expect((await read(daily('date,seq', [5, 4, 3, 2, 1]))).notices.join()).toContain('read as 1 to 7');
  });

  it('stays apart from 1 to 5', async () => {
    const [five] = (await read(daily('date,csat', [5, 4, 4, 3, 1]))).figures;
    expect(five).toMatchObject({ value: 60, n: 5 });
    expect(five).not.toHaveProperty('variant');
  });
});

describe('answers of one person', () => {
  const sus = (low: boolean) => Array.from({ length: 10 }, (_, item) => ((item % 2 === 0) === low ? 1 : 5));

  it('count although a question of another instrument is missing', async () => {
    const header = `date,nps,${sus(true).map((_, item) => `sus${item + 1}`)}`;
    const partial = ['0', ...sus(true).slice(0, 9), ''].join();
    const whole = ['10', ...sus(false)].join();
    const { figures, notices } = await read(daily(header, [...Array(6).fill(partial), ...Array(6).fill(whole)]));
    expect(figures).toMatchObject([
      { metric: 'nps', value: 0, n: 12 },
      { metric: 'sus', value: 100, n: 6 },
    ]);
    expect(figures[1]).not.toHaveProperty('low');
    expect(notices.join(' ')).toContain('6 people answered only some of its 10 questions');
    expect(notices.join(' ')).toContain('all 6 answers count the same');
  });

  it('are one person however many attempts they made', async () => {
    const attempts = Array.from({ length: 8 }, (_, index) => `2026-05-01,P${index % 2},yes,5`);
    const { figures, notices } = await read(table('date,participant,success,seconds', attempts));
    expect(figures).toEqual([]);
    expect(notices.join()).toContain('fewer than 5 people');
  });

  it('are of different people where none is named, and of no page where a dash stands for it', async () => {
    const attempts = Array.from({ length: 6 }, () => '2026-05-01,n/a,-,yes');
    const { figures } = await read(table('date,participant,page,success', attempts), { target: 'checkout' });
    expect(figures).toMatchObject([{ metric: 'task_completion_rate', n: 6, target: 'checkout' }]);
  });

  it('count as far as an attempt without success tells', async () => {
    const rows = ['yes,6', 'yes,6', 'no,2', 'no,3', 'yes,7', ',1'].map((row) => `2026-05-01,${row}`);
    const { figures } = await read(table('date,success,seq', rows));
    expect(figures).toMatchObject([
      { metric: 'task_completion_rate', value: 60, n: 5 },
      { metric: 'seq', n: 6 },
    ]);
  });
});

describe('customers of several periods', () => {
  it('have no churn where one row does not say who was lost', async () => {
    const text = table('month,start,lost', ['2026-04,100,5', '2026-05,95,', '2026-06,95,5']);
    const { figures, notices } = await read(text, { by: 'quarter' });
    expect(figures).toEqual([]);
    expect(notices.join()).toContain('in every row');
  });
});

it('pages are kept without the query of their address, and their rows together', async () => {
  const rows = ['/order?token=abc,100,5', '/order#pay,100,7', '/cart,50,5'];
  const text = table(
    'date,page,visits,conversions',
    rows.map((row) => `2026-05-01,${row}`),
  );
  const { figures } = await read(text);
  expect(figures).toMatchObject([
    { target: '/order', value: 6, n: 200 },
    { target: '/cart', value: 10 },
  ]);
  expect(JSON.stringify(figures)).not.toContain('abc');
});

it('a row that adds up the others is not counted twice', async () => {
  const text = table('month,visits,conversions', ['2026-05,100,5', '2026-06,100,7', 'Grand total,200,12']);
  const { figures, notices } = await read(text);
  expect(figures.map(({ value }) => value)).toEqual([5, 7]);
  expect(notices.join()).toContain('add others up');
});

describe('on the impact page', () => {
  let root: string;
  let workspace: Workspace;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-table-'));
    workspace = new Workspace(root);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const choiceOf = ({ kind, columns }: Pick<TableChoice, 'kind' | 'columns'>): TableChoice => ({
    ...undecided,
    kind,
    columns,
  });

  it.each([
    ['scale', daily('date,csat', [7, 7, 6, 5, 4]), { scales: { csat: '1-7' } }, 60],
    [
      'word',
      daily('date,success', ['yes', 'no', 'no', 'no', 'Partial']),
      { answers: { success: { Partial: 'yes' } } },
      40,
    ],
    ['cells', daily('date,nps', [9, 9, 9, 9, 9, 12]), { leaveOut: ['nps'] }, 100],
    ['dates', table('date,nps', Array(5).fill('3/4/2026,0')), { dates: 'day first' as const }, -100],
    ['period', table('nps,csat', Array(5).fill('10,')), { from: '2026-05-01', to: '2026-05-31' }, 100],
  ])('the same is asked as in the terminal, and the answer counts: %s', async (_, text, answer, value) => {
    const page = new TableOnPage('table.csv', bytes(text), workspace);
    const draft = await page.draft();
    expect(draft.questions).toEqual((await read(text, { on: new Date().toISOString().slice(0, 10) })).questions);
    expect([draft.questions.length, draft.figures.length, draft.error]).toEqual([1, 0, null]);
    const choice = choiceOf(draft);
    expect(await page.import(choice)).toBe(0);
    const answered = { ...choice, ...answer };
    expect((await page.draft(answered)).questions).toEqual([]);
    expect(await page.import(answered)).toBe(1);
    const { values } = JSON.parse(await readFile(path.join(root, 'ux-audit/outcomes.json'), 'utf8'));
    expect(Object.values(values)).toMatchObject([{ value }]);
  });

  it('surveys of one period from two files stand side by side, and a file read again replaces its own figure', async () => {
    const survey = async (name: string, score: number) => {
      const page = new TableOnPage(name, bytes(daily('date,nps', Array(5).fill(score))), workspace);
      const draft = await page.draft();
      await page.import(choiceOf(draft));
      return [draft.beside, draft.replaced];
    };
    expect(await survey('shop.csv', 9)).toEqual([0, 0]);
    expect(await survey('app.csv', 3)).toEqual([1, 0]);
    expect(await survey('app.csv', 8)).toEqual([1, 1]);
    const { values } = JSON.parse(await readFile(path.join(root, 'ux-audit/outcomes.json'), 'utf8'));
    expect(Object.entries(values).map(([key, figure]) => [key, (figure as { value: number }).value])).toEqual([
      ['*/nps/2026-05-01..2026-05-31', 100],
      ['*/nps/2026-05-01..2026-05-31 (app.csv)', 0],
    ]);
  });
});
