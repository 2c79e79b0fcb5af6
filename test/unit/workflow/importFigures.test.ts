import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HumanError } from '../../../src/core/errors';
import { definitionOf, isOnScale, metricOf } from '../../../src/core/metrics/metrics';
import { type Figure, figureKey } from '../../../src/core/outcomes/figures';
import { importFields, importKinds } from '../../../src/core/outcomes/importFields';
import { type ImportChoice, previewTable, readFigures, writeFigures } from '../../../src/workflow/importFigures';
import { Workspace } from '../../../src/workflow/workspace';

const template = (kind: string) =>
  readFileSync(path.resolve(import.meta.dirname, `../../../media/outcomes/${kind}.csv`));
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string | Uint8Array, choice: Partial<ImportChoice> = {}) =>
  readFigures(typeof text === 'string' ? bytes(text) : text, 'table.csv', { on: '2026-11-22', ...choice });
const find = (figures: readonly Figure[], metric: string, like: Partial<Figure> = {}) =>
  figures.find((one) => one.metric === metric && Object.entries(like).every(([key, value]) => one[key] === value));
const faultOf = (work: Promise<unknown>): Promise<HumanError> =>
  work.then(
    () => Promise.reject(new Error('it went through')),
    (error: HumanError) => error,
  );

/** The rows of a template as plain objects, read by nothing of the product. */
function rawRows(kind: string): Record<string, string>[] {
  const [header = '', ...lines] = template(kind).toString('utf8').trim().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index], cell])));
}

describe('the figures of the shipped templates, computed anew from their rows', () => {
  it('survey: NPS, CSAT, CES and SUS of the checkout in September', async () => {
    const { figures, bad } = await read(template('survey'));
    const rows = rawRows('survey').filter(({ date, page }) => date?.startsWith('2026-09') && page === 'checkout');
    const of = (name: string) => rows.flatMap((row) => (row[name] ? [Number(row[name])] : []));
    const share = (values: number[], from: number, to: number) =>
      values.filter((value) => value >= from && value <= to).length / values.length;
    const like = { target: 'checkout', from: '2026-09-01', to: '2026-09-30' };
    expect(bad).toBe(0);
    expect(find(figures, 'nps', like)?.value).toBeCloseTo((share(of('nps'), 9, 10) - share(of('nps'), 0, 6)) * 100, 3);
    expect(find(figures, 'csat', like)?.value).toBeCloseTo(share(of('csat'), 4, 5) * 100, 3);
    const efforts = of('ces2');
    expect(find(figures, 'ces', { ...like, variant: '2.0' })?.value).toBeCloseTo(
      efforts.reduce((sum, value) => sum + value, 0) / efforts.length,
      3,
    );
    const sus = rows
      .filter(({ sus1 }) => sus1)
      .map((row) => {
        let points = 0;
        for (let item = 1; item <= 10; item += 1)
          points += item % 2 === 1 ? Number(row[`sus${item}`]) - 1 : 5 - Number(row[`sus${item}`]);
        return points * 2.5;
      });
    expect(find(figures, 'sus', like)).toMatchObject({ n: sus.length });
    expect(find(figures, 'sus', like)?.value).toBeCloseTo(sus.reduce((sum, value) => sum + value, 0) / sus.length, 3);
  });

  it('sessions: completion, times of successes apart from failures, errors and clicks', async () => {
    const { figures } = await read(template('sessions'));
    const rows = rawRows('sessions').filter(({ page }) => page === 'checkout');
    const won = rows.filter(({ success }) => success === 'yes');
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const like = { target: 'checkout' };
    const n = rows.length;
    const [x, z2] = [won.length, 1.96 ** 2];
    const p = (x + z2 / 2) / (n + z2);
    const completion = find(figures, 'task_completion_rate', like);
    expect(completion?.value).toBeCloseTo((x / n) * 100, 3);
    expect(completion?.low).toBeCloseTo((p - 1.96 * Math.sqrt((p * (1 - p)) / (n + z2))) * 100, 2);
    const geometric = Math.exp(mean(won.map(({ seconds }) => Math.log(Number(seconds)))));
    const time = figures.find((one) => one.metric === 'time_on_task' && one.target === 'checkout' && !one.variant);
    expect(time).toMatchObject({ n: won.length });
    expect(time?.value).toBeCloseTo(geometric, 3);
    expect(n - won.length).toBeLessThan(5);
    expect(find(figures, 'time_on_task', { ...like, variant: 'failed attempts' })).toBeUndefined();
    expect(find(figures, 'clicks_to_completion', like)?.value).toBeCloseTo(
      mean(won.map(({ clicks }) => Number(clicks))),
      3,
    );
    expect(find(figures, 'error_rate', { ...like, variant: 'errors per attempt' })?.value).toBeCloseTo(
      mean(rows.map(({ errors }) => Number(errors))),
      3,
    );
    const erring = new Set(rows.filter(({ errors }) => Number(errors) > 0).map(({ participant }) => participant)).size;
    expect(find(figures, 'error_rate', { ...like, variant: 'participants with an error' })).toMatchObject({
      parts: { x: erring, n: new Set(rows.map(({ participant }) => participant)).size },
    });
  });

  it('analytics and customers: rates of the last month, order value and lifetime value', async () => {
    const shop = rawRows('analytics').at(-1) as Record<string, string>;
    const { figures, notices } = await read(template('analytics'), { currency: 'EUR' });
    const like = { from: '2026-09-01' };
    expect(notices).toEqual([]);
    expect(find(figures, 'conversion_rate', like)).toMatchObject({
      parts: { x: Number(shop.conversions), n: Number(shop.visits) },
    });
    expect(find(figures, 'bounce_rate', like)?.value).toBeCloseTo(
      (Number(shop.bounces) / Number(shop.visits)) * 100,
      3,
    );
    expect(find(figures, 'aov', like)).toMatchObject({ value: Number(shop.order_value), unit: 'EUR' });
    const base = rawRows('customers').at(-1) as Record<string, string>;
    const customers = await read(template('customers'), { currency: 'EUR', discount: 0.8 });
    const kept = 1 - Number(base.lost) / Number(base.start);
    expect(find(customers.figures, 'retention_rate', like)?.value).toBeCloseTo(kept * 100, 3);
    expect(find(customers.figures, 'churn_rate', like)?.value).toBeCloseTo((1 - kept) * 100, 3);
    expect(find(customers.figures, 'clv', like)?.value).toBeCloseTo((Number(base.margin) * kept) / (1.008 - kept), 2);
  });
});

