import { figureText } from '../metrics/metricText';
import type { Spread } from '../statistics/spread';
import { counted } from '../text/counted';
import { keystrokeSeconds, MODEL_ERROR, shortestPath } from './counts';
import { bytesText, type KnownJourney, secondsText, spreadText } from './journeyFacts';
import type { JourneyRun, StepSummary } from './journeyRun';

/** Numbers of each step in a table. */
export interface StepNumbersTable {
  title: string;
  columns: string[];
  rows: { name: string; cells: { value: string; detail: string }[] }[];
  /** What the numbers are, and what limits them. */
  notes: string[];
}

type Cell = StepNumbersTable['rows'][number]['cells'][number];
type Known = Omit<KnownJourney, 'people'>;

const plain = (value: string): Cell => ({ value, detail: '' });

/** What the machine measured, and what the recording asks of a person; what was not measured says so. */
export function numbersOf(known: Known): StepNumbersTable[] {
  return [...(known.run ? [measured(known, known.run)] : []), ...(known.isRecorded ? [shortestPaths(known)] : [])];
}

function measured({ steps, summaries }: Known, run: JourneyRun): StepNumbersTable {
  return {
    title: 'What the machine measured',
    columns: ['Completed', 'Machine waits', 'LCP', 'INP', 'CLS', 'Pages', 'Requests', 'Bytes', 'Console errors'],
    rows: steps.map(({ name }) => {
      const summary = summaries.find((one) => one.name === name);
      return { name, cells: machineCells(summary, run.tellsSoftNavigations) };
    }),
    notes: measuredNotes(run, steps, summaries),
  };
}

function shortestPaths({ steps }: Known): StepNumbersTable {
  const acting = steps.reduce((sum, step) => sum + keystrokeSeconds(step), 0);
  const share = Math.round(MODEL_ERROR * 100);
  return {
    title: 'Shortest known path',
    columns: ['Clicks', 'Keys', 'Fields', 'Page loads', 'Acting, modelled'],
    rows: steps.map((step) => {
      const { clicks, keys, fields, pageLoads } = shortestPath(step);
      const counts = [clicks, keys, fields, pageLoads].map((count) => plain(String(count)));
      return { name: step.name, cells: [...counts, plain(figureText(keystrokeSeconds(step), 's'))] };
    }),
    notes: [
      'Clicks, keys, fields and page loads: the shortest known path, as recorded, which is not what people do. ' +
        `Acting on it takes a practised person ${figureText(acting, 's')} in all by the Keystroke-Level Model, ` +
        `±${share} %, without waiting and errors: a model, nobody was timed.`,
    ],
  };
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
    const range = n === 1 ? 'n 1' : `${rangeText(figureText(min, unit), figureText(max, unit))}, n ${n}`;
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

function measuredNotes(
  { walks, runner, tellsSoftNavigations }: JourneyRun,
  steps: KnownJourney['steps'],
  summaries: readonly StepSummary[],
): string[] {
  const disturbed = walks.filter((walk) => walk.disturbed).length;
  const how = runner === 'playwright' ? 'by tests with Playwright' : 'each in a fresh profile, no throttling';
  const named = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ');
  const resting = summaries.filter(({ until }) => until === 'rest').map(({ name }) => name);
  const gone = summaries.map(({ name }) => name).filter((name) => !steps.some((step) => step.name === name));
  return [
    `Lab: ${counted(walks.length, 'walk')}, ${how}. Medians; ranges are lowest and highest, no intervals. ` +
      'LCP of the last page of a step, the highest INP and CLS of its pages; – where the browser told none.',
    ...(disturbed === 0
      ? []
      : disturbed === walks.length
        ? ['Other programs disturbed every walk, so the times may be too long.']
        : [`Other programs disturbed ${disturbed} of ${counted(walks.length, 'walk')}: their times are left out.`]),
    ...(tellsSoftNavigations
      ? []
      : ['This browser does not tell soft navigations: their LCP, INP and CLS are not measured.']),
    ...(resting.length > 0
      ? [`Expects nothing, so the waiting ends when the page comes to rest: ${named(resting)}.`]
      : []),
    ...(gone.length > 0 ? [`The run has steps that the journey no longer has: ${named(gone)}.`] : []),
  ];
}

/** `800–820 ms`, `0.9–1.2 s`, `950 ms–1.2 s`. */
function rangeText(low: string, high: string): string {
  const unit = / \S+$/.exec(high)?.[0] ?? '';
  return `${unit !== '' && low.endsWith(unit) ? low.slice(0, -unit.length) : low}–${high}`;
}
