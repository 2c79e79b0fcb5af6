import type { Metric } from '../metrics/metricSchema';
import { definitionOf } from '../metrics/metrics';
import { figureText, type MetricRating, numberText } from '../metrics/metricText';
import { NO_TASK, UNASSISTED } from '../outcomes/groupFigures';
import { counted } from '../text/counted';
import { daysBetween } from '../text/days';
import { usualOf, usualText } from './benchmarks';
import { groupRanked, type RankedFinding } from './fixFirst';
import type { ImpactData } from './impactData';
import { TOGETHER } from './impactFilter';
import { countText, valueText } from './impactText';
import type { ImpactValue } from './impactValue';
import { type ImpactView, worstFirst } from './impactView';
import { type Trend, trendOfFigures, trendOfRuns } from './tileTrends';

export type TileId = 'speed' | 'access' | 'ease' | 'customers';

/** How one side of the product does: one number, what it is made of, how it went. */
export interface Tile {
  id: TileId;
  title: string;
  /** Null where no published limit rates it. */
  rating: MetricRating | null;
  /** Where nothing rates it, how it stands to what is usual. */
  standing?: string | undefined;
  /** Missing when nothing is known. */
  known?: {
    figure: string;
    label: string;
    detail: string;
    trend: Trend;
    /** The metric that tells more. */
    metric: string | undefined;
    /** Of NPS: the shares that would recommend, are undecided and would not. Percent. */
    shares?: [would: number, undecided: number, wouldNot: number];
  };
  /** How old what is shown is; undefined when it is not stale. Days. */
  staleFor?: number | undefined;
  /** What to do when nothing is known. */
  learn?: { text: string; way: 'audit' | 'table' | 'evaluate' };
  /** The page that all of it is about, when there is only one. */
  page?: string | undefined;
  /** A part of the answer's sentences, without a capital and a stop. */
  clause?: string;
}

/** What the tiles are made of. */
export interface Known {
  data: ImpactData;
  view: ImpactView;
  /** The open findings under the filter. */
  ranked: readonly RankedFinding[];
}

const ratings: MetricRating[] = ['poor', 'needs improvement', 'good'];
const rankOf = (rating: MetricRating | null) => (rating ? ratings.indexOf(rating) : ratings.length);
export const metricIn = ({ metrics }: ImpactView, id: string): Metric | undefined =>
  metrics.find((one) => one.id === id);
export const usable = ({ values }: ImpactView, id: string) =>
  values.filter(({ metric, state }) => metric === id && state !== 'too few');

/** The values without those of an older period of the same metric, target, segment and definition. */
export function newestPeriods(values: readonly ImpactValue[]): ImpactValue[] {
  const orderOf = ({ at, from = at }: ImpactValue) => `${at} ${from}`;
  const same = ({ metric, target, segment, variant }: ImpactValue) =>
    [metric, target, segment, variant].map((one) => one ?? '').join('\n');
  return [...Map.groupBy(values, same).values()].flatMap((of) => {
    const newest = of.map(orderOf).sort().at(-1);
    return of.filter((one) => orderOf(one) === newest);
  });
}

export const daysOld = (values: readonly ImpactValue[], today: string): number | undefined =>
  values.length > 0 && values.every(({ state }) => state === 'stale')
    ? Math.min(...values.map(({ at }) => daysBetween(at, today)))
    : undefined;

/** Severities from here on are major: people are kept from what they came for. */
const MAJOR = 2.5;
export const isMajor = ({ severity }: Pick<RankedFinding, 'severity'>): boolean => (severity ?? 0) >= MAJOR;

/** `2 of 9`, or `all 9` */
export const shareText = (some: number, all: number) => (some === all && all > 1 ? `All ${all}` : `${some} of ${all}`);

/** What pages do, by their rating: one, and several. */
const wordsOfSpeed: Record<MetricRating, [one: string, many: string]> = {
  poor: ['loads slowly', 'load slowly'],
  'needs improvement': ['could load faster', 'could load faster'],
  good: ['loads fast', 'load fast'],
};

