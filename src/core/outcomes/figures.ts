import * as z from 'zod/mini';
import { renamedKey } from '../record/renameTarget';
import { driverSchema } from './drivers';

/** The version of the layout of `outcomes.json` that this program writes. */
export const FIGURES_VERSION = 1;

const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-01-31'));

/** One figure for one period, about the whole product or one target. Never data of one person. */
export const figureSchema = z.looseObject({
  metric: z.string().check(z.minLength(1), z.describe('Id of a metric of the catalogue, such as nps')),
  target: z.optional(z.string().check(z.describe('A target of the record; none: the whole product'))),
  variant: z.optional(
    z.string().check(z.describe('Which of several definitions or versions: 2.0 of CES, for instance')),
  ),
  step: z.optional(
    z.string().check(z.minLength(1), z.describe('The step of the journey that it is about; none: the whole target')),
  ),
  segment: z.optional(
    z.string().check(z.minLength(1), z.describe('Which people it is about, such as buyers; none: all together')),
  ),
  from: date.check(z.describe('First day of the period')),
  to: date.check(z.describe('Last day of the period')),
  value: z.number(),
  unit: z.optional(z.string().check(z.describe('Where the catalogue leaves it open: a currency'))),
  n: z.optional(z.int().check(z.gte(0), z.describe('Answers, attempts or visits; none: not known'))),
  low: z.optional(z.number().check(z.describe('Lower end of the 95 % interval'))),
  high: z.optional(z.number().check(z.describe('Upper end of the 95 % interval'))),
  parts: z.optional(
    z.record(z.string(), z.number()).check(z.describe('The counts behind the value, such as promoters and detractors')),
  ),
  basis: z.enum(['imported', 'entered', 'field']),
  source: z.string().check(z.describe('Name of the file, or what a person wrote')),
  on: date.check(z.describe('When it was recorded')),
});
export type Figure = z.infer<typeof figureSchema>;

/** What a person says that a reason for leaving is about. */
const reasonSchema = z.looseObject({
  findings: z.array(z.string()).check(z.describe('Ids of the findings that a person says the reason is about')),
  on: date.check(z.describe('When they said so')),
});

export const figuresSchema = z.looseObject({
  schemaVersion: z.int().check(z.gte(1)),
  values: z._default(z.record(z.string(), figureSchema), {}),
  drivers: z.optional(
    z
      .record(z.string(), driverSchema)
      .check(z.describe('How far the questions of a survey went together with its outcome')),
  ),
  reasons: z.optional(
    z.record(z.string(), reasonSchema).check(z.describe('What a person says that a reason for leaving is about')),
  ),
});
/** The workspace file `ux-audit/outcomes.json` in memory. */
export type Figures = z.infer<typeof figuresSchema>;

export function emptyFigures(): Figures {
  return { schemaVersion: FIGURES_VERSION, values: {} };
}

/** The key of a figure: its metric, target, variant, segment, step and period. */
export function figureKey({ metric, target, variant, segment, step, from, to }: Figure): string {
  const part = (before: string, text: string | undefined, after = '') =>
    text === undefined ? '' : `${before}${text}${after}`;
  const which = `${part(':', variant)}${part('[', segment, ']')}${part('@', step)}`;
  return `${target ?? '*'}/${metric}${which}/${from}..${to}`;
}

/** The figures after a target got another name. */
export function renamedFigures(figures: Figures, from: string, to: string): Figures {
  const renamed = <T extends { target?: string | undefined }>(entries: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.entries(entries).map(([key, entry]) =>
        entry.target === from ? [renamedKey(key, from, to), { ...entry, target: to }] : [key, entry],
      ),
    );
  const { values, drivers } = figures;
  return { ...figures, values: renamed(values), ...(drivers && { drivers: renamed(drivers) }) };
}

/** A text for comparing figures, whatever the order of fields and the day of recording. */
function contentOf({ on: _, parts, ...figure }: Figure): string {
  const sorted = (fields: object) => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(figure), sorted(parts ?? {})]);
}

/**
 * The key under which a figure is kept: that of its place, unless a figure from another source stands there, or stood
 * there when this source came. Two surveys of one period stand side by side.
 */
function keyAmong(values: Figures['values'], figure: Figure): string {
  const key = figureKey(figure);
  const beside = `${key} (${figure.source})`;
  if (values[beside] !== undefined) return beside;
  const isFree = values[key] === undefined || values[key].source === figure.source;
  return isFree ? key : beside;
}

/** Adds figures, and replaces those of the same place and source. An equal figure keeps its day of recording. */
export function withFigures(figures: Figures, added: readonly Figure[]): Figures {
  const values = { ...figures.values };
  for (const figure of added) {
    const key = keyAmong(values, figure);
    const place = figureKey(figure);
    if (key !== place && values[place]?.source === figure.source) delete values[place]; // an earlier version doubled it
    const before = values[key];
    if (!before || contentOf(before) !== contentOf(figure)) values[key] = figure;
  }
  return { ...figures, values };
}

/** What adding figures would do to those that are there, by key. */
export function effectOf(figures: Figures, added: readonly Figure[]): { beside: string[]; replaced: string[] } {
  const beside = added.flatMap((figure) => {
    const key = figureKey(figure);
    const isAlone = figures.values[key] === undefined || keyAmong(figures.values, figure) === key;
    return isAlone ? [] : [key];
  });
  const replaced = added.flatMap((figure) => {
    const key = keyAmong(figures.values, figure);
    const before = figures.values[key];
    return before && contentOf(before) !== contentOf(figure) ? [key] : [];
  });
  return { beside, replaced };
}

/** Removes figures and drivers by key. */
export function withoutFigures(figures: Figures, keys: readonly string[]): Figures {
  const kept = <T>(entries: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(entries).filter(([key]) => !keys.includes(key)));
  const { values, drivers } = figures;
  return { ...figures, values: kept(values), ...(drivers && { drivers: kept(drivers) }) };
}

/** The figures with what a reason for leaving is about; no finding: nothing that is known. */
export function withReason(figures: Figures, reason: string, findings: readonly string[], on: string): Figures {
  const { [reason]: _, ...others } = figures.reasons ?? {};
  const reasons = findings.length > 0 ? { ...others, [reason]: { findings: [...new Set(findings)], on } } : others;
  return { ...figures, reasons: Object.keys(reasons).length > 0 ? reasons : undefined };
}

/** All figures with their keys, by metric, then target, segment, step and period, oldest first. */
export function figuresByKey({ values }: Figures): [key: string, figure: Figure][] {
  const order = (figure: Figure) =>
    [figure.metric, figure.variant, figure.target, figure.segment, figure.step, figure.to, figure.from].join('\n');
  return Object.entries(values).sort(([, a], [, b]) => (order(a) < order(b) ? -1 : 1));
}

/** All figures, in the order of {@link figuresByKey}. */
export function listFigures(figures: Figures): Figure[] {
  return figuresByKey(figures).map(([, figure]) => figure);
}