describe('every figure that an import comes to', () => {
  /** Whole numbers from `min` to `max`, the same on every run. */
  let seed = 7;
  const random = (min: number, max: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return min + (seed % (max - min + 1));
  };
  const cellOf = ({ type, id, min = 0, max = 40 }: (typeof importFields)['survey'][number], row: number): string => {
    if (type === 'date') return `2026-09-${String((row % 28) + 1).padStart(2, '0')}`;
    if (type === 'yes-no') return random(0, 1) === 1 ? 'yes' : 'no';
    if (id === 'participant') return `P${row}`;
    if (id === 'abandonedAt' || id === 'event') return ''; // each contradicts other random cells of its row
    if (id === 'step') return `step ${row}`;
    if (type === 'step-counts' || type === 'step-durations') return `Cart=${random(0, 3)}; Pay=${random(1, 9)}`;
    if (type === 'text') return id === 'reasons' ? `price=${random(1, 9)}` : `${id} ${random(1, 2)}`;
    const whole = ['visits', 'users', 'started', 'start', 'seconds', 'reached'].includes(id);
    return String(whole ? random(40, 90) : random(min, max));
  };

  it.each(importKinds)('of a %s table is on the scale of its definition, and so is its interval', async (kind) => {
    for (let table = 0; table < 12; table += 1) {
      const fields = importFields[kind].filter(({ id }) => !['from', 'to', 'uxAuditAnswer'].includes(id));
      const rows = Array.from({ length: kind === 'customers' ? 1 : random(40, 60) }, (_, row) =>
        fields.map((field) => cellOf(field, row)).join(','),
      );
      const text = `${fields.map(({ id }) => id).join(',')}\n${rows.join('\n')}\n`;
      const columns = Object.fromEntries(fields.map(({ id }) => [id, id]));
      const { figures, bad, questions } = await read(text, { kind, columns, currency: 'EUR', discount: 10 });
      expect([bad, questions]).toEqual([0, []]);
      expect(figures.length).toBeGreaterThan(2);
      for (const { metric, variant, value, low = value, high = value } of figures) {
        const known = metricOf(metric);
        const scale = known && definitionOf(known, variant).scale;
        for (const one of [value, low, high]) expect(scale && isOnScale(scale, one), `${metric} ${one}`).toBe(true);
        expect(low <= value && value <= high, `${metric} ${low} ${value} ${high}`).toBe(true);
      }
    }
  });
});