export function speedTile({ data, view }: Known): Tile {
  const about = { id: 'speed', title: 'Speed' } as const;
  const lcp = metricIn(view, 'lcp');
  const all = usable(view, 'lcp').filter(({ verdict }) => verdict !== null);
  const lab = all.filter(({ basis }) => basis === 'lab');
  const used = lab.length > 0 ? lab : all;
  const pages = worstOfEach(used, lcp);
  const [worst] = pages;
  if (!worst || !lcp) {
    const isDevelopment = data.runs.some(({ development }) => development !== undefined);
    const text = isDevelopment
      ? 'Only a development build was audited. Its load times say little: audit a production build.'
      : 'How fast do pages load? Audit one to see.';
    return { ...about, rating: null, learn: { text, way: 'audit' } };
  }
  const rating = worst.verdict;
  const alike = pages.filter(({ verdict }) => verdict === rating);
  const values = pages.map(({ value }) => value);
  const text = (value: number) => figureText(value, 'ms');
  const [low, high] = [text(Math.min(...values)), text(Math.max(...values))];
  const basis = lab.length > 0 ? 'lab' : 'real visits';
  const isOne = pages.length === 1;
  const [one, many] = wordsOfSpeed[rating ?? 'needs improvement'];
  const spread = isOne && worst.low !== undefined ? `${text(worst.low)} to ${text(worst.high ?? worst.value)}, ` : '';
  const n = isOne ? `${countText(worst)}, ` : lab.length > 0 ? `${runsText(pages)}, ` : '';
  const goal = goodText(used);
  return {
    ...about,
    rating,
    page: isOne ? nameOfPage(worst) : undefined,
    staleFor: daysOld(used, data.today),
    clause: isOne
      ? `${nameOfPage(worst)} ${one} (its main content shows after ${text(worst.value)})`
      : `${subject(alike.map(nameOfPage), pages.length)} ${alike.length > 1 ? many : one}`,
    known: {
      figure: isOne ? text(worst.value) : shareText(alike.length, pages.length),
      label: isOne ? 'until the main content shows' : `pages ${many}`,
      detail: `${isOne ? spread : `main content ${low === high ? low : `${low} to ${high}`}, `}${n}${basis}${goal}`,
      trend: lab.length > 0 ? trendOfRuns(data, worst, lcp) : trendOfFigures(data, worst, lcp),
      metric: 'lcp',
    },
  };
}

/** `3 runs each`, `1 to 5 runs each` */
function runsText(pages: readonly ImpactValue[]): string {
  const runs = pages.map(({ n = 0 }) => n);
  const [few, most] = [Math.min(...runs), Math.max(...runs)];
  return `${few === most ? '' : `${few} to `}${counted(most, 'run')} each`;
}

/** The limit of a good LCP, where it is the same for all values. */
function goodText(values: readonly ImpactValue[]): string {
  const isDesktop = (value: ImpactValue) => value.basis === 'lab' && value.formFactor === 'desktop';
  if (values.every(isDesktop)) return '; good is 1.2 s';
  return values.some(isDesktop) ? '' : '; good is 2.5 s';
}

/** Of each page its worst value, the worst page first. */
function worstOfEach(values: readonly ImpactValue[], metric: Metric | undefined): ImpactValue[] {
  const worst = (of: readonly ImpactValue[]) =>
    worstFirst(of, metric).sort((a, b) => rankOf(a.verdict) - rankOf(b.verdict));
  return worst([...Map.groupBy(values, ({ target }) => target).values()].flatMap((of) => worst(of)[0] ?? []));
}

export const nameOfPage = ({ target }: { target?: string | undefined }): string => target ?? 'the product';

/** `home and checkout`, `7 of 9 pages` */
export function subject(names: readonly string[], all: number): string {
  if (names.length === all && all > 1) return all === 2 ? 'both pages' : `all ${all} pages`;
  return names.length > 2 ? `${names.length} of ${all} pages` : names.join(' and ');
}

/** What people manage, the most telling first. */
const ofEase = ['task_completion_rate', 'sus', 'umux_lite', 'seq', 'ces', 'time_on_task', 'error_rate'];

