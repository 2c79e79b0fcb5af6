import * as z from 'zod/mini';
import { defined } from '../defined';
import { metricOf } from '../metrics/metrics';
import { counted } from '../text/counted';
import { inertLine } from '../text/inertText';

/**
 * The fewest people who answered both. With 10, the interval of a rank correlation excludes 0 only from about 0.7 on;
 * with fewer, anything looks like a relation. A rule of this tool.
 */
export const ANSWERS_NEEDED = 10;

const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-31'));
const correlation = z.number().check(z.gte(-1), z.lte(1));

/**
 * How far the answers to a question went together with an outcome, in one table. Observed together: it says nothing of
 * cause.
 */
export const driverSchema = z.looseObject({
  question: z.string().check(z.minLength(1), z.describe('Header of its column, or the name of its metric')),
  outcome: z.string().check(z.minLength(1), z.describe('Metric that it was compared with, such as nps')),
  target: z.optional(z.string().check(z.describe('A target of the record; none: the whole product'))),
  segment: z.optional(z.string().check(z.minLength(1), z.describe('Which people answered; none: all together'))),
  from: date.check(z.describe('First day of the period')),
  to: date.check(z.describe('Last day of the period')),
  rho: correlation.check(z.describe('Spearman’s rank correlation: observed together, no cause')),
  low: correlation.check(z.describe('Lower end of its 95 % interval')),
  high: correlation.check(z.describe('Upper end of its 95 % interval')),
  n: z.int().check(z.gte(ANSWERS_NEEDED), z.describe('People who answered both')),
  basis: z.literal('imported'),
  source: z.string().check(z.describe('Name of the file, or what a person wrote')),
  on: date.check(z.describe('When it was recorded')),
});
export type Driver = z.infer<typeof driverSchema>;

/** The key of a driver: its outcome, question, target, segment and period. */
export function driverKey({ question, outcome, target, segment, from, to }: Driver): string {
  return `${target ?? '*'}/${outcome}~${question}${segment === undefined ? '' : `[${segment}]`}/${from}..${to}`;
}

type Drivers = Readonly<Record<string, Driver>>;

type Place = Pick<Driver, 'target' | 'segment' | 'from' | 'to' | 'source'>;
const placeOf = ({ target, segment, from, to, source }: Place) => JSON.stringify([target, segment, from, to, source]);

/**
 * The drivers after an import of a survey: those of the same source, period, target and segment are replaced as a
 * whole. An equal one keeps its day of recording. Those of another source stay, also beside one with the same key.
 *
 * @param imported the figures of the same import; they say which periods, targets and segments it was about
 */
export function withDrivers(
  before: Drivers = {},
  added: readonly Driver[],
  imported: readonly Place[],
): Record<string, Driver> {
  const replaced = new Set([...imported, ...added].map(placeOf));
  const kept = Object.entries(before).filter(([, driver]) => !replaced.has(placeOf(driver)));
  const drivers: Record<string, Driver> = Object.fromEntries(kept);
  for (const driver of added) {
    const key = driverKey(driver);
    const free = drivers[key] === undefined ? key : `${key} (${driver.source})`;
    const known = before[free];
    const isSame = known && JSON.stringify(contentOf(known)) === JSON.stringify(contentOf(driver));
    drivers[free] = isSame ? known : driver;
  }
  return drivers;
}

function contentOf({ on: _, ...driver }: Driver): [string, unknown][] {
  return Object.entries(defined(driver)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** All drivers with their keys: by outcome, target and period, the strongest first. */
export function driversByKey(drivers: Drivers = {}): [key: string, driver: Driver][] {
  const group = ({ outcome, target, segment, from, to, source }: Driver) =>
    [outcome, target ?? '', segment ?? '', to, from, source].join('\n');
  return Object.entries(drivers).sort(([, a], [, b]) =>
    group(a) === group(b) ? Math.abs(b.rho) - Math.abs(a.rho) : group(a) < group(b) ? -1 : 1,
  );
}

/** How far a question went with its outcome, in words and numbers. */
export function driverText({ question, outcome, rho, low, high, n }: Driver): string {
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
  const way = low > 0 ? 'higher with' : high < 0 ? 'lower with' : 'no relation shown with';
  const metric = metricOf(outcome)?.short ?? outcome;
  return `${inertLine(question)}: ${way} ${metric}, ${signed(rho)} (${signed(low)} to ${signed(high)}, n ${n})`;
}

/** What is said wherever drivers are shown. */
export const driverNote =
  'Observed together in one survey (rank correlation, 95 % interval); this shows no cause. Of 20 questions that go ' +
  'with nothing, about one looks as if it did.';

/** Says before an import that questions are compared, of how many and with what. */
export function driverNotice(drivers: readonly Driver[]): string[] {
  const names = new Set(drivers.map(({ question }) => question));
  const [first] = drivers;
  if (!first) return [];
  const many = counted(names.size, 'further question');
  return [`${many} compared with ${metricOf(first.outcome)?.short}: the rank correlation is kept, no answer.`];
}