/** A table whose rows are the answers of five people each, since fewer make no figure. */
const five = (header: string, ...rows: string[]) =>
  `${[header, ...rows.flatMap((row) => Array(5).fill(row))].join('\n')}\n`;

describe('a table as people send it', () => {
  it('may have a byte order mark, semicolons, decimal commas, quotes and line breaks in fields', async () => {
    const row = '01.09.2026;checkout;yes;12,5;"said ""fine"";\nthen left"';
    const { figures, good, bad } = await read(`\uFEFF${five('date;page;success;seconds;comment', row)}`);
    expect([good, bad]).toEqual([5, 0]);
    expect(find(figures, 'time_on_task', { n: 5 })?.value).toBe(12.5);
  });

  it('may be UTF-16, with a mark or without, or Windows-1252', async () => {
    const text = five('nps,csat,date', '9,5,2026-09-01');
    for (const mark of [[0xff, 0xfe], []]) {
      const utf16 = Buffer.concat([Buffer.from(mark), Buffer.from(text, 'utf16le')]);
      expect(find((await read(utf16)).figures, 'nps')?.n).toBe(5);
    }
    const latin = Buffer.from(five('task,success,date', 'Kasse \xF6ffnen,ja,2026-09-01'), 'latin1');
    expect(find((await read(latin)).figures, 'task_completion_rate')?.n).toBe(5);
  });

  it('must have a period, which can be given for the whole of it', async () => {
    const table = five('nps,csat', '9,5');
    expect((await read(table)).questions).toMatchObject([{ isPeriod: true, column: '' }]);
    const period = { from: '2026-07-01', to: '2026-09-30' };
    expect((await read(table, { period })).figures[0]).toMatchObject(period);
  });

  it('may put its rows together by quarter', async () => {
    const { figures } = await read(five('date,nps', '2026-07-01,9', '2026-09-30,3'), { by: 'quarter' });
    expect(figures).toMatchObject([{ metric: 'nps', n: 10, from: '2026-07-01', to: '2026-09-30', value: 0 }]);
  });

  it('is refused while a column looks personal, until that column is left out by name', async () => {
    const table = 'date,nps,E-Mail\n2026-09-01,9,ana@example.org\n';
    const fault = await faultOf(read(table));
    expect(fault).toMatchObject({ code: 'columns-personal', kind: 'usage' });
    expect(fault.message).toContain('"E-Mail"');
    const { figures } = await read(table, { drop: ['E-Mail'] });
    expect(JSON.stringify(figures)).not.toContain('ana@');
  });

  it('may call its columns what it likes', async () => {
    const { figures } = await read(five('when,how likely?', '2026-09-01,9'), {
      kind: 'survey',
      columns: { when: 'date', 'how likely?': 'nps' },
    });
    expect(figures).toMatchObject([{ metric: 'nps', value: 100 }]);
  });

  it.each([
    ['a,b\n1,2\n', {}, 'kind-unknown'],
    ['date,nps\n2026-09-01,9\n', { columns: { score: 'nps' } }, 'column-missing'],
    ['date,nps\n2026-09-01,9\n', { columns: { nps: 'happiness' } }, 'field-unknown'],
    ['nps\n9\n', {}, 'table-empty'],
    ['date,nps\n', {}, 'table-empty'],
    ['date,nps\n2026-09-01,"9\n', {}, 'table-unreadable'],
    ['date,nps\n1,2026-09-01,9\n', {}, 'table-uneven'],
    ['PK\u0003\u0004\u0014', {}, 'table-foreign'],
    ['<html><table><tr><td>nps', {}, 'table-foreign'],
    ['date,nps\n2026-09-01,9\n', { period: { from: '2026-09-30', to: '2026-09-01' } }, 'period-invalid'],
    ['date,nps\n2026-09-01,9\n', { period: { from: '2099-09-01', to: '2099-09-30' } }, 'period-invalid'],
    ['month,visits,revenue\n2026-09,9,9\n', { currency: 'euros' }, 'currency-unknown'],
  ])('%j is refused with a reason', async (table, choice, code) => {
    expect(await faultOf(read(table, choice))).toMatchObject({ code, kind: 'usage' });
  });

  it('is asked about columns whose name does not tell which way the answers go', async () => {
    const ces = 'date,CES\n2026-09-01,2\n';
    expect(await faultOf(read(ces, { kind: 'survey' }))).toMatchObject({ code: 'column-unclear' });
    const [old] = (await read(five('date,CES', '2026-09-01,2'), { columns: { CES: 'ces1' } })).figures;
    expect(old).toMatchObject({ variant: '1.0', value: 2 });
    const asq = five('date,nps,asq1,asq2,asq3', '2026-09-01,9,6,7,7');
    expect(await faultOf(read(asq))).toMatchObject({ code: 'column-unclear' });
    const reversed = { asq1: 'asqReversed1', asq2: 'asqReversed2', asq3: 'asqReversed3' };
    expect(find((await read(asq, { columns: reversed })).figures, 'asq')?.value).toBeCloseTo(4 / 3, 3);
  });

  it('keeps both versions of effort apart', async () => {
    const text = `date,ces2,ces1\n${[7, 6, 5, 4, 2].map((effort) => `2026-09-01,${effort},${effort % 3}`).join('\n')}\n`;
    const { figures, faults } = await read(text.replaceAll(',0\n', ',3\n'));
    expect(faults).toEqual([]);
    expect(find(figures, 'ces', { variant: '2.0' })).toMatchObject({ value: 4.8, n: 5, parts: { atLeast5: 3 } });
    expect(find(figures, 'ces', { variant: '1.0' })).toMatchObject({ value: 1.8, n: 5 });
  });

  it('is not read where somebody says so of a column', async () => {
    const { figures, plan } = await read(five('date,nps,csat', '2026-09-01,9,5'), {
      columns: { csat: '' },
    });
    expect(plan.columns).toEqual({ date: 'date', nps: 'nps' });
    expect(figures.map(({ metric }) => metric)).toEqual(['nps']);
  });

  it('has one column for each field', async () => {
    const two = five('date,recommend,score', '2026-09-01,9,3');
    expect((await read(two, { columns: { score: 'nps' } })).figures).toMatchObject([{ metric: 'nps', value: -100 }]);
    const both = { recommend: 'nps', score: 'nps' };
    expect(await faultOf(read(two, { columns: both }))).toMatchObject({ code: 'column-twice' });
    expect(await faultOf(read('date,nps,nps\n2026-09-01,9,3\n'))).toMatchObject({ code: 'column-twice' });
  });

  it('of customers begins with the earliest row of a quarter, and is not guessed from several rows of one month', async () => {
    const quarter = 'month,start,new,lost\n2026-09,95,5,10\n2026-08,98,7,10\n2026-07,100,8,10\n';
    const { figures } = await read(quarter, { by: 'quarter' });
    expect(find(figures, 'churn_rate')).toMatchObject({ value: 30, parts: { x: 30, n: 100 } });
    const plans = await read('month,start,new,lost\n2026-09,50,5,10\n2026-09,60,7,10\n');
    expect(plans.figures).toEqual([]);
    expect(plans.notices.join()).toContain('Several rows');
  });

  it('keeps of reasons only what at least five people gave', async () => {
    const rows = ['price=3; constructor=6', ...Array(5).fill('too slow'), 'Anna Schmidt fired us'];
    const table = `month,start,new,lost,reasons\n${rows.map((reason, index) => `2026-0${index + 1},100,1,1,${reason}`).join('\n')}\n`;
    const { figures } = await read(table, { by: 'all', period: { from: '2026-01-01', to: '2026-12-31' } });
    expect(find(figures, 'churn_reasons')?.parts).toEqual({ constructor: 6, 'too slow': 5, other: 4 });
  });

  it('keeps tasks apart where there are several, and their texts to itself', async () => {
    const table = five('date,task,success,seconds', '2026-09-01,Find a lamp,yes,10', '2026-09-01,Buy it,yes,300');
    const { figures, notices } = await read(table);
    expect(find(figures, 'time_on_task', { variant: 'task 1' })?.value).toBe(10);
    expect(find(figures, 'time_on_task', { variant: 'task 2' })?.value).toBe(300);
    expect(JSON.stringify(figures)).not.toMatch(/lamp|Buy/);
    expect(notices.join()).toContain('task 1 is "Find a lamp"');
    const numbered = await read(table.replaceAll('Find a lamp', 'T7').replaceAll('Buy it', 'Task 3'));
    expect(new Set(numbered.figures.map(({ variant }) => variant))).toEqual(new Set(['task 7', 'task 3']));
  });

  it('of a hundred thousand rows is taken whole, and a preview shows the first few', async () => {
    const rows = Array.from(
      { length: 100_000 },
      (_, index) => `2026-09-${String((index % 30) + 1).padStart(2, '0')},${index % 11}`,
    );
    const table = bytes(`date,nps\n${rows.join('\n')}\n`);
    const preview = await previewTable(table, 'big.csv');
    expect(preview).toMatchObject({ rows: 100_000, kind: 'survey', personal: [] });
    expect(preview.sample).toHaveLength(5);
    expect((await read(table)).figures).toMatchObject([{ metric: 'nps', n: 100_000 }]);
  });
});