export function easeTile({ data, view, ranked }: Known): Tile {
  const about = { id: 'ease', title: 'Ease' } as const;
  const value = firstOf(view, ofEase);
  if (value) return figureTile(about, value, { data, view, ranked }, easeClause);
  const found = ranked.filter(({ kind }) => kind !== 'automated');
  const [worst] = found;
  if (!worst) {
    const text =
      'Can people finish what they came for? Evaluate a page, or watch five people try and import what they did.';
    return { ...about, rating: null, learn: { text, way: 'evaluate' } };
  }
  const problems = groupRanked(found);
  const major = problems.filter(({ head }) => isMajor(head)).length;
  const pages = counted(new Set(found.map(({ target }) => target)).size, 'page');
  const sources = { reported: 'customers', observed: 'task sessions' } as const;
  const kinds = new Set<string>(found.map(({ kind }) => sources[kind as keyof typeof sources] ?? 'evaluators'));
  const who = (['evaluators', 'task sessions', 'customers'] as const).filter((one) => kinds.has(one)).join(' and ');
  const how = who === 'task sessions' ? 'seen in' : 'said by';
  const verb = kinds.has('customers') ? 'named' : 'found';
  const said = major > 0 ? counted(major, 'major problem') : counted(problems.length, 'problem');
  return {
    ...about,
    rating: major > 0 ? 'poor' : 'needs improvement',
    clause: `${who} ${verb} ${said} of use`,
    known: {
      figure: String(problems.length),
      label: problems.length === 1 ? 'problem of use' : 'problems of use',
      detail: `${major} major, on ${pages}; ${how} ${who}${kinds.has('customers') ? '' : ', not by visitors'}`,
      trend: {
        points: [],
        about: kinds.has('evaluators') ? 'evaluations' : kinds.has('customers') ? 'comments' : 'task sessions',
        says: 'open now, no trend',
        verdict: undefined,
      },
      metric: undefined,
    },
  };
}

/** Attempts from which a share of a hundred is said, not a count. A rule of this tool. */
const MANY = 30;

/** What a completion rate is about: the task that its variant names, if any, and whether nobody helped. */
export function triedIn({ variant = '' }: Pick<ImpactValue, 'variant'>): { task: string; alone: string } {
  const parts = variant.split(', ');
  const isAlone = parts.at(-1) === UNASSISTED;
  const task = (isAlone ? parts.slice(0, -1) : parts).join(', ');
  return { task: task === NO_TASK ? '' : task, alone: isAlone ? ' without help' : '' };
}

/** `in 3 of 12 attempts people do not finish “Buy the lamp”`: the other side of the share that the tile shows */
function easeClause(value: ImpactValue): string | undefined {
  if (value.metric !== 'task_completion_rate') return undefined;
  const { task, alone } = triedIn(value);
  const what = `${task ? ` “${task}”` : ' what they came for'}${alone}`;
  const lost = Math.round(100 - value.value);
  if (lost < 5) return `nearly everybody finishes${what}`;
  if (lost > 95) return `nearly nobody finishes${what}`;
  if (value.n !== undefined && value.n < MANY)
    return `in ${Math.round((lost * value.n) / 100)} of ${value.n} attempts people do not finish${what}`;
  return `in about ${lost} % of attempts people do not finish${what}`;
}

/** What customers say and do, the most telling first. */
const ofCustomers = ['nps', 'csat', 'ces', 'conversion_rate', 'retention_rate', 'churn_rate', 'bounce_rate', 'aov'];

export function customersTile(known: Known): Tile {
  const about = { id: 'customers', title: 'Customers' } as const;
  const { view } = known;
  const others = view.metrics.flatMap(({ id, kind }) =>
    kind === 'cx' && id !== 'churn_reasons' && !ofCustomers.includes(id) ? [id] : [],
  );
  const value = firstOf(view, [...ofCustomers, ...others]);
  if (value) return figureTile(about, value, known, customersClause);
  const text = 'What do customers do and say? Import a table you have, or ask them.';
  return { ...about, rating: null, learn: { text, way: 'table' } };
}

function customersClause({ metric, value, low, high }: ImpactValue): string | undefined {
  const of100 = `${numberText(value, value < 10 ? 1 : 0)} of 100`;
  if (metric === 'nps') {
    const open = 'whether more would recommend you than not cannot be told yet';
    if (low === undefined || high === undefined) return open;
    if (low > 0) return 'more would recommend you than not';
    return high < 0 ? 'fewer would recommend you than not' : open;
  }
  if (metric === 'csat') return `${of100} say they are satisfied`;
  if (metric === 'conversion_rate') return `${of100} visits end as you wish`;
  if (metric === 'retention_rate') return `${of100} customers stay`;
  return metric === 'churn_rate' ? `${of100} customers leave` : undefined;
}

