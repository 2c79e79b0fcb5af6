import { figureText } from '../metrics/metricText';
import type { Spread } from '../statistics/spread';
import { counted } from '../text/counted';
import { keystrokeSeconds, MODEL_ERROR, shortestPath } from './counts';
import { bytesText, type KnownJourney, secondsText, spreadText } from './journeyFacts';
import type { StepSummary } from './journeyRun';

/** All numbers of the machine and of the recording, step by step. */
export interface StepNumbersTable {
  columns: string[];
  rows: { name: string; cells: { value: string; detail: string }[] }[];
  /** What the numbers are, and what limits them. */
  notes: string[];
}

type Cell = StepNumbersTable['rows'][number]['cells'][number];

const plain = (value: string): Cell => ({ value, detail: '' });

/** The table of the numbers; what was not measured says so. */
export function numbersOf({ steps, run, summaries, isRecorded }: KnownJourney): StepNumbersTable {
  const measured = run
    ? ['Completed', 'Machine waits', 'LCP', 'INP', 'CLS', 'Pages', 'Requests', 'Bytes', 'Console errors']
    : [];
  const counts = isRecorded ? ['Clicks', 'Keys', 'Fields', 'Page loads', 'Acting, modelled'] : [];
  const rows = steps.map((step) => {
    const summary = summaries.find(({ name }) => name === step.name);
    const { clicks, keys, fields, pageLoads } = shortestPath(step);
    const acting = keystrokeSeconds(step);
    return {
      name: step.name,
      cells: [
        ...(run ? machineCells(summary, run.tellsSoftNavigations) : []),
        ...(isRecorded
          ? [...[clicks, keys, fields, pageLoads].map((count) => plain(String(count))), plain(figureText(acting, 's'))]
          : []),
      ],
    };
  });
  return { columns: [...measured, ...counts], rows, notes: notesOf({ steps, run, summaries, isRecorded }) };
}

function machineCells(summary: StepSummary | undefined, tellsSoft: boolean): Cell[] {
  if (!summary) return Array.from({ length: 9 }, () => plain('not walked'));
  const { tried, reached, waiting, vitals, requests, bytes, errors } = summary;
  const completed = tried === 0 ? 'not reached' : `${reached} of ${tried}`;
  const isSoft = vitals.navigations.length > 0 && vitals.navigations.every((kind) => kind === 'soft');
  const none = vitals.navigations.length === 0 && !tellsSoft ? 'not measured' : '–';
  const vital = (spread: Spread | null, unit: 'ms' | 'score'): Cell => {
    if (!spread) return plain(isSoft && !tellsSoft ? 'not measured' : none);
    const { median, min, max, n } = spread;
    const range = n === 1 ? 'n 1' : `${figureText(min, unit)}–${figureText(max, unit)}, n ${n}`;
    return { value: figureText(median, unit), detail: range };
  };
  const pages = [...new Set(vitals.navigations)].map((kind) => {
    const count = vitals.navigations.filter((one) => one === kind).length;
    return `${count} ${kind}`;
  });
  return [
    plain(completed),
    waiting ? { value: secondsText(waiting.median), detail: spreadText(waiting) } : plain('–'),
    vital(vitals.lcp, 'ms'),
    vital(vitals.inp, 'ms'),
    vital(vitals.cls, 'score'),
    plain(pages.join(', ') || (tellsSoft ? 'none' : 'no hard one')),
    requests ? { value: String(Math.round(requests.median)), detail: `n ${requests.n}` } : plain('–'),
    bytes ? { value: bytesText(bytes.median), detail: `n ${bytes.n}` } : plain('–'),
    { value: tried === 0 ? '–' : String(errors.length), detail: errors.slice(0, 3).join(' | ') },
  ];
}

function notesOf({ steps, run, summaries, isRecorded }: Omit<KnownJourney, 'people'>): string[] {
  const notes: string[] = [];
  if (run) {
    const disturbed = run.walks.filter((walk) => walk.disturbed).length;
    const how = run.runner === 'playwright' ? 'by tests with Playwright' : 'each in a fresh profile, no throttling';
    notes.push(
      `Lab: ${counted(run.walks.length, 'walk')}, ${how}. Medians; ranges are lowest and highest, no intervals. ` +
        'LCP of the last page of a step, the highest INP and CLS of its pages.',
    );
    if (disturbed > 0)
      notes.push(
        disturbed === run.walks.length
          ? 'Other programs disturbed every walk, so the times may be too long.'
          : `Other programs disturbed ${disturbed} of ${counted(run.walks.length, 'walk')}: their times are left out.`,
      );
    if (!run.tellsSoftNavigations)
      notes.push('This browser does not tell soft navigations: their LCP, INP and CLS are not measured.');
    const resting = summaries.filter(({ until }) => until === 'rest').map(({ name }) => `“${name}”`);
    if (resting.length > 0)
      notes.push(`Expects nothing, so the waiting ends when the page comes to rest: ${resting.join(', ')}.`);
    const gone = summaries.map(({ name }) => name).filter((name) => !steps.some((step) => step.name === name));
    if (gone.length > 0)
      notes.push(`The run has steps that the journey no longer has: ${gone.map((name) => `“${name}”`).join(', ')}.`);
  }
  if (isRecorded) {
    const acting = steps.reduce((sum, step) => sum + keystrokeSeconds(step), 0);
    const share = Math.round(MODEL_ERROR * 100);
    notes.push(
      'Clicks, keys, fields and page loads: the shortest known path, as recorded, which is not what people do. ' +
        `Acting on it takes a practised person ${figureText(acting, 's')} in all by the Keystroke-Level Model, ` +
        `±${share} %, without waiting and errors: a model, nobody was timed.`,
    );
  }
  return notes;
}