describe('outcomes.json', () => {
  let root: string;
  let workspace: Workspace;
  const file = () => path.join(root, 'ux-audit/outcomes.json');
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'ux-audit-figures-'));
    workspace = new Workspace(root);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('holds figures alone, and the same table twice leaves its bytes', async () => {
    const result = await read(template('sessions'));
    expect(await writeFigures(workspace, result)).toBe(true);
    const text = await readFile(file(), 'utf8');
    expect(text).not.toMatch(/P7|Buy the lamp/);
    expect(await writeFigures(workspace, await read(template('sessions'), { on: '2026-12-24' }))).toBe(false);
    expect(await readFile(file(), 'utf8')).toBe(text);
    for (const line of text.split('\n').slice(3, -3)) expect(line).toMatch(/^ {4}"[^"]+": \{ .* \},?$/);
  });

  it('keeps the drivers of a survey when its table is read as another kind', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `2026-09-01,${i % 11},${i % 7},${(i % 7) + 1},yes`);
    const survey = `date,nps,Delivery,seq,success\n${rows.join('\n')}\n`;
    await writeFigures(workspace, await read(survey, { kind: 'survey' }));
    const { drivers } = await workspace.outcomes.read();
    expect(Object.keys(drivers ?? {})).not.toEqual([]);
    await writeFigures(workspace, await read(survey, { kind: 'sessions' }));
    const after = await workspace.outcomes.read();
    expect(after.drivers).toEqual(drivers);
    expect(find(Object.values(after.values), 'task_completion_rate')).toBeDefined();
  });

  it.each([
    ['{ "schemaVersion": 1, "values": {\n<<<<<<< HEAD\n', 'values-conflict'],
    ['{ "schemaVersion": 1, "values"', 'values-invalid'],
    ['{ "schemaVersion": 99, "values": {} }', 'values-newer'],
    ['{ "schemaVersion": 1, "values": { "x": { "metric": "nps" } } }', 'values-invalid'],
    ['[]', 'values-invalid'],
  ])('%j is never written to, and the fault says what to do', async (text, code) => {
    await writeFigures(workspace, await read(template('sessions')));
    await writeFile(file(), text);
    const fault = await faultOf(writeFigures(workspace, await read(template('survey'))));
    expect(fault).toMatchObject({ kind: 'record', code });
    expect(fault.message).toContain('outcomes.json');
    expect(await readFile(file(), 'utf8')).toBe(text);
  });
});

