import { describe, expect, it } from 'vitest';
import { type ImportChoice, readFigures } from '../../../src/workflow/importFigures';

/*
 * The same answers as survey tools, analytics and spreadsheets of several languages write them. Each table is made here
 * after the shape of such a file. A dialect is read with the right values, or its column asks.
 */

/** NPS +25: four promoters and two detractors of eight. */
const scores = [9, 10, 8, 6, 7, 10, 9, 3];
/** Success 62.5 %: five of eight. */
const done = [1, 1, 0, 1, 1, 0, 1, 0];
const days = [1, 2, 3, 13, 14, 25, 26, 27];
const two = (number: number) => String(number).padStart(2, '0');
const lines = (header: string | string[], row: (index: number) => string, end = '\n') =>
  [header, scores.map((_, index) => row(index))].flat(2).join(end) + end;
const day = (index: number) => days[index] ?? 1;
const score = (index: number) => scores[index] ?? 0;

interface Dialect {
  name: string;
  table: string | Uint8Array;
  choice?: Partial<ImportChoice>;
  /** The metric and value that come out, or `asks`. */
  gives: [metric: string, value: number, n?: number] | 'asks';
}

const nps: Dialect['gives'] = ['nps', 25, 8];
const success: Dialect['gives'] = ['task_completion_rate', 62.5, 8];
const may = { from: '2026-05-01', to: '2026-05-31' };
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const question = 'How likely are you to recommend us to a friend?';
const agreement = ['Strongly disagree', 'Disagree', 'Neutral', 'Agree', 'Strongly agree'];
const zustimmung = ['Stimme überhaupt nicht zu', 'Stimme nicht zu', 'Neutral', 'Stimme zu', 'Stimme voll zu'];
/** SUS 75: each statement answered one step from its good end. */
const susOf = (words: readonly string[]) => Array.from({ length: 10 }, (_, item) => words[item % 2 === 0 ? 3 : 1]);
const susHeader = (separator: string) => Array.from({ length: 10 }, (_, item) => `SUS ${item + 1}`).join(separator);