/**
 * The value of the first metric that has one, of the newest period: of the segment that is asked for, then of the most
 * answers, then of the whole product before a page.
 */
function firstOf(view: ImpactView, ids: readonly string[]): ImpactValue | undefined {
  for (const id of ids) {
    const fresh = usable(view, id).filter(({ state }) => state !== 'stale');
    const [best] = newestPeriods(fresh.length > 0 ? fresh : usable(view, id)).sort(
      (a, b) =>
        Number(a.who === TOGETHER) - Number(b.who === TOGETHER) ||
        (b.n ?? 0) - (a.n ?? 0) ||
        Number(a.target !== undefined) - Number(b.target !== undefined),
    );
    if (best) return best;
  }
  return undefined;
}

function figureTile(
  about: Pick<Tile, 'id' | 'title'>,
  value: ImpactValue,
  { data, view }: Known,
  clauseOf: (value: ImpactValue) => string | undefined,
): Tile {
  const metric = metricIn(view, value.metric);
  if (!metric) return { ...about, rating: null };
  const { low, high, unit, n, target, parts = {} } = value;
  const range =
    low === undefined || high === undefined ? '' : `${figureText(low, unit)} to ${figureText(high, unit)}, `;
  const isOfScale = unit === metric.scale.unit;
  const usual = isOfScale ? usualOf(metric, data.industry) : undefined;
  const beside = isOfScale ? usualText(metric, data) : undefined;
  const { promoters, passives, detractors } = parts;
  const all = (promoters ?? 0) + (passives ?? 0) + (detractors ?? 0);
  const share = (count = 0) => Math.round((count / all) * 100);
  const where = [(about.id !== 'ease' && value.variant) || [], target ?? [], value.who ?? []].flat();
  const { label: others, worst } = othersBeside(view, value, metric);
  const whose = value.who === undefined && worst === '' ? '' : ` (${value.who ?? TOGETHER}${worst})`;
  const { task, alone } = triedIn(value);
  const label = value.metric === 'task_completion_rate' ? `finish ${task || 'their task'}${alone}` : metric.short;
  return {
    ...about,
    rating: value.verdict,
    standing:
      low === undefined || high === undefined || metric.direction !== 'higher'
        ? undefined
        : standingOf(usual?.value, low, high),
    staleFor: daysOld([value], data.today),
    clause: `${clauseOf(value) ?? `${metric.name} is ${valueText(value)}`}${whose}`,
    known: {
      figure: valueText(value),
      label: `${[label, ...where].join(', ')}${others}`,
      detail: `${range}n ${n ?? 'not known'}${beside ? `; ${beside}` : ''}`,
      trend: trendOfFigures(data, value, metric),
      metric: value.metric,
      ...(value.metric === 'nps' && all > 0 && { shares: [share(promoters), share(passives), share(detractors)] }),
    },
  };
}

/**
 * How many segments stand beside a value, and the worst of those that end the same day and whose interval lies apart on
 * the worse side.
 */
function othersBeside(view: ImpactView, value: ImpactValue, metric: Metric): { label: string; worst: string } {
  const same = usable(view, value.metric).filter(
    ({ variant, target, segment }) => variant === value.variant && target === value.target && segment !== value.segment,
  );
  const count = new Set(same.map(({ segment }) => segment)).size;
  if (count === 0) return { label: '', worst: '' };
  const { direction } = definitionOf(metric, value.variant);
  const isWorse = ({ low, high }: ImpactValue) =>
    direction === 'higher'
      ? high !== undefined && value.low !== undefined && high < value.low
      : direction === 'lower' && low !== undefined && value.high !== undefined && low > value.high;
  const now = same.filter(({ at }) => at === value.at);
  const [found] = worstFirst(now.filter(isWorse), metric);
  const worst = found ? `worse: ${found.segment ?? TOGETHER} ${valueText(found)}` : '';
  const groups = value.segment === undefined ? counted(count, 'group') : counted(count, 'other group');
  return { label: `; ${groups}${worst && `, ${worst}`}`, worst: worst && `; ${worst}` };
}

/** An interval beside what is usual, where more is better. */
function standingOf(usual: unknown, low: number, high: number): string | undefined {
  if (typeof usual !== 'number') return undefined;
  if (low > usual) return 'above usual';
  return high < usual ? 'below usual' : 'about usual';
}