describe('segments', () => {
  const rows = (...groups: [segment: string, answers: number[]][]) =>
    `date,nps,segment\n${groups.flatMap(([of, all]) => all.map((one) => `2026-09-01,${one},${of}\n`)).join('')}`;
  const five = [10, 9, 8, 7, 6];
  const segmentsOf = (figures: readonly Figure[]) => figures.map(({ segment, n }) => [segment, n]);

  it('makes figures of each group, none of all together, and says so', async () => {
    const { figures, notices, drivers } = await read(rows(['buyers', five], ['users', [...five, 0]]));
    expect(segmentsOf(figures)).toEqual([
      ['buyers', 5],
      ['users', 6],
    ]);
    expect(figures.map(figureKey)[0]).toBe('*/nps[buyers]/2026-09-01..2026-09-30');
    expect(notices.join()).toContain('2 groups of "segment" (buyers, users), none of all people together');
    expect(drivers).toEqual([]);
  });

  it('takes one name in several spellings for one group, and keeps those who name none apart', async () => {
    const { figures } = await read(rows(['Buyers', five], [' buyers ', five], ['', five], ['N/A', five]));
    expect(segmentsOf(figures)).toEqual([
      ['Buyers', 10],
      ['not said', 10],
    ]);
  });

  it('keeps no figure of a group of fewer than 5 people', async () => {
    const { figures, notices } = await read(rows(['buyers', five], ['users', [1, 2, 3, 4]]));
    expect(segmentsOf(figures)).toEqual([['buyers', 5]]);
    expect(notices.join()).toContain('NPS® of the whole product, users, 2026-09-01 to 2026-09-30 (4)');
  });

  it('takes an empty column for no groups', async () => {
    const { figures, notices } = await read(rows(['', five]));
    expect(segmentsOf(figures)).toEqual([[undefined, 5]]);
    expect(notices).toEqual([]);
  });

  it('asks when a column names more than 12 groups or long texts, and answers with the column left out', async () => {
    const groups = Array.from({ length: 13 }, (_, index): [string, number[]] => [`person ${index}`, five]);
    const { figures, questions } = await read(rows(...groups));
    expect(figures).toEqual([]);
    expect(questions).toMatchObject([{ column: 'segment', canDrop: true }]);
    expect(questions[0]?.text).toContain('more than 12 groups: it looks like a column about single people');
    expect(segmentsOf((await read(rows(...groups.slice(1)))).figures)).toHaveLength(12);
    expect(segmentsOf((await read(rows(...groups), { drop: ['segment'] })).figures)).toEqual([[undefined, 65]]);
    expect((await read(rows(['word '.repeat(20), five]))).questions).toMatchObject([{ canDrop: true }]);
  });

  it.each(['Customer segment', 'Session default channel group', 'New vs. returning', 'Kundengruppe'])(
    'recognises "%s"',
    async (header) => {
      const text = rows(['a', five]).replace('segment', header);
      expect((await read(text)).figures).toMatchObject([{ segment: 'a' }]);
    },
  );

  it('adds up analytics and customers of each group apart', async () => {
    const visits =
      'month,channel,visits,conversions\n2026-09,shop,1000,20\n2026-09,shop,1000,40\n2026-09,phone,100,50\n';
    expect((await read(visits)).figures).toMatchObject([
      { segment: 'shop', value: 3, n: 2000 },
      { segment: 'phone', value: 50, n: 100 },
    ]);
    const customers = 'month,start,lost,segment\n2026-09,100,10,buyers\n2026-09,50,25,users\n';
    expect(find((await read(customers)).figures, 'churn_rate', { segment: 'users' })?.value).toBe(50);
  });

  it('keeps names inert and hostile ones as text', async () => {
    const { figures } = await read(rows(['=cmd|\u001b[31m', five]));
    expect(figures[0]?.segment).toBe('cmd|\\u001b[31m');
  });
});