const dialects: Dialect[] = [
  {
    name: 'Google Forms, English',
    table: lines(
      `"Timestamp","${question}","Why?"`,
      (i) => `"2026/05/${two(day(i))} 9:00:12 AM GMT+2","${score(i)}","x, y"`,
    ),
    gives: nps,
  },
  {
    name: 'Google Forms, German',
    table: lines(
      '"Zeitstempel","Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?"',
      (i) => `"${two(day(i))}.05.2026 09:00:12","${score(i)}"`,
    ),
    gives: nps,
  },
  {
    name: 'Google Forms, Brazilian',
    table: lines(
      '"Carimbo de data/hora","Qual a probabilidade de você nos recomendar?"',
      (i) => `"${two(day(i))}/05/2026 09:00:12","${score(i)}"`,
    ),
    gives: nps,
  },
  {
    name: 'Typeform',
    table: lines(`#,${question},Submitted At`, (i) => `ab${i}cd,${score(i)},2026-05-${two(day(i))} 09:00:12`),
    gives: nps,
  },
  {
    name: 'SurveyMonkey: two header rows',
    table: lines(
      [`Respondent ID,IP Address,End Date,${question}`, ',,,Response'],
      (i) => `1140${i},10.0.0.${i},05/${two(day(i))}/2026 09:00:12 AM,${score(i)}`,
    ),
    choice: { drop: ['Respondent ID', 'IP Address'] },
    gives: nps,
  },
  {
    name: 'SurveyMonkey: labelled ends',
    table: lines('Date,NPS', (i) => {
      const label = score(i) === 10 ? '10 - Extremely likely' : score(i);
      return `2026-05-${two(day(i))},${label}`;
    }),
    gives: nps,
  },
  {
    name: 'Qualtrics: three header rows',
    table: lines(
      [
        'RecordedDate,Progress,NPS',
        `Recorded Date,Progress,${question}`,
        '"{""ImportId"":""recordedDate""}","{""ImportId"":""progress""}","{""ImportId"":""QID1""}"',
      ],
      (i) => `2026-05-${two(day(i))} 09:00:12,100,${score(i)}`,
    ),
    gives: nps,
  },
  {
    name: 'LimeSurvey',
    table: lines('"id";"submitdate";"nps"', (i) => `"${i}";"2026-05-${two(day(i))} 09:00:12";"${score(i)}"`),
    choice: { drop: ['id'] },
    gives: nps,
  },
  {
    name: 'Hotjar: months by name',
    table: lines(`Number,Date Submitted,${question}`, (i) => `${i},"${day(i)} May 2026",${score(i)}`),
    gives: nps,
  },
  {
    name: 'Delighted: answers under Score',
    table: lines('Score,Comment,Response Date', (i) => `${score(i)},"good, fast",2026-05-${two(day(i))}T09:00:12Z`),
    choice: { kind: 'survey', columns: { Score: 'nps' } },
    gives: nps,
  },
  {
    name: 'a mail program: RFC 2822',
    table: lines('Date,NPS', (i) => `"Fri, ${day(i)} May 2026 10:00:00 +0000",${score(i)}`),
    gives: nps,
  },
  {
    name: 'Excel, German: sep line, semicolons, byte order mark',
    table: `\uFEFF${lines(['sep=;', 'Datum;NPS'], (i) => `${two(day(i))}.05.2026;${score(i)}`, '\r\n')}`,
    gives: nps,
  },
  {
    name: 'Excel, Unicode text: UTF-16 with tabs',
    table: utf16(lines('Date\tNPS', (i) => `2026-05-${two(day(i))}\t${score(i)}`, '\r\n')),
    gives: nps,
  },
  {
    name: 'Excel, French: Windows-1252, days first',
    table: latin1(lines('Date;NPS;Pourquoi', (i) => `${two(day(i))}/05/2026;${score(i)};très bien`, '\r\n')),
    gives: nps,
  },
  {
    name: 'Excel, American: months first',
    table: lines('Date,NPS', (i) => `5/${day(i)}/2026,${score(i)}`, '\r\n'),
    gives: nps,
  },
  {
    name: 'Excel, British: day, month by name, two digits of the year',
    table: lines('Date,NPS', (i) => `${two(i === 0 ? 31 : day(i))}-May-26,${score(i)}`, '\r\n'),
    gives: nps,
  },
  {
    name: 'Excel, Dutch: days first with dashes',
    table: lines('Datum;NPS', (i) => `${two(day(i))}-05-2026;${score(i)}`, '\r\n'),
    gives: nps,
  },
  {
    name: 'a report with title rows',
    table: lines(
      ['Checkout survey,,', 'Second quarter,,', ',,', 'Date,Page,NPS'],
      (i) => `2026-05-${two(day(i))},checkout,${score(i)}`,
    ),
    gives: nps,
  },
  {
    name: 'a report whose titles have two cells, as its table has',
    table: lines(['Exported,2026-06-01', 'By,Support', 'Date,NPS'], (i) => `2026-05-${two(day(i))},${score(i)}`),
    gives: nps,
  },
  {
    name: 'an old Mac: lines end with a carriage return',
    table: lines('Date,NPS', (i) => `2026-05-${two(day(i))},${score(i)}`, '\r'),
    gives: nps,
  },
  {
    name: 'a database: bars and NULL',
    table: lines('date|nps|csat', (i) => `20260${500 + day(i)}|${score(i)}|NULL`),
    gives: nps,
  },
  {
    name: 'a tool that writes numbers as formulas',
    table: lines('Date,NPS', (i) => `"=""2026-05-${two(day(i))}""","=""${score(i)}"""`),
    gives: nps,
  },
  {
    name: 'Japanese dates',
    table: lines('Date,NPS', (i) => `2026年5月${day(i)}日,${score(i)}`),
    gives: nps,
  },
  {
    name: 'SUS in words, English',
    table: lines(`Date,${susHeader(',')}`, (i) => [`2026-05-${two(day(i))}`, ...susOf(agreement)].join()),
    gives: ['sus', 75, 8],
  },
  {
    name: 'SUS in words, German',
    table: lines(`Datum;${susHeader(';')}`, (i) => [`${day(i)}. Mai 2026`, ...susOf(zustimmung)].join(';')),
    gives: ['sus', 75, 8],
  },
  {
    name: 'CSAT in words, French',
    table: lines('Date;CSAT', (i) => `${day(i)} mai 2026;${done[i] ? 'Très satisfait' : 'Pas satisfait'}`),
    gives: ['csat', 62.5, 8],
  },
  {
    name: 'CSAT in stars',
    table: lines('Date,CSAT', (i) => `2026-05-${two(day(i))},${done[i] ? '★★★★★' : '★★'}`),
    gives: ['csat', 62.5, 8],
  },
  {
    name: 'CSAT on the scale of its header',
    table: lines('Date,Satisfaction (1-7)', (i) => `2026-05-${two(day(i))},${done[i] ? 6 : 5}`),
    gives: ['csat', 62.5, 8],
  },
  {
    name: 'CES in seven words',
    table: lines('Date,CES 2.0', (i) => `2026-05-${two(day(i))},${done[i] ? 'Agree' : 'Somewhat disagree'}`),
    gives: ['ces', (5 * 6 + 3 * 3) / 8, 8],
  },
  {
    name: 'tree tests: direct and indirect success',
    table: lines('Participant,Task,Outcome,Time taken', (i) => {
      return `P${i},Find returns,${done[i] ? (i % 2 ? 'Indirect success' : 'Direct success') : 'Direct fail'},00:01:2${i}`;
    }),
    choice: { period: may },
    gives: success,
  },
  {
    name: 'UserTesting: yes, no and hours',
    table: lines(
      'Participant,Task,Success,Time on task',
      (i) => `user${i},Checkout,${done[i] ? 'Yes' : 'No'},00:01:2${i}`,
    ),
    choice: { period: may },
    gives: success,
  },
  {
    name: 'a lab sheet, German: WAHR and minutes in words',
    table: lines('Datum;Erfolg;Dauer', (i) => `${day(i)}.5.2026;${done[i] ? 'WAHR' : 'FALSCH'};1 Min. 2${i} Sek.`),
    gives: success,
  },
  {
    name: 'a lab sheet, Russian',
    table: lines('Дата;Success;Time (min)', (i) => `${day(i)} мая 2026 г.;${done[i] ? 'да' : 'нет'};1,5`),
    gives: success,
  },
  {
    name: 'times in minutes and seconds',
    table: lines('Date,Completed,Time on task', (i) => `2026-05-${two(day(i))},TRUE,1:20`),
    gives: ['time_on_task', 80, 8],
  },
  {
    name: 'times in milliseconds by their header',
    table: lines('Date,Completed,duration_ms', (i) => `2026-05-${two(day(i))},TRUE,80000`),
    gives: ['time_on_task', 80, 8],
  },
  {
    name: 'GA4: lines before the header, one page a row',
    table: [
      '# ----------------------------------------',
      '# Pages and screens: Page path and screen class',
      '# ----------------------------------------',
      '# ',
      'All Users',
      '# Start date: 20260501',
      '# End date: 20260531',
      'Page path and screen class,Views,Active users,Total revenue',
      '/checkout,812,640,10450.5',
      '',
    ].join('\n'),
    choice: { currency: 'EUR' },
    gives: ['revenue', 10_450.5],
  },
  {
    name: 'GA4: days without marks',
    table: 'Date,Sessions,Conversions\n20260501,1200,50\n20260502,1220,60\n',
    gives: ['conversion_rate', (110 / 2420) * 100, 2420],
  },
  {
    name: 'Matomo: UTF-16 with commas',
    table: utf16('Date,Visits,Bounces\n2026-05-01,400,100\n2026-05-02,600,300\n'),
    gives: ['bounce_rate', 40, 1000],
  },
  {
    name: 'a warehouse: months without marks',
    table: 'Month,Visits,Conversions\n202605,1200,60\n',
    gives: ['conversion_rate', 5, 1200],
  },
  {
    name: 'a shop, German: points between thousands, decimal commas',
    table: 'Monat;Visits;Conversions;Order value\nMai 2026;12.400;620;53,82\n',
    choice: { currency: 'EUR' },
    gives: ['aov', 53.82, 620],
  },
  {
    name: 'a shop, Swiss: apostrophes between thousands',
    table: "Monat;Visits;Conversions\nMai 2026;12'400;620\n",
    gives: ['conversion_rate', 5, 12_400],
  },
  {
    name: 'customers, Spanish months',
    table: 'Mes;Start;New;Lost\nmayo 2026;1200;50;30\n',
    gives: ['churn_rate', 2.5, 1200],
  },
  {
    name: 'partly successful',
    table: lines('Date,Success', (i) => `2026-05-01,${i ? 'Success' : 'Partial'}`),
    gives: 'asks',
  },
  {
    name: 'CSAT of 1 to 7 without a word',
    table: lines('Date,CSAT', (i) => `2026-05-01,${(i % 7) + 1}`),
    gives: 'asks',
  },
  {
    name: 'SUS counted from 0',
    table: lines(`Date,${susHeader(',')}`, () => `2026-05-01${',0,4'.repeat(5)}`),
    gives: 'asks',
  },
  {
    name: 'SUS in seven words',
    table: lines(`Date,${susHeader(',')}`, () => `2026-05-01${',Somewhat agree,Agree'.repeat(5)}`),
    gives: 'asks',
  },
  { name: 'days that may be months', table: lines('Date,NPS', (i) => `0${(i % 3) + 1}/04/2026,9`), gives: 'asks' },
  { name: 'months that may be days', table: 'Month,Visits,Conversions\nJan-26,1200,60\n', gives: 'asks' },
  { name: 'day numbers of a spreadsheet', table: lines('Date,NPS', (i) => `${46_143 + i},9`), gives: 'asks' },
  { name: 'quarters', table: 'Period,Visits,Conversions\nQ2 2026,1200,60\n', gives: 'asks' },
  {
    name: 'amounts of unclear marks',
    table: 'Month\tVisits\tConversions\tAOV\n2026-05\t100\t5\t1.234\n',
    gives: 'asks',
  },
];

describe(`${dialects.length} dialects of tables`, () => {
  it.each(dialects)('$name', async ({ table, choice, gives }) => {
    const bytes = typeof table === 'string' ? new TextEncoder().encode(table) : table;
    const { figures, questions } = await readFigures(bytes, 'table.csv', { on: '2026-11-22', ...choice });
    if (gives === 'asks') {
      expect(figures).toEqual([]);
      expect(questions.length).toBeGreaterThan(0);
      return;
    }
    const [metric, value, n] = gives;
    expect(questions).toEqual([]);
    const found = figures.filter((one) => one.metric === metric);
    expect(found).toHaveLength(1);
    expect(found[0]?.value).toBeCloseTo(value, 3);
    expect([found[0]?.n, found[0]?.from, found[0]?.to]).toEqual([n, '2026-05-01', '2026-05-31']);
  });

  it('are at least 20, most of them read', () => {
    const asked = dialects.filter(({ gives }) => gives === 'asks').length;
    console.info(`${dialects.length} dialects: ${dialects.length - asked} read with the right values, ${asked} asked`);
    expect(dialects.length - asked).toBeGreaterThan(asked);
    expect(dialects.length).toBeGreaterThanOrEqual(20);
  });
});
